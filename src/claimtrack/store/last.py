"""What people decided last of a thing: so that nobody decides what they have not seen."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from claimtrack.errors import UnknownIdError
from claimtrack.store.claims import claim_refs
from claimtrack.store.clusters import cluster_of
from claimtrack.store.views import ClaimRef

_MEMBERS = "(SELECT claim_id FROM claim_cluster WHERE cluster_id = {})"

_OF_PAIR = f"""
SELECT id, verdict, judged_by, judged_at FROM live_judgement
WHERE judged_by IS NOT NULL AND id IN (
    SELECT id FROM judgement WHERE left_id IN {_MEMBERS.format("?1")}
        AND right_id IN {_MEMBERS.format("?2")}
    UNION SELECT id FROM judgement WHERE left_id IN {_MEMBERS.format("?2")}
        AND right_id IN {_MEMBERS.format("?1")})
ORDER BY number DESC LIMIT 1"""  # noqa: S608 (our own words)

_OF_CLAIM = f"""
SELECT id, what, by, at FROM (
    SELECT id, rating AS what, reviewed_by AS by, reviewed_at AS at FROM live_review
    WHERE cluster_id = ?1
    UNION ALL SELECT id, grade, graded_by, graded_at FROM live_grade
    WHERE claim_id IN {_MEMBERS.format("?1")})
ORDER BY at DESC, id LIMIT 1"""  # noqa: S608 (our own words)

_OF_SOURCE = """
SELECT id, what, by, at FROM (
    SELECT id, grade AS what, graded_by AS by, graded_at AS at FROM live_grade
    WHERE source_id = ?1
    UNION ALL SELECT id, action, edited_by, edited_at FROM source_edit
    WHERE retired_at IS NULL AND ?1 IN (source_id, other_id))
ORDER BY at DESC, id LIMIT 1"""

_SUGGESTED = """
SELECT s.left_id, s.right_id, l.attribution_id, r.attribution_id, s.score, s.evidence
FROM suggestion s JOIN claim l ON l.id = s.left_id JOIN claim r ON r.id = s.right_id
WHERE s.id = ?"""


class Decided(NamedTuple):
    """A live decision of a person.

    Attributes:
        id: Of what was recorded.
        what: What was decided: a verdict, a rating, a grade.
        by: Who decided.
        at: When, in UTC, ISO 8601.
    """

    id: str
    what: str
    by: str
    at: str


class Pair(NamedTuple):
    """Two claims that a program takes to be perhaps the same.

    Attributes:
        left: The one; after somebody joined them, both are one.
        right: The other.
        reports: The ids of the reports that were compared.
        score: How alike they are, from 0 to 1.
        evidence: Why, in words.
        decided: What a person decided of them last, if anybody did.
    """

    left: ClaimRef
    right: ClaimRef
    reports: tuple[str, str]
    score: float
    evidence: str
    decided: Decided | None


def suggested(connection: sqlite3.Connection, suggestion_id: str) -> Pair:
    """Return the pair of a suggestion, decided or not.

    Raises:
        UnknownIdError: There is no such suggestion, or a report of it is there no more.
    """
    row = connection.execute(_SUGGESTED, (suggestion_id,)).fetchone()
    if not row:
        raise UnknownIdError(suggestion_id, "suggestion")
    left, right, one, other, score, evidence = row
    clusters = cluster_of(connection, left), cluster_of(connection, right)
    found = {ref.id: ref for ref in claim_refs(connection, [(each,) for each in set(clusters)])}
    for each in clusters:
        if each not in found:
            raise UnknownIdError(each, "claim")
    decided = _decided(connection, _OF_PAIR, *clusters)
    return Pair(found[clusters[0]], found[clusters[1]], (one, other), score, evidence, decided)


def of_claim(connection: sqlite3.Connection, claim: str) -> Decided | None:
    """Return the last verdict on a claim, or grade of it."""
    return _decided(connection, _OF_CLAIM, cluster_of(connection, claim))


def of_source(connection: sqlite3.Connection, source: str) -> Decided | None:
    """Return the last grade of a source, or edit of it."""
    return _decided(connection, _OF_SOURCE, source)


def _decided(connection: sqlite3.Connection, query: str, *values: str) -> Decided | None:
    row = connection.execute(query, values).fetchone()
    return Decided(*row) if row else None
