"""One socket, answered by several processes.

Each is forked from the one that opened the socket, after the program was loaded: they have its
pages of memory in common, and the file that they read. They share nothing that changes, so only
what nobody writes to can be served so.
"""

from __future__ import annotations

import gc
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, NoReturn

from claimtrack.errors import ClaimtrackError

Begin = Callable[[Callable[[], None]], None]
"""What a process does until it is told to stop; it calls what it is given once it answers."""

PATIENCE = 10.0
"""Seconds for which answers that have begun are waited for."""

_STOPPING = frozenset({signal.SIGINT, signal.SIGTERM})


class _Told(Exception):  # noqa: N818 (nothing is wrong)
    """The process was told to stop, by a signal."""


class _Worker(NamedTuple):
    """A process, and what it says something through once it answers."""

    process: BaseProcess
    answers: Connection


def can_fork() -> bool:
    """Tell whether this system lets a process go on as two."""
    return "fork" in get_all_start_methods()


def serve_with(number: int, begin: Begin, on_ready: Callable[[], None] | None) -> None:
    """Serve with so many processes, until one is told to stop by Ctrl-C or a signal.

    A process that dies is begun anew.

    Args:
        number: How many.
        begin: What each does.
        on_ready: Called once all of them answer.

    Raises:
        ClaimtrackError: One died before it answered: it would again.
    """
    with _stoppable():
        gc.collect()
        gc.freeze()  # the collector writes into what it looks at, and what is written to is copied
        workers: list[_Worker] = []
        try:
            for _ in range(number):
                with _undisturbed():
                    workers.append(_begun(begin))
            for worker in workers:
                _wait_for(worker)
            if on_ready:
                on_ready()
            _keep(workers, begin)
        finally:
            gc.unfreeze()
            _stop(workers)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off what would stop the block: amid a fork, Python loses a signal to either process."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begun(begin: Begin) -> _Worker:
    context: Any = get_context("fork")
    answers, says = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(begin, says), daemon=True)
    process.start()
    says.close()
    return _Worker(process, answers)


def _work(begin: Begin, says: Connection) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until the server takes it over
    with suppress(KeyboardInterrupt):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
        try:
            begin(lambda: says.send(True))
        except ClaimtrackError as error:
            sys.exit(f"claimtrack: {error}")


def _wait_for(worker: _Worker) -> None:
    try:
        worker.answers.recv()
    except EOFError:  # it alone held the other end
        worker.process.join()
        raise ClaimtrackError(
            f"A process of the site {_how(worker)} before it answered. Serve with one: --workers 1."
        ) from None


def _keep(workers: list[_Worker], begin: Begin) -> NoReturn:
    """Begin anew what dies."""
    while True:
        wait([worker.process.sentinel for worker in workers])
        for at, worker in enumerate(workers):
            if not worker.process.is_alive():
                logging.getLogger(__name__).warning(
                    "A process of the site %s; another takes its place.", _how(worker)
                )
                with _undisturbed():
                    workers[at] = _begun(begin)
                _wait_for(workers[at])


def _how(worker: _Worker) -> str:
    code = worker.process.exitcode or 0
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def _stop(workers: list[_Worker]) -> None:
    """Let each end its answers, and end those that do not."""
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.process.join(PATIENCE)
        worker.process.kill()
        worker.process.join()


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, and the process after it, as it would have."""

    def stop(*_: object) -> NoReturn:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is told once
        raise _Told

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except _Told:
        signal.signal(signal.SIGTERM, before)
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
