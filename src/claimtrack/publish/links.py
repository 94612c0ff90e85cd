"""Addresses: of our own pages, and which of other people's may be linked."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

from claimtrack.store.views import AttributionView

OUTWARD = "noopener nofollow ugc"
"""The `rel` of every link that leaves the site."""

_ID = re.compile(r"(claim|document|source|attribution)-[0-9a-f]{32}")


class Links:
    """The addresses of the pages, under whatever path the site is served."""

    def __init__(self, urls: Any) -> None:
        """Take Datasette's `urls`, which knows that path."""
        self._urls = urls

    @cached_property
    def _root(self) -> str:
        return str(self._urls.path(""))

    def page(self, name: str = "", **query: object) -> str:
        """Return the address of a page; parameters that are None or empty are left out."""
        kept = {key: value for key, value in query.items() if value not in (None, "")}
        path = f"{self._root}{name}"
        return f"{path}?{urlencode(kept, doseq=True)}" if kept else path

    def thing(self, id_: str) -> str:
        """Return the address of a claim, document, source or attribution, given its id."""
        return f"{self._root}{id_.partition('-')[0]}/{id_}"

    def place(self, attribution: AttributionView) -> str:
        """Return the address of an attribution's words in its article."""
        return self.words(attribution.document.id, attribution.id)

    def words(self, document_id: str, attribution_id: str) -> str:
        """Return the address of an attribution's words, given the ids of both."""
        return f"{self.thing(document_id)}#{attribution_id}"

    def static(self, name: str) -> str:
        """Return the address of one of our static files."""
        return str(self._urls.static_plugins("claimtrack", name))

    def table(self, database: str, name: str = "") -> str:
        """Return the address of a table, view or query among Datasette's own pages."""
        address = self._urls.table(database, name) if name else self._urls.database(database)
        return str(address)


def is_page_id(value: str) -> bool:
    """Tell whether a value is the id of something that has a page.

    >>> is_page_id("claim-" + "0" * 32), is_page_id("run-" + "0" * 32)
    (True, False)
    """
    return _ID.fullmatch(value) is not None


def short(id_: str) -> str:
    """Return an id as people can tell it from others at a glance; it is enough to find it by.

    >>> short("claim-08ac8e7b" + "0" * 24)
    'claim-08ac8e7b'
    """
    kind, dash, digits = id_.partition("-")
    return f"{kind}{dash}{digits[:8]}"


def outward(url: str | None) -> str | None:
    """Return an address if it may be linked: http or https, with a host, nothing odd in it.

    >>> outward("https://example.org/a"), outward("javascript:alert(1)"), outward(None)
    ('https://example.org/a', None, None)
    """
    if not url or url[:4].lower() != "http" or " " in url or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None
