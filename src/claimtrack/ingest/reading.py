"""Files, directories and standard input to articles, one at a time."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from claimtrack.errors import InputError
from claimtrack.ingest import dates, html, jsonl, language, phrases, plain, ticker
from claimtrack.ingest.problems import LARGEST, TOO_LARGE, NotAnArticleError, Skipped
from claimtrack.ingest.recognise import HEAD, Form, form_of
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.model.document import Article

STDIN = "-"
_CHUNK = 1 << 20
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def read(
    inputs: Sequence[str], *, stdin: BinaryIO | None = None, packs: Packs = SHIPPED
) -> Iterator[Article | Skipped]:
    """Return the articles of files, directories and standard input, in the order given.

    What a file is, is told from its content: JSON lines, HTML or plain text. Directories are
    read in the order of their names, with what is below them; hidden files are left out. Memory
    stays flat: one article is held at a time.

    Args:
        inputs: Paths; "-" is standard input.
        stdin: What to read for "-"; the process's own when None.
        packs: The language packs that hold.

    Yields:
        An article, or a Skipped for a file of a directory or a JSON line that is none.

    Raises:
        InputError: At once, before anything is read: an input does not exist, is an address, is
            no text, or is a directory without a readable article. While reading: a file that was
            given by name, or everything in a directory, turned out to be no article.
    """
    for given in inputs:
        _check(given)
    if list(inputs).count(STDIN) > 1:
        raise InputError("standard input", "given twice; it can be read once.")
    return _all(inputs, stdin, packs)


def check(packs: Packs) -> None:
    """Read what the packs say of pages, dates and scripts, which reading else does when it must.

    Raises:
        PackError: A file is not as it must be; the message names file and line.
    """
    dates.names(packs)
    language.scripts(packs)
    phrases.phrases(packs)
    ticker.joints(packs)


def _all(
    inputs: Sequence[str], stdin: BinaryIO | None, packs: Packs
) -> Iterator[Article | Skipped]:
    for given in inputs:
        path = Path(given)
        if given == STDIN:
            yield from _named("standard input", stdin or sys.stdin.buffer, packs)
        elif path.is_dir():
            yield from _directory(path, packs)
        else:
            try:
                with path.open("rb") as stream:
                    yield from _named(given, stream, packs)
            except OSError as error:
                raise InputError(given, f"{_unreadable(error)}.") from None


def _check(given: str) -> None:
    """Look at an input without reading it.

    Raises:
        InputError: It cannot be read as articles.
    """
    if given == STDIN:
        return
    if not given:
        raise InputError(repr(given), "an empty path; leave it out.")
    if _ADDRESS.match(given):
        raise InputError(given, "fetching is not built yet; save the page and add the file.")
    try:
        mode = Path(given).stat().st_mode
        if stat.S_ISDIR(mode):
            if not any(_promising(path) for path in files(Path(given)) if isinstance(path, Path)):
                raise InputError(given, "no readable article in this directory; nothing was read.")
        elif stat.S_ISREG(mode):
            _recognised(Path(given))
    except FileNotFoundError:
        raise InputError(given, "no such file or directory; check the path.") from None
    except OSError as error:
        raise InputError(given, f"{_unreadable(error)}.") from None
    except ValueError:
        raise InputError(repr(given), "no path can be called that.") from None
    except NotAnArticleError as problem:
        raise InputError(given, f"{problem.reason}.") from None


def _recognised(path: Path) -> None:
    """Look at the beginning and the size of a file.

    Raises:
        NotAnArticleError: It is no text, or too large for an article.
        OSError: It cannot be read.
    """
    with path.open("rb") as stream:
        form = form_of(stream.read(HEAD))
        if form is not Form.JSONL and os.fstat(stream.fileno()).st_size > LARGEST:
            raise NotAnArticleError(TOO_LARGE)


def _promising(path: Path) -> bool:
    try:
        _recognised(path)
    except (OSError, NotAnArticleError):
        return False
    return True


def _named(place: str, stream: BinaryIO, packs: Packs) -> Iterator[Article | Skipped]:
    try:
        yield from _articles(stream, place, packs)
    except NotAnArticleError as problem:
        raise InputError(place, f"{problem.reason}.") from None


def _directory(root: Path, packs: Packs) -> Iterator[Article | Skipped]:
    found = False
    for path in files(root):
        if isinstance(path, Skipped):
            yield path
            continue
        try:
            with path.open("rb") as stream:
                for item in _articles(stream, str(path), packs):
                    found = found or isinstance(item, Article)
                    yield item
        except NotAnArticleError as problem:
            yield Skipped(place=str(path), reason=problem.reason)
        except OSError as error:
            yield Skipped(place=str(path), reason=_unreadable(error))
    if not found:
        raise InputError(str(root), "no readable article in this directory.")


def files(root: Path) -> Iterator[Path | Skipped]:
    """Yield the files below a directory, in the order of their names; hidden ones are left out.

    Links to directories are not followed. What is no regular file, or cannot be listed, is
    yielded as a Skipped.
    """
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            mode = path.stat().st_mode
            if path is root or (stat.S_ISDIR(mode) and not path.is_symlink()):
                inside = [one for one in path.iterdir() if not one.name.startswith(".")]
                waiting += sorted(inside, reverse=True)
            elif stat.S_ISREG(mode):
                yield path
            else:
                yield Skipped(place=str(path), reason="no regular file, but a link or a device")
        except OSError as error:
            yield Skipped(place=str(path), reason=_unreadable(error))


def _articles(stream: BinaryIO, place: str, packs: Packs) -> Iterator[Article | Skipped]:
    """Yield what a stream holds.

    Raises:
        NotAnArticleError: It holds no article.
        OSError: It cannot be read.
    """
    head = stream.read(HEAD)
    form = form_of(head)
    if form is Form.JSONL:
        yield from jsonl.articles(_chunks(head, stream), place, packs)
        return
    data = head + stream.read(LARGEST + 1 - len(head))
    read_as = html.article if form is Form.HTML else plain.article
    yield read_as(data, place, packs)


def _chunks(head: bytes, stream: BinaryIO) -> Iterable[bytes]:
    yield head
    while chunk := stream.read(_CHUNK):
        yield chunk


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"
