"""GEXF 1.2: the provenance graph for Gephi."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import BinaryIO

import networkx as nx

from claimtrack.export.form import Done, Form, Options
from claimtrack.export.graphml import unreadable, whole
from claimtrack.store import Connection

_WRITTEN = re.compile(rb'<meta lastmodifieddate="[^"]*">', re.ASCII)


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the graph; each edge under an id of its own. XML has no control characters."""
    graph = whole(connection, options)
    text = io.BytesIO()
    nx.write_gexf(graph, text, version="1.2draft")
    # the day of writing would make the same content another file
    out.write(_WRITTEN.sub(b"<meta>", text.getvalue(), count=1))
    return Done(len(graph))


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
