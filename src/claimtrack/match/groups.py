"""Claims as they are joined, by number, and which groups of them contradict each other."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray


class Groups:
    """Groups of claims; each claim begins as one of its own."""

    def __init__(self, versions: NDArray[np.int32], joined: Iterable[tuple[int, int]]) -> None:
        """Take the version that each claim stands in, and claims that are one with an earlier one.

        Args:
            versions: By the claims' numbers; 0 where it does not matter.
            joined: The number of a claim, and of the earliest that it is one with.
        """
        self._versions = versions
        self._of = array("q", range(len(versions)))
        self._members: dict[int, list[int]] = {}  # of groups of more than one
        self._within: dict[int, dict[int, list[int]]] = {}  # of those of them that were asked for
        self._against: dict[int, set[int]] = {}
        for claim, first in joined:
            self._of[claim] = first
            self._members.setdefault(first, [first]).append(claim)

    def together(self, left: int, right: int) -> bool:
        """Tell whether two claims are in one group."""
        return self._of[left] == self._of[right]

    def part(self, left: int, right: int) -> None:
        """Note that two claims, and with them their groups, contradict each other."""
        one, other = self._of[left], self._of[right]
        if one != other:
            self._against.setdefault(one, set()).add(other)
            self._against.setdefault(other, set()).add(one)

    def parted(self, left: int, right: int) -> bool:
        """Tell whether the groups of two claims contradict each other."""
        return self._of[right] in self._against.get(self._of[left], ())

    def beside(self, left: int, right: int) -> Iterator[tuple[int, int]]:
        """Yield the claims of one version that joining two claims would join, in pairs."""
        one, other = sorted((self._by_version(self._of[each]) for each in (left, right)), key=len)
        for version, claims in one.items():
            for claim in claims:
                for beside in other.get(version, ()):
                    yield claim, beside

    def _by_version(self, group: int) -> dict[int, list[int]]:
        """Return the claims of a group by the version that they stand in, where that matters."""
        if group not in self._within:
            found: dict[int, list[int]] = {}
            self._put(found, self._members.get(group, [group]))
            if group not in self._members:
                return found
            self._within[group] = found
        return self._within[group]

    def _put(self, within: dict[int, list[int]], claims: Iterable[int]) -> None:
        for claim in claims:
            if version := int(self._versions[claim]):
                within.setdefault(version, []).append(claim)

    def join(self, left: int, right: int) -> None:
        """Make the groups of two claims one."""
        one, other = sorted(
            (self._of[left], self._of[right]),
            key=lambda group: len(self._members.get(group, ())),
            reverse=True,
        )
        moved = self._members.pop(other, [other])
        for claim in moved:
            self._of[claim] = one
        self._members.setdefault(one, [one]).extend(moved)
        self._within.pop(other, None)
        if one in self._within:
            self._put(self._within[one], moved)
        for against in self._against.pop(other, set()):
            self._against[against].discard(other)
            self._against[against].add(one)
            self._against.setdefault(one, set()).add(against)
