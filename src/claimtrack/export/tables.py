"""The tables that csv, xlsx and parquet write: a kind of row for each kind of thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claimtrack.model.span import Span, hull
from claimtrack.store import Connection, read
from claimtrack.store.views import AttributionView

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


def attributions(connection: Connection) -> Iterator[AttributionRow]:
    """Yield a row for each attribution, by id."""
    return map(_attribution, read.all_attributions(connection))


def claims(connection: Connection) -> Iterator[ClaimRow]:
    """Yield a row for each claim, those with the most reports first."""
    every = read.counts(connection).claims
    for claim in read.most_reported_claims(connection, every):
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


def _attribution(one: AttributionView) -> AttributionRow:
    content = hull(Span(quote.start, quote.end) for quote in one.quotes["content"])
    return AttributionRow(
        attribution=one.id,
        claim=one.claim_id,
        document=one.document.id,
        version=one.document.version_id,
        published=one.document.published.iso(),
        outlet=one.document.outlet,
        url=one.document.url,
        title=one.document.title,
        language=one.document.lang,
        source=one.source.name if one.source else None,
        source_id=one.source.id if one.source else None,
        source_type=one.source_type.value,
        country=one.source.country if one.source else None,
        source_words=one.words("source"),
        cue=one.words("cue"),
        content=one.words("content"),
        sentence=one.context.text,
        start=content.start,
        end=content.end,
        kind=one.kind.value,
        channel=one.channel.value,
        stance=one.stance.value,
        assertion=one.assertion.value,
        modality=one.modality.value,
        confidence=one.confidence,
        relayed_by=one.via_id,
        responds_to=one.responds_to_id,
        made_by=one.run,
    )
