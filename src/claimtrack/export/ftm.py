"""FollowTheMoney entities, a JSON object a line, for Aleph and OpenSanctions' tools.

FollowTheMoney has no claim: a claim is an Event that its reports document. Its links have no
direction, so the direction stands in their `role`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from claimtrack.export.elements import encoded
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import web
from claimtrack.graph.provenance import address_id
from claimtrack.model.source import Source
from claimtrack.model.vocabulary import Precision, SourceKind, SourceType
from claimtrack.store import Connection, flat, held, links, read, whole
from claimtrack.store.flat import Placed
from claimtrack.store.views import DocumentRef

_REQUIRED = {
    "Person": ("name",),
    "Organization": ("name",),
    "PublicBody": ("name",),
    "LegalEntity": ("name",),
    "UserAccount": ("username",),
    "Event": ("name",),
    "Documentation": ("document", "entity"),
    "UnknownLink": ("subject", "object"),
    "Article": (),
    "Note": (),
}
"""The schemata we write, and the properties that FollowTheMoney asks of each."""

_AGENT = frozenset({"name", "country", "wikidataId"})
_KNOWN = {
    **dict.fromkeys(("Person", "Organization", "PublicBody", "LegalEntity"), _AGENT),
    "UserAccount": frozenset({"username", "country", "wikidataId"}),
    "Event": frozenset({"name", "summary"}),
    "Documentation": frozenset({"document", "entity", "role", "date", "summary"}),
    "UnknownLink": frozenset({"subject", "object", "role", "date", "startDate", "endDate"}),
    "Note": frozenset({"description", "summary", "entity", "publisher", "createdAt"}),
    "Article": frozenset(
        {
            *("title", "publisher", "sourceUrl", "publishedAt", "retrievedAt", "contentHash"),
        }
    ),
}
"""The properties of each that we write; FollowTheMoney's own library ignores unknown ones."""

_SCHEMATA = {
    SourceKind.PERSON: "Person",
    SourceKind.STATE: "PublicBody",
    SourceKind.EMBASSY: "PublicBody",
    SourceKind.BODY: "Organization",
    SourceKind.OUTLET: "Organization",
    SourceKind.AGENCY: "Organization",
    SourceKind.ACCOUNT: "UserAccount",
}
_PUBLIC = frozenset({SourceType.GOVERNMENT, SourceType.MILITARY})


class Entity(NamedTuple):
    """An entity; a property has any number of values."""

    id: str
    schema: str
    properties: dict[str, list[str]]


def write(connection: Connection, out: BinaryIO, _options: Options) -> Done:
    """Write entities, a line each."""
    written = 0
    for one in _entities(connection):
        out.write(encoded(one._asdict()) + b"\n")
        written += 1
    return Done(written)


def check(data: bytes) -> Iterable[str]:
    """Yield which lines lack what FollowTheMoney's schemata ask for, or lead nowhere.

    Its own library says nothing of either.
    """
    entities = [json.loads(line) for line in data.splitlines()]
    ids = {one.get("id") for one in entities}
    for number, one in enumerate(entities, 1):
        schema = one.get("schema")
        if schema not in _REQUIRED:
            yield f"line {number}: {schema!r} is none of the schemata that are written"
            continue
        for name in one["properties"].keys() - _KNOWN[schema]:
            yield f"line {number}: a {schema} has no {name}"
        for name in _REQUIRED[schema]:
            if not one["properties"].get(name):
                yield f"line {number}: a {schema} needs {name}"
        for name, values in one["properties"].items():
            if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
                yield f"line {number}: {name} is no list of texts"
            elif name in _LEADS:
                yield from (f"line {number}: {each} is no entity" for each in set(values) - ids)


_LEADS = frozenset({"document", "entity", "subject", "object"})


def _entities(connection: Connection) -> Iterator[Entity]:
    for source in read.all_sources(connection):
        yield _source(source)
    for source_record in whole.sources(connection):
        yield from _relations(source_record)
    for document in read.all_documents(connection):
        yield _article(connection, document)
    for claim in links.all_claims(connection):
        yield _made(claim.id, "Event", name=claim.text, summary=claim.text)
    for one in flat.placed(connection):
        yield from _report(one)
    for relay in links.relays(connection):
        ends = {"subject": f"{relay.child}-note", "object": f"{relay.parent}-note"}
        yield _made(f"{relay.child}-{relay.parent}", "UnknownLink", **ends, role=relay.kind)
    for address in links.outer_addresses(connection):
        url = web(address)
        yield _made(address_id(address), "Article", title=address, sourceUrl=url)
    for outside in links.outer_relays(connection):
        end = outside.source or address_id(outside.url or "")
        ends = {"subject": f"{outside.report}-note", "object": end}
        yield _made(f"{outside.report}-{end}", "UnknownLink", **ends, role="taken from")
    for review in whole.reviews(connection):
        claim_id = read.claim(connection, review["claim_id"]).id
        words = f"{review['rating']} ({review['scale']}): {review['text']}"
        more = {"publisher": review["reviewed_by"], "createdAt": review["reviewed_at"][:10]}
        yield _made(review["id"], "Note", entity=claim_id, description=words, **more)


def _source(source: Source) -> Entity:
    schema = _SCHEMATA.get(source.kind, "LegalEntity")
    if schema == "Organization" and source.type in _PUBLIC:
        schema = "PublicBody"
    names = [source.name, *(name.text for name in source.names)]
    called = {"username" if schema == "UserAccount" else "name": list(dict.fromkeys(names))}
    made = _made(source.id, schema, country=(source.country or "").lower())
    wikidata = {"wikidataId": [source.wikidata]} if source.wikidata else {}
    return made._replace(properties={**called, **made.properties, **wikidata})


def _relations(record: whole.Record) -> Iterator[Entity]:
    for one in record["relations"]:
        yield _made(
            f"{record['id']}-{one['kind']}-{one['parent_id']}",
            "UnknownLink",
            subject=record["id"],
            object=one["parent_id"],
            role=one["kind"].replace("_", " "),
            startDate=str(one["since"] or ""),
            endDate=str(one["until"] or ""),
        )


def _article(connection: Connection, document: DocumentRef) -> Entity:
    version = held.version(connection, document.version_id)
    dated = document.published.precision is not Precision.UNKNOWN
    return _made(
        document.id,
        "Article",
        title=document.title,
        publisher=document.outlet,
        sourceUrl=web(document.url),
        publishedAt=document.published.iso()[:10] if dated else None,
        retrievedAt=(version.captured_at or "")[:10],
        contentHash=version.capture_sha256,
    )


def _report(one: Placed) -> Iterator[Entity]:
    """Yield what a report says, that its article documents its claim, and who makes the claim."""
    report, words = one.report, one.report.words
    facts = f"{report.assertion}, {report.stance}, {report.channel}"
    date = one.document.published.iso()[:10]
    yield _made(
        f"{report.id}-note",
        "Note",
        description=words["content"],
        summary=f"{words.get('source', '')} {words.get('cue', '')} ({facts})".strip(),
        entity=report.claim,
        publisher=one.document.outlet,
        createdAt=date,
    )
    yield _made(
        f"{report.id}-documentation",
        "Documentation",
        document=report.document,
        entity=report.claim,
        role="reports",
        date=date,
        summary=words["content"],
    )
    if one.source:
        yield _made(
            f"{report.id}-link",
            "UnknownLink",
            subject=one.source.id,
            object=report.claim,
            role="disputes" if one.disputes else "claims",
            date=date,
        )


def _made(row_id: str, schema: str, **facts: str | None) -> Entity:
    return Entity(row_id, schema, {name: [value] for name, value in facts.items() if value})


FORM = Form(
    "Sources, articles, claims and reports as FollowTheMoney entities, for Aleph.",
    ".ftm.jsonl",
    write,
    things="entities",
    check=check,
)
