"""`claimtrack add`: articles go in."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from claimtrack.cli import clock
from claimtrack.cli.meter import meter
from claimtrack.cli.options import (
    DEFAULT_PARTITION,
    AsJson,
    ClusterAddress,
    Database,
    Engine,
    Fields,
    PartitionSize,
    Registries,
    User,
    Workers,
    means,
    settings,
)
from claimtrack.cli.output import columns, complain, counted, echo, print_json, progress
from claimtrack.cli.web import DEFAULT_DELAY, AllowPrivate, Archive, Delay, fetching

if TYPE_CHECKING:
    from claimtrack.config import Settings
    from claimtrack.pipeline import AddReport, Means
    from claimtrack.ports import Fetcher

MOST_NAMED = 100
"""Things left out that are named one by one; JSON names all."""


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(
        epilog="Example: claimtrack add news/ --db desk.db; "
        "claimtrack add https://naba.example/1; "
        "claimtrack add bulk.jsonl.gz --field text=content --workers 2; "
        "claimtrack add 's3://corpus/*.parquet' --cluster tcp://10.0.0.1:8786"
    )(add)


def add(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL", help="Files, directories, web addresses, or - for standard input."
        ),
    ],
    db: Database = None,
    user: User = None,
    registry: Registries = None,
    engine: Engine = "rules",
    field: Fields = None,
    workers: Workers = 1,
    cluster: ClusterAddress = None,
    partitions: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER",
            help="Where a cluster's workers leave what they find, reached by all of them; "
            "else beside the database.",
            show_default=False,
        ),
    ] = None,
    partition_size: PartitionSize = DEFAULT_PARTITION,
    allow_private: AllowPrivate = None,
    delay: Delay = DEFAULT_DELAY,
    archive: Archive = None,
    as_json: AsJson = False,
) -> None:
    """Add articles: text, pages, PDF, DOCX, transcripts, JSON Lines, CSV, Parquet, Telegram, WARC.

    What a file is, is told by its content, be it compressed or not. A page or feed is fetched,
    kept as it came, and written to a WARC file beside the database. Each article goes in whole or
    not at all; one that is there already changes nothing, so that a run that was stopped goes on
    when it is started again. What cannot be read is named, the rest is kept, and the exit code is
    1. With --cluster, files, folders and patterns may lie wherever fsspec finds them.
    """
    known = settings(context, db, user)
    given = means(known, engine, registry, fields=field, workers=workers)
    if cluster is not None:
        where = Corpus(cluster, partitions, partition_size * 1024)
        _end(run_corpus(inputs, known, given, where), known.db, as_json=as_json)
        return
    with ExitStack() as stack:
        web: Fetcher | None = None
        if any("://" in one for one in inputs):
            web = stack.enter_context(fetching(known, allow_private, delay))
        report = run(inputs, known.db, given, user=known.writer(), web=web, archive=archive)
    _end(report, known.db, as_json=as_json)


def _end(report: AddReport, database: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(report.model_dump(mode="json"))
    show(report, database, quiet=as_json)
    if report.skipped:
        raise typer.Exit(1)


class Corpus(NamedTuple):
    """How a corpus is worked on.

    Attributes:
        cluster: The cluster's address.
        shelf: Where workers leave what they find; None for beside the database.
        size: Bytes of a partition, about.
    """

    cluster: str
    shelf: str | None
    size: int


def run_corpus(inputs: Sequence[str], known: Settings, means: Means, where: Corpus) -> AddReport:
    """Add the articles of a corpus by a cluster."""
    from claimtrack import pipeline

    desk = pipeline.Desk(known.db, known.writer(), clock.now)
    with pipeline.open_cluster(where.cluster) as cluster, progress("Adding") as step:
        return pipeline.add_corpus(
            inputs,
            desk,
            means,
            pipeline.Crew(cluster.over(pipeline.lost), where.shelf, where.size),
            progress=step,
        )


def run(
    inputs: Sequence[str],
    database: Path,
    means: Means,
    *,
    user: str,
    web: Fetcher | None = None,
    archive: str | None = None,
) -> AddReport:
    """Add articles, with a bar on standard error while it lasts."""
    from claimtrack import pipeline

    with meter("Adding", inputs) as bar:
        return pipeline.add(
            inputs,
            pipeline.Desk(database, user, clock.now),
            means,
            stdin=sys.stdin.buffer,
            progress=bar.step,
            intake=pipeline.Intake(web=web, told=bar.read, archive=archive),
        )


def show(report: AddReport, database: Path, *, quiet: bool = False) -> None:
    """Say what was skipped and, unless quiet, what was done."""
    for item in report.skipped[:MOST_NAMED]:
        complain(f"{item.place}: {item.reason}")
    if len(report.skipped) > MOST_NAMED:
        complain(f"{len(report.skipped) - MOST_NAMED} more were left out; --json names them all")
    if quiet or not (report.added or report.new_versions or report.unchanged):
        return
    skipped = f", {len(report.skipped)} skipped" if report.skipped else ""
    echo(
        f"{database}: {counted(report.added, 'article')} added, "
        f"{counted(report.new_versions, 'new version')}, {report.unchanged} unchanged{skipped}; "
        f"{counted(report.attributions, 'attribution')}, {counted(report.links, 'link')}"
    )
    for lang, articles in report.without_pack.items():
        echo(f"{counted(articles, 'article')} in {lang!r} without attributions: no language pack")
    if report.reprints:
        echo(f"{counted(report.reprints, 'article')} found to be copies of others")
    if report.blocked:
        echo(f"{counted(report.blocked, 'pair')} of claims left apart, as somebody judged")
    if report.replaced:
        echo(f"{counted(report.replaced, 'unusable character')} replaced by U+FFFD")
    if len(report.skipped) > 1:
        echo(columns(_reasons(report)))


def _reasons(report: AddReport) -> list[tuple[str, str, str]]:
    """Return why things were skipped: how many, the reason, the first place; most first."""
    counts = Counter(item.reason for item in report.skipped)
    first: dict[str, str] = {}
    for item in report.skipped:
        first.setdefault(item.reason, item.place)
    rows = [(str(number), reason, first[reason]) for reason, number in counts.most_common(20)]
    return [("skipped", "reason", "first place"), *rows]
