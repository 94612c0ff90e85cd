"""`claimtrack evaluate`: how well attributions are found."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimtrack.cli.options import AsJson, Engine, Registries, means, settings
from claimtrack.cli.output import complain, echo, print_json, progress
from claimtrack.evaluation.groups import By, group_table, groups
from claimtrack.evaluation.lines import Lines, by_id, read_lines
from claimtrack.evaluation.mistakes import Mistake, grouped, mistakes
from claimtrack.evaluation.score import RESAMPLES, compare, score
from claimtrack.evaluation.table import table

if TYPE_CHECKING:
    from claimtrack.pipeline import Means

_PASSED_ON = ("lang", "url", "outlet", "published_at")
"""What an engine may know of a gold article, beside its text: never where its parts are."""


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(epilog="Example: claimtrack evaluate gold.jsonl found.jsonl --by cue")(evaluate)


def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated articles, JSON Lines.")],
    pred: Annotated[
        Path | None,
        typer.Argument(
            metavar="PRED",
            help="Predictions for them, JSON Lines; without, gold's texts are extracted from.",
            show_default=False,
        ),
    ] = None,
    engine: Engine = "rules",
    registry: Registries = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="Show what went wrong, by probable cause.")
    ] = False,
    by: Annotated[
        By | None, typer.Option(help="Show a table by one of these.", show_default=False)
    ] = None,
    bootstrap: Annotated[
        int, typer.Option(min=0, metavar="N", help="Resamples for the intervals.")
    ] = RESAMPLES,
    as_json: AsJson = False,
) -> None:
    """Compare predicted attributions with gold.

    Prints precision, recall and F1 in per cent, with 95 % intervals.
    """
    wanted = read_lines(gold)
    if pred is None:
        guesses = _predict(wanted, means(settings(context), engine, registry))
    else:
        guesses = read_lines(pred)
    scores = score(wanted, guesses, resamples=bootstrap)
    articles = compare(wanted, guesses) if errors or by else []
    wrong = mistakes(articles) if errors else []
    tables = groups(articles, by) if by else []
    if as_json:
        found: dict[str, Any] = scores.as_json()
        if errors:
            found["errors"] = [one.as_json() for one in wrong]
        if by:
            found["groups"] = [one._asdict() for one in tables]
        print_json(found)
        return
    echo(table(scores))
    if by:
        echo(f"\n{group_table(tables, by)}")
    if errors:
        _show_mistakes(wrong)


def _predict(gold: Lines, means: Means) -> Lines:
    """Return the engine's attributions of gold's texts."""
    from claimtrack import pipeline
    from claimtrack.ingest import Skipped

    plain = b"\n".join(
        json.dumps(
            {"id": key, "text": line.article.get("text")}
            | {name: line.article[name] for name in _PASSED_ON if line.article.get(name)}
        ).encode()
        for key, line in gold.items()
    )
    places = {f"{number}": line.place for number, line in enumerate(gold.values(), 1)}
    found = []
    with progress("Extracting") as step:
        items = pipeline.extract_lines(["-"], means, stdin=io.BytesIO(plain))
        for number, item in enumerate(items, 1):
            if isinstance(item, Skipped):  # its place ends with the line it had for us
                complain(f"{places[item.place.rpartition(':')[2]]}: {item.reason}")
                continue
            step(item["id"], number)
            found.append((f"prediction for {gold[item['id']].place}", item))
    return by_id(found)


def _show_mistakes(found: Sequence[Mistake]) -> None:
    for (fault, cause), group in grouped(found).items():
        echo(f"\n{fault}, {cause}: {len(group)}")
        for one in group:
            pattern = f"  ({one.pattern})" if one.pattern else ""
            echo(f"  {one.place}  {one.article}{pattern}")
            for side, roles in (("gold", one.gold), ("pred", one.pred)):
                if roles:
                    echo(f"    {side}: [{roles['source']}] {{{roles['cue']}}} ⟦{roles['content']}⟧")
            echo(f"    {one.context}")
