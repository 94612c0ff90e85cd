"""Circular reporting, on three levels: reports, works, and outlets (features F5).

A circle that no single report shows may show between works, once all versions of each are one: an
encyclopaedia has it from the press, which had it from the encyclopaedia. Circles are told per
claim: outlets that cite each other on different matters are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import networkx as nx

from claimtrack.analysis.web import Web
from claimtrack.model.document import StatedTime
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import LoopLevel, SourceKind
from claimtrack.store.reports import Report

_MEDIA = frozenset({SourceKind.OUTLET, SourceKind.AGENCY})


class Turn(Value):
    """One edge of a circle: who took it from whom, and when that was published."""

    child: str
    parent: str
    child_name: str
    parent_name: str
    date: StatedTime


class Loop(Value):
    """A circle.

    Attributes:
        level: On what it shows.
        members: The ids of its reports or documents, or the names of its outlets, sorted.
        turns: Its edges.
        seed: The member that was published first, where dates tell one: where it likely began.
        origin: Whether anything leads out of it; else it has no origin.
    """

    level: LoopLevel
    members: tuple[str, ...]
    turns: tuple[Turn, ...]
    seed: str | None
    origin: bool

    def called(self, member: str) -> str:
        """Return what to call a member: the outlet that it is, or that published it."""
        names = {turn.child: turn.child_name for turn in self.turns}
        return names.get(member) or member


_Name = Callable[[Report], str]


def loops(web: Web) -> tuple[Loop, ...]:
    """Return the circles in a claim's web of reports; of each level, the largest first."""
    found: list[Loop] = []
    for level, name, edges in (
        (LoopLevel.ATTRIBUTION, _report, _reports(web)),
        (LoopLevel.DOCUMENT, _document, _reports(web)),
        (LoopLevel.OUTLET, outlet, _outlets(web)),
    ):
        some = list(_circles(level, name, edges))
        found += sorted(some, key=lambda loop: (-len(loop.members), loop.members))
    return tuple(found)


def outlet(report: Report) -> str:
    """Return what tells an outlet from others: the source that it is, else its name."""
    return report.outlet_id or (report.outlet or "").casefold() or report.document_id


def _report(report: Report) -> str:
    return report.id


def _document(report: Report) -> str:
    return report.document_id


def _reports(web: Web) -> list[tuple[Report, Report]]:
    return [(child, parent) for child, parent, _ in web.hops]


def _outlets(web: Web) -> list[tuple[Report, Report]]:
    """Return which outlet had it from which: by relays, and by naming one that also reports it."""
    edges = _reports(web)
    published = {outlet(one): one for one in reversed(web.own)}
    for one in web.own:
        cited = one.source_kind in _MEDIA and published.get(one.source_id or "")
        if cited and outlet(cited) != outlet(one):
            edges.append((one, cited))
    return edges


def _circles(
    level: LoopLevel, name: _Name, edges: Iterable[tuple[Report, Report]]
) -> Iterator[Loop]:
    known = [(name(child), name(parent), child, parent) for child, parent in edges]
    pairs = {(child, parent) for child, parent, *_ in known if child != parent}
    if not _may_turn(pairs):
        return
    graph: nx.DiGraph[str] = nx.DiGraph(pairs)
    for members in nx.strongly_connected_components(graph):
        if len(members) < 2:
            continue
        inside = [each for each in known if each[0] in members and each[1] in members]
        turns = {
            (one, other): _turn(one, other, child, parent)
            for one, other, child, parent in inside
            if one != other
        }
        yield Loop(
            level=level,
            members=tuple(sorted(members)),
            turns=tuple(turns[pair] for pair in sorted(turns)),
            seed=_seed(inside),
            origin=any(graph.out_degree(one) and set(graph[one]) - members for one in members),
        )


def _may_turn(pairs: Iterable[tuple[str, str]]) -> bool:
    """Tell whether anything is left when those are left out that took nothing, or gave nothing.

    Hardly any claim goes round in a circle; to see that costs less than to look for circles.
    """
    left, before = list(pairs), -1
    while left and len(left) != before:
        before = len(left)
        both = {child for child, _ in left} & {parent for _, parent in left}
        left = [pair for pair in left if pair[0] in both and pair[1] in both]
    return bool(left)


def _turn(one: str, other: str, child: Report, parent: Report) -> Turn:
    return Turn(
        child=one,
        parent=other,
        child_name=child.outlet or child.title,
        parent_name=parent.outlet or parent.title,
        date=child.published,
    )


def _seed(inside: Iterable[tuple[str, str, Report, Report]]) -> str | None:
    """Return the member that was published before all others, if exactly one was."""
    dates: dict[str, str] = {}
    for one, other, child, parent in inside:
        for member, report in ((one, child), (other, parent)):
            when = report.published.utc.isoformat() if report.published.utc else ""
            if not when:
                return None
            dates[member] = min(dates.get(member, when), when)
    first = min(dates.values())
    seeds = [member for member, when in dates.items() if when == first]
    return seeds[0] if len(seeds) == 1 else None
