"""GraphML: the provenance graph for Gephi, Cytoscape, yEd and networkx."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from claimtrack.export.checks import told
from claimtrack.export.elements import EDGE_FACTS, NODE_FACTS, Facts, edges_of, nodes, plain
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns
 http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES = {str: "string", float: "double", int: "long"}
_KEYS = {
    side: {name: f"{side[0]}{number}" for number, name in enumerate(facts)}
    for side, facts in (("node", NODE_FACTS), ("edge", EDGE_FACTS))
}
"""The id of each fact's declaration, of nodes and of edges."""


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    r"""Write the graph, a node or an edge a line, with one in memory.

    Control characters become U+FFFD and line ends \n: XML has no others.
    """
    count = 0
    out.write(_HEAD.encode())
    for side, facts in (("node", NODE_FACTS), ("edge", EDGE_FACTS)):
        for name, kind in facts.items():
            told = f'attr.name="{name}" attr.type="{_TYPES[kind]}"'
            out.write(f'<key id="{_KEYS[side][name]}" for="{side}" {told}/>\n'.encode())
    out.write(b'<graph edgedefault="directed">\n')
    for count, node in enumerate(nodes(connection), 1):  # noqa: B007 (counted)
        out.write(f"<node id={quoteattr(node.id)}>{_data('node', node.facts)}</node>\n".encode())
    for edge in edges_of(connection, options):
        ends = f"source={quoteattr(edge.start)} target={quoteattr(edge.end)}"
        data = _data("edge", edge.facts)
        out.write(f"<edge {ends} id={quoteattr(edge.key)}>{data}</edge>\n".encode())
    out.write(b"</graph>\n</graphml>\n")
    return Done(count)


def _data(side: str, facts: Facts) -> str:
    keys = _KEYS[side]
    return "".join(
        f'<data key="{keys[name]}">{escape(plain(str(value)))}</data>'
        for name, value in facts.items()
    )


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


FORM = Form(
    "The provenance graph, for Gephi, Cytoscape, yEd and networkx.",
    ".graphml",
    write,
    things="nodes",
    check=check,
    simple=True,
)
