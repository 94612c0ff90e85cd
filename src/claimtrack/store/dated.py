"""When things were recorded: for feeds, as readers want what is new, and for who cites a claim."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from claimtrack.store.rows import many

_CHANGED = """
WITH member AS (SELECT claim_id FROM claim_cluster WHERE cluster_id = ?)
SELECT max(at) FROM (
    SELECT max(a.recorded_at, coalesce(a.retired_at, '')) AS at
    FROM member JOIN claim k ON k.id = member.claim_id JOIN attribution a ON a.id = k.attribution_id
    UNION ALL SELECT max(r.recorded_at, coalesce(r.retired_at, ''))
    FROM member JOIN review r ON r.claim_id = member.claim_id
    UNION ALL SELECT max(g.recorded_at, coalesce(g.retired_at, ''))
    FROM member JOIN grade g ON g.claim_id = member.claim_id
    UNION ALL SELECT max(j.recorded_at, coalesce(j.retired_at, ''))
    FROM member JOIN judgement j ON j.left_id = member.claim_id
    UNION ALL SELECT max(j.recorded_at, coalesce(j.retired_at, ''))
    FROM member JOIN judgement j ON j.right_id = member.claim_id)"""


def recorded(connection: sqlite3.Connection, reports: Iterable[str]) -> dict[str, str]:
    """Return when some reports were recorded (UTC, ISO 8601), by id."""
    rows = connection.execute(
        "SELECT id, recorded_at FROM attribution WHERE id IN (SELECT value FROM json_each(?))",
        (many(reports),),
    )
    return dict(rows.fetchall())


def changed(connection: sqlite3.Connection, claim: str) -> str:
    """Return when what is held of a claim last changed (UTC, ISO 8601): what cites it tells that.

    That is when a report of it, or a verdict, grade or judgement on it was recorded or retired.

    Args:
        connection: A connection.
        claim: The id that the claim is known by.
    """
    return str(connection.execute(_CHANGED, (claim,)).fetchone()[0] or "")


def opened(connection: sqlite3.Connection) -> str:
    """Return when the database was begun (UTC, ISO 8601)."""
    row = connection.execute("SELECT min(opened_at) FROM desk").fetchone()
    return str(row[0]) if row and row[0] else "1970-01-01T00:00:00Z"
