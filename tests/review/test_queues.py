"""What waits for a person, in which order, and who has it before them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from claimtrack.errors import HeldError, UnknownIdError
from claimtrack.model.vocabulary import Verdict
from claimtrack.review import corrections, queues
from claimtrack.review.queues import Because, Queue, Waiting
from claimtrack.store import Store, read
from claimtrack.store.grades import Review
from claimtrack.store.verify import verify
from tests.store.build import AGENCY

from .desk import NOW, claims, fill, suggest

Desk = tuple[Store, tuple[str, ...]]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Store.open(tmp_path / "desk.db", create=True) as store:
        yield store, fill(store)


def waiting(store: Store, queue: Queue, after: str = "") -> list[str]:
    return [each.id for each in queues.page(store.connection, queue, after)]


def judge(store: Store, one: str, other: str, verdict: Verdict) -> str:
    how = {"evidence": "read", "run": None, "user": "noura", "at": NOW}
    return store.judge(one, other, verdict, **how)  # type: ignore[arg-type]


def test_attributions_wait_the_least_sure_first(desk: Desk) -> None:
    store, (first, second, third) = desk
    assert waiting(store, Queue.ATTRIBUTIONS) == [second, third, first]


def test_an_attribution_waits_until_a_person_decides(desk: Desk) -> None:
    store, (first, second, third) = desk
    one = corrections.accept(store, second, by="noura", at=NOW)
    corrections.reject(store, third, reason="no report", by="noura", at=NOW)
    assert waiting(store, Queue.ATTRIBUTIONS) == [first]
    store.undo(one, user="noura", at=NOW)
    assert waiting(store, Queue.ATTRIBUTIONS) == [second, first]


def test_a_page_begins_behind_a_place(desk: Desk) -> None:
    store, (first, second, third) = desk
    one, *_ = queues.page(store.connection, Queue.ATTRIBUTIONS, limit=1)
    assert one.id == second
    assert waiting(store, Queue.ATTRIBUTIONS, one.place) == [third, first]
    assert queues.left(store.connection, Queue.ATTRIBUTIONS, one.place) == 2


@pytest.mark.parametrize("place", ["", "x", "[]", "{}", "[null, 1]", '[1, 2, 3, "4"]', "3"])
@pytest.mark.parametrize("queue", Queue)
def test_a_place_that_is_none_is_the_beginning(desk: Desk, queue: Queue, place: str) -> None:
    store, _ = desk
    assert waiting(store, queue, place) == waiting(store, queue)


def test_only_mentions_that_are_nobody_wait_for_a_source(desk: Desk) -> None:
    store, (*_, third) = desk
    assert waiting(store, Queue.SOURCES) == [third]


@pytest.mark.parametrize("verdict", Verdict)
def test_a_pair_waits_until_it_is_judged(desk: Desk, verdict: Verdict) -> None:
    store, ids = desk
    one, other, _ = claims(store, ids)
    (pair,) = waiting(store, Queue.PAIRS)
    made = judge(store, one, other, verdict)
    assert waiting(store, Queue.PAIRS) == []
    store.undo(made, user="noura", at=NOW)
    assert waiting(store, Queue.PAIRS) == [pair]


def test_pairs_wait_the_most_alike_first(desk: Desk) -> None:
    store, ids = desk
    suggest(store, ids[0], ids[2], 0.95)
    scores = [queues.pair(store.connection, each).score for each in waiting(store, Queue.PAIRS)]
    assert scores == [0.95, 0.8]


def test_a_pair_is_shown_with_what_differs(desk: Desk) -> None:
    store, ids = desk
    (pair,) = waiting(store, Queue.PAIRS)
    shown = queues.pair(store.connection, pair)
    assert {shown.left.id, shown.right.id} == set(ids[:2])
    assert [each.words for each in shown.changes if each.kind != "same"] == ["كل"]
    judge(store, shown.left_claim, shown.right_claim, Verdict.NEGATIVE)
    with pytest.raises(UnknownIdError):
        queues.pair(store.connection, pair)


def test_claims_wait_for_a_verdict_the_widest_spread_first(desk: Desk) -> None:
    store, ids = desk
    first, second, third = claims(store, ids)
    judge(store, second, third, Verdict.POSITIVE)
    assert waiting(store, Queue.VERDICTS) == [second, first]
    shown = queues.spread(store.connection, second)
    assert (shown.reports, [each.id for each in shown.first]) == (2, list(ids[1:]))
    store.assess(Review(second, "truth", "false", ""), user="noura", at=NOW)
    assert waiting(store, Queue.VERDICTS) == [first]


def test_how_far_claims_spread_is_kept_in_step(desk: Desk) -> None:
    store, ids = desk
    first, second, third = claims(store, ids)

    def kept() -> dict[str, int]:
        return dict(store.connection.execute("SELECT * FROM claim_spread"))

    one = judge(store, first, second, Verdict.POSITIVE)
    other = judge(store, second, third, Verdict.POSITIVE)
    assert kept() == {first: 3}
    store.undo(one, user="noura", at=NOW)
    assert kept() == {second: 2}
    store.undo(other, user="noura", at=NOW)
    assert kept() == {}
    assert verify(store.connection) == ()
    with store.transaction():
        store.connection.execute("INSERT INTO claim_spread VALUES (?, 7)", (first,))
    assert verify(store.connection) == (
        f"claim_spread {first}: is not how many reports the claim has",
    )


def test_candidates_are_those_mentioned_in_the_same_words(desk: Desk) -> None:
    store, (first, *_) = desk
    view = read.attribution(store.connection, first)
    found = queues.candidates(store.connection, view)
    assert [(each.source.id, each.because) for each in found] == [(AGENCY.id, Because.MENTIONED_SO)]


def take(store: Store, user: str, item: Waiting, minutes: int = 0) -> None:
    at = NOW + timedelta(minutes=minutes)
    queues.take(store, Queue.ATTRIBUTIONS, item, user=user, at=at)


def test_an_item_that_is_before_one_reviewer_is_refused_to_another(desk: Desk) -> None:
    store, _ = desk
    item, following, last = queues.page(store.connection, Queue.ATTRIBUTIONS)
    take(store, "noura", item)
    take(store, "noura", item, 1)
    with pytest.raises(HeldError, match=r"is before noura since 2031-06-01T12:01"):
        take(store, "sami", item, 2)
    with pytest.raises(HeldError, match="is before noura"):
        queues.refuse_taken(store, Queue.ATTRIBUTIONS, item.id, user="sami", at=NOW)
    take(store, "sami", following, 3)
    take(store, "noura", last, 3)
    take(store, "sami", item, 4)


def test_an_item_is_let_go_after_a_while(desk: Desk) -> None:
    store, _ = desk
    item = queues.page(store.connection, Queue.ATTRIBUTIONS)[0]
    take(store, "noura", item)
    with pytest.raises(HeldError):
        take(store, "sami", item, 15)
    take(store, "sami", item, 16)


def test_what_was_decided_meanwhile_is_refused(desk: Desk) -> None:
    store, ids = desk
    (item,) = queues.page(store.connection, Queue.PAIRS)
    queues.take(store, Queue.PAIRS, item, user="noura", at=NOW)
    judge(store, *claims(store, ids)[:2], Verdict.UNSURE)
    with pytest.raises(HeldError, match="waits no more"):
        queues.refuse_taken(store, Queue.PAIRS, item.id, user="noura", at=NOW)


def test_a_reviewer_goes_on_where_they_stopped(desk: Desk) -> None:
    store, (first, second, third) = desk

    def resumed() -> list[str]:
        return [each.id for each in queues.resume(store.connection, "noura", Queue.ATTRIBUTIONS)]

    assert resumed() == [second, third, first]
    item = queues.page(store.connection, Queue.ATTRIBUTIONS)[1]
    take(store, "noura", item)
    assert resumed() == [third, first]
    queues.release(store, Queue.ATTRIBUTIONS, user="noura", at=NOW, done=2, passed=True)
    assert resumed() == [first]
    stopped = queues.stopped(store.connection, "noura", Queue.ATTRIBUTIONS)
    assert stopped is not None
    assert (stopped.item, stopped.held, stopped.done) == ("", False, 2)
    take(store, "noura", queues.page(store.connection, Queue.ATTRIBUTIONS)[2])
    queues.release(store, Queue.ATTRIBUTIONS, user="noura", at=NOW, passed=True)
    assert resumed() == [second, third, first], "at the end it begins anew"


def test_what_one_lets_go_another_may_take(desk: Desk) -> None:
    store, _ = desk
    item = queues.page(store.connection, Queue.ATTRIBUTIONS)[0]
    take(store, "noura", item)
    queues.release(store, Queue.ATTRIBUTIONS, user="noura", at=NOW)
    take(store, "sami", item)
