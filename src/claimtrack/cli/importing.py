"""`claimtrack import`: an export of another database into this one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import AsJson, Database, User, settings
from claimtrack.cli.output import echo, note, print_json


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("import", epilog="Example: claimtrack import desk.json --db ours.db")(import_)


def import_(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What claimtrack export json wrote.")
    ],
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Put an export in JSON into a database: all of it, or nothing where something is wrong.

    A database that is new, or empty, becomes the same as the one that was exported. In any other,
    what is held stays as it is: texts, readings and decisions of its own count, and what
    contradicts them is left out and counted.
    """
    from claimtrack.export.importing import import_file
    from claimtrack.store import Store

    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db, create=True) as store:
        done = import_file(store, file, at=clock.now(), user=who)
    if as_json:
        print_json(done.model_dump(mode="json"))
        return
    new = ", ".join(f"{kind.replace('_', ' ')}: {number}" for kind, number in done.put.items())
    echo(f"New in {known.db}: {new or 'nothing'}")
    for what, number in sorted(done.left_out.items()):
        note(f"Left out, {number} times: {what.replace('_', ' ')}.")
