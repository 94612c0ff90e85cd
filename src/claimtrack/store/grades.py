"""Reviews of claims, and grades of claims and sources: rows of people, each undone softly (F21)."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from claimtrack.errors import DatabaseError, GradeError, UnknownIdError
from claimtrack.model.ids import content_id
from claimtrack.store import log
from claimtrack.store.content import instant
from claimtrack.store.rows import Row, many, put

RELIABILITY = ("A", "B", "C", "D", "E", "F")
"""Of a source (Admiralty scale); F: cannot be judged."""
CREDIBILITY = ("1", "2", "3", "4", "5", "6")
"""Of information; 6: cannot be judged, 1: confirmed by independent origins."""

FALSE, TRUE = 1, 5
"""The ends of what every scale is brought to: the worst rating and the best one."""

MOST_LINKS = 100
"""Addresses of evidence that a review may have."""

_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


class Review(NamedTuple):
    """A verdict on a claim.

    Attributes:
        claim_id: The claim.
        scale: The scale's name ("truth", "our desk").
        rating: The rating on it, in words.
        text: Why, in words.
        url: Where it is published, if it is.
        links: Addresses of the evidence.
        value: Where the rating stands from FALSE to TRUE, by the desk's scale; None where the
            desk has none, or the label says nothing of that.
        revises: The review that it takes the place of.
    """

    claim_id: str
    scale: str
    rating: str
    text: str
    url: str | None = None
    links: tuple[str, ...] = ()
    value: float | None = None
    revises: str | None = None

    def id(self, user: str, at: str) -> str:
        """Return the id it has as somebody's, given at a time as it is stored."""
        more = {
            name: value
            for name, value in (
                ("links", list(self.links)),
                ("value", None if self.value is None else float(self.value)),
                ("revises", self.revises),
            )
            if value not in ([], None)
        }
        return content_id("review", *self[:5], user, at, *([more] if more else []))


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

    One that revises another takes its place; the other stays as history, and is back when the
    revision is undone.

    Raises:
        DatabaseError: Nobody gives it, a part is empty, an address is none of the web, or what it
            revises is of another claim, undone or revised already.
    """
    _check_revised(connection, review, by)
    return put_review(connection, review, by)


def put_review(connection: sqlite3.Connection, review: Review, by: log.By) -> str:
    """Record a review as `assess` does, whatever else revises what it revises; return its id.

    Raises:
        DatabaseError: Nobody gives it, a part is empty, or an address is none of the web.
    """
    if not by.user:
        raise DatabaseError("A review needs a user. Give --user.")
    if not review.rating.strip() or not review.scale.strip():
        raise DatabaseError("A review needs a scale and a rating. Give both.")
    _check_links((*review.links, *([review.url] if review.url else [])))
    if review.value is not None and not FALSE <= review.value <= TRUE:
        raise DatabaseError(f"A rating's value lies from {FALSE} to {TRUE}, not {review.value:g}.")
    at = instant(by.at)
    content: Row = {
        "id": review.id(by.user, at),
        **review._asdict(),
        "value": None if review.value is None else float(review.value),
        "links": json.dumps(review.links, ensure_ascii=False),
        "reviewed_by": by.user,
        "reviewed_at": at,
    }
    if put(connection, "review", content, {"recorded_at": at}):
        log.append(connection, "assess", str(content["id"]), dict(content), by)
    return str(content["id"])


def recorded_review(connection: sqlite3.Connection, review_id: str) -> dict[str, object]:
    """Return the content of a review, as its log entry was made from it; empty when none is."""
    return _recorded(
        connection, "review", (*Review._fields, "reviewed_by", "reviewed_at"), review_id
    )


def recorded_grade(connection: sqlite3.Connection, grade_id: str) -> dict[str, object]:
    """Return the content of a grade, as its log entry was made from it; empty when none is."""
    columns = ("claim_id", "source_id", *Grade._fields[1:], "graded_by", "graded_at")
    return _recorded(connection, "grade", columns, grade_id)


def _recorded(
    connection: sqlite3.Connection, table: str, columns: Iterable[str], row_id: str
) -> dict[str, object]:
    names = ("id", *columns)
    row = connection.execute(
        f"SELECT {', '.join(names)} FROM {table} WHERE id = ?",  # noqa: S608 (our own names)
        (row_id,),
    ).fetchone()
    return dict(zip(names, row, strict=True)) if row else {}


def _check_links(links: Sequence[str]) -> None:
    if len(links) > MOST_LINKS:
        raise DatabaseError(f"A review may have {MOST_LINKS} links, not {len(links)}.")
    for link in links:
        if not _WEB.fullmatch(link):
            raise DatabaseError(
                f"{link!r} is no address of the web. Give one that begins with https://"
            )


def _check_revised(connection: sqlite3.Connection, review: Review, by: log.By) -> None:
    if review.revises is None or recorded_review(connection, review.id(by.user, instant(by.at))):
        return
    found = connection.execute(
        "SELECT (SELECT cluster_id FROM claim_cluster WHERE claim_id = r.claim_id) = ("
        " SELECT cluster_id FROM claim_cluster WHERE claim_id = ?2), r.retired_at,"
        " (SELECT n.id FROM review n WHERE n.revises = r.id AND n.retired_at IS NULL)"
        " FROM review r WHERE r.id = ?1",
        (review.revises, review.claim_id),
    ).fetchone()
    if not found:
        raise UnknownIdError(review.revises, "review")
    same, retired, newer = found
    if not same:
        raise DatabaseError(f"{review.revises} is of another claim than {review.claim_id}.")
    if retired:
        raise DatabaseError(f"{review.revises} was undone. Give a verdict without --revises.")
    if newer:
        raise DatabaseError(f"{review.revises} is revised by {newer} already. Revise that one.")


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
        DatabaseError: Nobody gives it, its period ends before it begins, or a claim is graded on
            a topic or for a period.
    """
    if not by.user:
        raise DatabaseError("A grade needs a user. Give --user.")
    claim = given.subject.startswith("claim-")
    if claim and (given.topic or given.since or given.until):
        raise DatabaseError("A claim's credibility has no topic and no period; a source's has.")
    if given.since and given.until and given.since > given.until:
        raise DatabaseError(f"A period from {given.since} until {given.until} ends too early.")
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


def of_source(
    connection: sqlite3.Connection, ids: Iterable[str], *, topic: str | None, day: str | None
) -> str | None:
    """Return the grade that counts of a source on a topic at a day, or None.

    Periods may overlap: of the live grades that hold at the day, one on the topic counts before one
    on everything, and of several the latest. Letters are never put together.

    Args:
        connection: A connection.
        ids: The source, and what was merged into it.
        topic: What it is asked on; None for everything.
        day: When (ISO 8601); None for any time, so that the latest counts.
    """
    row = connection.execute(
        "SELECT grade FROM live_grade WHERE source_id IN (SELECT value FROM json_each(?1))"
        " AND (topic IS NULL OR topic = ?2) AND (?3 IS NULL OR (coalesce(since, ?3) <= ?3"
        " AND coalesce(until, ?3) >= ?3)) ORDER BY topic IS NULL, number DESC LIMIT 1",
        (many(ids), topic, day),
    ).fetchone()
    return str(row[0]) if row else None


def overlapping(connection: sqlite3.Connection, grade_id: str) -> tuple[str, ...]:
    """Return the live grades of a source, on the same topic, whose periods overlap with one's."""
    rows = connection.execute(
        "SELECT o.id FROM live_grade g JOIN live_grade o ON o.source_id = g.source_id"
        " AND o.id <> g.id AND o.topic IS g.topic"
        " AND coalesce(o.since, '') <= coalesce(g.until, '9999-12-31')"
        " AND coalesce(o.until, '9999-12-31') >= coalesce(g.since, '')"
        " WHERE g.id = ? ORDER BY o.number",
        (grade_id,),
    )
    return tuple(row[0] for row in rows)
