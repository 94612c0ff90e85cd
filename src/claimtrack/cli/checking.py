"""`claimtrack check`: is everything as it was written?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.meter import meter
from claimtrack.cli.options import AsJson, Database, settings
from claimtrack.cli.output import echo, print_json, words
from claimtrack.errors import DatabaseError

if TYPE_CHECKING:
    from pathlib import Path

    from claimtrack.store import Store


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(epilog="Example: claimtrack check --db desk.db")(check)


def check(
    context: typer.Context,
    head: Annotated[
        bool,
        typer.Option(
            "--head",
            help="Print the seal of the log's last entry too: kept elsewhere, it shows later "
            "whether entries were cut off.",
        ),
    ] = False,
    expect_head: Annotated[
        str | None,
        typer.Option(
            metavar="SEAL",
            help="A seal kept from before: the log must still lead to it.",
            show_default=False,
        ),
    ] = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Verify the database against itself; name what is wrong.

    Every id, span, text and capture is computed anew, and so is the chain of the event log, which
    is the custody log too; so are the records of the WARC file beside the database. A database of
    an older claimtrack is brought up to date.
    """
    from claimtrack.store import archive, captures, log, redactions
    from claimtrack.store.counted import finished
    from claimtrack.store.verify import verify

    path = settings(context, db).db
    with _opened(path) as store, meter("Checking", ["-"]) as bar:
        if finished(store.connection):
            raise DatabaseError(
                f"{path} is a published copy: its texts are excerpts and its log is at the desk."
                " Check the desk's database."
            )
        problems = (
            *verify(store.connection, bar.step),
            *archive.problems(path, captures.stretches(store.connection)),
        )
        if expect_head is not None and not log.leads_to(store.connection, expect_head):
            problems += (f"event_log: no entry has the seal {expect_head}: entries were cut off",)
        seal = log.head(store.connection)
        redacted = redactions.made(store.connection)
    if as_json:
        told = {"database": str(path), "problems": list(problems), "head": seal}
        print_json({**told, "redactions": [one._asdict() for one in redacted]})
    else:
        for problem in problems:
            echo(problem)
        for one in redacted:
            echo(f"redacted: {one.subject}, {one.at[:19]}Z, {words(one.by)}: {words(one.why)}")
        if not problems:
            echo(f"{path}: everything is as it was written")
        if head:
            echo(f"head {seal}")
    if problems:
        raise typer.Exit(1)


def _opened(path: Path) -> Store:
    """Open a database, up to date where that can be, and as it is where nothing can be written.

    Raises:
        DatabaseError: It cannot be read either.
    """
    from claimtrack.store import Store

    try:
        return Store.open(path)
    except DatabaseError:
        return Store.open(path, readonly=True)
