"""Articles taken apart into lines of the interchange form; no database is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from claimtrack.ingest import Skipped
from claimtrack.model.document import Article
from claimtrack.model.interchange import line
from claimtrack.pipeline.setup import Setup, keep, worker_of
from claimtrack.pipeline.work import Means, Worker, read_all, version_of

Line = dict[str, Any]


class _Task(NamedTuple):
    """An article to be taken apart, or what was left out."""

    setup: Setup
    item: Article | Skipped


def extract_lines(
    inputs: Sequence[str], means: Means, *, stdin: BinaryIO | None = None
) -> Iterator[Line | Skipped]:
    """Yield every article as a line of the interchange form, and what could not be read, in order.

    Ids of JSON lines are kept; any other article is called after its file.

    Args:
        inputs: Paths of files and directories; "-" is `stdin`.
        means: The engine, registries, packs and number of processes.
        stdin: What "-" stands for.

    Raises:
        UnknownEngineError: No engine has the name.
        PackError: A registry or pack is wrong.
    """
    worker = Worker(means)
    setup = Setup.of(means, (), worker.run.id)
    keep(setup, worker)
    read = read_all(inputs, stdin, worker.packs, dict(means.fields))
    tasks = (_Task(setup, item) for item in _named(read))
    if means.workers == 1:
        yield from (_line(*task) for task in tasks)
        return
    from claimtrack.pipeline.spreading import over  # noqa: PLC0415 (slow to load, and seldom)

    yield from over(means.workers)(_lines, tasks)


def _lines(tasks: Sequence[_Task]) -> list[Line | Skipped]:
    return [_line(*task) for task in tasks]


def _line(setup: Setup, item: Article | Skipped) -> Line | Skipped:
    if isinstance(item, Skipped):
        return item
    return line(item, worker_of(setup).take_apart(item, version_of(item)).extraction)


def _named(items: Iterator[Article | Skipped]) -> Iterator[Article | Skipped]:
    """Yield articles with ids: their own, else the name of their file, or its whole place."""
    used: set[str] = set()
    for item in items:
        if isinstance(item, Skipped):
            yield item
            continue
        name = item.id or _name(item.place, used)
        used.add(name)
        yield item.model_copy(update={"id": name})


def _name(place: str, used: set[str]) -> str:
    """Return the name of a file without its ending, or its whole place where that is taken."""
    name = Path(place).stem
    return name if name and name not in used else place
