"""The first page."""

from __future__ import annotations

from typing import Any

from claimtrack.publish.desk import Desk
from claimtrack.store import read

GLANCE = 6
"""Rows of each list on the first page."""


async def home(desk: Desk) -> Any:
    """Show the search box, the counts, and the beginnings of the lists."""
    data = {
        "counts": await desk.read(read.counts),
        "most": await desk.read(read.most_reported_claims, GLANCE),
        "latest": await desk.read(read.latest_claims, GLANCE),
        "heard": await desk.read(read.sources, limit=GLANCE),
        "documents": await desk.read(read.documents, limit=GLANCE),
    }
    return await desk.page("ct_home.html", data)
