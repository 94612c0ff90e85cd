"""Which partitions of a corpus were merged, so that a run that is started again goes on."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from claimtrack.store.rows import Row, insert


class Merged(NamedTuple):
    """What came of a partition.

    Attributes:
        articles: How many it holds.
        skipped: What was left out of it: the place, and why.
    """

    articles: int
    skipped: tuple[tuple[str, str], ...]


def merged(connection: sqlite3.Connection, name: str) -> Merged | None:
    """Return what came of a partition; None where it was not merged."""
    row = connection.execute(
        "SELECT articles, skipped FROM partition_done WHERE name = ?", (name,)
    ).fetchone()
    return Merged(row[0], tuple((place, why) for place, why in json.loads(row[1]))) if row else None


def mark(connection: sqlite3.Connection, partition: tuple[str, str], done: Merged, at: str) -> None:
    """Note that all articles of a partition are held.

    Args:
        connection: Within a transaction; that of its last articles, or a later one.
        partition: What it is called, and where it comes from, for people.
        done: What came of it.
        at: When, as stored.
    """
    name, place = partition
    if merged(connection, name) is None:
        skipped = json.dumps(done.skipped, ensure_ascii=False)
        row: Row = {"name": name, "place": place, "articles": done.articles}
        insert(connection, "partition_done", [{**row, "skipped": skipped, "recorded_at": at}])
