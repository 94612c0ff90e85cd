"""What waits, on the site: whose turn it is, and what comes next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from claimtrack.errors import HeldError
from claimtrack.review import queues
from claimtrack.review.queues import Queue
from claimtrack.store import Store

PLACES = {
    Queue.ATTRIBUTIONS: "review/attribution/",
    Queue.PAIRS: "review/pair/",
    Queue.SOURCES: "review/attribution/",
    Queue.VERDICTS: "review/claim/",
}
"""Where an item of each queue is decided."""

TRIES = 20
"""Items that others have before them, and are passed by, before nothing is said to wait."""


def asked_for(name: str) -> Queue | None:
    """Return the queue of a name, or None."""
    return next((each for each in Queue if each.value == name), None)


def take_next(store: Store, queue: Queue, who: str, at: datetime, *, decided: bool) -> str:
    """Put the next item of a queue before a reviewer; return its page, "" where nothing waits.

    Args:
        store: The database.
        queue: Which queue.
        who: The reviewer.
        at: When, with a zone.
        decided: They decided what was before them; else it was skipped, or there was nothing.
    """
    queues.release(store, queue, user=who, at=at, done=int(decided), passed=True)
    for item in queues.resume(store.connection, who, queue, TRIES):
        try:
            queues.take(store, queue, item, user=who, at=at)
        except HeldError:
            continue
        return f"{PLACES[queue]}{item.id}?queue={queue.value}"
    return ""


def left(connection: Any) -> dict[Queue, int]:
    """Return how many wait in each queue, up to `review.queues.MOST_COUNTED`."""
    return {queue: queues.left(connection, queue) for queue in Queue}
