"""How well sources are told: the resolved source of each matched attribution against its gold name.

A table maps each `source_name` of gold to a canonical name and a class (`gold_name, canonical,
class`). What is right depends on the class:

===============  =================================================================================
body … holder    one of the resolved source's names is the canonical name, after folding
unnamed          nobody in particular is named (or nobody at all), and the type is gold's
person           a source of its own: of no registry, one within the article, and no one else's
===============  =================================================================================

Persons of the last class are too little known for a registry; whoever it holds is not they.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack.errors import ScoreError
from claimtrack.evaluation.pairing import ENOUGH, pairs
from claimtrack.evaluation.score import Compared
from claimtrack.evaluation.table import per_cent
from claimtrack.evaluation.told import Told
from claimtrack.sources.registry import spelling

_COLUMNS = ("gold_name", "canonical", "class")


class NameClass(StrEnum):
    """What sort of source a gold name is of."""

    BODY = "body"
    OUTLET = "outlet"
    STATE = "state"
    OFFICE = "office"
    OFFICE_HOLDER = "office_holder"
    PERSON = "person"
    UNNAMED = "unnamed"


class Wanted(NamedTuple):
    """What a gold name stands for."""

    canonical: str
    group: NameClass


class Tally(NamedTuple):
    """How many of a class were matched, and how many of these have the right source."""

    group: NameClass
    matched: int
    right: int

    @property
    def accuracy(self) -> float:
        """The share of the matched that are right, from 0 to 1."""
        return self.right / self.matched if self.matched else 0.0


class Miss(NamedTuple):
    """A source that was told wrong: where, what gold says, and what was predicted."""

    article: str
    group: NameClass
    mention: str
    gold_name: str
    predicted: str


class NameScores(NamedTuple):
    """Source names by class, what was wrong, and gold names that the table does not have."""

    tallies: tuple[Tally, ...]
    misses: tuple[Miss, ...]
    unlisted: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the scores as JSON values."""
        return {
            "classes": {
                tally.group.value: {
                    "matched": tally.matched,
                    "right": tally.right,
                    "accuracy": tally.accuracy,
                }
                for tally in self.tallies
            },
            "misses": [miss._asdict() for miss in self.misses],
            "unlisted": list(self.unlisted),
        }


class _Case(NamedTuple):
    mention: str
    gold_name: str
    wanted: Wanted
    source_id: str | None
    source_name: str | None
    same_type: bool


Lookup = Callable[[str | None, str | None, str], Told]
"""Tells what a source is by its id, its name, and the language of the article."""


def read_names(path: Path) -> dict[str, Wanted]:
    """Read a table of gold names.

    Raises:
        ScoreError: It cannot be read, lacks a column, has a row of too many or too few cells,
            repeats a name or has an unknown class.
    """
    found: dict[str, Wanted] = {}
    for place, (name, canonical, group) in _rows(path):
        if group not in set(NameClass):
            raise ScoreError(
                f"{place}: unknown class {group!r}. Give one of {', '.join(NameClass)}."
            )
        wanted = Wanted(canonical, NameClass(group))
        if found.setdefault(name, wanted) != wanted:
            raise ScoreError(f"{place}: {name!r} stands above with another meaning. Remove one.")
    return found


def _rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield where each row of a table stands, and its cells in the order of `_COLUMNS`."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise ScoreError(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise ScoreError(f"{path}: not UTF-8. Save the table as UTF-8.") from None
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    advice = "Quote cells that hold a comma."
    try:
        if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
            raise ScoreError(f"{path}:1: no column {missing[0]!r}. It needs {', '.join(_COLUMNS)}.")
        for row in rows:
            place = f"{path}:{rows.line_num}"
            if None in row or None in row.values():
                raise ScoreError(f"{place}: the row has too many or few cells. {advice}")
            yield place, [row[column].strip() for column in _COLUMNS]
    except csv.Error as error:
        place = f"{path}:{rows.reader.line_num}"
        raise ScoreError(f"{place}: not CSV: {error}. {advice}") from None


def score_names(
    articles: Sequence[Compared], names: Mapping[str, Wanted], lookup: Lookup
) -> NameScores:
    """Judge the sources of all matched attributions.

    Args:
        articles: Gold and predictions.
        names: What each gold name stands for.
        lookup: Tells what a predicted source is.
    """
    matched, right = Counter[NameClass](), Counter[NameClass]()
    misses: list[Miss] = []
    unlisted: dict[str, None] = {}
    for article in articles:
        key, lang = str(article.line.article["id"]), str(article.line.article.get("lang") or "")
        cases = _cases(article, names, unlisted)
        owners = _owners(cases)
        for case in cases:
            matched[case.wanted.group] += 1
            told = lookup(case.source_id, case.source_name, lang)
            if _is_right(case, told, owners):
                right[case.wanted.group] += 1
                continue
            predicted = case.source_name or "–"
            misses.append(Miss(key, case.wanted.group, case.mention, case.gold_name, predicted))
    tallies = tuple(Tally(group, matched[group], right[group]) for group in NameClass)
    return NameScores(tallies, tuple(misses), tuple(unlisted))


def name_rows(scores: NameScores) -> list[list[str]]:
    """Return the scores as the rows of a table for people, its head first, in per cent."""
    rows = [["class", "matched", "right", "accuracy"]]
    for group, matched, right in scores.tallies:
        share = per_cent(right / matched) if matched else "–"
        rows.append([group.value, str(matched), str(right), share])
    return rows


def unlisted_lines(scores: NameScores) -> list[str]:
    """Return a line about gold names that the table lacks, if there are any."""
    if not scores.unlisted:
        return []
    count, first = len(scores.unlisted), scores.unlisted[0]
    return [f"Gold names that the table lacks, not judged: {count}, {first!r} first."]


def _cases(
    article: Compared, names: Mapping[str, Wanted], unlisted: dict[str, None]
) -> list[_Case]:
    found: list[_Case] = []
    for pair in pairs(article.gold, article.pred):
        name = pair.gold.given.get("source_name")
        if pair.alike < ENOUGH or not isinstance(name, str):
            continue
        if name not in names:
            unlisted[name] = None
            continue
        told = pair.pred.given
        mention = "".join(article.text[at] for at in sorted(pair.gold.source))
        same_type = pair.gold.values["source_type"] == pair.pred.values["source_type"]
        where = (told.get("source_id"), told.get("source_name"))
        found.append(_Case(mention, name, names[name], *where, same_type))
    return found


def _owners(cases: Sequence[_Case]) -> Mapping[str | None, set[str]]:
    """Return the canonical names that each predicted source stands for in an article."""
    found: defaultdict[str | None, set[str]] = defaultdict(set)
    for case in cases:
        if case.wanted.canonical:
            found[case.source_id].add(case.wanted.canonical)
    return found


def _is_right(case: _Case, told: Told, owners: Mapping[str | None, set[str]]) -> bool:
    if case.wanted.group is NameClass.UNNAMED:
        return told.unnamed and case.same_type
    if case.wanted.group is NameClass.PERSON:
        apart = owners[case.source_id] == {case.wanted.canonical}
        theirs = (key for key, names in owners.items() if case.wanted.canonical in names)
        first = next(filter(None, theirs), None)
        own = bool(case.source_id) and not told.registered and not told.unnamed
        return own and apart and case.source_id == first
    return spelling(case.wanted.canonical) in {spelling(name) for name in told.names}
