"""The database in the words of PROV: what both its serialisations write.

Entities are works, their versions, claims, reports (attributions) and verdicts; agents are
sources, people of the desk and software; activities are captures, judgements and reviews. A report
is attributed to its source, a specialization of its claim, and derived from what it was taken from.
What people decided stands in a bundle for each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from claimtrack.export.iris import language, web
from claimtrack.graph.provenance import address_id
from claimtrack.model.ids import digest
from claimtrack.model.run import PERSON
from claimtrack.model.source import Source
from claimtrack.model.vocabulary import RelayKind, SourceKind, SourceRelationKind, Verdict
from claimtrack.store import Connection, flat, held, links, read, relations, whole
from claimtrack.store.flat import Placed


class Text(NamedTuple):
    """A literal: its words, and their language or their type, a QName, or neither."""

    text: str
    lang: str | None = None
    type: str | None = None


class Ref(NamedTuple):
    """Another thing, by its id."""

    id: str


Attribute = tuple[str, Text | Ref]


class Thing(NamedTuple):
    """An entity, agent or activity, with QNames for its types and the names of its attributes."""

    id: str
    types: tuple[str, ...]
    attributes: tuple[Attribute, ...] = ()


class Relation(NamedTuple):
    """What a thing has to do with another; `type` is a QName that says more, as do attributes."""

    start: str
    end: str
    type: str | None = None
    attributes: tuple[Attribute, ...] = ()


class Facts(NamedTuple):
    """Things and relations, each as they are asked for; names of relations are PROV-JSON's."""

    entities: Callable[[], Iterator[Thing]]
    agents: Callable[[], Iterator[Thing]]
    activities: Callable[[], Iterator[Thing]]
    relations: dict[str, Callable[[], Iterator[Relation]]]


_ORGANIZATIONS = frozenset(
    {
        *(SourceKind.BODY, SourceKind.STATE, SourceKind.OUTLET),
        *(SourceKind.AGENCY, SourceKind.EMBASSY),
    }
)
_ON_BEHALF = frozenset({SourceRelationKind.SPEAKS_FOR, SourceRelationKind.ACCOUNT_OF})
_WORDS = (("prov:value", "content"), ("ct:cue", "cue"), ("ct:sourceWords", "source"))
_HOW = ("stance", "modality")
PAPERS = frozenset({"document", "leak"})
"""The channels of what was there before anybody reported it."""


def facts(connection: Connection) -> Facts:
    """Return what the database says; what people decided is in `bundles`."""
    return Facts(
        entities=lambda: _entities(connection),
        agents=lambda: _agents(connection),
        activities=lambda: _captures(connection),
        relations={
            "wasGeneratedBy": lambda: _generated(connection),
            "used": lambda: _used(connection),
            "wasDerivedFrom": lambda: _derived(connection),
            "wasAttributedTo": lambda: _attributed(connection),
            "actedOnBehalfOf": lambda: _on_behalf(connection),
            "specializationOf": lambda: _specialized(connection),
            "alternateOf": lambda: _alternates(connection),
        },
    )


def bundles(connection: Connection) -> Iterator[tuple[str, Facts]]:
    """Yield what each person decided, under the id of a bundle."""
    for user in _users(connection):
        yield bundle_id(user), _decided(connection, user)


def user_id(name: str) -> str:
    """Return the id of a person at the desk."""
    return f"user-{digest(name)}"


def bundle_id(name: str) -> str:
    """Return the id of what a person decided."""
    return f"bundle-{digest(name)}"


def agent_of(one: Placed) -> str:
    """Return the id of whom a report is attributed to; each unknown one is its own."""
    return one.source.id if one.source else _mention(one.report.id)


def _mention(report: str) -> str:
    return f"mention-{report.partition('-')[2]}"


def attribution(one: Placed) -> Thing:
    """Return a report."""
    report, lang = one.report, language(one.document.lang)
    attributes: list[Attribute] = [
        (name, Text(report.words[role], lang)) for name, role in _WORDS if role in report.words
    ]
    attributes += [
        ("ct:quotation", Text(report.kind)),
        ("ct:channel", Text(report.channel)),
        ("ct:stance", Text(report.stance)),
        ("ct:assertion", Text(report.assertion)),
        ("ct:modality", Text(report.modality)),
        ("ct:sourceType", Text(report.source_type)),
        ("ct:confidence", Text(str(report.confidence), type="xsd:double")),
        ("ct:inDocument", Ref(report.version)),
    ]
    if report.responds_to:
        name = "ct:disputes" if one.disputes else "ct:respondsTo"
        attributes.append((name, Ref(report.responds_to)))
    return Thing(report.id, ("ct:Attribution",), tuple(attributes))


def _entities(connection: Connection) -> Iterator[Thing]:
    for document in read.all_documents(connection):
        about = (_label(document.title, document.lang), *_page(document.url))
        yield Thing(document.id, ("ct:Work",), about)
    for version in held.versions(connection):
        yield Thing(version.id, ("ct:DocumentVersion",), tuple(_version(version)))
    for user in _users(connection):
        yield Thing(bundle_id(user), ("prov:Bundle", "prov:Collection"))
    yield from _claims(connection)
    yield from map(attribution, flat.placed(connection))
    yield from _outside(connection)
    for capture in whole.captures(connection):
        yield Thing(f"page-{digest(capture['url'])}", ("ct:Page",), _page(capture["url"]))


def _claims(connection: Connection) -> Iterator[Thing]:
    """Yield claims by the names they go by, then those that were joined to one of them."""
    against: dict[str, list[Attribute]] = {}
    for one in relations.every(connection):
        name = "".join(part.capitalize() for part in one.kind.value.split("_"))
        name = f"ct:{name[0].lower()}{name[1:]}"
        against.setdefault(one.left, []).append((name, Ref(one.right)))
    for claim in links.all_claims(connection):
        label = _label(claim.text, claim.lang)
        yield Thing(claim.id, ("ct:Claim",), (label, *against.get(claim.id, ())))
    for joined, texts in groupby(links.joined_claims(connection), key=itemgetter(0)):
        labels = tuple(_label(text, lang) for *_, lang, text in texts)
        yield Thing(joined, ("ct:Claim",), labels)


def _outside(connection: Connection) -> Iterator[Thing]:
    """Yield what reports were taken from and that is not held."""
    for address in links.outer_addresses(connection):
        yield Thing(address_id(address), ("ct:Unheld",), _page(address))
    for outside in links.outer_relays(connection):
        if outside.source:
            yield Thing(_unheld(outside), ("ct:Unheld",))


def _version(version: held.Held) -> Iterator[Attribute]:
    yield _label(version.title, version.lang)
    yield "prov:generatedAtTime", Text(version.seen_at, type="xsd:dateTime")
    yield "ct:sha256", Text(version.sha256)
    if version.outlet:
        yield "ct:outlet", Text(version.outlet)
    if version.published_stated:
        yield "ct:published", Text(version.published_stated)


def _page(url: str | None) -> tuple[Attribute, ...]:
    known = web(url)
    return (("ct:url", Text(known, type="xsd:anyURI")),) if known else ()


def _unheld(outside: links.Outside) -> str:
    """Return the id of what a source said, of which no report is held."""
    return f"unheld-{digest([outside.report, outside.source])}"


def _label(text: str, lang: str | None = None) -> Attribute:
    return "rdfs:label", Text(text, language(lang) if lang else None)


def _agents(connection: Connection) -> Iterator[Thing]:
    for source in read.all_sources(connection):
        yield Thing(source.id, _kinds(source), tuple(_names(source)))
    for one in flat.placed(connection):
        if not one.source:
            words = one.report.words.get("source") or one.report.words.get("antecedent")
            label = [_label(words, one.document.lang)] if words else []
            yield Thing(agent_of(one), ("ct:Mention",), tuple(label))
    for run in whole.runs(connection):
        by_hand = run["tool"] == PERSON
        called = run["version"] if by_hand else f"{run['tool']} {run['version']}"
        kinds = ("prov:Person", "ct:Analyst") if by_hand else ("prov:SoftwareAgent",)
        yield Thing(run["id"], kinds, (_label(called),))
    for user in _users(connection):
        yield Thing(user_id(user), ("prov:Person", "ct:Analyst"), (_label(user),))


def _kinds(source: Source) -> tuple[str, ...]:
    ours = f"ct:{source.kind.value.capitalize()}"
    if source.kind is SourceKind.PERSON:
        return "prov:Person", ours
    return ("prov:Organization", ours) if source.kind in _ORGANIZATIONS else (ours,)


def _names(source: Source) -> Iterator[Attribute]:
    yield _label(source.name)
    for name in source.names:
        if name.text != source.name:
            yield _label(name.text, name.lang)
    if source.country:
        yield "ct:country", Text(source.country)
    if source.wikidata:
        yield "ct:wikidata", Text(source.wikidata)


def _users(connection: Connection) -> list[str]:
    """Return who decided something."""
    names = {one["judged_by"] for one in whole.judgements(connection)}
    names |= {one["reviewed_by"] for one in whole.reviews(connection)}
    names |= {one["graded_by"] for one in whole.grades(connection)}
    return sorted(name for name in names if name)


def _captures(connection: Connection) -> Iterator[Thing]:
    for one in whole.captures(connection):
        times = (one["hops"][0]["at"] if one["hops"] else one["at"], one["at"])
        yield Thing(
            one["id"],
            ("ct:Capture",),
            (
                ("prov:startedAtTime", Text(times[0], type="xsd:dateTime")),
                ("prov:endedAtTime", Text(times[1], type="xsd:dateTime")),
                ("ct:sha256", Text(one["sha256"])),
                ("ct:status", Text(str(one["status"]), type="xsd:int")),
                ("ct:tool", Text(one["tool"])),
            ),
        )


def _generated(connection: Connection) -> Iterator[Relation]:
    for one in whole.captures(connection):
        for version in one["versions"]:
            yield Relation(version, one["id"])


def _used(connection: Connection) -> Iterator[Relation]:
    for one in whole.captures(connection):
        yield Relation(one["id"], f"page-{digest(one['url'])}")


def _derived(connection: Connection) -> Iterator[Relation]:
    for version in held.versions(connection):
        if version.previous_id:
            yield Relation(version.id, version.previous_id, "prov:Revision")
    for relay in links.relays(connection):
        if relay.kind == RelayKind.QUOTES.value:
            kind = "prov:Quotation"
        elif relay.parent_channel in PAPERS:
            kind = "prov:PrimarySource"
        else:
            kind = f"ct:{relay.kind.capitalize()}"
        yield Relation(relay.child, relay.parent, kind)
    for outside in links.outer_relays(connection):
        end = _unheld(outside) if outside.source else address_id(outside.url or "")
        yield Relation(outside.report, end, "ct:TakenFrom")


def _attributed(connection: Connection) -> Iterator[Relation]:
    for link in links.said(connection):
        how = tuple((f"ct:{name}", Text(getattr(link, name))) for name in _HOW)
        cue = (("ct:cue", Text(link.cue)),) if link.cue else ()
        yield Relation(link.report, link.source or _mention(link.report), attributes=(*cue, *how))
    for outside in links.outer_relays(connection):
        if outside.source:
            yield Relation(_unheld(outside), outside.source)
    for user in _users(connection):
        yield Relation(bundle_id(user), user_id(user))


def _on_behalf(connection: Connection) -> Iterator[Relation]:
    for source in whole.sources(connection):
        for one in source["relations"]:
            if one["kind"] in _ON_BEHALF:
                kind = "".join(part.capitalize() for part in one["kind"].split("_"))
                yield Relation(source["id"], one["parent_id"], f"ct:{kind}")


def _specialized(connection: Connection) -> Iterator[Relation]:
    for version in held.versions(connection):
        yield Relation(version.id, version.document_id)
    for link in links.of_reports(connection):
        yield Relation(link.report, link.claim)


def _alternates(connection: Connection) -> Iterator[Relation]:
    for relay in links.relays(connection):
        if relay.kind == RelayKind.TRANSLATES.value:
            yield Relation(relay.child, relay.parent)
    pairs = ((joined, cluster) for joined, cluster, *_ in links.joined_claims(connection))
    for joined, cluster in dict.fromkeys(pairs):
        yield Relation(joined, cluster)
    for merged, known in links.merged_sources(connection):
        yield Relation(merged, known)


def _decided(connection: Connection, user: str) -> Facts:
    """Return what a person decided: verdicts, grades, and which claims are one."""
    return Facts(
        entities=lambda: _verdicts(connection, user),
        agents=lambda: iter([Thing(user_id(user), ("prov:Person", "ct:Analyst"), (_label(user),))]),
        activities=lambda: chain(_judgements(connection, user), _reviewing(connection, user)),
        relations={
            "wasGeneratedBy": lambda: (
                Relation(one["id"], _act(one)) for one in _reviews_of(connection, user)
            ),
            "used": lambda: _weighed(connection, user),
            "wasAttributedTo": lambda: (
                Relation(one.id, user_id(user)) for one in _verdicts(connection, user)
            ),
            "wasAssociatedWith": lambda: (
                Relation(one.id, user_id(user))
                for some in (_judgements(connection, user), _reviewing(connection, user))
                for one in some
            ),
            "alternateOf": lambda: _same(connection, user),
        },
    )


def _verdicts(connection: Connection, user: str) -> Iterator[Thing]:
    for one in _reviews_of(connection, user):
        yield Thing(one["id"], ("ct:Review",), tuple(_review(one)))
    for one in whole.grades(connection):
        if one["graded_by"] == user:
            name = "ct:credibility" if one["claim_id"] else "ct:reliability"
            of = one["claim_id"] or one["source_id"]
            yield Thing(
                one["id"],
                ("ct:Grade",),
                (
                    (name, Text(one["grade"])),
                    ("ct:of", Ref(of)),
                    ("prov:generatedAtTime", Text(one["graded_at"], type="xsd:dateTime")),
                    ("rdfs:comment", Text(one["reason"])),
                ),
            )


def _reviews_of(connection: Connection, user: str) -> Iterator[whole.Record]:
    return (one for one in whole.reviews(connection) if one["reviewed_by"] == user)


def _act(review: whole.Record) -> str:
    """Return the id of the act of reviewing."""
    return f"reviewing-{review['id'].partition('-')[2]}"


def _reviewing(connection: Connection, user: str) -> Iterator[Thing]:
    for one in _reviews_of(connection, user):
        at = ("prov:endedAtTime", Text(one["reviewed_at"], type="xsd:dateTime"))
        yield Thing(_act(one), ("ct:Reviewing",), (at,))


def _weighed(connection: Connection, user: str) -> Iterator[Relation]:
    """Yield which reports verdicts were given on: the live ones of the claim."""
    for one in _reviews_of(connection, user):
        for report in links.reports_of(connection, one["claim_id"]):
            yield Relation(_act(one), report)


def _review(one: whole.Record) -> Iterator[Attribute]:
    yield "ct:of", Ref(one["claim_id"])
    yield "ct:scale", Text(one["scale"])
    yield "ct:rating", Text(one["rating"])
    yield "prov:generatedAtTime", Text(one["reviewed_at"], type="xsd:dateTime")
    if one["text"]:
        yield "prov:value", Text(one["text"])
    page = web(one["url"])
    if page:
        yield "ct:url", Text(page, type="xsd:anyURI")


def _judgements(connection: Connection, user: str) -> Iterator[Thing]:
    for one in whole.judgements(connection):
        if one["judged_by"] == user:
            yield Thing(
                one["id"],
                ("ct:Judgement",),
                (
                    ("ct:verdict", Text(one["verdict"])),
                    ("ct:of", Ref(one["left_id"])),
                    ("ct:of", Ref(one["right_id"])),
                    ("prov:endedAtTime", Text(one["judged_at"], type="xsd:dateTime")),
                    ("rdfs:comment", Text(one["evidence"])),
                ),
            )


def _same(connection: Connection, user: str) -> Iterator[Relation]:
    for one in whole.judgements(connection):
        if one["judged_by"] == user and one["verdict"] == Verdict.POSITIVE.value:
            yield Relation(one["left_id"], one["right_id"])
