"""The tables that csv, xlsx and parquet write: a kind of row for each kind of thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claimtrack.store import Connection, flat, links, read
from claimtrack.store.views import DocumentRef

Cell = str | float | None


class AttributionRow(NamedTuple):
    """One act of reporting. `start` and `end` are where its content lies, in code points."""

    attribution: str
    claim: str
    document: str
    version: str
    published: str
    outlet: str | None
    url: str | None
    title: str
    language: str
    source: str | None
    source_id: str | None
    source_type: str
    country: str | None
    source_words: str
    cue: str
    content: str
    sentence: str
    start: int
    end: int
    kind: str
    channel: str
    stance: str
    assertion: str
    modality: str
    confidence: float
    relayed_by: str | None
    responds_to: str | None
    made_by: str
    reviewed_by: str | None


class ClaimRow(NamedTuple):
    """A claim in the wording it is called by, and how often it was reported."""

    claim: str
    text: str
    language: str
    reports: int
    sources: int


class DocumentRow(NamedTuple):
    """A document in its latest version."""

    document: str
    version: str
    title: str
    outlet: str | None
    url: str | None
    language: str
    published: str
    published_as_stated: str


class SourceRow(NamedTuple):
    """A source; its names are joined by " | ", the official ones among them first."""

    source: str
    name: str
    kind: str
    type: str
    country: str | None
    names: str
    relations: str
    domain: str | None
    wikidata: str | None
    invented: int


class RelayRow(NamedTuple):
    """A report that was taken from another."""

    report: str
    taken_from: str
    kind: str
    evidence: str


Row = AttributionRow | ClaimRow | DocumentRow | SourceRow | RelayRow

TABLES: dict[str, type[Row]] = {
    "attributions": AttributionRow,
    "claims": ClaimRow,
    "documents": DocumentRow,
    "sources": SourceRow,
    "relays": RelayRow,
}
"""Names of tables, and what a row of each is."""


Group = tuple[Cell, ...]
Groups = tuple[str, str, Group, Group, tuple[str, ...], int, int, Group, Group]
"""The cells of an `AttributionRow`, those that many rows share together: of the document, of the
source, the words, how it is said, and the last four."""


def attributions(connection: Connection) -> Iterator[AttributionRow]:
    """Yield a row for each attribution, text by text, as they stand in it."""
    for report, claim, document, source, words, start, end, how, others in in_groups(connection):
        yield AttributionRow._make(
            (report, claim, *document, *source, *words, start, end, *how, *others)
        )


def in_groups(connection: Connection) -> Iterator[Groups]:
    """Yield the cells of what `attributions` yields."""
    document, told = None, tuple[str | None, ...]()
    for one in flat.in_context(connection):
        report, claim, found_in, source, source_type, words, start, end, how = one[:9]
        if found_in is not document:
            document = found_in
            told = _told(document)
        name, source_id, country = (source.name, source.id, source.country) if source else _NOBODY
        about = (name, source_id, source_type, country)
        yield report, claim, told, about, words, start, end, how, one[9:]


_NOBODY = (None, None, None)


def _told(document: DocumentRef) -> tuple[str | None, ...]:
    """Return what the row of a report tells of its document: `document` to `language`."""
    about = (document.id, document.version_id, document.published.iso())
    return (*about, document.outlet, document.url, document.title, document.lang)


def claims(connection: Connection) -> Iterator[ClaimRow]:
    """Yield a row for each claim, those with the most reports first."""
    for claim in links.all_claims(connection, most_first=True):
        yield ClaimRow(claim.id, claim.text, claim.lang, claim.reports, claim.sources)


def documents(connection: Connection) -> Iterator[DocumentRow]:
    """Yield a row for each document, by id."""
    for document in read.all_documents(connection):
        yield DocumentRow(
            document=document.id,
            version=document.version_id,
            title=document.title,
            outlet=document.outlet,
            url=document.url,
            language=document.lang,
            published=document.published.iso(),
            published_as_stated=document.published.stated,
        )


def sources(connection: Connection) -> Iterator[SourceRow]:
    """Yield a row for each source, by id."""
    for source in read.all_sources(connection):
        yield SourceRow(
            source=source.id,
            name=source.name,
            kind=source.kind.value,
            type=source.type.value,
            country=source.country,
            names=" | ".join(name.text for name in source.names),
            relations=" | ".join(f"{one.kind.value} {one.parent}" for one in source.relations),
            domain=source.domain,
            wikidata=source.wikidata,
            invented=int(source.invented),
        )


def relays(connection: Connection) -> Iterator[RelayRow]:
    """Yield a row for each relay, by id."""
    for relay in read.all_relays(connection):
        yield RelayRow(relay.child_id, relay.parent_id, relay.kind.value, relay.evidence)


def every(
    connection: Connection,
) -> Iterator[tuple[str, type[Row], Iterable[tuple[Cell, ...]]]]:
    """Yield each table: its name, what its rows are, and these."""
    for (name, kind), read_rows in zip(TABLES.items(), _READ, strict=True):
        yield name, kind, read_rows(connection)


_READ = (attributions, claims, documents, sources, relays)
