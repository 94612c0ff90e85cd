"""What waits for a person at the desk, and who has which of it before them.

Four queues: attributions, the least sure first; pairs of claims that may be one, the most alike
first; mentions of sources that nobody resolved; claims without a verdict, the widest spread first.
A page costs the same wherever it begins. An item that is before one reviewer is refused to others,
and so is one that was decided meanwhile.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from claimtrack.analysis.drift import Change, word_diff
from claimtrack.errors import HeldError, UnknownIdError
from claimtrack.model.value import Value
from claimtrack.store import Connection, Store, queues, read, relations
from claimtrack.store.attributions import attribution_views
from claimtrack.store.candidates import Because, Candidate, candidates
from claimtrack.store.content import instant
from claimtrack.store.queues import MOST_COUNTED, Queue, Stopped, Waiting, left, page, waits
from claimtrack.store.views import AttributionView

__all__ = [
    "HOLD",
    "MOST_COUNTED",
    "SHOWN",
    "Because",
    "Candidate",
    "Pair",
    "Queue",
    "Spread",
    "Stopped",
    "Waiting",
    "candidates",
    "left",
    "page",
    "pair",
    "refuse_held",
    "refuse_taken",
    "release",
    "resume",
    "spread",
    "stopped",
    "take",
    "waits",
]

HOLD = timedelta(minutes=15)
"""How long an item stays before a reviewer who does nothing; then others may decide it."""


SHOWN = 8
"""Reports of a claim that are shown with it."""


class Pair(Value):
    """Two claims that may be one.

    Attributes:
        id: The suggestion's.
        left: The report of the one that was compared; `left_claim` is the claim (cluster).
        right: That of the other.
        score: How alike they are, 0 to 1.
        evidence: What was found alike.
        changes: The word diff of the contents, left to right; empty across languages.
    """

    id: str
    left_claim: str
    right_claim: str
    left: AttributionView
    right: AttributionView
    score: float
    evidence: str
    changes: tuple[Change, ...]


def pair(connection: Connection, suggestion_id: str) -> Pair:
    """Return the two claims of a suggestion that waits.

    Raises:
        UnknownIdError: It does not wait: it was judged, or is not there.
    """
    found = relations.suggested(connection, suggestion_id)
    if found is None:
        raise UnknownIdError(suggestion_id, "suggestion", "It may have been judged meanwhile.")
    one, other = (
        read.attribution(connection, each) for each in (found.left_report, found.right_report)
    )
    same_language = one.document.lang == other.document.lang
    return Pair(
        id=found.id,
        left_claim=found.left,
        right_claim=found.right,
        left=one,
        right=other,
        score=found.score,
        evidence=found.evidence,
        changes=word_diff(one.words("content"), other.words("content")) if same_language else (),
    )


class Spread(Value):
    """A claim that waits for a verdict.

    Attributes:
        reports: How many reports of it were recorded.
        first: The first of them that are live, SHOWN at most.
    """

    id: str
    reports: int
    first: tuple[AttributionView, ...]


def spread(connection: Connection, claim_id: str) -> Spread:
    """Return a claim (cluster) with the beginning of its reports.

    Raises:
        UnknownIdError: No live claim has the id.
    """
    count, ids = queues.reports(connection, claim_id, SHOWN)
    if not ids:
        raise UnknownIdError(claim_id, "claim")
    return Spread(id=claim_id, reports=count, first=attribution_views(connection, ids))


def stopped(connection: Connection, user: str, queue: Queue) -> Stopped | None:
    """Return where a reviewer is in a queue, or was; None where they never were."""
    return queues.stopped(connection, user, queue)


def resume(connection: Connection, user: str, queue: Queue, limit: int = 50) -> tuple[Waiting, ...]:
    """Return what waits from where a reviewer stopped: that item, if it still waits, then others.

    At the queue's end it begins anew, with what was skipped.
    """
    place = queues.stopped(connection, user, queue)
    if place is None:
        return page(connection, queue, limit=limit)
    found = page(connection, queue, place.place, limit)
    if place.item and waits(connection, queue, place.item):
        found = (Waiting(place.item, place.place), *found[: limit - 1])
    return found or page(connection, queue, limit=limit)


def take(store: Store, queue: Queue, item: Waiting, *, user: str, at: datetime) -> None:
    """Put an item before a reviewer, and let go of the one that they had in this queue.

    Args:
        store: The database.
        queue: Which queue it is of.
        item: What.
        user: Whom it is put before.
        at: When, with a zone.

    Raises:
        HeldError: Somebody else has it before them, or it was decided meanwhile; the place is
            kept all the same, so that the next one can be taken.
    """
    with store.transaction():
        other = _other(store.connection, item.id, user, at)
        held = other is None and waits(store.connection, queue, item.id)
        _stop(store.connection, queue, item, held=held, user=user, at=at)
    if not held:
        raise _refusal(item.id, other)


def refuse_held(store: Store, item: str, *, user: str, at: datetime) -> None:
    """See that nobody else has an item before them; call it in the transaction that decides it.

    Raises:
        HeldError: Somebody has.
    """
    other = _other(store.connection, item, user, at)
    if other is not None:
        raise _refusal(item, other)


def refuse_taken(store: Store, queue: Queue, item: str, *, user: str, at: datetime) -> None:
    """See that a reviewer may decide an item now; call it in the transaction that decides it.

    Raises:
        HeldError: Somebody else has it before them, or it was decided meanwhile.
    """
    other = _other(store.connection, item, user, at)
    if other is not None or not waits(store.connection, queue, item):
        raise _refusal(item, other)


def release(
    store: Store, queue: Queue, *, user: str, at: datetime, done: int = 0, passed: bool = False
) -> None:
    """Let go of what a reviewer has before them; where they were is kept.

    Args:
        store: The database.
        queue: Which queue.
        user: Who.
        at: When, with a zone.
        done: How many items they decided since the last time.
        passed: They are done with the item: begin behind it next time.
    """
    with store.transaction():
        place = queues.stopped(store.connection, user, queue)
        if place is None:
            return
        kept = place._replace(held=False, at=instant(at), done=place.done + done)
        queues.stop(store.connection, kept._replace(item="") if passed else kept)


def _stop(
    connection: Connection, queue: Queue, item: Waiting, *, held: bool, user: str, at: datetime
) -> None:
    before = queues.stopped(connection, user, queue)
    done = before.done if before else 0
    queues.stop(connection, Stopped(user, queue, item.id, item.place, held, instant(at), done))


def _other(connection: Connection, item: str, user: str, at: datetime) -> Stopped | None:
    return queues.holder(connection, user, item, instant(at - HOLD))


def _refusal(item: str, other: Stopped | None) -> HeldError:
    return HeldError(item, other.user if other else None, other.at if other else None)
