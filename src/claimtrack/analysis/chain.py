"""Chains of reports: who has it from whom, from the outlet that published it to where it ends.

An edge runs from a report to the one it was taken from (child to parent). Reports that cite each
other in a circle are one step of a chain, so that every chain ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import networkx as nx

from claimtrack.model.document import StatedTime
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Channel
from claimtrack.store.views import AttributionView, DocumentRef, SourceRef

Pair = tuple[str, str]
"""A relay by the ids of its reports: the child, and the parent that it was taken from."""

MOST_CHAINS = 300
"""Chains that are listed; more are only counted."""

MOST_HOPS = 20
"""Hops of a listed chain that are shown; a longer chain is cut there."""


class Step(Value):
    """One place of a chain: an outlet that publishes, or a source that is reported.

    Attributes:
        name: What to call it: the outlet, the source's name, or its words in the text; empty
            when the text names nobody.
        attribution_id: The report; None for the outlet's own place at the outer end.
        claim_id: The claim that the report makes; None for outlets.
        source: The resolved source; None for outlets, and where it is unresolved.
        channel: Through what its words came; None for outlets.
        cue: The words that report it.
        date: When the document that has it was published.
        outlet: Who published that document.
        loop: All reports of a circle, this one among them; empty outside circles.
    """

    name: str
    attribution_id: str | None
    claim_id: str | None
    source: SourceRef | None
    channel: Channel | None
    cue: str
    date: StatedTime
    outlet: str | None
    document: DocumentRef
    loop: tuple[str, ...] = ()


class Chain(Value):
    """One way from an outlet to where the reporting ends.

    Attributes:
        hops: Edges from the first step to the end, those that are not shown among them.
        steps: The steps, outermost first, `MOST_HOPS + 1` of them at most.
        cut: Whether further steps are not shown.
    """

    hops: int
    steps: tuple[Step, ...]
    cut: bool = False


class Chains(Value):
    """All chains of some reports.

    Attributes:
        chains: In the order of the reports they begin with; at most MOST_CHAINS of them.
        count: How many there are.
        shortest: Hops of the shortest; 0 when there is none.
        longest: Hops of the longest; 0 when there is none.
        roots: The reports that no other report relays.
        sinks: The reports that were taken from no other: where chains end.
        loops: Circles, each as the ids of its reports.
    """

    chains: tuple[Chain, ...]
    count: int
    shortest: int
    longest: int
    roots: tuple[Step, ...]
    sinks: tuple[Step, ...]
    loops: tuple[tuple[str, ...], ...]


def follow(attributions: Sequence[AttributionView], relays: Iterable[Pair]) -> Chains:
    """Return the chains of some reports; relays that lead out of them are left aside."""
    knots = _knots(attributions, relays)
    beginnings = [place for place, knot in enumerate(knots) if not knot.children]
    measures = _measures(knots)
    reached = [measures[place] for place in beginnings]
    return Chains(
        chains=tuple(_listed(knots, beginnings, measures)),
        count=sum(measure.ways for measure in reached),
        # the outlet's own hop comes before the first report
        shortest=min((measure.shortest + 1 for measure in reached), default=0),
        longest=max((measure.longest + 1 for measure in reached), default=0),
        roots=tuple(knots[place].step for place in beginnings),
        sinks=tuple(knot.step for knot in knots if not knot.parents),
        loops=tuple(knot.step.loop for knot in knots if knot.step.loop),
    )


class _Knot(NamedTuple):
    """A report or a circle of reports, its document, and where its neighbours are in the list."""

    step: Step
    document: DocumentRef
    children: tuple[int, ...]
    parents: tuple[int, ...]


class _Measure(NamedTuple):
    """What lies between a knot and the ends of the chains through it."""

    ways: int
    shortest: int
    longest: int


def _knots(attributions: Sequence[AttributionView], relays: Iterable[Pair]) -> list[_Knot]:
    """Return reports and circles, in the order of their first report."""
    place = {one.id: number for number, one in enumerate(attributions)}
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(place.values())
    graph.add_edges_from(
        (place[child], place[parent])
        for child, parent in relays
        if child in place and parent in place and child != parent
    )
    circles = sorted(sorted(circle) for circle in nx.strongly_connected_components(graph))
    plain = len(circles) == len(graph)
    condensed = graph if plain else nx.condensation(graph, [set(circle) for circle in circles])
    return [
        _Knot(
            step=_reported([attributions[member] for member in circle]),
            document=attributions[circle[0]].document,
            children=tuple(sorted(condensed.predecessors(number))),
            parents=tuple(sorted(condensed.successors(number))),
        )
        for number, circle in enumerate(circles)
    ]


def _reported(circle: Sequence[AttributionView]) -> Step:
    first = circle[0]
    named = first.source.name if first.source else None
    return Step(
        name=named or first.words("source") or first.words("antecedent"),
        attribution_id=first.id,
        claim_id=first.claim_id,
        source=first.source,
        channel=first.channel,
        cue=first.words("cue"),
        date=first.document.published,
        outlet=first.document.outlet,
        document=first.document,
        loop=tuple(one.id for one in circle) if len(circle) > 1 else (),
    )


def _published(document: DocumentRef) -> Step:
    return Step(
        name=document.outlet or "",
        attribution_id=None,
        claim_id=None,
        source=None,
        channel=None,
        cue="",
        date=document.published,
        outlet=document.outlet,
        document=document,
    )


def _measures(knots: Sequence[_Knot]) -> Mapping[int, _Measure]:
    """Measure from the ends inwards, so that no chain is walked twice."""
    measures: dict[int, _Measure] = {}
    waiting = {place: len(knot.parents) for place, knot in enumerate(knots)}
    ready = [place for place, missing in waiting.items() if not missing]
    while ready:
        place = ready.pop()
        beyond = [measures[parent] for parent in knots[place].parents]
        measures[place] = _Measure(
            ways=sum(measure.ways for measure in beyond) if beyond else 1,
            shortest=min((measure.shortest + 1 for measure in beyond), default=0),
            longest=max((measure.longest + 1 for measure in beyond), default=0),
        )
        for child in knots[place].children:
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    return measures


def _listed(
    knots: Sequence[_Knot], beginnings: Iterable[int], measures: Mapping[int, _Measure]
) -> Iterator[Chain]:
    """Yield chains depth first, MOST_CHAINS at most; a stack, so that depth costs no recursion."""
    left = MOST_CHAINS
    stack: list[tuple[int, ...]] = [(place,) for place in reversed(list(beginnings))]
    while stack and left:
        path = stack.pop()
        last = knots[path[-1]]
        cut = bool(last.parents) and len(path) == MOST_HOPS
        if last.parents and not cut:
            stack += [(*path, parent) for parent in reversed(last.parents)]
            continue
        left -= 1
        yield Chain(
            hops=len(path) + measures[path[-1]].longest,
            steps=(_published(knots[path[0]].document), *(knots[place].step for place in path)),
            cut=cut,
        )
