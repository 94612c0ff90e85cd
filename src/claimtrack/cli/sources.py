"""`claimtrack sources`: who says things, and what a desk decides about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import (
    AsJson,
    Database,
    Limit,
    Output,
    Registries,
    User,
    Why,
    means,
    settings,
)
from claimtrack.cli.output import (
    columns,
    complain,
    counted,
    echo,
    note,
    output,
    print_json,
    words,
)
from claimtrack.model.vocabulary import NameKind, SourceKind, SourceType

if TYPE_CHECKING:
    from claimtrack.model.source import Source
    from claimtrack.sourcing import Desk

_HEAD = ("attributions", "documents", "kind", "type", "id", "name")
_FOUND = ("kind", "type", "country", "key", "name")
_ENGINE = "rules"

Wanted = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE", help="A source's name, key or id, or the id's first six digits at least."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the group of commands to the app."""
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="List, find, name, merge and split sources; every edit can be undone.",
    )
    commands: Sequence[tuple[str, Callable[..., None], str]] = (
        ("list", list_sources, "list --limit 10"),
        ("show", show_source, "show source-3f9a1c"),
        ("search", search, "search ministry"),
        ("merge", merge, 'merge "Lunar Observer" source-3f9a1c'),
        ("split", split, "split source-3f9a1c source-81b0d2"),
        ("alias", alias, 'alias source-3f9a1c "The Observer" --weak'),
        ("add", add, 'add "Lunar Observer" --kind outlet --type news_outlet'),
        ("import", import_file, "import partners.csv"),
        ("export", export, "export -o sources.csv"),
        ("undo", undo, "undo"),
    )
    for name, command, example in commands:
        group.command(name, epilog=f"Example: claimtrack sources {example}")(command)
    app.add_typer(group, name="sources")


def list_sources(
    context: typer.Context,
    limit: Limit = 50,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List the sources, those with the most attributions first."""
    from claimtrack.store import Store, read

    with Store.open(settings(context, db).db, readonly=True) as store:
        rows = read.sources(store.connection, limit=limit)
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
        return
    table = [
        (
            *(str(row.attributions), str(row.documents), row.kind, row.ref.type.value),
            *(row.ref.id, words(row.ref.name)),
        )
        for row in rows
    ]
    echo(columns([_HEAD, *table]))


def show_source(
    context: typer.Context,
    source: Wanted,
    limit: Limit = 50,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show a source: its names, whom it belongs to, and what it said."""
    from claimtrack.cli import views
    from claimtrack.store import Store, read

    with Store.open(settings(context, db).db, readonly=True) as store:
        found = read.resolve_source(store.connection, source)
        view = read.source(store.connection, found, limit=limit)
    if as_json:
        print_json(view.model_dump(mode="json"))
        return
    views.show_source(view)
    for merged in view.merged:
        echo(f"merged: {merged.id} {words(merged.name)}")


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A part of a name.")],
    registry: Registries = None,
    limit: Limit = 20,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Find sources of the registry and the desk by a part of a name.

    Where no name holds the text, those spelt almost so are suggested.
    """
    from claimtrack import sourcing

    known = settings(context, db)
    found = sourcing.search(known.db, means(known, _ENGINE, registry), text, limit)
    if as_json:
        print_json(
            {
                "sources": [each.model_dump(mode="json") for each in found.sources],
                "suggestions": [each.source.model_dump(mode="json") for each in found.suggestions],
            }
        )
        return
    if found.suggestions:
        note(f"No name holds {text!r}. Spelt almost so:")
    shown = found.sources or tuple(each.source for each in found.suggestions)
    if not shown:
        note(f"No source has {text!r} in a name.")
        return
    echo(columns([_FOUND, *map(_found_row, shown)]))


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    kind: Annotated[SourceKind, typer.Option(help="What it is.")] = SourceKind.BODY,
    type_: Annotated[
        SourceType, typer.Option("--type", help="What sort of agent it is.")
    ] = SourceType.OTHER,
    country: Annotated[
        str | None, typer.Option(metavar="XX", help="ISO 3166-1 code.", show_default=False)
    ] = None,
    domain: Annotated[
        str | None, typer.Option(metavar="HOST", help="Where it publishes.", show_default=False)
    ] = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Add a source of your own, to be resolved to from now on."""
    from claimtrack import sourcing

    fields: dict[str, object] = {
        "type": type_,
        "country": country.upper() if country else None,
        "domain": domain,
    }
    source = sourcing.new_source(name, kind, fields)
    sourcing.add(_desk(context, db, user), source)
    _tell(as_json, {"id": source.id, "key": source.key}, f"{source.id} added: {words(name)}")


def alias(
    context: typer.Context,
    source: Wanted,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Another name of it.")],
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="Its language; else told by its letters.", show_default=False
        ),
    ] = None,
    weak: Annotated[
        bool, typer.Option("--weak", help="Others share it: it needs an earlier mention.")
    ] = False,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Give a source another name."""
    from claimtrack import sourcing
    from claimtrack.lang.pack import available
    from claimtrack.model.source import SourceName
    from claimtrack.sources.importing import language_of

    kind = NameKind.WEAK if weak else NameKind.ALIAS
    known = SourceName(text=name, lang=lang or language_of(name, available()), kind=kind)
    found, edit = sourcing.alias(_desk(context, db, user), source, known)
    line = f"{edit}: {words(found.name)} is called {words(name)} too"
    _tell(as_json, {"edit": edit, "source": found.id}, line)


def merge(
    context: typer.Context,
    kept: Wanted,
    others: Annotated[
        list[str], typer.Argument(metavar="OTHER...", help="Sources that are the same one.")
    ],
    why: Why = "",
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Say that sources are one; it is called as the first. Nothing recorded is rewritten."""
    from claimtrack import sourcing

    edits = sourcing.merge(_desk(context, db, user), kept, others, why)
    _tell(as_json, {"edits": edits}, f"{counted(len(edits), 'source')} merged: {' '.join(edits)}")


def split(
    context: typer.Context,
    taken: Wanted,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The source it is not.")],
    why: Why = "",
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Say that two sources differ, taking the first out of what was merged.

    Give the one to take out by its id or by a name of its own.
    """
    from claimtrack import sourcing

    edit = sourcing.split(_desk(context, db, user), taken, other, why)
    _tell(as_json, {"edit": edit}, f"{edit}: judged different")


def undo(
    context: typer.Context,
    edit: Annotated[
        str | None,
        typer.Argument(metavar="EDIT", help="An edit's id; else the last one.", show_default=False),
    ] = None,
    db: Database = None,
    user: User = None,
    as_json: AsJson = False,
) -> None:
    """Take an edit of sources back."""
    from claimtrack import sourcing

    undone = sourcing.undo(_desk(context, db, user), edit)
    told = {"edit": undone.id, "action": undone.action.value, "source": undone.source_id}
    _tell(as_json, told, f"{undone.id} undone ({undone.action} of {words(undone.source.name)})")


def import_file(
    context: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A registry table, a table of names (OpenRefine), or FollowTheMoney entities.",
        ),
    ],
    db: Database = None,
    user: User = None,
    registry: Registries = None,
    as_json: AsJson = False,
) -> None:
    """Add the sources of a file, naming what was left out and why."""
    from claimtrack import sourcing

    report = sourcing.import_file(_desk(context, db, user, registry), path)
    for place, reason in () if as_json else report.left_out:
        complain(f"{place}: {reason}")
    line = (
        f"{counted(len(report.added), 'source')} added, {report.known} known already,"
        f" {len(report.left_out)} left out"
    )
    if report.entry:
        line += f". Undo all of it with: claimtrack undo {report.entry}"
    _tell(as_json, report.model_dump(mode="json"), line)
    if report.left_out:
        raise typer.Exit(1)


def export(
    context: typer.Context,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="csv or ftm (FollowTheMoney).")
    ] = "csv",
    out: Output = None,
    db: Database = None,
) -> None:
    """Write the named sources of a database, merged ones as one."""
    from claimtrack import sourcing

    if form not in set(sourcing.ExportFormat):
        raise typer.BadParameter(f"Give one of: {', '.join(sourcing.ExportFormat)}.")
    written = sourcing.export(settings(context, db).db, sourcing.ExportFormat(form))
    with output(out) as stream:
        stream.write(written.encode("utf-8"))


def _desk(
    context: typer.Context,
    db: Path | None,
    user: str | None,
    registries: Sequence[Path] | None = None,
) -> Desk:
    from claimtrack.sourcing import Desk

    known = settings(context, db, user)
    return Desk(known.db, known.writer(), clock.now, means(known, _ENGINE, registries))


def _tell(as_json: bool, told: dict[str, Any], line: str) -> None:
    if as_json:
        print_json(told)
    else:
        echo(line)


def _found_row(source: Source) -> tuple[str, ...]:
    country = source.country or "–"
    return (source.kind.value, source.type.value, country, source.key, words(source.name))
