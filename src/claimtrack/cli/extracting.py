"""`claimtrack extract`: attributions without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from claimtrack.cli.options import (
    Engine,
    Fields,
    Output,
    Registries,
    Thoughts,
    TrainedModel,
    means,
    settings,
)
from claimtrack.cli.output import complain, output, progress, spared, to_terminal


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(epilog="Example: claimtrack extract news.jsonl -o found.jsonl")(extract)


def extract(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="IN", help="Files, directories, or - for standard input."),
    ],
    out: Output = None,
    registry: Registries = None,
    engine: Engine = "rules",
    field: Fields = None,
    thoughts: Thoughts = False,
    model: TrainedModel = None,
) -> None:
    """Find who said what in articles, without a database.

    Prints one JSON object a line for each article, the fields of the input kept; on a terminal,
    the article with its attributions marked.
    """
    from claimtrack import pipeline
    from claimtrack.ingest import Skipped

    if out:
        spared(inputs, out)
    given = means(settings(context), engine, registry, fields=field, thoughts=thoughts, model=model)
    skipped: list[str] = []
    if out is None and to_terminal():
        from claimtrack.cli.article import show_found

        for item in pipeline.take_apart(inputs, given, stdin=sys.stdin.buffer):
            if isinstance(item, Skipped):
                skipped.append(f"{item.place}: {item.reason}")
            else:
                show_found(item)
    else:
        _write(_lines(pipeline.extract_lines(inputs, given, stdin=sys.stdin.buffer), skipped), out)
    for reason in skipped:
        complain(reason)
    if skipped:
        raise typer.Exit(1)


def _lines(items: Iterator[Any], skipped: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the articles, and put aside what was skipped."""
    with progress("Extracting") as step:
        for number, item in enumerate(items, 1):
            if isinstance(item, dict):
                step(str(item["id"]), number)
                yield item
            else:
                skipped.append(f"{item.place}: {item.reason}")


def _write(lines: Iterator[dict[str, Any]], out: Path | None) -> None:
    first = next(lines, None)
    if first is None:  # nothing could be read: no empty file is left behind
        return
    with output(out) as stream:
        for line in chain([first], lines):
            stream.write(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n")
