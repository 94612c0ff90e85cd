"""`claimtrack serve`: the database as a site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.options import (
    DEFAULT_HOST,
    DEFAULT_PORT,
    Database,
    Host,
    Port,
    settings,
)
from claimtrack.cli.output import echo


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(
        epilog="Examples: claimtrack serve --db desk.db --port 8080; claimtrack serve --public site"
    )(serve)


def serve(
    context: typer.Context,
    copy: Annotated[
        Path | None,
        typer.Argument(
            metavar="[COPY]",
            help="A folder that `claimtrack publish` wrote, or the database in it; else --db.",
            show_default=False,
        ),
    ] = None,
    db: Database = None,
    host: Host = DEFAULT_HOST,
    port: Port = DEFAULT_PORT,
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="For everybody: refuse all but a published copy.",
        ),
    ] = False,
) -> None:
    """Serve a database for browsing, until Ctrl-C.

    What a desk works with shows everything, and is for the desk. --public serves what `claimtrack
    publish` wrote, and nothing else: browsers may keep its pages.
    """
    serve_here(copy or settings(context, db).db, host, port, public=public)


def serve_here(path: Path, host: str, port: int, *, public: bool = False) -> None:
    """Serve a database and say where, until Ctrl-C."""
    from claimtrack import publish

    def ready(address: str) -> None:
        echo(f"{path} is at {address} (Ctrl-C stops)")

    publish.serve(path, host=host, port=port, on_ready=ready, public=public)
