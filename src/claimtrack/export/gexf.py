"""GEXF 1.2: the provenance graph for Gephi."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

import networkx as nx

from claimtrack.export.elements import EDGE_FACTS, NODE_FACTS, Facts, edges_of, nodes, plain
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.graphml import unreadable
from claimtrack.store import Connection

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd">
<graph defaultedgetype="directed" mode="static">
"""
_TYPES = {str: "string", float: "double", int: "long"}
_OWN = ("label", "weight")
"""Facts that GEXF has a place for."""

_KEY = "networkx_key"
"""Under which networkx keeps parallel edges apart."""

_NUMBERS = {
    "node": {name: number for number, name in enumerate(NODE_FACTS) if name not in _OWN},
    "edge": {name: number for number, name in enumerate((*EDGE_FACTS, _KEY)) if name not in _OWN},
}


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the graph, a node or an edge a line, with one in memory.

    Each edge has an id of its own. XML has no control characters.
    """
    count = 0
    out.write(_HEAD.encode())
    for side, facts in (("node", NODE_FACTS), ("edge", EDGE_FACTS | {_KEY: str})):
        out.write(f'<attributes class="{side}" mode="static">\n'.encode())
        for name, number in _NUMBERS[side].items():
            told = f'title="{name}" type="{_TYPES[facts[name]]}"'
            out.write(f'<attribute id="{number}" {told}/>\n'.encode())
        out.write(b"</attributes>\n")
    out.write(b"<nodes>\n")
    for count, node in enumerate(nodes(connection), 1):  # noqa: B007 (counted)
        label = quoteattr(plain(str(node.facts["label"])))
        values = _values("node", node.facts)
        out.write(f"<node id={quoteattr(node.id)} label={label}>{values}</node>\n".encode())
    out.write(b"</nodes>\n<edges>\n")
    for number, edge in enumerate(edges_of(connection, options)):
        ends = f"source={quoteattr(edge.start)} target={quoteattr(edge.end)}"
        weight = f' weight="{edge.facts["weight"]}"' if "weight" in edge.facts else ""
        values = _values("edge", edge.facts | {_KEY: edge.key})
        out.write(f'<edge id="{number}" {ends}{weight}>{values}</edge>\n'.encode())
    out.write(b"</edges>\n</graph>\n</gexf>\n")
    return Done(count)


def _values(side: str, facts: Facts) -> str:
    numbers = _NUMBERS[side]
    some = "".join(
        f'<attvalue for="{numbers[name]}" value={quoteattr(plain(str(value)))}/>'
        for name, value in facts.items()
        if name not in _OWN
    )
    return f"<attvalues>{some}</attvalues>"


def check(data: bytes) -> Iterable[str]:
    """Yield a problem where networkx cannot read it again, or an edge leads to no node of ours."""
    return unreadable(lambda: nx.read_gexf(io.BytesIO(data)))


FORM = Form(
    "The provenance graph, for Gephi; --simple joins the parallel edges that it would hide.",
    ".gexf",
    write,
    things="nodes",
    check=check,
    simple=True,
)
