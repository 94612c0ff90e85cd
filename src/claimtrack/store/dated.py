"""When things were recorded, for feeds: a reader wants what is new to the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from claimtrack.store.rows import many


def recorded(connection: sqlite3.Connection, reports: Iterable[str]) -> dict[str, str]:
    """Return when some reports were recorded (UTC, ISO 8601), by id."""
    rows = connection.execute(
        "SELECT id, recorded_at FROM attribution WHERE id IN (SELECT value FROM json_each(?))",
        (many(reports),),
    )
    return dict(rows.fetchall())


def opened(connection: sqlite3.Connection) -> str:
    """Return when the database was begun (UTC, ISO 8601)."""
    row = connection.execute("SELECT min(opened_at) FROM desk").fetchone()
    return str(row[0]) if row and row[0] else "1970-01-01T00:00:00Z"
