"""Search."""

from __future__ import annotations

from typing import Any

from claimtrack.publish import highlight
from claimtrack.publish.desk import Desk
from claimtrack.publish.paging import Paging
from claimtrack.store import read

HITS = 20
"""Search results on a page."""

KINDS = ("claim", "attribution", "document")
"""What can be searched for."""


async def search(desk: Desk) -> Any:
    """Show what answers to the words searched for."""
    query, kind = desk.argument("q"), desk.argument("kind")
    kinds = (kind,) if kind in KINDS else KINDS
    exact = desk.argument("exact") == "1"
    paging = Paging.of(desk.argument("page"), HITS)
    found = None
    if query:
        found = await desk.read(
            read.search, query, kinds=kinds, exact=exact, limit=HITS, offset=paging.offset
        )
        if paging.over(found.total).page < paging.page:
            return desk.redirect(desk.here(page=paging.over(found.total).page))
    return await desk.page(
        "ct_search.html",
        found,
        q=query,
        kind=kind if kind in KINDS else "",
        kinds=KINDS,
        exact=exact,
        found=found,
        paging=paging.over(found.total if found else 0),
        hit_parts=highlight.hit,
    )
