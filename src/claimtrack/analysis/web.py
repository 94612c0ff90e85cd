"""The reports of one claim and what they were taken from: the graph that analyses look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import networkx as nx

from claimtrack.analysis import likenesses
from claimtrack.match.namesakes import Likenesses
from claimtrack.store import Connection, reports
from claimtrack.store.reports import Edge, Report


@dataclass(frozen=True)
class Web:
    """Reports and the relays between them.

    Attributes:
        reports: Those of the claim first, in the order of recording, then those that they were
            taken from and that make another claim.
        edges: Which was taken from which, child to parent; both ends are among the reports.
        members: The ids of the claim's own reports.
        likenesses: What is known of how alike names of its sources are, in two languages.
    """

    reports: tuple[Report, ...]
    edges: tuple[Edge, ...]
    members: frozenset[str]
    likenesses: Likenesses = field(default_factory=Likenesses, compare=False)

    @cached_property
    def by_id(self) -> Mapping[str, Report]:
        """The reports by id."""
        return {one.id: one for one in self.reports}

    @cached_property
    def own(self) -> tuple[Report, ...]:
        """The claim's own reports."""
        return tuple(one for one in self.reports if one.id in self.members)

    @cached_property
    def headline(self) -> Report:
        """The report by whose words the claim is called: the first that relays none of the others.

        The store's view live_headline says the same; a claim's web has what it takes already.
        """
        relaying = {edge.child for edge in self.edges if edge.parent in self.members}
        return next((one for one in self.own if one.id not in relaying), self.own[0])

    @cached_property
    def asserting(self) -> Web:
        """What is left when those that deny, ask or dispute are taken away."""
        kept = tuple(one for one in self.reports if one.says_so)
        if len(kept) == len(self.reports):
            return self
        members = (one.id for one in kept if one.id in self.members)
        return replace(web(kept, self.edges, members), likenesses=self.likenesses)

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """The same for networkx, edges from child to parent."""
        made: nx.DiGraph[str] = nx.DiGraph()
        made.add_nodes_from(one.id for one in self.reports)
        made.add_edges_from((edge.child, edge.parent) for edge in self.edges)
        return made

    @cached_property
    def hops(self) -> tuple[tuple[Report, Report, Edge], ...]:
        """Each relay as child, parent and edge, in the order of the child's recording."""
        found = [(self.by_id[edge.child], self.by_id[edge.parent], edge) for edge in self.edges]
        return tuple(sorted(found, key=lambda hop: (hop[0].number, hop[1].number)))


def web(some: Iterable[Report], edges: Iterable[Edge], members: Iterable[str]) -> Web:
    """Return a web of reports; edges that lead out of them are left out."""
    kept = tuple(some)
    ids = {one.id for one in kept}
    inside = tuple(edge for edge in edges if edge.child in ids and edge.parent in ids)
    return Web(kept, inside, frozenset(members) & ids)


def load(connection: Connection, cluster_id: str) -> Web:
    """Return the web of a claim: its reports, and all that they were taken from."""
    return load_many(connection, [cluster_id])[cluster_id]


def load_many(connection: Connection, clusters: Iterable[str]) -> dict[str, Web]:
    """Return the webs of some claims, by their ids, in one reading of the database."""
    asked = tuple(dict.fromkeys(clusters))
    own = reports.of_claims(connection, asked)
    above: defaultdict[str, dict[str, Edge]] = defaultdict(dict)
    known = {one.id for one in own}
    fresh: Sequence[str] = sorted(known)
    others: set[str] = set()
    while fresh:
        step = reports.taken(connection, fresh)
        for edge in step:
            above[edge.child][edge.parent] = edge
        fresh = sorted({edge.parent for edge in step} - known)
        known.update(fresh)
        others.update(fresh)
    beyond = reports.by_id(connection, others) if others else ()
    every = {one.id: one for one in (*own, *beyond)}
    members: dict[str, list[Report]] = {each: [] for each in asked}
    for one in own:
        members[one.claim_id].append(one)
    edges = {child: tuple(some.values()) for child, some in above.items()}
    known_names = likenesses.kept(connection, asked)
    return {
        claim: replace(among(some, every, edges), likenesses=known_names[claim])
        for claim, some in members.items()
    }


def among(
    own: Sequence[Report], every: Mapping[str, Report], above: Mapping[str, Sequence[Edge]]
) -> Web:
    """Return the web of some reports, out of all that are known.

    Args:
        own: The reports of a claim.
        every: Reports by id, at least those that these were taken from.
        above: By the id of a report, what it was taken from.
    """
    known = {one.id: one for one in own}
    waiting, edges = list(known), []
    while waiting:
        for edge in above.get(waiting.pop(), ()):
            edges.append(edge)
            if edge.parent not in known and edge.parent in every:
                known[edge.parent] = every[edge.parent]
                waiting.append(edge.parent)
    members = {one.id for one in own}
    beyond = sorted((one for one in known.values() if one.id not in members), key=_number)
    return web((*own, *beyond), edges, members)


def apart(connection: Connection, some: Iterable[Report]) -> dict[str, Web]:
    """Return reports by their claims, with the relays between those of one claim alone.

    Args:
        connection: A connection.
        some: Reports, in the order of recording.
    """
    told: defaultdict[str, list[Report]] = defaultdict(list)
    for one in some:
        told[one.claim_id].append(one)
    claim_of = {one.id: claim for claim, own in told.items() for one in own}
    edges: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in reports.taken(connection, claim_of):
        edges[claim_of[edge.child]].append(edge)
    return {claim: web(own, edges[claim], (one.id for one in own)) for claim, own in told.items()}


def _number(report: Report) -> int:
    return report.number
