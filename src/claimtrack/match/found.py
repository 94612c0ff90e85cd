"""What was decided on pairs of places: numbers in columns, the evidence in a file."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from claimtrack.match.decide import Decision
from claimtrack.match.piles import Kept
from claimtrack.model.vocabulary import ClaimRelationKind

_KINDS = (None, *ClaimRelationKind)
_SAME, _SUGGESTED, _UNRIVALLED = 1, 2, 4
_RIVALS = 500_000
"""Pairs, by each of their places, among which rivals are looked for together."""


class Pair(NamedTuple):
    """A pair of places that something was decided on.

    Attributes:
        at: Its number in the order in which it was found.
        score: How alike the two are.
    """

    at: int
    left: int
    right: int
    score: float
    relation: ClaimRelationKind | None


class Found:
    """Pairs with what was decided on them, by number."""

    def __init__(self, files: ExitStack) -> None:
        """Begin with none, among other files."""
        self._left, self._right = array("i"), array("i")
        self._scores, self._kinds = array("d"), array("b")
        self._flags = array("b")
        self._why = Kept(files)

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self._left)

    def add(self, left: int, right: int, score: float, decision: Decision) -> None:
        """Keep a pair with its decision."""
        self._left.append(left)
        self._right.append(right)
        self._scores.append(score)
        self._kinds.append(_KINDS.index(decision.relation))
        flags = decision.same * _SAME | decision.suggested * _SUGGESTED
        self._flags.append(flags | decision.unrivalled * _UNRIVALLED)
        self._why.append(decision.why.encode())

    def why(self, one: Pair) -> str:
        """Return the evidence for what was decided on a pair."""
        return self._why[one.at].decode()

    @property
    def joins(self) -> int:
        """How many pairs are one claim."""
        return int(self._flags_set(_SAME).sum())

    def same(self) -> Iterator[Pair]:
        """Yield the pairs that are one claim, the most alike first."""
        return self._those(self._flags_set(_SAME), by_score=True)

    def suggested(self) -> Iterator[Pair]:
        """Yield the pairs that may be one claim, in the order of their places."""
        return self._those(self._flags_set(_SUGGESTED))

    def related(self) -> Iterator[Pair]:
        """Yield the pairs that a relation was found between, in the order of their places."""
        return self._those(np.asarray(self._kinds) > 0)

    def alike_within(self, versions: NDArray[np.int32]) -> Iterator[Pair]:
        """Yield the pairs of one version that are one claim, or may be.

        Args:
            versions: The version that each place is of.
        """
        one_text = versions[np.asarray(self._left)] == versions[np.asarray(self._right)]
        yield from self._those(self._flags_set(_SAME | _SUGGESTED) & one_text)

    def _flags_set(self, flag: int) -> NDArray[np.bool_]:
        return (np.asarray(self._flags) & flag) > 0

    def _those(self, chosen: NDArray[np.bool_], *, by_score: bool = False) -> Iterator[Pair]:
        for at in map(int, self._ordered(np.flatnonzero(chosen), by_score=by_score)):
            yield Pair(
                at,
                self._left[at],
                self._right[at],
                self._scores[at],
                _KINDS[self._kinds[at]],
            )

    def _ordered(self, some: NDArray[np.int64], *, by_score: bool) -> NDArray[np.int64]:
        left, right = (np.asarray(each)[some] for each in (self._left, self._right))
        first = -np.asarray(self._scores)[some] if by_score else left
        return some[np.lexsort((right, left, first))]

    def ends(self) -> NDArray[np.int64]:
        """Return the places of what is one claim with something or stands in a relation to it."""
        some = self._flags_set(_SAME) | (np.asarray(self._kinds) > 0)
        return np.unique(
            np.concatenate([np.asarray(each)[some] for each in (self._left, self._right)])
        )

    def leave_rivals(self, versions: NDArray[np.int32]) -> None:
        """Make suggestions of joins that have a rival.

        What one source says of one thing is most alike in two articles, whatever else it says
        there.

        Args:
            versions: The version that each place is of.
        """
        flags = np.array(self._flags, dtype=np.int8)
        some = np.flatnonzero(flags & (_SAME | _SUGGESTED))
        left, right = (np.asarray(each)[some] for each in (self._left, self._right))
        score = np.asarray(self._scores)[some]
        most = np.zeros(len(some))
        step = len(versions) * _RIVALS // (2 * len(some) + 1) + 1
        for first in range(0, len(versions), step):
            rows, keys = _meeting(left, right, versions, range(first, first + step))
            _, which = np.unique(keys, return_inverse=True)
            best = np.zeros(len(keys))
            np.maximum.at(best, which, score[rows])
            np.maximum.at(most, rows, best[which])
        rivalled = some[(most > score) & ((flags[some] & _UNRIVALLED) > 0)]
        flags[rivalled] = flags[rivalled] & ~_SAME | _SUGGESTED
        self._flags = array("b", flags.tobytes())


def _meeting(
    left: NDArray[np.int32], right: NDArray[np.int32], versions: NDArray[np.int32], places: range
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of pairs with one of some places, and keys: the place with the other's text.

    A pair whose both places are among them has two rows.
    """
    rows, keys = [], []
    for ours, theirs in ((left, right), (right, left)):
        here = np.flatnonzero((ours >= places.start) & (ours < places.stop))
        rows.append(here)
        keys.append(ours[here].astype(np.int64) << 32 | versions[theirs[here]])
    return np.concatenate(rows), np.concatenate(keys)
