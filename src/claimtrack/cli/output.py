"""What goes to the terminal, into a pipe or into a file.

Words of articles are made harmless for a terminal: their control characters cannot steer it, and
words that run from right to left are isolated, so that they do not turn the line around them.
Pipes, files and JSON get the words alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import typer

from claimtrack.errors import OutputError
from claimtrack.text.shown import harmless, one_line, piece


def to_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    return sys.stdout.isatty()


def echo(text: str = "") -> None:
    """Print a line on standard output."""
    typer.echo(text)


def note(text: str) -> None:
    """Print one line for the user on standard error: nothing is wrong."""
    typer.echo(_one_line(text), err=True)


def complain(text: str) -> None:
    """Print one line on standard error: something is wrong."""
    typer.secho(_one_line(text), fg="red", err=True)


def print_json(value: object) -> None:
    """Print a JSON value or a value of the model, letters as themselves."""
    from pydantic import TypeAdapter

    typer.echo(TypeAdapter(Any).dump_json(value, indent=2))


def counted(number: int, noun: str) -> str:
    """Return a number of things: "1 report", "2 reports"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def words(text: str) -> str:
    """Return words of an article as a piece of one of our lines."""
    return piece(text) if to_terminal() else one_line(text)


def cut(text: str, width: int) -> str:
    """Return a text on one line, cut to a number of characters.

    >>> cut("one two", 6)
    'one t…'
    """
    flat = one_line(text)
    return flat if len(flat) <= width else f"{flat[: width - 1]}…"


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as aligned columns for a terminal, separated by tabs for a pipe."""
    if not to_terminal():
        return "\n".join("\t".join(row) for row in rows)
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        padded = (
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        )
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def spared(inputs: Iterable[str | Path], out: Path) -> None:
    """Refuse an output that is one of the inputs, or lies in one: what is read is not replaced.

    Raises:
        OutputError: It is.
    """
    if not out.is_file():
        return
    places = [Path(given) for given in inputs if given != "-" and Path(given).exists()]
    within = out.resolve()
    if any(place.samefile(one) for place in places for one in (within, *within.parents)):
        raise OutputError(str(out), "is one of the inputs. Name another file.")


@contextmanager
def output(path: Path | None) -> Iterator[BinaryIO]:
    """Open where results go: standard output, or a file that appears whole or not at all.

    Raises:
        OutputError: The file cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from claimtrack.export.files import whole_file

    with whole_file(path) as stream:
        yield stream


def write_lines(lines: Iterator[dict[str, Any]], path: Path | None) -> None:
    """Write JSON objects, one a line, to where results go; of none no empty file is left behind.

    Raises:
        OutputError: The file cannot be written.
    """
    first = next(lines, None)
    if first is None:
        return
    with output(path) as stream:
        for line in chain([first], lines):
            stream.write(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n")


@contextmanager
def progress(label: str) -> Iterator[Any]:
    """Show a line that counts what was done, on standard error and only on a terminal.

    Yields a function of a place, a count, and how many there will be where that is known; to be
    called after each step.
    """
    if not sys.stderr.isatty():
        yield lambda _place, _count, _total=None: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    show = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*show, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def step(place: str, count: int, total: int | None = None) -> None:
            so_far = f"{count} of {total}" if total else str(count)
            bar.update(task, description=f"{label} {so_far}: {piece(place)}")

        yield step


def _one_line(text: str) -> str:
    return f"claimtrack: {harmless(one_line(text))}"
