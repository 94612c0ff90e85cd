"""Withdrawing what is held: it is live no more, its rows stay, and they alone come back.

A document, one of its versions, a report, or all that one run made. Each retraction lists the rows
that it retired; what was retired before is none of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from claimtrack.errors import DatabaseError, DependedOnError
from claimtrack.model.ids import content_id
from claimtrack.store import clusters, log
from claimtrack.store.content import instant
from claimtrack.store.rows import Row, many, put

_Rows = list[tuple[str, str]]
"""Tables, and the ids of rows in them."""

_MADE_BY_RUNS = (
    *("attribution", "narration", "relay", "outer_relay"),
    *("judgement", "suggestion", "claim_relation"),
)

# What people decided about claims that some attributions began as.
_DECIDED = """
SELECT d.id FROM (
    SELECT id, left_id AS claim_id FROM live_judgement WHERE judged_by IS NOT NULL
    UNION ALL SELECT id, right_id FROM live_judgement WHERE judged_by IS NOT NULL
    UNION ALL SELECT id, claim_id FROM live_review
    UNION ALL SELECT id, claim_id FROM live_grade WHERE claim_id IS NOT NULL) d
JOIN claim k ON k.id = d.claim_id
WHERE k.attribution_id IN (SELECT value FROM json_each(?1))
UNION SELECT id FROM live_correction WHERE row_id IN (SELECT value FROM json_each(?1))
ORDER BY 1 LIMIT 1"""

_RESTING = """
SELECT id FROM live_judgement WHERE relay_id IN (SELECT value FROM json_each(?))"""


def retract(connection: sqlite3.Connection, subject: str, why: str, by: log.By) -> str:
    """Withdraw a document, a version, a report or a run's rows; return the retraction's id.

    Args:
        connection: Within a transaction.
        subject: The full id.
        why: For what reason.
        by: Who withdraws it, and when.

    Raises:
        DatabaseError: Nobody does, for no reason, or nothing of it is live.
    """
    if not by.user:
        raise DatabaseError("A retraction needs a user. Give --user.")
    if not why.strip():
        raise DatabaseError("A retraction needs a reason. Give --why.")
    rows = _rows(connection, subject)
    if not rows:
        raise DatabaseError(f"{subject} is live no more: nothing of it is left to retract.")
    at = instant(by.at)
    said: Row = {
        "subject": subject,
        "why": why.strip(),
        "retracted_by": by.user,
        "retracted_at": at,
    }
    made = content_id("retraction", *said.values())
    if not put(connection, "retraction", {"id": made, **said}, {"recorded_at": at}):
        raise DatabaseError(f"{made} was undone at this very instant. Retract it again.")
    number = connection.execute("SELECT number FROM retraction WHERE id = ?", (made,)).fetchone()
    connection.executemany(
        "INSERT INTO retraction_row VALUES (?, ?, ?)", [(*number, *row) for row in rows]
    )
    _settle(connection, rows, at)
    log.append(connection, "retract", made, recorded(connection, made), by)
    return made


def undo(connection: sqlite3.Connection, retraction_id: str, by: log.By) -> bool:
    """Bring back what a retraction retired; return whether it was live.

    Raises:
        DependedOnError: What it withdrew was redacted since: there is nothing to bring back.
    """
    found = connection.execute(
        "SELECT number, retired_at FROM retraction WHERE id = ?", (retraction_id,)
    ).fetchone()
    if not found or found[1]:
        return False
    rows: _Rows = connection.execute(
        "SELECT kind, row_id FROM retraction_row WHERE retraction_number = ?", found[:1]
    ).fetchall()
    redacted = connection.execute(
        "SELECT n.id FROM redaction_row r JOIN redaction n ON n.number = r.redaction_number"
        " WHERE r.row_key IN (SELECT value FROM json_each(?1)) OR n.subject IN ("
        "SELECT value FROM json_each(?1)) LIMIT 1",
        (many(row_id for _, row_id in rows),),
    ).fetchone()
    if redacted:
        raise DependedOnError(retraction_id, redacted[0], "overwrote it for good", undoable=False)
    connection.execute(
        "UPDATE retraction SET retired_at = ? WHERE number = ?", (instant(by.at), found[0])
    )
    _settle(connection, rows, None, instant(by.at))
    return True


def recorded(connection: sqlite3.Connection, retraction_id: str) -> dict[str, object]:
    """Return the content of a retraction, as its log entry was made from it; empty for none."""
    columns = ("id", "subject", "why", "retracted_by", "retracted_at")
    row = connection.execute(
        f"SELECT {', '.join(columns)}, number FROM retraction WHERE id = ?",  # noqa: S608 (ours)
        (retraction_id,),
    ).fetchone()
    if row is None:
        return {}
    rows = connection.execute(
        "SELECT kind, row_id FROM retraction_row WHERE retraction_number = ? ORDER BY kind, row_id",
        (row[-1],),
    )
    return {**dict(zip(columns, row, strict=False)), "rows": [list(each) for each in rows]}


def refuse_if_decided(connection: sqlite3.Connection, subject: str) -> None:
    """Refuse what people's decisions rest on.

    Raises:
        DependedOnError: A live decision is about a claim that a report of it began as.
    """
    reports = [row_id for kind, row_id in _rows(connection, subject) if kind == "attribution"]
    if subject.startswith("version-"):
        own = connection.execute("SELECT id FROM attribution WHERE version_id = ?", (subject,))
        reports = [row[0] for row in own]
    found = connection.execute(_DECIDED, (many(reports),)).fetchone()
    if found:
        raise DependedOnError(subject, found[0])


def _rows(connection: sqlite3.Connection, subject: str) -> _Rows:
    """Return the live rows that are to be retired with something."""
    kind = subject.partition("-")[0]
    if kind == "attribution":
        return [
            (table, row[0])
            for table, column in (("attribution", "id"), ("claim", "attribution_id"))
            for row in connection.execute(
                f"SELECT id FROM {table} WHERE {column} = ? AND retired_at IS NULL",  # noqa: S608
                (subject,),
            )
        ]
    if kind == "run":
        rows = [
            (table, row[0])
            for table in _MADE_BY_RUNS
            for row in connection.execute(
                f"SELECT id FROM {table} WHERE run_id = ? AND retired_at IS NULL",  # noqa: S608
                (subject,),
            )
        ]
        claims = connection.execute(
            "SELECT k.id FROM claim k JOIN attribution a ON a.id = k.attribution_id"
            " WHERE a.run_id = ? AND a.retired_at IS NULL AND k.retired_at IS NULL",
            (subject,),
        )
        return [*rows, *(("claim", row[0]) for row in claims)]
    table = {"document": "document", "version": "document_version"}[kind]
    found = connection.execute(
        f"SELECT id FROM {table} WHERE id = ? AND retired_at IS NULL",  # noqa: S608 (our own names)
        (subject,),
    )
    return [(table, row[0]) for row in found]


def _settle(
    connection: sqlite3.Connection, rows: Sequence[tuple[str, str]], at: str | None, now: str = ""
) -> None:
    """Retire rows, or bring them back, and bring the clusters in step."""
    relays = [row_id for kind, row_id in rows if kind == "relay"]
    judged = {row_id for kind, row_id in rows if kind == "judgement"}
    before = {row[0] for row in connection.execute(_RESTING, (many(relays),))}
    for kind in dict.fromkeys(kind for kind, _ in rows):
        ids = many(row_id for each, row_id in rows if each == kind)
        connection.execute(
            f"UPDATE {kind} SET retired_at = ?"  # noqa: S608 (our own names)
            " WHERE id IN (SELECT value FROM json_each(?))",
            (at, ids),
        )
    after = {row[0] for row in connection.execute(_RESTING, (many(relays),))}
    if at:
        clusters.rejoin(connection, (before - after) | judged, (), at)
    else:
        clusters.rejoin(connection, (), (after - before) | judged, now)
