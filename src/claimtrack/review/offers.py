"""Sources that a reviewer may choose beside those that are held: the registry's, and new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from claimtrack.store import Store

NEW = "+"
"""Stands before a name that is to become a source."""


class Offer(NamedTuple):
    """A source that is not held, or may not be.

    Attributes:
        key: By which it is held: the registry's, or a new one's name behind NEW.
        id: The id that it has, or will have.
        name: What it is called.
    """

    key: str
    id: str
    name: str

    @property
    def new(self) -> bool:
        """Whether it is made when it is chosen."""
        return self.key.startswith(NEW)


class Offers(NamedTuple):
    """What knows such sources.

    Attributes:
        look: Finds some by a part of a name, a new one of that name last; it may take a while.
        hold: Holds one, by its key, in a database, within a transaction, for somebody at a time;
            returns the ids of what it recorded.
    """

    look: Callable[[str], Sequence[Offer]]
    hold: Callable[[Store, str, str, datetime], Sequence[str]]
