"""Which sources are one: read from the table that `source_edits` keeps in step with the merges."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from claimtrack.store.rows import many


def cluster_of(connection: sqlite3.Connection, source_id: str) -> str:
    """Return the id of the source under which one is known: its own unless it was merged."""
    return clusters_of(connection, [source_id])[source_id]


def clusters_of(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return for each of some sources the id under which it is known."""
    known = list(dict.fromkeys(ids))
    rows = connection.execute(
        "SELECT source_id, cluster_id FROM source_cluster"
        " WHERE source_id IN (SELECT value FROM json_each(?))",
        (many(known),),
    )
    return {each: each for each in known} | dict(rows.fetchall())


def members(connection: sqlite3.Connection, cluster: str) -> list[str]:
    """Return the sources that are one under an id, that one first."""
    rows = connection.execute(
        "SELECT source_id FROM source_cluster WHERE cluster_id = ? ORDER BY source_id", (cluster,)
    )
    return list(dict.fromkeys([cluster, *(row[0] for row in rows)]))


def said(
    connection: sqlite3.Connection,
    ids: Sequence[str],
    page: tuple[int, int],
    *,
    latest: bool = False,
) -> list[str]:
    """Return the ids of a page of what some sources said, in the order of recording.

    Args:
        connection: A connection.
        ids: A source, and what was merged into it.
        page: How many reports, and how many before them.
        latest: From the last one back.
    """
    # of one source an index gives them in their order; of several, SQLite sorts them all
    those = "= ?" if len(ids) == 1 else "IN (SELECT value FROM json_each(?))"
    order = "number DESC" if latest else "number"
    found = connection.execute(
        f"SELECT id FROM live_attribution WHERE source_id {those}"  # noqa: S608 (our own words)
        f" ORDER BY {order} LIMIT ? OFFSET ?",
        (ids[0] if len(ids) == 1 else many(ids), *page),
    )
    return [row[0] for row in found]
