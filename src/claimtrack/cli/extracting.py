"""`claimtrack extract`: attributions without a database."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimtrack.cli.options import (
    DEFAULT_PARTITION,
    AsJson,
    ClusterAddress,
    Engine,
    Fields,
    PartitionSize,
    Registries,
    Thoughts,
    TrainedModel,
    Workers,
    means,
    settings,
)
from claimtrack.cli.output import (
    complain,
    counted,
    note,
    print_json,
    progress,
    spared,
    to_terminal,
    write_lines,
)

if TYPE_CHECKING:
    from claimtrack.pipeline import ExtractReport, Means


class Form(StrEnum):
    """What is written."""

    JSONL = "jsonl"
    PARQUET = "parquet"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(
        epilog="Example: claimtrack extract news.jsonl -o found.jsonl; "
        "claimtrack extract 'corpus/*.parquet' --format parquet -o found --workers 2"
    )(extract)


def extract(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="IN", help="Files, directories, or - for standard input."),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write, whole or not at all; else standard output. For Parquet a folder, "
            "which may lie wherever fsspec finds it.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", help="JSON lines, or tables in a folder.")
    ] = Form.JSONL,
    registry: Registries = None,
    engine: Engine = "rules",
    field: Fields = None,
    thoughts: Thoughts = False,
    model: TrainedModel = None,
    workers: Workers = 1,
    cluster: ClusterAddress = None,
    partition_size: PartitionSize = DEFAULT_PARTITION,
    as_json: AsJson = False,
) -> None:
    """Find who said what in articles, without a database.

    Prints one JSON object a line for each article, the fields of the input kept; on a terminal,
    without --json, the article with its attributions marked. With --format parquet (or --cluster,
    where there is no other) a folder gets the tables articles, attributions and skipped, cut into
    partitions; a run that was stopped goes on when it is started again.
    """
    given = means(
        settings(context),
        engine,
        registry,
        fields=field,
        workers=workers,
        thoughts=thoughts,
        model=model,
    )
    if cluster is not None or form is Form.PARQUET:
        if not out:
            raise typer.BadParameter("Parquet goes into a folder; name one.", param_hint="-o")
        report = _tables(inputs, given, out, (cluster, partition_size * 1024))
        if as_json:
            print_json(report.model_dump(mode="json"))
        else:
            _show(report, out)
        skipped = [f"{item.place}: {item.reason}" for item in report.skipped]
    else:
        marked = not out and not as_json and to_terminal()
        skipped = _marked(inputs, given) if marked else _stream(inputs, given, out)
    for reason in skipped:
        complain(reason)
    if skipped:
        raise typer.Exit(1)


def _tables(
    inputs: Sequence[str], given: Means, out: str, how: tuple[str | None, int]
) -> ExtractReport:
    """Write tables into a folder; `how` is the cluster, and the bytes of a partition."""
    from claimtrack import pipeline

    cluster, size = how
    with ExitStack() as stack:
        spread = (
            stack.enter_context(pipeline.open_cluster(cluster)).over(pipeline.lost_tables)
            if cluster is not None
            else pipeline.one_by_one(given.workers, pipeline.lost_tables)
        )
        step = stack.enter_context(progress("Extracting"))
        crew = pipeline.Crew(spread, out, size)
        return pipeline.extract_corpus(inputs, given, crew, progress=step)


def _show(report: ExtractReport, out: str) -> None:
    before = f" ({report.made_before} made before)" if report.made_before else ""
    note(
        f"{out}: {counted(report.articles, 'article')},"
        f" {counted(report.attributions, 'attribution')} in"
        f" {counted(report.partitions, 'partition')}{before}"
    )


def _marked(inputs: Sequence[str], given: Means) -> list[str]:
    """Show articles with their attributions marked; return what was skipped."""
    from claimtrack import pipeline
    from claimtrack.cli.article import show_found
    from claimtrack.ingest import Skipped

    skipped: list[str] = []
    for item in pipeline.take_apart(inputs, given, stdin=sys.stdin.buffer):
        if isinstance(item, Skipped):
            skipped.append(f"{item.place}: {item.reason}")
        else:
            show_found(item)
    return skipped


def _stream(inputs: Sequence[str], given: Means, out: str | None) -> list[str]:
    """Write lines, into a file or on standard output; return what was skipped."""
    from claimtrack import pipeline

    into = Path(out) if out else None
    if into:
        spared(inputs, into)
    skipped: list[str] = []
    found = pipeline.extract_lines(inputs, given, stdin=sys.stdin.buffer)
    write_lines(_lines(found, skipped), into)
    return skipped


def _lines(items: Iterator[Any], skipped: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the articles, and put aside what was skipped."""
    with progress("Extracting") as step:
        for number, item in enumerate(items, 1):
            if isinstance(item, dict):
                step(str(item["id"]), number)
                yield item
            else:
                skipped.append(f"{item.place}: {item.reason}")
