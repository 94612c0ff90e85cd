"""Texts as they are held: document versions out of the database again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from claimtrack.errors import IntegrityError, UnknownIdError
from claimtrack.model.document import DocumentVersion
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import PartRole
from claimtrack.store.refs import stated_time
from claimtrack.store.writer import layout_of

COLUMNS = """
v.id, v.document_id, v.text, v.sha256, v.lang, v.title, v.outlet, v.byline, v.published_stated,
v.published_utc, v.published_precision, v.published_zone, d.known_by, d.identity"""
"""What `version_of` takes, of document_version v and its document d."""

_VERSIONS = f"""
SELECT {COLUMNS} FROM live_version v JOIN document d ON d.id = v.document_id
WHERE v.document_id = ? AND NOT EXISTS (
    SELECT 1 FROM redaction_row r WHERE r.kind = 'document_version' AND r.row_key = v.id)
ORDER BY v.seq"""  # noqa: S608 (our own names)

_VERSION = f"""
SELECT {COLUMNS} FROM document_version v JOIN document d ON d.id = v.document_id
WHERE v.id = ?"""  # noqa: S608 (our own names)

_PARTS = 'SELECT role, start, "end" FROM document_part WHERE version_id = ?'

_DOCUMENTS = """
SELECT document_id FROM live_version GROUP BY document_id ORDER BY min(number)"""


def document_ids(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the ids of all live documents, in the order in which they were recorded."""
    return tuple(row[0] for row in connection.execute(_DOCUMENTS))


def versions(connection: sqlite3.Connection, document_id: str) -> tuple[DocumentVersion, ...]:
    """Return the live versions of a document, oldest first, each as it was added.

    Those that were redacted are not what was added, and left out.

    Raises:
        IntegrityError: A row holds a value that is none of its kind.
    """
    found = []
    for row in connection.execute(_VERSIONS, (document_id,)).fetchall():
        try:
            found.append(version_of(row, connection.execute(_PARTS, row[:1])))
        except ValueError:
            raise IntegrityError(
                f"{row[0]}: holds a value that is none of its kind. See: claimtrack check"
            ) from None
    return tuple(found)


def version_by_id(connection: sqlite3.Connection, version_id: str) -> DocumentVersion:
    """Return a version as it was added.

    Raises:
        UnknownIdError: None has the id.
    """
    row = connection.execute(_VERSION, (version_id,)).fetchone()
    if not row:
        raise UnknownIdError(version_id, "document version")
    return version_of(row, connection.execute(_PARTS, (version_id,)))


def version_of(row: Sequence[Any], parts: Iterable[tuple[str, int, int]]) -> DocumentVersion:
    """Return a version from its COLUMNS and the role, start and end of each of its parts.

    Raises:
        ValueError: One of them holds a value that is none of its kind.
    """
    version_id, document_id, text, sha256, lang, title, outlet, byline, *rest = row
    *published, known_by, identity = rest
    return DocumentVersion(
        document_id=document_id,
        id=version_id,
        url=identity if known_by == "url" else None,
        text=text,
        sha256=sha256,
        lang=lang,
        title=title,
        outlet=outlet,
        byline=byline,
        published=stated_time(*published),
        layout=layout_of((PartRole(role), Span(start, end)) for role, start, end in parts),
    )
