"""Which of a Datasette's databases is a claimtrack database."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from claimtrack.publish.reviewing import Reviewing
from claimtrack.store.connection import is_ours
from claimtrack.store.counted import finished

_FOUND: WeakKeyDictionary[Any, tuple[str | None, bool]] = WeakKeyDictionary()

STILL: WeakSet[Any] = WeakSet()
"""Sites whose pages become files: they offer nothing that only a server can answer."""

REVIEWED: WeakKeyDictionary[Any, Reviewing] = WeakKeyDictionary()
"""Sites on which people decide, and how; on all others nothing can be written."""


def look(datasette: Any) -> str | None:
    """Return the name of the first mounted database that is ours, and remember it.

    Datasette asks for routes when it is put together, not while it answers: only there may a
    file be opened outside its threads.
    """
    found, copy = None, False
    for name, database in datasette.databases.items():
        if found is None and not database.is_memory and Path(database.path).is_file():
            connection = database.connect()
            if is_ours(connection):
                found, copy = name, finished(connection)
            connection.close()
    _FOUND[datasette] = (found, copy)
    return found


def name(datasette: Any) -> str | None:
    """Return the name that the last look found; None when none of the databases is ours."""
    return _FOUND.get(datasette, (None, False))[0]


def published(datasette: Any) -> bool:
    """Tell whether that one is a finished copy, which holds what may be shown."""
    return _FOUND.get(datasette, (None, False))[1]
