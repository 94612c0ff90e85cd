"""The list of claims, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pydantic import TypeAdapter

from claimtrack.analysis.branches import branches
from claimtrack.analysis.claim_file import claim_file
from claimtrack.analysis.claim_page import ClaimPage, claim_page
from claimtrack.publish import highlight
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.exports import OFFERED, verdicts
from claimtrack.publish.pages.lists import PAGE, elsewhere, full_id
from claimtrack.publish.paging import Paging
from claimtrack.store import read
from claimtrack.store.attributions import attribution_views
from claimtrack.store.claims import claim_refs, claim_texts
from claimtrack.store.views import AttributionView, ClaimRef

REPORTS = 20
"""Reports in full on a page of a claim."""

WORDED = 30
"""Claims beside a claim whose wordings are all looked at."""

TABLE = "attributions"
"""Datasette's table of reports; asked for one claim, it gives its rows."""

SHAPE = TypeAdapter(ClaimPage)
"""The shape of what is kept of a large claim."""


async def claims(desk: Desk) -> Any:
    """List the claims, the latest first."""
    counts = await desk.kept("counts", read.counts)
    paging = Paging.of(desk.argument("page"), PAGE).over(counts.claims)
    found = await desk.read(read.latest_claims, PAGE, paging.offset)
    return await desk.page("ct_claims.html", {"claims": found}, paging=paging)


async def claim(desk: Desk) -> Any:
    """Show a claim: what it rests on, who had it from whom, and every report of it."""
    known = await full_id(desk, "claim")
    (ref,) = await desk.read(claim_refs, [(known,)])
    if ref.id != desk.wanted:
        return elsewhere(desk, ref.id)
    if desk.form:
        return await desk.page("ct_claim.html", await desk.read(claim_file, ref.id))
    paging = Paging.of(desk.argument("page"), REPORTS).over(ref.reports)
    page, shown = await _told(desk, ref, paging)
    stable = "" if desk.still else desk.absolute(desk.links.thing(ref.id))
    return await desk.page(
        "ct_claim.html",
        file=page,
        chain=branches(page.chains),
        paging=paging,
        reports=shown,
        related=_by_kind(page),
        said=await desk.read(_said, page),
        context=highlight.context,
        stable=stable,
        reviews=await desk.read(verdicts, ref.id, stable) if page.reviews else [],
        formats=OFFERED,
        table=f"{desk.links.table(desk.database, TABLE)}.csv?claim={ref.id}&_size=max",
    )


def page_of(connection: Any, claim_id: str) -> ClaimPage:
    """Return what the page of a claim tells, its reports apart."""
    return claim_page(claim_file(connection, claim_id))


async def _told(
    desk: Desk, ref: ClaimRef, paging: Paging
) -> tuple[ClaimPage, Sequence[AttributionView]]:
    """Return what is told of a claim, and its reports on a page.

    Of the largest ones the former is kept.
    """
    if ref.reports <= read.IN_SENTENCES:
        file = await desk.read(claim_file, ref.id)
        reports = file.claim.attributions
        return claim_page(file), reports[paging.offset : paging.offset + paging.size]
    page = await desk.kept(f"claim {ref.id}", lambda asked: page_of(asked, ref.id), SHAPE)
    ids = await desk.read(read.reports_of, ref.id, paging.size, paging.offset)
    return page, await desk.read(attribution_views, ids)


def _said(connection: Any, page: ClaimPage) -> dict[str, list[str]]:
    """Return the wordings of the claims that a page sets a claim beside, and its own, by their ids.

    Evidence is of two reports, whose words may be any of these. Of large claims, and of more than a
    page is read for, there is the one that they are called by.
    """
    beside = [one.claim for one in page.related]
    beside += [ref for one in page.suggestions for ref in (one.left, one.right)]
    said = {ref.id: [ref.text] for ref in beside}
    for ref in beside[:WORDED]:
        if ref.reports <= read.IN_SENTENCES and len(said[ref.id]) == 1:
            said[ref.id] += [text for _, text in claim_texts(connection, ref.id)]
    return said | {page.ref.id: [text for _, text in page.texts]}


def _by_kind(page: ClaimPage) -> list[tuple[str, list[Any]]]:
    """Return the relations of a claim under the messages that head them."""
    groups = groupby(page.related, lambda one: f"{one.kind}_back" if one.back else str(one.kind))
    return [(key, list(some)) for key, some in groups]
