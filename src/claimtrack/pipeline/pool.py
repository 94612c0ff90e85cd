"""Work in several processes, in order, with memory kept flat and a broken process replaced."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

SIZE = 16
"""Items that a process gets at once."""

AHEAD = 3
"""Stretches for each process that are read before they are needed."""

TRIES = 2
"""How often a process may die of one item before the item is given up."""

PATIENCE = 1.0
"""Seconds that a result may be long in coming before that is told."""


class Pool(Generic[T, R]):
    """Processes that do one thing to many items; as a context manager it ends them.

    A process that dies, be it killed or out of memory, takes its pool with it: a new one is made,
    and what was under way is done again. An item that kills twice gets what `lost` makes of it.
    """

    def __init__(
        self,
        workers: int,
        work: Callable[[Sequence[T]], list[R]],
        prepare: tuple[Callable[..., None], tuple[object, ...]],
        lost: Callable[[T], R],
        size: int = SIZE,
    ) -> None:
        """Make no process yet.

        Args:
            workers: How many processes.
            work: A function of a module: what is done to a stretch of items.
            prepare: What each process does first, and with which arguments.
            lost: What becomes of an item that no process survives.
            size: Items that a process gets at once.
        """
        self._size = size
        self._workers, self._work, self._lost = workers, work, lost
        self._prepare, self._arguments = prepare
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Return the pool itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes, after what they are at."""
        self._end()

    def map(self, items: Iterable[T], late: Callable[[], None] = lambda: None) -> Iterator[R]:
        """Yield the results in the order of the items, which are read as they are needed.

        Args:
            items: What is worked on.
            late: Called where the next result is long in coming.
        """
        waiting: deque[tuple[list[T], Future[list[R]]]] = deque()
        source = iter(items)
        while True:
            while len(waiting) < self._workers * AHEAD and (
                some := list(islice(source, self._size))
            ):
                waiting.append((some, self._submit(some)))
            if not waiting:
                return
            some, future = waiting.popleft()
            if not wait((future,), PATIENCE).done:
                late()
            try:
                done = future.result()
            except BrokenExecutor:
                self._end()
                done = self._one_by_one(some)
                waiting = deque((each, self._submit(each)) for each, _ in waiting)
            yield from done

    def _submit(self, some: list[T]) -> Future[list[R]]:
        for _ in range(TRIES):
            if self._pool is None:
                begin = (self._prepare, self._arguments)
                self._pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _begin, begin)
            with suppress(BrokenExecutor):
                return self._pool.submit(self._work, some)
            self._end()
        failed: Future[list[R]] = Future()
        failed.set_exception(BrokenExecutor("no process lives"))
        return failed

    def _one_by_one(self, some: Sequence[T]) -> list[R]:
        """Do a stretch of which something killed a process, an item at a time."""
        done: list[R] = []
        for item in some:
            for _ in range(TRIES):
                try:
                    done += self._submit([item]).result()
                except BrokenExecutor:
                    self._end()
                else:
                    break
            else:
                done.append(self._lost(item))
        return done

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _begin(prepare: Callable[..., None], arguments: tuple[object, ...]) -> None:
    """Make a process ready; it ends with the one that it works for, also where that is killed."""
    Thread(target=_follow, daemon=True).start()
    prepare(*arguments)


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody waits for what it is at
