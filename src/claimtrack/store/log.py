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

from claimtrack.errors import IntegrityError
from claimtrack.model.ids import digest
from claimtrack.store.carried import Connection
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
    connection: sqlite3.Connection,
    action: str,
    subject: str,
    content: object,
    by: By,
    *,
    why: str = "",
) -> None:
    """Add an entry, within the transaction of what it tells.

    Args:
        connection: Within a transaction.
        action: What was done.
        subject: The id of what it was done to.
        content: What it brought, as JSON values; its digest is kept.
        by: Who did it, and when.
        why: For what reason, where no row of its own says so.

    Raises:
        IntegrityError: The log is not as it was left; nothing is written behind it.
    """
    entered = enter(connection, (action, subject, digest(content)), by)
    if why:
        connection.execute(
            "INSERT INTO log_reason VALUES (?, ?, ?)", (entered.desk, entered.seq, why)
        )


def enter(connection: sqlite3.Connection, told: tuple[str, str, str], by: By) -> Event:
    """Add an entry of an action, a subject and the digest of what it brought; return it.

    Raises:
        IntegrityError: The log is not as it was left; nothing is written behind it.
    """
    at = instant(by.at)
    last = _carried(connection)
    desk = last.desk if last else own_desk(connection) or _open(connection, at, by.user)
    last = last or _last(connection, desk)
    seq, previous = (last.seq + 1, last.hash) if last else (1, genesis(desk))
    event = Event(desk, seq, at, by.user, *told, previous, "")
    event = event._replace(hash=event.sealed())
    connection.execute("INSERT INTO event_log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", event)
    connection.execute(
        "INSERT INTO log_head VALUES (?1, ?2, ?3)"
        " ON CONFLICT (desk_id) DO UPDATE SET seq = ?2, hash = ?3",
        (desk, seq, event.hash),
    )
    if isinstance(connection, Connection) and connection.in_transaction:
        connection.entry = event
    return event


def _carried(connection: sqlite3.Connection) -> Event | None:
    """Return the last entry where this transaction wrote it: nobody can have changed it since."""
    entry = connection.entry if isinstance(connection, Connection) else None
    return entry if isinstance(entry, Event) else None


def _last(connection: sqlite3.Connection, desk: str) -> Event | None:
    """Return the last entry of a desk's log, None for an empty one.

    Raises:
        IntegrityError: It is not the one that was written last, or was changed.
    """
    row = connection.execute(
        "SELECT * FROM event_log WHERE desk_id = ? ORDER BY seq DESC LIMIT 1", (desk,)
    ).fetchone()
    last = Event(*row) if row else None
    known = connection.execute("SELECT seq, hash FROM log_head WHERE desk_id = ?", (desk,))
    if (last.seq, last.hash) != known.fetchone() if last else known.fetchone():
        raise IntegrityError(
            "The last entries of the log were cut off; nothing is written behind that. See:"
            " claimtrack check"
        )
    if last and last.hash != last.sealed():
        raise IntegrityError(
            f"Entry {last.seq} of the log was changed; nothing is written behind it. See:"
            " claimtrack check"
        )
    return last


def entry(connection: sqlite3.Connection, number: int) -> Event | None:
    """Return an entry of our log; None where it has none of the number."""
    row = connection.execute(
        "SELECT * FROM event_log WHERE desk_id = ? AND seq = ?", (own_desk(connection), number)
    ).fetchone()
    return Event(*row) if row else None


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


def own_desk(connection: sqlite3.Connection) -> str | None:
    """Return the id of the desk whose database this is; None before its first entry."""
    row = connection.execute("SELECT id FROM desk WHERE merged_at IS NULL").fetchone()
    return str(row[0]) if row else None


def head(connection: sqlite3.Connection) -> str:
    """Return the hash of our last entry, which seals all before it; "" for an empty log."""
    last = connection.execute(
        "SELECT hash FROM event_log WHERE desk_id = ? ORDER BY seq DESC LIMIT 1",
        (own_desk(connection),),
    ).fetchone()
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


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with the chains, an entry a line."""
    desk, previous, seq = "", "", 0
    ends: dict[str, tuple[int, str]] = {}
    for event in events(connection):
        if event.desk != desk:
            # a copy that went its own way is held under its desk and the entry where it did
            desk, previous, seq = event.desk, genesis(event.desk.partition("/")[0]), 0
        place = f"event_log {event.desk} {event.seq}"
        if event.seq != seq + 1:
            yield f"{place}: entries {seq + 1} to {event.seq - 1} are missing"
        elif event.previous != previous:
            yield f"{place}: does not follow the entry before it"
        if event.hash != event.sealed():
            yield f"{place}: its hash is not that of its content"
        previous, seq = event.hash, event.seq
        ends[desk] = (seq, previous)
    known = connection.execute("SELECT desk_id, seq, hash FROM log_head ORDER BY desk_id")
    wanted = {row[0]: row[1:] for row in known}
    for each in sorted(ends.keys() | wanted.keys()):
        if ends.get(each) != wanted.get(each):
            last, written = ends.get(each, (0, ""))[0], wanted.get(each, (0, ""))[0]
            yield (
                f"event_log {each} {last}: is not the last entry that was written, which was"
                f" number {written}"
            )


def _open(connection: sqlite3.Connection, at: str, user: str) -> str:
    made = f"desk-{digest(['desk', user, at])}"
    connection.execute(
        "INSERT INTO desk (id, opened_at, opened_by) VALUES (?, ?, ?)", (made, at, user)
    )
    return made
