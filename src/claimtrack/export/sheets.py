"""What is wrong with tables: the rules that csv, xlsx and parquet have in common, and their own."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from claimtrack.export.checks import library
from claimtrack.export.tables import TABLES

FORMULA = frozenset(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
"""What a spreadsheet begins a formula with."""

_BOM = b"\xef\xbb\xbf"
_ZIP = b"PK\x03\x04"
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

Rows = Iterable[Sequence[Any]]


def csv_problems(data: bytes) -> Iterator[str]:
    """Yield what is wrong with a table in CSV, or with a .zip of all of them."""
    for name, part in _parts(data, ".csv"):
        if not part.startswith(_BOM):
            yield f"{name} has no byte-order mark, without which Excel shows Arabic as it is not"
        try:
            text = part.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            yield f"{name} is not in UTF-8 (byte {error.start})"
            continue
        heading, *rows = csv.reader(io.StringIO(text, newline=""))
        yield from _table(name, heading, rows)
        for number, row in enumerate(rows, 2):
            yield from (
                f"{name}, row {number}: a cell begins with {cell[0]!r}, which a spreadsheet runs"
                for cell in row
                if cell[:1] in FORMULA
            )


def xlsx_problems(data: bytes) -> Iterator[str]:
    """Yield what is wrong with a workbook: sheets that are no tables of ours, formulas, links."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        damaged = book.testzip()
        if damaged:
            yield f"{damaged} is damaged"
            return
        sheets = sorted(
            filter(_SHEET.fullmatch, book.namelist()), key=lambda name: (len(name), name)
        )
        if len(sheets) != len(TABLES):
            yield f"there are {len(sheets)} sheets, not {len(TABLES)}"
        for name in book.namelist():
            if name.endswith(".rels") and b"/hyperlink" in book.read(name):
                yield f"{name} has a link"
        for name in sheets:
            tree = ET.fromstring(book.read(name))  # noqa: S314 (our own file)
            if tree.find(f".//{_MAIN}f") is not None:
                yield f"{name} has a formula"
            heading, *rows = [
                [_cell(cell) for cell in row.iter(f"{_MAIN}c")] for row in tree.iter(f"{_MAIN}row")
            ]
            # cells without a value are not there
            yield from _table(name, heading, ())
            yield from _repeated(name, heading, [row[0] for row in rows])


def parquet_problems(data: bytes) -> Iterator[str]:
    """Yield what is wrong with a table in Parquet, or with a .zip of all of them.

    Raises:
        ClaimtrackError: pyarrow is not installed.
    """
    parquet = library("pyarrow.parquet", "parquet")
    for name, part in _parts(data, ".parquet"):
        try:
            # without threads of Arrow's, as in ingest/parquet.py
            file = parquet.ParquetFile(io.BytesIO(part), pre_buffer=False)
            table = file.read(use_threads=False)
        except (OSError, ValueError) as error:
            yield f"{name} cannot be read ({error})"
            continue
        rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
        yield from _table(name, table.column_names, rows)


def _parts(data: bytes, suffix: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files in a .zip, or the one that it is, with their names."""
    if not data.startswith(_ZIP):
        yield f"the{suffix}", data
        return
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        names = bundle.namelist()
        yield from ((name, bundle.read(name)) for name in names)


def _table(name: str, heading: Sequence[str], rows: Rows) -> Iterator[str]:
    """Yield rows of another length, ids that two rows have and spans that are none."""
    if tuple(heading) not in {kind._fields for kind in TABLES.values()}:
        yield f"{name} has the columns of no table: {', '.join(heading)[:80]}"
        return
    ids = []
    for number, row in enumerate(rows, 2):
        if len(row) != len(heading):
            yield f"{name}, row {number}: {len(row)} cells, not {len(heading)}"
            continue
        ids.append(row[0])
        facts = dict(zip(heading, row, strict=True))
        if "start" in facts and not 0 <= int(facts["start"]) < int(facts["end"]):
            yield f"{name}, row {number}: {facts['start']} to {facts['end']} is no span"
    yield from _repeated(name, heading, ids)


def _repeated(name: str, heading: Sequence[str], ids: Sequence[str]) -> Iterator[str]:
    if tuple(heading) == TABLES["relays"]._fields:  # a report can be taken from several
        return
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            yield f"{name}: two rows are of {each}"
        seen.add(each)


def _cell(cell: ET.Element) -> str:
    return "".join(cell.itertext())
