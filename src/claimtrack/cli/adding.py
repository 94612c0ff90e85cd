"""`claimtrack add`: articles go in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import AsJson, Database, Engine, Registries, User, means, settings
from claimtrack.cli.output import complain, counted, echo, print_json, progress

if TYPE_CHECKING:
    from claimtrack.pipeline import AddReport, Means


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(epilog="Example: claimtrack add news/ --db desk.db")(add)


def add(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, directories, or - for standard input."),
    ],
    db: Database = None,
    user: User = None,
    registry: Registries = None,
    engine: Engine = "rules",
    as_json: AsJson = False,
) -> None:
    """Add articles: text, HTML or JSON Lines.

    What a file is, is told by its content. Each article goes in whole or not at all; one that is
    there already changes nothing. What cannot be read is named, the rest is kept, and the exit
    code is 1.
    """
    known = settings(context, db, user)
    report = run(inputs, known.db, means(known, engine, registry), user=known.writer())
    if as_json:
        print_json(report.model_dump(mode="json"))
    show(report, known.db, quiet=as_json)
    if report.skipped:
        raise typer.Exit(1)


def run(inputs: Sequence[str], database: Path, means: Means, *, user: str) -> AddReport:
    """Add articles, counting on standard error while it lasts."""
    from claimtrack import pipeline

    with progress("Adding") as step:
        return pipeline.add(
            inputs,
            pipeline.Desk(database, user, clock.now),
            means,
            stdin=sys.stdin.buffer,
            progress=step,
        )


def show(report: AddReport, database: Path, *, quiet: bool = False) -> None:
    """Say what was skipped and, unless quiet, what was done."""
    for item in report.skipped:
        complain(f"{item.place}: {item.reason}")
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
    if report.blocked:
        echo(f"{counted(report.blocked, 'pair')} of claims left apart, as somebody judged")
    if report.replaced:
        echo(f"{counted(report.replaced, 'unusable character')} replaced by U+FFFD")
