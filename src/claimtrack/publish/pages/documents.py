"""The list of documents, the page of one, and the way to a report's words in it."""

from __future__ import annotations

from typing import Any

from claimtrack.analysis.versions import history_of
from claimtrack.model.vocabulary import PartRole, PublicationState
from claimtrack.publish import highlight
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.lists import PAGE, elsewhere, full_id
from claimtrack.publish.paging import Paging
from claimtrack.store import publication, read
from claimtrack.store.decisions import people
from claimtrack.store.holdings import holdings

DIFFS = 10
"""Changes from one version to the next on a page."""

EDITS = 60
"""Edits that are shown of one change."""


async def documents(desk: Desk) -> Any:
    """List the documents, the latest first."""
    counts = await desk.kept("counts", read.counts)
    paging = Paging.of(desk.argument("page"), PAGE).over(counts.documents)
    found = await desk.read(read.documents, limit=PAGE, offset=paging.offset)
    return await desk.page("ct_documents.html", {"documents": found}, paging=paging)


async def document(desk: Desk) -> Any:
    """Show a document's text with every claim highlighted."""
    view = await desk.read(read.document, await full_id(desk, "document"))
    if view.ref.id != desk.wanted:
        return elsewhere(desk, view.ref.id)
    held = await desk.read(holdings, view.ref.id)
    seen = await desk.read(people, [found.id for found in view.attributions])
    state = await desk.read(publication.of_document, view.ref.id)
    stretches = highlight.page(view)
    blocks = [block for stretch in stretches for block in stretch.blocks]
    return await desk.page(
        "ct_document.html",
        {"document": view, "held": held, "people": seen},
        stretches=stretches,
        titled=next((block for block in blocks if block.role == PartRole.TITLE), None),
        state=state,
        excerpt=desk.published and state is PublicationState.QUOTES,
        number={found.id: number for number, found in enumerate(view.attributions, 1)},
    )


async def versions(desk: Desk) -> Any:
    """Show what changed from each version of a document to the next."""
    full = await full_id(desk, "document")
    if full != desk.wanted:
        return desk.redirect(f"{desk.links.thing(full)}/versions{desk.form}")
    view = await desk.read(read.document, full)
    held = await desk.read(holdings, full)
    changes = view.versions - 1
    paging = Paging.of(desk.argument("page"), DIFFS).over(changes)
    last = changes - paging.offset
    places = range(max(1, last - paging.size + 1), last + 1)
    history = await desk.read(history_of, full, places=places)
    return await desk.page(
        "ct_versions.html",
        history,
        document=view,
        history=history,
        recorded={version.id: version.recorded_at for version in held.versions},
        diffs=history.diffs[::-1],
        paging=paging,
        edits=EDITS,
    )


async def attribution(desk: Desk) -> Any:
    """Lead from an attribution's id to its words in its article."""
    full = await full_id(desk, "attribution")
    return desk.redirect(desk.links.place(await desk.read(read.attribution, full)))
