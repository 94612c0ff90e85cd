"""Node-link JSON: the provenance graph as networkx and D3 read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from claimtrack.export.elements import edges_of, json_lists, loose_ends, nodes
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection

_HEAD = '{"directed":true,"multigraph":true,"graph":{},'


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write nodes and edges, one a line, without holding them in memory."""
    lists = (("nodes", _nodes(connection)), ("edges", _edges(connection, options)))
    return json_lists(out, _HEAD, lists, "}")


def check(data: bytes) -> Iterable[str]:
    """Yield where edges lead to no node, and ids that two nodes have."""
    graph = json.loads(data)
    ids = (node["id"] for node in graph["nodes"])
    return loose_ends(ids, ((edge["source"], edge["target"]) for edge in graph["edges"]))


def _nodes(connection: Connection) -> Iterator[dict[str, Any]]:
    return ({"id": node.id, **node.facts} for node in nodes(connection))


def _edges(connection: Connection, options: Options) -> Iterator[dict[str, Any]]:
    for edge in edges_of(connection, options):
        yield {"source": edge.start, "target": edge.end, "key": edge.key, **edge.facts}


FORM = Form(
    "The provenance graph as node-link JSON, for networkx and D3.",
    ".json",
    write,
    things="nodes",
    check=check,
    simple=True,
)
