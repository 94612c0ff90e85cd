"""The first page."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from claimtrack.analysis.front import Alert, alerts
from claimtrack.model.value import Value
from claimtrack.publish.desk import Desk
from claimtrack.store import read
from claimtrack.store.refs import source_refs
from claimtrack.store.views import ClaimRef, Counts, DocumentRef, SourceRef, SourceRow

GLANCE = 6
"""Rows of each list on the first page."""

SOURCES = 8
"""Sources on the first page."""


class Front(Value):
    """What the first page shows; the sources that its alerts name by id."""

    counts: Counts
    alerts: tuple[Alert, ...]
    named: dict[str, SourceRef]
    most: tuple[ClaimRef, ...]
    latest: tuple[ClaimRef, ...]
    heard: tuple[SourceRow, ...]
    documents: tuple[DocumentRef, ...]


HOME, WHOLE = "home", TypeAdapter(Front)
"""What it is kept under, and its shape."""


async def home(desk: Desk) -> Any:
    """Show the search box, the counts, and the beginnings of the lists."""
    found = await desk.kept(HOME, front, WHOLE)
    return await desk.page("ct_home.html", dict(found))


def front(connection: Any) -> Front:
    """Return what the first page shows."""
    found = alerts(connection, GLANCE)
    named = (id_ for alert in found for one in alert.warnings for id_ in one.sources.values())
    return Front(
        counts=read.counts(connection),
        alerts=found,
        named=source_refs(connection, named),
        most=read.most_reported_claims(connection, GLANCE),
        latest=read.latest_claims(connection, GLANCE),
        heard=read.sources(connection, limit=SOURCES),
        documents=read.documents(connection, limit=GLANCE),
    )
