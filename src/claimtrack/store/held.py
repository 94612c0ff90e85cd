"""What is known of a text beside its words: digest, when it was fetched, where it is archived."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claimtrack.store.rows import many

_HELD = """
SELECT v.id, v.document_id, v.sha256, v.recorded_at, v.lang, trim(v.heading), v.outlet,
    v.published_stated,
    (SELECT w.id FROM live_version w WHERE w.document_id = v.document_id AND w.seq < v.seq
     ORDER BY w.seq DESC LIMIT 1),
    (SELECT u.url FROM document_url u WHERE u.document_id = v.document_id
     ORDER BY u.kind <> 'raw', u.kind, u.url LIMIT 1),
    (SELECT u.url FROM document_url u WHERE u.document_id = v.document_id AND u.kind = 'archive'
     ORDER BY u.url LIMIT 1),
    (SELECT c.id FROM capture_version t JOIN capture c ON c.id = t.capture_id
     WHERE t.version_id = v.id ORDER BY c.at, c.id LIMIT 1),
    (SELECT min(c.at) FROM capture_version t JOIN capture c ON c.id = t.capture_id
     WHERE t.version_id = v.id),
    (SELECT c.sha256 FROM capture_version t JOIN capture c ON c.id = t.capture_id
     WHERE t.version_id = v.id ORDER BY c.at, c.id LIMIT 1),
    v.seq
FROM live_version v"""


class Held(NamedTuple):
    """A document version; times in ISO 8601, UTC.

    Attributes:
        sha256: Of its text in UTF-8.
        previous_id: The version before it, if one is held.
        url: The address that its document was given by, else another of its own.
        archived: Where an archive has it.
        capture_id: What it was first fetched by; None where it was not fetched.
        captured_at: When.
        capture_sha256: The digest of the bytes that came.
        seq: Its place among the versions of its document, from 1.
    """

    id: str
    document_id: str
    sha256: str
    recorded_at: str
    lang: str
    title: str
    outlet: str | None
    published_stated: str
    previous_id: str | None
    url: str | None
    archived: str | None
    capture_id: str | None
    captured_at: str | None
    capture_sha256: str | None
    seq: int

    @property
    def seen_at(self) -> str:
        """When it is known to have been what it is: fetched, else put in."""
        return self.captured_at or self.recorded_at


def version(connection: sqlite3.Connection, version_id: str) -> Held:
    """Return what is known of a live version, which must be held."""
    return Held._make(connection.execute(f"{_HELD} WHERE v.id = ?", (version_id,)).fetchone())


def text(connection: sqlite3.Connection, version_id: str) -> str:
    """Return the words of a live version, which must be held."""
    query = "SELECT text FROM live_version WHERE id = ?"
    return str(connection.execute(query, (version_id,)).fetchone()[0])


def verbatim(connection: sqlite3.Connection, reports: Iterable[str]) -> frozenset[str]:
    """Return which of some reports give what was said word for word."""
    query = (
        "SELECT id FROM attribution WHERE kind = 'direct'"
        " AND id IN (SELECT value FROM json_each(?))"
    )
    return frozenset(row[0] for row in connection.execute(query, (many(reports),)))


def versions(connection: sqlite3.Connection) -> Iterator[Held]:
    """Yield what is known of every live version, by id."""
    return map(Held._make, connection.execute(f"{_HELD} ORDER BY v.id"))
