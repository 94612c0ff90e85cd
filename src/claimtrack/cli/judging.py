"""`claimtrack judge`, `assess`, `grade`, `undo` and `log`: what people decide, and the record."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import AsJson, Database, Limit, User, settings
from claimtrack.cli.output import columns, complain, echo, note, print_json, words

Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why.", show_default=False)]


class Decision(StrEnum):
    """Whether two claims are one."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(epilog="Example: claimtrack judge claim-3f9a1c claim-77b2e0 negative")(judge)
    app.command(epilog="Example: claimtrack assess claim-3f9a1c false --text 'The video is old.'")(
        assess
    )
    app.command(epilog="Example: claimtrack grade claim-3f9a1c 2 --reason 'Two origins.'")(grade)
    app.command(epilog="Example: claimtrack undo judgement-1c2d3e")(undo)
    app.command(epilog="Example: claimtrack log --limit 5")(log)


def judge(
    context: typer.Context,
    left: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id.")],
    right: Annotated[str, typer.Argument(metavar="CLAIM", help="Another's.")],
    verdict: Annotated[Decision, typer.Argument(help="Whether they are one claim.")],
    reason: Reason = "",
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Decide whether two claims are one; undo it with its id.

    A positive judgement joins them. A negative one keeps them apart from then on: whatever would
    join them is refused, and names it.
    """
    from claimtrack.model.vocabulary import Verdict
    from claimtrack.store import Store, read

    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db) as store:
        one, other = (
            read.resolve_id(store.connection, each, ("claim",))[1] for each in (left, right)
        )
        made = store.judge(
            one,
            other,
            Verdict(verdict.value),
            evidence=reason or "judged by hand",
            run=None,
            user=who,
            at=clock.now(),
        )
    if as_json:
        print_json({"judgement": made, "left": one, "right": other, "verdict": verdict.value})
    else:
        echo(f"{made}: {verdict}. Undo it with: claimtrack undo {made[:20]}")


def assess(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id.")],
    rating: Annotated[str, typer.Argument(metavar="RATING", help="The verdict, in your words.")],
    text: Annotated[str, typer.Option(metavar="TEXT", help="Why.", show_default=False)] = "",
    scale: Annotated[str, typer.Option(metavar="NAME", help="The scale it is of.")] = "truth",
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where it is published.", show_default=False),
    ] = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Give a claim a verdict; it may have several, by several people."""
    from claimtrack.store import Store, read
    from claimtrack.store.grades import Review

    if url and not url.startswith(("http://", "https://")):
        complain(f"{url!r} is no address of the web. Give one that begins with https://")
        raise typer.Exit(1)
    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db) as store:
        found = read.resolve_id(store.connection, claim, ("claim",))[1]
        made = store.assess(Review(found, scale, rating, text, url), user=who, at=clock.now())
    if as_json:
        print_json({"review": made, "claim": found, "scale": scale, "rating": rating})
    else:
        echo(f"{made}: {words(rating)}. Undo it with: claimtrack undo {made[:17]}")


def grade(
    context: typer.Context,
    subject: Annotated[
        str, typer.Argument(metavar="ID", help="A claim's id, or a source's id or name.")
    ],
    letter: Annotated[
        str,
        typer.Argument(metavar="GRADE", help="A to F for a source, 1 to 6 for a claim."),
    ],
    reason: Reason = "",
    topic: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What a source is graded on.", show_default=False),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="From when a source's grade holds.", show_default=False),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Until when.", show_default=False),
    ] = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Grade a source's reliability (A to F) or a claim's credibility (1 to 6), Admiralty scale.

    F and 6 mean that it cannot be judged. 1 asks for two independent origins, or for a reason.
    """
    from claimtrack.analysis.origins import origins
    from claimtrack.analysis.web import load
    from claimtrack.store import Store, read
    from claimtrack.store.grades import CREDIBILITY, Grade

    days = tuple(_day(each) for each in (since, until))
    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db) as store:
        if letter in CREDIBILITY:
            found = read.resolve_id(store.connection, subject, ("claim",))[1]
            count = origins(load(store.connection, found)).origins
        else:
            found, count = read.resolve_source(store.connection, subject), 0
        given = Grade(found, letter.upper(), reason, topic, *days)
        made = store.grade(given, origins=count, user=who, at=clock.now())
    if as_json:
        print_json({"grade": made, "subject": found, "value": letter.upper()})
    else:
        echo(f"{made}: {found} is {letter.upper()}. Undo it with: claimtrack undo {made[:16]}")


def _day(text: str | None) -> str | None:
    from datetime import date

    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        complain(f"{text!r} is no date. Give one such as 2026-03-31.")
        raise typer.Exit(1) from None


def undo(
    context: typer.Context,
    wanted: Annotated[
        str,
        typer.Argument(metavar="ID", help="The id of what is undone: see `claimtrack log`."),
    ],
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Undo a judgement, verdict, grade, relation, suggestion, edit of sources or publication.

    The row stays in the record; nothing is deleted.
    """
    from claimtrack.store import Store
    from claimtrack.store.undo import find

    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db) as store:
        found = find(store.connection, wanted)
        done = store.undo(found, user=who, at=clock.now())
    if as_json:
        print_json({"id": found, "undone": done})
    else:
        echo(f"{found}: {'undone' if done else 'was undone already'}")


def log(
    context: typer.Context,
    limit: Limit = 20,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List what was done, the latest first: when, by whom, and to what."""
    from claimtrack.store import Store
    from claimtrack.store.log import latest

    with Store.open(settings(context, db).db, readonly=True) as store:
        found = latest(store.connection, limit)
    if as_json:
        print_json([one._asdict() for one in found])
        return
    rows = [(one.at[:19], words(one.user), one.action, one.subject) for one in found]
    if rows:
        echo(columns(rows))
    else:
        note("nothing was done yet.")
