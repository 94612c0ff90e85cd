"""Notes of reviewers: words beside an item of a queue, which decide nothing."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from claimtrack.errors import DatabaseError
from claimtrack.model.ids import content_id
from claimtrack.store import log
from claimtrack.store.content import instant
from claimtrack.store.rows import Row, put


class Note(NamedTuple):
    """A note.

    Attributes:
        at: When it was written, in UTC, ISO 8601.
    """

    id: str
    text: str
    by: str
    at: str


def write(connection: sqlite3.Connection, item: str, text: str, by: log.By) -> str:
    """Record a note about an attribution, suggestion or claim; return its id.

    Args:
        connection: Within a transaction.
        item: The id of what it is about.
        text: The note, in words.
        by: Who writes it, and when.

    Raises:
        DatabaseError: Nobody writes it, or it says nothing.
    """
    if not by.user:
        raise DatabaseError("A note needs a user. Give --user.")
    if not text.strip():
        raise DatabaseError("A note needs words. Write some.")
    at = instant(by.at)
    content: Row = {
        "id": content_id("note", item, text, by.user, at),
        "item": item,
        "text": text,
        "noted_by": by.user,
        "noted_at": at,
    }
    if put(connection, "review_note", content, {"recorded_at": at}):
        log.append(connection, "note", str(content["id"]), dict(content), by)
    return str(content["id"])


def of(connection: sqlite3.Connection, item: str) -> tuple[Note, ...]:
    """Return the live notes about an item, oldest first."""
    rows = connection.execute(
        "SELECT id, text, noted_by, noted_at FROM review_note"
        " WHERE item = ? AND retired_at IS NULL ORDER BY number",
        (item,),
    )
    return tuple(Note(*row) for row in rows)
