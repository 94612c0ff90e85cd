"""`claimtrack retract`, `redact` and `merge`: taking back, overwriting, uniting two desks' work."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli import clock
from claimtrack.cli.meter import meter
from claimtrack.cli.options import AsJson, Database, User, Why, settings
from claimtrack.cli.output import complain, echo, note, print_json, words


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(
        epilog="Example: claimtrack retract document-3f9a1c --why 'The outlet withdrew it.'"
    )(retract)
    app.command(epilog="Example: claimtrack redact document-3f9a1c --why 'A witness is at risk.'")(
        redact
    )
    app.command(epilog="Example: claimtrack merge ../other-desk/claims.db")(merge)


def retract(
    context: typer.Context,
    wanted: Annotated[
        str, typer.Argument(metavar="DOC|ATTRIBUTION", help="The id of a document or a report.")
    ],
    why: Why,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Withdraw a document or a report: live no more, its history kept; undo it with its id.

    Printed is what becomes of claims that rest on it: which lose their last origin.
    """
    from claimtrack.analysis.impact import impact
    from claimtrack.store import Store, read

    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db) as store:
        found = read.resolve_id(store.connection, wanted, ("document", "attribution"))[1]
        falls = impact(store.connection, found)
        made = store.retract(found, why, user=who, at=clock.now())
    if as_json:
        print_json({"retraction": made, "subject": found, "impact": falls.model_dump(mode="json")})
        return
    echo(f"{made}: {found} is retracted. Undo it with: claimtrack undo {made[:21]}")
    for one in falls.claims:
        lost = ", ".join(each.replace("_", " ") for each in one.loses)
        echo(f"{one.claim_id}: {lost}: {words(one.text)}")
    if not falls.claims:
        note("no claim loses an origin.")


def redact(
    context: typer.Context,
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The id of a document, version, report, source or capture."
        ),
    ],
    why: Why,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask: for scripts. It cannot be undone.")
    ] = False,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Overwrite words, bytes and names for good, as for a witness at risk. It CANNOT be undone.

    Text, title, spans, claims, evidence, the search index, vectors, what was fetched and its WARC
    records are overwritten; ids, digests, the date and the reason stay, so that `check` passes and
    names the redaction. Of a source, its names go wherever they stand. What lies elsewhere is out
    of reach: backups, exports, published copies, other desks, a registry file of your own.
    """
    from claimtrack.store import Store, redactions

    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db) as store:
        found = redactions.find(store.connection, wanted)
        note(f"{found} will be overwritten for good. This cannot be undone.")
        if not yes:
            if not sys.stdin.isatty():
                complain("nothing was overwritten: say --yes where nobody can be asked.")
                raise typer.Exit(1)
            typer.confirm("Overwrite it?", abort=True, err=True)
        made = store.redact(found, why, user=who, at=clock.now())
    if as_json:
        print_json({"redaction": made, "subject": found})
        return
    echo(f"{made}: {found} is overwritten.")
    note("backups, exports, published copies and other desks' databases are not: see to them.")


def merge(
    context: typer.Context,
    other: Annotated[
        Path, typer.Argument(metavar="OTHER.db", help="Another desk's database; it is only read.")
    ],
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Unite this database with another desk's, by the ids of content; all of it, or nothing.

    What either desk decided is kept, and decisions that contradict each other are listed. The other
    desk's log is held whole beside this one's, and `claimtrack check` verifies it. Merging again
    changes nothing.
    """
    from claimtrack.review.merging import merge as unite
    from claimtrack.store import Store

    known = settings(context, db, user)
    who = known.writer()
    with Store.open(known.db) as store, meter("Merging", ["-"]) as bar:
        done = unite(store, other, at=clock.now(), user=who, step=bar.step)
    if as_json:
        print_json(done.model_dump(mode="json"))
        return
    new = ", ".join(f"{kind.replace('_', ' ')}: {number}" for kind, number in done.put.items())
    echo(f"New from {done.desk}: {new or 'nothing'}")
    for what, number in done.left_out.items():
        note(f"Left out, {number} times: {what.replace('_', ' ')}.")
    for one in done.conflicts:
        echo(f"conflict ({one.kind}): {one.ours}, {one.theirs}: {words(one.about)}")
