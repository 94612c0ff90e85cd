"""A report over the whole database: what rests on one source, circles, disputes, losses, lags.

Claims are read some thousand reports at a time, and of each only what the report tells is held.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from operator import itemgetter
from statistics import median
from typing import NamedTuple

from claimtrack.analysis.collector import held_off
from claimtrack.analysis.disputes import BETWEEN_CLAIMS
from claimtrack.analysis.drift import lost_source
from claimtrack.analysis.loops import Loop, loops
from claimtrack.analysis.matrix import Cell, Parties, matrix, parties
from claimtrack.analysis.origins import Origins, origins
from claimtrack.analysis.outline import escaped
from claimtrack.analysis.timing import lags
from claimtrack.analysis.web import Web, load_many
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Severity
from claimtrack.store import Connection, relations, reports
from claimtrack.store.claims import claim_refs

AT_ONCE = 20_000
"""Reports that are read at a time, or those of one claim."""

Step = Callable[[str, int, int | None], None]
"""Told what is read, how much of it was, and how much there is."""


class SingleSource(Value):
    """A claim with one origin, or none, and how far it spread."""

    claim_id: str
    text: str
    severity: Severity
    triple: tuple[int, int, int]
    warning: str


class Circle(Value):
    """A circle in the reports of a claim."""

    claim_id: str
    loop: Loop


class OutletLoss(Value):
    """How often an outlet drops the source of what it takes over.

    Attributes:
        hops: Relays in which it took over a report that names its source.
        lost: Those in which it says so on its own account.
    """

    outlet: str
    hops: int
    lost: int

    @property
    def rate(self) -> float:
        """The share that lost its source."""
        return self.lost / self.hops


class RelayTime(Value):
    """How long one outlet takes for what it has from another.

    Attributes:
        relays: How many relays are dated at both ends.
        least: The median of the seconds at least.
        most: The median of the seconds at most.
        impossible: Relays dated before what they were taken from; they are left out above.
    """

    outlet: str
    parent: str
    relays: int
    least: float
    most: float
    impossible: int


class Overview(Value):
    """The whole database at a glance.

    Attributes:
        claims: How many claims there are.
        single: Claims with one origin or none, in several documents, the most spread first.
        circles: Circles of all claims.
        disputes: Who disputes whom.
        losses: Outlets by the share of sources they drop.
        times: Pairs of outlets by how long a relay takes.
    """

    claims: int
    single: tuple[SingleSource, ...]
    circles: tuple[Circle, ...]
    disputes: tuple[Cell, ...]
    losses: tuple[OutletLoss, ...]
    times: tuple[RelayTime, ...]

    def as_markdown(self) -> str:
        """Return it as Markdown."""
        sections = {
            "Claims with one origin or none": [
                f"{escaped(one.warning)}: {escaped(one.text)} ({one.claim_id})"
                for one in self.single
            ],
            "Circles": [
                f"{one.loop.level}: {_members(one.loop)} ({one.claim_id})" for one in self.circles
            ],
            "Who disputes whom": [
                f"{escaped(one.disputer_name)} disputes {escaped(one.disputed_name)}:"
                f" {len(one.claims)}"
                for one in self.disputes
            ],
            "Sources lost": [
                f"{escaped(one.outlet)}: {one.lost} of {one.hops}" for one in self.losses
            ],
            "Time to relay": [
                f"{escaped(one.parent)} to {escaped(one.outlet)}: {_hours(one)} hours"
                f" ({one.relays} relays)"
                for one in self.times
            ],
        }
        parts = [f"# {self.claims} claims"]
        for title, lines in sections.items():
            listed = "\n".join(f"- {line}" for line in lines) or "None."
            parts.append(f"## {title}\n\n{listed}")
        return "\n\n".join(parts) + "\n"


def _members(loop: Loop) -> str:
    return ", ".join(escaped(loop.called(one)) for one in loop.members)


def _hours(time: RelayTime) -> str:
    ends = (f"{seconds / 3600:.0f}" for seconds in (time.least, time.most))
    return " to ".join(dict.fromkeys(ends))


def overview(
    connection: Connection,
    limit: int = 50,
    claims: Iterable[str] | None = None,
    step: Step | None = None,
) -> Overview:
    """Return the whole database at a glance.

    Args:
        connection: A connection.
        limit: How many of each kind at most.
        claims: Look at these claims only, where all are too many.
        step: Told after each part how many reports were read.
    """
    known = relations.every(connection, BETWEEN_CLAIMS)
    found = _Found(limit, frozenset(end for one in known for end in (one.left, one.right)))
    parts = _parts(reports.sizes(connection)) if claims is None else [tuple(claims)]
    total = reports.total(connection) if claims is None and step else None
    for part in parts:
        with held_off():
            found.take(load_many(connection, part))
        gc.collect()  # graphs hold themselves, and what was held off counts as old
        if step:
            step("reports", found.reports, total)
    return Overview(
        claims=found.claims,
        single=_single(connection, found.single),
        circles=tuple(circle for _, circle in found.circles),
        disputes=matrix(found.parties, known, limit=limit),
        losses=_losses(found.hops, found.lost)[:limit],
        times=tuple(_time(*pair, found.lags[pair]) for pair in sorted(found.lags)[:limit]),
    )


class _Lag(NamedTuple):
    """Seconds that a relay took, at least and at most."""

    least: float
    most: float


class _Single(NamedTuple):
    """A claim that rests on one origin or none, in the order of their spread."""

    spread: tuple[int, int, str]
    found: Origins


class _Found:
    """What was found so far of claims that are read one part after the other.

    Attributes:
        claims: How many claims were read; `reports` are all of theirs.
        single: The most spread of those with one origin or none.
        circles: The first circles, each with the number of its claim's first report.
        parties: Who takes sides on claims over which anybody disputes anybody.
        hops: By outlet, relays of reports that name a source; `lost` are those that lost it.
        lags: By who relayed and from whom, how long it took.
    """

    def __init__(self, limit: int, related: frozenset[str]) -> None:
        """Take how many of each kind are told, and the claims that others contradict."""
        self._limit, self._related = limit, related
        self.claims = self.reports = 0
        self.single: list[_Single] = []
        self.circles: list[tuple[int, Circle]] = []
        self.parties: dict[str, Parties] = {}
        self.hops: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.lags: defaultdict[tuple[str, str], list[_Lag]] = defaultdict(list)

    def take(self, webs: Mapping[str, Web]) -> None:
        """Look at some claims more."""
        for claim, web in webs.items():
            if own := web.own:
                self.claims += 1
                self.reports += len(own)
                self._origins(claim, web)
                circles = (Circle(claim_id=claim, loop=loop) for loop in loops(web))
                self.circles += [(own[0].number, circle) for circle in circles]
                self._parties(claim, web)
                self._relays(web)
        self.single = nsmallest(self._limit, self.single)
        self.circles = nsmallest(self._limit, self.circles, key=itemgetter(0))

    def _origins(self, claim: str, web: Web) -> None:
        found = origins(web)
        if found.severity is not Severity.NONE and found.reports > 1:
            self.single.append(_Single((-found.reports, -found.attributions, claim), found))

    def _parties(self, claim: str, web: Web) -> None:
        found = parties(web)
        if (found.saying and found.denying) or claim in self._related:
            self.parties[claim] = found

    def _relays(self, web: Web) -> None:
        for child, parent, _ in web.hops:
            across = child.document_id != parent.document_id
            if across and child.id in web.members and child.outlet and parent.source_words:
                self.hops[child.outlet] += 1
                self.lost[child.outlet] += lost_source(child, parent)
        for each in lags(web):
            if each.outlet and each.parent_outlet and each.most is not None:
                took = _Lag(each.least or 0.0, each.most)
                self.lags[each.outlet, each.parent_outlet].append(took)


def _parts(sizes: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    """Yield claims in parts of not many more reports than may be read at a time."""
    part: list[str] = []
    left = AT_ONCE
    for claim, size in sizes:
        part.append(claim)
        left -= size
        if left <= 0:
            yield part
            part, left = [], AT_ONCE
    if part:
        yield part


def _single(connection: Connection, some: Iterable[_Single]) -> tuple[SingleSource, ...]:
    by_id = {one.spread[-1]: one.found for one in some}
    texts = {ref.id: ref.text for ref in claim_refs(connection, [(each,) for each in by_id])}
    return tuple(
        SingleSource(
            claim_id=claim,
            text=texts[claim],
            severity=found.severity,
            triple=found.triple,
            warning=found.warning(),
        )
        for claim, found in by_id.items()
    )


def _losses(hops: Mapping[str, int], lost: Mapping[str, int]) -> tuple[OutletLoss, ...]:
    found = [OutletLoss(outlet=name, hops=hops[name], lost=lost[name]) for name in hops]
    return tuple(sorted(found, key=lambda one: (-one.rate, -one.hops, one.outlet)))


def _time(outlet: str, parent: str, some: Sequence[_Lag]) -> RelayTime:
    sound = [one for one in some if one.most >= 0]  # else the dates contradict the relay
    return RelayTime(
        outlet=outlet,
        parent=parent,
        relays=len(sound),
        least=median(max(0.0, one.least) for one in sound) if sound else 0.0,
        most=median(one.most for one in sound) if sound else 0.0,
        impossible=len(some) - len(sound),
    )
