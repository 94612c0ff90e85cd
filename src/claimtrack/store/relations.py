"""Relations between claims, and suggestions that two may be one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from claimtrack.model.value import Value
from claimtrack.model.vocabulary import ClaimRelationKind
from claimtrack.store.claims import claim_refs
from claimtrack.store.rows import many
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

# Found by the claim's members, whose ids are indexed; {} is a table of pairs of claims.
_TOUCHING = """
id IN (SELECT id FROM {0} WHERE left_id IN
        (SELECT claim_id FROM claim_cluster WHERE cluster_id = ?1)
    UNION SELECT id FROM {0} WHERE right_id IN
        (SELECT claim_id FROM claim_cluster WHERE cluster_id = ?1))"""

_OF_KINDS = """
(SELECT id, left_id, right_id FROM claim_relation
    WHERE kind IN (SELECT value FROM json_each(?2)))"""

_SUGGESTIONS = """
SELECT id, left_cluster, right_cluster, score, evidence FROM live_suggestion {}
ORDER BY score DESC, id LIMIT ?"""


_SUGGESTED = """
SELECT s.id, s.left_cluster, s.right_cluster, l.attribution_id, r.attribution_id, s.score,
    s.evidence
FROM live_suggestion s JOIN claim l ON l.id = s.left_id JOIN claim r ON r.id = s.right_id
WHERE s.id = ?"""


# The surest of a bounded number of the latest: enough for a first page, at any size.
_OPPOSED = """
SELECT left_cluster, right_cluster FROM live_claim_relation
WHERE id IN (SELECT id FROM claim_relation WHERE kind IN ('negates', 'denies_authorship')
    AND retired_at IS NULL ORDER BY number DESC LIMIT ?1)
ORDER BY score DESC, id LIMIT ?1"""


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


class Suggested(NamedTuple):
    """What a suggestion is about.

    Attributes:
        left: The one claim (cluster); `left_report` is the report that was compared.
        right: The other.
        score: How alike the two reports are.
        evidence: What was found alike.
    """

    id: str
    left: str
    right: str
    left_report: str
    right_report: str
    score: float
    evidence: str


def of_claim(
    connection: sqlite3.Connection,
    cluster_id: str,
    kinds: Iterable[ClaimRelationKind] = ClaimRelationKind,
) -> tuple[ClaimRelation, ...]:
    """Return the relations of a claim that are of some kinds, the surest first."""
    query = _RELATIONS.format(f"AND {_TOUCHING.format(_OF_KINDS)}")
    return tuple(map(_relation, connection.execute(query, (cluster_id, many(kinds)))))


def opposed(connection: sqlite3.Connection, limit: int) -> tuple[str, ...]:
    """Return claims that are denied, or whose authorship is, out of so many of the latest."""
    rows = connection.execute(_OPPOSED, (limit,)).fetchall()
    return tuple(dict.fromkeys(claim for pair in rows for claim in pair))


def every(
    connection: sqlite3.Connection, kinds: Iterable[ClaimRelationKind] = ClaimRelationKind
) -> tuple[ClaimRelation, ...]:
    """Return all relations between claims that are of some kinds, the surest first."""
    query = _RELATIONS.format("AND kind IN (SELECT value FROM json_each(?))")
    return tuple(map(_relation, connection.execute(query, (many(kinds),))))


def suggestions(connection: sqlite3.Connection, limit: int = 50) -> tuple[Suggestion, ...]:
    """Return pairs of claims that may be one and were not judged, the most alike first."""
    return _suggestions(connection, _SUGGESTIONS.format(""), limit)


def suggested(connection: sqlite3.Connection, suggestion_id: str) -> Suggested | None:
    """Return the two reports that a suggestion compares; None where it was judged or is gone."""
    row = connection.execute(_SUGGESTED, (suggestion_id,)).fetchone()
    return Suggested(*row) if row else None


def suggestions_of(
    connection: sqlite3.Connection, cluster_id: str, limit: int = 20
) -> tuple[Suggestion, ...]:
    """Return the claims that may be one with a claim and were not judged, the most alike first."""
    where = f"WHERE {_TOUCHING.format('suggestion')}"
    return _suggestions(connection, _SUGGESTIONS.format(where), cluster_id, limit)


def _suggestions(
    connection: sqlite3.Connection, query: str, *values: str | int
) -> tuple[Suggestion, ...]:
    rows = connection.execute(query, values).fetchall()
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
