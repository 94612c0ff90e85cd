"""The first page."""

from __future__ import annotations

from typing import Any

from claimtrack.analysis.front import alerts
from claimtrack.publish.desk import Desk
from claimtrack.store import read
from claimtrack.store.refs import source_refs

HOME = "home"
"""What the first page is kept under."""

GLANCE = 6
"""Rows of each list on the first page."""

SOURCES = 8
"""Sources on the first page."""


async def home(desk: Desk) -> Any:
    """Show the search box, the counts, and the beginnings of the lists."""
    return await desk.page("ct_home.html", await desk.kept(HOME, front))


def front(connection: Any) -> dict[str, Any]:
    """Return what the first page shows."""
    found = alerts(connection, GLANCE)
    named = (id_ for alert in found for one in alert.warnings for id_ in one.sources.values())
    return {
        "counts": read.counts(connection),
        "alerts": found,
        "named": source_refs(connection, named),
        "most": read.most_reported_claims(connection, GLANCE),
        "latest": read.latest_claims(connection, GLANCE),
        "heard": read.sources(connection, limit=SOURCES),
        "documents": read.documents(connection, limit=GLANCE),
    }
