"""GraphML can be read again, with every node, edge, key and letter."""

from __future__ import annotations

import io
import re

import networkx as nx

from claimtrack.export import export
from claimtrack.graph import provenance
from claimtrack.store import Store
from tests.match.stories import TAX

KEPT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def exported(store: Store) -> bytes:
    out = io.BytesIO()
    export("graphml", store.connection, out)
    return out.getvalue()


def again(store: Store) -> nx.MultiDiGraph[str]:
    return nx.read_graphml(io.BytesIO(exported(store)), force_multigraph=True)


def test_it_reads_back_with_the_same_nodes_edges_and_keys(store: Store) -> None:
    graph, read = provenance(store.connection), again(store)
    assert set(read.nodes) == set(graph.nodes)
    assert set(read.edges(keys=True)) == set(graph.edges(keys=True))
    assert read.number_of_edges() == graph.number_of_edges() > 10


def test_every_fact_comes_back_with_its_type(store: Store) -> None:
    graph, read = provenance(store.connection), again(store)
    for node, facts in graph.nodes(data=True):
        assert read.nodes[node] == {name: _xml(value) for name, value in facts.items()}
    for *edge, facts in graph.edges(keys=True, data=True):
        kept = {name: _xml(value) for name, value in facts.items()}
        assert {**read.edges[edge]} == kept


def _xml(value: object) -> object:
    """Return a value as XML can hold it."""
    return KEPT.sub("\ufffd", value.replace("\r\n", "\n")) if isinstance(value, str) else value


def test_arabic_labels_come_back_letter_by_letter(store: Store) -> None:
    labels = {facts["label"] for _, facts in again(store).nodes(data=True)}
    assert TAX in labels


def test_what_xml_cannot_hold_is_replaced_and_markup_escaped(store: Store) -> None:
    text = exported(store).decode()
    assert "<script>" not in text
    assert not KEPT.search(text)


def test_the_same_database_gives_the_same_bytes(store: Store) -> None:
    assert exported(store) == exported(store)


def test_an_empty_database_gives_an_empty_graph(empty: Store) -> None:
    assert again(empty).number_of_nodes() == 0
