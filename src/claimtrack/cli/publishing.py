"""`claimtrack publication` and `publish`: what may be shown, and a copy of that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import AsJson, Database, User, settings
from claimtrack.cli.output import columns, complain, counted, cut, echo, note, print_json, words
from claimtrack.model.vocabulary import PublicationState

if TYPE_CHECKING:
    from claimtrack.store import Connection
    from claimtrack.store.showing import Shown

SHOWN = 10
"""Documents that were left out and are named on a terminal."""


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(
        epilog="Examples: claimtrack publication quotes --outlet 'Telvar Press' --why 'for the"
        " dossier' --rights 'right to quote'; claimtrack publication full document-3f9a1c --why"
        " 'ours' --rights 'CC BY 4.0'; claimtrack publication"
    )(publication)
    app.command(epilog="Example: claimtrack publish site && claimtrack serve --public site")(
        publish
    )


def publication(
    context: typer.Context,
    state: Annotated[
        PublicationState | None,
        typer.Argument(help="What may be shown; without it, what is decided is listed."),
    ] = None,
    documents: Annotated[
        list[str] | None, typer.Argument(metavar="[DOCUMENT]...", help="Of which documents.")
    ] = None,
    why: Annotated[
        str, typer.Option(metavar="TEXT", help="For what reason.", show_default=False)
    ] = "",
    rights: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            help="By what right: a licence, a permission, the right to quote.",
            show_default=False,
        ),
    ] = "",
    outlet: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="All documents of an outlet; may be repeated."),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="All that a search finds.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All that are held now.")] = False,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Decide what of documents may be shown in public: private, quotes or full.

    Without a decision a document is private: nothing published tells that it is held. Of quotes,
    the sentences of its attributions are shown, with title, outlet, date and link; of full, its
    text and captures. The latest decision on a document counts; undo it with its id.
    """
    from claimtrack.store import Store
    from claimtrack.store.publication import Decision

    known = settings(context, db, user)
    asked = bool(documents or outlet or query or every)
    if state is None:
        if asked or why or rights:
            complain("Say what may be shown of them: private, quotes or full.")
            raise typer.Exit(1)
        _list(known.db, as_json=as_json)
        return
    if not asked:
        complain("Say of which documents: give ids, --outlet, --query or --all.")
        raise typer.Exit(1)
    who = known.writer()
    with Store.open(known.db) as store:
        chosen = _chosen(store.connection, documents or [], outlet or [], query, every=every)
        made = store.show(Decision(state, why, rights), chosen, user=who, at=clock.now())
    if as_json:
        print_json({"publication": made, "state": state.value, "documents": sorted(chosen)})
    else:
        echo(
            f"{made}: {counted(len(chosen), 'document')} {state.value}."
            f" Undo it with: claimtrack undo {made[:20]}"
        )


def _chosen(
    connection: Connection,
    documents: list[str],
    outlets: list[str],
    query: str | None,
    *,
    every: bool,
) -> set[str]:
    """Return the documents that answer to any of what was given."""
    from claimtrack.errors import ClaimtrackError
    from claimtrack.store import publication, read
    from claimtrack.store.search import Wanted, find

    found = {read.resolve_id(connection, one, ("document",))[1] for one in documents}
    for name in outlets:
        some = publication.of_outlets(connection, [name])
        if not some:
            raise ClaimtrackError(
                f"No outlet is called {name!r}. List them with: claimtrack publication"
            )
        found.update(some)
    if query is not None:
        hits = find(connection, query, Wanted(("document",)), (1_000_000, 0)).hits
        if not hits:
            raise ClaimtrackError(f"No document answers to the search {query!r}. Try other words.")
        found.update(hit.id for hit in hits)
    if every:
        found.update(publication.every(connection))
    return found


def _list(path: Path, *, as_json: bool) -> None:
    from claimtrack.store import Store
    from claimtrack.store.publication import counts

    with Store.open(path, readonly=True) as store:
        found = counts(store.connection)
    if as_json:
        print_json([one._asdict() for one in found])
    elif found:
        rows = [(one.state.value, str(one.documents), words(one.outlet) or "—") for one in found]
        echo(columns(rows))
    else:
        note("no documents yet.")


def publish(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to; made anew.")],
    static: Annotated[
        bool, typer.Option("--static", help="Pages that need no server, with search in the page.")
    ] = False,
    reviewed_only: Annotated[
        bool,
        typer.Option("--reviewed-only", help="Only reports that a person looked at."),
    ] = False,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Write what may be shown into a folder that can be put on any server.

    It holds a copy of the database with what `claimtrack publication` lets be shown and nothing
    else, how Datasette is to show it, and how to serve it. A folder of ours is replaced, whole or
    not at all; any other is left alone.
    """
    from claimtrack.store.showing import Asked

    asked = Asked(clock.now(), reviewed_only)
    path = settings(context, db).db
    if static:
        from claimtrack.publish.still import publish as write
    else:
        from claimtrack.publish.folder import publish as write
    shown = write(path, folder, asked)
    if as_json:
        left = [one._asdict() for one in shown.documents]
        print_json(
            {
                "folder": str(folder),
                "held": shown.held,
                "left_out": shown.left_out,
                "documents_left_out": left,
            }
        )
    else:
        _tell(folder, shown, static=static)


def _tell(folder: Path, shown: Shown, *, static: bool) -> None:
    echo(f"{folder}: {shown.told()}")
    for name, number in shown.left_out.items():
        echo(f"left out, {name}: {number:,}")
    for one in shown.documents[:SHOWN]:
        echo(f"  {one.id[:17]} {one.why}: {cut(words(one.title), 60)}")
    if len(shown.documents) > SHOWN:
        echo("  … all of them with --json")
    if static:
        echo(f"Open {folder / 'index.html'} in a browser, or put the folder on any web server.")
    else:
        echo(f"Serve it with: claimtrack serve --public {folder}")
