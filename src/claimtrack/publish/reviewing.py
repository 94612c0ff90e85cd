"""Who may decide on the site, and the one writer that records what they decide."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from claimtrack.errors import ConfigError
from claimtrack.review.offers import Offers
from claimtrack.review.verdicts import Scales
from claimtrack.store import Store

T = TypeVar("T")

WAIT = 15.0
"""Seconds that a decision waits for other writers, before the browser is told that it cannot be."""


class Reviewing:
    """What a site needs on which people decide.

    Attributes:
        names: Who may, by the ids that they sign in as.
        plugins: What Datasette's plugins are told, that which signs in among them.
        scales: The desk's scales of verdicts, as `Settings.scales` has them.
        offers: What knows sources beside those that are held; None where nothing does.
    """

    def __init__(
        self,
        names: Iterable[str],
        now: Callable[[], datetime],
        plugins: Mapping[str, Any] | None = None,
        scales: Scales | None = None,
        offers: Offers | None = None,
    ) -> None:
        """Take who may decide, what tells the time, what plugins are told, scales and sources.

        Raises:
            ConfigError: Nobody may.
        """
        self.names, self.plugins = frozenset(names), dict(plugins or {})
        self.scales: Scales = scales or {}
        self.offers = offers
        if not self.names:
            raise ConfigError(
                "Nobody may decide on the site. Name them in claimtrack.toml, as in:"
                ' reviewers = ["noura"]. More: docs/review.md'
            )
        self._now = now
        self._path: Path | None = None
        self._thread = ThreadPoolExecutor(1, "claimtrack-writer")

    def begin(self, path: str | PathLike[str]) -> None:
        """Say which database is written to."""
        self._path = Path(path)

    def close(self) -> None:
        """Let the writer go, when what it was given is recorded."""
        self._thread.shutdown()

    def may(self, actor: Mapping[str, Any] | None) -> bool:
        """Tell whether somebody who signed in is one of those who may decide."""
        return bool(actor) and str((actor or {}).get("id") or "") in self.names

    async def write(self, function: Callable[[Store, datetime], T]) -> T:
        """Return what a function of the store and the present instant does, wholly or not at all.

        One at a time, in a thread of its own: pages are read meanwhile. Nobody else writes between
        what the function reads and what it writes.

        Raises:
            ClaimtrackError: It cannot be done; nothing was.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, function)

    def _do(self, function: Callable[[Store, datetime], T]) -> T:
        if self._path is None:
            raise ConfigError("No database to write to.")
        with Store.open(self._path, wait=WAIT) as store, store.transaction():
            return function(store, self._now())
