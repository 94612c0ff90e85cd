"""Withdrawing what is held: it is live no more, its rows stay, and they alone come back.

A document, one of its versions, a report, or all that one run made. Each retraction lists the rows
that it retired; what was retired before is none of them.
"""

from __future__ import annotations

import sqlite3

from claimtrack.errors import DatabaseError, DependedOnError
from claimtrack.model.ids import content_id
from claimtrack.store import clusters, log, readings
from claimtrack.store.content import instant
from claimtrack.store.readings import Gone
from claimtrack.store.rows import Row, many, put
from claimtrack.store.sources import retire_unnamed

Rows = list[Gone]
"""Tables, ids of rows in them, and since when those were retired that are brought back."""

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
    return withdraw(connection, (subject, why), by, _rows(connection, subject))


def withdraw(connection: sqlite3.Connection, what: tuple[str, str], by: log.By, rows: Rows) -> str:
    """Retire some rows and bring others back, as one retraction; return its id.

    Args:
        connection: Within a transaction.
        what: The full id of what is withdrawn, and for what reason.
        by: Who withdraws it, and when.
        rows: What it comes to.

    Raises: as for `retract`.
    """
    subject, why = what
    if not by.user:
        raise DatabaseError("A retraction needs a user. Give --user.")
    if not why.strip():
        raise DatabaseError("A retraction needs a reason. Give --why.")
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
        "INSERT INTO retraction_row VALUES (?, ?, ?, ?)", [(*number, *row) for row in rows]
    )
    _settle(connection, rows, at)
    if subject.startswith(("run-", "entry-")):
        connection.executemany(
            "INSERT INTO retraction_row VALUES (?, 'source', ?, NULL)",
            [(*number, each) for each in sorted(_unnamed(connection, rows, at))],
        )
    log.append(connection, "retract", made, recorded(connection, made), by)
    return made


def _unnamed(connection: sqlite3.Connection, rows: Rows, at: str) -> set[str]:
    """Retire the sources that nothing names since some rows are retired; return which."""
    named = connection.execute(
        "SELECT source_id FROM attribution WHERE source_id IS NOT NULL"
        " AND (id IN (SELECT value FROM json_each(?1))"
        " OR version_id IN (SELECT value FROM json_each(?1)))",
        (many(row_id for _, row_id, was in rows if not was),),
    ).fetchall()
    return retire_unnamed(connection, (row[0] for row in named), at)


def undo(connection: sqlite3.Connection, retraction_id: str, by: log.By) -> bool:
    """Bring back what a retraction retired; return whether it was live.

    Raises:
        DependedOnError: What it withdrew was redacted since: there is nothing to bring back; or
            a text of it was read again.
    """
    found = connection.execute(
        "SELECT number, retired_at FROM retraction WHERE id = ?", (retraction_id,)
    ).fetchone()
    if not found or found[1]:
        return False
    rows: Rows = connection.execute(
        "SELECT kind, row_id, was FROM retraction_row WHERE retraction_number = ?", found[:1]
    ).fetchall()
    _refuse_if_read_again(connection, retraction_id, rows)
    redacted = connection.execute(
        "SELECT n.id FROM redaction_row r JOIN redaction n ON n.number = r.redaction_number"
        " WHERE r.row_key IN (SELECT value FROM json_each(?1)) OR n.subject IN ("
        "SELECT value FROM json_each(?1)) LIMIT 1",
        (many(row[1] for row in rows),),
    ).fetchone()
    if redacted:
        raise DependedOnError(retraction_id, redacted[0], "overwrote it for good", undoable=False)
    connection.execute(
        "UPDATE retraction SET retired_at = ? WHERE number = ?", (instant(by.at), found[0])
    )
    _settle(connection, rows, None, instant(by.at))
    return True


def _refuse_if_read_again(connection: sqlite3.Connection, retraction_id: str, rows: Rows) -> None:
    """Refuse to bring back what a later reading of the text decided about in its turn."""
    told = connection.execute(
        "SELECT recorded_at FROM retraction WHERE id = ?", (retraction_id,)
    ).fetchone()
    texts = connection.execute(
        "SELECT DISTINCT version_id FROM attribution WHERE id IN (SELECT value FROM json_each(?))",
        (many(row[1] for row in rows if row[0] == "attribution"),),
    )
    named = {row[1].partition(" ")[0] for row in rows if row[0] == readings.KIND}
    for version_id in sorted({*named, *(row[0] for row in texts)}):
        last = readings.latest(connection, version_id)
        if last and last.at.rstrip("Z") > told[0].rstrip("Z"):
            raise DependedOnError(
                retraction_id, version_id, f"was read again at {last.at}", undoable=False
            )


def latest(connection: sqlite3.Connection, subject: str) -> str | None:
    """Return the retraction by which something comes back; None where it was not retracted."""
    row = connection.execute(
        "SELECT id FROM retraction WHERE subject = ? AND retired_at IS NULL ORDER BY number DESC",
        (subject,),
    ).fetchone()
    return str(row[0]) if row else None


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
        "SELECT kind, row_id, was FROM retraction_row WHERE retraction_number = ?"
        " ORDER BY kind, row_id",
        (row[-1],),
    )
    told = [[kind, row_id, *([was] if was else [])] for kind, row_id, was in rows]
    return {**dict(zip(columns, row, strict=False)), "rows": told}


def refuse_if_decided(connection: sqlite3.Connection, subject: str, rows: Rows) -> None:
    """Refuse what people's decisions rest on.

    Args:
        connection: A connection.
        subject: The full id of what is to be withdrawn.
        rows: What it comes to; of a text, all reports of it.

    Raises:
        DependedOnError: A live decision is about a claim that a report of it began as.
    """
    reports = {row_id for kind, row_id, was in rows if kind == "attribution" and not was}
    texts = many(row_id for kind, row_id, _ in rows if kind == "document_version")
    own = connection.execute(
        "SELECT id FROM attribution WHERE version_id IN (SELECT value FROM json_each(?))", (texts,)
    )
    reports |= {row[0] for row in own}
    found = connection.execute(_DECIDED, (many(sorted(reports)),)).fetchone()
    if found:
        raise DependedOnError(subject, found[0])


def rows_of(connection: sqlite3.Connection, subject: str) -> Rows:
    """Return what the retraction of a version or a run comes to.

    What a run read again is as it was before; the rest that it found is retired.
    """
    again: Rows = []
    before = set[tuple[str, str]]()
    if subject.startswith("run-"):
        for chain in readings.by_run(connection, subject):
            again += readings.rows_of(connection, chain)
            before |= {row for row, _ in readings.before(connection, chain[0])}
    before |= {row[:2] for row in again}
    return [*again, *(row for row in _rows(connection, subject) if row[:2] not in before)]


def _rows(connection: sqlite3.Connection, subject: str) -> Rows:
    """Return the live rows that are to be retired with something."""
    kind = subject.partition("-")[0]
    if kind == "attribution":
        return [
            (table, row[0], None)
            for table, column in (("attribution", "id"), ("claim", "attribution_id"))
            for row in connection.execute(
                f"SELECT id FROM {table} WHERE {column} = ? AND retired_at IS NULL",  # noqa: S608
                (subject,),
            )
        ]
    if kind == "run":
        rows = [
            (table, row[0], None)
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
        return [*rows, *(("claim", row[0], None) for row in claims)]
    table = {"document": "document", "version": "document_version"}[kind]
    found = connection.execute(
        f"SELECT id FROM {table} WHERE id = ? AND retired_at IS NULL",  # noqa: S608 (our own names)
        (subject,),
    )
    return [(table, row[0], None) for row in found]


def _settle(connection: sqlite3.Connection, rows: Rows, at: str | None, now: str = "") -> None:
    """Retire rows, and bring those back that are to be; or, without a time, all as it was before.

    The clusters are brought in step.
    """
    relays = [row_id for kind, row_id, _ in rows if kind == "relay"]
    judged = {row_id for kind, row_id, _ in rows if kind == "judgement"}
    before = {row[0] for row in connection.execute(_RESTING, (many(relays),))}
    readings_ = [row_id for kind, row_id, _ in rows if kind == readings.KIND]
    states: dict[tuple[str, str | None], list[str]] = {}
    for kind, row_id, was in rows:
        if kind != readings.KIND:
            since = (at if was is None else None) if at else was
            states.setdefault((kind, since), []).append(row_id)
    for (kind, since), ids in states.items():
        connection.execute(
            f"UPDATE {kind} SET retired_at = ?"  # noqa: S608 (our own names)
            " WHERE id IN (SELECT value FROM json_each(?))",
            (since, many(ids)),
        )
    readings.settle(connection, readings_, back=at is not None)
    after = {row[0] for row in connection.execute(_RESTING, (many(relays),))}
    ended, resumed = before - after, after - before
    if at:
        clusters.rejoin(connection, ended | judged, resumed, at)
    else:
        clusters.rejoin(connection, ended, resumed | judged, now)
