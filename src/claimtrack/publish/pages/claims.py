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
from claimtrack.store.attributions import attribution_views
from claimtrack.store.claims import claim_refs

REPORTS = 20
"""Reports in full on a page of a claim."""

CHAINS = 40
"""Outlets at the outer ends of the chains of a claim."""

MOMENTS = 40
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
    file = await _file(desk, await full_id(desk, "claim"))
    known = file.ref.id
    if known != desk.wanted:
        return elsewhere(desk, known)
    stable = "" if desk.still else desk.absolute(desk.links.thing(known))
    reports = file.claim.attributions
    paging = Paging.of(desk.argument("page"), REPORTS).over(len(reports))
    shown = reports[paging.offset : paging.offset + paging.size]
    if len(reports) > read.IN_SENTENCES:
        shown = await desk.read(attribution_views, [one.id for one in shown])
    chain = branches(file.chains)
    return await desk.page(
        "ct_claim.html",
        file,
        file=file,
        claim=file.claim,
        chain=chain[:CHAINS],
        unlisted=file.chains.count > len(file.chains.chains) or len(chain) > CHAINS,
        paging=paging,
        reports=shown,
        moments=file.timeline[:MOMENTS],
        related=_by_kind(file),
        context=highlight.context,
        reviewed_by=file.people,
        stable=stable,
        reviews=await desk.read(verdicts, known, stable) if file.reviews else [],
        formats=OFFERED,
        table=f"{desk.links.table(desk.database, TABLE)}.csv?claim={known}&_size=max",
    )


async def _file(desk: Desk, claim_id: str) -> ClaimFile:
    """Return all that is known of a claim; of the largest ones it is kept, for a while."""
    (ref,) = await desk.read(claim_refs, [(claim_id,)])
    if ref.reports <= read.IN_SENTENCES:
        return await desk.read(claim_file, claim_id)
    return await desk.kept(f"claim {claim_id}", lambda connection: claim_file(connection, claim_id))


def _by_kind(file: ClaimFile) -> list[tuple[str, list[Any]]]:
    """Return the relations of a claim under the messages that head them."""
    groups = groupby(file.related, lambda one: f"{one.kind}_back" if one.back else str(one.kind))
    return [(key, list(some)) for key, some in groups]
