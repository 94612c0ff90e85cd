"""A corpus in partitions, taken apart by workers: merged into the database by one writer.

Workers leave parcels where the writer finds them. The partitions are merged in their order,
articles that are held change nothing, and a partition is noted as merged with the last of its
articles: so that killed workers, a killed writer and a second run all end in the same database.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claimtrack import ingest
from claimtrack.errors import ClaimtrackError, ClusterError
from claimtrack.ingest import NotAnArticleError, Skipped
from claimtrack.match.spread import Spread
from claimtrack.model.document import Article
from claimtrack.pipeline.adding import FILES, Adding, Progress
from claimtrack.pipeline.desk import Desk
from claimtrack.pipeline.parcels import Shelf
from claimtrack.pipeline.partitions import SIZE, Partition, partitions, pieces
from claimtrack.pipeline.setup import LOCK, Setup, worker_of
from claimtrack.pipeline.tally import AddReport, SkippedItem
from claimtrack.pipeline.work import Means, Worker, version_of
from claimtrack.pipeline.writing import taken
from claimtrack.store import Added
from claimtrack.store import partitions as noted


def articles(worker: Worker, setup: Setup, partition: Partition) -> Iterator[Article | Skipped]:
    """Yield the articles of a partition, and what cannot be read."""
    fields = dict(setup.means.fields)
    for stretch in partition.stretches:
        for raw in pieces(stretch, fields):
            if isinstance(raw, Skipped):
                yield raw
                continue
            try:
                yield ingest.article(raw, worker.packs)
            except NotAnArticleError as problem:
                yield Skipped(place=raw.place, reason=problem.reason)


class Job(NamedTuple):
    """A partition to be taken apart, and where to put what is found."""

    setup: Setup
    partition: Partition
    shelf: Shelf


def fill(jobs: Sequence[Job]) -> list[str]:
    """Make the parcels of partitions, on a worker; return what went wrong with each, or "".

    One that is there already is left: it was made before, of the same files.
    """
    return [_filled(job) for job in jobs]


def _filled(job: Job) -> str:
    try:
        if not job.shelf.holds(job.partition.name):
            with LOCK:
                worker = worker_of(job.setup)
                found = articles(worker, job.setup, job.partition)
                taken_apart = (
                    item if isinstance(item, Skipped) else taken(worker, item, version_of(item))
                    for item in found
                )
                job.shelf.put(job.partition.name, taken_apart)
    except (ClaimtrackError, OSError) as error:  # of which not all can be sent as they are
        return str(error) or type(error).__name__
    return ""


LOST = "every worker that read it died; add it without a cluster to see at which article"
"""What is said of a partition that no worker survives."""


def lost(_job: object) -> str:
    """Return what went wrong with a partition that no worker survives."""
    return LOST


def cut(inputs: Sequence[str], setup: Setup, size: int) -> Iterator[Partition | Skipped]:
    """Yield the partitions of some inputs, which are named after what is done to them as well."""
    fields = setup.means.fields
    return partitions(inputs, [setup.run, sorted(fields)], dict(fields), size)


class Crew(NamedTuple):
    """Who takes a corpus apart, and how.

    Attributes:
        spread: Does the workers' part, and yields what comes of it in order.
        shelf: The folder in which workers leave what they find, which the writer reaches as well;
            None for beside the database.
        size: Bytes of a partition, about.
    """

    spread: Spread
    shelf: str | None = None
    size: int = SIZE


def add_corpus(
    inputs: Sequence[str],
    desk: Desk,
    means: Means,
    crew: Crew,
    *,
    progress: Progress | None = None,
) -> AddReport:
    """Store every article of a corpus, taken apart by workers.

    Args:
        inputs: Files, folders and patterns, as `partitions` takes them.
        desk: Where they go, and who adds them.
        means: The engine, registries, packs and fields.
        crew: Who does the workers' part, and where it is left.
        progress: Told after each article.

    Raises:
        ClusterError: The scheduler is gone, or a worker cannot do its part.
        OutputError: A parcel is not seen here, or damaged.
        ClaimtrackError: What `add` raises.
    """
    folder = crew.shelf or f"{desk.database.absolute()}.partitions"
    with Adding(desk, means, FILES) as adding:
        setup = Setup.of(means, adding.edits, adding.run)
        merging = _Merging(adding, desk, Shelf(folder), progress)
        jobs: deque[Job] = deque()

        def waiting() -> Iterator[Job]:
            for found in cut(inputs, setup, crew.size):
                if isinstance(found, Skipped):
                    adding.put(found)
                elif not merging.known(found):
                    if not jobs:
                        merging.shelf.ready()
                    jobs.append(Job(setup, found, merging.shelf))
                    yield jobs[-1]

        for problem in crew.spread(fill, waiting()):
            merging.merge(jobs.popleft().partition, problem)
        merging.clear()
        return adding.tally.report()


class _Merging:
    """Puts parcels into the database."""

    def __init__(self, adding: Adding, desk: Desk, shelf: Shelf, progress: Progress | None) -> None:
        self._adding, self._desk, self._progress = adding, desk, progress
        self.shelf = shelf
        self._seen = 0
        self._done: list[str] = []

    def known(self, partition: Partition) -> bool:
        """Count a partition that was merged before, and tell whether it was."""
        if not self._desk.database.exists():
            return False
        found = noted.merged(self._adding.store().connection, partition.name)
        if found is None:
            return False
        tally = self._adding.tally
        tally.outcomes[Added.UNCHANGED] += found.articles
        tally.skipped += [SkippedItem(place=place, reason=why) for place, why in found.skipped]
        self._done.append(partition.name)
        return True

    def merge(self, partition: Partition, problem: str) -> None:
        """Store what is in a partition's parcel, and note that it is merged.

        Raises:
            ClusterError: No parcel was made.
            OutputError: It is not seen here, or damaged.
        """
        if problem == LOST:
            self._adding.put(Skipped(place=partition.place, reason=LOST))
            return
        if problem:
            raise ClusterError(f"{partition.place}: {problem}")
        skipped: list[tuple[str, str]] = []
        count = 0
        for item in self.shelf.take(partition.name):
            self._adding.put(item)
            if isinstance(item, Skipped):
                skipped.append((item.place, item.reason))
            else:
                count += 1
            self._seen += 1
            if self._progress:
                self._progress(partition.place, self._seen)
        done = noted.Merged(count, tuple(skipped))
        self._adding.note(partition.name, partition.place, done)
        self.shelf.drop(partition.name)
        self._done.append(partition.name)

    def clear(self) -> None:
        """Remove the parcels of what is merged, and what workers left that died."""
        self.shelf.clear(self._done)
