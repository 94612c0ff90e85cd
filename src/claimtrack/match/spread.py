"""How work on many texts is spread: one batch after another here, or over processes.

What is done to a batch does not depend on where, so that the results are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from pydantic import TypeAdapter

from claimtrack.match.candidates import shared_keys
from claimtrack.match.compare import Comparison, compared
from claimtrack.match.copies import copied
from claimtrack.match.decide import promising
from claimtrack.match.embed import embed
from claimtrack.match.names import Means
from claimtrack.match.reading import Reading, read

T = TypeVar("T")
R = TypeVar("R")


class Spread(Protocol):
    """Does work on items, a stretch of them at a time, and yields the results in their order."""

    def __call__(self, work: Callable[[Sequence[T]], list[R]], items: Iterable[T]) -> Iterator[R]:
        """Yield the result for each item.

        Args:
            work: A function of a module, given some of the items.
            items: Read as they are needed.
        """
        ...


def in_line(work: Callable[[Sequence[T]], list[R]], items: Iterable[T]) -> Iterator[R]:
    """Do the work here."""
    for item in items:
        yield from work([item])


class Content(NamedTuple):
    """A content to be compared.

    Attributes:
        text: Its words.
        lang: Its language's code.
        packed: What was read of it (see `unpacked`); empty where it is read anew.
    """

    text: str
    lang: str
    packed: bytes

    def reading(self, means: Means) -> Reading:
        """Return what was read of it, or is read now."""
        return unpacked(self.packed) if self.packed else read(self.text, self.lang, means)


class Pairs(NamedTuple):
    """Pairs of contents to be compared.

    Attributes:
        means: What they are read with.
        contents: Those that they are of, by their numbers.
        pairs: The numbers of two, and the cosine of their vectors.
    """

    means: Means
    contents: Mapping[int, Content]
    pairs: tuple[tuple[int, int, float], ...]


class Compared(NamedTuple):
    """Two contents of which something may come.

    Attributes:
        made: What they are to each other.
        copied: The words of one are those of the other.
    """

    made: Comparison
    copied: bool


def compare_pairs(batches: Sequence[Pairs]) -> list[list[Compared | None]]:
    """Compare pairs; None for those of which nothing can come."""
    return [_compared(batch) for batch in batches]


def _compared(batch: Pairs) -> list[Compared | None]:
    means, contents, pairs = batch
    readings = {number: one.reading(means) for number, one in contents.items()}
    found: list[Compared | None] = []
    for left, right, similarity in pairs:
        made = compared(readings[left], readings[right], similarity)
        if promising(made):
            found.append(Compared(made, copied(contents[left].text, contents[right].text)))
        else:
            found.append(None)
    return found


class Texts(NamedTuple):
    """Contents to be read.

    Attributes:
        means: What they are read with.
        texts: Text and language of each.
    """

    means: Means
    texts: tuple[tuple[str, str], ...]


class Gist(NamedTuple):
    """What is kept of a content that was read.

    Attributes:
        keys: What others may have in common with it (`candidates.shared_keys`).
        counts: Whether it gives a number of something.
        packed: The reading, as JSON: see `unpacked`.
    """

    keys: list[str]
    counts: bool
    packed: bytes

    @classmethod
    def of(cls, reading: Reading) -> Gist:
        """Return the gist of a reading."""
        counts = any(one.measure for one in reading.quantities)
        return cls(shared_keys(reading), counts, _readings().dump_json(reading))


def unpacked(packed: bytes) -> Reading:
    """Return a reading that was packed: a twentieth of the work of reading the text."""
    return _readings().validate_json(packed)


@cache
def _readings() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)


def read_texts(batches: Sequence[Texts]) -> list[list[Gist]]:
    """Read contents."""
    return [[Gist.of(read(text, lang, means)) for text, lang in texts] for means, texts in batches]


def embed_texts(batches: Sequence[Sequence[str]]) -> list[list[bytes]]:
    """Return the vectors of texts, each as the bytes that are stored of it."""
    return [[row.tobytes() for row in embed(texts).astype(np.float16)] for texts in batches]
