"""Work in several processes, in order, with memory kept flat and a broken process replaced."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from types import TracebackType
from typing import Generic, NamedTuple, Self, TypeVar

from claimtrack.errors import WorkersError

T = TypeVar("T")
R = TypeVar("R")
_A = TypeVar("_A")

SIZE = 16
"""Items that a process gets at once."""

AHEAD = 3
"""Stretches for each process that are read before they are needed."""

FAR = 32
"""Stretches for each process that are read where all of them together are light."""

LIGHT = 4 << 20
"""Weight of items that is no burden to keep in memory, with what becomes of them."""

TRIES = 2
"""How often a process may die of one item, or of nothing at all, before that is given up."""

PATIENCE = 1.0
"""Seconds that a result may be long in coming before that is told."""

GARBAGE = 50_000
"""Objects made since a process last looked for garbage when it looks again: with Python's few, a
sixth of comparing went into looking through what is in use."""


class _Stretch(NamedTuple, Generic[T, R]):
    """Items that a process gets at once, and the results to come."""

    items: list[T]
    weight: int
    future: Future[list[R]]


class Pool(Generic[T, R]):
    """Processes that do one thing to many items; as a context manager it ends them.

    A process that dies, be it killed or out of memory, takes its pool with it: a new one is made,
    and what was under way is done again. An item that kills twice gets what `lost` makes of it,
    if a process lives that has no item at all.
    """

    def __init__(
        self,
        workers: int,
        work: Callable[[Sequence[T]], list[R]],
        prepare: tuple[Callable[..., None], tuple[object, ...]],
        lost: Callable[[T], R],
        size: int = SIZE,
        weigh: Callable[[T], int] = lambda _: LIGHT,
    ) -> None:
        """Make no process yet.

        Args:
            workers: How many processes.
            work: A function of a module: what is done to a stretch of items.
            prepare: What each process does first, and with which arguments.
            lost: What becomes of an item that no process survives.
            size: Items that a process gets at once.
            weigh: How much memory an item takes, in bytes. Many light ones are read ahead, so
                that the processes have work while who takes the results is held up.
        """
        self._size, self._weigh = size, weigh
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

        Raises:
            WorkersError: No process lives, whatever it is to do.
        """
        waiting: deque[_Stretch[T, R]] = deque()
        source = iter(items)
        while True:
            while self._has_room(waiting) and (some := list(islice(source, self._size))):
                waiting.append(_Stretch(some, sum(map(self._weigh, some)), self._submit(some)))
            if not waiting:
                return
            some, _, future = waiting.popleft()
            if not wait((future,), PATIENCE).done:
                late()
            try:
                done = self._result(future)
            except BrokenExecutor:
                self._end()
                done = self._one_by_one(some)
                waiting = deque(each if _is_done(each) else self._again(each) for each in waiting)
            yield from done

    def _result(self, future: Future[_A]) -> _A:
        """Return a result, also where a process died amid its answer.

        Whoever reads the answers waits for the rest of that one as long as anybody could send it,
        and sees no death meanwhile: then nobody can.
        """
        while not wait((future,), PATIENCE).done:
            pool = self._pool
            each = list(pool._processes.values()) if pool and pool._processes else []  # noqa: SLF001
            if any(process.exitcode is not None for process in each):
                for process in each:
                    process.kill()
                pool._result_queue._writer.close()  # type: ignore[union-attr] # noqa: SLF001
        return future.result()

    def _has_room(self, waiting: Sequence[_Stretch[T, R]]) -> bool:
        """Tell whether another stretch is read before the next results are given out.

        Where these are there they are given out, be the next item long in coming or not, but for
        what keeps the processes at work.
        """
        enough, count = self._workers * AHEAD, len(waiting)
        if count < enough:
            return True
        if count >= self._workers * FAR or sum(each.weight for each in waiting) >= LIGHT:
            return False
        under_way = sum(not each.future.done() for each in waiting)
        return under_way < enough or not waiting[0].future.done()

    def _again(self, some: _Stretch[T, R]) -> _Stretch[T, R]:
        return some._replace(future=self._submit(some.items))

    def _submit(self, some: list[T]) -> Future[list[R]]:
        for _ in range(TRIES):
            with suppress(BrokenExecutor):
                return self._begun(self._work, some)
            self._end()
        failed: Future[list[R]] = Future()
        failed.set_exception(BrokenExecutor("no process lives"))
        return failed

    def _begun(self, work: Callable[..., _A], *given: object) -> Future[_A]:
        """Give work to the processes.

        Raises:
            BrokenExecutor: One has died, perhaps while another was being made: what that was to
                be given is closed then.
        """
        pool = self._running()
        try:
            return pool.submit(work, *given)
        except (OSError, ValueError) as error:
            if pool._broken:  # noqa: SLF001 (it tells in no other way)
                raise BrokenExecutor(str(error)) from error
            raise

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            begin = (self._prepare, self._arguments)
            self._pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _begin, begin)
        return self._pool

    def _one_by_one(self, some: Sequence[T]) -> list[R]:
        """Do a stretch of which something killed a process, an item at a time."""
        done: list[R] = []
        for item in some:
            for _ in range(TRIES):
                try:
                    found = self._result(self._submit([item]))
                except BrokenExecutor:
                    self._end()
                else:
                    done += found
                    break
            else:
                self._see_that_one_lives()
                done.append(self._lost(item))
        return done

    def _see_that_one_lives(self) -> None:
        """Let a process do nothing: where none survives that, no item is to blame.

        Raises:
            WorkersError: None survives it.
        """
        for _ in range(TRIES):
            with suppress(BrokenExecutor):
                self._result(self._begun(_do_nothing))
                return
            self._end()
        raise WorkersError("each dies before it has done anything")

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _is_done(some: _Stretch[T, R]) -> bool:
    """Tell whether there are results, whatever became of the process since."""
    future = some.future
    return future.done() and not future.cancelled() and future.exception() is None


def _do_nothing() -> None:
    """Answer that the process lives."""


def _begin(prepare: Callable[..., None], arguments: tuple[object, ...]) -> None:
    """Make a process ready; it ends with the one that it works for, also where that is killed."""
    Thread(target=_follow, daemon=True).start()
    gc.set_threshold(GARBAGE)
    prepare(*arguments)


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody waits for what it is at
