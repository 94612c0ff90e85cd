"""`claimtrack link` and `suggestions`: reports to claims over the whole database."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from claimtrack.cli import clock
from claimtrack.cli.options import (
    AsJson,
    ClusterAddress,
    Database,
    Limit,
    Registries,
    User,
    Workers,
    settings,
)
from claimtrack.cli.output import counted, echo, note, print_json, progress, words
from claimtrack.config import Settings

if TYPE_CHECKING:
    from claimtrack.match.linker import LinkReport


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(epilog="Example: claimtrack link --db desk.db --workers 2")(link)
    app.command(epilog="Example: claimtrack suggestions --limit 10")(suggestions)


def link(
    context: typer.Context,
    db: Database = None,
    user: User = None,
    registry: Registries = None,
    workers: Workers = 1,
    cluster: ClusterAddress = None,
    as_json: AsJson = False,
) -> None:
    """Group reports of the same proposition into claims, across articles and languages.

    Clear cases are joined, with their evidence; the rest are suggestions (claimtrack suggestions).
    Claims that contradict each other are related, and reports are traced to the articles that they
    were taken from. What was linked before is not looked at again.
    """
    report = run(settings(context, db, user), registry or (), workers, cluster)
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        show(report)


def run(
    known: Settings, registries: Iterable[Path], workers: int = 1, cluster: str | None = None
) -> LinkReport:
    """Link a database, with progress on a terminal; other processes embed, read and compare."""
    from claimtrack import pipeline
    from claimtrack.match.linker import link_all
    from claimtrack.match.names import Means
    from claimtrack.pipeline.spreading import over
    from claimtrack.store import Store

    means = Means(pipeline.language_packs(known.packs), (*known.registries, *registries))
    who = known.writer()
    with ExitStack() as stack:
        spread = over(workers)
        if cluster:
            spread = stack.enter_context(pipeline.open_cluster(cluster)).over()
        store = stack.enter_context(Store.open(known.db))
        step = stack.enter_context(progress("Linking"))
        return link_all(store, at=clock.now(), user=who, means=means, step=step, spread=spread)


def show(report: LinkReport) -> None:
    """Say what was done."""
    echo(
        f"{counted(report.compared, 'claim')} compared, {counted(report.voices, 'report')} in an"
        f" outlet's own voice; {counted(report.joined, 'pair')} joined,"
        f" {report.suggested} suggested, {counted(report.relations, 'relation')},"
        f" {counted(report.relays, 'relay')} across articles, {report.outer} to sources not held"
    )
    if report.blocked:
        echo(f"{counted(report.blocked, 'pair')} left apart, as somebody judged")


def suggestions(
    context: typer.Context,
    limit: Limit = 20,
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """List pairs of claims that may be one, the most alike first.

    Decide with: claimtrack judge LEFT RIGHT positive, or negative.
    """
    from claimtrack.store import Store, relations

    with Store.open(settings(context, db).db, readonly=True) as store:
        found = relations.suggestions(store.connection, limit)
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    for one in found:
        echo(f"{one.score:.2f} {one.left.id} {one.right.id}")
        echo(f"  {words(one.left.text)}\n  {words(one.right.text)}\n  {words(one.evidence)}")
    if not found:
        note("no suggestions. Find some with: claimtrack link")
