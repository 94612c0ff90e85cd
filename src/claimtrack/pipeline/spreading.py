"""Work over several processes: what `--workers` of `link` and `extract` spreads it with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, TypeVar

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


def one_by_one(workers: int, lost: Callable[[Any], Any]) -> Spread:
    """Return what spreads work on few items, each of them much, over processes of our own.

    Args:
        workers: How many; 1 for none besides our own.
        lost: What becomes of an item that no process survives.
    """

    def spread(work: Callable[[Sequence[T]], list[R]], items: Iterable[T]) -> Iterator[R]:
        with Pool(workers, work, (_nothing, ()), lost, size=1) as pool:
            yield from pool.map(items)

    return spread if workers > 1 else in_line


def _nothing() -> None:
    """Prepare nothing: texts are read with what each item names."""
