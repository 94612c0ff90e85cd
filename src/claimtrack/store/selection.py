"""Reading a part of the database as if there were no more: what an export of a part is made from.

Within the block every function that reads answers for the chosen reports alone, and for what they
stand on: their documents whole, their sources with what those belong to, runs and captures.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import NamedTuple

from claimtrack.errors import NothingChosenError
from claimtrack.store.read import resolve_id, resolve_source
from claimtrack.store.rows import many
from claimtrack.store.search import matching
from claimtrack.store.shadow import refuse_shadowed, shadowed, writable
from claimtrack.store.source_clusters import cluster_of, members


class Wanted(NamedTuple):
    """Which reports are wanted: those that answer to every part that is given.

    Attributes:
        claims: Ids of claims; with their reports come those on the ways that lead to and from them.
        documents: Ids of documents; with their reports come those that they were taken from.
        sources: Ids or names of sources.
        query: Words that a report holds, as for a search.
        since: The first day on which its document was published, in UTC.
        until: The last.
        lang: The language of its document.
    """

    claims: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    query: str | None = None
    since: date | None = None
    until: date | None = None
    lang: str | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()


class Chosen(NamedTuple):
    """What was chosen.

    Attributes:
        claims: The full ids of the claims that were asked for.
        undated: How many reports were left out since nobody knows when they were published.
    """

    claims: tuple[str, ...] = ()
    undated: int = 0


_CHAIN = """
WITH RECURSIVE beyond(id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT r.{far} FROM live_relay r JOIN beyond ON r.{near} = beyond.id)
SELECT id FROM beyond"""
_OF_CLAIMS = "SELECT id FROM live_attribution WHERE cluster_id IN (SELECT value FROM json_each(?))"
_OF_DOCUMENTS = (
    "SELECT id FROM live_attribution WHERE document_id IN (SELECT value FROM json_each(?))"
)
_OF_SOURCES = "SELECT id FROM live_attribution WHERE source_id IN (SELECT value FROM json_each(?))"
_OF_TIME = """
SELECT a.id FROM live_attribution a JOIN document_version v ON v.id = a.version_id
WHERE v.published_utc >= ? AND v.published_utc < ?"""
_UNDATED = """
SELECT a.id FROM live_attribution a JOIN document_version v ON v.id = a.version_id
WHERE v.published_utc IS NULL"""
_OF_LANG = """
SELECT a.id FROM live_attribution a JOIN document_version v ON v.id = a.version_id
WHERE v.lang = ?"""

_CHOSEN = {
    "document": """
SELECT DISTINCT v.document_id FROM main.document_version v JOIN main.attribution a
ON a.version_id = v.id WHERE a.id IN temp.chosen_attribution""",
    "source": """
WITH RECURSIVE named(id) AS (
    SELECT source_id FROM main.attribution
    WHERE id IN temp.chosen_attribution AND source_id IS NOT NULL
    UNION SELECT source_id FROM main.outer_relay
    WHERE child_id IN temp.chosen_attribution AND source_id IS NOT NULL
    UNION SELECT m.cluster_id FROM main.source_cluster m JOIN named ON m.source_id = named.id
    UNION SELECT r.parent_id FROM main.source_relation r JOIN named ON r.source_id = named.id)
SELECT id FROM named""",
    "run": """
SELECT run_id FROM main.attribution WHERE id IN temp.chosen_attribution
UNION SELECT n.run_id FROM main.narration n JOIN main.document_version v ON v.id = n.version_id
WHERE v.document_id IN temp.chosen_document
UNION SELECT run_id FROM main.relay WHERE child_id IN temp.chosen_attribution
UNION SELECT run_id FROM main.outer_relay WHERE child_id IN temp.chosen_attribution
UNION SELECT run_id FROM main.anchor WHERE attribution_id IN temp.chosen_attribution
UNION SELECT r.run FROM main.reprint r JOIN main.document_version v ON v.id = r.document_version
WHERE v.document_id IN temp.chosen_document
UNION SELECT j.run_id FROM main.judgement j JOIN main.claim k ON k.id = j.left_id
WHERE k.attribution_id IN temp.chosen_attribution AND j.run_id IS NOT NULL
UNION SELECT c.run_id FROM main.claim_relation c JOIN main.claim k ON k.id = c.left_id
WHERE k.attribution_id IN temp.chosen_attribution""",
    "capture": """
SELECT id FROM main.capture WHERE document_id IN temp.chosen_document
UNION SELECT c.capture_id FROM main.capture_version c
JOIN main.document_version v ON v.id = c.version_id
WHERE v.document_id IN temp.chosen_document""",
}
"""How the rows of a table that the chosen reports stand on are found, in this order."""

# What people rejected or replaced in a chosen text goes with it, or it would come back elsewhere.
_RETIRED_THERE = """
INSERT OR IGNORE INTO temp.chosen_attribution
SELECT c.row_id FROM main.live_correction c JOIN main.attribution a ON a.id = c.row_id
WHERE c.change = 'retired' AND a.retired_at IS NOT NULL AND c.version_id IN (
    SELECT b.version_id FROM temp.chosen_attribution t JOIN main.attribution b ON b.id = t.id)"""

_OF_CHOSEN_CLAIMS = """
IN (SELECT c.claim_id FROM main.claim_cluster c WHERE c.cluster_id IN (
    SELECT m.cluster_id FROM main.claim_cluster m JOIN main.claim k ON k.id = m.claim_id
    WHERE k.attribution_id IN temp.chosen_attribution))"""
_KEPT = {
    **{table: f"id IN temp.chosen_{table}" for table in ("attribution", *_CHOSEN)},
    "capture_body": "sha256 IN (SELECT sha256 FROM main.capture WHERE id IN temp.chosen_capture)",
    "source_edit": "source_id IN temp.chosen_source"
    " AND (other_id IS NULL OR other_id IN temp.chosen_source)",
    "review": f"claim_id {_OF_CHOSEN_CLAIMS}",
    "correction": "version_id IN (SELECT v.id FROM main.document_version v"
    " WHERE v.document_id IN temp.chosen_document) AND NOT EXISTS ("
    "SELECT 1 FROM main.correction_row r JOIN main.attribution a ON a.id = r.row_id"
    " WHERE r.correction_number = correction.number AND a.id NOT IN temp.chosen_attribution)",
    "publication": "NOT EXISTS (SELECT 1 FROM main.publication_document p WHERE "
    "p.publication_number = number AND p.document_id NOT IN temp.chosen_document)",
    "grade": f"source_id IN temp.chosen_source OR claim_id {_OF_CHOSEN_CLAIMS}",
}


@contextmanager
def only(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Chosen]:
    """Read the database as if it held the wanted reports alone, and what they stand on.

    Args:
        connection: A connection; it may be one that only reads.
        wanted: Which reports.

    Raises:
        UnknownIdError: Nothing answers to an id that was given.
        AmbiguousIdError: Several things answer to it.
        NothingChosenError: No report answers to all that is wanted.
        DatabaseError: Another such block is open.
    """
    if wanted.everything:
        yield Chosen()
        return
    refuse_shadowed(connection)
    ids, chosen = _choose(connection, wanted)
    if not ids:
        raise NothingChosenError
    with writable(connection), _tables(connection, ids), shadowed(connection, _part):
        yield chosen


def _choose(connection: sqlite3.Connection, wanted: Wanted) -> tuple[set[str], Chosen]:
    """Return the ids of the reports, which are those that every given part finds."""
    found: list[set[str]] = []
    claims = tuple(resolve_id(connection, one, ("claim",))[1] for one in wanted.claims)
    if claims:
        own = _ids(connection, _OF_CLAIMS, many(claims))
        found.append(_beyond(connection, own, back=True) | _beyond(connection, own, back=False))
    if wanted.documents:
        documents = [resolve_id(connection, one, ("document",))[1] for one in wanted.documents]
        own = _ids(connection, _OF_DOCUMENTS, many(documents))
        found.append(_beyond(connection, own, back=True))
    if wanted.sources:
        known = [cluster_of(connection, resolve_source(connection, one)) for one in wanted.sources]
        same = [each for one in known for each in members(connection, one)]
        found.append(_ids(connection, _OF_SOURCES, many(same)))
    if wanted.query is not None:
        found.append(set(matching(connection, wanted.query)))
    if wanted.lang is not None:
        found.append(_ids(connection, _OF_LANG, wanted.lang))
    undated = 0
    if wanted.since or wanted.until:
        missing = _ids(connection, _UNDATED)
        undated = len(set.intersection(missing, *found))
        found.append(_ids(connection, _OF_TIME, *_instants(wanted)))
    return set.intersection(*found), Chosen(claims, undated)


def _instants(wanted: Wanted) -> tuple[str, str]:
    """Return the first instant that counts and the first that does not any more, as stored."""
    first = (wanted.since or date.min).isoformat()
    last = wanted.until
    return first, "~" if last in (None, date.max) else (last + timedelta(days=1)).isoformat()


def _beyond(connection: sqlite3.Connection, ids: Iterable[str], *, back: bool) -> set[str]:
    """Return some reports and all that they were taken from, or that were taken from them."""
    far, near = ("parent_id", "child_id") if back else ("child_id", "parent_id")
    return _ids(connection, _CHAIN.format(far=far, near=near), many(ids))


def _ids(connection: sqlite3.Connection, query: str, *values: str) -> set[str]:
    return {row[0] for row in connection.execute(query, values)}


@contextmanager
def _tables(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[None]:
    """Hold in temporary tables what was chosen."""
    try:
        for table, query in (("attribution", None), *_CHOSEN.items()):
            connection.execute(f"CREATE TEMP TABLE chosen_{table} (id TEXT PRIMARY KEY)")
            if query:
                connection.execute(f"INSERT INTO temp.chosen_{table} {query}")
            else:
                rows = ((each,) for each in ids)
                connection.executemany("INSERT INTO temp.chosen_attribution VALUES (?)", rows)
                connection.execute(_RETIRED_THERE)
        yield
    finally:
        for table in ("attribution", *_CHOSEN):
            connection.execute(f"DROP TABLE IF EXISTS temp.chosen_{table}")


def _part(table: str, _columns: list[str]) -> str | None:
    kept = _KEPT.get(table)
    return f"SELECT * FROM main.{table} WHERE {kept}" if kept else None  # noqa: S608 (our own)
