"""`claimtrack reextract`: a newer engine, pack or registry over the texts that are held."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import AsJson, Database, Engine, Registries, User, means, settings
from claimtrack.cli.output import counted, echo, print_json, progress

if TYPE_CHECKING:
    from claimtrack.pipeline import ReextractReport


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(epilog="Example: claimtrack reextract --all --db desk.db")(reextract)


def reextract(
    context: typer.Context,
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DOC",
            help="Ids of documents, or their first six digits at least.",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Read all documents again.")] = False,
    db: Database = None,
    user: User = None,
    registry: Registries = None,
    engine: Engine = "rules",
    as_json: AsJson = False,
) -> None:
    """Read stored texts again, with a newer claimtrack, language pack or registry.

    What is found again stays, what is found no more is retired, what is new is added; each
    document wholly or not at all. What somebody judged or accepted is not retired but waits in the
    view review_queue; what somebody rejected or corrected does not come back.
    """
    from claimtrack import pipeline

    if bool(documents) == everything:
        raise typer.BadParameter("Give the ids of documents, or --all.")
    known = settings(context, db, user)
    given = means(known, engine, registry)
    desk = pipeline.Desk(known.db, known.writer(), clock.now)
    with progress("Reading again") as step:
        report = pipeline.reextract(documents or None, desk, given, progress=step)
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        show(report, known.db)


def show(report: ReextractReport, database: Path) -> None:
    """Say what was done."""
    echo(
        f"{database}: {counted(report.documents, 'document')} read again, "
        f"{counted(report.kept, 'attribution')} kept, {report.added} added, "
        f"{report.retired} retired, {report.queued} queued"
    )
    for lang, documents in report.without_pack.items():
        echo(f"{counted(documents, 'document')} in {lang!r} left as they are: no language pack")
    if report.settled:
        echo(
            f"{counted(report.settled, 'attribution')} left out, as somebody rejected or "
            "corrected what was found there"
        )
    if report.blocked:
        echo(f"{counted(report.blocked, 'pair')} of claims left apart, as somebody judged")
    for waiting in report.waiting:
        echo(f"{waiting} is found no more, but somebody judged or accepted it: it waits for review")
