"""GraphML: the provenance graph for Gephi, Cytoscape, yEd and networkx."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import networkx as nx

from claimtrack.export.checks import told
from claimtrack.export.elements import Facts, edges_of, nodes, plain
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    r"""Write the graph of the whole database.

    Control characters become U+FFFD and line ends \n: XML has no others.
    """
    graph = whole(connection, options)
    # The writer that is the same with and without lxml.
    nx.write_graphml_xml(graph, out, encoding="utf-8")
    return Done(len(graph))


def whole(connection: Connection, options: Options) -> nx.MultiDiGraph[str]:
    """Return the graph as XML can hold it."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes(connection):
        graph.add_node(node.id, **_clean(node.facts))
    for edge in edges_of(connection, options):
        graph.add_edge(edge.start, edge.end, edge.key, **_clean(edge.facts))
    return graph


def check(data: bytes) -> Iterable[str]:
    """Yield a problem where networkx cannot read it again, or an edge leads to no node of ours."""
    return unreadable(lambda: nx.read_graphml(io.BytesIO(data), force_multigraph=True))


def unreadable(read: Callable[[], nx.Graph[str]]) -> Iterator[str]:
    """Yield a problem where a graph cannot be read again, or has a node that says nothing."""
    try:
        graph = read()
    except (nx.NetworkXException, SyntaxError, ValueError, KeyError, TypeError) as error:
        yield told(f"networkx cannot read it: {error}")
        return
    for node, facts in graph.nodes(data=True):
        # readers make a node of whatever an edge ends at
        if "kind" not in facts:
            yield f"an edge ends at {node}, which is no node"


def _clean(facts: Facts) -> Facts:
    return {
        name: plain(value) if isinstance(value, str) else value for name, value in facts.items()
    }


FORM = Form(
    "The provenance graph, for Gephi, Cytoscape, yEd and networkx.",
    ".graphml",
    write,
    things="nodes",
    check=check,
    simple=True,
)
