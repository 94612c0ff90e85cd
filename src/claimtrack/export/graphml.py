"""GraphML: the provenance graph for Gephi, Cytoscape, yEd and networkx."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

import networkx as nx

from claimtrack.graph import provenance
from claimtrack.store import Connection

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped; and the carriage return, which readers change."""


def write(connection: Connection, out: BinaryIO) -> None:
    r"""Write the graph of the whole database.

    Control characters become U+FFFD and line ends \n: XML has no others.
    """
    graph: nx.MultiDiGraph[str] = provenance(connection)
    for _, facts in graph.nodes(data=True):
        _clean(facts)
    for *_, facts in graph.edges(data=True):
        _clean(facts)
    # The writer that is the same with and without lxml.
    nx.write_graphml_xml(graph, out, encoding="utf-8")


def _clean(facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        if isinstance(value, str):
            ended = value.replace("\r\n", "\n").replace("\r", "\n")
            facts[name] = _NOT_XML.sub("\ufffd", ended)
