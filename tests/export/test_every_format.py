"""Thirty claims through every format, read again by a program that is not ours.

A format is a row of READERS: how its file is read again, into what can be compared with the
database.
"""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import igraph
import networkx as nx
import openpyxl
import pyarrow.parquet
import pydot
import pytest
import rdflib
import stix2
from prov.model import ProvDocument, ProvEntity

from claimtrack.export import Options, describe, export, formats
from claimtrack.export.iris import NAMESPACE
from claimtrack.model.ids import digest
from claimtrack.store import Store, read
from tests.export.world import CLAIMS, FORMULA
from tests.match.stories import TAX

Ids = set[str]
Edges = Counter[tuple[str, str, str]]


class Read(NamedTuple):
    """What was read again. What a format cannot say is None."""

    nodes: Mapping[str, str]  # id to label
    edges: Edges | None = None


def from_networkx(graph: nx.Graph[str]) -> Read:
    return Read(
        {node: facts["label"] for node, facts in graph.nodes(data=True)},
        Counter((start, end, facts["kind"]) for start, end, facts in graph.edges(data=True)),
    )


def graphml(data: bytes) -> Read:
    return from_networkx(nx.read_graphml(io.BytesIO(data), force_multigraph=True))


def graphml_by_igraph(path: Path) -> Read:
    graph = igraph.Graph.Read_GraphML(str(path))
    ids = graph.vs["id"]
    return Read(
        dict(zip(ids, graph.vs["label"], strict=True)),
        Counter((ids[edge.source], ids[edge.target], edge["kind"]) for edge in graph.es),
    )


def cytoscape(data: bytes) -> Read:
    graph = nx.cytoscape_graph(json.loads(data))
    assert {facts["name"] == facts["label"] for _, facts in graph.nodes(data=True)} == {True}
    return from_networkx(graph)


def node_link(data: bytes) -> Read:
    return from_networkx(nx.node_link_graph(json.loads(data), edges="edges"))


@cache  # its reader is slow
def dot(data: bytes) -> Read:
    (graph,) = pydot.graph_from_dot_data(data.decode())
    return Read(
        {words(node.get_name()): words(node.get_tooltip()) for node in graph.get_nodes()},
        Counter(
            (words(edge.get_source()), words(edge.get_destination()), words(edge.get_label()))
            for edge in graph.get_edges()
        ),
    )


def words(quoted: str) -> str:
    """Return what a DOT string says."""
    return re.sub(r"\\(.)", lambda found: found[1].replace("n", "\n"), quoted[1:-1])


def canvas(data: bytes) -> Read:
    board = json.loads(data.decode().translate(dict.fromkeys(map(ord, "\u2068\u2069"))))
    assert board.keys() == {"nodes", "edges"}
    assert len({(node["x"], node["y"]) for node in board["nodes"]}) == len(board["nodes"])
    return Read(
        {
            node["id"]: html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", node["text"]))
            for node in board["nodes"]
        },
        Counter((edge["fromNode"], edge["toNode"], edge["label"]) for edge in board["edges"]),
    )


def neo4j(data: bytes) -> Read:
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        nodes, edges = (
            list(csv.DictReader(io.StringIO(bundle.read(name).decode(), newline="")))
            for name in ("nodes.csv", "relationships.csv")
        )
    assert all(row[":LABEL"].isascii() and row[":LABEL"].isalpha() for row in nodes)
    return Read(
        {row["id:ID"]: row["label"] for row in nodes},
        Counter((row[":START_ID"], row[":END_ID"], row[":TYPE"].lower()) for row in edges),
    )


GRAPHS: dict[str, Callable[[bytes], Read]] = {
    "canvas": canvas,
    "cytoscape": cytoscape,
    "dot": dot,
    "gexf": lambda data: from_networkx(nx.read_gexf(io.BytesIO(data))),
    "graphml": graphml,
    "neo4j": neo4j,
    "node-link": node_link,
}


def mermaid(data: bytes) -> Ids:
    """Return how many nodes and edges there are; no reader of it is written in Python."""
    head, *lines = data.decode().splitlines()
    assert head == "flowchart LR"
    nodes = [line for line in lines if "-->" not in line]
    assert all(re.fullmatch(r'  n\d+\W{1,2}"[^"]*"\W{1,2}', line) for line in nodes)
    assert all(
        re.fullmatch(r'  n\d+ -->\|"[a-z_, ]+"\| n\d+', line) for line in lines if "-->" in line
    )
    return {line.split('"')[0].strip(" [({/>") for line in nodes}


def nanopubs(data: bytes) -> list[str]:
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format="trig")
    kind = rdflib.URIRef("http://www.nanopub.org/nschema#Nanopublication")
    return [str(quad[0]) for quad in dataset.quads((None, rdflib.RDF.type, kind, None))]


def prov_attributions(data: bytes) -> list[str]:
    document = ProvDocument.deserialize(content=data.decode(), format="json")
    found = document.get_records(ProvEntity)
    return [
        str(one.identifier)
        for one in found
        if "ct:Attribution" in map(str, one.get_asserted_types())
    ]


def turtle(data: bytes) -> list[str]:
    graph = rdflib.Graph().parse(data=data, format="turtle")
    return [
        str(one)
        for one in graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{NAMESPACE}Attribution"))
    ]


def xlsx(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return [
        f"{sheet.title} {number}"
        for sheet in book
        for number, _ in enumerate(sheet.iter_rows(min_row=2))
    ]


OF_A_CLAIM = ("dossier", "dossier-pdf", "png", "svg")  # tests of their own

READERS: dict[str, Callable[[bytes], Iterable[str]]] = {
    **{name: (lambda data, read=read: read(data).nodes) for name, read in GRAPHS.items()},
    "claimreview": lambda data: [one["@id"] for one in json.loads(data)],
    "claimreview-feed": lambda data: [
        one["item"][0]["@id"] for one in json.loads(data)["dataFeedElement"]
    ],
    "csv": lambda data: [
        row["attribution"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    ],
    "decisions": lambda data: [json.loads(line)["id"] for line in data.splitlines()],
    "gold": lambda data: [json.loads(line)["id"] for line in data.splitlines()],
    "ftm": lambda data: [json.loads(line)["id"] for line in data.splitlines()],
    "json": lambda data: [row["id"] for row in json.loads(data)["claims"]],
    "mediareview": lambda data: [one["@id"] for one in json.loads(data)],
    "mermaid": mermaid,
    "nanopub": nanopubs,
    "parquet": lambda data: (
        pyarrow.parquet.read_table(io.BytesIO(data)).column("attribution").to_pylist()
    ),
    "prov-json": prov_attributions,
    "stix": lambda data: [one.id for one in stix2.parse(data.decode(), version="2.1").objects],
    "turtle": turtle,
    "xlsx": xlsx,
    "webannotation": lambda data: [one["id"] for one in json.loads(data)["first"]["items"]],
}
"""How each format is read again: into the ids of what it is made of."""


def written(store: Store, name: str, options: Options = Options()) -> bytes:  # noqa: B008 (frozen)
    out = io.BytesIO()
    done = export(name, store.connection, out, options=options, check=bool(describe(name).check))
    assert done.written
    return out.getvalue()


def expected(store: Store) -> dict[str, int]:
    counted = read.counts(store.connection)
    graph = (
        counted.documents + counted.attributions + counted.claims + 2 + 1
    )  # two sources spoke, an address
    relays = len(list(read.all_relays(store.connection)))
    reviews = 10
    rows = counted.attributions + counted.claims + counted.documents + counted.sources + relays
    said = len([one for one in read.all_attributions(store.connection) if one.source])
    # a report is a Note and a Documentation; an UnknownLink for each that has a source, for each
    # relay, for what was taken from outside and for whom a source speaks; an address
    ftm = counted.sources + counted.documents + counted.claims + 2 * counted.attributions
    ftm += said + relays + 2 + 1 + 1 + reviews
    # a Note of each report and verdict, a Report on each claim, an Opinion of the one who denies,
    # a derived-from for each relay
    stix = counted.sources + counted.attributions + counted.claims + relays + reviews + 1
    return {
        "xlsx": rows,
        "ftm": ftm,
        "stix": stix,
        **dict.fromkeys((*GRAPHS, "mermaid"), graph),
        # of ten verdicts one has no page, one is the claimant's, one is on a video
        "claimreview": 8,
        "claimreview-feed": 8,
        "mediareview": 1,
        "decisions": 2,  # an article that was read to its end, and a report in another one
        "gold": 2,
        **dict.fromkeys(("csv", "parquet"), counted.attributions),
        **dict.fromkeys(("nanopub", "prov-json", "turtle"), counted.attributions),
        "webannotation": counted.attributions + reviews,
        "json": counted.attributions,  # each began as a claim of its own
    }


def test_the_world_has_thirty_claims(world: Store) -> None:
    assert read.counts(world.connection).claims == CLAIMS


def test_every_format_has_a_reader() -> None:
    assert sorted([*READERS, *OF_A_CLAIM]) == list(formats())


@pytest.mark.parametrize("name", READERS)
def test_as_many_things_are_read_again_as_the_database_holds(name: str, world: Store) -> None:
    found = list(READERS[name](written(world, name)))
    assert len(found) == len(set(found)) == expected(world)[name]


@pytest.mark.parametrize("name", READERS)
def test_the_same_database_gives_the_same_bytes(name: str, world: Store) -> None:
    assert written(world, name) == written(world, name)


def links(store: Store) -> Edges:
    """Return the edges that a graph has, asked of the database itself."""
    rows = store.connection.execute(  # an address is known by the digest of itself
        "SELECT id, document_id, 'found_in' FROM live_attribution"
        " UNION ALL SELECT id, cluster_id, 'states' FROM live_attribution"
        " UNION ALL SELECT id, source_id, 'attributed_to' FROM live_attribution"
        " WHERE source_id IS NOT NULL"
        " UNION ALL SELECT id, responds_to_id, 'responds_to' FROM live_attribution"
        " WHERE responds_to_id IS NOT NULL"
        " UNION ALL SELECT child_id, parent_id, kind FROM live_relay"
        " UNION ALL SELECT child_id, coalesce(source_id, url), 'taken_from' FROM live_outer_relay"
        " UNION ALL SELECT l.cluster_id, r.cluster_id, kind FROM claim_relation"
        " JOIN claim_cluster l ON l.claim_id = left_id"
        " JOIN claim_cluster r ON r.claim_id = right_id"
    )
    return Counter(
        (start, f"address-{digest(end)}" if "://" in end else end, kind)
        for start, end, kind in rows
    )


@pytest.mark.parametrize("name", GRAPHS)
def test_edges_run_from_and_to_what_the_database_says(name: str, world: Store) -> None:
    found, wanted = GRAPHS[name](written(world, name)).edges, links(world)
    assert found is not None
    # "these two conflict" has no direction
    both = {"number_conflict", "negates"}
    assert turned(found, both) == turned(wanted, both)
    assert {kind for *_, kind in found} >= {
        *("quotes", "relays", "reprints", "translates", "responds_to", "taken_from"),
        *("negates", "number_conflict", "denies_authorship"),
    }


@pytest.mark.skipif(
    shutil.which("dot") is None and "CLAIMTRACK_REQUIRE_BROWSER" not in os.environ,
    reason="Graphviz's dot is not installed",
)
def test_graphviz_itself_draws_the_same_graph(world: Store) -> None:
    data = written(world, "dot")
    done = subprocess.run(["dot", "-Tdot_json"], input=data, capture_output=True, check=True)
    graph = json.loads(done.stdout)
    names = {one["_gvid"]: one["name"] for one in graph["objects"]}
    edges = Counter((names[e["tail"]], names[e["head"]], e["label"]) for e in graph["edges"])
    assert set(names.values()) == dot(data).nodes.keys()
    assert edges == dot(data).edges


def turned(edges: Edges, kinds: Ids) -> Edges:
    return Counter(
        (*sorted((start, end)), kind) if kind in kinds else (start, end, kind)
        for start, end, kind in edges.elements()
    )


@pytest.mark.parametrize("name", GRAPHS)
def test_labels_come_back_letter_by_letter(name: str, world: Store) -> None:
    labels = set(GRAPHS[name](written(world, name)).nodes.values())
    joined = "\n".join(labels)
    assert {TAX, "налог снизят вдвое"} <= set(joined.split("\n"))
    assert "<script>alert(1)</script>" in joined.replace("\\", "")
    assert "كل شيء بخير" in joined


@pytest.mark.parametrize("name", GRAPHS)
def test_a_simple_graph_has_one_edge_between_two_nodes(name: str, world: Store) -> None:
    edges = GRAPHS[name](written(world, name, Options(simple=True))).edges
    assert edges is not None
    assert max(Counter((start, end) for start, end, _ in edges.elements()).values()) == 1
    between = {(start, end) for start, end, _ in links(world)}
    assert {frozenset(edge[:2]) for edge in edges} == {frozenset(pair) for pair in between}
    kinds = {re.sub("_and_| \\| ", "+", kind) for *_, kind in edges}
    assert {"relays+responds_to", "responds_to+relays"} & kinds


def test_igraph_reads_the_graphml_too(world: Store, tmp_path: Path) -> None:
    data = written(world, "graphml")
    (tmp_path / "out.graphml").write_bytes(data)
    assert graphml_by_igraph(tmp_path / "out.graphml") == graphml(data)


def test_numbers_stay_numbers_and_keys_keys(world: Store) -> None:
    for graph in (
        nx.read_graphml(io.BytesIO(written(world, "graphml")), force_multigraph=True),
        nx.read_gexf(io.BytesIO(written(world, "gexf"))),
        nx.node_link_graph(json.loads(written(world, "node-link")), edges="edges"),
    ):
        reports = [facts for _, facts in graph.nodes(data=True) if facts["kind"] == "attribution"]
        assert {type(facts["confidence"]) for facts in reports} == {float}
        assert FORMULA in {facts.get("source") for facts in reports}
        assert all(key.endswith(f"{start}-{end}") for start, end, key in graph.edges(keys=True))


BROKEN: list[tuple[str, Callable[[Any], object], str]] = [
    ("node-link", lambda graph: graph["edges"][0].update(target="claim-0"), "which is no node"),
    ("node-link", lambda graph: graph["nodes"].append(graph["nodes"][0]), "two nodes have the id"),
    (
        "cytoscape",
        lambda graph: graph["elements"]["nodes"].pop(),
        "which is no node",
    ),
    ("canvas", lambda board: board["nodes"][0].update(x=0.5), "no whole number as its x"),
    ("canvas", lambda board: board["nodes"][0].pop("height"), "no whole number as its height"),
    ("canvas", lambda board: board["nodes"][0].pop("text"), "has no text"),
    ("canvas", lambda board: board["edges"][0].update(toNode="x"), "which is no node"),
    ("json", lambda found: found["claims"][0].pop("id"), "'id' is a required property"),
]


@pytest.mark.parametrize(("name", "damage", "message"), BROKEN)
def test_the_check_finds_what_is_broken(
    name: str, damage: Callable[[Any], object], message: str, world: Store
) -> None:
    found = json.loads(written(world, name))
    damage(found)
    check = describe(name).check
    assert check
    problems = list(check(json.dumps(found).encode()))
    assert [problem for problem in problems if message in problem]
    assert all("\n" not in problem for problem in problems)


@pytest.mark.parametrize("name", ["gexf", "graphml"])
@pytest.mark.parametrize(
    ("old", "new"), [(b"</", b"<"), (b'target="claim-', b'target="klaim-'), (b"double", b"dbl")]
)
def test_the_check_finds_a_graph_that_cannot_be_read(
    name: str, old: bytes, new: bytes, world: Store
) -> None:
    data = written(world, name)
    check = describe(name).check
    assert check
    assert not list(check(data))
    assert list(check(data.replace(old, new)))
