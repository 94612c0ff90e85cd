"""The provenance of a claim as a picture: what its nodes are, and where they stand.

The model decides whether such a graph can be read. Articles and those they name are the nodes,
each source once, so that what has one origin runs together there; relays within an article lead
from one source to the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum

import networkx as nx

from claimtrack.analysis.layering import Pair, lay_out
from claimtrack.analysis.origins import origins
from claimtrack.analysis.web import Web
from claimtrack.model.document import StatedTime
from claimtrack.model.value import Value
from claimtrack.store.reports import Report

MOST_NODES = 300
"""Nodes that a picture has at most: more cannot be read."""


class NodeKind(StrEnum):
    """What a node stands for."""

    CLAIM = "claim"
    ARTICLE = "article"
    SOURCE = "source"
    ORIGIN = "origin"  # a source that a chain ends in
    UNTRACED = "untraced"  # an end that is no origin


class EdgeKind(StrEnum):
    """What an edge says: who has it from whom, and how."""

    STATES = "states"
    NAMES = "names"
    QUOTES = "quotes"
    RELAYS = "relays"
    REPRINTS = "reprints"
    TRANSLATES = "translates"


class Node(Value):
    """A node.

    Attributes:
        key: What tells it from the others: the id of a claim, document or source, or words.
        page: The id of what has a page; None for who is not known.
        label: What it is called; empty where nobody is named.
        date: When an article was published.
        layer: How far from the claim, from 0.
        row: Where in its layer, in rows from the top of the picture.
    """

    key: str
    kind: NodeKind
    page: str | None
    label: str
    lang: str
    date: StatedTime
    layer: int
    row: float


class Line(Value):
    """An edge, from who has it to whom it has it from.

    Attributes:
        reports: The reports that say so.
        points: Layer and row of the points that it runs through between its nodes.
        back: It closes a circle: it leads back towards the claim.
    """

    start: str
    end: str
    kind: EdgeKind
    reports: tuple[str, ...]
    points: tuple[tuple[int, float], ...] = ()
    back: bool = False


class Picture(Value):
    """A claim's provenance, laid out.

    Attributes:
        layers: How many layers there are.
        rows: How many rows the fullest takes.
        left_out: Articles that are not in it, since it would have too many nodes.
    """

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    layers: int
    rows: float
    left_out: int


def picture(web: Web, claim: tuple[str, str, str] | None, most: int = MOST_NODES) -> Picture:
    """Return a web of reports as a picture.

    Args:
        web: Reports and what they were taken from.
        claim: The id, wording and language of the claim that they make; None where they make
            several, and articles begin the picture.
        most: Nodes at most; articles that come late are left out before others.
    """
    drawn = _Drawn(web, claim)
    left_out = drawn.fill(most)
    if not drawn.nodes:
        return Picture(nodes=(), lines=(), layers=0, rows=0.0, left_out=0)
    laid = lay_out(drawn.nodes, drawn.lines)
    nodes = (
        node.model_copy(update={"layer": laid.layer[key], "row": laid.row[key]})
        for key, node in drawn.nodes.items()
    )
    lines = (
        line.model_copy(update={"points": laid.points.get(pair, ()), "back": pair in laid.back})
        for pair, line in drawn.lines.items()
    )
    return Picture(
        nodes=tuple(sorted(nodes, key=lambda node: (node.layer, node.row))),
        lines=tuple(lines),
        layers=max(laid.layer.values()) + 1,
        rows=laid.rows,
        left_out=left_out,
    )


class _Drawn:
    """Nodes and lines while they are gathered, article by article."""

    def __init__(self, web: Web, claim: tuple[str, str, str] | None) -> None:
        self._web = web
        self._claim = claim[0] if claim else None
        self.nodes: dict[str, Node] = {}
        self.lines: dict[Pair, Line] = {}
        self._ends = _ends(web)
        if claim:
            key, text, lang = claim
            self._add(_node((key, NodeKind.CLAIM), key, text, lang))
        self._inside: defaultdict[str, list[tuple[Report, Report, str]]] = defaultdict(list)
        self._across: defaultdict[str, list[tuple[Report, Report, str]]] = defaultdict(list)
        for child, parent, edge in web.hops:
            inside = child.document_id == parent.document_id
            (self._inside if inside else self._across)[child.document_id].append(
                (child, parent, edge.kind.value)
            )

    def fill(self, most: int) -> int:
        """Put in one article after the other while there is room; return how many had none."""
        articles: dict[str, list[Report]] = {}
        for one in self._web.reports:
            articles.setdefault(one.document_id, []).append(one)
        left = 0
        for number, some in enumerate(articles.values()):
            if number and len(self.nodes) + 1 + len({_voice(one) for one in some}) > most:
                left += 1
                continue
            self._article(some)
        for document in articles:
            if document in self.nodes:
                self._taken_over(document)
        if self._claim:
            self._from(self._claim)
        return left

    def _article(self, some: Sequence[Report]) -> None:
        first = some[0]
        key, name = (first.document_id, NodeKind.ARTICLE), first.outlet or first.title
        self._add(_node(key, first.document_id, name, first.lang, first.published))
        told = {parent.id for _, parent, _ in self._inside[first.document_id]}
        copied = {
            child.id
            for child, parent, _ in self._across[first.document_id]
            if _voice(child) == _voice(parent)
        }
        for one in some:
            if self._voiced(one) and one.id not in told and one.id not in copied:
                self._join(first.document_id, _voice(one), EdgeKind.NAMES, one)
        for child, parent, kind in self._inside[first.document_id]:
            start = _voice(child) if self._voiced(child) else first.document_id
            if self._voiced(parent):
                self._join(start, _voice(parent), EdgeKind(kind), parent)

    def _taken_over(self, document: str) -> None:
        """Lead from an article, or the agency that it names, to the article it was taken from."""
        for child, parent, kind in self._across[document]:
            if parent.document_id not in self.nodes:
                continue
            named = child.source_id and child.source_id == parent.outlet_id
            start = _voice(child) if named and self._voiced(child) else document
            self._join(start, parent.document_id, EdgeKind(kind), child)

    def _from(self, claim: str) -> None:
        """Lead from the claim to the articles that nothing else leads to."""
        reached = {end for _, end in self.lines}
        for key, node in tuple(self.nodes.items()):
            if node.kind is NodeKind.ARTICLE and key not in reached:
                self._state(claim, key)
        known = set(nx.descendants(self._graph(), claim)) if self.lines else set()
        for key, node in tuple(self.nodes.items()):  # what only circles lead to
            if node.kind is NodeKind.ARTICLE and key not in known:
                self._state(claim, key)
                known |= {key, *nx.descendants(self._graph(), key)}

    def _state(self, claim: str, document: str) -> None:
        reports = tuple(one.id for one in self._web.own if one.document_id == document)
        self.lines[claim, document] = Line(
            start=claim, end=document, kind=EdgeKind.STATES, reports=reports
        )

    def _graph(self) -> nx.DiGraph[str]:
        graph: nx.DiGraph[str] = nx.DiGraph(list(self.lines))
        graph.add_nodes_from(self.nodes)
        return graph

    def _voiced(self, one: Report) -> bool:
        """Put in whom a report names, unless it speaks for itself."""
        if one.own_voice and not one.source_id:
            return False
        key = _voice(one)
        if key not in self.nodes:
            kind = self._ends.get(key, NodeKind.SOURCE)
            lang = "" if one.source_id else one.lang
            self._add(_node((key, kind), one.source_id, one.name, lang))
        return True

    def _join(self, start: str, end: str, kind: EdgeKind, one: Report) -> None:
        if start == end:
            return
        line = self.lines.get((start, end)) or Line(start=start, end=end, kind=kind, reports=())
        if one.id not in line.reports:
            line = line.model_copy(update={"reports": (*line.reports, one.id)})
        self.lines[start, end] = line

    def _add(self, node: Node) -> None:
        self.nodes.setdefault(node.key, node)


def _node(
    key: tuple[str, NodeKind],
    page: str | None,
    label: str,
    lang: str,
    date: StatedTime | None = None,
) -> Node:
    """Return a node whose place is not known yet."""
    name, kind = key
    when = date or StatedTime()
    return Node(key=name, kind=kind, page=page, label=label, lang=lang, date=when, layer=0, row=0.0)


def _voice(one: Report) -> str:
    """Return what tells whom a report names; who is not known is another one in each article."""
    return one.source_id or f"{one.document_id} {one.source_words.casefold()}"


def _ends(web: Web) -> dict[str, NodeKind]:
    """Return which voices chains end in, and whether as origins."""
    found = origins(web)
    kinds: dict[str, NodeKind] = {}
    counted = [end for group in found.groups for end in group.ends]
    for kind, some in ((NodeKind.UNTRACED, found.ends), (NodeKind.ORIGIN, counted)):
        for end in some:
            kinds |= {_voice(web.by_id[each]): kind for each in end.reports}
    return kinds
