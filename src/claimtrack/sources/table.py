"""Registry rows: reading a CSV of sources, cell by cell, with errors that say where and what to do.

The packaged tables and every extra one have the same columns. `key`, `kind`, `type` and at least
one name are needed; everything else may be empty, and columns after `note` may be missing.
"""

from __future__ import annotations

import csv
import io
import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from claimtrack.errors import PackError
from claimtrack.lang.pack import available
from claimtrack.model.vocabulary import SourceKind, SourceRelationKind, SourceType

LISTED = "|"
"""What stands between the names in a cell."""

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_PLAIN = (
    *("key", "kind", "type", "country", "domain", "wikidata", "parent", "relation"),
    *("since", "until", "pattern", "posts", "note"),
)
_TIME = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_THROUGH = ".."
_NEEDED = ("key", "kind", "type")
_FORMS = ("adj", "of", "in", "capital")

_KINDS: Mapping[str, SourceKind] = {kind.value: kind for kind in SourceKind}
_TYPES: Mapping[str, SourceType] = {sort.value: sort for sort in SourceType}
_RELATIONS: Mapping[str, SourceRelationKind] = {kind.value: kind for kind in SourceRelationKind}

Names = tuple[str, ...]
_Key = TypeVar("_Key", str, tuple[str, str])
_Choice = TypeVar("_Choice", SourceKind, SourceType, SourceRelationKind)


PlainRow = tuple[Any, ...]
"""A row but for its file, as numbers, strings, lists, tuples and dicts of them."""


class Relation(NamedTuple):
    """How a row stands to a parent, by its key, and while when; an open end is None."""

    kind: SourceRelationKind
    parent: str
    since: date | None = None
    until: date | None = None


class Post(NamedTuple):
    """An office that a person holds, by its key ("us:president", "nato/head"), and while when."""

    key: str
    since: date | None = None
    until: date | None = None

    def held(self, day: date | None) -> bool:
        """Tell whether it was held on a day; unknown days do not speak against it."""
        early = day is not None and self.since is not None and day < self.since
        late = day is not None and self.until is not None and day > self.until
        return not (early or late)

    def ended(self, day: date | None) -> bool:
        """Tell whether it was no longer held on a day, or at all where the day is unknown."""
        return self.until is not None and (day is None or self.until < day)


class Row(NamedTuple):
    """One row of a registry table.

    Attributes:
        file: The table it stands in, and its line there, from 1.
        pattern: The key of what every state has that it is one of: a chamber is a parliament.
        posts: A person's offices.
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
    relations: tuple[Relation, ...]
    pattern: str
    posts: tuple[Post, ...]
    names: Mapping[str, tuple[str, ...]]
    weak: Mapping[str, tuple[str, ...]]
    forms: Mapping[tuple[str, str], tuple[str, ...]]
    demonyms: tuple[str, ...]
    note: str

    def problem(self, words: str) -> PackError:
        """Return an error about this row."""
        return PackError(self.file, self.line, words)


def plain_row(row: Row) -> PlainRow:
    """Return a row as plain values, to be kept; `row_of` makes it a row again."""
    kind, sort, *among = row[3:8]
    relations = [(one.kind.value, one.parent, *_iso_days(one)) for one in row.relations]
    posts = [(one.key, *_iso_days(one)) for one in row.posts]
    told = (dict(row.names), dict(row.weak), dict(row.forms), row.demonyms, row.note)
    return (*row[1:3], kind.value, sort.value, *among, relations, row.pattern, posts, *told)


def row_of(file: str, plain: PlainRow) -> Row:
    """Return the row of a table's file that plain values stand for."""
    line, key, kind, sort, country, domain, wikidata, relations, pattern, posts, *told = plain
    known = [
        Relation(_RELATIONS[kind], parent, _iso_day(since), _iso_day(until))
        for kind, parent, since, until in relations
    ]
    held = [Post(key, _iso_day(since), _iso_day(until)) for key, since, until in posts]
    about = (file, line, key, _KINDS[kind], _TYPES[sort], country, domain, wikidata)
    return Row._make((*about, tuple(known), pattern, tuple(held), *told))


def _iso_days(held: Relation | Post) -> tuple[str, str]:
    since, until = (day.isoformat() if day else "" for day in (held.since, held.until))
    return since, until


@cache
def _iso_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def listed(cell: str) -> tuple[str, ...]:
    """Return the names in a cell.

    >>> listed("Pentagon | DoD|")
    ('Pentagon', 'DoD')
    """
    if cell and cell.isprintable() and "  " not in cell and cell.strip(" |") == cell:
        # as the packaged tables are: a good deal quicker
        if LISTED not in cell:
            return (cell,)
        if " |" not in cell and "| " not in cell and "||" not in cell:
            return tuple(cell.split(LISTED))
    return tuple(name for part in cell.split(LISTED) if (name := " ".join(part.split())))


class _Columns(NamedTuple):
    """Which cells of a line hold what, by their places."""

    plain: tuple[tuple[str, int], ...]
    names: tuple[tuple[str, int], ...]
    weak: tuple[tuple[str, int], ...]
    forms: tuple[tuple[tuple[str, str], int], ...]
    demonyms: int | None

    @classmethod
    def of(cls, head: Sequence[str], languages: Collection[str]) -> _Columns:
        """Return the columns of a table by its first line."""
        at = {name: place for place, name in enumerate(head)}
        return cls(
            plain=tuple((name, at[name]) for name in _PLAIN if name in at),
            names=tuple((code, at[code]) for code in languages if code in at),
            weak=tuple((code, at[f"weak_{code}"]) for code in languages if f"weak_{code}" in at),
            forms=tuple(
                ((form, code), at[f"{form}_{code}"])
                for form in _FORMS
                for code in languages
                if f"{form}_{code}" in at
            ),
            demonyms=at.get("demonyms"),
        )


def read_rows(path: Path, languages: Collection[str] = ()) -> Iterator[Row]:
    """Yield the rows of a registry table; `languages` are those of the packs, else those that ship.

    Raises:
        PackError: The file cannot be read, has an unknown or missing column, or a cell is wrong.
    """
    languages = languages or available()
    reader = csv.reader(io.StringIO(read_table(path), newline=""), strict=True)
    try:
        head = next(reader, [])
        _check_columns(path, head, languages)
        columns, file = _Columns.of(head, languages), str(path)
        for cells in reader:
            if cells:
                yield _row((file, reader.line_num), cells, len(head), columns)
    except csv.Error as error:
        raise PackError(
            str(path), reader.line_num + 1, f"not CSV: {error}. Fix the quoting."
        ) from None


def read_table(path: Path) -> str:
    """Return the text of a registry table.

    Raises:
        PackError: The file cannot be read.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        problem = f"cannot be read: {error.strerror}. Give a registry table (CSV)."
        raise PackError(str(path), 0, problem) from None
    except UnicodeDecodeError:
        raise PackError(str(path), 0, "not UTF-8. Save the table as UTF-8.") from None


def _check_columns(path: Path, found: Sequence[str], languages: Collection[str]) -> None:
    known = {*_PLAIN, "demonyms", *languages, *(f"weak_{code}" for code in languages)}
    known |= {f"{form}_{code}" for form in _FORMS for code in languages}
    if missing := [name for name in _NEEDED if name not in found]:
        raise PackError(str(path), 1, f"no column {missing[0]!r}. Add it to the first line.")
    if unknown := [name for name in found if name not in known]:
        problem = f"unknown column {unknown[0]!r}. Known: {', '.join(sorted(known))}."
        raise PackError(str(path), 1, problem)


def _row(at: tuple[str, int], cells: Sequence[str], width: int, columns: _Columns) -> Row:
    if len(cells) != width:
        problem = "has more or fewer cells than the first line. Quote names that hold a comma."
        raise PackError(*at, problem)
    plain = {name: cell.strip() for name, place in columns.plain if (cell := cells[place])}
    names, weak = _lists(cells, columns.names), _lists(cells, columns.weak)
    posts = plain.get("posts")
    row = Row(
        at[0],
        at[1],
        plain.get("key", ""),
        _KINDS.get(plain.get("kind", "")) or _choice(SourceKind, plain, "kind", at),
        _TYPES.get(plain.get("type", "")) or _choice(SourceType, plain, "type", at),
        plain.get("country"),
        plain.get("domain"),
        plain.get("wikidata"),
        _relations(at, plain) if "parent" in plain or "relation" in plain else (),
        plain.get("pattern", ""),
        tuple([_post(cell, at) for cell in listed(posts)]) if posts else (),
        names,
        weak,
        _lists(cells, columns.forms) if columns.forms else {},
        listed(cells[columns.demonyms]) if columns.demonyms is not None else (),
        plain.get("note", ""),
    )
    _check(row, columns.names)
    return row


def _lists(cells: Sequence[str], places: Iterable[tuple[_Key, int]]) -> dict[_Key, Names]:
    return {name: listed(cell) for name, place in places if (cell := cells[place])}


def _check(row: Row, names: Sequence[tuple[str, int]]) -> None:
    if not _KEY.fullmatch(row.key):
        problem = f"key {row.key!r} is not lower-case letters, digits and dashes. Give such a one."
        raise row.problem(problem)
    if row.country and not _COUNTRY.fullmatch(row.country):
        raise row.problem(
            f"country {row.country!r} is not a code of two capital letters. Give one."
        )
    if not row.names:
        languages = " or ".join(code for code, _ in names)
        raise row.problem(f"{row.key} has no name. Give one in {languages}.")


def _choice(kind: type[_Choice], cells: dict[str, str], name: str, at: tuple[str, int]) -> _Choice:
    given = cells.get(name, "")
    try:
        return kind(given)
    except ValueError:
        known = ", ".join(kind)
        raise PackError(*at, f"unknown {name} {given!r}. Give one of: {known}.") from None


def _relations(at: tuple[str, int], cells: dict[str, str]) -> tuple[Relation, ...]:
    parents, kinds = listed(cells.get("parent", "")), listed(cells.get("relation", ""))
    if len(parents) != len(kinds):
        words = f"{len(parents)} parent(s), {len(kinds)} relation(s). Give one for each."
        raise PackError(*at, words)
    times = [_times(cells.get(name, ""), name, len(parents), at) for name in ("since", "until")]
    return tuple(
        Relation(
            _RELATIONS.get(kind) or _choice(SourceRelationKind, {"relation": kind}, "relation", at),
            parent,
            *_period(since, until, at),
        )
        for kind, parent, since, until in zip(kinds, parents, *times, strict=True)
    )


def _times(cell: str, name: str, count: int, at: tuple[str, int]) -> list[str]:
    """Return the times in a cell, one for each parent; none at all means that no time is known."""
    found = [part.strip() for part in cell.split(LISTED)] if cell else [""] * count
    if len(found) != count:
        words = f"{count} parent(s), {len(found)} times in {name!r}. Give one for each, or none."
        raise PackError(*at, words)
    return found


def _post(cell: str, at: tuple[str, int]) -> Post:
    """Read an office and its time: "us:president 2009..2017", "us:president 2025..", "x/head"."""
    key, _, time = cell.partition(" ")
    since, through, until = time.partition(_THROUGH)
    return Post(key, *_period(since.strip(), until.strip() if through else since.strip(), at))


def _period(since: str, until: str, at: tuple[str, int]) -> tuple[date | None, date | None]:
    try:
        return period(since, until)
    except ValueError as error:
        raise PackError(*at, str(error)) from None


@lru_cache(maxsize=4096)
def period(since: str, until: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of a stretch of time; an open end is None.

    >>> period("2018-04", "2021")
    (datetime.date(2018, 4, 1), datetime.date(2021, 12, 31))

    Raises:
        ValueError: One is no time, or the end is before the beginning; the message is for people.
    """
    first, last = _day(since), _day(until, last=True)
    if first and last and last < first:
        raise ValueError(f"{since} to {until} ends before it begins. Turn it round.")
    return first, last


def _day(text: str, *, last: bool = False) -> date | None:
    """Return the first or the last day of a year, month or day."""
    if not text:
        return None
    match = _TIME.fullmatch(text)
    year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    try:
        if day or not last:
            return date(year, month or 1, day or 1)
        return date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:  # year 0 is none
        words = f"{text!r} is not a time. Give a year, YYYY-MM or YYYY-MM-DD."
        raise ValueError(words) from None
