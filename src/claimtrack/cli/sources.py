"""`claimtrack sources`: who says things."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.options import AsJson, Database, Limit, settings
from claimtrack.cli.output import columns, echo, print_json, words

_HEAD = ("attributions", "documents", "kind", "type", "id", "name")


def register(app: typer.Typer) -> None:
    """Add the group of commands to the app."""
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="List sources, or show one."
    )
    group.command("list", epilog="Example: claimtrack sources list --limit 10")(list_sources)
    group.command("show", epilog="Example: claimtrack sources show source-3f9a1c")(show_source)
    app.add_typer(group, name="sources")


def list_sources(
    context: typer.Context,
    limit: Limit = 50,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List the sources, those with the most attributions first."""
    from claimtrack.store import Store, read

    with Store.open(settings(context, db).db, readonly=True) as store:
        rows = read.sources(store.connection, limit=limit)
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
        return
    table = [
        (
            *(str(row.attributions), str(row.documents), row.kind, row.ref.type.value),
            *(row.ref.id, words(row.ref.name)),
        )
        for row in rows
    ]
    echo(columns([_HEAD, *table]))


def show_source(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="A source's name or id, or the id's first six digits at least."
        ),
    ],
    limit: Limit = 50,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show a source: its names, whom it belongs to, and what it said."""
    from claimtrack.cli import views
    from claimtrack.store import Store, read

    with Store.open(settings(context, db).db, readonly=True) as store:
        found = read.resolve_source(store.connection, source)
        view = read.source(store.connection, found, limit=limit)
    if as_json:
        print_json(view.model_dump(mode="json"))
    else:
        views.show_source(view)
