"""Linking over several processes: what `claimtrack link --workers` spreads its work with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TypeVar

from claimtrack.match.spread import Spread, in_line
from claimtrack.pipeline.pool import SIZE, Pool

T = TypeVar("T")
R = TypeVar("R")


def over(workers: int) -> Spread:
    """Return what spreads work over so many processes; over none besides our own for 1.

    What is too little for that is done here. So is an item that no process survives.
    """

    def spread(work: Callable[[Sequence[T]], list[R]], items: Iterable[T]) -> Iterator[R]:
        source = iter(items)
        first = list(islice(source, SIZE * workers))
        if len(first) < SIZE * workers:
            yield from in_line(work, first)
            return
        with Pool(workers, work, (_nothing, ()), lambda item: work([item])[0]) as pool:
            yield from pool.map(chain(first, source))

    return spread if workers > 1 else in_line


def _nothing() -> None:
    """Prepare nothing: texts are read with what each item names."""
