"""Cells of Datasette's own pages: each text in its own direction, ids as links to our pages."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from claimtrack.publish.links import OUTWARD, Links, is_page_id, outward, short
from claimtrack.publish.shown import markup, shown


def cell(value: Any, links: Links, longest: int) -> Markup | None:
    """Return a cell's markup, or None to leave it to Datasette.

    Args:
        value: What the cell holds; Datasette gives a foreign key it resolved as a dict.
        links: The addresses of our pages.
        longest: Code points after which Datasette shortens a cell; 0 for never.
    """
    resolved = isinstance(value, dict)
    text, id_ = (value.get("label"), value.get("value")) if resolved else (value, value)
    if not isinstance(text, str) or not text or (longest and len(text) > longest):
        return None
    # joined, as a table has a thousand of them and format() takes ten times as long
    words = f'<bdi dir="auto">{shown(text)}</bdi>'
    if isinstance(id_, str) and is_page_id(id_):
        name = words if resolved and text != id_ else short(id_)
        return markup(f'<a href="{escape(links.thing(id_))}" title="{id_}">{name}</a>')
    if resolved:
        return None
    if address := outward(text):
        return markup(f'<a href="{escape(address)}" rel="{OUTWARD}">{words}</a>')
    return markup(words)
