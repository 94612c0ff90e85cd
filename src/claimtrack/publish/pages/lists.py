"""How many rows a page of a list has, and the ids that addresses ask for."""

from __future__ import annotations

from typing import Any

from claimtrack.publish.desk import Desk
from claimtrack.store import read

PAGE = 50
"""Rows on a page of a list."""


async def full_id(desk: Desk, kind: str) -> str:
    """Return the full id that the address asks for by it or its beginning.

    Raises:
        UnknownIdError: Nothing of that kind has it.
        AmbiguousIdError: Several have.
    """
    _, full = await desk.read(read.resolve_id, desk.wanted, kinds=(kind,))
    return full


def elsewhere(desk: Desk, id_: str) -> Any:
    """Send the reader to the page that a thing is known under, in the form that was asked for."""
    return desk.redirect(f"{desk.links.thing(id_)}{desk.form}")
