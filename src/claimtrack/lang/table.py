"""Tables of a language pack: CSV files, row by row, with errors that name file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeVar

from claimtrack.errors import PackError
from claimtrack.lang.pack import PACKS, SHIPPED, Packs, hint, pack_files

_Choice = TypeVar("_Choice", bound=StrEnum)


class Row(NamedTuple):
    """One row of a table.

    Attributes:
        path: The file.
        line: Its line, from 1.
        cells: By column, without white space around them.
    """

    path: Path
    line: int
    cells: Mapping[str, str]

    def problem(self, words: str) -> PackError:
        """Return an error about this row."""
        return PackError(str(self.path), self.line, words)

    def needed(self, column: str) -> str:
        """Return a cell.

        Raises:
            PackError: It is empty.
        """
        if not self.cells[column]:
            raise self.problem(f"{column} is empty")
        return self.cells[column]

    def choice(self, kind: type[_Choice], column: str) -> _Choice:
        """Return the value that a cell names.

        Raises:
            PackError: It is none of the kind.
        """
        try:
            return kind(self.cells[column])
        except ValueError:
            problem = f"{column} {self.cells[column]!r} is none of {', '.join(kind)}"
            raise self.problem(problem) from None


def read_rows(
    code: str,
    name: str,
    needed: Collection[str],
    optional: Collection[str] = (),
    *,
    first: str = "",
    packs: Packs = SHIPPED,
) -> Iterator[Row]:
    """Yield the rows of a language's table: those that ship, then those that extend them.

    Columns of the shipped table may stand in the others too.

    Args:
        code: The language.
        name: The file, such as "verbs.csv".
        needed: Columns that must be there.
        optional: Columns that may be there.
        first: What we call the first column, whatever a file calls it.
        packs: The packs that hold.

    Raises:
        UnknownLanguageError: There is no pack for the code.
        PackError: A file cannot be read as CSV, has an unknown column or lacks one, or a row has
            too many or too few cells.
    """
    known = {*needed, *optional, "note"}
    for path in pack_files(code, name, packs):
        reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
        try:
            columns = [column.strip() for column in reader.fieldnames or ()]
            columns[:1] = [first] if first else columns[:1]
            reader.fieldnames = columns
            if PACKS in path.parents:
                known |= set(columns)
            _check_columns(path, columns, needed, known)
            for cells in reader:
                yield _row(path, reader.line_num, cells)
        except csv.Error as error:
            problem = f"not CSV: {error}. Quote cells that hold a comma."
            raise PackError(str(path), reader.reader.line_num, problem) from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise PackError(str(path), 0, "not UTF-8. Save the file as UTF-8.") from None


def _check_columns(
    path: Path, columns: list[str], needed: Collection[str], known: Collection[str]
) -> None:
    missing = [name for name in needed if name not in columns]
    if missing:
        problem = f"no column {missing[0]!r}; the first line names the columns"
        raise PackError(str(path), 1, problem)
    twice = [name for name in columns if columns.count(name) > 1]
    if twice:
        raise PackError(str(path), 1, f"column {twice[0]!r} stands there twice")
    unknown = [name for name in columns if name not in known]
    if unknown:
        raise PackError(str(path), 1, f"unknown column {unknown[0]!r}. {hint(unknown[0], known)}")


def _row(path: Path, line: int, cells: Mapping[str | None, str | None]) -> Row:
    if None in cells or None in cells.values():
        problem = "the row has too many or few cells; quote cells that hold a comma"
        raise PackError(str(path), line, problem)
    return Row(path, line, {str(name): (cell or "").strip() for name, cell in cells.items()})
