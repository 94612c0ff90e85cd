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
    app.command(epilog="Example: claimtrack serve --db desk.db --port 8080")(serve)


def serve(
    context: typer.Context,
    db: Database = None,
    host: Host = DEFAULT_HOST,
    port: Port = DEFAULT_PORT,
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="It is a finished copy that nobody writes to: faster, and browsers keep pages.",
        ),
    ] = False,
) -> None:
    """Serve a database for browsing, until Ctrl-C."""
    serve_here(settings(context, db).db, host, port, public=public)


def serve_here(path: Path, host: str, port: int, *, public: bool = False) -> None:
    """Serve a database and say where, until Ctrl-C."""
    from claimtrack import publish

    def ready(address: str) -> None:
        echo(f"{path} is at {address} (Ctrl-C stops)")

    publish.serve(path, host=host, port=port, on_ready=ready, public=public)
