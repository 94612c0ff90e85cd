"""`claimtrack watch`: what is new in feeds goes in."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli import clock
from claimtrack.cli.adding import MOST_NAMED
from claimtrack.cli.meter import meter
from claimtrack.cli.options import AsJson, Database, Engine, Registries, User, means, settings
from claimtrack.cli.output import complain, counted, echo, print_json
from claimtrack.cli.web import DEFAULT_DELAY, AllowPrivate, Delay, fetching

if TYPE_CHECKING:
    from pathlib import Path

    from claimtrack.pipeline import WatchReport


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(epilog="Example: claimtrack watch feeds.toml --once --db desk.db")(watch)


def watch(
    context: typer.Context,
    feeds: Annotated[
        list[str],
        typer.Argument(
            metavar="FEEDS.toml|URL",
            help='Addresses of RSS or Atom feeds, or files that say feeds = ["https://…"].',
        ),
    ],
    once: Annotated[
        bool, typer.Option("--once", help="End after one round, as cron would have it.")
    ] = False,
    every: Annotated[
        float, typer.Option(min=0.1, metavar="MINUTES", help="From one round to the next.")
    ] = 15.0,
    db: Database = None,
    user: User = None,
    registry: Registries = None,
    engine: Engine = "rules",
    allow_private: AllowPrivate = None,
    delay: Delay = DEFAULT_DELAY,
    as_json: AsJson = False,
) -> None:
    """Follow feeds: fetch and add what is new in them, and only that.

    Feeds are asked whether they changed. One that fails is named and tried again in the next
    round, and so are pages that fail for the moment. With --once the exit code is 1 when a feed or
    a page failed. Two may run at once.
    """
    from claimtrack import pipeline

    known = settings(context, db, user)
    desk = pipeline.Desk(known.db, known.writer(), clock.now)
    given = means(known, engine, registry)
    wanted = pipeline.feeds_of(feeds)
    while True:
        with fetching(known, allow_private, delay) as web, meter("Watching", ["-"]) as bar:
            intake = pipeline.Intake(web=web)
            report = pipeline.watch(wanted, desk, given, intake, bar.step)
        _show(report, known.db, quiet=as_json)
        if as_json:
            print_json(report.model_dump(mode="json"))
        if once:
            raise typer.Exit(1 if report.failed or report.report.skipped else 0)
        time.sleep(every * 60)


def _show(report: WatchReport, database: Path, *, quiet: bool) -> None:
    for problem in report.failed:
        complain(f"{problem.feed}: {problem.reason}")
    for item in report.report.skipped[:MOST_NAMED]:
        complain(f"{item.place}: {item.reason}")
    if quiet:
        return
    done = report.report
    failed = f", {len(report.failed)} failed" if report.failed else ""
    again = f", {report.retried} to be tried again" if report.retried else ""
    echo(
        f"{database}: {counted(report.feeds, 'feed')}{failed}; {report.entries} new: "
        f"{counted(done.added, 'article')} added, {counted(done.new_versions, 'new version')}, "
        f"{done.unchanged} unchanged, {len(done.skipped)} skipped{again}"
    )
