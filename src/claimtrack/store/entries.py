"""Which entries of feeds were dealt with, and what came of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from claimtrack.store.content import instant
from claimtrack.store.rows import many

FAILED = "failed"
"""What came of an entry that is to be tried again."""


def waiting(connection: sqlite3.Connection, feed: str) -> bool:
    """Tell whether an entry of a feed is to be tried again."""
    found = connection.execute(
        "SELECT 1 FROM feed_entry WHERE feed = ? AND outcome = ? LIMIT 1", (feed, FAILED)
    )
    return found.fetchone() is not None


def known(connection: sqlite3.Connection, feed: str, names: Iterable[str]) -> frozenset[str]:
    """Return those of some entries of a feed that were dealt with, and did not fail."""
    rows = connection.execute(
        "SELECT entry FROM feed_entry WHERE feed = ? AND outcome <> ?"
        " AND entry IN (SELECT value FROM json_each(?))",
        (feed, FAILED, many(names)),
    )
    return frozenset(row[0] for row in rows)


def put(
    connection: sqlite3.Connection, feed: str, entry: tuple[str, str], outcome: str, at: datetime
) -> None:
    """Record what came of an entry of a feed; of one that failed, what came of it now.

    Args:
        connection: Within a transaction.
        feed: The feed's address.
        entry: The entry's name and address.
        outcome: What came of it.
        at: When, with a zone.
    """
    connection.execute(
        "INSERT INTO feed_entry VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (feed, entry) DO UPDATE"
        " SET outcome = ?4, recorded_at = ?5 WHERE outcome = ?6",
        (feed, *entry, outcome, instant(at), FAILED),
    )
