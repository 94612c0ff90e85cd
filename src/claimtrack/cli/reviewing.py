"""`claimtrack review`: the desk in the terminal, for an hour of fast work."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import Database, Registries, User, means, settings
from claimtrack.cli.output import complain
from claimtrack.errors import RatingError

if TYPE_CHECKING:
    from claimtrack.cli.desk.app import Scale, Sources
    from claimtrack.config import Settings
    from claimtrack.sourcing import Desk

_NEEDED = ("textual", "bidi", "arabic_reshaper")
_FOUND = 12

_LABELS = ("true", "mostly true", "half true", "mostly false", "false", "unproven")
"""The labels of verdicts where the desk has no scale of its own."""


class Asked(StrEnum):
    """Which queue to begin with."""

    ATTRIBUTIONS = "attributions"
    PAIRS = "pairs"
    SOURCES = "sources"
    VERDICTS = "verdicts"


class Lines(StrEnum):
    """Who puts lines that run from right to left in order."""

    AUTO = "auto"
    HERE = "here"
    TERMINAL = "terminal"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(
        epilog="Example: claimtrack review pairs; in it, ? shows all keys and q stops. Needs "
        "claimtrack[review]."
    )(review)


def review(
    context: typer.Context,
    queue: Annotated[
        Asked,
        typer.Argument(
            metavar="QUEUE", help="attributions, pairs, sources or verdicts; Tab changes it."
        ),
    ] = Asked.ATTRIBUTIONS,
    scale: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The scale of verdicts, of those in claimtrack.toml; else the first.",
            show_default=False,
        ),
    ] = None,
    right_to_left: Annotated[
        Lines,
        typer.Option(
            help="Who puts Arabic in order: this program, or a terminal that does so and cannot be "
            "asked to leave it."
        ),
    ] = Lines.AUTO,
    registry: Registries = None,
    db: Database = None,
    user: User = None,
) -> None:
    """Decide what waits, a key for each decision; the desk goes on where you stopped.

    Attributions, the least sure first: accept, reject, correct, split, join, add what was missed.
    Pairs of claims: the same, different, unsure. Sources that nobody resolved: who it is. Claims
    without a verdict, the widest spread first. Everything can be undone.
    """
    if not all(map(find_spec, _NEEDED)):
        complain("The desk needs Textual. Install it with: pip install 'claimtrack[review]'")
        raise typer.Exit(1)
    known = settings(context, db, user)
    who, chosen = known.writer(), _scale(known, scale)
    from claimtrack.store import Store

    with Store.open(known.db) as store:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            complain("The desk needs a terminal. For scripts there are: judge, correct, assess.")
            raise typer.Exit(1)
        from claimtrack.cli.desk import laying
        from claimtrack.cli.desk.app import Desk as Screen
        from claimtrack.review.queues import Queue
        from claimtrack.review.sitting import Sitting

        auto = laying.who_orders(os.environ)
        order = auto if right_to_left is Lines.AUTO else laying.Order(right_to_left.value)
        sitting = Sitting(store, who, clock.now, known.scales)
        sitting.queue = Queue(queue.value)
        sources = known_sources(_desk(known, who, registry))
        Screen(sitting, chosen, sources, order, known.db).run()


def known_sources(desk: Desk) -> Sources:
    """Return what knows a desk's sources, those of the registry and new ones."""
    from claimtrack import sourcing
    from claimtrack.cli.desk.app import Sources
    from claimtrack.cli.desk.asking import Choice
    from claimtrack.store import Store
    from claimtrack.store.candidates import called

    offers = sourcing.offers(desk, _FOUND)

    def look(text: str) -> Sequence[Choice]:
        with Store.open(desk.database, readonly=True) as store:
            held = called(store.connection, text, _FOUND)
        found = {each.id: Choice(f" {each.id}", each.name) for each in held}
        more = []
        for offer in offers.look(text):
            name = f"a new source: {offer.name}" if offer.new else offer.name
            choice = Choice(f"{offer.key} {offer.id}", name)
            if offer.new:
                more.append(choice)
            else:
                found.setdefault(offer.id, choice)
        return [*found.values(), *more]

    def hold(store: Store, key: str) -> Sequence[str]:
        return offers.hold(store, key, desk.user, desk.clock())

    return Sources(look, hold)


def _desk(known: Settings, who: str, registry: Sequence[Path] | None) -> Desk:
    from claimtrack import sourcing

    return sourcing.Desk(known.db, who, clock.now, means(known, "rules", registry))


def _scale(known: Settings, wanted: str | None) -> Scale:
    """Return the scale that verdicts are given on.

    The desk's own are in claimtrack.toml; without any, the labels are usual ones.

    Raises:
        RatingError: The desk has scales, and none of the name.
    """
    from claimtrack.cli.desk.app import Scale
    from claimtrack.review import verdicts

    name = wanted or verdicts.first_scale(known.scales)
    if not known.scales:
        return Scale(name, _LABELS)
    if name not in known.scales:
        raise RatingError(name, known.scales)
    return Scale(name, tuple(known.scales[name]))
