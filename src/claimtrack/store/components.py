"""Connected components: of everything at once, or of what may have come apart just now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence

Edges = Generator[str, None, None]
Neighbours = Callable[[str], Edges]


def components(order: Sequence[str], joined: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each claim the first one, in an order, that it is joined with."""
    number = {claim: position for position, claim in enumerate(order)}
    parent = list(range(len(order)))

    def root(position: int) -> int:
        while parent[position] != position:
            parent[position] = parent[parent[position]]
            position = parent[position]
        return position

    for left, right in joined:
        earlier, later = sorted((root(number[left]), root(number[right])))
        parent[later] = earlier
    return {claim: order[root(position)] for position, claim in enumerate(order)}


def parted(ends: Iterable[str], neighbours: Neighbours) -> list[set[str]]:
    """Return the components that some nodes are in, but for one, which is the rest.

    All are looked around from at once, edge by edge: so small components are told without a walk
    through a large one, and nodes that are still joined soon meet.

    Args:
        ends: Nodes that were joined, by edges that are gone.
        neighbours: Yields what a node is joined with; closed when no more is asked for.
    """
    looking = deque(_Search(end) for end in ends)
    owners = {end: search for search in looking for end in search.seen}
    done: list[set[str]] = []
    while len(looking) > 1:
        search = looking.popleft()
        found = search.step(neighbours)
        if found is None:
            done.append(search.seen)
            continue
        other = owners.get(found)
        if other is None:
            search.come_to(found)
            owners[found] = search
        elif other is not search:
            looking.remove(other)
            search.join(other)
            owners.update(dict.fromkeys(other.seen, search))
        looking.append(search)
    for search in looking:
        search.stop()
    return done


class _Search:
    """A search that goes one edge at a time.

    Attributes:
        seen: The nodes it has come to.
        waiting: Those that it has not looked all around from, begun or not.
    """

    def __init__(self, start: str) -> None:
        self.seen = {start}
        self.waiting: deque[str | Edges] = deque([start])

    def step(self, neighbours: Neighbours) -> str | None:
        """Go along one more edge and return where it leads; None when there is none left."""
        while self.waiting:
            node = self.waiting.popleft()
            edges = neighbours(node) if isinstance(node, str) else node
            found = next(edges, None)
            if found is not None:
                self.waiting.append(edges)
                return found
        return None

    def come_to(self, node: str) -> None:
        """Take in a node that nobody has come to before."""
        self.seen.add(node)
        self.waiting.append(node)

    def join(self, other: _Search) -> None:
        """Go on with another search as one."""
        self.seen |= other.seen
        self.waiting += other.waiting

    def stop(self) -> None:
        """Ask for no more."""
        for each in self.waiting:
            if not isinstance(each, str):
                each.close()
