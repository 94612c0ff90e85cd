"""A report over the whole database: what rests on one source, circles, disputes, losses, lags."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from claimtrack.analysis.disputes import Cell, matrix
from claimtrack.analysis.drift import lost_source
from claimtrack.analysis.loops import Loop, loops
from claimtrack.analysis.origins import Origins, origins
from claimtrack.analysis.outline import escaped
from claimtrack.analysis.timing import Lag, lags
from claimtrack.analysis.web import Web, among, load_many
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Severity
from claimtrack.store import Connection, relations, reports
from claimtrack.store.claims import claim_refs
from claimtrack.store.reports import Edge, Report


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
    connection: Connection, limit: int = 50, claims: Iterable[str] | None = None
) -> Overview:
    """Return the whole database at a glance.

    Args:
        connection: A connection.
        limit: How many of each kind at most.
        claims: Look at these claims only, where all are too many.
    """
    webs = all_webs(connection) if claims is None else load_many(connection, claims)
    found = {claim: origins(one) for claim, one in webs.items()}
    circles = [
        Circle(claim_id=claim, loop=loop) for claim, one in webs.items() for loop in loops(one)
    ]
    return Overview(
        claims=len(webs),
        single=_single(connection, found, limit),
        circles=tuple(circles[:limit]),
        disputes=matrix(webs, relations.every(connection))[:limit],
        losses=_losses(webs.values())[:limit],
        times=_times(webs.values())[:limit],
    )


def all_webs(connection: Connection) -> dict[str, Web]:
    """Return the web of every claim, in one reading of the database."""
    every = {one.id: one for one in reports.every(connection)}
    above: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in reports.all_edges(connection):
        above[edge.child].append(edge)
    members: defaultdict[str, list[Report]] = defaultdict(list)
    for one in every.values():
        members[one.claim_id].append(one)
    return {claim: among(own, every, above) for claim, own in members.items()}


def _single(
    connection: Connection, found: Mapping[str, Origins], limit: int
) -> tuple[SingleSource, ...]:
    spread = sorted(
        (
            (-one.reports, -one.attributions, claim)
            for claim, one in found.items()
            if one.severity is not Severity.NONE and one.reports > 1
        ),
    )[:limit]
    ids = [claim for *_, claim in spread]
    texts = {ref.id: ref.text for ref in claim_refs(connection, [(each,) for each in ids])}
    return tuple(
        SingleSource(
            claim_id=claim,
            text=texts[claim],
            severity=found[claim].severity,
            triple=found[claim].triple,
            warning=found[claim].warning(),
        )
        for claim in ids
    )


def _losses(webs: Iterable[Web]) -> tuple[OutletLoss, ...]:
    hops: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for one in webs:
        for child, parent, _ in one.hops:
            across = child.document_id != parent.document_id
            if across and child.id in one.members and child.outlet and parent.source_words:
                hops[child.outlet] += 1
                lost[child.outlet] += lost_source(child, parent)
    found = [OutletLoss(outlet=name, hops=hops[name], lost=lost[name]) for name in hops]
    return tuple(sorted(found, key=lambda one: (-one.rate, -one.hops, one.outlet)))


def _times(webs: Iterable[Web]) -> tuple[RelayTime, ...]:
    found: defaultdict[tuple[str, str], list[Lag]] = defaultdict(list)
    for one in webs:
        for each in lags(one):
            if each.outlet and each.parent_outlet and each.most is not None:
                found[each.outlet, each.parent_outlet].append(each)
    return tuple(_time(*pair, found[pair]) for pair in sorted(found))


def _time(outlet: str, parent: str, some: Sequence[Lag]) -> RelayTime:
    sound = [one for one in some if not one.impossible]
    return RelayTime(
        outlet=outlet,
        parent=parent,
        relays=len(sound),
        least=median(max(0.0, one.least or 0.0) for one in sound) if sound else 0.0,
        most=median(one.most or 0.0 for one in sound) if sound else 0.0,
        impossible=len(some) - len(sound),
    )
