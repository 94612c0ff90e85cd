"""By which addresses documents are known, and which document an address leads to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from claimtrack.store.rows import many


def owner(connection: sqlite3.Connection, keys: Iterable[str]) -> tuple[str, str] | None:
    """Return id and identifying address of the document that one of some keys leads to, or None.

    Of several documents the one that was recorded first.
    """
    found = connection.execute(
        "SELECT d.id, d.identity FROM url_key k JOIN document d ON d.id = k.document_id"
        " WHERE k.key IN (SELECT value FROM json_each(?)) AND d.known_by = 'url'"
        " ORDER BY d.recorded_at, d.id LIMIT 1",
        (many(keys),),
    ).fetchone()
    return (found[0], found[1]) if found else None


def put(
    connection: sqlite3.Connection,
    document_id: str,
    addresses: Iterable[tuple[str, str]],
    keys: Iterable[str],
) -> None:
    """Record kinds and addresses of a document, and the keys that lead to it; what is known stays.

    An address that two documents share leads to the one that had it first.
    """
    connection.executemany(
        "INSERT OR IGNORE INTO document_url VALUES (?, ?, ?)",
        [(document_id, kind, url) for kind, url in addresses],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO url_key VALUES (?, ?)", [(key, document_id) for key in keys]
    )
