"""Pairs compared and decided on, and how alike the articles are that they stand in."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from claimtrack.match.candidates import Pairing
from claimtrack.match.contents import Gists, Maker, Step, Wanted
from claimtrack.match.decide import Setting, decide
from claimtrack.match.entries import Entries, Entry, distinct, text_digest
from claimtrack.match.found import Found
from claimtrack.match.names import Means
from claimtrack.match.pairing import Candidates, Recurring
from claimtrack.match.speakers import Saying, Speakers
from claimtrack.match.spread import Compared, Pairs, Spread, compare_pairs
from claimtrack.match.vectors import Rows, gathered
from claimtrack.store import Connection, linking

_PAIRS = 64
"""Pairs that are worked on at once."""
_AT_ONCE = 2_048
_HEAD = 240
"""Code points of an article's beginning that say what it is about."""


class Matters:
    """How alike articles are, by title and beginning."""

    def __init__(
        self, connection: Connection, versions: NDArray[np.int32], maker: Maker, database: Path
    ) -> None:
        """Take the numbers of the versions that will be asked for."""
        self._connection, self._maker, self._database = connection, maker, database
        self._versions = np.unique(versions)

    @cached_property
    def _rows(self) -> Rows:
        found = bytearray()
        for at in range(0, len(self._versions), _AT_ONCE):
            for head in self._heads(self._versions[at : at + _AT_ONCE].tolist()):
                found += text_digest(head, "").encode("ascii")
        digests, contents = distinct(found)
        first = np.zeros(len(digests), dtype=np.int64)
        first[contents[::-1]] = np.arange(len(contents))[::-1]

        def texts(numbers: Sequence[int]) -> list[str]:
            return self._heads(self._versions[first[list(numbers)]].tolist())

        def held(numbers: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
            wanted = Wanted(numbers, lambda one: digests[one].decode("ascii"), texts)
            return self._maker.vectors(wanted, "Reading titles")

        return gathered(digests, contents, held, self._database)

    def _heads(self, versions: Sequence[int]) -> list[str]:
        found = dict(linking.heads(self._connection, versions, _HEAD))
        return [found.get(each, "") for each in versions]

    def alike(self, one: int, other: int) -> float:
        """Return how alike two articles are, 0 to 1, by the numbers of their versions."""
        return self.each_alike(np.array([[one, other]]))[0]

    def each_alike(self, pairs: NDArray[np.integer[Any]]) -> list[float]:
        """Return how alike two articles are, for two columns of the numbers of their versions."""
        left, right = self._rows[np.searchsorted(self._versions, pairs.T)]
        found: list[float] = np.where(
            pairs[:, 0] == pairs[:, 1], 1.0, cosines(left, right)
        ).tolist()
        return found


class _Waiting(NamedTuple):
    """Pairs that are being compared, and what stands at their places."""

    some: Recurring
    told: Mapping[int, Entry]


class Comparing:
    """Compares pairs, and decides on them."""

    def __init__(
        self, entries: Entries, vectors: Rows, gists: Gists, matters: Matters, speakers: Speakers
    ) -> None:
        """Take all that a decision rests on."""
        self._entries, self._vectors, self._gists = entries, vectors, gists
        self._matters, self._speakers = matters, speakers

    def compare(
        self, pairs: Candidates, found: Found, means: Means, spread: Spread, step: Step
    ) -> None:
        """Put down pairs of which something comes; contents that recur are compared once."""
        waiting: deque[_Waiting] = deque()

        def batches() -> Iterator[Pairs]:
            for block in pairs.blocks():
                told = self._entries.read(block.places)
                for some in block.parts(_PAIRS):
                    waiting.append(_Waiting(some, told))
                    yield Pairs(means, self._texts(some, told))

        done = 0
        for results in spread(compare_pairs, batches()):
            some, told = waiting.popleft()
            both = zip(some.groups(), results, strict=True)
            self._decide([(pairs, made) for pairs, made in both if made], told, found)
            done += len(some.pairs)
            step("Comparing", done, pairs.count)

    def _texts(
        self, some: Recurring, told: Mapping[int, Entry]
    ) -> tuple[tuple[str, str, str, str, float], ...]:
        left, right = some.firsts.T
        alike = cosines(self._vectors[left], self._vectors[right])
        ends = zip(left.tolist(), right.tolist(), alike.tolist(), strict=True)
        return tuple(
            (told[one].text, told[one].lang, told[other].text, told[other].lang, likeness)
            for one, other, likeness in ends
        )

    def _decide(
        self, groups: Sequence[tuple[Pairing, Compared]], told: Mapping[int, Entry], found: Found
    ) -> None:
        """Put down what comes of pairs, those of the same two contents together."""
        if not groups:
            return
        versions = self._entries.versions[np.concatenate([pairs for pairs, _ in groups])]
        matter = iter(self._matters.each_alike(versions))
        for pairs, each in groups:
            for left, right in pairs.tolist():
                alike = next(matter), each.copied
                decision = decide(each.made, self._setting(left, right, told, alike))
                if decision.same or decision.suggested or decision.relation:
                    found.add(left, right, each.made.score, decision)

    def _setting(
        self, left: int, right: int, told: Mapping[int, Entry], alike: tuple[float, bool]
    ) -> Setting:
        """Return where two reports stand, given how alike their articles are, and if copied."""
        one, other = told[left], told[right]
        return Setting(
            *alike,
            left=one.published,
            right=other.published,
            assertions=(one.assertion, other.assertion),
            across=one.lang != other.lang,
            one_source=self._speakers.one(self._saying(left, one), self._saying(right, other)),
        )

    def _saying(self, place: int, entry: Entry) -> Saying:
        return Saying(entry.item, entry.told.document_id, partial(self._countries, place, entry))

    def _countries(self, place: int, entry: Entry) -> Sequence[str]:
        content = int(self._entries.contents[place])
        return list(self._gists.outline(content, entry.text, entry.lang).countries.values())


def cosines(left: NDArray[np.float16], right: NDArray[np.float16]) -> NDArray[np.float32]:
    """Return how alike unit vectors in half the precision are, row by row, 0 to 1."""
    found: NDArray[np.float32] = np.einsum(
        "ij,ij->i", left.astype(np.float32), right.astype(np.float32)
    )
    return found.clip(0)
