"""A connection, with what it carries through a transaction: rows that wait, and what is known.

While a transaction lasts nobody else writes. What it wrote or found once, an addition of many
articles need not ask the database for again with each. All of it is forgotten when the transaction
ends, and what is known also where a part of it is taken back.
"""

from __future__ import annotations

import sqlite3


class Connection(sqlite3.Connection):
    """A connection that knows what its transaction did; it carries nothing outside of one.

    Attributes:
        waiting: Rows of the search index, each after its table, oldest first.
        entry: The last entry of our log, where this transaction wrote it, else None.
        runs: The ids of runs that this transaction put in, or found to be as they are.
    """

    waiting: list[tuple[str, tuple[str | int | float | None, ...]]]
    entry: object
    runs: set[str]


def opened(address: str, wait: float) -> Connection:
    """Open what a URI names, in autocommit mode, nothing carried.

    Args:
        address: A "file:" URI with its mode.
        wait: Seconds to wait for another writer.
    """
    connection = sqlite3.connect(
        address, uri=True, timeout=wait, isolation_level=None, factory=Connection
    )
    connection.waiting, connection.entry, connection.runs = [], None, set()
    return connection


def forget(connection: sqlite3.Connection) -> None:
    """Know nothing any more: the transaction ended, or took something back."""
    if isinstance(connection, Connection):
        connection.entry = None
        connection.runs.clear()
