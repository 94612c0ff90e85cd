"""CSV for spreadsheets: one table for each kind of thing, in UTF-8 with a byte-order mark.

A cell that a spreadsheet would take for a formula gets an apostrophe before it: words of an
article must never be run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO

from claimtrack.export.bundle import Files, saved
from claimtrack.export.files import whole_file
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.sheets import FORMULA, csv_problems
from claimtrack.export.tables import AttributionRow, Cell, every, in_groups
from claimtrack.store import Connection


def write(connection: Connection, out: BinaryIO, _options: Options) -> Done:
    """Write the table of attributions, the one that most people want."""
    return Done(_write(out, AttributionRow._fields, _attributions(connection)))


def save(connection: Connection, path: Path, options: Options) -> Done:
    """Write all tables into a new folder or a .zip; a path that ends in .csv gets attributions.

    Raises:
        OutputError: The path cannot be written, or is a folder that holds something.
    """
    if path.suffix.lower() == ".csv":
        with whole_file(path) as stream:
            return write(connection, stream, options)
    return Done(saved(_files(connection), path))


def _files(connection: Connection) -> Files:
    for name, kind, rows in every(connection):
        lines = _attributions(connection) if kind is AttributionRow else map(_line, rows)
        yield f"{name}.csv", partial(_write, columns=kind._fields, lines=lines)


def _write(out: IO[bytes], columns: tuple[str, ...], lines: Iterable[str]) -> int:
    count, waiting = 0, iter(lines)
    out.write(f"\N{ZERO WIDTH NO-BREAK SPACE}{_line(columns)}".encode())
    while some := list(islice(waiting, _TOGETHER)):
        out.write("".join(some).encode())
        count += len(some)
    return count


def _attributions(connection: Connection) -> Iterator[str]:
    """Yield the line of each attribution; what many tell alike is put together once."""
    shared = lru_cache(_SHARED)(_cells)
    for report, claim, document, source, words, start, end, how, others in in_groups(connection):
        yield (
            f"{report},{claim},{shared(document)},{shared(source)},{_cells(words)},"
            f"{start},{end},{shared(how)},{shared(others)}\r\n"
        )


def _line(cells: Iterable[Cell]) -> str:
    return f"{_cells(cells)}\r\n"


def _cells(cells: Iterable[Cell]) -> str:
    return ",".join([_cell(each) for each in cells])


def _cell(cell: Cell) -> str:
    """Return a cell as a file has it: made harmless, and quoted where RFC 4180 asks for it.

    There are millions: the library's writer looks at each letter of each.
    """
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    if cell[:1] in FORMULA:
        cell = f"'{cell}"
    if "," in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"{}"'.format(cell.replace('"', '""'))
    return cell


_TOGETHER = 100  # rows that are encoded at once
_SHARED = 4096  # groups of cells that are held in memory


FORM = Form(
    "Tables for spreadsheets: attributions on standard output, all five into a folder or .zip.",
    ".csv",
    write,
    save=save,
    check=csv_problems,
)
