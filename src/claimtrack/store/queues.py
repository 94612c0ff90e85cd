"""What waits for a person, and where each reviewer is: pages of ids, read from indexes.

A page begins behind a place, which is what its queue is sorted by: so the next page costs what the
first one does. Where a reviewer stopped is a row of theirs; it also says which item is before them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from claimtrack.store.linking import OWN_VOICE


class Queue(StrEnum):
    """What waits for a person."""

    ATTRIBUTIONS = "attributions"
    PAIRS = "pairs"
    SOURCES = "sources"
    VERDICTS = "verdicts"


class Waiting(NamedTuple):
    """Something that waits.

    Attributes:
        id: The attribution's, suggestion's or claim's (cluster's) id.
        place: Where it stands in its queue; opaque, for `page`.
    """

    id: str
    place: str


class Stopped(NamedTuple):
    """Where a reviewer is in a queue, or was.

    Attributes:
        item: The id of what was before them; "" at the queue's end.
        place: Where that stands; what comes behind it was not seen yet.
        held: They still have it before them.
        at: Since when, in UTC.
        done: How many items of the queue they decided so far.
    """

    user: str
    queue: Queue
    item: str
    place: str
    held: bool
    at: str
    done: int


LOOKED_BACK = 10_000
"""Entries of the log, the latest, among which a reviewer's decisions are looked for."""

MOST_COUNTED = 1_000
"""Beyond this many, what waits is not counted further."""

_START: dict[Queue, tuple[float | int | str, ...]] = {
    Queue.ATTRIBUTIONS: (-1.0, 0),
    Queue.PAIRS: (1e9, 0),
    Queue.SOURCES: (0,),
    Queue.VERDICTS: (2**62, 0, ""),
}
"""A place before all others, by queue."""

_FOUND = (
    f"a.retired_at IS NULL AND a.pattern <> '{OWN_VOICE}'"  # noqa: S608 (our own words)
    " AND EXISTS (SELECT 1 FROM live_attribution l WHERE l.id = a.id)"
)
_UNREVIEWED = f"{_FOUND} AND NOT EXISTS (SELECT 1 FROM live_correction c WHERE c.row_id = a.id)"  # noqa: S608
_UNRESOLVED = (
    f"a.source_id IS NULL AND {_FOUND} AND EXISTS (SELECT 1 FROM attribution_span s"  # noqa: S608
    " WHERE s.attribution_id = a.id AND s.role IN ('source', 'antecedent'))"
)
_SUGGESTED = """
s.retired_at IS NULL AND EXISTS (SELECT 1 FROM live_suggestion l WHERE l.id = s.id)"""
_WITHOUT_VERDICT = """
EXISTS (SELECT 1 FROM live_claim m WHERE m.cluster_id = k.id)
    AND NOT EXISTS (SELECT 1 FROM live_review r WHERE r.cluster_id = k.id)"""

# The least sure first; of equals those recorded first.
_ATTRIBUTIONS = f"""
SELECT a.id, a.confidence, a.number FROM attribution a
WHERE (a.confidence, a.number) > (?1, ?2) AND {_UNREVIEWED}
ORDER BY a.confidence, a.number LIMIT ?3"""  # noqa: S608 (our own words)

# The most alike first. A pair that was judged, be it as unsure, waits no more.
_PAIRS = f"""
SELECT s.id, s.score, s.number FROM suggestion s
WHERE s.score <= ?1 AND (s.score < ?1 OR s.number > ?2) AND {_SUGGESTED}
ORDER BY s.score DESC, s.number LIMIT ?3"""  # noqa: S608 (our own words)

# Mentions that no rule told a source of, in the order of recording.
_SOURCES = f"""
SELECT a.id, a.number FROM attribution a
WHERE a.number > ?1 AND {_UNRESOLVED}
ORDER BY a.number LIMIT ?2"""  # noqa: S608 (our own words)

# The widest spread first: claims with several reports, then those with one, as recorded. Retired
# reports count in the order, since they were spread.
_VERDICTS = f"""
SELECT k.id, s.reports, 0, k.id FROM claim_spread s JOIN claim k ON k.id = s.cluster_id
WHERE s.reports <= ?1 AND (s.reports < ?1 OR s.cluster_id > ?3) AND {_WITHOUT_VERDICT}
ORDER BY s.reports DESC, s.cluster_id LIMIT ?4"""  # noqa: S608 (our own words)
_VERDICTS_OF_ONE = f"""
SELECT k.id, 1, k.number, '' FROM claim k JOIN claim_cluster c ON c.claim_id = k.id
WHERE k.number > ?2 AND c.cluster_id = k.id AND {_WITHOUT_VERDICT}
    AND NOT EXISTS (SELECT 1 FROM claim_spread s WHERE s.cluster_id = k.id)
ORDER BY k.number LIMIT ?4"""  # noqa: S608 (our own words)

_PAGES = {
    Queue.ATTRIBUTIONS: (_ATTRIBUTIONS,),
    Queue.PAIRS: (_PAIRS,),
    Queue.SOURCES: (_SOURCES,),
    Queue.VERDICTS: (_VERDICTS, _VERDICTS_OF_ONE),
}


_WAITS = {
    Queue.ATTRIBUTIONS: f"SELECT 1 FROM attribution a WHERE a.id = ? AND {_UNREVIEWED}",  # noqa: S608
    Queue.PAIRS: f"SELECT 1 FROM suggestion s WHERE s.id = ? AND {_SUGGESTED}",  # noqa: S608
    Queue.SOURCES: f"SELECT 1 FROM attribution a WHERE a.id = ? AND {_UNRESOLVED}",  # noqa: S608
    Queue.VERDICTS: f"SELECT 1 FROM claim k WHERE k.id = ? AND {_WITHOUT_VERDICT}",  # noqa: S608
}


def page(
    connection: sqlite3.Connection, queue: Queue, after: str = "", limit: int = 50
) -> tuple[Waiting, ...]:
    """Return what waits in a queue behind a place.

    Args:
        connection: A connection.
        queue: Which.
        after: The place of an item that is passed; "" for the beginning.
        limit: How many at most.
    """
    return tuple(
        Waiting(row[0], json.dumps(row[1:])) for row in _rows(connection, queue, after, limit)
    )


def left(connection: sqlite3.Connection, queue: Queue, after: str = "") -> int:
    """Return how many wait behind a place, up to MOST_COUNTED."""
    return len(_rows(connection, queue, after, MOST_COUNTED))


def last_decision(connection: sqlite3.Connection, user: str) -> str | None:
    """Return the id of what a reviewer decided last, of what holds; None where there is nothing.

    No further back than LOOKED_BACK entries of the log.
    """
    rows = connection.execute(_LOGGED, (user, LOOKED_BACK))
    for (subject,) in rows:
        query = _HOLDS.get(subject.partition("-")[0])
        if query and connection.execute(query, (subject, user)).fetchone():
            return str(subject)
    return None


def _rows(
    connection: sqlite3.Connection, queue: Queue, after: str, limit: int
) -> list[tuple[Any, ...]]:
    start = place_of(queue, after)
    found: list[tuple[Any, ...]] = []
    for query in _PAGES[queue]:
        found += connection.execute(query, (*start, limit - len(found)))
    return found


def reports(connection: sqlite3.Connection, claim: str, limit: int) -> tuple[int, tuple[str, ...]]:
    """Return how many reports a claim (cluster) was recorded with, and the first live ones' ids."""
    spread = connection.execute(
        "SELECT reports FROM claim_spread WHERE cluster_id = ?", (claim,)
    ).fetchone()
    rows = connection.execute(
        "SELECT attribution_id FROM live_claim WHERE cluster_id = ? ORDER BY number LIMIT ?",
        (claim, limit),
    )
    return (spread[0] if spread else 1), tuple(row[0] for row in rows)


def waits(connection: sqlite3.Connection, queue: Queue, item: str) -> bool:
    """Tell whether an item waits: it is there, and nobody has decided it meanwhile."""
    return connection.execute(_WAITS[queue], (item,)).fetchone() is not None


def place_of(queue: Queue, place: str) -> tuple[float | int | str, ...]:
    """Return what a place is made of; the beginning for one that is none of the queue's."""
    start = _START[queue]
    try:
        read: Any = json.loads(place) if place else start
    except ValueError:
        return start
    sound = (
        isinstance(read, Sequence)
        and len(read) == len(start)
        and all(isinstance(each, str | int | float) for each in read)
    )
    return tuple(read) if sound else start


def stopped(connection: sqlite3.Connection, user: str, queue: Queue) -> Stopped | None:
    """Return where a reviewer is in a queue, or was; None where they never were."""
    row = connection.execute(
        f"{_STOPPED} WHERE user = ? AND queue = ?", (user, queue.value)
    ).fetchone()
    return _read(row) if row else None


def holder(connection: sqlite3.Connection, user: str, item: str, since: str) -> Stopped | None:
    """Return who else has an item before them, not longer than since a time (UTC)."""
    row = connection.execute(
        f"{_STOPPED} WHERE item = ? AND held = 1 AND user <> ? AND at >= ? ORDER BY at",
        (item, user, since),
    ).fetchone()
    return _read(row) if row else None


def stop(connection: sqlite3.Connection, place: Stopped) -> None:
    """Record where a reviewer is; within a transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO review_place (user, queue, item, place, held, at, done)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*place[:1], place.queue.value, *place[2:]),
    )


_LOGGED = """
SELECT subject FROM (SELECT * FROM event_log WHERE desk_id = (
        SELECT id FROM desk WHERE merged_at IS NULL)
    ORDER BY seq DESC LIMIT ?2)
WHERE user = ?1 AND action <> 'undo' ORDER BY seq DESC"""
_HOLDS = {
    "correction": "SELECT 1 FROM live_correction WHERE id = ? AND corrected_by = ?",
    "judgement": "SELECT 1 FROM live_judgement WHERE id = ? AND judged_by = ?",
    "review": "SELECT 1 FROM live_review WHERE id = ? AND reviewed_by = ?",
    "note": "SELECT 1 FROM review_note WHERE id = ? AND noted_by = ? AND retired_at IS NULL",
}
"""Whether a decision of somebody's holds, by the first part of its id."""

_STOPPED = "SELECT user, queue, item, place, held, at, done FROM review_place"


def _read(row: tuple[Any, ...]) -> Stopped:
    user, queue, item, place, held, at, done = row
    return Stopped(user, Queue(queue), item, place, bool(held), at, done)
