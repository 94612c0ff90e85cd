"""`claimtrack demo`: the sample articles, taken apart and served."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli import adding, linking
from claimtrack.cli.options import (
    DEFAULT_HOST,
    DEFAULT_PORT,
    Given,
    Host,
    Port,
    User,
    settings,
)
from claimtrack.cli.output import counted, echo, print_json, words
from claimtrack.cli.serving import serve_here

if TYPE_CHECKING:
    from claimtrack.store import Store

DEFAULT_DB = Path("claimtrack-demo.db")
_SOURCES_SHOWN = 5


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(epilog="Example: claimtrack demo --no-serve")(demo)


def demo(
    context: typer.Context,
    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            metavar="PATH",
            help=f"The database for the samples; else {DEFAULT_DB}, never yours.",
            show_default=False,
        ),
    ] = None,
    user: User = None,
    serve: Annotated[bool, typer.Option(help="Serve the site when all is in.")] = True,
    host: Host = DEFAULT_HOST,
    port: Port = DEFAULT_PORT,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and serve nothing.")] = False,
) -> None:
    """Add the sample articles, link what they report, and serve it.

    They tell two stories in Arabic, English and Russian: a real one, and one whose country,
    ministries and agencies are invented.
    """
    from claimtrack.pipeline import Means
    from claimtrack.resources import shipped
    from claimtrack.store import Store

    given = context.obj.db if isinstance(context.obj, Given) else None
    path = db or given or DEFAULT_DB
    known, cast = settings(context, path, user), shipped("data/cast.csv")
    report = adding.run(
        [str(shipped("data/articles"))], path, Means(registries=(cast,)), user=known.writer()
    )
    adding.show(report, path, quiet=as_json)
    linked = linking.run(known, [cast])
    if as_json:
        print_json(report.model_dump(mode="json"))
        return
    linking.show(linked)
    with Store.open(path, readonly=True) as store:
        _summarise(store)
    if serve:
        echo()
        serve_here(path, host, port)


def _summarise(store: Store) -> None:
    """Print how much there is, the claim with the most reports, and who said most."""
    from claimtrack.cli.views import document_line
    from claimtrack.store import read

    counts = read.counts(store.connection)
    echo(", ".join(counted(number, name.removesuffix("s")) for name, number in counts))
    for ref in read.most_reported_claims(store.connection, 1):
        claim = read.claim(store.connection, ref.id)
        echo(f"\nMost reported: {claim.id}\n  {words(ref.text)}")
        for one in claim.attributions:
            said = words(one.words("source") or one.words("antecedent")) or "(unnamed)"
            echo(f"  - {said} · {words(one.words('cue'))} · {document_line(one.document)}")
    rows = read.sources(store.connection, limit=_SOURCES_SHOWN)
    quoted = ", ".join(f"{words(row.ref.name)} ({row.attributions})" for row in rows)
    echo(f"\nQuoted most: {quoted}")
