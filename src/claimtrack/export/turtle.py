"""PROV-O in Turtle: each derivation as a direct triple, and qualified where it has a type.

Turtle has no named graphs: what a person decided is a member of that person's bundle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from claimtrack.export.checks import library, told
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.prov import Facts, Relation, bundles, facts
from claimtrack.export.rdf import facts_of, head, name, thing
from claimtrack.resources import shipped
from claimtrack.store import Connection

_QUALIFIED = {
    "prov:Quotation": ("prov:wasQuotedFrom", "prov:qualifiedQuotation"),
    "prov:PrimarySource": ("prov:hadPrimarySource", "prov:qualifiedPrimarySource"),
    "prov:Revision": ("prov:wasRevisionOf", "prov:qualifiedRevision"),
}


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the graph, a thing or a relation at a time."""
    count = 0
    out.write(head().encode())
    for line in _statements(facts(connection), options.base):
        out.write(line.encode())
        count += 1
    for bundle, decided in bundles(connection):
        for one in decided.entities():
            members = (name(each, options.base) for each in (bundle, one.id))
            out.write(f"{' prov:hadMember '.join(members)} .\n".encode())
        for line in _statements(decided, options.base):
            out.write(line.encode())
            count += 1
    return Done(count)


def check(data: bytes) -> Iterable[str]:
    """Yield where the graph is not what the shapes say.

    Raises:
        ClaimtrackError: rdflib or pyshacl is not installed.
    """
    rdflib, pyshacl = library("rdflib"), library("pyshacl")
    graph = rdflib.Graph()
    try:
        graph.parse(data=data, format="turtle")
    except (rdflib.plugins.parsers.notation3.BadSyntax, ValueError) as error:
        yield told(f"rdflib cannot read it: {error}")
        return
    shapes = str(shipped("schemas") / "profiles" / "prov.shacl.ttl")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for result in report.objects(None, shacl.result):
        focus, message = (
            report.value(result, shacl.focusNode),
            report.value(result, shacl.resultMessage),
        )
        yield told(f"{focus}: {message}")


def _statements(some: Facts, base: str) -> Iterator[str]:
    for kind, things in (
        ("prov:Entity", some.entities),
        ("prov:Agent", some.agents),
        ("prov:Activity", some.activities),
    ):
        for one in things():
            yield thing(kind, one, base)
    for relation, every in some.relations.items():
        for each in every():
            yield _relation(relation, each, base)


def _relation(relation: str, one: Relation, base: str) -> str:
    start, end = name(one.start, base), name(one.end, base)
    direct = f"{start} prov:{relation} {end} .\n"
    if one.type in _QUALIFIED:
        narrow, qualified = _QUALIFIED[one.type]
        return (
            f"{direct}{start} {narrow} {end} ;\n"
            f"  {qualified} [ a {one.type} ; prov:entity {end} ] .\n"
        )
    if one.type and relation == "wasDerivedFrom":
        node = f"[ a prov:Derivation, {one.type} ; prov:entity {end} ]"
        return f"{direct}{start} prov:qualifiedDerivation {node} .\n"
    if one.attributes and relation == "wasAttributedTo":
        node = f"[ a prov:Attribution ; prov:agent {end}{facts_of(one.attributes, base)} ]"
        return f"{direct}{start} prov:qualifiedAttribution {node} .\n"
    return direct


FORM = Form(
    "Everything that was said and decided, as PROV-O in Turtle, for linked data.",
    ".ttl",
    write,
    things="statements",
    check=check,
)
