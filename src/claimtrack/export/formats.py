"""The registry: which formats there are, and writing in one of them.

A new format is a module with a `FORM`, and a row in `_MODULES`. It is loaded when it is used.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import BinaryIO
from zipfile import ZipFile

from claimtrack.errors import ClaimtrackError, InvalidExportError, UnknownFormatError
from claimtrack.export.files import whole_file, whole_folder
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection
from claimtrack.store.read import resolve_id
from claimtrack.store.selection import Wanted, only
from claimtrack.store.whole import remembering, snapshot

_MODULES = {
    "canvas": "canvas",
    "claimreview": "claimreview",
    "claimreview-feed": "claimreview_feed",
    "csv": "csv_tables",
    "cytoscape": "cytoscape",
    "decisions": "decided",
    "dossier": "dossier",
    "dossier-pdf": "dossier_pdf",
    "dot": "dot",
    "ftm": "ftm",
    "gexf": "gexf",
    "gold": "reviewed_gold",
    "graphml": "graphml",
    "json": "native",
    "mediareview": "mediareview",
    "mermaid": "mermaid",
    "nanopub": "nanopub",
    "neo4j": "neo4j",
    "node-link": "node_link",
    "parquet": "parquet",
    "png": "png",
    "prov-json": "prov_json",
    "stix": "stix",
    "svg": "svg",
    "turtle": "turtle",
    "webannotation": "webannotation",
    "xlsx": "xlsx",
}
_NEEDS = {
    "dossier-pdf": "typst",
    "parquet": "pyarrow",
    "png": "resvg_py",
    "xlsx": "xlsxwriter",
}
"""What formats import that does not come with claimtrack itself."""

_IN_MEMORY = 16 * 2**20  # bytes that are held before they are checked; more lie on the disk


def formats() -> tuple[str, ...]:
    """Return the names of the formats, sorted."""
    return tuple(sorted(_MODULES))


def usable(name: str) -> bool:
    """Tell whether what a format needs is installed."""
    return name not in _NEEDS or find_spec(_NEEDS[name]) is not None


def describe(name: str) -> Form:
    """Return what is known of a format.

    Raises:
        UnknownFormatError: There is none of this name.
    """
    if name not in _MODULES:
        raise UnknownFormatError(name, _MODULES)
    form: Form = import_module(f"claimtrack.export.{_MODULES[name]}").FORM
    return form


def export(
    name: str,
    connection: Connection,
    out: BinaryIO,
    wanted: Wanted | None = None,
    options: Options | None = None,
    *,
    check: bool = False,
) -> Done:
    """Write a database, or a part of it, in a format to a stream, as it is at one moment.

    Args:
        name: The format's name.
        connection: A connection; it may be one that only reads.
        out: Where to.
        wanted: Which reports; all of them when None.
        options: What else is asked for.
        check: Write only what the format's own rules find nothing wrong with.

    Raises:
        UnknownFormatError: There is no format of this name; nothing was written.
        UnknownIdError: Nothing answers to an id that is wanted; nothing was written.
        NothingChosenError: No report is wanted; nothing was written.
        InvalidExportError: It is not what its format asks for; nothing was written.
    """
    form = describe(name)
    with _chosen(form, connection, wanted or Wanted(), options or Options()) as (chosen, undated):
        if not check:
            return _and(form.write(connection, out, chosen), undated)
        with SpooledTemporaryFile(_IN_MEMORY) as held:
            done = form.write(connection, held, chosen)  # type: ignore[arg-type] # a BinaryIO
            held.seek(0)
            _refuse_broken(name, connection, held.read(), chosen)
            held.seek(0)
            shutil.copyfileobj(held, out)
        return _and(done, undated)


def save(
    name: str,
    connection: Connection,
    path: Path,
    wanted: Wanted | None = None,
    options: Options | None = None,
    *,
    check: bool = False,
) -> Done:
    """Write a database, or a part of it, in a format to a path, whole or not at all.

    As `export` otherwise.

    Raises:
        OutputError: The path cannot be written; what was there is as it was.
    """
    form = describe(name)
    if form.save and not check:
        with _chosen(form, connection, wanted or Wanted(), options or Options()) as (chosen, late):
            return _and(form.save(connection, path, chosen), late)
    if form.save and path.suffix.lower() != form.suffix:
        return _save_checked(name, connection, path, wanted, options)
    with whole_file(path) as stream:
        return export(name, connection, stream, wanted, options, check=check)


def _save_checked(
    name: str,
    connection: Connection,
    path: Path,
    wanted: Wanted | None,
    options: Options | None,
) -> Done:
    """Write aside, and where nothing is wrong into place; several files as a .zip first."""
    form = describe(name)
    with TemporaryDirectory() as folder:
        aside = Path(folder) / (f"all{path.suffix}" if form.around else "all.zip")
        done = save(name, connection, aside, wanted, options)
        with _chosen(form, connection, wanted or Wanted(), options or Options()) as (chosen, _):
            _refuse_broken(name, connection, aside.read_bytes(), chosen)
        if form.around or path.suffix.lower() == ".zip":
            with whole_file(path) as stream, aside.open("rb") as made:
                shutil.copyfileobj(made, stream)
        else:
            with whole_folder(path) as target, ZipFile(aside) as bundle:
                bundle.extractall(target)
    return done


def _refuse_broken(name: str, connection: Connection, data: bytes, options: Options) -> None:
    """Refuse a file that breaks a rule of its format, or says other than the database.

    Raises:
        InvalidExportError: It does.
    """
    form = describe(name)
    problems = [*(form.check(data) if form.check else ())]
    if not problems and form.compare:
        problems += form.compare(connection, data, options)
    if problems:
        raise InvalidExportError(name, tuple(problems))


@contextmanager
def _chosen(
    form: Form, connection: Connection, wanted: Wanted, options: Options
) -> Iterator[tuple[Options, int]]:
    """Show what is wanted and nothing else; yield options, and how many reports have no date."""
    if options.simple and not form.simple:
        raise ClaimtrackError("Only a graph has edges to join. Leave --simple out.")
    if form.around:
        if wanted != Wanted(claims=wanted.claims):
            raise ClaimtrackError("It is of claims. Give --claim alone.")
        with snapshot(connection):
            found = (resolve_id(connection, one, ("claim",))[1] for one in wanted.claims)
            yield options._replace(claims=tuple(dict.fromkeys(found))), 0
        return
    with remembering(connection), snapshot(connection), only(connection, wanted) as chosen:
        yield options._replace(claims=chosen.claims), chosen.undated


def _and(done: Done, undated: int) -> Done:
    if not undated:
        return done
    told = f"{undated} report{'s' if undated > 1 else ''} without a known date"
    return done._replace(left_out=(*done.left_out, told))
