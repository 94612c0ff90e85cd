"""Nanopublications in TriG: each report as an assertion with its provenance.

The assertion is what the report says and of whom; its provenance, the text and the run that found
it; the publication's information, when it was put in and by what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from claimtrack.export.checks import library, told
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import iri, named
from claimtrack.export.prov import Text, agent_of, attribution
from claimtrack.export.rdf import head, literal, name, thing
from claimtrack.store import Connection, held, read, reports
from claimtrack.store.views import AttributionView

_NP = "http://www.nanopub.org/nschema#"
_TERMS = "http://purl.org/dc/terms/"
_PARTS = ("Head", "assertion", "provenance", "pubinfo")


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write a nanopublication for each report, one at a time."""
    written = 0
    out.write(head(np=_NP, dct=_TERMS).encode())
    for one in read.all_attributions(connection, sentences=False):
        out.write("".join(_nanopub(connection, one, options.base)).encode())
        written += 1
    return Done(written)


def check(data: bytes) -> Iterable[str]:
    """Yield where a nanopublication lacks a part, or a part does not say what it is of.

    Raises:
        ClaimtrackError: rdflib is not installed.
    """
    rdflib = library("rdflib")
    dataset = rdflib.Dataset()
    try:
        dataset.parse(data=data, format="trig")
    except (rdflib.plugins.parsers.notation3.BadSyntax, ValueError) as error:
        yield told(f"rdflib cannot read it: {error}")
        return
    terms = rdflib.Namespace(_NP)
    for one, _, _, where in dataset.quads((None, rdflib.RDF.type, terms.Nanopublication, None)):
        yield from _missing(dataset, one, where, terms)


def _missing(dataset: Any, one: Any, where: Any, terms: Any) -> Iterator[str]:
    graphs = {}
    for part in ("hasAssertion", "hasProvenance", "hasPublicationInfo"):
        found = list(dataset.graph(where).objects(one, terms[part]))
        if len(found) != 1 or not len(dataset.graph(found[0])):
            yield f"{one} has not one np:{part} that says something"
        else:
            graphs[part] = found[0]
    if len(graphs) == 3:
        if (graphs["hasAssertion"], None, None) not in dataset.graph(graphs["hasProvenance"]):
            yield f"the provenance of {one} says nothing of its assertion"
        if (one, None, None) not in dataset.graph(graphs["hasPublicationInfo"]):
            yield f"the publication information of {one} says nothing of it"


def _nanopub(connection: Connection, one: AttributionView, base: str) -> Iterator[str]:
    own = iri(f"nanopub-{one.id.partition('-')[2]}", base)
    whole, asserted, origin, about = (f"<{own}#{part}>" for part in _PARTS)
    version = held.version(connection, one.document.version_id)
    maker = f"<{named('person' if one.by_hand else 'software', one.run, base=base)}>"
    kind = "prov:Person" if one.by_hand else "prov:SoftwareAgent"
    yield (
        f"{whole} {{\n<{own}> a np:Nanopublication ;\n  np:hasAssertion {asserted} ;\n"
        f"  np:hasProvenance {origin} ;\n  np:hasPublicationInfo {about} .\n}}\n"
    )
    yield f"{asserted} {{\n{''.join(_assertion(connection, one, base))}}}\n"
    yield (
        f"{origin} {{\n{asserted} prov:wasDerivedFrom {name(one.document.version_id, base)} ;\n"
        f"  prov:generatedAtTime {_instant(version.seen_at)} ;\n"
        f"  prov:wasAttributedTo {maker} .\n}}\n"
    )
    yield (
        f"{about} {{\n<{own}> dct:created {_instant(version.recorded_at)} ;\n"
        f"  prov:wasAttributedTo {maker} .\n"
        f"{maker} a {kind} ;\n  rdfs:label {literal(Text(one.by_hand or one.run))} .\n}}\n"
    )


def _assertion(connection: Connection, one: AttributionView, base: str) -> Iterator[str]:
    yield thing("prov:Entity", attribution(one), base)
    yield f"{name(one.id, base)} prov:wasAttributedTo {name(agent_of(one), base)} .\n"
    yield f"{name(one.id, base)} prov:specializationOf {name(one.claim_id, base)} .\n"
    for edge in reports.edges(connection, [one.id]):
        yield f"{name(one.id, base)} prov:wasDerivedFrom {name(edge.parent, base)} .\n"
    called = one.source.name if one.source else one.words("source")
    if called:
        yield f"{name(agent_of(one), base)} rdfs:label {literal(Text(called))} .\n"


def _instant(text: str) -> str:
    return literal(Text(text, type="xsd:dateTime"))


FORM = Form(
    "Each report as a nanopublication in TriG: an assertion with its provenance.",
    ".trig",
    write,
    check=check,
)
