"""Relations between claims, and suggestions that two may be one."""

from __future__ import annotations

import sqlite3

from claimtrack.model.value import Value
from claimtrack.model.vocabulary import ClaimRelationKind
from claimtrack.store.claims import claim_refs
from claimtrack.store.views import ClaimRef

# Claims that were judged to be one are in no conflict, whatever was found; but of the reports
# of one claim, one may answer another, or deny what it says. Only these two kinds have a direction.
_RELATIONS = """
SELECT left_cluster, right_cluster, kind, max(score), evidence FROM (
    SELECT *, kind IN ('responds_to', 'denies_authorship') AS directed FROM live_claim_relation)
WHERE (directed OR left_cluster <> right_cluster) {}
GROUP BY kind, iif(directed, left_cluster, min(left_cluster, right_cluster)),
    iif(directed, right_cluster, max(left_cluster, right_cluster))
ORDER BY max(score) DESC, left_cluster, right_cluster, kind"""

_SUGGESTIONS = """
SELECT id, left_cluster, right_cluster, score, evidence FROM live_suggestion
ORDER BY score DESC, id LIMIT ?"""


class ClaimRelation(Value):
    """How two claims (clusters) stand to each other, and why. `score` is how alike they are."""

    left: str
    right: str
    kind: ClaimRelationKind
    score: float
    evidence: str


class Suggestion(Value):
    """Two claims that may be one, for a person to judge."""

    id: str
    left: ClaimRef
    right: ClaimRef
    score: float
    evidence: str


def of_claim(connection: sqlite3.Connection, cluster_id: str) -> tuple[ClaimRelation, ...]:
    """Return the relations of a claim, the surest first."""
    query = _RELATIONS.format("AND ?1 IN (left_cluster, right_cluster)")
    return tuple(map(_relation, connection.execute(query, (cluster_id,))))


def every(connection: sqlite3.Connection) -> tuple[ClaimRelation, ...]:
    """Return all relations between claims, the surest first."""
    return tuple(map(_relation, connection.execute(_RELATIONS.format(""))))


def suggestions(connection: sqlite3.Connection, limit: int = 50) -> tuple[Suggestion, ...]:
    """Return pairs of claims that may be one and were not judged, the most alike first."""
    rows = connection.execute(_SUGGESTIONS, (limit,)).fetchall()
    ids = dict.fromkeys(each for row in rows for each in row[1:3])
    refs = {ref.id: ref for ref in claim_refs(connection, [(each,) for each in ids])}
    return tuple(
        Suggestion(id=row[0], left=refs[row[1]], right=refs[row[2]], score=row[3], evidence=row[4])
        for row in rows
    )


def _relation(row: tuple[str, str, str, float, str]) -> ClaimRelation:
    left, right, kind, score, evidence = row
    return ClaimRelation(
        left=left, right=right, kind=ClaimRelationKind(kind), score=score, evidence=evidence
    )
