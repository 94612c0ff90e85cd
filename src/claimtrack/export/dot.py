"""DOT: the provenance graph for Graphviz."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

from claimtrack.export.checks import told
from claimtrack.export.elements import cut, edges_of, loose_ends, nodes, plain
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection

_STRING = r'"((?:[^"\\]|\\.)*)"'
_FACTS = rf"\[\w+=(?:{_STRING}|[\w.]+)(?:, \w+=(?:{_STRING}|[\w.]+))*\]"
_NODE = re.compile(rf"{_STRING} {_FACTS}")
_EDGE = re.compile(rf"{_STRING} -> {_STRING} {_FACTS}")
_SHAPES = {
    "attribution": "box",
    "claim": "ellipse",
    "document": "note",
    "source": "house",
    "address": "plain",
}


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the graph; labels are cut, the tooltip has a node's whole text."""
    count = 0
    out.write(b"digraph claimtrack {\nrankdir=LR\n")
    for node in nodes(connection):
        label = str(node.facts["label"])
        shape = _SHAPES[str(node.facts["kind"])]
        facts = f"label={_quoted(cut(label))}, tooltip={_quoted(plain(label))}, shape={shape}"
        out.write(f"{_quoted(node.id)} [{facts}]\n".encode())
        count += 1
    for edge in edges_of(connection, options):
        facts = f"label={_quoted(str(edge.facts['kind']))}"
        if "weight" in edge.facts:
            facts += f", weight={edge.facts['weight']:g}"
        out.write(f"{_quoted(edge.start)} -> {_quoted(edge.end)} [{facts}]\n".encode())
    out.write(b"}\n")
    return Done(count)


def check(data: bytes) -> Iterable[str]:
    """Yield lines that are no statement in DOT, nodes named twice and edges that lead to none."""
    lines = data.decode().removesuffix("\n").split("\n")
    if lines[:2] != ["digraph claimtrack {", "rankdir=LR"] or lines[-1] != "}":
        yield "it does not begin or end as a digraph"
    ids, ends = [], []
    for number, line in enumerate(lines[2:-1], 3):
        if edge := _EDGE.fullmatch(line):
            ends.append((edge[1], edge[2]))
        elif node := _NODE.fullmatch(line):
            ids.append(node[1])
        else:
            yield told(f"line {number} is no statement: {line}")
    yield from loose_ends(ids, ends)


def _quoted(text: str) -> str:
    """Return a DOT string; what a label's backslash would begin stays a backslash."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


FORM = Form(
    "The provenance graph in the DOT language, for Graphviz.",
    ".dot",
    write,
    things="nodes",
    check=check,
    simple=True,
)
