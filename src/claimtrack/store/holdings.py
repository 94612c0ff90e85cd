"""What is held of a document beside its text: versions, addresses, captures, copies."""

from __future__ import annotations

import sqlite3

from claimtrack.model.value import Value
from claimtrack.store.refs import document_refs
from claimtrack.store.rows import many
from claimtrack.store.views import DocumentRef

MOST = 50
"""Rows of each list, the latest."""

_VERSIONS = """
SELECT id, seq, recorded_at, sha256, length(text) FROM live_version
WHERE document_id = ? ORDER BY seq DESC LIMIT ?"""

_ADDRESSES = """
SELECT kind, url FROM document_url WHERE document_id = ?
ORDER BY kind <> 'raw', kind, url LIMIT ?"""

_CAPTURES = """
SELECT c.id, c.url, c.final_url, c.at, c.status, c.tool, c.operator, c.sha256, b.size
FROM capture c JOIN capture_body b ON b.sha256 = c.sha256
WHERE c.id IN (SELECT id FROM capture WHERE document_id = ?1
    UNION SELECT k.capture_id FROM document_version v JOIN capture_version k ON k.version_id = v.id
    WHERE v.document_id = ?1)
ORDER BY c.number DESC LIMIT ?2"""

# Of several pairs of versions, the most alike.
_COPIES = """
SELECT other, max(similarity), min(earlier) FROM (
    SELECT w.document_id AS other, r.similarity, 1 AS earlier FROM document_version v
    JOIN live_reprint r ON r.document_version = v.id
    JOIN document_version w ON w.id = r.of_document_version WHERE v.document_id = ?1
    UNION ALL
    SELECT w.document_id, r.similarity, 0 FROM document_version v
    JOIN live_reprint r ON r.of_document_version = v.id
    JOIN document_version w ON w.id = r.document_version WHERE v.document_id = ?1)
GROUP BY other ORDER BY 2 DESC, other LIMIT ?2"""

_LATEST = """
SELECT id, version_id FROM live_document WHERE id IN (SELECT value FROM json_each(?))"""


class VersionRow(Value):
    """A version: its place, when it was recorded (UTC), its SHA-256 and length in code points."""

    id: str
    seq: int
    recorded_at: str
    sha256: str
    length: int


class Address(Value):
    """An address that leads to a document, and what kind it is."""

    kind: str
    url: str


class CaptureRow(Value):
    """An answer of a server: what was asked for, what came, when (UTC), by whom and with what.

    Attributes:
        sha256: Of the bytes that came, `size` of them.
    """

    id: str
    url: str
    final_url: str
    at: str
    status: int
    tool: str
    operator: str
    sha256: str
    size: int


class Copy(Value):
    """A document with much the same text.

    Attributes:
        similarity: 0 to 1.
        earlier: The other one was there first: this one is a copy of it.
    """

    document: DocumentRef
    similarity: float
    earlier: bool


class Holdings(Value):
    """What is held of a document; each list the latest first, addresses as they came."""

    versions: tuple[VersionRow, ...]
    addresses: tuple[Address, ...]
    captures: tuple[CaptureRow, ...]
    copies: tuple[Copy, ...]


def holdings(connection: sqlite3.Connection, document_id: str) -> Holdings:
    """Return what is held of a document beside its text, MOST rows of each kind."""
    asked = (document_id, MOST)
    addresses = connection.execute(_ADDRESSES, asked)
    captured = connection.execute(_CAPTURES, asked)
    versions = connection.execute(_VERSIONS, asked)
    return Holdings(
        versions=tuple(VersionRow.model_validate(_named(VersionRow, row)) for row in versions),
        addresses=tuple(Address(kind=kind, url=url) for kind, url in addresses),
        captures=tuple(CaptureRow.model_validate(_named(CaptureRow, row)) for row in captured),
        copies=copies_of(connection, document_id),
    )


def copies_of(connection: sqlite3.Connection, document_id: str) -> tuple[Copy, ...]:
    """Return the documents that are near-duplicates of one, the most alike first."""
    rows = connection.execute(_COPIES, (document_id, MOST)).fetchall()
    latest = dict(connection.execute(_LATEST, (many(row[0] for row in rows),)).fetchall())
    refs = document_refs(connection, latest.values())
    return tuple(
        Copy(document=refs[latest[other]], similarity=similarity, earlier=bool(earlier))
        for other, similarity, earlier in rows
        if other in latest
    )


def _named(value: type[Value], row: tuple[object, ...]) -> dict[str, object]:
    return dict(zip(value.model_fields, row, strict=True))
