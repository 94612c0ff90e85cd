"""What a new reading finds of reports that people decided about: their decision stands.

A report that was rejected, or that a person's stands in the place of, does not come back, not even
in other words: one is the same report where its cue and its content overlap those of the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from claimtrack.model.attribution import Attribution
from claimtrack.model.ids import content_id
from claimtrack.model.source import Source
from claimtrack.model.span import Spans
from claimtrack.store import corrected
from claimtrack.store.content import attribution_id
from claimtrack.store.corrected import BY_HAND, Held
from claimtrack.store.writer import Found

_DECIDED = """
SELECT DISTINCT row_id FROM live_correction
WHERE version_id = ? AND row_id LIKE 'attribution-%'"""


class Settled(NamedTuple):
    """What is left of a reading.

    Attributes:
        found: It, without the reports of which people decided otherwise.
        left_out: How many these are.
        tellers: By the key of a report that one of them relays: the person's report in its place.
    """

    found: Found
    left_out: int
    tellers: Mapping[str, str]


def settle(connection: sqlite3.Connection, version_id: str, found: Found) -> Settled:
    """Leave out of a reading the reports of which people decided otherwise.

    Args:
        connection: A connection.
        version_id: The text.
        found: What was found in it.
    """
    rows = connection.execute(_DECIDED, (version_id,)).fetchall()
    decided = corrected.held(connection, (row[0] for row in rows))
    if not decided:
        return Settled(found, 0, {})
    extraction = found.extraction
    ids = {each.key: attribution_id(version_id, each) for each in extraction.attributions}
    live = {row[0] for row in _live(connection, version_id)}
    others = [one for one in decided.values() if one.id not in ids.values()]
    instead: dict[str, str | None] = {}
    for each in extraction.attributions:
        row_id = ids[each.key]
        own = decided.get(row_id)
        same = [one for one in others if is_same(each, one.attribution)]
        if row_id not in live and (own or same):
            instead[each.key] = _person(same, live)
    if not instead:
        return Settled(found, 0, {})
    left = tuple(
        each.model_copy(
            update={
                "via": None if each.via in instead else each.via,
                "responds_to": None if each.responds_to in instead else each.responds_to,
            }
        )
        for each in extraction.attributions
        if each.key not in instead
    )
    gone = [each for each in extraction.attributions if each.key in instead]
    sources = _needed(found.sources, left, gone)
    tellers = {
        each.key: teller
        for each in extraction.attributions
        if each.key not in instead and each.via and (teller := instead.get(each.via))
    }
    kept = found._replace(
        extraction=extraction.model_copy(update={"attributions": left}), sources=sources
    )
    return Settled(kept, len(instead), tellers)


def is_same(one: Attribution, other: Attribution) -> bool:
    """Tell whether two attributions of a text are the same act of reporting, otherwise bounded."""
    if bool(one.cue) != bool(other.cue):
        return one.content == other.content
    return _overlap(one.content, other.content) and (not one.cue or _overlap(one.cue, other.cue))


def _overlap(some: Spans, others: Spans) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def _person(same: Iterable[Held], live: set[str]) -> str | None:
    """Return a person's live report among those that are the same, if there is one."""
    return next(
        (one.id for one in same if one.attribution.pattern == BY_HAND and one.id in live), None
    )


def _live(connection: sqlite3.Connection, version_id: str) -> list[tuple[str]]:
    return connection.execute(
        "SELECT id FROM attribution WHERE version_id = ? AND retired_at IS NULL", (version_id,)
    ).fetchall()


def _needed(
    sources: tuple[Source, ...], left: Iterable[Attribution], gone: Iterable[Attribution]
) -> tuple[Source, ...]:
    """Return sources without those that only reports which are left out name."""
    by_id = {each.id: each for each in sources}
    dropped = {each.source_id for each in gone}
    waiting = [each.source_id for each in left if each.source_id]
    waiting += [each for each in by_id if each not in dropped and not _is_parent(each, sources)]
    needed = set[str]()
    while waiting:
        one = waiting.pop()
        if one in by_id and one not in needed:
            needed.add(one)
            waiting += [content_id("source", each.parent) for each in by_id[one].relations]
    return tuple(each for each in sources if each.id in needed)


def _is_parent(source_id: str, sources: Iterable[Source]) -> bool:
    return any(
        content_id("source", relation.parent) == source_id
        for each in sources
        for relation in each.relations
    )
