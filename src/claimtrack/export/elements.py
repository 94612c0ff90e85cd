"""What the graph formats share: nodes and edges as they are asked for, and labels that fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from claimtrack.export.form import Done, Options
from claimtrack.graph.provenance import Edge, Facts, Node, edges, nodes
from claimtrack.store import Connection
from claimtrack.text.shown import harmless, one_line

__all__ = [
    "EDGE_FACTS",
    "NODE_FACTS",
    "Edge",
    "Facts",
    "Node",
    "cut",
    "edges_of",
    "encoded",
    "json_list",
    "json_lists",
    "loose_ends",
    "nodes",
    "plain",
]

JOINED = " | "
"""Between several values where a format takes one."""

encoded: Callable[[Any], bytes] = TypeAdapter(Any).dump_json
"""Returns a value as JSON in UTF-8: in a fifth of the time that the standard library takes."""

NODE_FACTS: dict[str, type[str | float]] = {
    **dict.fromkeys(("kind", "label", "lang", "outlet", "url", "published", "source", "cue"), str),
    **dict.fromkeys(("quotation", "channel", "stance", "assertion", "modality"), str),
    **dict.fromkeys(("source_type", "country", "run"), str),
    "confidence": float,
    "reports": int,
    "sources": int,
}
"""What can be said of a node, and of which type that is."""

EDGE_FACTS: dict[str, type[str | float]] = {"kind": str, "evidence": str, "weight": float}
"""What can be said of an edge."""

_TOGETHER = 500  # items that are written at once
_LONGEST = 120  # code points of a label in a picture
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped; and the carriage return, which readers change."""


def edges_of(connection: Connection, options: Options) -> Iterator[Edge]:
    """Yield the edges; those between the same two nodes as one where that is asked for.

    A joined edge has all kinds in its `kind`, and their number as its `weight`.
    """
    if not options.simple:
        yield from edges(connection)
        return
    between: dict[tuple[str, str], list[Facts]] = {}
    for edge in edges(connection):
        between.setdefault((edge.start, edge.end), []).append(edge.facts)
    for (start, end), some in between.items():
        facts: Facts = {"kind": _together(some, "kind"), "weight": float(len(some))}
        evidence = _together(some, "evidence")
        yield Edge(
            start, end, f"{start}-{end}", facts | ({"evidence": evidence} if evidence else {})
        )


def plain(text: str) -> str:
    r"""Return a text as every format can hold it: no control characters, line ends as \n."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def cut(text: str) -> str:
    """Return a text as a label in a picture: one line, harmless, not too long."""
    flat = plain(harmless(one_line(text)))
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"


def json_lists(
    out: BinaryIO, head: str, lists: Iterable[tuple[str, Iterable[object]]], tail: str
) -> Done:
    """Write JSON that holds lists, an item a line, with few items in memory.

    Args:
        out: Where to.
        head: What comes before the first list: `{`, with members that end in a comma.
        lists: Names and items.
        tail: What comes after the last list.
    """
    count = 0
    out.write(head.encode())
    for place, (name, items) in enumerate(lists):
        out.write(f'{"," if place else ""}\n"{name}":['.encode())
        count += _items(out, items)
        out.write(b"]")
    out.write(f"{tail}\n".encode())
    return Done(count)


def json_list(out: BinaryIO, items: Iterable[object]) -> Done:
    """Write a list in JSON, an item a line, with few items in memory."""
    out.write(b"[")
    count = _items(out, items)
    out.write(b"]\n")
    return Done(count)


def _items(out: BinaryIO, items: Iterable[object]) -> int:
    """Write the items of a list, a line each; return how many there were."""
    count, waiting = 0, iter(items)
    while some := [encoded(item) for item in islice(waiting, _TOGETHER)]:
        out.write(b",\n" if count else b"\n")
        out.write(b",\n".join(some))
        count += len(some)
    return count


def loose_ends(ids: Iterable[str], ends: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a problem for each end of an edge that is no node, and for each node named twice."""
    known: set[str] = set()
    for each in ids:
        if each in known:
            yield f"two nodes have the id {each}"
        known.add(each)
    yield from (
        f"an edge ends at {end}, which is no node" for end in chain(*ends) if end not in known
    )


def _together(some: Iterable[Facts], name: str) -> str:
    values: dict[Any, None] = {facts[name]: None for facts in some if name in facts}
    return JOINED.join(map(str, values))
