"""Who took it from whom: the relays of a claim as trees, each origin on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claimtrack.store.views import AttributionView, RelayView

DEPTH = 20
"""How many hops a page shows below an origin."""

ROWS = 300
"""How many lines a page shows in all."""


class Link(NamedTuple):
    """An attribution in the tree, with those that were taken from it.

    Attributes:
        relay: The relay that leads here from the line above; None for an origin.
        repeated: It stands further up already, with what was taken from it.
    """

    attribution: AttributionView
    relay: RelayView | None
    repeated: bool
    takers: tuple[Link, ...]


class Chains(NamedTuple):
    """The trees of a claim, in the order their tops were recorded.

    Attributes:
        origins: The trees whose top was taken from none of the others.
        circles: Those that have no origin, since all refer to each other.
        cut: There is more than the page shows.
    """

    origins: tuple[Link, ...]
    circles: tuple[Link, ...]
    cut: bool


def chains(
    attributions: Sequence[AttributionView],
    relays: Iterable[RelayView],
    *,
    depth: int = DEPTH,
    rows: int = ROWS,
) -> Chains:
    """Return who took it from whom among the attributions that take part in a relay.

    In a circle the attribution recorded first is put on top. Relays to an attribution that is not
    among those given are left out.
    """
    known = {attribution.id: attribution for attribution in attributions}
    inner = [relay for relay in relays if relay.child_id in known and relay.parent_id in known]
    takers: dict[str, list[RelayView]] = {}
    for relay in inner:
        takers.setdefault(relay.parent_id, []).append(relay)
    taken = {relay.child_id for relay in inner}
    origins = [id_ for id_ in known if id_ in takers and id_ not in taken]
    rest = [id_ for id_ in known if id_ in takers and id_ in taken]
    tree = _Tree(known, takers, depth, rows)
    tops = [tree.link(id_, None, 0) for id_ in origins]
    circles = [tree.link(id_, None, 0) for id_ in rest if id_ not in tree.shown]
    return Chains(_kept(tops), _kept(circles), tree.cut)


def _kept(links: Iterable[Link | None]) -> tuple[Link, ...]:
    return tuple(link for link in links if link is not None)


class _Tree:
    """Builds the trees of one claim and counts what it has shown."""

    def __init__(
        self,
        known: Mapping[str, AttributionView],
        takers: Mapping[str, Sequence[RelayView]],
        depth: int,
        rows: int,
    ) -> None:
        self.known, self.takers = known, takers
        self.depth, self.rows = depth, rows
        self.shown: set[str] = set()
        self.cut = False

    def link(self, id_: str, relay: RelayView | None, level: int) -> Link | None:
        """Return one line with those below it; None when the page is full."""
        if level > self.depth or self.rows == 0:
            self.cut = True
            return None
        self.rows -= 1
        repeated = id_ in self.shown and id_ in self.takers
        self.shown.add(id_)
        below = () if repeated else self.takers.get(id_, ())
        takers = _kept(self.link(relay.child_id, relay, level + 1) for relay in below)
        return Link(self.known[id_], relay, repeated, takers)
