"""`claimtrack serve`: the database as a site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import (
    DEFAULT_HOST,
    DEFAULT_PORT,
    Database,
    Host,
    Port,
    means,
    settings,
)
from claimtrack.cli.output import echo
from claimtrack.config import Settings

if TYPE_CHECKING:
    from claimtrack.publish import Reviewing


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(
        epilog="Examples: claimtrack serve --db desk.db --port 8080; claimtrack serve --review;"
        " claimtrack serve --public site"
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
    review: Annotated[
        bool,
        typer.Option(
            "--review",
            help="Let those decide who are named as reviewers in claimtrack.toml, signed in.",
        ),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=64,
            metavar="N",
            help="With --public, processes that answer; else one for each core, four at most.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Serve a database for browsing, until Ctrl-C.

    What a desk works with shows everything, and is for the desk. --public serves what `claimtrack
    publish` wrote, and nothing else: browsers may keep its pages. With --review, people decide on
    the site what they would with `claimtrack review`; docs/review.md says how they sign in.
    """
    known = settings(context, db)
    who = _reviewing(known) if review else None
    serve_here(copy or known.db, host, port, public=public, review=who, workers=workers or 0)


_OFFERED = 9
"""Sources that are not held, of a name that is looked for."""


def _reviewing(known: Settings) -> Reviewing:
    """Return who may decide on the site, by the settings."""
    from claimtrack.publish import Reviewing
    from claimtrack.sourcing import Desk, offers

    desk = Desk(known.db, "", clock.now, means(known, "rules", None))
    return Reviewing(
        known.reviewers, clock.now, known.plugins, known.scales, offers(desk, _OFFERED)
    )


def serve_here(
    path: Path,
    host: str,
    port: int,
    *,
    public: bool = False,
    review: Reviewing | None = None,
    workers: int = 0,
) -> None:
    """Serve a database and say where, until Ctrl-C."""
    from claimtrack import publish

    def ready(address: str) -> None:
        echo(f"{path} is at {address} (Ctrl-C stops)")

    where = publish.Where(host, port)
    publish.serve(path, where, ready, public=public, review=review, workers=workers)
