"""The pairs of places that are worth comparing, on disk, and read again a block at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from claimtrack.match.candidates import Pairing, Shared, near
from claimtrack.match.contents import Gists, Step
from claimtrack.match.entries import Entries
from claimtrack.match.piles import Piles
from claimtrack.match.vectors import Rows
from claimtrack.store import Connection, linking
from claimtrack.store.voices import untold

_PILES, _CONTENTS = 128, 4_000
"""Files at most, and contents whose pairs may well share one."""
_PAIRS = 50_000
"""Pairs whose texts are in memory at a time."""
_LOW = (1 << 32) - 1


class Recurring(NamedTuple):
    """Pairs in the order of their contents: those of the same two contents stand together.

    Attributes:
        pairs: Two columns of places.
        starts: Where pairs of other contents begin.
    """

    pairs: Pairing
    starts: NDArray[np.int64]

    @property
    def firsts(self) -> Pairing:
        """The first pair of each two contents."""
        return self.pairs[self.starts]

    def groups(self) -> list[Pairing]:
        """Return the pairs of each two contents."""
        return np.split(self.pairs, self.starts[1:])

    def parts(self, size: int) -> Iterator[Recurring]:
        """Yield them so many contents at a time."""
        ends = np.append(self.starts, len(self.pairs))
        for at in range(0, len(self.starts), size):
            some = self.starts[at : at + size]
            pairs = self.pairs[some[0] : ends[at + len(some)]]
            yield Recurring(pairs, some - some[0])


class Candidates:
    """Pairs of places that are near, or have something rare in common.

    Attributes:
        near: The places that are in one at least.
        count: How many pairs there are; those put down twice are told when they are read again.
    """

    def __init__(self, entries: Entries, files: ExitStack) -> None:
        """Begin with none, among other files."""
        self._files = files
        self._entries = entries
        self.near = np.zeros(len(entries), dtype=np.bool_)
        self.count = 0
        count = min(_PILES, len(entries.digests) // _CONTENTS + 1)
        self._piles = Piles(files, count, np.int64)

    def find(
        self, connection: Connection, vectors: Rows, gists: Gists, step: Step, threads: int
    ) -> None:
        """Put down what is near or shares something with what is new."""
        shared = _shared(connection, self._entries, gists, self._files)
        fresh = self._entries.fresh
        searched = near(vectors, fresh, lambda done, of: step("Searching", done, of), threads)
        for some in chain(searched, shared.pairs()):
            self._put(some)

    def _put(self, pairs: Pairing) -> None:
        """Put down pairs, but for two sentences of one page's own voice."""
        entries, (left, right) = self._entries, pairs.T
        told = entries.narrated[left] | entries.narrated[right]
        worth = (entries.versions[left] != entries.versions[right]) | ~told
        left, right = left[worth], right[worth]
        self.near[left] = self.near[right] = True
        self.count += len(left)
        lower = np.minimum(entries.contents[left], entries.contents[right])
        self._piles.put(left << 32 | right, lower * self._piles.count // len(entries.digests))

    def blocks(self) -> Iterator[Recurring]:
        """Yield all pairs, once each, in blocks; then there are none."""
        for codes in self._piles:
            some = np.unique(codes.view(np.int64))
            self.count -= len(codes) - len(some)
            pairs = np.stack([some >> 32, some & _LOW], axis=1)
            one, other = self._entries.contents[pairs].T
            turned = one > other
            order = np.lexsort((some, turned, np.maximum(one, other), np.minimum(one, other)))
            contents = np.stack([one, other], axis=1)[order]
            others = (contents[1:] != contents[:-1]).any(axis=1)
            starts = np.flatnonzero(np.append(True, others)[: len(some)])
            yield from _cut(Recurring(pairs[order], starts))


def _cut(some: Recurring) -> Iterator[Recurring]:
    """Yield pairs in blocks of a size that can be in memory, each two contents in one."""
    ends = np.append(some.starts, len(some.pairs))
    edges = np.append(np.flatnonzero(np.diff(some.starts // _PAIRS, prepend=-1)), len(some.starts))
    for begin, end in pairwise(edges.tolist()):
        first, last = ends[begin], ends[end]
        yield Recurring(some.pairs[first:last], some.starts[begin:end] - first)


def _shared(connection: Connection, entries: Entries, gists: Gists, files: ExitStack) -> Shared:
    """Return what is shared by key: of what is new first, of what was linked before then."""
    shared = Shared(files, entries.new)
    for place in entries.fresh.tolist():
        shared.put(place, json.loads(gists.keys(int(entries.contents[place]))))
    for place, one in enumerate(linking.linked(connection)):
        shared.put(place, json.loads(one.numbers))
    claims = int((~entries.narrated).sum())
    for place, told in enumerate(untold(connection), claims):
        if told.keys:
            shared.put(place, json.loads(told.keys))
    return shared
