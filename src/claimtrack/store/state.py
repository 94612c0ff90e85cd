"""How far a database has come: what pages that are dear to make are kept by."""

from __future__ import annotations

import sqlite3

# Every decision is in the log, every row that a machine made has a number of its own. Each is the
# last key of a table, which SQLite finds at once. Retiring is written to the log, or follows rows.
_STATE = """
SELECT (SELECT max(rowid) FROM event_log), (SELECT max(number) FROM document_version),
    (SELECT max(number) FROM attribution), (SELECT max(rowid) FROM relay),
    (SELECT max(number) FROM judgement), (SELECT max(number) FROM suggestion),
    (SELECT max(number) FROM claim_relation), (SELECT max(number) FROM reextraction)"""


def state(connection: sqlite3.Connection) -> tuple[int | None, ...]:
    """Return numbers of which one grows with everything that is recorded or decided."""
    return tuple(connection.execute(_STATE).fetchone())
