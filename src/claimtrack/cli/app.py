"""The app: its commands, the options before them, and the one place where errors are shown."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from claimtrack import __version__
from claimtrack.cli import (
    adding,
    analysing,
    checking,
    comparing,
    demo,
    evaluating,
    exporting,
    extracting,
    importing,
    judging,
    linking,
    reading,
    reextracting,
    serving,
    sources,
    watching,
)
from claimtrack.cli.options import Database, Given, User
from claimtrack.cli.output import complain
from claimtrack.errors import ClaimtrackError


class Commands(TyperGroup):
    """A group of commands that shows an error of ours as one line and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ClaimtrackError as error:
            complain(str(error))
            raise typer.Exit(1) from error


app = typer.Typer(
    name="claimtrack",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help starts twice as fast, and pipes well
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimtrack {__version__}")
        raise typer.Exit


@app.callback()
def claimtrack(
    context: typer.Context,
    db: Database = None,
    user: User = None,
    version: Annotated[  # noqa: ARG001 (its callback does it)
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Take news articles apart into claims linked to who made them, and browse where they began.

    Everything works offline. Begin with: claimtrack demo
    """
    context.obj = Given(db, user)


demo.register(app)
adding.register(app)
watching.register(app)
reextracting.register(app)
linking.register(app)
extracting.register(app)
evaluating.register(app)
comparing.register(app)
reading.register(app)
analysing.register(app)
judging.register(app)
sources.register(app)
exporting.register(app)
importing.register(app)
serving.register(app)
checking.register(app)


def main() -> None:
    """Run the command line; exit code 0 done, 1 an error in one line, 2 wrong usage."""
    _open_streams()
    code: str | int | None = 1
    try:
        app(prog_name="claimtrack")
    except SystemExit as stop:
        code = stop.code
    except OSError as error:
        complain(f"{error.filename or 'output'}: {error.strerror or error}.")
    _let_go()
    raise SystemExit(code)


def _open_streams() -> None:
    """Make the standard streams fit: closed ones are empty, and Arabic comes out everywhere."""
    sys.stdin = sys.stdin or io.TextIOWrapper(io.FileIO(os.devnull))
    sys.stdout = sys.stdout or io.TextIOWrapper(io.FileIO(os.devnull, "w"))
    sys.stderr = sys.stderr or io.TextIOWrapper(io.FileIO(os.devnull, "w"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale says, and odd file names
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _let_go() -> None:
    """Drop what could not be written and has been told, or Python tries again and tells it too."""
    with suppress(ValueError):  # what failed may have closed the stream
        try:
            sys.stdout.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
