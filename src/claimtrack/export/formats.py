"""The registry: which formats there are, and writing in one of them.

A new format is a module with a `write(connection, out)` and a row in `_FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from claimtrack.errors import UnknownFormatError
from claimtrack.export import graphml, native, tables
from claimtrack.export.files import whole_file
from claimtrack.store import Connection
from claimtrack.store.whole import snapshot


class Format(NamedTuple):
    """One format.

    Attributes:
        description: What it is and who reads it, in one line.
        suffix: How names of its files end.
        write: Writes to a stream of bytes.
        save: Writes to a path, for a format that can be more than one file.
    """

    description: str
    suffix: str
    write: Callable[[Connection, BinaryIO], None]
    save: Callable[[Connection, Path], None] | None = None


_FORMATS = {
    "csv": Format(
        "Tables for spreadsheets: attributions on standard output, all five into a folder or .zip.",
        ".csv",
        tables.write,
        tables.save,
    ),
    "graphml": Format(
        "The provenance graph, for Gephi, Cytoscape, yEd and networkx.",
        ".graphml",
        graphml.write,
    ),
    "json": Format(
        "Everything, lossless, as schemas/export.schema.json describes it.",
        ".json",
        native.write,
    ),
}


def formats() -> tuple[str, ...]:
    """Return the names of the formats, sorted."""
    return tuple(sorted(_FORMATS))


def describe(name: str) -> Format:
    """Return what is known of a format.

    Raises:
        UnknownFormatError: There is none of this name.
    """
    if name not in _FORMATS:
        raise UnknownFormatError(name, _FORMATS)
    return _FORMATS[name]


def export(name: str, connection: Connection, out: BinaryIO) -> None:
    """Write a database in a format to a stream, as it is at one moment.

    Raises:
        UnknownFormatError: There is no format of this name; nothing was written.
    """
    form = describe(name)
    with snapshot(connection):
        form.write(connection, out)


def save(name: str, connection: Connection, path: Path) -> None:
    """Write a database in a format to a path, whole or not at all, as it is at one moment.

    Raises:
        UnknownFormatError: There is no format of this name.
        OutputError: The path cannot be written; what was there is as it was.
    """
    form = describe(name)
    with snapshot(connection):
        if form.save:
            form.save(connection, path)
            return
        with whole_file(path) as stream:
            form.write(connection, stream)
