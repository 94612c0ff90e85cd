"""`claimtrack search` and `show`: what a database knows."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.options import AsJson, Database, Limit, settings
from claimtrack.cli.output import complain, echo, note, print_json
from claimtrack.errors import AmbiguousIdError, UnknownIdError

if TYPE_CHECKING:
    from claimtrack.store import Store


class HitKind(StrEnum):
    """What can be searched for."""

    CLAIM = "claim"
    ATTRIBUTION = "attribution"
    DOCUMENT = "document"


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(epilog='Example: claimtrack search "وزارة الدفاع" --kind claim')(search)
    app.command(epilog="Example: claimtrack show claim-3f9a1c")(show)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="The words to find.")],
    kind: Annotated[
        list[HitKind] | None,
        typer.Option(help="Find only these; may be repeated.", show_default=False),
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Find the words only as they are written.")
    ] = False,
    limit: Limit = 20,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Find claims, attributions and documents by their words.

    Vowel signs, forms of letters and common endings make no difference, unless --exact is given.
    """
    from claimtrack.cli.views import show_hit
    from claimtrack.store import Store, read
    from claimtrack.store.query import parse

    if not parse(query, exact=exact).terms:
        complain(f"there is no word in {query!r}. Give words to find.")
        raise typer.Exit(1)
    kinds = tuple(one.value for one in kind or HitKind)
    with Store.open(settings(context, db).db, readonly=True) as store:
        page = read.search(store.connection, query, kinds=kinds, exact=exact, limit=limit)
    if as_json:
        print_json(page.model_dump(mode="json"))
        return
    for number, hit in enumerate(page.hits):
        if number:
            echo()
        show_hit(hit)
    if page.total > len(page.hits):
        note(f"{len(page.hits)} of {page.total} shown. Give --limit for more.")
    elif not page.hits:
        note(f"nothing found for {query!r}.")


def show(
    context: typer.Context,
    wanted: Annotated[
        str, typer.Argument(metavar="ID", help="An id, or its first six digits at least.")
    ],
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show a claim, document, source or attribution, in context, with verdicts and grades."""
    from claimtrack.cli import views
    from claimtrack.store import Store, decisions, read
    from claimtrack.store.views import AttributionView, ClaimView, DocumentView, SourceView

    with Store.open(settings(context, db).db, readonly=True) as store:
        try:
            kind, found = read.resolve_id(store.connection, wanted)
        except UnknownIdError:
            _say_retired(store, wanted)
            raise
        reader = {
            "claim": read.claim,
            "document": read.document,
            "source": read.source,
            "attribution": read.attribution,
        }[kind]
        view = reader(store.connection, found)
        own = store.connection
        reviews = decisions.reviews(own, found) if kind == "claim" else ()
        grades = decisions.claim_grades(own, found) if kind == "claim" else ()
        if kind == "source":
            grades = decisions.source_grades(own, [found])
    if as_json:
        said = {"reviews": reviews, "grades": grades}
        more = {name: [one.model_dump(mode="json") for one in some] for name, some in said.items()}
        print_json({kind: view.model_dump(mode="json")} | {k: v for k, v in more.items() if v})
        return
    match view:
        case ClaimView():
            views.show_claim(view)
        case DocumentView():
            views.show_document(view)
        case SourceView():
            views.show_source(view)
        case AttributionView():
            views.show_attribution(view)
    views.show_decisions(reviews, grades)


def _say_retired(store: Store, wanted: str) -> None:
    """Say who retired what is wanted, where it is an attribution that is live no more."""
    from claimtrack.review.corrections import standing
    from claimtrack.store import corrected

    try:
        state = standing(store.connection, corrected.find(store.connection, wanted))
    except (UnknownIdError, AmbiguousIdError):
        return
    if not state.live:
        last = state.decided
        why = corrected.told(last) if last else corrected.why_retired(store.connection, state.id)
        complain(f"{state.id} is retired: {why}.")
        raise typer.Exit(1)
