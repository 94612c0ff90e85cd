"""Pairs compared and decided on, and how alike the articles are that they stand in."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from claimtrack.match.candidates import Pairing
from claimtrack.match.contents import Gists, Maker, Step, Wanted, keep_vectors
from claimtrack.match.decide import Setting, decide
from claimtrack.match.embed import Vectors
from claimtrack.match.entries import Digests, Entries, Places, Report, distinct, text_digest
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
_VECTORS = 10_000
"""Articles whose vectors are remembered, 2 KB each: one pair after another asks for the same."""
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
        self._vectors = Remembered(self._read, _VECTORS)

    @cached_property
    def _contents(self) -> tuple[Digests, Places]:
        """The digests of titles with beginnings, and which of them each version has."""
        found = bytearray()
        for at in range(0, len(self._versions), _AT_ONCE):
            for head in self._heads(self._versions[at : at + _AT_ONCE].tolist()):
                found += text_digest(head, "").encode("ascii")
        return distinct(found)

    @cached_property
    def _rows(self) -> Rows:
        digests, contents = self._contents
        first = np.zeros(len(digests), dtype=np.int64)
        first[contents[::-1]] = np.arange(len(contents))[::-1]

        def texts(numbers: Sequence[int]) -> list[str]:
            return self._heads(self._versions[first[list(numbers)]].tolist())

        def held(numbers: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
            wanted = Wanted(numbers, lambda one: digests[one].decode("ascii"), texts)
            return self._maker.vectors(wanted, "Reading titles")

        return gathered(digests, contents, held, self._database)

    def keep(self) -> None:
        """Put the vectors of these articles into the database, if any was asked for."""
        if "_rows" in vars(self):
            every = np.arange(len(self._versions))
            keep_vectors(self._connection, *self._contents, self._rows, every)

    def _heads(self, versions: Sequence[int]) -> list[str]:
        found = dict(linking.heads(self._connection, versions, _HEAD))
        return [found.get(each, "") for each in versions]

    def alike(self, one: int, other: int) -> float:
        """Return how alike two articles are, 0 to 1, by the numbers of their versions."""
        if one == other:
            return 1.0
        return float(cosines(self._vectors[one], self._vectors[other]))

    def _read(self, version: int) -> NDArray[np.float32]:
        return self._rows[np.searchsorted(self._versions, version)].astype(np.float32)

    def each_alike(self, pairs: NDArray[np.integer[Any]]) -> list[float]:
        """Return how alike two articles are, for two columns of the numbers of their versions."""
        alike = likenesses(self._rows, np.searchsorted(self._versions, pairs))
        found: list[float] = np.where(pairs[:, 0] == pairs[:, 1], 1.0, alike).tolist()
        return found


_Alike = tuple[Pairing, Compared]
"""Pairs of the same two contents, and what these are to each other."""


class _Side(NamedTuple):
    """One of two reports that are decided on."""

    report: Report
    saying: Saying


class Comparing:
    """Compares pairs, and decides on them."""

    def __init__(
        self, entries: Entries, vectors: Rows, gists: Gists, matters: Matters, speakers: Speakers
    ) -> None:
        """Take all that a decision rests on."""
        self._entries, self._vectors, self._gists = entries, vectors, gists
        self._matters, self._speakers = matters, speakers
        self._countries = Remembered(self._read_countries)

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
        alike = likenesses(self._vectors, some.firsts)
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
        reports = self._entries.reports(places).items()
        sides = {place: self._side(place, report) for place, report in reports}
        matter = iter(self._matters.each_alike(self._entries.versions[places]))
        for pairs, each in groups:
            for left, right in pairs.tolist():
                alike = next(matter), each.copied
                decision = decide(each.made, self._setting(sides[left], sides[right], alike))
                if decision.same or decision.suggested or decision.relation:
                    found.add(left, right, each.made.score, decision)

    def _side(self, place: int, report: Report) -> _Side:
        content = int(self._entries.contents[place])
        countries = partial(self._countries.__getitem__, content)
        return _Side(report, self._speakers.saying(report, countries))

    def _read_countries(self, content: int) -> Collection[str]:
        """Return the countries that are named in a content."""
        ((text, lang),) = self._entries.texts([content])
        return frozenset(self._gists.reading(content, text, lang).countries.values())

    def _setting(self, one: _Side, other: _Side, alike: tuple[float, bool]) -> Setting:
        """Return where two reports stand, given how alike their articles are, and if copied."""
        return Setting(
            *alike,
            left=one.report.published,
            right=other.report.published,
            assertions=(one.report.assertion, other.report.assertion),
            across=one.report.lang != other.report.lang,
            one_source=self._speakers.one(one.saying, other.saying),
        )


def likenesses(vectors: Rows, pairs: NDArray[np.integer[Any]]) -> Vectors:
    """Return how alike the vectors of two columns of places are; each is read once."""
    places, which = np.unique(pairs, return_inverse=True)
    both = vectors[places].astype(np.float32)[which.reshape(pairs.shape).T]
    return cosines(*both)


def cosines(left: Vectors, right: Vectors) -> Vectors:
    """Return how alike unit vectors are, two of them or two rows of them, 0 to 1."""
    found: Vectors = np.maximum(np.einsum("...i,...i->...", left, right), 0)
    return found
