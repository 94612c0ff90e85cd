"""Names of claims, loaded for many at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from claimtrack.store.counted import finished
from claimtrack.store.rows import many
from claimtrack.store.views import ClaimRef

# A claim is called by the words of one report, the same wherever it is named: `live_headline` says
# which. Where those are held in several languages, the first by code is taken.
_REFS = """
SELECT g.cluster_id, t.text, t.lang, g.reports, g.sources, g.unnamed
FROM (SELECT m.cluster_id, count(*) AS reports, count(DISTINCT s.id) AS sources,
        count(DISTINCT iif(s.kind IN ('unnamed', 'collective'), s.id, NULL)) AS unnamed
    FROM live_claim m LEFT JOIN source s ON s.id = m.source_id
    WHERE m.cluster_id IN (SELECT value FROM json_each(?)) GROUP BY m.cluster_id) g
JOIN live_headline h ON h.cluster_id = g.cluster_id
JOIN claim_text t ON t.claim_id = h.claim_id
ORDER BY t.lang DESC"""

_COUNTED = """
SELECT c.claim_id, t.text, t.lang, c.reports, c.sources, c.unnamed
FROM claim_count c JOIN claim_text t ON t.claim_id = c.headline_id
WHERE c.claim_id IN (SELECT value FROM json_each(?)) ORDER BY t.lang DESC"""

_TEXTS = """
WITH h AS MATERIALIZED (SELECT claim_id FROM live_headline WHERE cluster_id = ?1)
SELECT t.lang, t.text FROM h, live_claim m JOIN claim_text t ON t.claim_id = m.id
WHERE m.cluster_id = ?1 ORDER BY m.id <> h.claim_id, m.number, t.lang"""


def claim_refs(connection: sqlite3.Connection, rows: Iterable[tuple[str]]) -> tuple[ClaimRef, ...]:
    """Return what names clusters, each by the wording that its page is headed by.

    Args:
        connection: A connection.
        rows: Rows whose only column is a cluster's id, in the order wanted.
    """
    ids = [row[0] for row in rows]
    found = {
        cluster: ClaimRef(
            id=cluster, text=text, lang=lang, reports=reports, sources=sources, unnamed=unnamed
        )
        for cluster, text, lang, reports, sources, unnamed in connection.execute(
            _COUNTED if finished(connection) else _REFS, (many(ids),)
        )
    }
    return tuple(found[cluster_id] for cluster_id in ids)


def claim_texts(connection: sqlite3.Connection, cluster_id: str) -> tuple[tuple[str, str], ...]:
    """Return the wordings of a cluster with their languages, the one it is called by first."""
    return tuple(dict.fromkeys(connection.execute(_TEXTS, (cluster_id,))))
