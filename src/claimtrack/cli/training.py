"""`claimtrack train`: a model of one's own, from annotated articles."""

from __future__ import annotations

import itertools
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.options import AsJson, Thoughts, means, settings
from claimtrack.cli.output import counted, echo, note, output, print_json, progress, spared
from claimtrack.evaluation.lines import by_id, read_lines


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(epilog="Example: claimtrack train gold.jsonl -o desk-model.json")(train)


def train(
    context: typer.Context,
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD", help="Annotated articles, JSON Lines.")
    ],
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="MODEL", help="Where to write it.")
    ],
    alone: Annotated[
        bool, typer.Option("--alone", help="The model decides alone, and does not hear the rules.")
    ] = False,
    folds: Annotated[
        int,
        typer.Option(
            min=0, max=20, metavar="N", help="Groups of outlets to judge it by; 0: do not."
        ),
    ] = 3,
    iterations: Annotated[
        int, typer.Option(min=1, max=1000, metavar="N", help="Steps of the optimiser at most.")
    ] = 60,
    thoughts: Thoughts = False,
    as_json: AsJson = False,
) -> None:
    """Train a model on annotated articles of one language.

    It is for --model of extract and evaluate, or `model` in claimtrack.toml. Prints how models made
    like it find attributions of outlets that they have not seen: F1 in per cent.
    """
    from claimtrack.evaluation.training import train as made
    from claimtrack.pipeline import language_packs
    from claimtrack.tagger.training import Options

    spared(gold, out)
    read = (line for path in gold for line in read_lines(path).values())
    lines = by_id((line.place, line.article) for line in read)
    using = means(settings(context), "rules", None, thoughts=thoughts)
    options = Options(votes=not alone, iterations=iterations)
    with output(out) as page, progress("Training") as step:
        count = itertools.count(1)
        trained = made(
            lines,
            language_packs(using.packs),
            options,
            folds=folds,
            step=lambda name: step(name, next(count)),
        )
        record = trained.model.record
        record["files"] = {path.name: sha256(path.read_bytes()).hexdigest() for path in gold}
        page.write(trained.model.to_bytes())
    if as_json:
        print_json(record)
        return
    validated = record.get("cross_validation", {})
    for name in ("attribution", "content.partial"):
        if name in validated:
            echo(f"{name:16} {100 * validated[name]['f1']:.1f}")
    if folds > 1 and not validated:
        note("Not judged: all articles are of one outlet. State their `outlet`.")
    articles, found = (counted(record[name], name[:-1]) for name in ("articles", "attributions"))
    echo(f"{articles}, {found}: {out}")
