"""The event log: who did what, when; each entry sealed with the one before it.

The chain hashes digests of content, never content, so that a text can be taken out and the
chain still holds. It begins with the id of the desk, which is made of its first event's user and
time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from claimtrack.model.ids import digest
from claimtrack.store.content import instant

_FOUND = {"attribution": " AND pattern <> 'by_hand'", "narration": ""}
"""What additions bring; what a person made, a correction did."""


class By(NamedTuple):
    """Who did something, and when."""

    user: str
    at: datetime


class Event(NamedTuple):
    """One entry of the log.

    Attributes:
        at: When, in UTC.
        action: What was done ("add", "judge", "reextract").
        subject: The id it was done to.
        digest: Digest of the content it brought.
        previous: The hash of the entry before it; of the desk for the first.
    """

    desk: str
    seq: int
    at: str
    user: str
    action: str
    subject: str
    digest: str
    previous: str
    hash: str

    def sealed(self) -> str:
        """Return the hash that this entry should have."""
        return digest(["event", *self[1:-1]])


def append(
    connection: sqlite3.Connection, action: str, subject: str, content: object, by: By
) -> None:
    """Add an entry, within the transaction of what it tells."""
    enter(connection, (action, subject, digest(content)), by)


def enter(connection: sqlite3.Connection, told: tuple[str, str, str], by: By) -> None:
    """Add an entry of an action, a subject and the digest of what it brought."""
    at = instant(by.at)
    desk = _desk(connection, at, by.user)
    last = connection.execute(
        "SELECT seq, hash FROM event_log WHERE desk_id = ? ORDER BY seq DESC LIMIT 1", (desk,)
    ).fetchone()
    seq, previous = (last[0] + 1, last[1]) if last else (1, genesis(desk))
    event = Event(desk, seq, at, by.user, *told, previous, "")
    connection.execute(
        "INSERT INTO event_log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*event[:-1], event.sealed()),
    )


def addition(connection: sqlite3.Connection, version_id: str, at: str) -> dict[str, list[str]]:
    """Return what one addition brought: the ids of its rows, which stand for their content."""
    return {
        table: [
            row[0]
            for row in connection.execute(
                f"SELECT id FROM {table} WHERE version_id = ? AND recorded_at = ?"  # noqa: S608
                f"{others} ORDER BY id",
                (version_id, at),
            )
        ]
        for table, others in _FOUND.items()
    }


def brought(attributions: Iterable[str], narrations: Iterable[str]) -> str:
    """Return the digest of what `addition` returns of a version that is new, by the rows' ids."""
    return digest({"attribution": sorted(attributions), "narration": sorted(narrations)})


def reextraction(connection: sqlite3.Connection, version_id: str, at: str) -> dict[str, object]:
    """Return what one new reading of a text brought, and what it made of the rows there were."""
    changes = connection.execute(
        "SELECT row_id, change, run_id FROM reextraction"
        " WHERE version_id = ? AND recorded_at = ? ORDER BY row_id",
        (version_id, at),
    )
    brought = addition(connection, version_id, at)
    return {**brought, "changes": [list(change) for change in changes]}


def genesis(desk: str) -> str:
    """Return what the first entry of a desk's log follows."""
    return digest(["desk", desk])


def head(connection: sqlite3.Connection) -> str:
    """Return the hash of the last entry, which seals all before it; "" for an empty log."""
    last = connection.execute("SELECT hash FROM event_log ORDER BY seq DESC LIMIT 1").fetchone()
    return str(last[0]) if last else ""


def leads_to(connection: sqlite3.Connection, seal: str) -> bool:
    """Tell whether an entry has a seal: then all up to it are as they were when it was the last."""
    wanted = seal.strip().lower()
    found = connection.execute("SELECT 1 FROM event_log WHERE hash = ?", (wanted,))
    return wanted == "" or found.fetchone() is not None


def events(connection: sqlite3.Connection) -> Iterator[Event]:
    """Yield the entries, oldest first."""
    rows = connection.execute("SELECT * FROM event_log ORDER BY desk_id, seq")
    return (Event(*row) for row in rows)


def latest(connection: sqlite3.Connection, limit: int) -> tuple[Event, ...]:
    """Return the latest entries, newest first."""
    rows = connection.execute(
        "SELECT * FROM event_log ORDER BY seq DESC, desk_id LIMIT ?", (limit,)
    )
    return tuple(Event(*row) for row in rows)


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with the chain, an entry a line."""
    desk, previous, seq = "", "", 0
    for event in events(connection):
        if event.desk != desk:
            desk, previous, seq = event.desk, genesis(event.desk), 0
        place = f"event_log {event.desk} {event.seq}"
        if event.seq != seq + 1:
            yield f"{place}: entries {seq + 1} to {event.seq - 1} are missing"
        elif event.previous != previous:
            yield f"{place}: does not follow the entry before it"
        if event.hash != event.sealed():
            yield f"{place}: its hash is not that of its content"
        previous, seq = event.hash, event.seq


def _desk(connection: sqlite3.Connection, at: str, user: str) -> str:
    known = connection.execute("SELECT id FROM desk").fetchone()
    if known:
        return str(known[0])
    made = f"desk-{digest(['desk', user, at])}"
    connection.execute("INSERT INTO desk VALUES (?, ?, ?)", (made, at, user))
    return made
