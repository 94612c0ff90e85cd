"""Nanopublications in TriG: each report as an assertion with its provenance.

The assertion is what the report says and of whom; its provenance, the text and the run that found
it; the publication's information, when it was put in and by what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO

from claimtrack.export.checks import library, told
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import iri, named
from claimtrack.export.prov import Text, agent_of, attribution
from claimtrack.export.rdf import head, literal, name, thing
from claimtrack.model.run import person
from claimtrack.store import Connection, flat, held, reports
from claimtrack.store.flat import Placed

_NP = "http://www.nanopub.org/nschema#"
_TERMS = "http://purl.org/dc/terms/"
_PARTS = ("Head", "assertion", "provenance", "pubinfo")


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write a nanopublication for each report, one at a time."""
    written = 0
    out.write(head(np=_NP, dct=_TERMS).encode())
    for version, some in flat.by_text(connection):
        text = held.version(connection, version)
        parents = defaultdict[str, list[str]](list)
        for edge in reports.edges(connection, (one.report.id for one in some)):
            parents[edge.child].append(edge.parent)
        for one in some:
            said = _assertion(one, parents[one.report.id], options.base)
            out.write("".join(_nanopub(one, text, "".join(said), options.base)).encode())
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


def _nanopub(one: Placed, version: held.Held, said: str, base: str) -> Iterator[str]:
    own = iri(f"nanopub-{one.report.id.partition('-')[2]}", base)
    whole, asserted, origin, about = (f"<{own}#{part}>" for part in _PARTS)
    run = one.report.run
    maker = f"<{_maker(run, base)}>"
    kind = "prov:Person" if person(run) else "prov:SoftwareAgent"
    yield (
        f"{whole} {{\n<{own}> a np:Nanopublication ;\n  np:hasAssertion {asserted} ;\n"
        f"  np:hasProvenance {origin} ;\n  np:hasPublicationInfo {about} .\n}}\n"
    )
    yield f"{asserted} {{\n{said}}}\n"
    yield (
        f"{origin} {{\n{asserted} prov:wasDerivedFrom {name(version.id, base)} ;\n"
        f"  prov:generatedAtTime {_instant(version.seen_at)} ;\n"
        f"  prov:wasAttributedTo {maker} .\n}}\n"
    )
    yield (
        f"{about} {{\n<{own}> dct:created {_instant(version.recorded_at)} ;\n"
        f"  prov:wasAttributedTo {maker} .\n"
        f"{maker} a {kind} ;\n  rdfs:label {literal(Text(person(run) or run))} .\n}}\n"
    )


@lru_cache
def _maker(run: str, base: str) -> str:
    return named("person" if person(run) else "software", run, base=base)


def _assertion(one: Placed, parents: Iterable[str], base: str) -> Iterator[str]:
    own = name(one.report.id, base)
    yield thing("prov:Entity", attribution(one), base)
    yield f"{own} prov:wasAttributedTo {name(agent_of(one), base)} .\n"
    yield f"{own} prov:specializationOf {name(one.report.claim, base)} .\n"
    for parent in parents:
        yield f"{own} prov:wasDerivedFrom {name(parent, base)} .\n"
    called = one.source.name if one.source else one.report.words.get("source")
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
