"""A folder to publish: the finished copy, and all that is needed to serve it elsewhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp

import yaml

from claimtrack.analysis import likenesses
from claimtrack.analysis.origins import origins
from claimtrack.analysis.web import load_many
from claimtrack.errors import OutputError
from claimtrack.match.contents import batched
from claimtrack.publish.app import COPY, INSPECTED, NAME, SETTINGS, described, inspected
from claimtrack.publish.pages import analyses, claims, home
from claimtrack.store import Connection, Store, read
from claimtrack.store.counted import across_languages, keep, larger
from claimtrack.store.showing import Asked, Shown, show

MARK = "claimtrack-published.json"
"""The file by which a folder is known as one of ours."""

_AT_ONCE = 200
"""Claims whose reports are read at once."""

DOCKERFILE = """\
FROM python:3.12-slim
WORKDIR /site
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
USER nobody
ENV CLAIMTRACK_CACHE=
EXPOSE 8001
CMD ["claimtrack", "serve", "--public", "/site", "--host", "0.0.0.0", "--port", "8001"]
"""

README = """\
# A published claimtrack database

`{copy}` holds what its desk may show, and nothing else ({held}).
It is finished: nothing writes to it, and it needs no other file. Serve it with

    pip install -r requirements.txt
    claimtrack serve --public .

or, where a Datasette with claimtrack is installed, with

    datasette serve -i {copy} --inspect-file inspect-data.json --metadata metadata.yml {settings}

or in a container:

    docker build -t claims . && docker run -p 8001:8001 claims

Put a server that keeps pages for a while in front of it: each answer says for how long it may.
"""


def publish(desk: Path, folder: Path, asked: Asked) -> Shown:
    """Write a folder that can be served anywhere; what was published there before is replaced.

    Args:
        desk: The desk's database.
        folder: The folder.
        asked: How the copy is made.

    Raises:
        NothingToShowError: No document may be shown.
        OutputError: The folder holds something that is not ours, or cannot be written.
        DatabaseError: The database cannot be read.
    """
    Store.open(desk).close()  # brings an older schema up to date, and says what is wrong
    with replaced(folder) as made:
        shown = show(desk, made / COPY, asked)
        keep_answers(made / COPY)
        for name, text in _files(made / COPY, shown).items():
            (made / name).write_text(text, "utf-8")
        return shown


def keep_answers(copy: Path) -> None:
    """Keep what the first page, the analysis and the largest claims tell, which takes long.

    So is what the model of likeness says of names: a site has no need to load it then.

    Args:
        copy: The finished copy; nobody else reads it yet.
    """
    with Store.open(copy, readonly=True) as store:
        asked = store.connection
        answers = [
            (home.HOME, home.WHOLE.dump_json(home.front(asked)).decode()),
            (analyses.ANALYSIS, analyses.WHOLE.dump_json(analyses.analysed(asked)).decode()),
            *(
                (f"claim {claim_id}", claims.page_of(asked, claim_id).model_dump_json())
                for claim_id in larger(asked, read.IN_SENTENCES)
            ),
            *_likenesses(asked),
        ]
    keep(copy, answers)


def _likenesses(asked: Connection) -> Iterator[tuple[str, str]]:
    """Yield how alike names of two languages are that finding a claim's origins asks for."""
    for some in batched(across_languages(asked), _AT_ONCE):
        for claim_id, web in load_many(asked, some).items():
            origins(web)
            if web.likenesses:
                yield likenesses.name(claim_id), likenesses.written(web.likenesses)


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give a new folder that stands in a folder's place when the block ends well.

    Raises:
        OutputError: What is there is not ours, or nothing can be written there.
    """
    target = folder.resolve()
    if target.exists() and not _is_ours(target):
        raise OutputError(
            str(folder), "holds something else, which is left as it is. Name a new folder."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            yield made
            (made / MARK).write_text(json.dumps({"claimtrack": version("claimtrack")}), "utf-8")
            made.chmod(0o755)
            _swap(made, target)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            str(folder), f"cannot be written ({reason}). Name another folder."
        ) from error


def _is_ours(target: Path) -> bool:
    return target.is_dir() and ((target / MARK).is_file() or not any(target.iterdir()))


def _swap(made: Path, target: Path) -> None:
    """Put a folder in another's place; that one is there again where this fails."""
    before = made.with_name(f"{made.name}-before")
    if target.exists():
        target.rename(before)
    try:
        made.rename(target)
    except OSError:
        if before.exists():
            before.rename(target)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _files(copy: Path, shown: Shown) -> dict[str, str]:
    known = {NAME: inspected(copy)}
    settings = " ".join(f"--setting {name} {_plain(value)}" for name, value in SETTINGS.items())
    return {
        "metadata.yml": yaml.safe_dump(described(known), allow_unicode=True),
        "settings.json": json.dumps(SETTINGS, indent=2),
        INSPECTED: json.dumps(known, indent=2),
        "requirements.txt": "".join(
            f"{name}=={version(name)}\n" for name in ("claimtrack", "datasette")
        ),
        "Dockerfile": DOCKERFILE,
        "README.md": README.format(copy=COPY, held=shown.told(), settings=settings),
    }


def _plain(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
