"""Uniting this database with another desk's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from claimtrack.errors import DatabaseError
from claimtrack.store import Store, log
from claimtrack.store.counted import finished
from claimtrack.store.merging import Conflict, Merged
from claimtrack.store.merging import merge as unite
from claimtrack.store.verify import verify
from claimtrack.store.whole import snapshot

__all__ = ["Conflict", "Merged", "merge"]


def merge(
    store: Store,
    path: Path,
    *,
    at: datetime,
    user: str,
    step: Callable[[str, int], None] = lambda _, __: None,
) -> Merged:
    """Unite a database with another one, which is only read; all of it, or nothing.

    Args:
        store: Ours.
        path: The other desk's database.
        at: When, with a zone.
        user: Who merges.
        step: Is told of the progress: what is checked or taken in, and how much has been.

    Raises:
        DatabaseError: The other one cannot be read, is ours, a published copy or damaged, or ours
            cannot be written; nothing was changed.
    """
    if not path.exists():
        raise DatabaseError(f"{path} does not exist. Give another desk's database.")
    if path.samefile(store.path):
        raise DatabaseError(f"{path} is this very database. Give another desk's.")
    with Store.open(path, readonly=True) as other, snapshot(other.connection):
        if finished(other.connection):
            raise DatabaseError(f"{path} is a published copy. Give the desk's database.")
        problems = verify(other.connection, step)
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            raise DatabaseError(f"{path}: {problems[0]}{more}. Nothing was merged.")
        with store.transaction():
            return unite(store.connection, other.connection, log.By(user, at), step)
