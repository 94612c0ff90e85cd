"""`claimtrack diff`: what changed."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.options import AsJson, Database, settings
from claimtrack.cli.output import print_json


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(epilog="Example: claimtrack diff document-3f9a1c")(diff)


def diff(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOC", help="A document's id.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Show edits that change no report, headline or number.")
    ] = False,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show the silent edits of a document: what changed from each of its versions to the next.

    Reports that came, went, lost their source or were softened; headlines; numbers; and when the
    page was gone or there again. Edits that touch none of that are counted.
    """
    from claimtrack.analysis.versions import history
    from claimtrack.cli.versions import show_history
    from claimtrack.pipeline import language_packs
    from claimtrack.store import Store, read

    known = settings(context, db)
    with Store.open(known.db, readonly=True) as store:
        _, found = read.resolve_id(store.connection, document, ("document",))
        told = history(store, found, language_packs(known.packs))
    if as_json:
        print_json(told.model_dump(mode="json"))
    else:
        show_history(told, everything=everything)
