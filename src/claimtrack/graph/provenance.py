"""The provenance graph: which document has a report, whose words it gives, of which claim.

Nodes are documents, reports (attributions), sources and claims, under their ids. All attributes
are flat and of one type for each name (text or number), and what is unknown is left out, so that
every graph format can take them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import networkx as nx

from claimtrack.model.ids import digest
from claimtrack.store import Connection, flat, links, read, relations
from claimtrack.store.views import DocumentRef, SourceRef

Facts = dict[str, str | float]


class Node(NamedTuple):
    """A document, report, source, claim, or address of which nothing is held."""

    id: str
    facts: Facts


class Edge(NamedTuple):
    """What depends on what; `key` is made of kind and ends, the same in every graph."""

    start: str
    end: str
    key: str
    facts: Facts


def provenance(connection: Connection) -> nx.MultiDiGraph[str]:
    """Return the graph of everything in a database.

    Edges run from what depends to what it depends on, each with its `kind`: `found_in` (report
    to document), `attributed_to` (report to source), `states` (report to claim), `responds_to`
    (report to report, and claim to claim), for what was taken from another report the relay's
    own kind (`quotes`, `relays`, `reprints`, `translates`), `taken_from` (report to a source or
    address of which no report is held), and how a claim stands to another (`negates`,
    `number_conflict`, `attribute_conflict`, `scope_difference`, `denies_authorship`). The key of
    an edge is made of its kind and ends and is the same in every graph. Nobody must write between
    the reads: call it within a snapshot.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(nodes(connection))
    for edge in edges(connection):
        graph.add_edge(edge.start, edge.end, edge.key, **edge.facts)
    return graph


def nodes(connection: Connection) -> Iterator[Node]:
    """Yield the nodes of `provenance`, holding few of them at once."""
    for document in read.all_documents(connection):
        yield Node(document.id, _document(document))
    for one in flat.placed(connection):
        yield Node(one.report.id, _report(one.report, one.document.lang))
    for source in links.all_named(connection):
        yield Node(source.id, _source(source))
    for claim in links.all_claims(connection):
        yield Node(claim.id, _claim(claim))
    for address in links.outer_addresses(connection):
        yield Node(address_id(address), _known(kind="address", label=address, url=address))


def edges(connection: Connection) -> Iterator[Edge]:
    """Yield the edges of `provenance`, holding few of them at once."""
    for link in links.of_reports(connection):
        yield _edge(link.report, link.document, "found_in")
        yield _edge(link.report, link.claim, "states")
        if link.source:
            yield _edge(link.report, link.source, "attributed_to")
        if link.answered:
            yield _edge(link.report, link.answered, "responds_to")
    for relay in read.all_relays(connection):
        yield _edge(relay.child_id, relay.parent_id, relay.kind.value, relay.evidence)
    for outside in links.outer_relays(connection):
        end = outside.source or address_id(outside.url or "")
        yield _edge(outside.report, end, "taken_from", outside.evidence)
    for one in relations.every(connection):
        yield _edge(one.left, one.right, one.kind.value, one.evidence)


def address_id(url: str) -> str:
    """Return the id of an address: readers of graphs take no odd characters in one."""
    return f"address-{digest(url)}"


def _edge(start: str, end: str, kind: str, evidence: str | None = None) -> Edge:
    return Edge(start, end, f"{kind}-{start}-{end}", _known(kind=kind, evidence=evidence))


def _report(one: flat.Report, lang: str) -> Facts:
    words = one.words
    facts: Facts = {"kind": "attribution", "label": words["content"], "lang": lang}
    for name in ("source", "cue"):
        if name in words:
            facts[name] = words[name]
    facts["quotation"] = one.kind
    facts["channel"] = one.channel
    facts["stance"] = one.stance
    facts["assertion"] = one.assertion
    facts["modality"] = one.modality
    facts["source_type"] = one.source_type
    facts["confidence"] = one.confidence
    facts["run"] = one.run
    return facts


def _document(document: DocumentRef) -> Facts:
    return _known(
        kind="document",
        label=document.title or document.outlet or document.url or document.id,
        lang=document.lang,
        outlet=document.outlet,
        url=document.url,
        published=document.published.iso() or document.published.stated or None,
    )


def _source(source: SourceRef) -> Facts:
    return _known(
        kind="source",
        label=source.name,
        source_type=source.type.value,
        country=source.country,
    )


def _claim(claim: links.Claim) -> Facts:
    return _known(
        kind="claim",
        label=claim.text,
        lang=claim.lang,
        reports=claim.reports,
        sources=claim.sources,
    )


def _known(**facts: str | float | None) -> Facts:
    """Return the facts that are known; graph formats have no way to say that one is not."""
    return {name: value for name, value in facts.items() if value is not None}
