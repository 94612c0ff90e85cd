"""Checkpoints beside the one who writes: the write-ahead log goes into the file, and nobody waits.

Ids are hashes, so that what a large transaction wrote lies everywhere in the file, and the disk
takes long to take it in. SQLite copies within a commit, where the one who writes waits for it.
"""

from __future__ import annotations

import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Self

from claimtrack.store.carried import opened
from claimtrack.store.connection import LONGEST_LOG, journals


class Checkpoints:
    """Copies what was committed into the file, in a thread with a connection of its own.

    As a context manager it ends with what it is at. Where it cannot copy, as on a full disk, the
    writer's own checkpoints do, or tell why they cannot.
    """

    def __init__(self, path: Path) -> None:
        """Copy nothing yet.

        Args:
            path: A database in WAL mode, which whoever uses this holds open.
        """
        self._address = f"{path.absolute().as_uri()}?mode=rw"
        self._log, _ = journals(path)
        self._thread = ThreadPoolExecutor(1, "checkpoints")
        self._copying: Future[None] | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Wait for what is being copied."""
        self._thread.shutdown()

    def due(self) -> None:
        """Copy what was committed so far while the caller goes on; outside of a transaction.

        Only where the log is long by now the caller waits until it is empty. While somebody writes
        it never is, and else it would grow as long as the disk is slower.
        """
        if self._log.exists() and self._log.stat().st_size >= LONGEST_LOG:
            self._thread.submit(self._copy, "TRUNCATE").result()
        elif self._copying is None or self._copying.done():
            self._copying = self._thread.submit(self._copy, "PASSIVE")

    def _copy(self, how: str) -> None:
        with suppress(sqlite3.Error), closing(opened(self._address, 0)) as connection:
            connection.execute(f"PRAGMA wal_checkpoint({how})")
