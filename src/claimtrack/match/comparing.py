"""Pairs compared and decided on, and how alike the articles are that they stand in."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimtrack.match.candidates import Pairing
from claimtrack.match.contents import Gists, Maker, Step, Wanted, keep_vectors
from claimtrack.match.decide import Setting, decide
from claimtrack.match.entries import Digests, Entries, Entry, distinct, text_digest
from claimtrack.match.found import Found
from claimtrack.match.names import Means
from claimtrack.match.pairing import Candidates, Recurring
from claimtrack.match.speakers import Saying, Speakers
from claimtrack.match.spread import Compared, Content, Pairs, Spread, compare_pairs
from claimtrack.match.vectors import Rows, gathered
from claimtrack.store import Connection, linking
from claimtrack.text.remembered import Remembered

_PAIRS = 64
"""Pairs that are worked on at once: many of them have contents in common."""
_AT_ONCE = 2_048
"""Articles whose beginnings are read at once, and pairs that are decided on together."""
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
        self._digests: Digests = np.empty(0, dtype=np.bytes_)
        self._vectors = Remembered(self._read)  # one pair after another asks for the same few

    @cached_property
    def _rows(self) -> Rows:
        found = bytearray()
        for at in range(0, len(self._versions), _AT_ONCE):
            for head in self._heads(self._versions[at : at + _AT_ONCE].tolist()):
                found += text_digest(head, "").encode("ascii")
        digests, contents = distinct(found)
        self._digests = digests[contents]
        first = np.zeros(len(digests), dtype=np.int64)
        first[contents[::-1]] = np.arange(len(contents))[::-1]

        def texts(numbers: Sequence[int]) -> list[str]:
            return self._heads(self._versions[first[list(numbers)]].tolist())

        def held(numbers: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
            wanted = Wanted(numbers, lambda one: digests[one].decode("ascii"), texts)
            return self._maker.vectors(wanted, "Reading titles")

        return gathered(digests, contents, held, self._database)

    def keep(self) -> None:
        """Put the vectors of articles that were asked for into the database."""
        if len(self._digests):
            every = np.arange(len(self._versions))
            keep_vectors(self._connection, self._digests, self._rows, every)

    def _heads(self, versions: Sequence[int]) -> list[str]:
        found = dict(linking.heads(self._connection, versions, _HEAD))
        return [found.get(each, "") for each in versions]

    def alike(self, one: int, other: int) -> float:
        """Return how alike two articles are, 0 to 1, by the numbers of their versions."""
        if one == other:
            return 1.0
        return float(cosines(self._vectors[one], self._vectors[other])[0])

    def _read(self, version: int) -> NDArray[np.float16]:
        return self._rows[np.searchsorted(self._versions, [version])]

    def each_alike(self, pairs: NDArray[np.integer[Any]]) -> list[float]:
        """Return how alike two articles are, for two columns of the numbers of their versions."""
        left, right = self._rows[np.searchsorted(self._versions, pairs.T)]
        found: list[float] = np.where(
            pairs[:, 0] == pairs[:, 1], 1.0, cosines(left, right)
        ).tolist()
        return found


_Alike = tuple[Pairing, Compared]
"""Pairs of the same two contents, and what these are to each other."""


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
        waiting: deque[Recurring] = deque()

        def batches() -> Iterator[Pairs]:
            for block in pairs.blocks():
                for some in block.parts(_PAIRS):
                    waiting.append(some)
                    yield self._pairs(some, means)

        done = held = 0
        alike: list[_Alike] = []
        for results in spread(compare_pairs, batches()):
            some = waiting.popleft()
            both = zip(some.groups(), results, strict=True)
            more = [(pairs, made) for pairs, made in both if made]
            alike += more
            held += sum(len(pairs) for pairs, _ in more)
            if held >= _AT_ONCE:
                self._decide(alike, found)
                alike, held = [], 0
            done += len(some.pairs)
            step("Comparing", done, pairs.count)
        self._decide(alike, found)

    def _pairs(self, some: Recurring, means: Means) -> Pairs:
        """Return pairs of contents with all that it takes to compare them."""
        left, right = some.firsts.T
        alike = cosines(self._vectors[left], self._vectors[right])
        one, other = self._entries.contents[some.firsts.T].tolist()
        numbers = list(dict.fromkeys((*one, *other)))
        texts = zip(numbers, self._entries.texts(numbers), strict=True)
        contents = {number: Content(*text, self._gists.packed(number)) for number, text in texts}
        return Pairs(means, contents, tuple(zip(one, other, alike.tolist(), strict=True)))

    def _decide(self, groups: Sequence[_Alike], found: Found) -> None:
        """Put down what comes of pairs, those of the same two contents together."""
        if not groups:
            return
        places = np.concatenate([pairs for pairs, _ in groups])
        told, versions = self._entries.read(places), self._entries.versions[places]
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
        return list(self._gists.reading(content, entry.text, entry.lang).countries.values())


def cosines(left: NDArray[np.float16], right: NDArray[np.float16]) -> NDArray[np.float32]:
    """Return how alike unit vectors in half the precision are, row by row, 0 to 1."""
    found: NDArray[np.float32] = np.einsum(
        "ij,ij->i", left.astype(np.float32), right.astype(np.float32)
    )
    return found.clip(0)
