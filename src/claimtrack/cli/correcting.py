"""`claimtrack correct`: people decide about the reports that were found in texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import AsJson, Database, Given, User, Why, settings
from claimtrack.cli.output import counted, echo, print_json
from claimtrack.model.vocabulary import Assertion, Channel, Kind, Modality, Stance

Report = Annotated[
    str, typer.Argument(metavar="ATTRIBUTION", help="Its id, or the beginning of it.")
]
Reports = Annotated[list[str], typer.Argument(metavar="ATTRIBUTION...", help="Their ids.")]
Document = Annotated[str, typer.Argument(metavar="DOCUMENT", help="Its id.")]
Seen = Annotated[
    str | None,
    typer.Option(
        metavar="STATE",
        help="The state that you looked at, as `correct show` tells it; where somebody decided "
        "since, nothing is done and you are told.",
        show_default=False,
    ),
]
Words = list[str] | None


def _words(name: str, help_: str) -> Any:
    return typer.Option(
        f"--{name}", metavar="WORDS", help=f"{help_} May be repeated.", show_default=False
    )


Content = Annotated[
    Words, _words("content", "What is attributed: the words as they stand, or START:END.")
]
Mention = Annotated[Words, _words("source", "The words for the source; '' for none.")]
Cue = Annotated[Words, _words("cue", "The words that report; '' for none.")]
Antecedent = Annotated[Words, _words("antecedent", "What an anaphoric source stands for.")]
SourceId = Annotated[
    str | None,
    typer.Option(
        "--who",
        metavar="SOURCE",
        help="Who it is: a source's id or name; '' for nobody known.",
        show_default=False,
    ),
]
Via = Annotated[
    str | None,
    typer.Option(
        metavar="ATTRIBUTION",
        help="The report of the text that relays it; '' for none.",
        show_default=False,
    ),
]
OfKind = Annotated[
    Kind | None, typer.Option(help="How the words are reported.", show_default=False)
]
OfChannel = Annotated[
    Channel | None, typer.Option(help="Through what the words came.", show_default=False)
]
OfStance = Annotated[
    Stance | None,
    typer.Option(help="Where the reporter stands towards the content.", show_default=False),
]
OfAssertion = Annotated[
    Assertion | None, typer.Option(help="What the source does in saying it.", show_default=False)
]
OfModality = Annotated[
    Modality | None,
    typer.Option(help="How certain the content is made out to be.", show_default=False),
]

_OF_A_REPORT = (
    *("source", "cue", "content", "antecedent", "source_id", "via"),
    *("kind", "channel", "stance", "assertion", "modality"),
)
"""The options that say what a report is, by the names of a draft's fields."""


def register(app: typer.Typer) -> None:
    """Add the group of commands to the app."""
    group = typer.Typer(
        rich_markup_mode=None,
        invoke_without_command=True,
        callback=correct,
        epilog="Example: claimtrack correct --from decisions.jsonl",
    )
    commands: Sequence[tuple[str, Callable[..., None], str]] = (
        ("show", show, "show attribution-3f9a1c"),
        ("accept", accept, "accept attribution-3f9a1c"),
        ("reject", reject, "reject attribution-3f9a1c --why 'No one says this.'"),
        (
            "add",
            add,
            "add document-3f9a1c --source 'the ministry' --cue said --content 'it rained'",
        ),
        ("change", change, "change attribution-3f9a1c --content 12:80 --stance distancing"),
        ("split", split, "split attribution-3f9a1c --content 'it rained' --content 'it snowed'"),
        ("join", join, "join attribution-3f9a1c attribution-77b2e0"),
        ("complete", complete, "complete document-3f9a1c"),
    )
    for name, command, example in commands:
        group.command(name, epilog=f"Example: claimtrack correct {example}")(command)
    app.add_typer(group, name="correct")


def correct(
    context: typer.Context,
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Take in the decisions of a file in JSON Lines, as `export decisions` writes "
            "them: all, or none where one is wrong.",
            show_default=False,
        ),
    ] = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Accept, reject, add, change, split and join what was found; each step can be undone.

    What a machine found stays in the record. What a person decided, no program takes back.
    """
    if context.invoked_subcommand:
        if from_:
            raise typer.BadParameter("Give a file or a command, not both.", param_hint="--from")
        given = context.obj if isinstance(context.obj, Given) else Given()
        context.obj = Given(db or given.db, user or given.user)
        return
    if not from_:
        echo(context.get_help())
        raise typer.Exit(2)
    from claimtrack.review.decisions import take
    from claimtrack.store import Store

    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db) as store:
        done = take(store, from_, by=who, at=clock.now())
    if as_json:
        print_json(done.model_dump(mode="json"))
    else:
        echo(f"{counted(len(done.made), 'decision')} taken in, {done.known} held already")


def show(
    context: typer.Context,
    report: Report,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show where a report stands: its state for --seen, and who decided what of it."""
    from claimtrack.review.corrections import standing
    from claimtrack.store import Store
    from claimtrack.store.corrected import find, told

    with Store.open(settings(context, db).db, readonly=True) as store:
        state = standing(store.connection, find(store.connection, report))
    if as_json:
        print_json(state.model_dump(mode="json"))
        return
    last = told(state.decided) if state.decided else "nobody decided about it"
    echo(f"{state.id}: {'live' if state.live else 'retired'}; {last}. State: {state.token}")


def accept(
    context: typer.Context,
    reports: Reports,
    why: Why = "",
    seen: Seen = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Say that reports are right as they are; no newer run retires them."""
    lines = [{"attribution": one, "reason": why, "seen": seen} for one in reports]
    _decide(context, "accept", lines, db, user, as_json=as_json)


def reject(
    context: typer.Context,
    reports: Reports,
    why: Why = "",
    seen: Seen = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Say that reports are none, and why; no newer run brings them back."""
    lines = [{"attribution": one, "reason": why, "seen": seen} for one in reports]
    _decide(context, "reject", lines, db, user, as_json=as_json)


def add(
    context: typer.Context,
    document: Document,
    content: Content = None,
    source: Mention = None,
    cue: Cue = None,
    antecedent: Antecedent = None,
    source_id: SourceId = None,
    via: Via = None,
    kind: OfKind = None,
    channel: OfChannel = None,
    stance: OfStance = None,
    assertion: OfAssertion = None,
    modality: OfModality = None,
    why: Why = "",
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Add a report that was missed in a document's latest version."""
    draft = _given(locals())
    line = {"document": document, "draft": draft, "reason": why}
    _decide(context, "add", [line], db, user, as_json=as_json)


def change(
    context: typer.Context,
    report: Report,
    content: Content = None,
    source: Mention = None,
    cue: Cue = None,
    antecedent: Antecedent = None,
    source_id: SourceId = None,
    via: Via = None,
    kind: OfKind = None,
    channel: OfChannel = None,
    stance: OfStance = None,
    assertion: OfAssertion = None,
    modality: OfModality = None,
    why: Why = "",
    seen: Seen = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Change a report's boundaries, its source, or what it is; the rest stays.

    The old one is retired and stays in the record; the claim stays the one it is.
    """
    draft = _given(locals())
    line = {"attribution": report, "draft": draft, "reason": why, "seen": seen}
    _decide(context, "change", [line], db, user, as_json=as_json)


def split(
    context: typer.Context,
    report: Report,
    content: Content = None,
    why: Why = "",
    seen: Seen = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Make several reports of one: each --content is one; change what else differs afterwards."""
    drafts = [{"content": [one]} for one in content or ()]
    line = {"attribution": report, "drafts": drafts, "reason": why, "seen": seen}
    _decide(context, "split", [line], db, user, as_json=as_json)


def join(
    context: typer.Context,
    reports: Annotated[
        list[str], typer.Argument(metavar="ATTRIBUTION...", help="Their ids, two or more.")
    ],
    why: Why = "",
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Make one report of several of a text: all their words, otherwise as the first."""
    line = {"attributions": reports, "reason": why}
    _decide(context, "join", [line], db, user, as_json=as_json)


def complete(
    context: typer.Context,
    document: Document,
    why: Why = "",
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Say that a document's latest version was read to its end: it holds these reports, no more.

    Its reports that nobody decided about are accepted by that. Of such documents is made what
    `evaluate --from-reviews` measures and `export gold` writes.
    """
    _decide(context, "complete", [{"document": document, "reason": why}], db, user, as_json=as_json)


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given of a report: an empty text takes away what there was."""
    given: dict[str, Any] = {}
    for name in _OF_A_REPORT:
        value = options[name]
        if isinstance(value, list):
            given[name] = [one for one in value if one]
        elif value is not None:
            given[name] = value or None
    return given


def _decide(
    context: typer.Context,
    action: str,
    lines: Sequence[dict[str, Any]],
    db: Path | None,
    user: str | None,
    *,
    as_json: bool,
) -> None:
    """Record decisions, all of them or none, and tell their ids."""
    from claimtrack.review.decisions import apply, decision_of
    from claimtrack.store import Store
    from claimtrack.store.corrections import made_by

    known = settings(context, db, user)
    who, at = known.writer(), clock.now()
    decisions = [decision_of({"action": action, **line}) for line in lines]
    with Store.open(known.db) as store, store.transaction():
        made = [apply(store, one, by=who, at=at) for one in decisions]
        new = [list(made_by(store.connection, one)) for one in made]
    if as_json:
        print_json(
            [
                {"correction": one, "action": action, "attributions": some}
                for one, some in zip(made, new, strict=True)
            ]
        )
        return
    for one, some in zip(made, new, strict=True):
        told = f" as {', '.join(some)}" if some else ""
        echo(f"{one}: {action}{told}. Undo it with: claimtrack undo {one[:17]}")
