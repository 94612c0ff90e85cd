"""PROV in both its forms, and nanopublications, say what the database says, and validate."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import jsonschema
import prov.model
import pytest
import rdflib
from rdflib.namespace import PROV, RDF, RDFS

from claimtrack.export import Options, describe, export
from claimtrack.export.iris import NAMESPACE
from claimtrack.export.prov import Text
from claimtrack.export.rdf import literal
from claimtrack.store import Store, read, whole
from tests.export.world import ANONYMOUS, CHAIN, CIRCLE, DENIAL, RUSSIAN, reports
from tests.match.stories import AGENCY, MINISTRY, QAMARIA

CT = rdflib.Namespace(NAMESPACE)


def written(store: Store, name: str, base: str = "urn:claimtrack:") -> bytes:
    out = io.BytesIO()
    export(name, store.connection, out, options=Options(base=base))
    return out.getvalue()


@pytest.fixture(scope="module")
def turtle(world: Store) -> rdflib.Graph:
    return rdflib.Graph().parse(data=written(world, "turtle"), format="turtle")


@pytest.fixture(scope="module")
def document(world: Store) -> Any:
    return json.loads(written(world, "prov-json"))


def term(row_id: str) -> rdflib.URIRef:
    kind, _, digits = row_id.partition("-")
    return rdflib.URIRef(f"urn:claimtrack:{kind}:{digits}")


def test_a_quotation_stands_as_a_direct_triple_and_qualified(
    turtle: rdflib.Graph, world: Store
) -> None:
    said, relayed = reports(world, DENIAL)[0], reports(world, CHAIN)[1]
    assert (term(said), PROV.wasQuotedFrom, term(relayed)) in turtle
    assert (term(said), PROV.wasDerivedFrom, term(relayed)) in turtle
    (node,) = turtle.objects(term(said), PROV.qualifiedQuotation)
    assert (node, PROV.entity, term(relayed)) in turtle


def test_every_relay_runs_from_the_relayer_to_the_relayed(
    turtle: rdflib.Graph, document: Any, world: Store
) -> None:
    wanted = {
        (term(one.child_id), term(one.parent_id)) for one in read.all_relays(world.connection)
    }
    assert wanted <= set(turtle.subject_objects(PROV.wasDerivedFrom))
    pairs = {
        (one["prov:generatedEntity"], one["prov:usedEntity"])
        for one in document["wasDerivedFrom"].values()
    }
    assert {tuple(end.removeprefix("urn:claimtrack:") for end in pair) for pair in wanted} <= pairs


def test_a_circle_stays_a_circle(turtle: rdflib.Graph, world: Store) -> None:
    x, y, z = (term(reports(world, one)[0]) for one in CIRCLE)
    for pair in ((x, y), (y, z), (z, x)):
        assert (pair[0], PROV.wasDerivedFrom, pair[1]) in turtle


def test_a_translation_is_an_alternate(turtle: rdflib.Graph, world: Store) -> None:
    pair = (term(reports(world, RUSSIAN)[0]), term(reports(world, CHAIN)[1]))
    assert (pair[0], PROV.alternateOf, pair[1]) in turtle


def test_a_denial_disputes_and_influences_nothing(turtle: rdflib.Graph, world: Store) -> None:
    said, denied = reports(world, DENIAL)
    assert (term(denied), CT.disputes, term(said)) in turtle
    assert not list(turtle.subject_objects(PROV.wasInfluencedBy))


def test_a_report_without_a_source_is_attributed_to_somebody_unknown(
    turtle: rdflib.Graph, world: Store
) -> None:
    (agent,) = turtle.objects(term(reports(world, ANONYMOUS)[0]), PROV.wasAttributedTo)
    assert (agent, RDF.type, CT.Mention) in turtle
    assert not list(turtle.objects(agent, RDFS.label))


def test_how_a_text_attributes_a_report_stands_where_it_is_qualified(
    turtle: rdflib.Graph, document: Any, world: Store
) -> None:
    _, denied = reports(world, DENIAL)
    (node,) = turtle.objects(term(denied), PROV.qualifiedAttribution)
    facts = {name: str(next(turtle.objects(node, CT[name]))) for name in ("cue", "modality")}
    assert facts == {"cue": "نفت", "modality": "denied"}
    assert (node, PROV.agent, term(MINISTRY.id)) in turtle
    name = denied.replace("-", ":")
    (record,) = (one for one in document["wasAttributedTo"].values() if one["prov:entity"] == name)
    assert (record["ct:cue"], record["ct:stance"]) == ("نفت", "neutral")


def test_a_verdict_comes_of_an_act_that_used_the_reports_of_its_claim(
    turtle: rdflib.Graph, document: Any, world: Store
) -> None:
    for review in whole.reviews(world.connection):
        (act,) = turtle.objects(term(review["id"]), PROV.wasGeneratedBy)
        used = set(turtle.objects(act, PROV.used))
        claim = read.claim(world.connection, review["claim_id"])
        assert used == {term(one.id) for one in claim.attributions}
    acts = {name for one in document["bundle"].values() for name in one["activity"]}
    assert len([name for name in acts if name.startswith("reviewing:")]) == 10


def test_names_keep_their_languages_and_letters(turtle: rdflib.Graph) -> None:
    labels = set(turtle.objects(term(MINISTRY.id), RDFS.label))
    assert rdflib.Literal("وزارة المالية القمرية", lang="ar") in labels


def test_who_speaks_for_whom_is_said(document: Any) -> None:
    (one,) = document["actedOnBehalfOf"].values()
    ends = (one["prov:delegate"], one["prov:responsible"])
    assert ends == tuple(each.id.replace("source-", "source:") for each in (MINISTRY, QAMARIA))


def test_texts_have_their_digest_and_fetched_ones_their_capture(
    turtle: rdflib.Graph, document: Any, world: Store
) -> None:
    version = term(CHAIN.version.id)
    assert (version, CT.sha256, rdflib.Literal(CHAIN.version.sha256)) in turtle
    (capture,) = turtle.objects(version, PROV.wasGeneratedBy)
    assert (capture, RDF.type, PROV.Activity) in turtle
    ((name, activity),) = document["activity"].items()
    assert name.startswith("capture:")
    assert activity["prov:endTime"] == "2025-03-04T09:30:00Z"


def test_what_each_person_decided_is_a_bundle(
    turtle: rdflib.Graph, document: Any, world: Store
) -> None:
    users = {"amal", "Desk of Qamaria", "Редакция", "وزارة المالية القمرية", "=cmd|' /C calc'!A0!"}
    owners = {
        agent["prov:label"]
        for bundle in document["bundle"].values()
        for agent in bundle["agent"].values()
    }
    assert owners == users
    rated = {str(one) for one in turtle.objects(None, CT.rating)}
    told = {
        entity["ct:rating"]
        for bundle in document["bundle"].values()
        for entity in bundle["entity"].values()
        if "ct:rating" in entity
    }
    assert rated == told >= {"false", "نصف الحقيقة", "ложь"}


def test_prov_reads_it_and_writes_the_same_records(world: Store) -> None:
    read_again = prov.model.ProvDocument.deserialize(
        content=written(world, "prov-json").decode(), format="json"
    )
    once_more = prov.model.ProvDocument.deserialize(
        content=read_again.serialize(format="json"), format="json"
    )
    assert read_again == once_more
    assert len(list(read_again.bundles)) == 5
    derived = read_again.get_records(prov.model.ProvDerivation)
    kinds = {str(kind) for one in derived for kind in one.get_asserted_types()}
    assert kinds >= {"prov:Quotation", "ct:Relays", "ct:Reprints", "ct:Translates", "ct:TakenFrom"}


def test_it_is_what_the_schema_that_prov_ships_asks_for(document: Any) -> None:
    schema = json.loads(
        files("prov.tests").joinpath("schemas", "prov-json.schema.json").read_text("utf-8")
    )
    assert list(jsonschema.Draft4Validator(schema).iter_errors(document)) == []


@pytest.mark.parametrize("name", ["prov-json", "turtle", "nanopub"])
@pytest.mark.parametrize("base", ["urn:claimtrack:", "https://desk.example/"])
def test_the_check_finds_nothing_wrong(name: str, base: str, world: Store, empty: Store) -> None:
    check = describe(name).check
    assert check
    assert not list(check(written(world, name, base)))
    assert not list(check(written(empty, name, base)))


SHAPES: list[tuple[bytes, bytes, str]] = [
    (b"prov:value ", b"ct:value ", "one content"),
    (b"prov:wasAttributedTo", b"ct:wasAttributedTo", "attributed to an agent"),
    (b"prov:specializationOf", b"ct:specializationOf", "specialization of a claim"),
    (b"prov:specializationOf", b"ct:specializationOf", "one of a work"),
    (b"ct:inDocument", b"ct:within", "one version of a document"),
    (b"prov:generatedAtTime", b"ct:generatedAtTime", "one instant"),
    (b"^^xsd:dateTime", b"", "one instant"),
    (b'ct:sha256 "', b'ct:sha256 "x', "one digest"),
    (b"prov:wasQuotedFrom", b"ct:wasQuotedFrom", "beside prov:wasQuotedFrom"),
    (b"prov:wasDerivedFrom", b"ct:from", "beside prov:wasDerivedFrom"),
    (b"prov:agent ", b"ct:agent ", "names an agent"),
    (b"prov:used ", b"ct:used ", "given on a report"),
    (b"a prov:Entity, ct:Unheld", b"a ct:Unheld", "derived from an entity"),
    (b" .\n", b" ,\n", "rdflib cannot read it"),
]


@pytest.mark.parametrize(("old", "new", "message"), SHAPES)
def test_each_shape_finds_a_sample_that_breaks_it(
    old: bytes, new: bytes, message: str, world: Store
) -> None:
    data = written(world, "turtle")
    assert old in data
    check = describe("turtle").check
    assert check
    assert [one for one in check(data.replace(old, new)) if message in one]


REVISED = """
@prefix prov: <http://www.w3.org/ns/prov#> .
<urn:a> prov:qualified{0} [ prov:entity <urn:b> ] .
"""


@pytest.mark.parametrize(
    ("kind", "message"),
    [("PrimarySource", "prov:hadPrimarySource"), ("Revision", "prov:wasRevisionOf")],
)
def test_what_the_world_has_not_is_asked_for_too(kind: str, message: str) -> None:
    check = describe("turtle").check
    assert check
    (found,) = check(REVISED.replace("{0}", kind).encode())
    assert message in found


def _without(*path: str) -> Callable[[Any], object]:
    def change(value: Any) -> None:
        for step in path[:-1]:
            value = value[step] if step else next(iter(value.values()))
        del value[path[-1]]

    return change


PROV_JSON: list[Callable[[Any], object]] = [
    _without("prefix"),
    _without("wasDerivedFrom", "", "prov:usedEntity"),
    _without("wasDerivedFrom", "", "prov:generatedEntity"),
    _without("wasAttributedTo", "", "prov:agent"),
    _without("wasAttributedTo", "", "prov:entity"),
    _without("actedOnBehalfOf", "", "prov:responsible"),
    _without("specializationOf", "", "prov:generalEntity"),
    _without("alternateOf", "", "prov:alternate2"),
    _without("wasGeneratedBy", "", "prov:entity"),
    _without("used", "", "prov:activity"),
    _without("bundle", "", "prefix"),
    lambda found: found.update(wasQuotedFrom={}),
    lambda found: found.update(wasEndedBy={}),
    lambda found: found["entity"].update({"document:a?b=c": {}}),
    lambda found: found["entity"].update({"x:y": {"prov:value": {"$": 3}}}),
    lambda found: found["entity"].update({"x:y": {"prov:value": {"$": "a", "lang": "a b"}}}),
    lambda found: found["entity"].update({"x:y": {"prov:value": None}}),
    lambda found: found["activity"].update({"x:y": {"prov:startTime": "yesterday"}}),
]


@pytest.mark.parametrize("place", range(len(PROV_JSON)))
def test_each_rule_of_prov_json_finds_a_sample_that_breaks_it(place: int, document: Any) -> None:
    broken = json.loads(json.dumps(document))
    PROV_JSON[place](broken)
    check = describe("prov-json").check
    assert check
    assert list(check(json.dumps(broken).encode()))


NANOPUBS: list[tuple[bytes, bytes, str]] = [
    (b"np:hasAssertion", b"np:asserts", "np:hasAssertion"),
    (b"np:hasProvenance", b"np:from", "np:hasProvenance"),
    (b"np:hasPublicationInfo", b"np:about", "np:hasPublicationInfo"),
    (b"#assertion> prov:wasDerivedFrom", b"#other> prov:wasDerivedFrom", "of its assertion"),
    (b"> dct:created", b"x> dct:created", "says nothing of it"),
    (b"np:Nanopublication ;", b"np:Nanopublication", "rdflib cannot read it"),
]


@pytest.mark.parametrize(("old", "new", "message"), NANOPUBS)
def test_each_part_of_a_nanopublication_is_asked_for(
    old: bytes, new: bytes, message: str, world: Store
) -> None:
    data = written(world, "nanopub")
    assert old in data
    check = describe("nanopub").check
    assert check
    assert [one for one in check(data.replace(old, new)) if message in one]


def test_a_nanopublication_says_who_said_what_and_where_it_was_found(world: Store) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=written(world, "nanopub"), format="trig")
    agency = term(reports(world, CHAIN)[0])
    nanopub = rdflib.URIRef(str(agency).replace(":attribution:", ":nanopub:"))
    said = dataset.graph(rdflib.URIRef(f"{nanopub}#assertion"))
    origin = dataset.graph(rdflib.URIRef(f"{nanopub}#provenance"))
    assert (agency, PROV.wasAttributedTo, term(AGENCY.id)) in said
    assert (None, PROV.wasDerivedFrom, term(CHAIN.version.id)) in origin


@pytest.mark.parametrize(
    "text",
    ["", '"', "\\", "\\u0041", "a\nb\rc\td", "\x00", "\x07", "\ud800", "\ufffe", "𐎠", "\u202e"],
    ids=ascii,
)
def test_any_words_can_be_a_literal(text: str) -> None:
    turtle = f"<urn:a> <urn:b> {literal(Text(text))} ."
    (found,) = rdflib.Graph().parse(data=turtle.encode(), format="turtle").objects()
    assert str(found) == text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
