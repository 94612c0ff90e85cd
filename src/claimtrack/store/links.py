"""What reports point at, without their words: the edges of the graph, read as they come."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from claimtrack.model.document import StatedTime
from claimtrack.store.refs import source_refs, stated_time
from claimtrack.store.texts import Texts, places
from claimtrack.store.views import SourceRef

_LINKS = """
SELECT a.id, a.document_id, a.cluster_id, coalesce(m.cluster_id, a.source_id), a.responds_to_id
FROM live_attribution a LEFT JOIN source_cluster m ON m.source_id = a.source_id ORDER BY a.number"""

_SAID = f"""
SELECT a.id, coalesce(m.cluster_id, a.source_id), a.stance, a.modality, a.version_id,
    {places("'cue'", "ord")}
FROM live_attribution a LEFT JOIN source_cluster m ON m.source_id = a.source_id
ORDER BY a.number"""  # noqa: S608 (our own words)

_REPORTS_OF = """
SELECT m.attribution_id FROM claim_cluster c JOIN live_claim m ON m.cluster_id = c.cluster_id
WHERE c.claim_id = ? ORDER BY m.number"""

_OF_CLAIMS = """
SELECT a.cluster_id, a.document_id, coalesce(m.cluster_id, a.source_id),
    v.published_stated, v.published_utc, v.published_precision, v.published_zone
FROM live_attribution a JOIN document_version v ON v.id = a.version_id
LEFT JOIN source_cluster m ON m.source_id = a.source_id ORDER BY a.cluster_id, a.number"""

_OUTER = """
SELECT o.child_id, coalesce(m.cluster_id, o.source_id), o.url, o.evidence
FROM live_outer_relay o LEFT JOIN source_cluster m ON m.source_id = o.source_id
ORDER BY o.child_id, o.number"""

_SOURCES = """
SELECT coalesce(m.cluster_id, s.source_id) AS known FROM (
    SELECT source_id FROM live_attribution WHERE source_id IS NOT NULL
    UNION SELECT source_id FROM live_outer_relay WHERE source_id IS NOT NULL) s
LEFT JOIN source_cluster m ON m.source_id = s.source_id GROUP BY known ORDER BY known"""

# As `claim_refs` names them (the view `live_headline`), all at once.
_CLAIMS = """
WITH m AS MATERIALIZED (
    SELECT c.id, c.cluster_id, c.number, c.attribution_id, s.id AS source_id
    FROM live_claim c LEFT JOIN source s ON s.id = c.source_id),
passed AS MATERIALIZED (
    SELECT DISTINCT k.id FROM relay r JOIN m k ON k.attribution_id = r.child_id
    JOIN m p ON p.attribution_id = r.parent_id AND p.cluster_id = k.cluster_id
    WHERE r.retired_at IS NULL),
h AS MATERIALIZED (
    SELECT cluster_id, id AS claim_id, min(number + iif(id IN passed, 1e18, 0))
    FROM m GROUP BY cluster_id),
g AS MATERIALIZED (
    SELECT cluster_id, count(*) AS reports, count(DISTINCT source_id) AS sources,
        min(number) AS first
    FROM m GROUP BY cluster_id)
SELECT g.cluster_id, t.text, min(t.lang), g.reports, g.sources
FROM g JOIN h ON h.cluster_id = g.cluster_id JOIN claim_text t ON t.claim_id = h.claim_id
GROUP BY g.cluster_id ORDER BY {order}"""
_BY_ID, _MOST_FIRST = "g.cluster_id", "g.reports DESC, g.first"

_ADDRESSES = """
SELECT DISTINCT url FROM live_outer_relay WHERE source_id IS NULL ORDER BY url"""

_RELAYS = """
SELECT r.child_id, r.parent_id, r.kind, p.channel, v.document_id
FROM live_relay r JOIN attribution p ON p.id = r.parent_id
JOIN document_version v ON v.id = p.version_id ORDER BY r.id"""

_MERGED = """
SELECT m.source_id, m.cluster_id FROM source_cluster m
JOIN live_source s ON s.id = m.source_id JOIN live_source k ON k.id = m.cluster_id
WHERE m.source_id <> m.cluster_id ORDER BY m.source_id"""

_JOINED = """
SELECT c.id, c.cluster_id, t.lang, t.text FROM live_claim c JOIN claim_text t ON t.claim_id = c.id
WHERE c.id <> c.cluster_id ORDER BY c.number, t.lang"""

_RECORDED = "SELECT attribution_id, recorded_at FROM live_claim"

_BATCH = 500


class Link(NamedTuple):
    """A report, and the ids of what it points at; merged sources and joined claims as one."""

    report: str
    document: str
    claim: str
    source: str | None
    answered: str | None


class Said(NamedTuple):
    """A report, its source, and how its text attributes it."""

    report: str
    source: str | None
    stance: str
    modality: str
    cue: str


class Outside(NamedTuple):
    """A report, the source or the address it was taken from, and how that is known."""

    report: str
    source: str | None
    url: str | None
    evidence: str


class Claim(NamedTuple):
    """A claim: the wording it is called by, its language, how many reports and sources it has."""

    id: str
    text: str
    lang: str
    reports: int
    sources: int


class Relay(NamedTuple):
    """A report taken from another; through what the other came, and in which document it is."""

    child: str
    parent: str
    kind: str
    parent_channel: str
    parent_document: str


class OfClaim(NamedTuple):
    """What a report adds to its claim: the document, the source, and when that was published."""

    claim: str
    document: str
    source: str | None
    published: StatedTime


def relays(connection: sqlite3.Connection) -> Iterator[Relay]:
    """Yield which report was taken from which, by the relay's id."""
    return map(Relay._make, connection.execute(_RELAYS))


def merged_sources(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield each source that was merged, and the one it is known as."""
    yield from connection.execute(_MERGED)


def of_reports(connection: sqlite3.Connection) -> Iterator[Link]:
    """Yield what each live report points at, in the order of recording."""
    return map(Link._make, connection.execute(_LINKS))


def said(connection: sqlite3.Connection) -> Iterator[Said]:
    """Yield how each live report is attributed to whom, in the order of recording."""
    texts = Texts(connection)
    for *told, version, cue in connection.execute(_SAID):
        yield Said._make((*told, texts.words(version, cue)))


def reports_of(connection: sqlite3.Connection, claim_id: str) -> Iterator[str]:
    """Yield the live reports of the claim that another, or it itself, is known as."""
    return (row[0] for row in connection.execute(_REPORTS_OF, (claim_id,)))


def of_claims(connection: sqlite3.Connection) -> Iterator[OfClaim]:
    """Yield what each live report adds to its claim, by the claim's id."""
    for claim, document, source, *published in connection.execute(_OF_CLAIMS):
        yield OfClaim(claim, document, source, stated_time(*published))


def outer_relays(connection: sqlite3.Connection) -> Iterator[Outside]:
    """Yield what was taken from a source or an address that is not held, by report."""
    return map(Outside._make, connection.execute(_OUTER))


def outer_addresses(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the addresses that reports were taken from and that are not held."""
    return (row[0] for row in connection.execute(_ADDRESSES))


def all_named(connection: sqlite3.Connection) -> Iterator[SourceRef]:
    """Yield the sources that reports point at, merged ones as one, by id."""
    ids = (row[0] for row in connection.execute(_SOURCES))
    for some in _batches(ids):
        found = source_refs(connection, some)
        yield from (found[each] for each in some if each in found)


def all_claims(connection: sqlite3.Connection, *, most_first: bool = False) -> Iterator[Claim]:
    """Yield every claim that is reported, by id, or those with the most reports first."""
    query = _CLAIMS.format(order=_MOST_FIRST if most_first else _BY_ID)
    return map(Claim._make, connection.execute(query))


def joined_claims(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    """Yield each claim that was joined: its id, the one it is known as, a language, a wording."""
    yield from connection.execute(_JOINED)


def recorded(connection: sqlite3.Connection) -> dict[str, str]:
    """Return when each report was put in, by its id."""
    return dict(connection.execute(_RECORDED).fetchall())


def _batches(ids: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for each in ids:
        batch.append(each)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
