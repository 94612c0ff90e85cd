"""Reviews of claims, and grades of claims and sources: rows of people, each undone softly (F21)."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from claimtrack.errors import DatabaseError, GradeError
from claimtrack.model.ids import content_id
from claimtrack.store import log
from claimtrack.store.content import instant
from claimtrack.store.rows import Row, put

RELIABILITY = ("A", "B", "C", "D", "E", "F")
"""Of a source (Admiralty scale); F: cannot be judged."""
CREDIBILITY = ("1", "2", "3", "4", "5", "6")
"""Of information; 6: cannot be judged, 1: confirmed by independent origins."""


class Review(NamedTuple):
    """A verdict on a claim.

    Attributes:
        claim_id: The claim.
        scale: The scale's name ("truth", "our desk").
        rating: The rating on it, in words.
        text: Why, in words.
        url: Where it is published, if it is.
    """

    claim_id: str
    scale: str
    rating: str
    text: str
    url: str | None = None


class Grade(NamedTuple):
    """A grade of a claim (1 to 6) or a source (A to F).

    Attributes:
        subject: The claim's or the source's id.
        grade: The letter or digit.
        reason: Why, in words.
        topic: What a source is graded on; None for everything.
        since: From which day on a source's grade holds (ISO 8601), if it says.
        until: And until which.
    """

    subject: str
    grade: str
    reason: str
    topic: str | None = None
    since: str | None = None
    until: str | None = None


def assess(connection: sqlite3.Connection, review: Review, by: log.By) -> str:
    """Record a review; return its id. A claim may have many.

    Raises:
        DatabaseError: Nobody gives it, or a part is empty.
    """
    if not by.user:
        raise DatabaseError("A review needs a user. Give --user.")
    if not review.rating.strip() or not review.scale.strip():
        raise DatabaseError("A review needs a scale and a rating. Give both.")
    at = instant(by.at)
    content: Row = {
        "id": content_id("review", *review, by.user, at),
        **review._asdict(),
        "reviewed_by": by.user,
        "reviewed_at": at,
    }
    if put(connection, "review", content, {"recorded_at": at}):
        log.append(connection, "assess", str(content["id"]), dict(content), by)
    return str(content["id"])


def grade(connection: sqlite3.Connection, given: Grade, origins: int, by: log.By) -> str:
    """Record a grade; return its id. What was graded before stays for the record.

    Args:
        connection: Within a transaction.
        given: The grade.
        origins: How many independent origins the claim has; of no matter for a source.
        by: Who grades, and when.

    Raises:
        GradeError: The grade is none of its scale, or 1 on fewer than two origins without a
            reason.
        DatabaseError: Nobody gives it.
    """
    if not by.user:
        raise DatabaseError("A grade needs a user. Give --user.")
    claim = given.subject.startswith("claim-")
    known = CREDIBILITY if claim else RELIABILITY
    if given.grade not in known:
        what = "a claim's credibility" if claim else "a source's reliability"
        raise GradeError(f"{given.grade!r} is no grade of {what}. Give one of {', '.join(known)}.")
    if claim and given.grade == "1" and origins < 2 and not given.reason.strip():
        raise GradeError(
            f"{given.subject} has {origins} independent origin{'s' if origins != 1 else ''}, and 1"
            " (confirmed) asks for two. Give another grade, or --reason."
        )
    at = instant(by.at)
    fields = given._asdict()
    subject = fields.pop("subject")
    content: Row = {
        "id": content_id("grade", *given, by.user, at),
        "claim_id": subject if claim else None,
        "source_id": None if claim else subject,
        **fields,
        "graded_by": by.user,
        "graded_at": at,
    }
    if put(connection, "grade", content, {"recorded_at": at}):
        log.append(connection, "grade", str(content["id"]), dict(content), by)
    return str(content["id"])


def of_claim(connection: sqlite3.Connection, cluster_id: str) -> str | None:
    """Return the latest live grade of a claim, or None."""
    row = connection.execute(
        "SELECT g.grade FROM live_grade g JOIN claim_cluster c ON c.claim_id = g.claim_id"
        " WHERE c.cluster_id = ? ORDER BY g.number DESC LIMIT 1",
        (cluster_id,),
    ).fetchone()
    return str(row[0]) if row else None
