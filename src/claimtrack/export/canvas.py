"""JSON Canvas 1.0: the provenance graph as a board in Obsidian."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from claimtrack.analysis.outline import escaped
from claimtrack.export.elements import Node, edges_of, json_lists, loose_ends, nodes, plain
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection
from claimtrack.text.shown import harmless

_COLUMNS = {"document": 0, "attribution": 1, "address": 2, "source": 2, "claim": 3}
_COLOURS = {"document": "5", "attribution": "4", "address": "2", "source": "3", "claim": "6"}
_WIDTH, _HEIGHT, _ACROSS, _DOWN = 400, 160, 560, 200  # pixels


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the graph in four columns: documents, reports, whom they cite, claims."""
    lists = (("nodes", _nodes(connection)), ("edges", _edges(connection, options)))
    return json_lists(out, "{", lists, "}")


def check(data: bytes) -> Iterable[str]:
    """Yield where edges lead to no node, and nodes that lack what JSON Canvas asks for."""
    board = json.loads(data)
    for node in board["nodes"]:
        for name in ("x", "y", "width", "height"):
            if not isinstance(node.get(name), int):
                yield f"{node['id']} has no whole number as its {name}"
        if not isinstance(node.get("text"), str):
            yield f"{node['id']} has no text"
    ends = ((edge["fromNode"], edge["toNode"]) for edge in board["edges"])
    yield from loose_ends((node["id"] for node in board["nodes"]), ends)


def _nodes(connection: Connection) -> Iterator[dict[str, Any]]:
    heights: Counter[int] = Counter()
    for node in nodes(connection):
        kind = str(node.facts["kind"])
        column = _COLUMNS[kind]
        yield {
            "id": node.id,
            "type": "text",
            "text": _text(node),
            "x": column * _ACROSS,
            "y": heights[column] * _DOWN,
            "width": _WIDTH,
            "height": _HEIGHT,
            "color": _COLOURS[kind],
        }
        heights[column] += 1


def _text(node: Node) -> str:
    """Return a node as Markdown that nothing in its words can add to."""
    more = (
        str(node.facts[name]) for name in ("source", "outlet", "published") if name in node.facts
    )
    words = (node.facts["label"], *more)
    return "\n\n".join(escaped(harmless(plain(str(each)))) for each in words)


def _edges(connection: Connection, options: Options) -> Iterator[dict[str, Any]]:
    for edge in edges_of(connection, options):
        yield {
            "id": edge.key,
            "fromNode": edge.start,
            "toNode": edge.end,
            "toEnd": "arrow",
            "label": edge.facts["kind"],
        }


FORM = Form(
    "The provenance graph as a JSON Canvas, for Obsidian.",
    ".canvas",
    write,
    things="nodes",
    check=check,
    simple=True,
)
