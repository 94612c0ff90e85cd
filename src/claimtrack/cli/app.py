"""The app: its commands, the options before them, and the one place where errors are shown."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from inspect import getdoc
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from claimtrack import __version__
from claimtrack.cli.options import Database, Given, User
from claimtrack.cli.output import complain
from claimtrack.errors import ClaimtrackError
from claimtrack.resources import is_compiled

COMMANDS = {
    "demo": ("demo",),
    "adding": ("add",),
    "watching": ("watch",),
    "reextracting": ("reextract",),
    "linking": ("link", "suggestions"),
    "extracting": ("extract",),
    "evaluating": ("evaluate",),
    "training": ("train",),
    "comparing": ("compare",),
    "reading": ("search", "show"),
    "analysing": ("trace", "diff", "report", "impact"),
    "correcting": ("correct",),
    "judging": ("judge", "assess", "grade", "undo", "log"),
    "reviewing": ("review",),
    "keeping": ("retract", "redact", "merge"),
    "exporting": ("export", "schemas"),
    "importing": ("import",),
    "publishing": ("publication", "publish"),
    "serving": ("serve",),
    "checking": ("check",),
    "tidying": ("optimize",),
    "sources": ("sources",),
}
"""The commands by the module that registers them, in the order of the help."""


class Commands(TyperGroup):
    """The group of all commands.

    A module is loaded when a command of its is asked for: each command waits for itself alone. An
    error of ours is shown as one line, with exit code 1; so is a value that cannot be.
    """

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (as Typer calls it)
        """Return the names of all commands."""
        return [name for names in COMMANDS.values() for name in names]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, loaded, or None."""
        self._load(*(module for module, names in COMMANDS.items() if cmd_name in names))
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is asked for; where there is none, names are proposed."""
        if self.get_command(ctx, args[0]) is None:
            self._load(*COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the commands and what each is for; making their options would take longer."""
        with formatter.section("Commands"):
            formatter.write_dl(
                (name, " ".join(text.partition("\n\n")[0].split()))
                for module in COMMANDS
                for name, text in _told(_registered(module))
            )

    def _load(self, *modules: str) -> None:
        for module in modules:
            if COMMANDS[module][0] not in self.commands:
                self.commands.update(get_group(_registered(module)).commands)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ClaimtrackError as error:
            complain(str(error))
            raise typer.Exit(1) from error
        except typer.BadParameter as error:
            if type(error) is not typer.BadParameter:  # a value that is missing is wrong usage
                raise
            complain(error.format_message())
            raise typer.Exit(1) from error


def _registered(module: str) -> Any:
    part = typer.Typer(rich_markup_mode=None)
    import_module(f"claimtrack.cli.{module}").register(part)
    return part


def _told(part: Any) -> Iterator[tuple[str, str]]:
    """Return the commands and groups that a module registered, each with its help."""
    for command in part.registered_commands:
        yield command.name or command.callback.__name__, getdoc(command.callback) or ""
    for group in part.registered_groups:
        told = group.typer_instance.info
        yield group.name, (getdoc(told.callback) if callable(told.callback) else told.help) or ""


app = typer.Typer(
    name="claimtrack",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help starts twice as fast, and pipes well
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimtrack {__version__}{' (compiled)' if is_compiled() else ''}")
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
    gc.freeze()  # the process ends, and with it all that Python would look through once more
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
