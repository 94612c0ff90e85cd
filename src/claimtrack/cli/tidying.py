"""`claimtrack optimize`: small and quick again after much was added."""

from __future__ import annotations

import typer

from claimtrack.cli.options import AsJson, Database, settings
from claimtrack.cli.output import counted, echo, print_json


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(epilog="Example: claimtrack optimize --db desk.db")(optimize)


def optimize(context: typer.Context, db: Database = None, as_json: AsJson = False) -> None:
    """Make the database small and quick again, after much was added to it.

    The search index is merged into one piece, free pages are given back, and what SQLite plans
    queries by is counted anew. What the database holds stays as it is. Others may read meanwhile;
    who writes has to wait. It takes as much room on the disk again while it is at work.
    """
    from claimtrack.store import Store
    from claimtrack.store.tidying import tidy

    path = settings(context, db).db
    with Store.open(path) as store:
        done = tidy(store.connection, path)
    if as_json:
        print_json(done.model_dump(mode="json"))
        return
    echo(f"search index: {counted(done.segments, 'piece')} merged")
    echo("free pages given back, statistics for queries renewed")
    echo(f"{path}: {_amount(done.before)} before, {_amount(done.after)} now")
    if done.log_kept:
        echo("Somebody reads it: its write-ahead log is emptied when they have finished.")


def _amount(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
