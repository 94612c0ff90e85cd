"""`claimtrack export` and `schemas`: what others can read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.options import Database, settings
from claimtrack.cli.output import echo, output


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(epilog="Example: claimtrack export graphml -o claims.graphml")(export)
    app.command(epilog="Example: claimtrack schemas schemas/")(schemas)


def export(
    context: typer.Context,
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="One of: csv, graphml, json.",
            autocompletion=lambda: list(_formats()),
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write, whole or not at all; else standard output. For csv, a folder or "
            "a .zip file holds all tables.",
            show_default=False,
        ),
    ] = None,
    db: Database = None,
) -> None:
    """Write the database in a format that others read."""
    from claimtrack.export import describe, save
    from claimtrack.export import export as write
    from claimtrack.store import Store

    describe(form)  # an unknown format is told before a missing database
    with Store.open(settings(context, db).db, readonly=True) as store:
        if out:
            save(form, store.connection, out)
        else:
            with output(None) as stream:
                write(form, store.connection, stream)


def schemas(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to; made if need be.")
    ] = Path("schemas"),
) -> None:
    """Write the JSON Schemas of what goes in and out."""
    from claimtrack.export.schemas import write

    for path in write(directory):
        echo(str(path))


def _formats() -> tuple[str, ...]:
    from claimtrack.export import formats

    return formats()
