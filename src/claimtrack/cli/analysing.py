"""`claimtrack trace`, `diff`, `report` and `impact`: what the graph can tell."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.dates import instant
from claimtrack.cli.options import AsJson, Database, Limit, settings
from claimtrack.cli.output import counted, echo, note, print_json, progress, to_terminal, words

if TYPE_CHECKING:
    from claimtrack.analysis.article_diff import ArticleDiff
    from claimtrack.match.names import Means
    from claimtrack.store import Store

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="As the database was then: a day (its end, UTC) or an instant in ISO 8601.",
        show_default=False,
    ),
]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print Markdown.")]
Document = Annotated[str, typer.Argument(metavar="DOC", help="A document's id.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(epilog="Example: claimtrack trace claim-3f9a1c")(trace)
    app.command(
        epilog="Example: claimtrack diff document-1a2b3c document-4d5e6f\n\n"
        "claimtrack diff document-1a2b3c"
    )(diff)
    app.command(epilog="Example: claimtrack report --markdown")(report)
    app.command(epilog="Example: claimtrack impact document-1a2b3c")(impact)


def trace(
    context: typer.Context,
    claim: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM",
            help="The id of a claim, or of a report of it, or its first six digits at least.",
        ),
    ],
    markdown: Markdown = False,
    as_of: AsOf = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show who had a claim from whom, where that ends, and what happened on the way.

    Each outlet that published it stands at the left edge; what it was taken from, below it. Then
    independent origins, warnings, circles, what became of words and numbers, and who disputes it.
    """
    from claimtrack.analysis.findings import full_trace
    from claimtrack.match.meanings import meanings
    from claimtrack.match.names import Means
    from claimtrack.pipeline import language_packs
    from claimtrack.store import Store, read
    from claimtrack.store.asof import as_of as at_that_time

    known = settings(context, db)
    means, then = Means(language_packs(known.packs), known.registries), _then(as_of)
    with (
        Store.open(known.db, readonly=True) as store,
        at_that_time(store.connection, then),
    ):
        kind, found = read.resolve_id(store.connection, claim, ("claim", "attribution"))
        if kind == "attribution":
            found = read.attribution(store.connection, found).claim_id
        measured = partial(meanings, store.connection)
        result = full_trace(store.connection, found, means=means, meanings=measured)
    if as_json:
        print_json(result)
        return
    echo(result.as_markdown().rstrip("\n") if markdown else result.as_tree(words))


def diff(
    context: typer.Context,
    left: Document,
    right: Annotated[
        str | None,
        typer.Argument(metavar="DOC", help="Another's; without it, the versions of the first."),
    ] = None,
    markdown: Markdown = False,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Of versions, show edits that change no report or number too."),
    ] = False,
    as_of: AsOf = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Compare two articles, or the versions of one: its silent edits.

    Of two: what both claim and how each reports it, and what only one has. Claims are the same
    where they were linked or judged to be. What a title speaks of and the body under it does not is
    named too. Of one: reports that came, went, lost their source or were softened; headlines;
    numbers; and when the page was gone or there again. Other edits are counted.
    """
    from claimtrack.analysis.article_diff import diff as compared
    from claimtrack.match.names import Means
    from claimtrack.pipeline import language_packs
    from claimtrack.store import Store, read
    from claimtrack.store.asof import as_of as at_that_time

    known = settings(context, db)
    means, then = Means(language_packs(known.packs), known.registries), _then(as_of)
    with (
        Store.open(known.db, readonly=True) as store,
        at_that_time(store.connection, then),
    ):
        first = read.resolve_id(store.connection, left, ("document",))[1]
        if right is None:
            _diff_versions(store, first, means, as_json=as_json, everything=everything)
            return
        second = read.resolve_id(store.connection, right, ("document",))[1]
        found = compared(store.connection, first, second, means=means)
    if as_json:
        print_json(found.model_dump(mode="json"))
    elif markdown:
        echo(found.as_markdown().rstrip("\n"))
    else:
        _show_diff(found)


def _diff_versions(
    store: Store, document: str, means: Means, *, as_json: bool, everything: bool
) -> None:
    from claimtrack.analysis.versions import history
    from claimtrack.cli.versions import show_history

    told = history(store, document, means.packs)
    if as_json:
        print_json(told.model_dump(mode="json"))
    else:
        show_history(told, everything=everything)


def _show_diff(found: ArticleDiff) -> None:
    echo(f"{counted(len(found.shared), 'claim')} in both")
    for one in found.shared:
        differs = f" (differs in {', '.join(one.differs)})" if one.differs else ""
        echo(f"  {words(one.text)}{differs}")
    for name, some in (("first", found.only_left), ("second", found.only_right)):
        echo(f"{counted(len(some), 'claim')} only in the {name}")
        for single in some:
            echo(f"  {words(single.text)}")
    for title in found.headlines:
        if title.missing:
            missing = ", ".join(map(words, title.words))
            echo(f"in the title and not in the body: {missing} (“{words(title.title)}”)")


def report(
    context: typer.Context,
    markdown: Markdown = False,
    as_of: AsOf = None,
    limit: Limit = 20,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Look over the whole database: single origins, circles, disputes, lost sources, lags."""
    from claimtrack.analysis.overview import overview
    from claimtrack.store import Store
    from claimtrack.store.asof import as_of as at_that_time

    then = _then(as_of)
    with (
        Store.open(settings(context, db).db, readonly=True) as store,
        at_that_time(store.connection, then),
        progress("Looking over") as step,
    ):
        found = overview(store.connection, limit, step=step)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    text = found.as_markdown().rstrip("\n")
    echo(text if markdown else "\n".join(_plain(text)))


def _plain(markdown: str) -> list[str]:
    """Return Markdown of ours without its marks; words in it are fit for a terminal already."""
    import re
    from html import unescape

    from claimtrack.text.shown import unisolated

    lines = (re.sub(r"^#+ ", "", line) for line in markdown.split("\n") if line)
    plain = [unescape(re.sub(r"\\(.)", r"\1", line)) for line in lines]
    return plain if to_terminal() else [unisolated(line) for line in plain]


def impact(
    context: typer.Context,
    document: Document,
    as_of: AsOf = None,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show which claims would lose their last origin, or all but one, if a document fell."""
    from claimtrack.analysis.impact import impact as weighed
    from claimtrack.store import Store, read

    with Store.open(settings(context, db).db, readonly=True) as store:
        found = read.resolve_id(store.connection, document, ("document",))[1]
        result = weighed(store.connection, found, _then(as_of))
    if as_json:
        print_json(result.model_dump(mode="json"))
        return
    for one in result.claims:
        what = ", ".join(each.replace("_", " ") for each in one.loses)
        echo(f"{one.claim_id}: {what}, {one.before} would be {one.after}: {words(one.text)}")
    note(f"{counted(result.untouched, 'claim')} would lose nothing.")


def _then(as_of: str | None) -> datetime | None:
    return instant(as_of, "--as-of", of_day=time.max)
