"""Bodies, offices and kinds of organisation as tables: what is the same in every state.

`bodies.csv` holds what every state has (ministries, armies, embassies, posts), each with name
templates in every language. A template serves twice: filled with a state's words it is a name;
without them it is what to look for in a mention.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claimtrack.lang.pack import available
from claimtrack.model.vocabulary import SourceKind, SourceRelationKind, SourceType
from claimtrack.sources.table import listed

DATA = Path(__file__).parent
"""Where the packaged tables are."""

_SLOT = re.compile(r"(\S*)\{(\w+)\}")
_SLOT_AND_GLUE = re.compile(r"\S*\{\w+\}\S*")

Templates = Mapping[str, tuple[str, ...]]


class Pattern(NamedTuple):
    """A body or a post that every state has.

    Attributes:
        office: It is a post held by a person ("Minister of Defence"), not a body.
        group: What a bare noun can mean by it: "the ministry" is any of the group "ministry".
        parent: "state", another pattern's key, or empty.
        templates: Names by language, the official one first.
    """

    key: str
    kind: SourceKind
    office: bool
    type: SourceType
    group: str
    parent: str
    relation: SourceRelationKind | None
    templates: Templates

    @property
    def hosted(self) -> bool:
        """Whether it stands in another state: an embassy, an ambassador."""
        return any("{host" in name for names in self.templates.values() for name in names)


class Office(NamedTuple):
    """An office within any body.

    Attributes:
        type: The type of whoever holds it; None where it is the body's.
        speaks: Whoever holds it speaks for the body ("the spokesperson"), so that it is a source
            by itself.
        anonymous: One of many ("a commander"): without a name, whoever it is is anonymous.
    """

    key: str
    type: SourceType | None
    speaks: bool
    anonymous: bool
    templates: Templates


class Head(NamedTuple):
    """A kind of organisation that a common noun names: "agency", "party".

    Attributes:
        stands_for: Kinds, types and groups of sources that "the agency" can mean.
    """

    key: str
    kind: SourceKind
    type: SourceType
    stands_for: frozenset[str]


@cache
def patterns() -> dict[str, Pattern]:
    """Return what every state has, by key."""
    return _patterns("bodies.csv")


@cache
def local_patterns() -> dict[str, Pattern]:
    """Return what every place within a state has, by key; a parent is a pattern of the state."""
    return _patterns("local.csv")


def _patterns(table: str) -> dict[str, Pattern]:
    return {
        cells["key"]: Pattern(
            key=cells["key"],
            kind=SourceKind("body" if cells["kind"] == "office" else cells["kind"]),
            office=cells["kind"] == "office",
            type=SourceType(cells["type"]),
            group=cells["group"],
            parent=cells["parent"],
            relation=SourceRelationKind(cells["relation"]) if cells["relation"] else None,
            templates=_templates(cells),
        )
        for cells in _lines(table)
    }


@cache
def offices() -> dict[str, Office]:
    """Return the offices that any body can have, by key."""
    return {
        cells["key"]: Office(
            key=cells["key"],
            type=SourceType(cells["type"]) if cells["type"] else None,
            speaks=cells["bare"] == "office",
            anonymous=cells["bare"] == "anonymous",
            templates=_templates(cells),
        )
        for cells in _lines("offices.csv")
    }


@cache
def heads() -> dict[str, Head]:
    """Return the kinds of organisation, by key."""
    return {
        cells["key"]: Head(
            key=cells["key"],
            kind=SourceKind(cells["kind"]),
            type=SourceType(cells["type"]),
            stands_for=frozenset(cells["stands_for"].split()),
        )
        for cells in _lines("heads.csv")
    }


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _templates(cells: Mapping[str, str]) -> Templates:
    return {code: found for code in available() if (found := listed(cells.get(code, "")))}


def fill(template: str, slots: Mapping[str, str], adjectives: frozenset[str]) -> str | None:
    """Return a template with its slots filled; None when one has nothing to fill it.

    What is glued to an adjective's slot (an article) is glued to each of its words.

    >>> fill("السفارة ال{f}", {"f": "كورية شمالية"}, frozenset({"f"}))
    'السفارة الكورية الشمالية'
    """
    filled: list[str] = []
    for between, glue, slot in _cut(template):
        value = slots.get(slot, "") if slot else ""
        if slot and not value:
            return None
        split = slot in adjectives and " " in value
        words = " ".join(glue + part for part in value.split()) if split else glue + value
        filled += (between, words)
    return "".join(filled)


@cache
def _cut(template: str) -> tuple[tuple[str, str, str], ...]:
    """Return a template as what stands before each slot, what is glued to it, and the slot.

    The last has no slot.
    """
    found, done = [], 0
    for match in _SLOT.finditer(template):
        found.append((template[done : match.start()], match[1], match[2]))
        done = match.end()
    return (*found, (template[done:], "", ""))


def constants(template: str) -> tuple[str, ...]:
    """Return the words of a template that no state changes, as its slots divide them.

    >>> constants("Ministry of Defence of {of}"), constants("السفارة ال{f} في {capital}")
    (('Ministry of Defence of',), ('السفارة', 'في'))
    """
    parts = (part.strip(" ,") for part in _SLOT_AND_GLUE.split(template))
    return tuple(part for part in parts if part)
