"""Mermaid: the provenance graph as a flowchart within Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

from claimtrack.export.checks import told
from claimtrack.export.elements import cut, edges_of, loose_ends, nodes
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection

_SHAPES = {
    "attribution": '["{}"]',
    "claim": '(["{}"])',
    "document": '[/"{}"/]',
    "source": '{{{{"{}"}}}}',
    "address": '>"{}"]',
}
_NODE = re.compile(
    r'  (n\d+)(?:\["{0}"\]|\(\["{0}"\]\)|\[/"{0}"/\]|\{{\{{"{0}"\}}\}}|>"{0}"\])'.format(
        r"(?:[^\"#&<>;`\\*_~\[\](){}|%$@]|#\d+;)*"
    )
)
_EDGE = re.compile(r'  (n\d+) -->\|"[a-z_]+(?:, [a-z_]+)*"\| (n\d+)')
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


def check(data: bytes) -> Iterable[str]:
    """Yield lines that are no node or edge, or hold markup, and edges that lead nowhere."""
    head, *lines = data.decode().removesuffix("\n").split("\n")
    if head != "flowchart LR":
        yield "it does not begin as a flowchart"
    ids, ends = [], []
    for number, line in enumerate(lines, 2):
        if edge := _EDGE.fullmatch(line):
            ends.append((edge[1], edge[2]))
        elif node := _NODE.fullmatch(line):
            ids.append(node[1])
        else:
            yield told(f"line {number} is no node or edge: {line}")
    yield from loose_ends(ids, ends)


FORM = Form(
    "The provenance graph as a Mermaid flowchart, for pages written in Markdown.",
    ".mmd",
    write,
    things="nodes",
    check=check,
    simple=True,
)
