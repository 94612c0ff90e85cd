"""XLSX: the tables of `csv` as one workbook, a sheet a table. Words are never formulas or links."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from claimtrack.export.checks import library
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.sheets import xlsx_problems
from claimtrack.export.tables import every
from claimtrack.store import Connection

MOST_ROWS = 1_048_576
"""Rows of a sheet, its heading among them: more, Excel does not open."""

LONGEST = 32_767
"""Characters of a cell, as UTF-16 counts them."""

_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f&<>\ufffe\uffff]|_x|^\s|\s$")
"""What XML or Excel has another way to write, or drops."""

_IN_MEMORY = 16 * 2**20  # bytes that are held before they are written; more lie on the disk
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed stamp: the same content, the same bytes)
_AS_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write(connection: Connection, out: BinaryIO, _options: Options) -> Done:
    """Write the workbook, a row in memory at a time.

    Raises:
        ClaimtrackError: XlsxWriter is not installed.
    """
    # a workbook that cannot be written is another error, and told again when it is thrown away
    with SpooledTemporaryFile(_IN_MEMORY) as held:
        done = _write(library("xlsxwriter").Workbook(held, _AS_TEXT), connection)
        held.seek(0)
        shutil.copyfileobj(held, out)
    return done


def _write(book: Any, connection: Connection) -> Done:
    book.set_properties({"created": _MADE})
    kind_of_sheet = _sheet()
    written = cut = dropped = 0
    for name, kind, rows in every(connection):
        sheet = book.add_worksheet(name, worksheet_class=kind_of_sheet)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, kind._fields)
        for number, row in enumerate(rows, 1):
            if number >= MOST_ROWS:
                dropped += 1
                continue
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    shown = fitting(cell)
                    cut += len(shown) < len(cell)
                    sheet.write_string(number, column, shown)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
            written += 1
    book.close()
    left_out = []
    if cut:
        left_out.append(f"the end of {cut} cells, of which Excel takes {LONGEST:,} characters")
    if dropped:
        left_out.append(f"{dropped} rows, of which Excel takes {MOST_ROWS:,} a sheet")
    return Done(written, tuple(left_out))


@cache
def _sheet() -> type[Any]:
    """Return a sheet that writes plain words at once; XlsxWriter looks six times at each cell.

    Where a later XlsxWriter calls that method otherwise, it does as it always did.
    """
    base = library("xlsxwriter.worksheet").Worksheet
    place = library("xlsxwriter.utility").xl_rowcol_to_cell_fast

    class Sheet(base):  # type: ignore[misc, valid-type] # loaded when it is used
        def _write_cell(self, row: int, col: int, cell: Any) -> None:
            text = getattr(cell, "string", None)
            if cell.format or not isinstance(text, str) or _ODD.search(text):
                super()._write_cell(row, col, cell)
            else:
                at = place(row, col)
                self.fh.write(f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>')

    return Sheet


def fitting(cell: str) -> str:
    """Return as much of a text as Excel takes in a cell, with an ellipsis where that is not all.

    XlsxWriter takes what stands between <r> and </r> for its own markup and writes it as it is: a
    space behind it makes it words.
    """
    if cell.startswith("<r>") and cell.endswith("</r>"):
        cell += " "
    if len(cell) <= LONGEST // 2 or len(cell.encode("utf-16-le", "replace")) <= 2 * LONGEST:
        return cell
    kept = cell[: LONGEST - 1].encode("utf-16-le", "replace")[: 2 * (LONGEST - 1)]
    return kept.decode("utf-16-le", "ignore") + "…"


FORM = Form(
    "The tables of csv as an Excel workbook, a sheet a table.",
    ".xlsx",
    write,
    things="rows",
    check=xlsx_problems,
)
