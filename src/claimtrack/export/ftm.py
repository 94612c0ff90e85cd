"""FollowTheMoney entities, a JSON object a line, for Aleph and OpenSanctions' tools.

FollowTheMoney has no claim: a claim is an Event that its reports document. Its links have no
direction, so the direction stands in their `role`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import BinaryIO, NamedTuple

from claimtrack.export.elements import encoded
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import site, web
from claimtrack.export.prov import PAPERS
from claimtrack.graph.provenance import address_id
from claimtrack.model.ids import content_id
from claimtrack.model.run import person
from claimtrack.model.source import Source
from claimtrack.model.vocabulary import Precision, SourceKind, SourceRelationKind, SourceType
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
    "Representation": ("agent", "client"),
    "UnknownLink": ("subject", "object"),
    "Article": (),
    "Note": (),
}
"""The schemata we write, and the properties that FollowTheMoney asks of each."""

_AGENT = frozenset({"name", "country", "wikidataId"})
_LASTING = frozenset({"role", "date", "startDate", "endDate", "proof"})
_KNOWN = {
    **dict.fromkeys(("Person", "Organization", "PublicBody", "LegalEntity"), _AGENT),
    "UserAccount": frozenset({"username", "country", "wikidataId", "owner"}),
    "Event": frozenset({"name", "summary", "date", "involved", "proof"}),
    "Documentation": frozenset({"document", "entity", "role", "date", "summary", "sourceUrl"}),
    "Representation": _LASTING | {"agent", "client"},
    "UnknownLink": _LASTING | {"subject", "object"},
    "Note": frozenset({"description", "summary", "entity", "publisher", "createdAt"}),
    "Article": frozenset(
        {
            *("title", "publisher", "publisherUrl", "sourceUrl", "publishedAt", "retrievedAt"),
            *("contentHash", "language", "bodyText"),
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
_ACCOUNT = "UserAccount"

_LANGUAGES = dict(
    re.findall(
        r"(\w+):(\w+)",
        "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu "
        "el:ell en:eng es:spa et:est fa:fas fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun "
        "hy:hye id:ind is:isl it:ita ja:jpn ka:kat kk:kaz km:khm kn:kan ko:kor ky:kir lb:ltz "
        "lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt my:mya ne:nep nl:nld no:nor pl:pol "
        "ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam "
        "te:tel tg:tgk th:tha tk:tuk tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho",
    )
)
"""The languages that FollowTheMoney knows, which it calls by three letters."""


class Entity(NamedTuple):
    """An entity; a property has any number of values, and `origin` is who or what asserts it."""

    id: str
    schema: str
    properties: dict[str, list[str]]
    datasets: tuple[str, ...] = ("claimtrack",)
    origin: tuple[str, ...] = ()


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


_LEADS = frozenset(
    {
        *("document", "entity", "subject", "object", "agent", "client"),
        *("owner", "involved", "proof"),
    }
)


def _entities(connection: Connection) -> Iterator[Entity]:
    schemata = {source.id: _schema(source) for source in read.all_sources(connection)}
    for source in read.all_sources(connection):
        yield _source(source, schemata)
    for source_record in whole.sources(connection):
        yield from _relations(source_record, schemata)
    for document in read.all_documents(connection):
        yield _article(connection, document)
    yield from _claims(connection, schemata)
    for one in flat.placed(connection):
        yield from _report(one)
    for relay in links.relays(connection):
        ends = {"subject": f"{relay.child}-note", "object": f"{relay.parent}-note"}
        proof = relay.parent_document if relay.parent_channel in PAPERS else None
        name = f"{relay.child}-{relay.parent}"
        yield _made(name, "UnknownLink", **ends, role=relay.kind, proof=proof)
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
        by = review["reviewed_by"]
        more = {"publisher": by, "createdAt": review["reviewed_at"][:10]}
        note = _made(review["id"], "Note", entity=claim_id, description=words, **more)
        yield note._replace(origin=(by,))


def _claims(connection: Connection, schemata: Mapping[str, str]) -> Iterator[Entity]:
    """Yield claims: who claims or disputes each, since when, and the articles that show it."""
    told = groupby(links.of_claims(connection), key=attrgetter("claim"))
    for claim, (_, some) in zip(links.all_claims(connection), told, strict=True):
        own = list(some)
        parties = (one.source for one in own if schemata.get(one.source or "") not in _NO_PARTY)
        days = [day for one in own if (day := one.published.iso()[:10])]
        made = _made(claim.id, "Event", name=claim.text, summary=claim.text)
        more = {
            "date": [min(days)] if days else [],
            "involved": list(dict.fromkeys(each for each in parties if each)),
            "proof": list(dict.fromkeys(one.document for one in own)),
        }
        known = {name: values for name, values in more.items() if values}
        yield made._replace(properties=made.properties | known)


_NO_PARTY = frozenset({_ACCOUNT, None})
"""What takes no part in an event: an account is no legal entity."""


def _schema(source: Source) -> str:
    schema = _SCHEMATA.get(source.kind, "LegalEntity")
    if schema == "Organization" and source.type in _PUBLIC:
        return "PublicBody"
    return schema


def _source(source: Source, schemata: Mapping[str, str]) -> Entity:
    schema = schemata[source.id]
    names = [source.name, *(name.text for name in source.names)]
    called = {"username" if schema == _ACCOUNT else "name": list(dict.fromkeys(names))}
    made = _made(source.id, schema, country=(source.country or "").lower())
    more = {"wikidataId": [source.wikidata] if source.wikidata else [], "owner": list[str]()}
    if schema == _ACCOUNT:
        of = [
            content_id("source", one.parent)
            for one in source.relations
            if one.kind is SourceRelationKind.ACCOUNT_OF
        ]
        more["owner"] = [each for each in of if schemata.get(each) not in _NO_PARTY]
    known = {name: values for name, values in more.items() if values}
    return made._replace(properties={**called, **made.properties, **known})


def _relations(record: whole.Record, schemata: Mapping[str, str]) -> Iterator[Entity]:
    for one in record["relations"]:
        ends = record["id"], one["parent_id"]
        parties = all(schemata.get(end) not in _NO_PARTY for end in ends)
        stands_for = parties and one["kind"] == SourceRelationKind.SPEAKS_FOR.value
        roles = ("agent", "client") if stands_for else ("subject", "object")
        yield _made(
            f"{record['id']}-{one['kind']}-{one['parent_id']}",
            "Representation" if stands_for else "UnknownLink",
            **dict(zip(roles, ends, strict=True)),
            role=one["kind"].replace("_", " "),
            startDate=str(one["since"] or ""),
            endDate=str(one["until"] or ""),
        )


def _article(connection: Connection, document: DocumentRef) -> Entity:
    version = held.version(connection, document.version_id)
    dated = document.published.precision is not Precision.UNKNOWN
    url = web(document.url)
    return _made(
        document.id,
        "Article",
        title=document.title,
        publisher=document.outlet,
        publisherUrl=site(url),
        sourceUrl=url,
        language=_LANGUAGES.get(document.lang),
        publishedAt=document.published.iso()[:10] if dated else None,
        retrievedAt=(version.captured_at or "")[:10],
        contentHash=version.capture_sha256,
        bodyText=held.text(connection, version.id),
    )


def _report(one: Placed) -> Iterator[Entity]:
    """Yield what a report says, that its article documents its claim, and who makes the claim."""
    origin = (person(one.report.run) or one.report.run,)
    yield from (entity._replace(origin=origin) for entity in _of_report(one))


def _of_report(one: Placed) -> Iterator[Entity]:
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
        document=one.document.id,
        entity=report.claim,
        role="reports",
        date=date,
        summary=words["content"],
        sourceUrl=web(one.document.url),
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
