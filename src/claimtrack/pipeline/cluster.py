"""Work over a cluster, by Dask distributed: one that is running somewhere, or processes here.

A worker that dies is replaced by its nanny or by another one, and its work is done again; what no
worker survives is given up. A scheduler that is gone ends the run, which can be started again.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import Any, TypeVar

from claimtrack.errors import ClusterError
from claimtrack.match.spread import Spread
from claimtrack.pipeline.partitions import EXTRA, missing

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 3
"""Items for each thread of a worker that are sent before their results are needed."""

_LOCAL = re.compile(r"local:([1-9]\d{0,2})")
_REMOTE = re.compile(r"(tcp|tls|ws|wss|ucx)://\S+")
_QUIET = {
    # Dask looks at its processes many times a second: 80 ms of each second with two workers that
    # have nothing to do, and 14 so.
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.tick.limit": "1m",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.scheduler.work-stealing": False,
}
_REACH = "10 s"


class Cluster:
    """A cluster that work can be given to."""

    def __init__(self, client: Any, address: str) -> None:
        """Give work to a client of Dask's."""
        self._client, self._address = client, address

    def over(self, lost: Callable[[Any], Any] | None = None) -> Spread:
        """Return what spreads work over the workers.

        Args:
            lost: What becomes of an item that no worker survives; it is done here when None.
        """

        def spread(work: Callable[[Sequence[T]], list[R]], items: Iterable[T]) -> Iterator[R]:
            waiting: deque[tuple[T, Any]] = deque()
            source = iter(items)
            while True:
                room = max(self._threads() * AHEAD - len(waiting), 0 if waiting else 1)
                waiting += ((item, self._submit(work, item)) for item in islice(source, room))
                if not waiting:
                    return
                item, future = waiting.popleft()
                found = self._result(future)
                if found is None:
                    found = [lost(item)] if lost else work([item])
                yield found[0]

        return spread

    def _threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except (OSError, TimeoutError) as error:
            raise self._gone() from error

    def _submit(self, work: Callable[..., Any], item: object) -> Any:
        try:
            return self._client.submit(work, [item], pure=False)
        except (OSError, RuntimeError, TimeoutError) as error:
            raise self._gone() from error

    def _result(self, future: Any) -> Any:
        """Return what came of an item; None where no worker survives it.

        Raises:
            ClusterError: The scheduler is gone.
        """
        killed = import_module("distributed").KilledWorker
        try:
            return future.result()
        except killed:
            return None
        except (CancelledError, asyncio.CancelledError, OSError, TimeoutError) as error:
            raise self._gone() from error

    def _gone(self) -> ClusterError:
        return ClusterError(
            f"{self._address}: the scheduler does not answer any more. What was done is kept;"
            " run the same command again to go on."
        )


@contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """Open a cluster, and close our side of it in the end.

    Args:
        address: A scheduler's, such as tcp://10.0.0.1:8786; or local:N for N processes here.

    Raises:
        ClaimtrackError: Dask is not installed.
        ClusterError: The address is none, or nobody answers there.
    """
    local = _LOCAL.fullmatch(address)
    if not local and not _REMOTE.fullmatch(address):
        raise ClusterError(
            f"{address!r} is no cluster. Give a scheduler's address, such as"
            " tcp://10.0.0.1:8786, or local:N for N processes of this machine."
        )
    try:
        dask, distributed = import_module("dask"), import_module("distributed")
    except ModuleNotFoundError as error:
        raise missing(error) from error
    for name in ("distributed", "distributed.client", "distributed.scheduler", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # we say it ourselves, in one line
    with dask.config.set(_QUIET):
        try:
            client = (
                distributed.Client(_processes(distributed, int(local[1])))
                if local
                else distributed.Client(address, timeout=_REACH, set_as_default=False)
            )
        except (OSError, TimeoutError) as error:
            raise ClusterError(
                f"{address}: no scheduler answers there. Start one with: dask scheduler"
            ) from error
        try:
            if not local:
                _staffed(client, address)
            yield Cluster(client, address)
        finally:
            _close(client)


def _processes(distributed: Any, count: int) -> Any:
    return distributed.LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    )


def _staffed(client: Any, address: str) -> None:
    """Make sure that there is a worker, and that those there are have claimtrack.

    One that has not would end at the first thing that it is sent, and be waited for.

    Raises:
        ClusterError: There is none, or one lacks it.
    """
    try:
        client.wait_for_workers(1, timeout=_REACH)
    except TimeoutError as error:
        raise ClusterError(
            f"{address}: the scheduler has no workers. Start some with: dask worker {address}"
        ) from error
    for worker, found in client.get_versions(packages=["claimtrack"])["workers"].items():
        if found["packages"]["claimtrack"] is None:
            raise ClusterError(
                f"{worker}: this worker has no claimtrack. Install it there, as here, with:"
                f" pip install 'claimtrack[{EXTRA}]'"
            )


def _close(client: Any) -> None:
    """Close a client, and the processes that were begun for it."""
    processes = client.cluster
    try:
        client.close(timeout=2)
    except (OSError, TimeoutError, RuntimeError):  # it is gone already
        return
    finally:
        if processes is not None:
            processes.close()
