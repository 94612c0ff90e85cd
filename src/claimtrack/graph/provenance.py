"""The provenance graph: which document has a report, whose words it gives, of which claim.

Nodes are documents, reports (attributions), sources and claims, under their ids. All attributes
are flat and of one type for each name (text or number), and what is unknown is left out, so that
every graph format can take them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import networkx as nx

from claimtrack.store import Connection, read
from claimtrack.store.claims import claim_refs
from claimtrack.store.views import AttributionView, ClaimRef, DocumentRef, SourceRef

Facts = dict[str, str | float]


def provenance(connection: Connection) -> nx.MultiDiGraph[str]:
    """Return the graph of everything in a database.

    Edges run from what depends to what it depends on, each with its `kind`: `found_in` (report
    to document), `attributed_to` (report to source), `states` (report to claim), `responds_to`
    (report to report), and for what was taken from another report the relay's own kind
    (`quotes`, `relays`, `reprints`, `translates`). The key of an edge is made of its kind and
    ends and is the same in every graph. Nobody must write between the reads: call it within a
    snapshot.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for document in read.all_documents(connection):
        graph.add_node(document.id, **_document(document))
    reports = _reported(graph, read.all_attributions(connection))
    for claim_ref in claim_refs(connection, [(known,) for known in reports.claims]):
        graph.add_node(claim_ref.id, **_claim(claim_ref))
    for report, answered in reports.answers:
        _join(graph, report, answered, "responds_to")
    for relay in read.all_relays(connection):
        _join(graph, relay.child_id, relay.parent_id, relay.kind.value, relay.evidence)
    return graph


class _Reported(NamedTuple):
    """What reports point at: claims still without a name, and reports that may come later."""

    claims: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


def _reported(graph: nx.MultiDiGraph[str], attributions: Iterable[AttributionView]) -> _Reported:
    """Put reports in, with the sources they point at."""
    claims: dict[str, None] = {}
    answers: list[tuple[str, str]] = []
    for one in attributions:
        graph.add_node(one.id, **_report(one))
        _join(graph, one.id, one.document.id, "found_in")
        _join(graph, one.id, one.claim_id, "states")
        claims[one.claim_id] = None
        if one.source:
            graph.add_node(one.source.id, **_source(one.source))
            _join(graph, one.id, one.source.id, "attributed_to")
        if one.responds_to_id:
            answers.append((one.id, one.responds_to_id))
    return _Reported(tuple(claims), tuple(answers))


def _join(
    graph: nx.MultiDiGraph[str], start: str, end: str, kind: str, evidence: str | None = None
) -> None:
    graph.add_edge(start, end, f"{kind}-{start}-{end}", **_known(kind=kind, evidence=evidence))


def _report(one: AttributionView) -> Facts:
    return _known(
        kind="attribution",
        label=one.words("content"),
        lang=one.document.lang,
        source=one.words("source") or None,
        cue=one.words("cue") or None,
        quotation=one.kind.value,
        channel=one.channel.value,
        stance=one.stance.value,
        assertion=one.assertion.value,
        modality=one.modality.value,
        source_type=one.source_type.value,
        confidence=one.confidence,
        run=one.run,
    )


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


def _claim(claim: ClaimRef) -> Facts:
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
