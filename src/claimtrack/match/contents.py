"""What is made of contents, each once: vectors, and what was read in them."""

from __future__ import annotations

import json
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from claimtrack.match.embed import NAME
from claimtrack.match.entries import Digests, Entries, Places
from claimtrack.match.names import Means
from claimtrack.match.piles import Kept
from claimtrack.match.reading import Reading
from claimtrack.match.spread import Content, Gist, Spread, Texts, embed_texts, read_texts
from claimtrack.match.vectors import Rows
from claimtrack.store import Connection, linking

T = TypeVar("T")

_AT_ONCE, _TEXTS = 2_048, 64
"""Contents that the database is asked for at a time, and that are worked on at a time."""

Step = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class Wanted(NamedTuple):
    """Contents by number, and where they are found.

    Attributes:
        digest: Returns the digest of one.
        texts: Returns the texts of some.
    """

    numbers: NDArray[np.int64]
    digest: Callable[[int], str]
    texts: Callable[[Sequence[int]], Sequence[str]]


class Maker:
    """Makes vectors and readings, in other processes perhaps."""

    def __init__(self, connection: Connection, means: Means, spread: Spread, step: Step) -> None:
        """Take the database, what texts are read with, and what spreads the work."""
        self._connection, self._means = connection, means
        self._spread, self._step = spread, step

    def vectors(self, wanted: Wanted, doing: str) -> Iterator[tuple[int, bytes]]:
        """Yield vectors with the numbers of their contents; those that are not held are made."""
        missing = array("q")
        for some in batched(wanted.numbers.tolist(), _AT_ONCE):
            numbers = {wanted.digest(each): each for each in some}
            for content, vector in linking.vectors(self._connection, numbers):
                yield numbers.pop(content), vector
            missing.extend(numbers.values())
        waiting: deque[tuple[int, ...]] = deque()

        def batches() -> Iterator[list[str]]:
            for numbers, texts in _in_parts(missing, wanted.texts):
                waiting.append(numbers)
                yield texts

        done = 0
        for made in self._spread(embed_texts, batches()):
            part = waiting.popleft()
            yield from zip(part, made, strict=True)
            done += len(part)
            self._step(doing, done, len(missing))

    def gists(self, entries: Entries, files: ExitStack) -> Gists:
        """Read the contents of what is new; what is kept of them is among some files."""
        gists = Gists(entries, self._means, files)
        wanted = np.unique(entries.contents[entries.new])
        waiting: deque[tuple[int, ...]] = deque()

        def batches() -> Iterator[Texts]:
            for numbers, texts in _in_parts(wanted.tolist(), entries.texts):
                waiting.append(numbers)
                yield Texts(self._means, tuple(texts))

        done = 0
        for made in self._spread(read_texts, batches()):
            part = waiting.popleft()
            for content, gist in zip(part, made, strict=True):
                gists.put(content, gist)
            done += len(part)
            self._step("Reading", done, len(wanted))
        return gists


class Gists:
    """What was read of the contents that are new, by their numbers.

    Attributes:
        counts: Whether a content gives a number of something.
    """

    def __init__(self, entries: Entries, means: Means, files: ExitStack) -> None:
        """Make room for all contents."""
        count = len(entries.digests)
        self.counts = np.zeros(count, dtype=np.bool_)
        self._keys_at, self._packed_at = (np.full(count, -1, dtype=np.int64) for _ in range(2))
        self._kept, self._means = Kept(files), means

    def put(self, content: int, gist: Gist) -> None:
        """Keep the gist of a content."""
        self.counts[content] = gist.counts
        self._keys_at[content] = self._kept.append(json.dumps(gist.keys).encode())
        self._packed_at[content] = self._kept.append(gist.packed)

    def keys(self, content: int) -> str:
        """Return what others may have in common with a content that is new, as JSON."""
        return self._kept[int(self._keys_at[content])].decode()

    def packed(self, content: int) -> bytes:
        """Return what was read of a content, as JSON; nothing of one that is not new."""
        at = int(self._packed_at[content])
        return self._kept[at] if at >= 0 else b""

    def reading(self, content: int, text: str, lang: str) -> Reading:
        """Return what was read of a content, or is read now."""
        return Content(text, lang, self.packed(content)).reading(self._means)


def keep_vectors(
    connection: Connection, digests: Digests, contents: Places, vectors: Rows, places: Places
) -> None:
    """Put vectors into the database, if it has none of a content.

    That is done in the order of their digests, so that each page of their index is written once.

    Args:
        connection: Within a transaction.
        digests: Of all contents, by number.
        contents: The content at each place.
        vectors: By place.
        places: Those whose vectors are kept.
    """
    wanted, first = np.unique(contents[places], return_index=True)
    order = np.argsort(digests[wanted])
    for at in range(0, len(order), _AT_ONCE):
        some = order[at : at + _AT_ONCE]
        names = (each.decode("ascii") for each in digests[wanted[some]].tolist())
        rows = vectors[places[first[some]]]
        made = {name: row.tobytes() for name, row in zip(names, rows, strict=True)}
        linking.put_vectors(connection, NAME, made)


def batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield items so many at a time, in their order."""
    source = iter(items)
    while some := tuple(islice(source, size)):
        yield some


def _in_parts(
    numbers: Iterable[int], texts: Callable[[Sequence[int]], Sequence[T]]
) -> Iterator[tuple[tuple[int, ...], list[T]]]:
    """Yield numbers with their texts, as many as are worked on at a time."""
    for some in batched(numbers, _AT_ONCE):
        for part in batched(zip(some, texts(some), strict=True), _TEXTS):
            yield tuple(number for number, _ in part), [text for _, text in part]
