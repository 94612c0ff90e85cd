"""`claimtrack check`: is everything as it was written?"""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.options import AsJson, Database, settings
from claimtrack.cli.output import echo, print_json


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
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Verify the database against itself; name what is wrong.

    Every id, span and text is computed anew, and so is the chain of the event log.
    """
    from claimtrack.store import Store, log
    from claimtrack.store.verify import verify

    path = settings(context, db).db
    with Store.open(path) as store:
        problems = verify(store.connection)
        seal = log.head(store.connection)
    if as_json:
        print_json({"database": str(path), "problems": list(problems), "head": seal})
    else:
        for problem in problems:
            echo(problem)
        if not problems:
            echo(f"{path}: everything is as it was written")
        if head:
            echo(f"head {seal}")
    if problems:
        raise typer.Exit(1)
