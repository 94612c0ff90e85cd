"""Rows of the search index, written when a transaction ends.

FTS5 writes a segment of its own for whatever came before a savepoint, or before a statement with
a trigger, and merges segments for ever after. In a transaction of many articles, rows that wait
for its end make one segment. What is taken back with a savepoint takes its rows along.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from claimtrack.store.carried import Connection
from claimtrack.store.rows import Values, insert_values


def put(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Values]
) -> None:
    """Put rows into a table of the search index, at the end of the transaction."""
    if isinstance(connection, Connection) and connection.in_transaction:
        connection.waiting += ((table, columns, row) for row in rows)
    else:
        insert_values(connection, table, columns, list(rows))


def waiting(connection: sqlite3.Connection) -> int:
    """Return how many rows wait."""
    return len(connection.waiting) if isinstance(connection, Connection) else 0


def write(connection: sqlite3.Connection) -> None:
    """Write the rows that wait."""
    if isinstance(connection, Connection):
        by_table: dict[tuple[str, tuple[str, ...]], list[Values]] = {}
        for table, columns, row in connection.waiting:
            by_table.setdefault((table, columns), []).append(row)
        for (table, columns), rows in by_table.items():
            insert_values(connection, table, columns, rows)
        connection.waiting.clear()


def forget(connection: sqlite3.Connection, kept: int) -> None:
    """Forget the rows that wait, but for the oldest ones."""
    if isinstance(connection, Connection):
        del connection.waiting[kept:]
