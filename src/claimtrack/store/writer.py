"""Putting an article and everything found in it into the database, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from claimtrack.errors import IntegrityError
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import DocumentVersion, Layout
from claimtrack.model.run import Run
from claimtrack.model.source import Source
from claimtrack.model.span import Span, hull, ordered
from claimtrack.model.vocabulary import Kind, PartRole, RelayKind, Role
from claimtrack.store import log
from claimtrack.store.content import (
    attribution_id,
    claim_id,
    derived_version,
    instant,
    narration_id,
    quoted,
    relay_id,
    wording_digest,
    words_of,
)
from claimtrack.store.rows import Row, insert, put, put_run
from claimtrack.store.sources import put_sources
from claimtrack.store.words import indexed

_LONGEST_EVIDENCE = 200  # code points


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


class _Origin(NamedTuple):
    """What all rows of one addition share."""

    version: DocumentVersion
    run_id: str
    at: str

    def recorded(self) -> Row:
        """Return the columns that say how a row came to be."""
        return {"run_id": self.run_id, "recorded_at": self.at}


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
    _check(version)
    if _is_held(connection, version):
        return Added.UNCHANGED
    at = instant(by.at)
    put_run(connection, found.run, by.at)
    put_sources(connection, found.sources, at)
    seq = _put_version(connection, version, found.replaced, at)
    origin = _Origin(version, found.run.id, at)
    _put_attributions(connection, origin, found.extraction.attributions)
    _put_narration(connection, origin, found.extraction.narrator)
    log.append(connection, "add", version.id, log.addition(connection, version.id, at), by)
    return Added.NEW_VERSION if seq > 1 else Added.ADDED


def holds(connection: sqlite3.Connection, document_id: str, text_sha256: str) -> bool:
    """Tell whether a text of a document is held."""
    found = connection.execute(
        "SELECT 1 FROM document_version WHERE document_id = ? AND sha256 = ?",
        (document_id, text_sha256),
    )
    return found.fetchone() is not None


def _check(version: DocumentVersion) -> None:
    if "\0" in version.text:
        raise IntegrityError(f"{version.id}: its text holds a NUL. Replace it with U+FFFD.")
    made = sha256(version.text.encode()).hexdigest()
    if made != version.sha256:
        raise IntegrityError(f"{version.id}: its text has the SHA-256 {made}, not the one given")
    if derived_version(version, made) != version:
        raise IntegrityError(f"{version.id} is not the id of its content")
    utc = version.published.utc
    if utc and utc.utcoffset() != timedelta(0):
        raise IntegrityError(f"{version.id}: the instant it was published at is not in UTC")
    for role, span in version.layout.parts():
        quoted(version.text, span, f"{version.id} {role.value}")
    if layout_of(version.layout.parts()) != version.layout:
        raise IntegrityError(f"{version.id}: the stretches of its layout are not in text order")


def layout_of(parts: Iterable[tuple[PartRole, Span]]) -> Layout:
    """Return a layout of stretches in any order."""
    known = list(parts)
    return Layout(
        **{role.value: ordered(span for held, span in known if held is role) for role in PartRole}
    )


def _is_held(connection: sqlite3.Connection, version: DocumentVersion) -> bool:
    held = connection.execute(
        "SELECT id, text = ? FROM document_version WHERE document_id = ? AND sha256 = ?",
        (version.text, version.document_id, version.sha256),
    ).fetchone()
    if held and not held[1]:
        raise IntegrityError(f"{held[0]} is held with other content. See: claimtrack check")
    return held is not None


def _put_version(
    connection: sqlite3.Connection, version: DocumentVersion, replaced: int, at: str
) -> int:
    """Insert a version with its document, parts and index; return its place in the document."""
    known_by, identity = ("url", version.url) if version.url else ("text", version.sha256)
    document: Row = {"id": version.document_id, "known_by": known_by, "identity": identity}
    if put(connection, "document", document, {"recorded_at": at}) and version.url:
        url: Row = {"document_id": version.document_id, "kind": "raw", "url": version.url}
        insert(connection, "document_url", [url])
    number, seq = connection.execute(
        "SELECT (SELECT coalesce(max(number), 0) + 1 FROM document_version),"
        " (SELECT coalesce(max(seq), 0) + 1 FROM document_version WHERE document_id = ?)",
        (version.document_id,),
    ).fetchone()
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
    recorded: Row = {"number": number, "seq": seq, "replaced": replaced, "recorded_at": at}
    put(connection, "document_version", content, recorded)
    parts: list[Row] = [
        {"version_id": version.id, "role": role.value, "start": span.start, "end": span.end}
        for role, span in version.layout.parts()
    ]
    insert(connection, "document_part", parts)
    _index_version(connection, version, number)
    return int(seq)


def _index_version(connection: sqlite3.Connection, version: DocumentVersion, number: int) -> None:
    """Index the title and the body, or the whole text where no body was told apart."""
    layout, text = version.layout, version.text
    title = version.title or words_of(text, layout.title)
    body = "\n".join(span.of(text) for span in layout.byline + layout.body)
    row: Row = {"rowid": number, "title": indexed(title), "body": indexed(body or text)}
    insert(connection, "document_fts", [row])


def _put_attributions(
    connection: sqlite3.Connection, origin: _Origin, attributions: Sequence[Attribution]
) -> None:
    """Insert attributions with their spans, claims, relays and index.

    Two that differ in nothing but their via or key are one attribution, reached by two ways.
    """
    ids = {each.key: attribution_id(origin.version.id, each) for each in attributions}
    if len(ids) < len(attributions):
        raise IntegrityError(f"{origin.version.id}: two attributions have the same key")
    _check_links(origin.version.id, attributions, ids)
    _check_sources(connection, attributions)
    first = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM attribution").fetchone()[0]
    new = list({ids[each.key]: each for each in reversed(attributions)}.items())[::-1]
    numbered = [(first + place, row_id, each) for place, (row_id, each) in enumerate(new)]
    rows = [_row(origin, ids, first, each) for each in numbered]
    insert(connection, "attribution", rows)
    for _, row_id, each in numbered:
        insert(connection, "attribution_span", _span_rows(origin.version.text, row_id, each))
    _put_claims(connection, origin, new)
    _put_relays(connection, origin, attributions, ids)
    _index_attributions(connection, origin.version.text, numbered)


def _check_links(
    version_id: str, attributions: Sequence[Attribution], ids: Mapping[str, str]
) -> None:
    for each in attributions:
        for name, key in (("via", each.via), ("responds_to", each.responds_to)):
            if key is not None and ids.get(key, ids[each.key]) == ids[each.key]:
                raise IntegrityError(
                    f"{version_id} attribution {each.key}: its {name} {key!r} is no other"
                    " attribution of the text"
                )


def _check_sources(connection: sqlite3.Connection, attributions: Sequence[Attribution]) -> None:
    for each in attributions:
        if each.source_id is None:
            continue
        held = connection.execute("SELECT 1 FROM source WHERE id = ?", (each.source_id,))
        if not held.fetchone():
            raise IntegrityError(f"attribution {each.key}: its source {each.source_id} is not held")


def _row(
    origin: _Origin, ids: Mapping[str, str], first: int, numbered: tuple[int, str, Attribution]
) -> Row:
    number, row_id, each = numbered
    return {
        "number": number,
        "id": row_id,
        "version_id": origin.version.id,
        "ord": number - first,
        "key": each.key,
        "kind": each.kind.value,
        "channel": each.channel.value,
        "stance": each.stance.value,
        "assertion": each.assertion.value,
        "modality": each.modality.value,
        "source_type": each.source_type.value,
        "source_name": each.source_name,
        "source_id": each.source_id,
        "confidence": each.confidence,
        "cue_unknown": each.cue_unknown,
        "pattern": each.pattern,
        "responds_to_id": ids[each.responds_to] if each.responds_to is not None else None,
        **origin.recorded(),
    }


def _span_rows(text: str, row_id: str, each: Attribution) -> list[Row]:
    return [
        {
            "attribution_id": row_id,
            "role": role.value,
            "ord": place,
            **quoted(text, span, f"{row_id} {role.value}")._asdict(),
        }
        for role in Role
        for place, span in enumerate(getattr(each, role.value))
    ]


def _put_claims(
    connection: sqlite3.Connection, origin: _Origin, new: Sequence[tuple[str, Attribution]]
) -> None:
    version = origin.version
    claims = [
        (claim_id(row_id), row_id, words_of(version.text, each.content)) for row_id, each in new
    ]
    insert(
        connection,
        "claim",
        [
            {"id": claim, "attribution_id": row_id, "recorded_at": origin.at}
            for claim, row_id, _ in claims
        ],
    )
    insert(
        connection,
        "claim_text",
        [
            {
                "claim_id": claim,
                "lang": version.lang,
                "text": text,
                "wording": wording_digest(version.lang, text),
            }
            for claim, _, text in claims
        ],
    )
    rows = [{"claim_id": claim, "cluster_id": claim} for claim, _, _ in claims]
    insert(connection, "claim_cluster", rows)


def _put_relays(
    connection: sqlite3.Connection,
    origin: _Origin,
    attributions: Sequence[Attribution],
    ids: Mapping[str, str],
) -> None:
    by_key = {each.key: each for each in attributions}
    rows: dict[str, Row] = {}
    for told in attributions:
        if told.via is None:
            continue
        child, parent = ids[told.via], ids[told.key]
        kind = RelayKind.QUOTES if told.kind is Kind.DIRECT else RelayKind.RELAYS
        row_id = relay_id(child, parent, kind)
        rows[row_id] = {
            "id": row_id,
            "child_id": child,
            "parent_id": parent,
            "kind": kind.value,
            "evidence": _evidence(origin.version.text, by_key[told.via], told),
            **origin.recorded(),
        }
    insert(connection, "relay", list(rows.values()))


def _evidence(text: str, teller: Attribution, told: Attribution) -> str:
    """Return the words that say that one reports the other: who and how, twice."""
    spans = teller.source + teller.cue + told.source + told.cue
    if not spans:
        return ""
    stretch = hull(spans)
    if stretch.end - stretch.start <= _LONGEST_EVIDENCE:
        return stretch.of(text)
    return words_of(text, ordered(set(spans)))


def _put_narration(connection: sqlite3.Connection, origin: _Origin, spans: Sequence[Span]) -> None:
    version = origin.version
    rows: dict[str, Row] = {}
    for span in spans:
        row_id = narration_id(version.id, span)
        place = quoted(version.text, span, f"{version.id} narrator")._asdict()
        rows[row_id] = {"id": row_id, "version_id": version.id, **place, **origin.recorded()}
    insert(connection, "narration", list(rows.values()))


def _index_attributions(
    connection: sqlite3.Connection, text: str, numbered: Sequence[tuple[int, str, Attribution]]
) -> None:
    rows: list[Row] = [
        {
            "rowid": number,
            "source": indexed(words_of(text, each.source + each.antecedent)),
            "cue": indexed(words_of(text, each.cue)),
            "content": indexed(words_of(text, each.content)),
        }
        for number, _, each in numbered
    ]
    insert(connection, "attribution_fts", rows)
