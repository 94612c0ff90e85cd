"""A bar for long work: how much is done, how fast, and how long it will take."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from claimtrack.text.shown import piece


class Meter(NamedTuple):
    """What is to be told of work done.

    Attributes:
        step: Called with a place and how many things there have been.
        read: Called with the number of bytes after each stretch that was read.
    """

    step: Callable[[str, int], None]
    read: Callable[[int], None]


def size(inputs: Sequence[str]) -> int | None:
    """Return how many bytes some inputs have together; None where that cannot be known."""
    from claimtrack.ingest.reading import files

    total = 0
    for given in inputs:
        path = Path(given)
        if given == "-" or not path.exists():
            return None
        found = files(path) if path.is_dir() else [path]
        total += sum(one.stat().st_size for one in found if isinstance(one, Path))
    return total


@contextmanager
def meter(label: str, inputs: Sequence[str]) -> Iterator[Meter]:
    """Show a bar on standard error, and only on a terminal."""
    if not sys.stderr.isatty():
        yield Meter(lambda _place, _count: None, lambda _size: None)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    total = size(inputs)
    text = TextColumn("{task.description}", markup=False)
    ahead = (BarColumn(20), TaskProgressColumn(), TimeRemainingColumn()) if total else ()
    show = (SpinnerColumn(), *ahead, TimeElapsedColumn(), text)
    with Progress(*show, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)

        def step(place: str, count: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f", {count / elapsed:.0f}/s" if elapsed > 1 else ""
            bar.update(task, description=f"{label} {count}{rate}: {piece(place)}")

        yield Meter(step, lambda read: bar.advance(task, read))
