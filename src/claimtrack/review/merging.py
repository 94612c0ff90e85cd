"""Uniting this database with another desk's."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from claimtrack.errors import DatabaseError
from claimtrack.model.value import Value
from claimtrack.store import Store, log
from claimtrack.store.counted import finished
from claimtrack.store.merging import merge as unite
from claimtrack.store.verify import verify
from claimtrack.store.whole import snapshot


class Conflict(Value):
    """Two decisions that cannot both be right; both are kept.

    Attributes:
        kind: What they are about ("same claim", "verdict", "grade", "same source", "report",
            "publication", "undone", "redacted").
        ours: The id of the one that was held.
        theirs: The id of the other desk's.
        about: What they say, in words.
    """

    kind: str
    ours: str
    theirs: str
    about: str


class Merged(Value):
    """What a merge came to.

    Attributes:
        desk: The id under which the other desk's log is held.
        entries: How many entries of it are new.
        put: How many rows of each table are new.
        left_out: How many rows were left out, by table and why.
        conflicts: Decisions that contradict each other.
    """

    desk: str
    entries: int
    put: dict[str, int]
    left_out: dict[str, int]
    conflicts: tuple[Conflict, ...]


def merge(store: Store, path: Path, *, at: datetime, user: str) -> Merged:
    """Unite a database with another one, which is only read; all of it, or nothing.

    Args:
        store: Ours.
        path: The other desk's database.
        at: When, with a zone.
        user: Who merges.

    Raises:
        DatabaseError: The other one cannot be read, is ours, a published copy or damaged, or ours
            cannot be written; nothing was changed.
    """
    if path.exists() and path.samefile(store.path):
        raise DatabaseError(f"{path} is this very database. Give another desk's.")
    with Store.open(path, readonly=True) as other, snapshot(other.connection):
        if finished(other.connection):
            raise DatabaseError(f"{path} is a published copy. Give the desk's database.")
        problems = verify(other.connection)
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            raise DatabaseError(f"{path}: {problems[0]}{more}. Nothing was merged.")
        with store.transaction():
            done = unite(store.connection, other.connection, log.By(user, at))
    return Merged.model_validate(
        {**done._asdict(), "conflicts": [one._asdict() for one in done.conflicts]}
    )
