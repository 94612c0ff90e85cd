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
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any, NamedTuple, NoReturn

from claimtrack.errors import ClaimtrackError

Begin = Callable[[Callable[[], None]], None]
"""What a process does until it is told to stop; it calls what it is given once it answers."""

PATIENCE = 10.0
"""Seconds for which answers that have begun are waited for."""

PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each try to begin a process in the place of one that died."""

_Handler = Callable[[int, FrameType | None], Any] | int | None
"""What a signal does, as `signal.signal` has it."""

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

    A process that dies is begun anew. Where that fails, a few times, the others go on.

    Args:
        number: How many.
        begin: What each does.
        on_ready: Called once all of them answer.

    Raises:
        ClaimtrackError: One died before any reader came, or none is left.
    """
    with _stoppable():
        gc.collect()
        gc.freeze()  # the collector writes into what it looks at, and what is written to is copied
        workers: list[_Worker] = []
        try:
            for _ in range(number):
                _add(workers, begin)
            for worker in workers:
                if not _answers(worker):
                    raise ClaimtrackError(
                        f"A process of the site {_how(worker)} before it answered."
                        " Serve with one: --workers 1."
                    )
            if on_ready:
                on_ready()
            _keep(workers, begin)
        finally:
            gc.unfreeze()
            _stop(workers)


@contextmanager
def _undisturbed() -> Iterator[_Handler]:
    """Put off what would stop the block: amid a fork, Python loses a signal to either process.

    It is blocked, and noted where another thread takes it nevertheless.

    Yields:
        What Ctrl-C does outside the block.
    """
    told: list[int] = []
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)

    def note(number: int, _: FrameType | None) -> None:
        told.append(number)

    before = {each: signal.signal(each, note) for each in _STOPPING}
    try:
        yield before[signal.SIGINT]
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for each, handler in before.items():
            signal.signal(each, handler)
        for number in told[:1]:
            signal.raise_signal(number)


def _add(workers: list[_Worker], begin: Begin) -> None:
    with _undisturbed() as on_interrupt:  # or one could be begun that nobody knows of
        workers.append(_begun(begin, on_interrupt))


def _begun(begin: Begin, on_interrupt: _Handler) -> _Worker:
    context: Any = get_context("fork")
    answers, says = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(begin, on_interrupt, says), daemon=True)
    process.start()
    says.close()
    return _Worker(process, answers)


def _work(begin: Begin, on_interrupt: _Handler, says: Connection) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until the server takes it over
    signal.signal(signal.SIGINT, on_interrupt)
    with suppress(KeyboardInterrupt):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
        try:
            begin(lambda: says.send(True))
        except ClaimtrackError as error:
            sys.exit(f"claimtrack: {error}")


def _answers(worker: _Worker) -> bool:
    """Wait until a process answers; tell whether it came to that."""
    try:
        worker.answers.recv()
    except EOFError:  # it alone held the other end
        worker.process.join()
        return False
    return True


def _keep(workers: list[_Worker], begin: Begin) -> NoReturn:
    """Begin anew what dies, as long as any is left.

    Raises:
        ClaimtrackError: None is.
    """
    log = logging.getLogger(__name__)
    while workers:
        wait([worker.process.sentinel for worker in workers])
        for worker in [each for each in workers if not each.process.is_alive()]:
            workers.remove(worker)
            log.warning("A process of the site %s; another takes its place.", _how(worker))
            if not _replaced(workers, begin):
                log.error("None could take its place: %d of the site's are left.", len(workers))
    raise ClaimtrackError("No process of the site answers any more. Serve it again.")


def _replaced(workers: list[_Worker], begin: Begin) -> bool:
    """Begin another process, a few times if need be; tell whether it answers."""
    for pause in PAUSES:
        time.sleep(pause)
        with suppress(OSError):  # for want of memory or files, which may pass
            _add(workers, begin)
            if _answers(workers[-1]):
                return True
            workers.pop()
    return False


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
