"""Putting an article and everything found in it into the database, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from claimtrack.errors import IntegrityError
from claimtrack.model.attribution import Extraction
from claimtrack.model.document import DocumentVersion, Layout, StatedTime, version_ids
from claimtrack.model.run import Run
from claimtrack.model.source import Source
from claimtrack.model.span import Span, ordered
from claimtrack.model.vocabulary import PartRole
from claimtrack.store import index, log, rows
from claimtrack.store.content import instant, placed
from claimtrack.store.findings import (
    Origin,
    Rows,
    attribution_rows,
    identify,
    in_order,
    narration_rows,
    put_rows,
    relay_rows,
)
from claimtrack.store.rows import Row, insert, put_run
from claimtrack.store.sources import put_sources

_PARTS = tuple(role.value for role in PartRole)


class Added(StrEnum):
    """What adding an article came to."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new_version"


class Found(NamedTuple):
    """What was found in an article, and by what.

    Attributes:
        extraction: The attributions, each with its source resolved as far as it could be.
        sources: Every source they name, with the parents their relations name.
        run: What found them.
        replaced: Lone surrogates and NULs of the original that became U+FFFD.
    """

    extraction: Extraction
    sources: tuple[Source, ...]
    run: Run
    replaced: int = 0


def add(
    connection: sqlite3.Connection, version: DocumentVersion, found: Found, by: log.By
) -> Added:
    """Put a document version in with what was found in it; a text that is held changes nothing.

    Args:
        connection: Within a transaction.
        version: The text and what it says of itself.
        found: What was found in it.
        by: Who adds it, and when.

    Raises:
        IntegrityError: An id is not that of its content, a span does not lie in the text, a key
            or a source leads nowhere, or the same id is held with other content.
    """
    check_version(version)
    if is_held(connection, version):
        return Added.UNCHANGED
    return _put(connection, _as_rows(version, found), by)


class Ready(NamedTuple):
    """A document version, what was found in it, and the rows that this becomes.

    Making them needs no database, so that another process can.

    Attributes:
        version: The text and what it says of itself.
        sources: Every source it names, with the parents their relations name.
        run: What found it.
        replaced: Lone surrogates and NULs of the original that became U+FFFD.
        words: What the index holds of the text's title and body.
        attributions: The rows of its attributions.
        relays: Those of its relays.
        narration: Those of the outlet's own voice.
        content: Digest of their ids, for the log.
    """

    version: DocumentVersion
    sources: tuple[Source, ...]
    run: Run
    replaced: int
    words: tuple[str, str]
    attributions: Rows
    relays: Sequence[Row]
    narration: Sequence[Row]
    content: str


def ready(version: DocumentVersion, found: Found) -> Ready:
    """Return a document version and what was found in it as rows.

    Args:
        version: One that `DocumentVersion.of` made, so that its ids are those of its content.
        found: What was found in it.

    Raises:
        IntegrityError: A span does not lie in the text, or a key leads nowhere.
    """
    _check_parts(version)
    return _as_rows(version, found)


def _as_rows(version: DocumentVersion, found: Found) -> Ready:
    origin = Origin(version, found.run.id, "")  # when is told later
    identified = identify(version.id, found.extraction.attributions)
    relays = relay_rows(origin, identified)
    narration = narration_rows(origin, found.extraction.narrator)
    return Ready(
        version,
        found.sources,
        found.run,
        found.replaced,
        _words(version),
        attribution_rows(origin, identified, in_order(identified)),
        list(relays.values()),
        list(narration.values()),
        log.brought(identified.rows, narration),
    )


def put(connection: sqlite3.Connection, new: Ready, by: log.By) -> Added:
    """Put a document version in with what was found in it; a text that is held changes nothing.

    Args:
        connection: Within a transaction.
        new: They, as rows.
        by: Who adds it, and when.

    Raises:
        IntegrityError: A source leads nowhere, or the same id is held with other content.
    """
    return Added.UNCHANGED if is_held(connection, new.version) else _put(connection, new, by)


def _put(connection: sqlite3.Connection, new: Ready, by: log.By) -> Added:
    version, at = new.version, instant(by.at)
    put_run(connection, new.run, by.at)
    put_sources(connection, new.sources, at)
    seq = put_version(connection, version, new.replaced, at, words=new.words)
    put_rows(connection, new.attributions, at)
    insert(connection, "relay", [{**row, "recorded_at": at} for row in new.relays])
    insert(connection, "narration", [{**row, "recorded_at": at} for row in new.narration])
    log.enter(connection, ("add", version.id, new.content), by)
    return Added.NEW_VERSION if seq > 1 else Added.ADDED


def holds(connection: sqlite3.Connection, document_id: str, text_sha256: str) -> bool:
    """Tell whether a text of a document is held."""
    found = connection.execute(
        "SELECT 1 FROM document_version WHERE document_id = ? AND sha256 = ?",
        (document_id, text_sha256),
    )
    return found.fetchone() is not None


def check_version(version: DocumentVersion) -> None:
    """Make sure that a version is what its ids and its layout say.

    Raises:
        IntegrityError: It is not.
    """
    _check_text(version)  # what is wrong with the text says more than that its digest is another
    made = sha256(version.text.encode()).hexdigest()
    if made != version.sha256:
        raise IntegrityError(f"{version.id}: its text has the SHA-256 {made}, not the one given")
    if version_ids(version, made) != (version.document_id, version.id):
        raise IntegrityError(f"{version.id} is not the id of its content")
    _check_parts(version)


def _check_text(version: DocumentVersion) -> None:
    if "\0" in version.text:
        raise IntegrityError(f"{version.id}: its text holds a NUL. Replace it with U+FFFD.")


def _check_parts(version: DocumentVersion) -> None:
    """Make sure that a version's text and its layout can be stored as they are."""
    _check_text(version)
    utc = version.published.utc
    if utc and utc.utcoffset() != timedelta(0):
        raise IntegrityError(f"{version.id}: the instant it was published at is not in UTC")
    for role, span in version.layout.parts():
        placed(version.text, span, f"{version.id} {role.value}")
    stretches = (getattr(version.layout, role) for role in _PARTS)
    if any(list(spans) != sorted(spans) for spans in stretches):
        raise IntegrityError(f"{version.id}: the stretches of its layout are not in text order")


def layout_of(parts: Iterable[tuple[PartRole, Span]]) -> Layout:
    """Return a layout of stretches in any order."""
    known = list(parts)
    return Layout(
        **{role.value: ordered(span for held, span in known if held is role) for role in PartRole}
    )


def is_held(connection: sqlite3.Connection, version: DocumentVersion) -> bool:
    """Tell whether a version's text is held of its document.

    Raises:
        IntegrityError: Another text is held under its digest.
    """
    held = connection.execute(
        "SELECT id, text = ? FROM document_version WHERE document_id = ? AND sha256 = ?",
        (version.text, version.document_id, version.sha256),
    ).fetchone()
    if held and not held[1] and not _redacted(connection, held[0]):
        raise IntegrityError(f"{held[0]} is held with other content. See: claimtrack check")
    return held is not None


def _redacted(connection: sqlite3.Connection, version_id: str) -> bool:
    """Tell whether a version's text was overwritten: it is not held anew."""
    found = connection.execute(
        "SELECT 1 FROM redaction_row WHERE kind = 'document_version' AND row_key = ?",
        (version_id,),
    )
    return found.fetchone() is not None


def put_version(
    connection: sqlite3.Connection,
    version: DocumentVersion,
    replaced: int,
    at: str,
    seq: int | None = None,
    words: tuple[str, str] | None = None,
) -> int:
    """Insert a version with its document, parts and index; return its place in the document.

    Args:
        connection: Within a transaction.
        version: One that `check_version` finds nothing wrong with, and that is not held.
        replaced: Lone surrogates and NULs of the original that became U+FFFD.
        at: When it is recorded, as stored.
        seq: The place that it had elsewhere; the one after the last unless it is later.
        words: What the index holds of its title and body, where that is known.
    """
    known_by, identity = ("url", version.url) if version.url else ("text", version.sha256)
    document: Row = {"id": version.document_id, "known_by": known_by, "identity": identity}
    if rows.put(connection, "document", document, {"recorded_at": at}) and version.url:
        url: Row = {"document_id": version.document_id, "kind": "raw", "url": version.url}
        insert(connection, "document_url", [url])
    number, last = connection.execute(
        "SELECT (SELECT coalesce(max(number), 0) + 1 FROM document_version),"
        " (SELECT coalesce(max(seq), 0) FROM document_version WHERE document_id = ?)",
        (version.document_id,),
    ).fetchone()
    place = max(seq or 0, last + 1)
    published = version.published.model_dump(mode="json")
    content: Row = {
        "id": version.id,
        "document_id": version.document_id,
        "text": version.text,
        "sha256": version.sha256,
        "lang": version.lang,
        "title": version.title,
        "outlet": version.outlet,
        "byline": version.byline,
        **{f"published_{name}": value for name, value in published.items()},
    }
    recorded: Row = {"number": number, "seq": place, "replaced": replaced, "recorded_at": at}
    rows.put(connection, "document_version", content, recorded)
    parts: list[Row] = [
        {"version_id": version.id, "role": role.value, "start": span.start, "end": span.end}
        for role, span in version.layout.parts()
    ]
    insert(connection, "document_part", parts)
    index.put(connection, index.TEXTS, [(number, *(words or _words(version)))])
    return int(place)


def put_update(connection: sqlite3.Connection, version_id: str, updated: StatedTime) -> None:
    """Record when a version says that it was last changed."""
    row: Row = {"version_id": version_id, **updated.model_dump(mode="json")}
    held = connection.execute("SELECT 1 FROM version_update WHERE version_id = ?", (version_id,))
    if not held.fetchone():
        insert(connection, "version_update", [row])


def _words(version: DocumentVersion) -> tuple[str, str]:
    parts = {role: getattr(version.layout, role) for role in _PARTS}
    return index.words_of_text(version.text, version.title, parts)
