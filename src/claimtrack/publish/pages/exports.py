"""What is known of a claim, in formats that others read."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from claimtrack.export import Options, describe, export, usable
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.lists import full_id
from claimtrack.store.selection import Wanted

_FORMATS = ("dossier", "dossier-pdf", "png", "claimreview", "webannotation", "graphml", "canvas")
OFFERED = tuple(filter(usable, (*_FORMATS, "stix", "turtle", "nanopub")))
"""Formats that make sense for one claim, and whose libraries are installed."""

_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".stix.json": "application/stix+json",
    ".md": "text/markdown",
    ".jsonld": "application/ld+json",
    ".graphml": "application/xml",
    ".canvas": "application/json",
    ".ttl": "text/turtle",
    ".trig": "application/trig",
}


async def exported(desk: Desk) -> Any:
    """Return a claim in a format, as a file."""
    name, known = desk.request.url_vars["format"], await full_id(desk, "claim")
    stable = desk.absolute(desk.links.thing(known))
    body = await desk.read(_written, name, known, Options(lang=desk.t.code, page=stable))
    suffix = describe(name).suffix
    return desk.file(body, _MEDIA_TYPES[suffix], name=f"{known}{suffix}")


def verdicts(connection: Any, claim_id: str, page: str) -> list[dict[str, Any]]:
    """Return a claim's verdicts as ClaimReviews; what was published nowhere else has its page."""
    text = _written(connection, "claimreview", claim_id, Options(page=page))
    found: list[dict[str, Any]] = json.loads(text)
    return found


def _written(connection: Any, name: str, claim_id: str, options: Options) -> bytes:
    out = BytesIO()
    export(name, connection, out, Wanted(claims=(claim_id,)), options)
    return out.getvalue()
