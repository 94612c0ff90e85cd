"""Fetching with custody: what comes is recorded before anybody reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from claimtrack.errors import FetchError
from claimtrack.ingest import address, bodies, feeds, warc
from claimtrack.model.capture import Capture, Headers
from claimtrack.pipeline.desk import Desk
from claimtrack.ports import Fetcher
from claimtrack.store import Store

LARGEST = 20 * 1024 * 1024
"""Bytes that a body may unpack to."""


class Fetched(NamedTuple):
    """What was fetched and recorded.

    Attributes:
        capture: The answer.
        data: What its body holds, unpacked; empty where there is none.
    """

    capture: Capture
    data: bytes


class Fetching:
    """Fetches on behalf of a desk."""

    def __init__(
        self, web: Fetcher, desk: Desk, store: Callable[[], Store], archive: str | None = None
    ) -> None:
        """Record in the store, which is made when there is something to record.

        Args:
            web: What fetches.
            desk: On whose behalf.
            store: Gives the database.
            archive: What a web archive's address for submissions begins with; None for none.
        """
        self._web, self._desk, self._store, self._archive = web, desk, store, archive

    def submit(self, url: str) -> str | None:
        """Ask the web archive to keep a page; return where it does. None without an archive.

        Raises:
            FetchError: It does not.
        """
        if self._archive is None:
            return None
        return self._web.fetch(self._archive + url).final_url

    def fetch(self, url: str, conditions: Headers = ()) -> Fetched:
        """Return what is at an address, recorded as a capture and in the WARC file.

        Raises:
            FetchError: It cannot be fetched.
            DatabaseError: It cannot be recorded.
            OutputError: The WARC file cannot be written; nothing was recorded.
        """
        capture = self._web.fetch(url, conditions)
        response = capture.response
        if response.status == 304:  # nothing came that could be kept
            return Fetched(capture, b"")
        keys = _keys(capture)
        self._store().capture(
            capture, warc.records(capture), keys, at=self._desk.clock(), user=self._desk.user
        )
        data = b"" if capture.gone else bodies.held(url, response, LARGEST)
        return Fetched(capture, data)

    def listed(self, fetched: Fetched) -> feeds.Feed:
        """Return what a fetched feed lists.

        Raises:
            FetchError: It cannot be read.
        """
        capture = fetched.capture
        found = feeds.feed(fetched.data, capture.final_url, dict(capture.response.headers))
        if found.problem:
            raise FetchError(capture.url, f"is a feed that cannot be read ({found.problem}).")
        return found


def _keys(capture: Capture) -> list[str]:
    return list(dict.fromkeys(address.key(url) for url in (capture.url, capture.final_url)))
