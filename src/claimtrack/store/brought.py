"""What one step brought from elsewhere: an import, a merge, a file of decisions.

Noted so that the step can be taken back as one: what people decided is undone, each decision by
itself, and what machines found is withdrawn with the texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from claimtrack.store import log

DECISIONS = {
    "review_note": "1",
    "grade": "1",
    "review": "1",
    "judgement": (
        "judged_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM correction_row c"
        " WHERE c.row_id = t.id AND c.change = 'made')"
    ),
    "correction": "1",
    "retraction": "1",
    "publication": "1",
    "source_edit": "1",
}
"""Tables of what people decided, in the order in which it is undone, with which rows are that."""

FINDINGS = (
    *("document_version", "attribution", "claim", "narration", "relay", "outer_relay"),
    *("judgement", "suggestion", "claim_relation"),
)
"""Tables of texts and of what machines found."""

Marks = Mapping[str, int]


def begin(connection: sqlite3.Connection) -> Marks:
    """Return where each table ends, within the transaction of a step that begins."""
    return {
        table: connection.execute(
            f"SELECT coalesce(max(rowid), 0) FROM {table}"  # noqa: S608 (our own names)
        ).fetchone()[0]
        for table in (*DECISIONS, *FINDINGS)
    }


def end(connection: sqlite3.Connection, marks: Marks) -> None:
    """Note the live rows that are there since a step began, under the last entry of our log."""
    own = log.own_desk(connection)
    for table, last in marks.items():
        connection.execute(
            "INSERT INTO brought SELECT ?1, (SELECT max(seq) FROM event_log WHERE desk_id = ?1),"  # noqa: S608 (our own names)
            f" '{table}', id FROM {table} WHERE rowid > ?2 AND retired_at IS NULL",
            (own, last),
        )


def decisions(connection: sqlite3.Connection, event: log.Event) -> list[str]:
    """Return the live decisions of people that a step brought, as they are to be undone."""
    return [
        str(row[0])
        for table, people in DECISIONS.items()
        for row in connection.execute(
            f"SELECT t.id FROM brought b JOIN {table} t ON t.id = b.row_id"  # noqa: S608 (ours)
            f" WHERE b.desk_id = ? AND b.seq = ? AND b.kind = '{table}' AND t.retired_at IS NULL"
            f" AND {people} ORDER BY t.number DESC",
            (event.desk, event.seq),
        )
    ]


def findings(connection: sqlite3.Connection, event: log.Event) -> list[tuple[str, str, None]]:
    """Return tables and ids of the live rows of machines, and texts, that a step brought."""
    return [
        (table, row[0], None)
        for table in FINDINGS
        for row in connection.execute(
            f"SELECT t.id FROM brought b JOIN {table} t ON t.id = b.row_id"  # noqa: S608 (ours)
            f" WHERE b.desk_id = ? AND b.seq = ? AND b.kind = '{table}' AND t.retired_at IS NULL",
            (event.desk, event.seq),
        )
    ]


def is_known(connection: sqlite3.Connection, event: log.Event) -> bool:
    """Tell whether anything was noted of a step."""
    found = connection.execute(
        "SELECT 1 FROM brought WHERE desk_id = ? AND seq = ?", (event.desk, event.seq)
    )
    return found.fetchone() is not None
