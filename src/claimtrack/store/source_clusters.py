"""Which sources are one: read from the table that `source_edits` keeps in step with the merges."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

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
