"""`claimtrack judge`, `assess`, `grade`, `undo` and `log`: what people decide, and the record."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli import clock
from claimtrack.cli.dates import day, instant
from claimtrack.cli.options import AsJson, Database, Limit, User, Why, settings
from claimtrack.cli.output import columns, cut, echo, note, print_json, words
from claimtrack.errors import UnknownIdError

if TYPE_CHECKING:
    from claimtrack.store.history import Entry

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
    app.command(
        epilog="Examples: claimtrack undo judgement-1c2d3e; "
        "claimtrack undo --by omar --since 2026-03-31T08:00Z --dry-run"
    )(undo)
    app.command(epilog="Example: claimtrack log --claim claim-3f9a1c --limit 5")(log)


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
    rating: Annotated[
        str, typer.Argument(metavar="RATING", help="The verdict: a label of the desk's scale.")
    ],
    text: Annotated[str, typer.Option(metavar="TEXT", help="Why.", show_default=False)] = "",
    scale: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Its scale; else the first of claimtrack.toml.", show_default=False
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where it is published.", show_default=False),
    ] = None,
    link: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Evidence; may be repeated.", show_default=False),
    ] = None,
    revises: Annotated[
        str | None,
        typer.Option(
            metavar="REVIEW", help="The verdict it takes the place of.", show_default=False
        ),
    ] = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Give a claim a verdict; it may have several, by several people.

    Where claimtrack.toml has scales, a verdict is a label of one of them. A correction is a verdict
    that --revises another: it takes its place, and the other stays in the record.
    """
    from claimtrack.review import verdicts
    from claimtrack.store import Store, read
    from claimtrack.store.grades import Review
    from claimtrack.store.undo import find

    known = settings(context, db, user)
    who = known.writer()
    named = scale or verdicts.first_scale(known.scales)
    with Store.open(known.db) as store:
        found = read.resolve_id(store.connection, claim, ("claim",))[1]
        old = find(store.connection, revises, ("review",)) if revises else None
        given = Review(found, named, rating, text, url, tuple(link or ()), revises=old)
        made = verdicts.assess(store, known.scales, given, user=who, at=clock.now())
    if as_json:
        told = {"review": made, "claim": found, "scale": named, "rating": rating}
        print_json({**told, "revises": old})
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
    Grades of one source may overlap in time: where several hold, the latest counts.
    """
    from claimtrack.review import verdicts
    from claimtrack.store import Store, read
    from claimtrack.store.grades import CREDIBILITY, Grade, overlapping

    days = (day(since, "--since"), day(until, "--until"))
    period = [each.isoformat() if each else None for each in days]
    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db) as store:
        try:
            found = read.resolve_id(store.connection, subject, ("claim",))[1]
        except UnknownIdError:
            if letter in CREDIBILITY:
                raise
            found = read.resolve_source(store.connection, subject)
        given = Grade(found, letter.upper(), reason, topic, *period)
        made = verdicts.grade(store, given, user=who, at=clock.now())
        others = overlapping(store.connection, made)
    if as_json:
        told = {"grade": made, "subject": found, "value": letter.upper()}
        print_json({**told, "overlaps": list(others)})
        return
    echo(f"{made}: {found} is {letter.upper()}. Undo it with: claimtrack undo {made[:16]}")
    if others:
        note(
            f"Its period overlaps with {', '.join(others)}; where both hold, the later one counts."
        )


def undo(
    context: typer.Context,
    wanted: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="What is undone: its id, or the number of its entry in `claimtrack log`.",
            show_default=False,
        ),
    ] = None,
    run: Annotated[
        str | None,
        typer.Option(metavar="RUN", help="All that a run made.", show_default=False),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="All that somebody did...", show_default=False),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="...since a time (ISO 8601).", show_default=False),
    ] = None,
    why: Why = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be undone, and change nothing.")
    ] = False,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Undo a step, all that a run made, or all that somebody did since a time.

    A judgement, correction, verdict, grade, note, relation, suggestion, edit of sources,
    publication, retraction, or the addition of a version; by its number in the log also a reading,
    an import, a merge or a file of decisions, as one step. Rows stay in the record; nothing is
    deleted. What something later rests on is not undone: it is named, and nothing is changed.
    """
    from claimtrack.review import undoing
    from claimtrack.store import Store

    if sum(each is not None for each in (wanted, run, by)) != 1 or (by is None) != (since is None):
        raise typer.BadParameter("give an ID, or --run, or --by with --since")
    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db) as store:
        asked = undoing.Asked(wanted, run, by, instant(since, "--since"))
        done = undoing.undo(store, asked, at=clock.now(), user=who, why=why, dry_run=dry_run)
    if as_json:
        print_json(done.model_dump(mode="json"))
        return
    will = "would be undone" if dry_run else "undone"
    for each in done.undone:
        echo(f"{each}: {will}")
    for each in done.already:
        echo(f"{each}: was undone already")
    if done.retraction and not dry_run:
        echo(f"Bring it back with: claimtrack undo {done.retraction[:20]}")
    for subject, reason in done.left:
        note(f"{subject} stays: {reason}.")
    if not (done.undone or done.already or done.left):
        note("nothing to undo.")


def log(
    context: typer.Context,
    claim: Annotated[
        str | None, typer.Option(metavar="CLAIM", help="Of a claim.", show_default=False)
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="Of a source.", show_default=False)
    ] = None,
    document: Annotated[
        str | None, typer.Option(metavar="DOC", help="Of a document.", show_default=False)
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--user", metavar="NAME", help="By one person.", show_default=False),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Since a time (ISO 8601).", show_default=False),
    ] = None,
    limit: Limit = 20,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List what was done, the latest first: when, by whom, to what, from what, to what, and why.

    Before each step stands its number, by which `claimtrack undo` takes it, too.
    """
    from claimtrack.store import Store, history, read
    from claimtrack.store.log import own_desk
    from claimtrack.store.prefixes import row_of

    when = instant(since, "--since")
    with Store.open(settings(context, db).db, readonly=True) as store:
        own = store.connection
        asked = history.Asked(
            read.resolve_id(own, claim, ("claim",))[1] if claim else None,
            read.resolve_source(own, source) if source else None,
            row_of(own, document, {"document": "document"}) if document else None,
            by,
            when,
        )
        found, desk = tuple(history.entries(own, asked, limit=limit)), own_desk(own)
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    rows = [
        (
            *(_number(one, desk), one.at[:19], words(one.user), one.action, one.subject),
            words(cut(_changed(one), 90)),
        )
        for one in found
    ]
    if rows:
        echo(columns(rows))
    else:
        note(
            "nothing was done yet." if asked == history.EVERYTHING else "nothing of that was done."
        )


def _number(one: Entry, desk: str | None) -> str:
    """Return an entry's number, by which it is undone; of another desk's it has none here."""
    return str(one.seq) if one.desk_id == desk else ""


def _changed(one: Entry) -> str:
    arrow = f"{one.before} → {one.after}" if one.before else one.after
    return f"{arrow} ({one.why})" if one.why else arrow
