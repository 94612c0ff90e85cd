"""Names of claims, loaded for many at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from claimtrack.store.rows import many
from claimtrack.store.views import ClaimRef

_REFS = """
SELECT g.cluster_id, t.text, t.lang, g.reports, g.sources
FROM (SELECT cluster_id, min(number) AS first, count(*) AS reports,
        count(DISTINCT source_id) AS sources
    FROM live_claim WHERE cluster_id IN (SELECT value FROM json_each(?)) GROUP BY cluster_id) g
JOIN claim k ON k.number = g.first
JOIN claim_text t ON t.claim_id = k.id
ORDER BY t.lang DESC"""


def claim_refs(connection: sqlite3.Connection, rows: Iterable[tuple[str]]) -> tuple[ClaimRef, ...]:
    """Return what names clusters, each by its wording in the report recorded first.

    Args:
        connection: A connection.
        rows: Rows whose only column is a cluster's id, in the order wanted.
    """
    ids = [row[0] for row in rows]
    found = {
        row[0]: ClaimRef(id=row[0], text=row[1], lang=row[2], reports=row[3], sources=row[4])
        for row in connection.execute(_REFS, (many(ids),))
    }
    return tuple(found[cluster_id] for cluster_id in ids)
