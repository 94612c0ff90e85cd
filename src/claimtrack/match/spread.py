"""How work on many texts is spread: one batch after another here, or over processes.

What is done to a batch does not depend on where, so that the results are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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


class Pairs(NamedTuple):
    """Pairs of contents to be compared.

    Attributes:
        means: What they are read with.
        pairs: Text and language of the one and of the other, and the cosine of their vectors.
    """

    means: Means
    pairs: tuple[tuple[str, str, str, str, float], ...]


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
    return [[_compared(means, *pair) for pair in pairs] for means, pairs in batches]


def _compared(
    means: Means, left: str, left_lang: str, right: str, right_lang: str, similarity: float
) -> Compared | None:
    made = compared(read(left, left_lang, means), read(right, right_lang, means), similarity)
    return Compared(made, copied(left, right)) if promising(made) else None


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
        outline: The reading without its words, as JSON: see `unpacked`.
    """

    keys: list[str]
    counts: bool
    outline: bytes

    @classmethod
    def of(cls, reading: Reading) -> Gist:
        """Return the gist of a reading."""
        counts = any(one.measure for one in reading.quantities)
        return cls(shared_keys(reading), counts, _readings().dump_json(reading.outline()))


def unpacked(outline: bytes) -> Reading:
    """Return the outline of a reading that was packed."""
    return _readings().validate_json(outline)


@cache
def _readings() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)


def read_texts(batches: Sequence[Texts]) -> list[list[Gist]]:
    """Read contents."""
    return [[Gist.of(read(text, lang, means)) for text, lang in texts] for means, texts in batches]


def embed_texts(batches: Sequence[Sequence[str]]) -> list[list[bytes]]:
    """Return the vectors of texts, each as the bytes that are stored of it."""
    return [[row.tobytes() for row in embed(texts).astype(np.float16)] for texts in batches]
