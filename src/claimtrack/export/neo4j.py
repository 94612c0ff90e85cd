"""CSV for Neo4j's import: one table of nodes, one of relationships."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO

from claimtrack.export.bundle import Files, saved, zipped
from claimtrack.export.elements import EDGE_FACTS, NODE_FACTS, edges_of, loose_ends, nodes, plain
from claimtrack.export.form import Done, Form, Options
from claimtrack.store import Connection
from claimtrack.text.shown import one_line

# Every fact of a node, with the type that Neo4j gives it; text has none. The kind is its label.
_TYPES = {str: "", float: ":float", int: ":int"}
_FACTS = {name: _TYPES[kind] for name, kind in NODE_FACTS.items() if name != "kind"}
_NAME = re.compile("[A-Za-z][A-Za-z_]*")
_EDGE_FACTS = {name: _TYPES[kind] for name, kind in EDGE_FACTS.items() if name != "kind"}


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write a .zip of both tables."""
    return Done(zipped(_files(connection, options), out))


def save(connection: Connection, path: Path, options: Options) -> Done:
    """Write both tables into a new folder or a .zip.

    Raises:
        OutputError: The path cannot be written, or is a folder that holds something.
    """
    return Done(saved(_files(connection, options), path))


def check(data: bytes) -> Iterable[str]:
    """Yield what Neo4j would not import: headings, labels, types, rows and ends that are wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        (node_heading, *rows), (edge_heading, *edges) = (
            list(csv.reader(io.StringIO(bundle.read(name).decode(), newline="")))
            for name in ("nodes.csv", "relationships.csv")
        )
    if node_heading[:2] != ["id:ID", ":LABEL"]:
        yield "nodes.csv does not begin with id:ID and :LABEL"
    if edge_heading[:3] != [":START_ID", ":END_ID", ":TYPE"]:
        yield "relationships.csv does not begin with :START_ID, :END_ID and :TYPE"
    for name, heading, some, place in (
        ("nodes.csv", node_heading, rows, 1),
        ("relationships.csv", edge_heading, edges, 2),
    ):
        for number, row in enumerate(some, 2):
            if len(row) != len(heading):
                yield f"{name}, row {number}: {len(row)} cells, not {len(heading)}"
            elif not _NAME.fullmatch(row[place]):
                yield f"{name}, row {number}: {row[place]!r} is no name of Neo4j's"
    yield from loose_ends((row[0] for row in rows), [(row[0], row[1]) for row in edges])


def _files(connection: Connection, options: Options) -> Files:
    yield "nodes.csv", lambda out: _write(out, _nodes(connection))
    yield "relationships.csv", lambda out: _write(out, _edges(connection, options))


def _nodes(connection: Connection) -> Iterator[list[Any]]:
    yield ["id:ID", ":LABEL", *(f"{name}{kind}" for name, kind in _FACTS.items())]
    for node in nodes(connection):
        label = str(node.facts["kind"]).capitalize()
        yield [node.id, label, *(node.facts.get(name) for name in _FACTS)]


def _edges(connection: Connection, options: Options) -> Iterator[list[Any]]:
    facts = (f"{name}{kind}" for name, kind in _EDGE_FACTS.items())
    yield [":START_ID", ":END_ID", ":TYPE", "key", *facts]
    for edge in edges_of(connection, options):
        kind = str(edge.facts["kind"]).upper().replace(" | ", "_AND_")
        more = (edge.facts.get(name) for name in _EDGE_FACTS)
        yield [edge.start, edge.end, kind, edge.key, *more]


def _write(out: IO[bytes], rows: Iterable[list[Any]]) -> int:
    """Write rows, the first of them the heading; line ends within a cell become spaces."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text, lineterminator="\n")
    count = -1
    for row in rows:
        table.writerow([plain(one_line(cell)) if isinstance(cell, str) else cell for cell in row])
        count += 1
    text.detach()
    return count


FORM = Form(
    "The provenance graph as nodes.csv and relationships.csv, for Neo4j's import.",
    ".zip",
    write,
    things="nodes",
    save=save,
    check=check,
    simple=True,
)
