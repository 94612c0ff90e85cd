"""A corpus taken apart into Parquet, for those who count with DuckDB or Spark and need no database.

A folder gets a file for each partition in `articles` and `attributions` and, where something was
left out, in `skipped`. Their ids are those that a database of the same articles has.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from claimtrack.errors import ClaimtrackError, ClusterError, OutputError
from claimtrack.export.checks import library
from claimtrack.export.parquet import write_rows
from claimtrack.ingest import Skipped
from claimtrack.model.span import Spans
from claimtrack.model.value import Value
from claimtrack.pipeline.corpus import LOST, Crew, articles, cut
from claimtrack.pipeline.partitions import Partition, appearing, located, make_folder
from claimtrack.pipeline.setup import LOCK, Setup, worker_of
from claimtrack.pipeline.tally import SkippedItem
from claimtrack.pipeline.work import Found, Means, Worker, version_of
from claimtrack.store.content import words_of
from claimtrack.store.findings import identify, in_order

_PREFIX, _SUFFIX = "part-", ".parquet"


class ArticleRow(NamedTuple):
    """An article; `published` in ISO 8601, as exactly as stated."""

    version: str
    document: str
    id: str | None
    language: str
    url: str | None
    outlet: str | None
    byline: str | None
    title: str | None
    published: str
    text: str
    attributions: int


class AttributionRow(NamedTuple):
    """An act of reporting; spans are code points of the text of its version, half-open."""

    attribution: str
    version: str
    document: str
    language: str
    published: str
    outlet: str | None
    url: str | None
    ord: int
    source: str | None
    source_id: str | None
    source_type: str
    source_words: str
    cue: str
    content: str
    source_spans: Spans
    cue_spans: Spans
    content_spans: Spans
    kind: str
    channel: str
    stance: str
    assertion: str
    modality: str
    confidence: float
    relayed_by: str | None
    responds_to: str | None
    made_by: str


class SkippedRow(NamedTuple):
    """What was left out, and why."""

    place: str
    reason: str


class ExtractReport(Value):
    """What extracting a corpus came to.

    Attributes:
        partitions: Into how many it was cut.
        made_before: How many of them were in the folder already.
        skipped: What was left out, and why.
    """

    partitions: int
    made_before: int
    articles: int
    attributions: int
    skipped: tuple[SkippedItem, ...]


class Job(NamedTuple):
    """A partition to be taken apart, and the folder for its tables."""

    setup: Setup
    partition: Partition
    folder: str


class Outcome(NamedTuple):
    """What came of a partition.

    Attributes:
        problem: Why nothing did; else empty.
    """

    articles: int = 0
    attributions: int = 0
    skipped: tuple[SkippedRow, ...] = ()
    made_before: bool = False
    problem: str = ""


def extract_corpus(
    inputs: Sequence[str],
    means: Means,
    crew: Crew,
    *,
    progress: Callable[[str, int], None] | None = None,
) -> ExtractReport:
    """Take a corpus apart into Parquet files; what a former run made of the same files is kept.

    Args:
        inputs: Files, folders and patterns, as `partitions` takes them.
        means: The engine, registries, packs and fields.
        crew: Who does it; its shelf is the folder that the files go to.
        progress: Told after each partition: its place, and how many articles there have been.

    Raises:
        ClusterError: The scheduler is gone, or a worker cannot do its part.
        OutputError: The folder holds something else, or cannot be made.
        ClaimtrackError: pyarrow or fsspec is not installed.
    """
    library("pyarrow", "cluster")
    setup = Setup.of(means, (), Worker(means).run.id)
    found = list(cut(inputs, setup, crew.size))
    wanted = [one for one in found if isinstance(one, Partition)]
    skipped = [(one.place, one.reason) for one in found if isinstance(one, Skipped)]
    folder = crew.shelf or "."
    _spared(folder, wanted)
    if wanted:
        make_folder(folder, "-o")
    waiting = deque(wanted)
    done: list[Outcome] = []
    for outcome in crew.spread(fill, (Job(setup, one, folder) for one in wanted)):
        partition = waiting.popleft()
        if outcome.problem == LOST:
            skipped.append((partition.place, LOST))
        elif outcome.problem:
            raise ClusterError(f"{partition.place}: {outcome.problem}")
        skipped += outcome.skipped
        done.append(outcome)
        if progress:
            progress(partition.place, sum(one.articles for one in done))
    return ExtractReport(
        partitions=len(wanted),
        made_before=sum(one.made_before for one in done),
        articles=sum(one.articles for one in done),
        attributions=sum(one.attributions for one in done),
        skipped=tuple(SkippedItem(place=place, reason=reason) for place, reason in skipped),
    )


def lost_tables(_job: object) -> Outcome:
    """Return what came of a partition that no worker survives."""
    return Outcome(problem=LOST)


def fill(jobs: Sequence[Job]) -> list[Outcome]:
    """Write the tables of partitions, on a worker; those that are there already are left."""
    return [_filled(job) for job in jobs]


def _filled(job: Job) -> Outcome:
    try:
        with LOCK:
            return _made_before(job) or _made(job)
    except (ClaimtrackError, OSError) as error:  # of which not all can be sent as they are
        return Outcome(problem=str(error) or type(error).__name__)


def _made(job: Job) -> Outcome:
    worker = worker_of(job.setup)
    texts: list[ArticleRow] = []
    reports: list[AttributionRow] = []
    skipped: list[SkippedRow] = []
    for item in articles(worker, job.setup, job.partition):
        if isinstance(item, Skipped):
            skipped.append(SkippedRow(item.place, item.reason))
            continue
        found = worker.take_apart(item, version_of(item))
        some = list(attribution_rows(found, job.setup.run))
        texts.append(_article(found, len(some)))
        reports += some
    if skipped:
        _write(job, "skipped", SkippedRow, skipped)
    _write(job, "attributions", AttributionRow, reports)
    _write(job, "articles", ArticleRow, texts)  # the last one: where it is, all are
    return Outcome(len(texts), len(reports), tuple(skipped))


def _made_before(job: Job) -> Outcome | None:
    """Return what a former run made of a partition, if it made all of it and it can be read."""
    if not _exists(job, "articles"):
        return None
    parquet = library("pyarrow.parquet", "cluster")
    skipped: list[SkippedRow] = []
    try:
        if _exists(job, "skipped"):
            files, path = _path(job, "skipped")
            with files.open(path, "rb") as stream:
                # without threads of Arrow's, as in ingest/parquet.py
                table = parquet.ParquetFile(stream, pre_buffer=False).read(use_threads=False)
                skipped = [SkippedRow(**row) for row in table.to_pylist()]
        rows = [_rows(job, table, parquet) for table in ("articles", "attributions")]
    except (FileNotFoundError, ValueError):  # damaged since (Arrow's errors), or removed
        return None
    return Outcome(rows[0], rows[1], tuple(skipped), made_before=True)


def _rows(job: Job, table: str, parquet: Any) -> int:
    files, path = _path(job, table)
    with files.open(path, "rb") as stream:
        return int(parquet.ParquetFile(stream).metadata.num_rows)


def _write(
    job: Job, table: str, kind: type[tuple[Any, ...]], rows: Sequence[tuple[Any, ...]]
) -> None:
    with appearing(*_path(job, table)) as out:
        write_rows(out, kind, rows)


def _exists(job: Job, table: str) -> bool:
    files, path = _path(job, table)
    return bool(files.exists(path))


def _path(job: Job, table: str) -> tuple[Any, str]:
    files, folder = located(job.folder)
    return files, f"{folder.rstrip('/')}/{table}/{_PREFIX}{job.partition.name}{_SUFFIX}"


def _spared(folder: str, wanted: Sequence[Partition]) -> None:
    """Refuse a folder that holds anything but what this very run makes, or left half made.

    Raises:
        OutputError: It does.
    """
    files, path = located(folder)
    if not files.exists(path):
        return
    if not files.isdir(path):
        raise OutputError(folder, "is no folder. Name one with -o.")
    names = {f"{_PREFIX}{one.name}{_SUFFIX}" for one in wanted}
    for held in files.find(path):
        name = held.rpartition("/")[2]
        if name.partition(_SUFFIX)[0] + _SUFFIX not in names:
            raise OutputError(
                folder, f"holds what is not of this run ({name}). Name an empty folder."
            )
        if name not in names:  # a worker died while it wrote it
            files.rm_file(held)


def _article(found: Found, attributions: int) -> ArticleRow:
    article, version = found.article, found.version
    return ArticleRow(
        *(version.id, version.document_id, article.id, article.lang, article.url),
        *(article.outlet, article.byline, article.title, article.published.iso()),
        *(article.text, attributions),
    )


def attribution_rows(found: Found, run: str) -> Iterator[AttributionRow]:
    """Yield a row for each attribution of an article, in reading order.

    Args:
        found: The article taken apart.
        run: The id of what took it apart.
    """
    article, version = found.article, found.version
    identified = identify(version.id, found.extraction.attributions)
    for (row_id, each), place in zip(
        identified.rows.items(), in_order(identified).values(), strict=True
    ):
        yield AttributionRow(
            *(row_id, version.id, version.document_id, article.lang),
            *(article.published.iso(), article.outlet, article.url, place.ord),
            *(each.source_name, each.source_id, each.source_type.value),
            words_of(article.text, each.source + each.antecedent),
            words_of(article.text, each.cue),
            words_of(article.text, each.content),
            *(each.source, each.cue, each.content),
            *(each.kind.value, each.channel.value, each.stance.value, each.assertion.value),
            *(each.modality.value, each.confidence),
            identified.ids[each.via] if each.via else None,
            identified.ids[each.responds_to] if each.responds_to else None,
            run,
        )
