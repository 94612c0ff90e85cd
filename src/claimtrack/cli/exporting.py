"""`claimtrack export` and `schemas`: what others can read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.dates import day
from claimtrack.cli.options import Database, settings
from claimtrack.cli.output import echo, note, output


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(
        epilog="Example: claimtrack export gexf --claim claim-3f9a1c --simple -o claim.gexf"
    )(export)
    app.command(epilog="Example: claimtrack schemas schemas/")(schemas)


Ids = list[str] | None


def export(
    context: typer.Context,
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="One of: canvas, claimreview, claimreview-feed, csv, cytoscape, decisions, "
            "dossier, dossier-pdf, dot, ftm, gexf, gold, graphml, json, mediareview, mermaid, "
            "nanopub, neo4j, node-link, parquet, png, prov-json, stix, svg, turtle, "
            "webannotation, xlsx.",
            autocompletion=lambda: list(_formats()),
        ),
    ],
    claim: Annotated[
        Ids,
        typer.Option(
            metavar="ID",
            help="Only reports of this claim, with what they were taken from and what was taken "
            "from them; may be repeated.",
        ),
    ] = None,
    document: Annotated[
        Ids,
        typer.Option(
            metavar="ID",
            help="Only reports of this document, with what they were taken from; may be repeated.",
        ),
    ] = None,
    source: Annotated[
        Ids,
        typer.Option(
            metavar="ID", help="Only what this source said; its name will do. May be repeated."
        ),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Only what a search finds.", show_default=False),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Only what was published on this day or later.", show_default=False
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Only what was published up to this day.", show_default=False
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="Only what is in articles of this language.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write, whole or not at all; else standard output. For csv, parquet "
            "and neo4j, a folder or a .zip file holds all tables; for dossier, a name in .html or "
            ".pdf gets pages.",
            show_default=False,
        ),
    ] = None,
    simple: Annotated[
        bool, typer.Option("--simple", help="Join the edges between the same two nodes into one.")
    ] = False,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="The address below which things have pages, ending in a slash; else they are "
            "called urn:claimtrack:…",
            show_default=False,
        ),
    ] = None,
    page_lang: Annotated[
        str,
        typer.Option(
            metavar="CODE", help="The language of a dossier's or picture's own words: en or ar."
        ),
    ] = "en",
    browser: Annotated[
        bool,
        typer.Option(
            "--browser",
            help="Print a dossier's PDF, or draw a png, through Chromium, if installed.",
        ),
    ] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Write only what the format's own rules find nothing wrong with."
        ),
    ] = False,
    db: Database = None,
) -> None:
    """Write the database, or a part of it, in a format that others read.

    Several of --claim, --document, --source, --query, --since, --until and --lang narrow each
    other down.
    """
    from claimtrack.export import Options, describe, save
    from claimtrack.export import export as write
    from claimtrack.export.iris import web
    from claimtrack.store import Store
    from claimtrack.store.selection import Wanted

    known = describe(form)  # an unknown format is told before a missing database
    wanted = Wanted(
        claims=tuple(claim or ()),
        documents=tuple(document or ()),
        sources=tuple(source or ()),
        query=query,
        since=day(since, "--since"),
        until=day(until, "--until"),
        lang=lang,
    )
    prints = form == "dossier" and out and out.suffix.lower() == ".pdf"
    if browser and not prints and form != "png":
        hint = "it draws a png, or prints a dossier into a file: -o claim.pdf"
        raise typer.BadParameter(hint, param_hint="--browser")
    options = Options(simple=simple, lang=page_lang, browser=browser)
    if base is not None:
        if web(base) != base or not base.endswith("/"):
            hint = f"{base!r} is not like https://desk.example/"
            raise typer.BadParameter(hint, param_hint="--base")
        options = options._replace(base=base)
    with Store.open(settings(context, db).db, readonly=True) as store:
        if out:
            done = save(form, store.connection, out, wanted, options, check=check)
        else:
            with output(None) as stream:
                done = write(form, store.connection, stream, wanted, options, check=check)
    for one in done.left_out:
        note(f"Left out: {one}.")
    if not done.written:
        note(f"There are no {known.things}: the {form} file is valid, and empty.")


def schemas(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to; made if need be.")
    ] = Path("schemas"),
) -> None:
    """Write the JSON Schemas of what goes in and out."""
    from claimtrack.export.schemas import write

    for path in write(directory):
        echo(str(path))


def _formats() -> tuple[str, ...]:
    from claimtrack.export import formats

    return formats()
