"""Undoing what a person decided, or a machine: softly, the row stays for the record.

Each kind of thing that can be undone has a function here, by the first part of its id; another
kind adds its own to `KINDS`. Undoing twice changes nothing. What something later rests on is not
undone: the error names it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from claimtrack.errors import DatabaseError, DependedOnError, UnknownIdError
from claimtrack.store import (
    brought,
    clusters,
    corrections,
    log,
    readings,
    retractions,
    source_edits,
)
from claimtrack.store.content import instant
from claimtrack.store.prefixes import row_of

Undo = Callable[[sqlite3.Connection, str, log.By], bool]
"""Undoes a row by its full id; returns whether that changed anything."""

_HINT = "List what was done with: claimtrack log"


class Undone(NamedTuple):
    """What undoing several steps came to.

    Attributes:
        ids: What was undone, the latest first.
        left: What cannot be undone, each with the reason, in words.
        retraction: By which texts, and what machines found in them, can be brought back, where one
            step was undone that had brought some.
    """

    ids: tuple[str, ...]
    left: tuple[tuple[str, str], ...] = ()
    retraction: str | None = None


def find(connection: sqlite3.Connection, wanted: str, kinds: Collection[str] = ()) -> str:
    """Return the full id that an id, or the beginning of one with its kind, means.

    Args:
        connection: A connection.
        wanted: As a user typed it.
        kinds: Which it may be, out of KINDS; all of them where none is named.

    Raises:
        UnknownIdError: Nothing that can be undone has it.
        AmbiguousIdError: Several have.
    """
    kind = wanted.strip().lower().partition("-")[0]
    known = kinds or KINDS
    if kind not in known:
        raise UnknownIdError(wanted, " or ".join(known), _HINT)
    return row_of(connection, wanted, {kind: _TABLES.get(kind, kind)}, _HINT)


def undo(connection: sqlite3.Connection, row_id: str, by: log.By, why: str = "") -> bool:
    """Undo a decision, an edit, a correction, a retraction or an addition; tell if it was live.

    Args:
        connection: Within a transaction.
        row_id: The full id.
        by: Who undoes it, and when.
        why: For what reason.

    Raises:
        UnknownIdError: Nothing that can be undone has the id.
        DependedOnError: Something later rests on it.
        CorrectionError: Something later rests on what a correction made.
    """
    kind = row_id.partition("-")[0]
    if kind not in KINDS:
        raise UnknownIdError(row_id, " or ".join(KINDS), _HINT)
    if kind in ("edit", "version"):  # which record their own undoing
        own = _edit if kind == "edit" else _version
        return own(connection, row_id, by, why)
    if not KINDS[kind](connection, row_id, by):
        return False
    log.append(connection, "undo", row_id, {"id": row_id, "why": why}, by, why=why)
    return True


def undo_run(connection: sqlite3.Connection, run_id: str, by: log.By, why: str) -> str:
    """Withdraw all that a run made; return the retraction's id, by which it comes back.

    Raises:
        DependedOnError: A person's decision rests on it.
        DatabaseError: Nothing of it is live, or nobody undoes it.
    """
    rows = retractions.rows_of(connection, run_id)
    retractions.refuse_if_decided(connection, run_id, rows)
    return retractions.withdraw(connection, (run_id, why or "the run was undone"), by, rows)


def undo_entry(connection: sqlite3.Connection, number: int, by: log.By, why: str = "") -> Undone:
    """Undo what an entry of our log tells of, as one step; nothing where that was undone before.

    A new reading: the text is as it was read before. An import, a merge or a file of decisions:
    what people decided in it is undone, each decision by itself; texts and what machines found in
    them are withdrawn together. What was fetched, and another desk's log, stay.

    Args:
        connection: Within a transaction; where it fails, the caller takes all of it back.
        number: The entry's number.
        by: Who undoes it, and when.
        why: For what reason.

    Raises:
        UnknownIdError: The log has no such entry.
        DependedOnError: Something later rests on it.
        DatabaseError: It tells of what cannot be undone.
    """
    event = log.entry(connection, number)
    if event is None:
        raise UnknownIdError(str(number), "entry of the log", _HINT)
    if event.action == "reextract":
        return _reading(connection, event, by, why)
    if event.action in ("import", "merge", "decisions"):
        return _brought(connection, event, by, why)
    if event.action in _STAYS:
        raise DatabaseError(f"Entry {number} stays: {_STAYS[event.action]}.")
    if not undo(connection, event.subject, by, why):
        return Undone(())
    return Undone((event.subject,), (), retractions.latest(connection, event.subject))


def undo_since(
    connection: sqlite3.Connection, user: str, since: datetime, by: log.By, why: str = ""
) -> Undone:
    """Undo what one user did here since a time, the latest first.

    Args:
        connection: Within a transaction; where it fails, the caller takes all of it back.
        user: Whose steps.
        since: From which time on, with a zone.
        by: Who undoes them, and when.
        why: For what reason.

    Raises:
        DependedOnError: Something that somebody else did rests on one of the steps.
        CorrectionError: It rests on what a correction made.
    """
    done: list[str] = []
    left: list[tuple[str, str]] = []
    for seq, action, subject in _steps(connection, user, since):
        if action in _STAYS:
            left.append((subject, _STAYS[action]))
            continue
        try:
            done += undo_entry(connection, seq, by, why).ids
        except DatabaseError as error:
            left.append((subject, str(error).rstrip(".")))
        except DependedOnError as error:
            if error.undoable:
                raise
            left.append((subject, f"{error.by} overwrote it for good"))
    return Undone(tuple(done), tuple(left))


def find_run(connection: sqlite3.Connection, wanted: str) -> str:
    """Return the full id of a run, by it or its beginning.

    Raises:
        UnknownIdError: No run has it.
        AmbiguousIdError: Several have.
    """
    hint = "Runs are in the table run, and in: claimtrack log"
    return row_of(connection, wanted, {"run": "run"}, hint)


def _steps(
    connection: sqlite3.Connection, user: str, since: datetime
) -> Sequence[tuple[int, str, str]]:
    """Return number, action, subject of a user's entries here since a time, the last first."""
    rows = connection.execute(
        "SELECT seq, action, subject, at FROM event_log WHERE desk_id = ? AND user = ?"
        " ORDER BY seq DESC",
        (log.own_desk(connection), user),
    )
    return [row[:3] for row in rows if datetime.fromisoformat(row[3]) >= since]


def _reading(connection: sqlite3.Connection, event: log.Event, by: log.By, why: str) -> Undone:
    reading = readings.at(connection, event.subject, event.at)
    if reading is None:
        raise DatabaseError(
            f"Entry {event.seq} was made by an older claimtrack, which did not note what it"
            " changed. Undo its run with: claimtrack undo --run RUN"
        )
    if readings.is_undone(connection, reading):
        return Undone(())
    last = readings.latest(connection, reading.version_id)
    if last != reading:
        later = f"was read again at {last.at if last else ''}"
        raise DependedOnError(f"entry {event.seq}", reading.version_id, later)
    rows = readings.rows_of(connection, (reading,))
    retractions.refuse_if_decided(connection, f"entry {event.seq}", rows)
    what = f"entry-{event.hash}", why or "the reading was undone"
    made = retractions.withdraw(connection, what, by, rows)
    return Undone((f"entry {event.seq}",), (), made)


def _brought(connection: sqlite3.Connection, event: log.Event, by: log.By, why: str) -> Undone:
    if not brought.is_known(connection, event):
        raise DatabaseError(
            f"Entry {event.seq} brought nothing, or was made by an older claimtrack, which did not"
            " note what it brought. Undo each step of it: claimtrack log"
        )
    held = brought.decisions(connection, event)
    done = [each for each in held if undo(connection, each, by, why)]
    rows: retractions.Rows = list(brought.findings(connection, event))
    if not rows:
        return Undone(tuple(done))
    retractions.refuse_if_decided(connection, f"entry {event.seq}", rows)
    what = f"entry-{event.hash}", why or f"the {event.action} was undone"
    made = retractions.withdraw(connection, what, by, rows)
    return Undone((*done, f"entry {event.seq}"), (), made)


def _version(connection: sqlite3.Connection, row_id: str, by: log.By, why: str = "") -> bool:
    live = connection.execute(
        "SELECT 1 FROM document_version WHERE id = ? AND retired_at IS NULL", (row_id,)
    ).fetchone()
    if not live:
        return False
    rows = retractions.rows_of(connection, row_id)
    retractions.refuse_if_decided(connection, row_id, rows)
    retractions.withdraw(connection, (row_id, why or "its addition was undone"), by, rows)
    return True


def _judgement(connection: sqlite3.Connection, row_id: str, by: log.By) -> bool:
    if not _retire(connection, "judgement", row_id, by):
        return False
    clusters.rejoin(connection, [row_id], (), instant(by.at))
    return True


def _review(connection: sqlite3.Connection, row_id: str, by: log.By) -> bool:
    newer = connection.execute(
        "SELECT id FROM review WHERE revises = ? AND retired_at IS NULL LIMIT 1", (row_id,)
    ).fetchone()
    if newer:
        raise DependedOnError(row_id, newer[0], "revises it")
    return _retire(connection, "review", row_id, by)


def _edit(connection: sqlite3.Connection, row_id: str, by: log.By, why: str = "") -> bool:
    held = connection.execute("SELECT retired_at FROM source_edit WHERE id = ?", (row_id,))
    if held.fetchone() != (None,):
        return False
    source_edits.undo(connection, row_id, by, why)
    return True


def _of(table: str) -> Undo:
    return lambda connection, row_id, by: _retire(connection, table, row_id, by)


def _retire(connection: sqlite3.Connection, table: str, row_id: str, by: log.By) -> bool:
    held = connection.execute(
        f"SELECT retired_at FROM {table} WHERE id = ?",  # noqa: S608 (our own names)
        (row_id,),
    ).fetchone()
    if not held:
        raise UnknownIdError(row_id, table, _HINT)
    if held[0]:
        return False
    connection.execute(
        f"UPDATE {table} SET retired_at = ? WHERE id = ?",  # noqa: S608 (our own names)
        (instant(by.at), row_id),
    )
    return True


_TABLES = {
    "relation": "claim_relation",
    "edit": "source_edit",
    "note": "review_note",
    "version": "document_version",
}
"""Tables that are called otherwise than what they hold."""

KINDS: Mapping[str, Undo] = {
    "judgement": _judgement,
    "review": _review,
    "grade": _of("grade"),
    "relation": _of("claim_relation"),
    "suggestion": _of("suggestion"),
    "publication": _of("publication"),
    "retraction": retractions.undo,
    "edit": _edit,
    "version": _version,
    "correction": corrections.undo,
    "note": _of("review_note"),
}
"""What can be undone, by the first part of its id."""

_STAYS = {
    "undo": "an undoing is not undone: decide again",
    "redact": "what was overwritten cannot come back",
    "capture": "what was fetched is evidence",
}
"""Why some steps cannot be undone, by action."""
