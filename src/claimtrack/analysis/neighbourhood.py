"""Reports of more than one claim with what they were taken from: of a document, of a source."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.analysis.web import Web, web
from claimtrack.store import Connection, reports
from claimtrack.store.reports import Edge, Report

MOST = 200
"""Reports of a source that are looked at, the latest."""


def about_document(connection: Connection, document_id: str) -> Web:
    """Return what a document reports, and whom all of it was taken from."""
    return _around(connection, reports.of_document(connection, document_id), "child")


def about_source(connection: Connection, ids: Sequence[str]) -> Web:
    """Return the latest that a source said, and through whom that came.

    Args:
        connection: A connection.
        ids: The source, and what was merged into it.
    """
    return _around(connection, reports.of_sources(connection, ids, MOST), "parent")


def _around(connection: Connection, own: Sequence[Report], end: str) -> Web:
    """Return some reports with those that relays lead to from one end."""
    found: dict[tuple[str, str], Edge] = {}
    known = {one.id for one in own}
    fresh: Sequence[str] = sorted(known)
    others: set[str] = set()
    while fresh:
        step = reports.edges(connection, fresh, end)
        found |= {(edge.child, edge.parent): edge for edge in step}
        far = {edge.parent if end == "child" else edge.child for edge in step}
        fresh = sorted(far - known)
        known.update(fresh)
        others.update(fresh)
    beyond = reports.by_id(connection, others) if others else ()
    return web((*own, *beyond), found.values(), (one.id for one in own))
