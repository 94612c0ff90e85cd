"""What people, and machines, decided about claims and sources: for readers, the latest first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Verdict
from claimtrack.store.rows import many
from claimtrack.store.views import Looked

MOST = 100
"""Judgements that are listed of one claim."""

_MEMBERS = "(SELECT claim_id FROM claim_cluster WHERE cluster_id = ?1)"

_REVIEWS = """
SELECT id, scale, rating, text, url, reviewed_by, reviewed_at, value, links, revises
FROM live_review WHERE cluster_id = ? ORDER BY number DESC"""

_GRADES = """
SELECT g.id, g.grade, g.topic, g.since, g.until, g.reason, g.graded_by, g.graded_at
FROM live_grade g WHERE {} ORDER BY g.number DESC"""

_OF_CLAIM = f"g.claim_id IN {_MEMBERS}"
_OF_SOURCE = "g.source_id IN (SELECT value FROM json_each(?))"

_OF_PAIRS = f"""
FROM live_judgement j
JOIN claim_text l ON l.claim_id = j.left_id
JOIN claim_text r ON r.claim_id = j.right_id
LEFT JOIN run u ON u.id = j.run_id
WHERE j.id IN (SELECT id FROM judgement WHERE left_id IN {_MEMBERS}
    UNION SELECT id FROM judgement WHERE right_id IN {_MEMBERS})"""  # noqa: S608 (our own words)

_JUDGEMENTS = f"""
SELECT j.id, j.verdict, l.text, l.lang, r.text, r.lang, j.evidence, j.score, j.judged_by,
    j.judged_at, u.tool || ' ' || u.version
{_OF_PAIRS} GROUP BY j.id ORDER BY j.judged_by IS NULL, j.number DESC LIMIT ?2"""

# The last person who said of a report's claim what it is one with, or not, or of the report itself
# that it is right or what it should be.
_ASKED = " IN (SELECT value FROM json_each(?1))"
_ANY = " IS NOT NULL"
_PEOPLE = """
SELECT report, who, at, how FROM (
    SELECT k.attribution_id AS report, j.judged_by AS who, j.judged_at AS at, j.number,
        'judged' AS how
    FROM claim k JOIN live_judgement j ON j.left_id = k.id
    WHERE k.attribution_id{0} AND j.judged_by IS NOT NULL
    UNION ALL
    SELECT k.attribution_id, j.judged_by, j.judged_at, j.number, 'judged'
    FROM claim k JOIN live_judgement j ON j.right_id = k.id
    WHERE k.attribution_id{0} AND j.judged_by IS NOT NULL
    UNION ALL
    SELECT c.row_id, c.corrected_by, c.corrected_at, c.number, c.change FROM live_correction c
    WHERE c.row_id{0} AND c.change IN ('accepted', 'made'))
ORDER BY how <> 'judged', at, number"""


class Reviewed(Value):
    """A verdict on a claim, by a person; `at` in UTC, ISO 8601.

    Attributes:
        value: Where the rating stands from 1 (false) to 5 (true), by the desk's scale.
        links: Addresses of the evidence.
        revises: The review that it took the place of.
    """

    id: str
    scale: str
    rating: str
    text: str
    url: str | None
    by: str
    at: str
    value: float | None = None
    links: tuple[str, ...] = ()
    revises: str | None = None


class Graded(Value):
    """A grade of a claim or a source, by a person; `since` and `until` are days it is for."""

    id: str
    grade: str
    topic: str | None
    since: str | None
    until: str | None
    reason: str
    by: str
    at: str


class Judged(Value):
    """A live judgement on whether two reports make one claim.

    Attributes:
        left: The wording of the one.
        right: The wording of the other.
        by: Who decided; None for a machine.
        at: When a person did, in UTC.
        run: The machine that did; None for a person.
    """

    id: str
    verdict: Verdict
    left: str
    left_lang: str
    right: str
    right_lang: str
    evidence: str
    score: float | None
    by: str | None
    at: str | None
    run: str | None


def reviews(connection: sqlite3.Connection, cluster_id: str) -> tuple[Reviewed, ...]:
    """Return the live verdicts on a claim, the latest first."""
    names = ("id", "scale", "rating", "text", "url", "by", "at", "value", "links", "revises")
    rows = connection.execute(_REVIEWS, (cluster_id,))
    known = (dict(zip(names, row, strict=True)) for row in rows)
    return tuple(
        Reviewed.model_validate({**one, "links": json.loads(one["links"])}) for one in known
    )


def claim_grades(connection: sqlite3.Connection, cluster_id: str) -> tuple[Graded, ...]:
    """Return the live grades of a claim's credibility, the latest first."""
    return _grades(connection, _OF_CLAIM, cluster_id)


def source_grades(connection: sqlite3.Connection, ids: Iterable[str]) -> tuple[Graded, ...]:
    """Return the live grades of a source's reliability, given it and what was merged into it."""
    return _grades(connection, _OF_SOURCE, many(ids))


def judgements(connection: sqlite3.Connection, cluster_id: str) -> tuple[Judged, ...]:
    """Return judgements on a claim's reports, those of people first; at most MOST of them."""
    names = (
        *("id", "verdict", "left", "left_lang", "right", "right_lang"),
        *("evidence", "score", "by", "at", "run"),
    )
    rows = connection.execute(_JUDGEMENTS, (cluster_id, MOST))
    return tuple(Judged.model_validate(dict(zip(names, row, strict=True))) for row in rows)


def people(connection: sqlite3.Connection, reports: Iterable[str]) -> dict[str, Looked]:
    """Return who looked at which of some reports last, by the report's id.

    Whoever accepted or made the report itself stands before those who judged its claim.
    """
    names = ("by", "at", "how")
    rows = connection.execute(_PEOPLE.format(_ASKED), (many(reports),))
    return {row[0]: Looked.model_validate(dict(zip(names, row[1:], strict=True))) for row in rows}


def everybody(connection: sqlite3.Connection) -> dict[str, str]:
    """Return who looked at a report last, of every one that a person looked at, as `people`."""
    return {row[0]: row[1] for row in connection.execute(_PEOPLE.format(_ANY))}


def _grades(connection: sqlite3.Connection, which: str, value: str) -> tuple[Graded, ...]:
    names = ("id", "grade", "topic", "since", "until", "reason", "by", "at")
    rows = connection.execute(_GRADES.format(which), (value,))
    return tuple(Graded.model_validate(dict(zip(names, row, strict=True))) for row in rows)
