"""CSV for spreadsheets: one table for each kind of thing, in UTF-8 with a byte-order mark.

A cell that a spreadsheet would take for a formula gets an apostrophe before it: words of an
article must never be run.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import IO, BinaryIO

from claimtrack.export.bundle import Files, saved
from claimtrack.export.files import whole_file
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.sheets import FORMULA, csv_problems
from claimtrack.export.tables import OURS, AttributionRow, Cell, attributions, every
from claimtrack.store import Connection


def write(connection: Connection, out: BinaryIO, _options: Options) -> Done:
    """Write the table of attributions, the one that most people want."""
    return Done(_write(out, AttributionRow._fields, attributions(connection)))


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
        yield f"{name}.csv", partial(_write, columns=kind._fields, rows=rows)


def _write(out: IO[bytes], columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> int:
    count, commas = 0, len(columns) - 1
    lines = [_line(columns)]
    out.write(_BOM)
    told = itemgetter(*(place for place, name in enumerate(columns) if name not in OURS))
    for count, row in enumerate(rows, 1):
        cells = ["" if cell is None else str(cell) for cell in row]
        for cell in told(cells):  # there are millions of cells
            if cell and cell[0] in FORMULA:
                lines.append(_line(map(_harmless, row)))
                break
        else:
            # the library looks at each letter whether it must be quoted; of most rows none must
            line = ",".join(cells)
            plain = line.count(",") == commas and not ('"' in line or "\n" in line or "\r" in line)
            lines.append(f"{line}\r\n" if plain else _line(cells))
        if not count % _TOGETHER:
            out.write("".join(lines).encode())
            lines.clear()
    out.write("".join(lines).encode())
    return count


def _line(cells: Iterable[Cell]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA else cell


_BOM = b"\xef\xbb\xbf"
_TOGETHER = 100  # rows that are encoded at once


FORM = Form(
    "Tables for spreadsheets: attributions on standard output, all five into a folder or .zip.",
    ".csv",
    write,
    save=save,
    check=csv_problems,
)
