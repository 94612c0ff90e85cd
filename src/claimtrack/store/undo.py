"""Undoing what a person decided, or a machine: softly, the row stays for the record.

Each kind of thing that can be undone has a function here, by the first part of its id; another
kind adds its own to `KINDS`. Undoing twice changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from claimtrack.errors import AmbiguousIdError, UnknownIdError
from claimtrack.model.ids import SHORTEST_PREFIX
from claimtrack.store import clusters, corrections, log, source_edits
from claimtrack.store.content import instant

Undo = Callable[[sqlite3.Connection, str, log.By], bool]
"""Undoes a row by its full id; returns whether that changed anything."""


def find(connection: sqlite3.Connection, wanted: str) -> str:
    """Return the full id that an id, or the beginning of one with its kind, means.

    Raises:
        UnknownIdError: Nothing that can be undone has it.
        AmbiguousIdError: Several have.
    """
    kind, _, digits = wanted.strip().partition("-")
    hint = "List what was done with: claimtrack log"
    if kind not in KINDS or len(digits) < SHORTEST_PREFIX:
        raise UnknownIdError(wanted, " or ".join(KINDS), hint)
    table = _TABLES.get(kind, kind)
    rows = connection.execute(
        f"SELECT id FROM {table} WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT 2",  # noqa: S608 (our own names)
        (f"{kind}-{digits}",),
    ).fetchall()
    if not rows:
        raise UnknownIdError(wanted, kind, hint)
    if len(rows) > 1:
        raise AmbiguousIdError(wanted, (row[0] for row in rows))
    return str(rows[0][0])


def undo(connection: sqlite3.Connection, row_id: str, by: log.By) -> bool:
    """Undo a judgement, review, grade, edit, correction or publication; return if it was live.

    Args:
        connection: Within a transaction.
        row_id: The full id.
        by: Who undoes it, and when.

    Raises:
        UnknownIdError: Nothing that can be undone has the id.
    """
    kind = row_id.partition("-")[0]
    if kind not in KINDS:
        raise UnknownIdError(row_id, " or ".join(KINDS), "List them with: claimtrack log")
    if not KINDS[kind](connection, row_id, by):
        return False
    if kind != "edit":  # which records its own undoing
        log.append(connection, "undo", row_id, {"id": row_id}, by)
    return True


def _judgement(connection: sqlite3.Connection, row_id: str, by: log.By) -> bool:
    if not _retire(connection, "judgement", row_id, by):
        return False
    clusters.rejoin(connection, [row_id], (), instant(by.at))
    return True


def _edit(connection: sqlite3.Connection, row_id: str, by: log.By) -> bool:
    held = connection.execute("SELECT retired_at FROM source_edit WHERE id = ?", (row_id,))
    if held.fetchone() != (None,):
        return False
    source_edits.undo(connection, row_id, by)
    return True


def _of(table: str) -> Undo:
    return lambda connection, row_id, by: _retire(connection, table, row_id, by)


def _retire(connection: sqlite3.Connection, table: str, row_id: str, by: log.By) -> bool:
    held = connection.execute(
        f"SELECT retired_at FROM {table} WHERE id = ?",  # noqa: S608 (our own names)
        (row_id,),
    ).fetchone()
    if not held:
        raise UnknownIdError(row_id, table, "List them with: claimtrack log")
    if held[0]:
        return False
    connection.execute(
        f"UPDATE {table} SET retired_at = ? WHERE id = ?",  # noqa: S608 (our own names)
        (instant(by.at), row_id),
    )
    return True


_TABLES = {"relation": "claim_relation", "edit": "source_edit", "note": "review_note"}
"""Tables that are called otherwise than what they hold."""

KINDS: Mapping[str, Undo] = {
    "judgement": _judgement,
    "review": _of("review"),
    "grade": _of("grade"),
    "relation": _of("claim_relation"),
    "suggestion": _of("suggestion"),
    "publication": _of("publication"),
    "edit": _edit,
    "correction": corrections.undo,
    "note": _of("review_note"),
}
"""What can be undone, by the first part of its id."""
