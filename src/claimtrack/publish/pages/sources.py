"""The list of sources, and the page of one."""

from __future__ import annotations

from typing import Any

from claimtrack.model.ids import content_id
from claimtrack.model.source import Source, SourceRelation
from claimtrack.publish import highlight
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.lists import PAGE, elsewhere, full_id
from claimtrack.publish.paging import Paging
from claimtrack.store import read
from claimtrack.store.views import SourceRef


async def sources(desk: Desk) -> Any:
    """List the sources, those heard most first."""
    counts = await desk.kept("counts", read.counts)
    paging = Paging.of(desk.argument("page"), PAGE).over(counts.sources)
    found = await desk.read(read.sources, limit=PAGE, offset=paging.offset)
    return await desk.page("ct_sources.html", {"sources": found}, paging=paging)


async def source(desk: Desk) -> Any:
    """Show a source: its names, its relations, and what it said."""
    full = await full_id(desk, "source")
    paging = Paging.of(desk.argument("page"), PAGE)
    view = await desk.read(read.source, full, limit=PAGE, offset=paging.offset)
    if view.ref.id != desk.wanted:
        return elsewhere(desk, view.ref.id)
    if paging.over(view.total).page < paging.page:
        return desk.redirect(desk.here(page=paging.over(view.total).page))
    return await desk.page(
        "ct_source.html",
        view,
        view=view,
        relations=await desk.read(_relations, view.source),
        paging=paging.over(view.total),
        context=highlight.context,
    )


def _relations(connection: Any, source: Source) -> list[tuple[SourceRelation, SourceRef]]:
    """Return a source's relations, each with the other source."""
    return [
        (relation, read.source(connection, content_id("source", relation.parent), limit=1).ref)
        for relation in source.relations
    ]
