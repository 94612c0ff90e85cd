"""DOT: the provenance graph for Graphviz."""

from __future__ import annotations

from typing import BinaryIO

from claimtrack.export.elements import cut, edges_of, nodes, plain
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection

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


def _quoted(text: str) -> str:
    """Return a DOT string; what a label's backslash would begin stays a backslash."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


FORM = Form(
    "The provenance graph in the DOT language, for Graphviz.",
    ".dot",
    write,
    things="nodes",
    simple=True,
)
