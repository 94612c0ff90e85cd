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
        "id": id_of(item, text, by.user, at),
        "item": item,
        "text": text,
        "noted_by": by.user,
        "noted_at": at,
    }
    if put(connection, "review_note", content, {"recorded_at": at}):
        log.append(connection, "note", str(content["id"]), dict(content), by)
    return str(content["id"])


def id_of(item: str, text: str, user: str, at: str) -> str:
    """Return the id of a note about an item, written at a time as it is stored."""
    return content_id("note", item, text, user, at)


def recorded(connection: sqlite3.Connection, note_id: str) -> dict[str, object]:
    """Return the content of a note, as its log entry was made from it; empty where none is."""
    columns = ("id", "item", "text", "noted_by", "noted_at")
    row = connection.execute(
        f"SELECT {', '.join(columns)} FROM review_note WHERE id = ?",  # noqa: S608 (our own names)
        (note_id,),
    ).fetchone()
    return dict(zip(columns, row, strict=True)) if row else {}


def of(connection: sqlite3.Connection, item: str) -> tuple[Note, ...]:
    """Return the live notes about an item, oldest first."""
    rows = connection.execute(
        "SELECT id, text, noted_by, noted_at FROM review_note"
        " WHERE item = ? AND retired_at IS NULL ORDER BY number",
        (item,),
    )
    return tuple(Note(*row) for row in rows)
