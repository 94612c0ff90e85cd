"""Cytoscape JSON (cyjs): the provenance graph for Cytoscape and Cytoscape.js."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from claimtrack.export.elements import edges_of, json_lists, loose_ends, nodes
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection

_HEAD = '{"data":[],"directed":true,"multigraph":true,"elements":{'


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write nodes and edges, one a line; a node's `name`, which Cytoscape shows, is its label."""
    lists = (("nodes", _nodes(connection)), ("edges", _edges(connection, options)))
    return json_lists(out, _HEAD, lists, "}}")


def check(data: bytes) -> Iterable[str]:
    """Yield where edges lead to no node, and ids that two nodes have."""
    elements = json.loads(data)["elements"]
    ids = (node["data"]["id"] for node in elements["nodes"])
    ends = ((edge["data"]["source"], edge["data"]["target"]) for edge in elements["edges"])
    return loose_ends(ids, ends)


def _nodes(connection: Connection) -> Iterator[dict[str, Any]]:
    for node in nodes(connection):
        own = {"id": node.id, "value": node.id, "name": node.facts["label"]}
        yield {"data": {**own, **node.facts}}


def _edges(connection: Connection, options: Options) -> Iterator[dict[str, Any]]:
    for edge in edges_of(connection, options):
        own = {"id": edge.key, "key": edge.key, "source": edge.start, "target": edge.end}
        yield {"data": {**own, "interaction": edge.facts["kind"], **edge.facts}}


FORM = Form(
    "The provenance graph as Cytoscape JSON, for Cytoscape and Cytoscape.js.",
    ".cyjs",
    write,
    things="nodes",
    check=check,
    simple=True,
)
