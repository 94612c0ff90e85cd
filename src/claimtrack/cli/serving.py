"""`claimtrack serve`: the database as a site."""

from __future__ import annotations

from pathlib import Path

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
) -> None:
    """Serve a database for browsing, until Ctrl-C."""
    serve_here(settings(context, db).db, host, port)


def serve_here(path: Path, host: str, port: int) -> None:
    """Serve a database and say where, until Ctrl-C."""
    from claimtrack import publish

    def ready(address: str) -> None:
        echo(f"{path} is at {address} (Ctrl-C stops)")

    publish.serve(path, host=host, port=port, on_ready=ready)
