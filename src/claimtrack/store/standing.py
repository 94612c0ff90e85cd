"""How a source stands among others: who passes on what it says, through what, who is part of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import islice

from claimtrack.model.ids import content_id
from claimtrack.model.source import Source
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Channel, SourceRelationKind
from claimtrack.store.counted import finished
from claimtrack.store.refs import source_refs
from claimtrack.store.rows import many
from claimtrack.store.views import SourceRef

MOST = 20
"""Rows of each list."""

_OUTLETS = """
SELECT v.outlet, count(*) AS reports, count(DISTINCT v.document_id) FROM live_attribution a
JOIN document_version v ON v.id = a.version_id
WHERE a.source_id IN (SELECT value FROM json_each(?1)) AND v.outlet IS NOT NULL
GROUP BY v.outlet ORDER BY reports DESC, v.outlet LIMIT ?2"""

_COUNTED_OUTLETS = """
SELECT outlet, sum(reports) AS reports, sum(documents) FROM source_outlet
WHERE source_id IN (SELECT value FROM json_each(?1))
GROUP BY outlet ORDER BY 2 DESC, outlet LIMIT ?2"""

_COUNTED_CHANNELS = """
SELECT channel, sum(reports) AS reports FROM source_channel
WHERE source_id IN (SELECT value FROM json_each(?1))
GROUP BY channel ORDER BY 2 DESC, channel LIMIT ?2"""

_CHANNELS = """
SELECT channel, count(*) AS reports FROM live_attribution
WHERE source_id IN (SELECT value FROM json_each(?1))
GROUP BY channel ORDER BY reports DESC, channel LIMIT ?2"""

# Who tells what it said, and whose words it tells: the other end of relays of its reports.
_RELAYS = """
SELECT {far}.source_id, count(DISTINCT {near}.id) AS reports
FROM attribution {near} JOIN live_relay r ON r.{near}_id = {near}.id
JOIN attribution {far} ON {far}.id = r.{far}_id
WHERE {near}.source_id IN (SELECT value FROM json_each(?1)) AND {far}.source_id IS NOT NULL
    AND {far}.source_id NOT IN (SELECT value FROM json_each(?1))
GROUP BY {far}.source_id ORDER BY reports DESC, {far}.source_id LIMIT ?2"""

_PARTS = """
SELECT DISTINCT r.kind, r.source_id, r.since, r.until FROM source_relation r
JOIN live_source s ON s.id = r.source_id
WHERE r.parent_id IN (SELECT value FROM json_each(?1)) ORDER BY r.kind, s.name, s.id LIMIT ?2"""

# Claims it has a part in, and that somebody denies or disputes: the latest.
_DISPUTED = """
SELECT cluster_id, number FROM (
    SELECT DISTINCT a.cluster_id, max(a.number) AS number FROM live_attribution a
    WHERE a.source_id IN (SELECT value FROM json_each(?1)) GROUP BY a.cluster_id) c
WHERE EXISTS (SELECT 1 FROM live_claim m JOIN attribution b ON b.id = m.attribution_id
        WHERE m.cluster_id = c.cluster_id
            AND (b.assertion = 'deny' OR b.stance = 'disputing'))
    OR EXISTS (SELECT 1 FROM claim_cluster k JOIN claim_relation r ON r.left_id = k.claim_id
        WHERE k.cluster_id = c.cluster_id AND r.kind IN ('negates', 'denies_authorship')
            AND r.retired_at IS NULL)
    OR EXISTS (SELECT 1 FROM claim_cluster k JOIN claim_relation r ON r.right_id = k.claim_id
        WHERE k.cluster_id = c.cluster_id AND r.kind IN ('negates', 'denies_authorship')
            AND r.retired_at IS NULL)
ORDER BY c.number DESC LIMIT ?2"""


_KEPT_RELAYS = """
SELECT {far}_id, sum({counted}) AS reports FROM source_relay
WHERE {near}_id IN (SELECT value FROM json_each(?1))
    AND {far}_id NOT IN (SELECT value FROM json_each(?1))
GROUP BY 1 ORDER BY reports DESC, 1 LIMIT ?2"""

# A claim is recorded with its report: of thousands only those are looked at that are asked for.
_OF_CLAIM = """
SELECT k.attribution_id FROM claim_cluster c JOIN claim k ON k.id = c.claim_id
WHERE c.cluster_id = ? ORDER BY k.number DESC"""
_LIVE = "SELECT 1 FROM live_attribution WHERE id = ?"
_NUMBERED = "SELECT id FROM live_attribution WHERE number = ?"

_KEPT_DISPUTED = """
SELECT claim_id, max(number) FROM source_disputed
WHERE source_id IN (SELECT value FROM json_each(?1))
GROUP BY claim_id ORDER BY max(number) DESC LIMIT ?2"""


class OutletCount(Value):
    """An outlet, as articles spell it, and how much of a source it has."""

    outlet: str
    reports: int
    documents: int


class ChannelCount(Value):
    """How many of a source's reports came through a channel."""

    channel: Channel
    reports: int


class SourceCount(Value):
    """Another source, and how many reports have it in common with one."""

    source: SourceRef
    reports: int


class Tie(Value):
    """A relation to another source; `since` and `until` are days, where they are known."""

    kind: SourceRelationKind
    source: SourceRef
    since: str | None
    until: str | None


def outlets(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[OutletCount, ...]:
    """Return the outlets that report what a source said, the busiest first.

    Args:
        connection: A connection.
        ids: The source, and what was merged into it.
    """
    query = _COUNTED_OUTLETS if finished(connection) else _OUTLETS
    rows = connection.execute(query, (many(ids), MOST))
    return tuple(OutletCount(outlet=row[0], reports=row[1], documents=row[2]) for row in rows)


def channels(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[ChannelCount, ...]:
    """Return through which channels a source spoke, the commonest first."""
    query = _COUNTED_CHANNELS if finished(connection) else _CHANNELS
    rows = connection.execute(query, (many(ids), MOST))
    return tuple(ChannelCount(channel=Channel(row[0]), reports=row[1]) for row in rows)


def tellers(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[SourceCount, ...]:
    """Return through whom a source's words came: the sources that told them on."""
    return _counted(connection, _relays(connection, "parent", "child", "told"), ids)


def told(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[SourceCount, ...]:
    """Return whose words a source told on."""
    return _counted(connection, _relays(connection, "child", "parent", "telling"), ids)


def ties(connection: sqlite3.Connection, source: Source) -> tuple[Tie, ...]:
    """Return what a source belongs to and speaks for."""
    rows = [
        (one.kind, content_id("source", one.parent), one.since, one.until)
        for one in source.relations
    ]
    return _ties(
        connection, [(kind, each, _day(since), _day(until)) for kind, each, since, until in rows]
    )


def parts(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[Tie, ...]:
    """Return what belongs to a source and speaks for it; the relation leads from the other."""
    return _ties(connection, connection.execute(_PARTS, (many(ids), MOST)).fetchall())


def disputed_claims(
    connection: sqlite3.Connection, ids: Sequence[str], limit: int
) -> dict[str, int]:
    """Return claims that a source has a part in and that are denied or disputed, latest first.

    Of each there is the number of the source's latest report of it.
    """
    query = _KEPT_DISPUTED if finished(connection) else _DISPUTED
    return dict(connection.execute(query, (many(ids), limit)).fetchall())


def latest(
    connection: sqlite3.Connection, claims: Mapping[str, int], limit: int
) -> tuple[str, ...]:
    """Return the ids of the latest reports of some claims, so many of each at most.

    Args:
        connection: A connection.
        claims: Claims, each with the number of a report that is among them; 0 for none.
        limit: How many of each, beside that.
    """
    found: dict[str, None] = {}
    for claim, number in claims.items():
        of_claim = (row[0] for row in connection.execute(_OF_CLAIM, (claim,)))
        live = (one for one in of_claim if connection.execute(_LIVE, (one,)).fetchone())
        found |= dict.fromkeys(islice(live, limit))
        found |= dict.fromkeys(row[0] for row in connection.execute(_NUMBERED, (number,)))
    return tuple(found)


def _relays(connection: sqlite3.Connection, near: str, far: str, counted: str) -> str:
    query = _KEPT_RELAYS if finished(connection) else _RELAYS
    return query.format(near=near, far=far, counted=counted)


def _day(day: object) -> str | None:
    return str(day) if day else None


def _ties(
    connection: sqlite3.Connection, rows: Sequence[tuple[str, str, str | None, str | None]]
) -> tuple[Tie, ...]:
    refs = source_refs(connection, (row[1] for row in rows))
    return tuple(
        Tie(kind=SourceRelationKind(kind), source=refs[other], since=since, until=until)
        for kind, other, since, until in rows
        if other in refs
    )


def _counted(
    connection: sqlite3.Connection, query: str, ids: Sequence[str]
) -> tuple[SourceCount, ...]:
    rows = connection.execute(query, (many(ids), MOST)).fetchall()
    refs = source_refs(connection, (row[0] for row in rows))
    counts: dict[str, SourceCount] = {}
    for other, number in rows:  # merged sources are counted as one
        if other in refs:
            ref = refs[other]
            before = counts[ref.id].reports if ref.id in counts else 0
            counts[ref.id] = SourceCount(source=ref, reports=before + number)
    return tuple(sorted(counts.values(), key=lambda one: -one.reports))
