"""SQLite: migrations, rows, the writer, search and reading. The only SQL."""

from sqlite3 import Connection  # what reading takes; all that other layers know of sqlite3

from claimtrack.store.connection import is_ours
from claimtrack.store.store import Store
from claimtrack.store.writer import Added

__all__ = ["Added", "Connection", "Store", "is_ours"]
