"""Mermaid: the provenance graph as a flowchart within Markdown."""

from __future__ import annotations

from typing import BinaryIO

from claimtrack.export.elements import cut, edges_of, nodes
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection

_SHAPES = {
    "attribution": '["{}"]',
    "claim": '(["{}"])',
    "document": '[/"{}"/]',
    "source": '{{{{"{}"}}}}',
    "address": '>"{}"]',
}
# all that Mermaid, its Markdown or HTML would read as more than a letter
_MARKUP = {ord(char): f"#{ord(char)};" for char in '"#&<>;`\\*_~[](){}|%$@'}


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the graph; labels are cut, nodes are numbered in the order they come."""
    numbers: dict[str, str] = {}
    out.write(b"flowchart LR\n")
    for node in nodes(connection):
        numbers[node.id] = f"n{len(numbers)}"
        label = cut(str(node.facts["label"])).translate(_MARKUP)
        shape = _SHAPES[str(node.facts["kind"])].format(label)
        out.write(f"  {numbers[node.id]}{shape}\n".encode())
    for edge in edges_of(connection, options):
        kind = str(edge.facts["kind"]).replace(" | ", ", ")
        out.write(f'  {numbers[edge.start]} -->|"{kind}"| {numbers[edge.end]}\n'.encode())
    return Done(len(numbers))


FORM = Form(
    "The provenance graph as a Mermaid flowchart, for pages written in Markdown.",
    ".mmd",
    write,
    things="nodes",
    simple=True,
)
