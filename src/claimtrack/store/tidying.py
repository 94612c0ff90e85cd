"""Making a database small and quick again after much was added to it.

What it holds stays as it is. Each step is a transaction of its own: whoever is stopped between two
keeps what was done, and those who read meanwhile read what they began to read.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from claimtrack.model.value import Value
from claimtrack.store.connection import explained, journals, transaction
from claimtrack.store.index import COLUMNS

_PATIENCE = 1_000
"""Milliseconds to wait for readers before what is written goes from the log into the file."""


class Tidied(Value):
    """What was done to a database.

    Attributes:
        before: Bytes of its files before: the database and its write-ahead log.
        after: Bytes of them afterwards.
        segments: Pieces that the search index was in before; now it is in one for each of its two
            tables.
        log_kept: Whether the write-ahead log could not be emptied, as somebody still reads what
            was there before; SQLite empties it later.
    """

    before: int
    after: int
    segments: int
    log_kept: bool


def tidy(connection: sqlite3.Connection, path: Path) -> Tidied:
    """Merge the search index, give free pages back, count anew what queries are planned by.

    Args:
        connection: Not within a transaction; the database may be read by others meanwhile.
        path: The database.

    Raises:
        DatabaseError: Another one writes, or the disk has no room for a second copy of it.
    """
    with explained(path):
        before = _size(path)
        segments = sum(_merge(connection, table) for table in COLUMNS)
        connection.execute("VACUUM")
        connection.execute("ANALYZE")
        (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        (kept, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.execute(f"PRAGMA busy_timeout = {patience}")
        return Tidied(before=before, after=_size(path), segments=segments, log_kept=bool(kept))


def _merge(connection: sqlite3.Connection, table: str) -> int:
    """Merge the segments of a table of the search index; return how many there were."""
    with transaction(connection):
        (segments,) = connection.execute(
            f"SELECT count(DISTINCT segid) FROM {table}_idx"  # noqa: S608 (our own names)
        ).fetchone()
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
    return int(segments)


def _size(path: Path) -> int:
    target = path.resolve()
    return sum(each.stat().st_size for each in (target, *journals(target)) if each.exists())
