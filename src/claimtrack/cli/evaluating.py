"""`claimtrack evaluate`: how well attributions are found."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimtrack.cli.options import (
    AsJson,
    Database,
    Engine,
    Registries,
    Thoughts,
    TrainedModel,
    means,
    settings,
)
from claimtrack.cli.output import (
    columns,
    complain,
    counted,
    echo,
    output,
    print_json,
    progress,
    spared,
    words,
)
from claimtrack.evaluation.choices import RESAMPLES, By

if TYPE_CHECKING:
    from claimtrack.evaluation.groups import Group
    from claimtrack.evaluation.judged import Judged
    from claimtrack.evaluation.lines import Lines
    from claimtrack.evaluation.mistakes import Mistake
    from claimtrack.evaluation.names import NameScores, Wanted
    from claimtrack.evaluation.reviews import Extent, Reviews
    from claimtrack.evaluation.score import Compared, Scores
    from claimtrack.model.source import Source
    from claimtrack.pipeline import Means


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(
        epilog="Examples: claimtrack evaluate gold.jsonl found.jsonl --by cue; "
        "claimtrack evaluate --from-reviews --db desk.db"
    )(evaluate)


def evaluate(
    context: typer.Context,
    gold: Annotated[
        Path | None,
        typer.Argument(metavar="GOLD", help="Annotated articles, JSON Lines.", show_default=False),
    ] = None,
    pred: Annotated[
        Path | None,
        typer.Argument(
            metavar="PRED",
            help="Predictions for them, JSON Lines; without, gold's texts are extracted from.",
            show_default=False,
        ),
    ] = None,
    from_reviews: Annotated[
        bool,
        typer.Option(
            "--from-reviews",
            help="Measure against what people decided in the database, in place of GOLD.",
        ),
    ] = False,
    engine: Engine = "rules",
    registry: Registries = None,
    thoughts: Thoughts = False,
    model: TrainedModel = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="Show what went wrong, by probable cause.")
    ] = False,
    by: Annotated[
        By | None, typer.Option(help="Show a table by one of these.", show_default=False)
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write figures, tables and mistakes as a page, spans coloured.",
            show_default=False,
        ),
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Judge who was taken for the source, too: a CSV of gold_name, canonical, class.",
            show_default=False,
        ),
    ] = None,
    bootstrap: Annotated[
        int, typer.Option(min=0, metavar="N", help="Resamples for the intervals.")
    ] = RESAMPLES,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Compare predicted attributions with gold.

    Prints precision, recall and F1 in per cent, with 95 % intervals.

    With --from-reviews, gold is what people decided (`claimtrack correct`): documents that were
    marked as complete, whole, and of others the sentences in which every report was accepted,
    rejected, changed or added. Nobody said that nothing was missed in such a sentence, so recall
    is surer the more documents are complete.
    """
    from claimtrack.evaluation.groups import groups
    from claimtrack.evaluation.mistakes import mistakes
    from claimtrack.evaluation.score import compare, score
    from claimtrack.evaluation.table import table

    if from_reviews == bool(gold):
        raise typer.BadParameter("Give GOLD, or --from-reviews.")
    if html:
        spared([each for each in (gold, pred, names) if each], html)
    with output(html) if html else nullcontext() as page:
        wanted, held = _gold(gold, settings(context, db).db)
        meant = _meant(names) if names else {}
        using = means(settings(context), engine, registry, thoughts=thoughts, model=model)
        guesses, known = _guesses(pred, wanted, using, held)
        scores = score(wanted, guesses, resamples=bootstrap)
        articles = compare(wanted, guesses) if errors or by or page or names else []
        if page:
            page.write(_page(articles, scores, gold.name if gold else "reviews", pred))
    wrong = mistakes(articles) if errors else []
    tables = groups(articles, by) if by else []
    named = _score_names(articles, meant, using, known) if names else None
    if as_json:
        found: dict[str, Any] = scores.as_json()
        if held:
            found["reviewed"] = held.extent.model_dump()
        if errors:
            found["errors"] = [one.as_json() for one in wrong]
        if by:
            found["groups"] = [one._asdict() for one in tables]
        if named:
            found["names"] = named.as_json()
        print_json(found)
        return
    echo(table(scores))
    if held:
        _show_extent(held.extent)
    if named:
        _show_names(named)
    if by:
        _show_groups(tables, by)
    _show_mistakes(wrong)


def _show_groups(tables: Sequence[Group], by: By) -> None:
    from claimtrack.evaluation.groups import group_rows

    head, *rows = group_rows(tables, by)
    echo()
    echo(columns([head, *([words(name), *cells] for name, *cells in rows)]))


def _gold(gold: Path | None, database: Path) -> tuple[Lines, Reviews | None]:
    """Return the articles to measure against; where there is no file, what people reviewed."""
    from claimtrack.evaluation.lines import read_lines

    if gold:
        return read_lines(gold), None
    held = _reviews(database)
    return held.gold, held


def _guesses(
    pred: Path | None, gold: Lines, means: Means, held: Reviews | None
) -> tuple[Lines, list[Source]]:
    """Return what is predicted, and the sources it names; of what was reviewed, that alone."""
    from claimtrack.evaluation.lines import read_lines

    guesses, known = (read_lines(pred), []) if pred else _predict(gold, means)
    return (held.within(guesses) if held else guesses), known


def _reviews(database: Path) -> Reviews:
    from claimtrack.errors import ScoreError
    from claimtrack.evaluation.reviews import reviews
    from claimtrack.store import Store

    with Store.open(database, readonly=True) as store:
        held = reviews(store.connection)
    if not held.gold:
        raise ScoreError(
            f"{database}: there is no text, and no sentence, of which people decided about every"
            " report. Decide with: claimtrack correct"
        )
    return held


def _show_extent(extent: Extent) -> None:
    echo()
    echo(
        f"Reviewed: {counted(extent.complete, 'text')} read to the end, "
        f"{counted(extent.sentences, 'sentence')} of {extent.partly} others, "
        f"{counted(extent.attributions, 'attribution')} in all"
    )


def _page(articles: Sequence[Compared], scores: Scores, gold: str, pred: Path | None) -> bytes:
    from claimtrack.evaluation.page import page

    title = f"{pred.name} against {gold}" if pred else f"claimtrack against {gold}"
    return page(articles, scores, title).encode("utf-8")


def _meant(path: Path) -> dict[str, Wanted]:
    from claimtrack.evaluation.names import read_names

    return read_names(path)


def _show_names(scores: NameScores) -> None:
    from claimtrack.evaluation.names import name_rows, unlisted_lines

    echo()
    echo(columns(name_rows(scores)))
    for unlisted in unlisted_lines(scores):
        complain(unlisted)


def _score_names(
    articles: Sequence[Compared],
    meant: Mapping[str, Wanted],
    means: Means,
    known: Sequence[Source],
) -> NameScores:
    from claimtrack import pipeline
    from claimtrack.evaluation.names import score_names
    from claimtrack.evaluation.told import Sources

    sources = Sources(*pipeline.resolver(means), known)
    return score_names(articles, meant, sources.told)


def _predict(gold: Lines, means: Means) -> tuple[Lines, list[Source]]:
    """Return the engine's attributions of gold's texts, and their sources."""
    from claimtrack import pipeline
    from claimtrack.evaluation.lines import by_id, line_number, texts
    from claimtrack.ingest import Skipped
    from claimtrack.model.interchange import line

    lines = dict(enumerate(gold.items(), 1))
    found: list[tuple[str, object]] = []
    sources: dict[str, Source] = {}
    with progress("Extracting") as step:
        items = pipeline.take_apart(["-"], means, stdin=io.BytesIO(texts(gold)))
        for number, item in enumerate(items, 1):
            if isinstance(item, Skipped):
                complain(f"{lines[line_number(item.place)][1].place}: {item.reason}")
                continue
            key, meant = lines[line_number(item.article.place)]
            step(key, number)
            made = line(item.article, item.extraction) | {"id": key}
            found.append((f"prediction for {meant.place}", made))
            sources |= {source.id: source for source in item.sources}
    return by_id(found), list(sources.values())


def _show_mistakes(found: Sequence[Mistake]) -> None:
    from claimtrack.evaluation.mistakes import MARKS, grouped, roles_of, tally

    for cause, group in grouped(found).items():
        echo(f"\n{cause}: {len(group)} ({tally(group)})")
        for one in group:
            rule = f"  ({words(one.pattern)})" if one.pattern else ""
            echo(f"  {one.fault}  {words(one.place)}  {words(one.article)}{rule}")
            for side, given in one.sides:
                said = roles_of(given, one.compared.text)
                marked = (f"{MARKS[role][0]}{said[role]}{MARKS[role][1]}" for role in MARKS)
                echo(f"    {side}: {words(' '.join(marked))}{_relayed(one, given)}")
            echo(f"    {words(one.context)}")


def _relayed(one: Mistake, given: Judged) -> str:
    """Return who relays one side of a mistake about relays, as the end of its line."""
    from claimtrack.evaluation.mistakes import Cause, roles_of

    relayer = one.relayer(given) if one.cause is Cause.RELAY else None
    if relayer is None:
        return ""
    said = roles_of(relayer, one.compared.text)
    named = words(f"[{said['source']}] {{{said['cue']}}}")
    return f" via {named}"
