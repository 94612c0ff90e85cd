"""Registry rows: reading a CSV of sources, cell by cell, with errors that say where and what to do.

The packaged tables and every extra one have the same columns. `key`, `kind`, `type` and at least
one name are needed; everything else may be empty, and columns after `note` may be missing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from claimtrack.errors import PackError
from claimtrack.lang.pack import available
from claimtrack.model.vocabulary import SourceKind, SourceRelationKind, SourceType

LISTED = "|"
"""What stands between the names in a cell."""

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_PLAIN = ("key", "kind", "type", "country", "domain", "wikidata", "parent", "relation", "note")
_NEEDED = ("key", "kind", "type")
_FORMS = ("adj", "of", "in", "capital")

_Choice = TypeVar("_Choice", SourceKind, SourceType, SourceRelationKind)


class Row(NamedTuple):
    """One row of a registry table.

    Attributes:
        file: The table it stands in, and its line there, from 1.
        relations: (kind, parent's key) pairs.
        names: Strong names by language, the official one first.
        weak: Names by language that resolve only through an antecedent.
        forms: Words for composing names, by form ("adj", "of", "in", "capital") and language.
        demonyms: Adjectives and names of inhabitants in any language, as one list.
    """

    file: str
    line: int
    key: str
    kind: SourceKind
    type: SourceType
    country: str | None
    domain: str | None
    wikidata: str | None
    relations: tuple[tuple[SourceRelationKind, str], ...]
    names: Mapping[str, tuple[str, ...]]
    weak: Mapping[str, tuple[str, ...]]
    forms: Mapping[tuple[str, str], tuple[str, ...]]
    demonyms: tuple[str, ...]
    note: str

    def problem(self, words: str) -> PackError:
        """Return an error about this row."""
        return PackError(self.file, self.line, words)


def listed(cell: str) -> tuple[str, ...]:
    """Return the names in a cell.

    >>> listed("Pentagon | DoD|")
    ('Pentagon', 'DoD')
    """
    return tuple(name for part in cell.split(LISTED) if (name := " ".join(part.split())))


def read_rows(path: Path, languages: Collection[str] = ()) -> Iterator[Row]:
    """Yield the rows of a registry table; `languages` are those of the packs, else those that ship.

    Raises:
        PackError: The file cannot be read, has an unknown or missing column, or a cell is wrong.
    """
    languages = languages or available()
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        _check_columns(path, reader.fieldnames or (), languages)
        for cells in reader:
            yield _row((str(path), reader.line_num), cells, languages)
    except csv.Error as error:
        raise PackError(
            str(path), reader.line_num + 1, f"not CSV: {error}. Fix the quoting."
        ) from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        problem = f"cannot be read: {error.strerror}. Give a registry table (CSV)."
        raise PackError(str(path), 0, problem) from None
    except UnicodeDecodeError:
        raise PackError(str(path), 0, "not UTF-8. Save the table as UTF-8.") from None


def _check_columns(path: Path, columns: object, languages: Collection[str]) -> None:
    found = [str(column) for column in columns] if isinstance(columns, list) else []
    known = {*_PLAIN, "demonyms", *languages, *(f"weak_{code}" for code in languages)}
    known |= {f"{form}_{code}" for form in _FORMS for code in languages}
    if missing := [name for name in _NEEDED if name not in found]:
        raise PackError(str(path), 1, f"no column {missing[0]!r}. Add it to the first line.")
    if unknown := [name for name in found if name not in known]:
        problem = f"unknown column {unknown[0]!r}. Known: {', '.join(sorted(known))}."
        raise PackError(str(path), 1, problem)


def _row(at: tuple[str, int], cells: dict[str, str | None], languages: Collection[str]) -> Row:
    if None in cells or None in cells.values():
        problem = "has more or fewer cells than the first line. Quote names that hold a comma."
        raise PackError(*at, problem)
    plain = {name: (cell or "").strip() for name, cell in cells.items()}
    row = Row(
        file=at[0],
        line=at[1],
        key=plain["key"],
        kind=_choice(SourceKind, plain, "kind", at),
        type=_choice(SourceType, plain, "type", at),
        country=plain.get("country") or None,
        domain=plain.get("domain") or None,
        wikidata=plain.get("wikidata") or None,
        relations=_relations(*at, plain),
        names={code: names for code in languages if (names := listed(plain.get(code, "")))},
        weak={code: weak for code in languages if (weak := listed(plain.get(f"weak_{code}", "")))},
        forms={
            (form, code): words
            for form in _FORMS
            for code in languages
            if (words := listed(plain.get(f"{form}_{code}", "")))
        },
        demonyms=listed(plain.get("demonyms", "")),
        note=plain.get("note", ""),
    )
    _check(row, languages)
    return row


def _check(row: Row, languages: Collection[str]) -> None:
    if not _KEY.fullmatch(row.key):
        raise row.problem(f"key {row.key!r} is not lower-case letters, digits and dashes.")
    if row.country and not _COUNTRY.fullmatch(row.country):
        raise row.problem(f"country {row.country!r} is not a code of two capital letters.")
    if not row.names:
        raise row.problem(f"{row.key} has no name. Give one in {' or '.join(languages)}.")


def _choice(kind: type[_Choice], cells: dict[str, str], name: str, at: tuple[str, int]) -> _Choice:
    try:
        return kind(cells[name])
    except ValueError:
        known = ", ".join(kind)
        raise PackError(*at, f"unknown {name} {cells[name]!r}. Give one of: {known}.") from None


def _relations(
    file: str, line: int, cells: dict[str, str]
) -> tuple[tuple[SourceRelationKind, str], ...]:
    parents, kinds = listed(cells.get("parent", "")), listed(cells.get("relation", ""))
    if len(parents) != len(kinds):
        raise PackError(
            file, line, f"{len(parents)} parent(s), {len(kinds)} relation(s). Give one for each."
        )
    choose = [_choice(SourceRelationKind, {"relation": k}, "relation", (file, line)) for k in kinds]
    return tuple(zip(choose, parents, strict=True))
