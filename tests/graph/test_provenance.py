"""The provenance graph has every report with what it points at, flat and typed."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from claimtrack.graph import provenance
from claimtrack.match.link import link
from claimtrack.store import Store, read
from tests.match.stories import AT, CHAIN, MINISTRY, TAX, Story, Told, said_by, story

ANSWER = story(
    "اتهم النواب الوزارة بالكذب. فردت وزارة المالية القمرية بأن الأرقام صحيحة كلها هذا العام.",
    Told("الوزارة بالكذب", "النواب", "اتهم"),
    Told(
        "الأرقام صحيحة كلها هذا العام",
        "وزارة المالية القمرية",
        "ردت",
        said_by(MINISTRY, responds_to="1"),
    ),
    outlet=None,
)
SILENT = story("نزل المطر في العاصمة.", url="https://site-d.example/rain")


def added(store: Store, *stories: Story) -> nx.MultiDiGraph[str]:
    for one in stories:
        link(store, one.add(store), at=AT, user="tester")
    return provenance(store.connection)


def kinds(graph: nx.MultiDiGraph[str]) -> tuple[Counter[str], Counter[str]]:
    nodes = Counter(facts["kind"] for _, facts in graph.nodes(data=True))
    edges = Counter(facts["kind"] for *_, facts in graph.edges(data=True))
    return nodes, edges


def test_a_relay_chain_is_two_reports_of_one_claim(store: Store) -> None:
    nodes, edges = kinds(added(store, CHAIN))
    assert nodes == {"document": 1, "attribution": 2, "source": 2, "claim": 1}
    assert edges == {"found_in": 2, "states": 2, "attributed_to": 2, "relays": 1}


def test_the_graph_counts_what_the_store_counts(store: Store) -> None:
    graph = added(store, CHAIN, ANSWER, SILENT)
    nodes, edges = kinds(graph)
    counted = read.counts(store.connection)
    assert (nodes["document"], nodes["attribution"], nodes["claim"]) == (
        counted.documents,
        counted.attributions,
        counted.claims,
    )
    assert edges["responds_to"] == 1


def test_a_relay_runs_from_the_relayer_to_the_relayed(store: Store) -> None:
    graph = added(store, CHAIN)
    ((child, parent, facts),) = (
        edge for edge in graph.edges(data=True) if edge[2]["kind"] == "relays"
    )
    assert (graph.nodes[child]["cue"], graph.nodes[parent]["cue"]) == ("نقلت", "قولها")
    assert facts["evidence"]


def test_an_answer_runs_to_what_it_answers(store: Store) -> None:
    graph = added(store, ANSWER)
    ((answer, answered),) = (
        edge[:2] for edge in graph.edges(data=True) if edge[2]["kind"] == "responds_to"
    )
    assert [graph.nodes[node]["cue"] for node in (answer, answered)] == ["ردت", "اتهم"]


def test_every_fact_is_flat_typed_alike_and_known(store: Store) -> None:
    graph = added(store, CHAIN, ANSWER, SILENT)
    facts = [facts for _, facts in graph.nodes(data=True)]
    facts += [facts for *_, facts in graph.edges(data=True)]
    types: dict[str, set[type]] = {}
    for one in facts:
        for name, value in one.items():
            types.setdefault(name, set()).add(type(value))
    assert set.union(*types.values()) == {str, int, float}
    assert {name: found for name, found in types.items() if len(found) > 1} == {}
    assert not {"id", "start", "end", "viz", "name", "value"} & types.keys()  # formats own these


def test_every_edge_has_a_key_of_its_own(store: Store) -> None:
    graph = added(store, CHAIN, ANSWER)
    keys = [key for *_, key in graph.edges(keys=True)]
    assert len(set(keys)) == len(keys)


def test_nodes_are_labelled_in_their_own_words(store: Store) -> None:
    graph = added(store, CHAIN)
    labels = {facts["kind"]: facts["label"] for _, facts in graph.nodes(data=True)}
    assert labels["attribution"].endswith(TAX)
    assert labels["claim"].endswith(TAX)
    assert labels["document"].startswith("نقلت وكالة")


def test_a_documents_label_is_that_of_its_latest_version(store: Store) -> None:
    url = "https://site-c.example/edited"
    first, second = (
        story(f"{title}\nقالت الوزارة إن {TAX}.", Told(TAX, "الوزارة", "قالت"), url=url)
        for title in ("عنوان أول", "عنوان ثان")
    )
    graph = added(store, first, second)
    (document,) = (node for node, facts in graph.nodes(data=True) if facts["kind"] == "document")
    assert graph.nodes[document]["label"].startswith("عنوان ثان")
    assert graph.in_degree(document) == 2


def test_an_empty_database_is_an_empty_graph(store: Store) -> None:
    assert provenance(store.connection).number_of_nodes() == 0
