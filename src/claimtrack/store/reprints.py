"""Sketches of texts and the copies they were found by."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterator, Sequence
from datetime import datetime

from claimtrack.model.run import Run
from claimtrack.store.content import instant
from claimtrack.store.rows import Row, insert, put_run

MOST_SHARING = 64
"""Versions looked at for one hash, the earliest: words that thousands share tell little."""

MOST_CANDIDATES = 16

FEWEST_SHARED = 2
"""Hashes that two texts must share to be compared: one is a phrase that many use."""

_SHARING = """
SELECT version_number FROM (
    SELECT version_number FROM shingle WHERE hash = ? ORDER BY version_number LIMIT ?)"""

_LIKELIEST = """
SELECT version_number FROM ({}) GROUP BY version_number HAVING count(*) >= ?
ORDER BY count(*) DESC, version_number LIMIT ?"""

_CANDIDATES = """
SELECT v.number, v.id, s.hashes FROM live_version v JOIN sketch s ON s.version_number = v.number
WHERE v.number IN (SELECT value FROM json_each(?)) AND v.document_id <> (
    SELECT document_id FROM document_version WHERE id = ?)"""


def sharing(
    connection: sqlite3.Connection, version_id: str, hashes: Sequence[int]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield versions of other documents that share some of a version's least hashes, with sketches.

    Those that share most come first, of these the earliest; retired ones are left out.
    """
    if not hashes:
        return
    some = " UNION ALL ".join([_SHARING] * len(hashes))  # one statement: asking costs most
    values = [value for each in hashes for value in (each, MOST_SHARING)]
    values += FEWEST_SHARED, MOST_CANDIDATES
    rows = connection.execute(_LIKELIEST.format(some), values)
    likeliest = [row[0] for row in rows]
    if not likeliest:
        return
    found = connection.execute(_CANDIDATES, (json.dumps(likeliest), version_id)).fetchall()
    for _, other, held in sorted(found, key=lambda row: likeliest.index(row[0])):
        yield other, unpacked(held)


def put(
    connection: sqlite3.Connection,
    version_id: str,
    sketched: tuple[Sequence[int], int],
    copies: Sequence[tuple[str, float]],
    by: tuple[Run, datetime],
) -> None:
    """Record a version's sketch, and what it is a copy of, unless it is recorded.

    Args:
        connection: Within a transaction.
        version_id: A version that is held.
        sketched: Its sketch, and how many of its hashes it is to be found by.
        copies: Versions that it is a copy of, each with the similarity.
        by: What found them, and when.
    """
    hashes, indexed = sketched
    (number,) = connection.execute(
        "SELECT number FROM document_version WHERE id = ?", (version_id,)
    ).fetchone()
    held = connection.execute("SELECT 1 FROM sketch WHERE version_number = ?", (number,))
    if held.fetchone():
        return
    connection.execute("INSERT INTO sketch VALUES (?, ?)", (number, packed(hashes)))
    connection.executemany(
        "INSERT INTO shingle VALUES (?, ?)", [(each, number) for each in hashes[:indexed]]
    )
    if copies:
        run, at = by
        put_run(connection, run, at)
        found: Row = {"run": run.id, "recorded_at": instant(at)}
        rows: list[Row] = [
            {
                "document_version": version_id,
                "of_document_version": other,
                "similarity": score,
                **found,
            }
            for other, score in copies
        ]
        insert(connection, "reprint", rows)


def copies(connection: sqlite3.Connection) -> dict[str, dict[str, float]]:
    """Return what each version is a copy of, or the original of, with the similarity."""
    found: dict[str, dict[str, float]] = {}
    rows = connection.execute(
        "SELECT document_version, of_document_version, similarity FROM live_reprint"
    )
    for version, other, score in rows:
        found.setdefault(version, {})[other] = score
        found.setdefault(other, {})[version] = score
    return found


def packed(hashes: Sequence[int]) -> bytes:
    """Return hashes as 64-bit big-endian integers.

    >>> unpacked(packed((1, 2**62)))
    (1, 4611686018427387904)
    """
    return struct.pack(f">{len(hashes)}q", *hashes)


def unpacked(data: bytes) -> tuple[int, ...]:
    """Return the hashes that `packed` made bytes of."""
    return struct.unpack(f">{len(data) // 8}q", data)
