"""The list of sources, and the page of one."""

from __future__ import annotations

from typing import Any

from claimtrack.analysis.source_file import SourceFile, source_file
from claimtrack.publish import highlight
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.lists import PAGE, elsewhere, full_id
from claimtrack.publish.paging import Paging
from claimtrack.store import read

REPORTS = 25
"""Reports in full on a page of a source."""


async def sources(desk: Desk) -> Any:
    """List the sources, those heard most first."""
    counts = await desk.kept("counts", read.counts)
    paging = Paging.of(desk.argument("page"), PAGE).over(counts.sources)
    found = await desk.read(read.sources, limit=PAGE, offset=paging.offset)
    return await desk.page("ct_sources.html", {"sources": found}, paging=paging)


async def source(desk: Desk) -> Any:
    """Show a source: its names, its relations, what it said, and who passed that on."""
    full = await full_id(desk, "source")
    paging = Paging.of(desk.argument("page"), REPORTS)
    file = await _file(desk, full, paging)
    view = file.view
    if view.ref.id != desk.wanted:
        return elsewhere(desk, view.ref.id)
    if paging.over(view.total).page < paging.page:
        return desk.redirect(desk.here(page=paging.over(view.total).page))
    return await desk.page(
        "ct_source.html",
        file,
        file=file,
        view=view,
        paging=paging.over(view.total),
        context=highlight.context,
        followed=desk.links.page("search.atom", source=view.ref.id, lang=desk.t.code),
        searched=desk.links.page("search", source=view.ref.id),
    )


async def _file(desk: Desk, source_id: str, paging: Paging) -> SourceFile:
    """Return all that is known of a source; what its page begins with is kept, for a while."""
    if paging.offset:
        return await desk.read(source_file, source_id, paging.size, paging.offset)
    return await desk.kept(
        f"source {source_id}", lambda connection: source_file(connection, source_id, paging.size)
    )
