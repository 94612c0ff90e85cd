"""A desk: its database, who is at work there, and what it decided about sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from claimtrack.sources.edited import Named
from claimtrack.store import Store, source_edits
from claimtrack.store.source_edits import EditAction


@dataclass(frozen=True, slots=True)
class Desk:
    """Where articles go, and who puts them there.

    Attributes:
        database: The file; made when there is none.
        user: Who is at work.
        clock: Tells the time, in UTC.
    """

    database: Path
    user: str
    clock: Callable[[], datetime]


def edits_in(database: Path) -> tuple[Named, ...]:
    """Return what the desk of a database added and named; nothing where there is none yet."""
    if not database.exists():
        return ()
    with Store.open(database, readonly=True) as store:
        return edits_of(store)


def edits_of(store: Store) -> tuple[Named, ...]:
    """Return what the desk of an open database added and named, oldest first."""
    shaping = (EditAction.ADD, EditAction.ALIAS)
    known = source_edits.live(store.connection)
    return tuple(Named(each.source, each.name) for each in known if each.action in shaping)
