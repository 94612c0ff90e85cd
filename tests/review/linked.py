"""A database whose reports are linked."""

from __future__ import annotations

from claimtrack.match.link import link
from claimtrack.store import Store
from tests.store.build import AT, USER, add, add_story, report, story


def add_linked(store: Store) -> None:
    """Add a story and two reports in the same words, each linked when it is there."""
    add_story(store)
    link(store, story().id, at=AT, user=USER)
    for number in (1, 2):
        version, found = report(number)
        add(store, version, found)
        link(store, version.id, at=AT, user=USER)
