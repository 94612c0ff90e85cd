"""What articles are taken apart with elsewhere, as it would be done here."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import NamedTuple

from claimtrack.errors import ClusterError
from claimtrack.pipeline.work import Means, Worker
from claimtrack.sources.edited import Named


class Setup(NamedTuple):
    """What workers take articles apart with.

    Attributes:
        means: The engine, registries and packs; their paths are absolute.
        edits: What the desk added and named.
        run: The id that results must have: that of the version and the tables here.
    """

    means: Means
    edits: tuple[Named, ...]
    run: str

    @classmethod
    def of(cls, means: Means, edits: tuple[Named, ...], run: str) -> Setup:
        """Return what workers need to do what would be done here."""
        found = replace(
            means,
            registries=tuple(path.absolute() for path in means.registries),
            packs=tuple(path.absolute() for path in means.packs),
            model=means.model.absolute() if means.model else None,
            workers=1,
        )
        return cls(found, edits, run)


LOCK = Lock()
"""Workers of a cluster may have several threads; an engine and its tables are for one of them."""

_KNOWN: dict[str, Worker] = {}
"""What this process takes articles apart with, by the run that it makes: the last one asked for."""


def worker_of(setup: Setup) -> Worker:
    """Return what takes articles apart here as it is done where the setup comes from.

    Raises:
        ClaimtrackError: It cannot be done here.
    """
    known = _KNOWN.get(setup.run)
    if known is None:
        known = Worker(setup.means, setup.edits)
        if known.run.id != setup.run:
            raise ClusterError(
                "a worker has another version of claimtrack, or other packs and sources, than"
                " this machine. Install the same on all of them."
            )
        keep(setup, known)
    return known


def keep(setup: Setup, worker: Worker) -> None:
    """Remember what takes articles apart here, in place of what did before."""
    _KNOWN.clear()
    _KNOWN[setup.run] = worker
