"""`claimtrack import`: exports and verdicts of others into this database, annotations into gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import AsJson, Database, User, settings
from claimtrack.cli.output import echo, note, print_json
from claimtrack.errors import InputError

if TYPE_CHECKING:
    from claimtrack.export.foreign import Shape
    from claimtrack.export.importing import Imported
    from claimtrack.store import Store


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(
        "import",
        epilog="Examples: claimtrack import desk.json --db ours.db; "
        "claimtrack import project.json --gold gold.jsonl",
    )(import_)


def import_(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="What claimtrack export json wrote, ClaimReviews, or annotations: Web "
            "Annotations, Hypothesis', Label Studio's JSON, brat's folder.",
        ),
    ],
    gold: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where annotations go, as articles with attributions for claimtrack evaluate.",
            show_default=False,
        ),
    ] = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Put an export in JSON into a database: all of it, or nothing where something is wrong.

    A database that is new, or empty, becomes the same as the one that was exported. In any other,
    what is held stays as it is: texts, readings and decisions of its own count, and what
    contradicts them is left out and counted.

    Of ClaimReviews, each becomes a verdict on the claim that is held in its words. Annotations
    become gold in a file (--gold), and the database stays as it is. What fits nothing is left out,
    counted, and named with the reason.
    """
    from claimtrack.export.foreign import Shape, shape
    from claimtrack.store.fresh import opened

    known = settings(context, db, user)
    kind, value = shape(file)
    if kind in (Shape.OURS, Shape.REVIEWS):
        if gold:
            hint = f"{file} holds no annotations, and gold is made of these"
            raise typer.BadParameter(hint, param_hint="--gold")
        who = known.writer()
        with opened(known.db) as store:
            done = _taken(store, kind, file, value, who)
        where = str(known.db)
    else:
        from claimtrack.export.gold import make_gold

        if not gold:
            raise InputError(str(file), "holds annotations. Say where gold goes: --gold FILE.")
        done, where = make_gold(kind, file, value, gold, known.db), str(gold)
    if as_json:
        print_json(done.model_dump(mode="json"))
        return
    new = ", ".join(f"{kind.replace('_', ' ')}: {number}" for kind, number in done.put.items())
    echo(f"New in {where}: {new or 'nothing'}")
    for what, number in sorted(done.left_out.items()):
        note(f"Left out, {number} times: {what.replace('_', ' ')}.")


def _taken(store: Store, kind: Shape, file: Path, value: Any, who: str) -> Imported:
    from claimtrack.export.foreign import Shape
    from claimtrack.export.importing import import_file
    from claimtrack.export.reviews import import_reviews

    if kind is Shape.REVIEWS:
        return import_reviews(store, file, value, at=clock.now(), user=who)
    return import_file(store, file, at=clock.now(), user=who)
