"""The list of claims, and the page of one."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from claimtrack.analysis.branches import branches
from claimtrack.analysis.claim_file import ClaimFile, claim_file
from claimtrack.publish import highlight
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.exports import OFFERED, verdicts
from claimtrack.publish.pages.lists import PAGE, elsewhere, full_id
from claimtrack.publish.paging import Paging
from claimtrack.store import read

REPORTS = 30
"""Reports in full on a page of a claim."""

MOMENTS = 100
"""Documents in the timeline of a claim."""

TABLE = "attributions"
"""Datasette's table of reports; asked for one claim, it gives its rows."""


async def claims(desk: Desk) -> Any:
    """List the claims, the latest first."""
    counts = await desk.kept("counts", read.counts)
    paging = Paging.of(desk.argument("page"), PAGE).over(counts.claims)
    found = await desk.read(read.latest_claims, PAGE, paging.offset)
    return await desk.page("ct_claims.html", {"claims": found}, paging=paging)


async def claim(desk: Desk) -> Any:
    """Show a claim: what it rests on, who had it from whom, and every report of it."""
    file = await desk.read(claim_file, await full_id(desk, "claim"))
    known = file.ref.id
    if known != desk.wanted:
        return elsewhere(desk, known)
    stable = "" if desk.still else desk.absolute(desk.links.thing(known))
    reports = file.claim.attributions
    paging = Paging.of(desk.argument("page"), REPORTS).over(len(reports))
    return await desk.page(
        "ct_claim.html",
        file,
        file=file,
        claim=file.claim,
        chain=branches(file.chains),
        unlisted=file.chains.count > len(file.chains.chains),
        paging=paging,
        reports=reports[paging.offset : paging.offset + paging.size],
        moments=file.timeline[:MOMENTS],
        related=_by_kind(file),
        context=highlight.context,
        reviewed_by=file.people,
        stable=stable,
        reviews=await desk.read(verdicts, known, stable) if file.reviews else [],
        formats=OFFERED,
        table=f"{desk.links.table(desk.database, TABLE)}.csv?claim={known}&_size=max",
    )


def _by_kind(file: ClaimFile) -> list[tuple[str, list[Any]]]:
    """Return the relations of a claim under the messages that head them."""
    groups = groupby(file.related, lambda one: f"{one.kind}_back" if one.back else str(one.kind))
    return [(key, list(some)) for key, some in groups]
