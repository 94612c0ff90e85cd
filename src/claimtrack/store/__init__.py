"""SQLite: migrations, rows, the writer, search and reading. The only SQL."""

from claimtrack.store.connection import is_ours
from claimtrack.store.store import Store
from claimtrack.store.writer import Added

__all__ = ["Added", "Store", "is_ours"]
