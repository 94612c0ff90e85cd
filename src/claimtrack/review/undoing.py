"""Undoing a step, a run, or all that one user did since a time: all of it, or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from claimtrack.errors import UnknownIdError
from claimtrack.model.value import Value
from claimtrack.store import Store, retractions
from claimtrack.store.undo import find, find_run

_DIGITS = 18
"""Of the number of an entry, at most: SQLite counts no further."""


class Asked(NamedTuple):
    """What is to be undone: one of a step, a run, or what somebody did since a time.

    Attributes:
        step: The id of a step, or the beginning of one; or the number of an entry of the log.
        run: A run's.
        user: Whose steps.
        since: From when on, with a zone.
    """

    step: str | None = None
    run: str | None = None
    user: str | None = None
    since: datetime | None = None


class Undoing(Value):
    """What was undone, or would be.

    Attributes:
        undone: The ids, the latest first.
        already: Those that were undone before.
        left: What cannot be undone, each with the reason.
        retraction: By which a text, a run, a reading, or what an import or a merge brought, can be
            brought back.
        dry_run: Nothing was changed.
    """

    undone: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    retraction: str | None = None
    dry_run: bool = False


class _OnlyTriedError(Exception):
    """Takes a transaction back whose outcome was all that was asked for."""

    def __init__(self, found: Undoing) -> None:
        self.found = found


def undo(
    store: Store, asked: Asked, *, at: datetime, user: str, why: str = "", dry_run: bool = False
) -> Undoing:
    """Undo what is asked for.

    Args:
        store: Where.
        asked: What.
        at: When, with a zone.
        user: Who undoes it.
        why: For what reason.
        dry_run: Only say what would be undone; it is done, and taken back.

    Raises:
        UnknownIdError: Nothing that can be undone has the id.
        AmbiguousIdError: Several things have.
        DependedOnError: Something later rests on it; nothing was changed.
        DatabaseError: Nothing of a run is live.
    """
    try:
        with store.transaction():
            return _kept(_undone(store, asked, at, user, why), dry_run=dry_run)
    except _OnlyTriedError as tried:
        return tried.found.model_copy(update={"dry_run": True})


def _kept(found: Undoing, *, dry_run: bool) -> Undoing:
    if dry_run:
        raise _OnlyTriedError(found)
    return found


def _undone(store: Store, asked: Asked, at: datetime, user: str, why: str) -> Undoing:
    if asked.run is not None:
        run = find_run(store.connection, asked.run)
        made = store.undo_run(run, at=at, user=user, why=why)
        return Undoing(undone=(run,), retraction=made)
    if asked.user is not None and asked.since is not None:
        done = store.undo_since(asked.user, asked.since, at=at, user=user, why=why)
        return Undoing(undone=done.ids, left=done.left)
    if asked.step and asked.step.isdecimal():
        if len(asked.step) > _DIGITS:
            raise UnknownIdError(asked.step[:_DIGITS] + "…", "entry of the log")
        number = int(asked.step)
        one = store.undo_entry(number, at=at, user=user, why=why)
        already = () if one.ids or one.left else (f"entry {number}",)
        return Undoing(undone=one.ids, already=already, left=one.left, retraction=one.retraction)
    step = find(store.connection, asked.step or "")
    if store.undo(step, at=at, user=user, why=why):
        return Undoing(undone=(step,), retraction=retractions.latest(store.connection, step))
    return Undoing(already=(step,))
