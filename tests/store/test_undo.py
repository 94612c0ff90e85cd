"""What people decide can be undone: softly, and the clusters are as they were."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.errors import (
    BlockedJudgementError,
    DatabaseError,
    GradeError,
    UnknownIdError,
)
from claimtrack.model.vocabulary import Verdict
from claimtrack.store import Store, clusters, grades, history, undo
from claimtrack.store.connection import transaction
from claimtrack.store.grades import Grade, Review
from claimtrack.store.verify import verify
from tests.store.build import AT, MINISTRY, add, add_story, report


@pytest.fixture
def claims(store: Store) -> list[str]:
    """Five claims, in the order they were recorded."""
    for number in range(5):
        add(store, *report(number))
    return [row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY number")]


def judged(store: Store, left: str, right: str, verdict: Verdict, minute: int = 0) -> str:
    at = AT + timedelta(minutes=minute)
    return store.judge(left, right, verdict, evidence="read", run=None, user="anna", at=at)


def together(store: Store, claims: list[str]) -> list[int]:
    return [claims.index(clusters.cluster_of(store.connection, claim)) for claim in claims]


def test_undoing_the_second_merge_brings_back_the_first(store: Store, claims: list[str]) -> None:
    a, b, c, *_ = claims
    judged(store, a, b, Verdict.POSITIVE)
    second = judged(store, b, c, Verdict.POSITIVE, 1)
    assert together(store, claims)[:3] == [0, 0, 0]
    assert store.undo(second, user="anna", at=AT + timedelta(hours=1))
    assert together(store, claims)[:3] == [0, 0, 2]
    assert verify(store.connection) == ()


def test_undoing_twice_changes_nothing(store: Store, claims: list[str]) -> None:
    made = judged(store, claims[0], claims[1], Verdict.POSITIVE)
    assert store.undo(made, user="anna", at=AT)
    assert not store.undo(made, user="anna", at=AT)


def test_a_negative_blocks_a_merge_over_a_third_until_it_is_undone(
    store: Store, claims: list[str]
) -> None:
    a, b, c, *_ = claims
    judged(store, a, b, Verdict.POSITIVE)
    against = judged(store, a, c, Verdict.NEGATIVE)
    with pytest.raises(BlockedJudgementError, match=against):
        judged(store, b, c, Verdict.POSITIVE, 1)
    store.undo(against, user="anna", at=AT + timedelta(hours=1))
    judged(store, b, c, Verdict.POSITIVE, 2)
    assert together(store, claims)[:3] == [0, 0, 0]


def test_the_row_stays_and_the_log_tells_of_it(store: Store, claims: list[str]) -> None:
    made = judged(store, claims[0], claims[1], Verdict.POSITIVE)
    store.undo(made, user="omar", at=AT + timedelta(hours=1))
    rows = store.connection.execute("SELECT count(*) FROM judgement").fetchone()
    assert rows == (1,)
    latest = next(history.entries(store.connection))
    assert (latest.action, latest.user, latest.subject) == ("undo", "omar", made)


PAIRS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda p: p[0] != p[1]), max_size=5
)


class TakenBackError(Exception):
    """Ends a transaction so that nothing of it stays."""


@given(PAIRS, st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda p: p[0] != p[1]))
@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_undo_after_judge_is_the_identity(
    store: Store, before: list[tuple[int, int]], pair: tuple[int, int]
) -> None:
    with suppress(TakenBackError), transaction(store.connection):
        for number in range(5):
            add(store, *report(number))
        claims = [
            row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY number")
        ]
        for minute, (left, right) in enumerate(before):
            judged(store, claims[left], claims[right], Verdict.POSITIVE, minute)
        held = together(store, claims)
        made = judged(store, claims[pair[0]], claims[pair[1]], Verdict.POSITIVE, 50)
        store.undo(made, user="anna", at=AT + timedelta(hours=1))
        assert together(store, claims) == held
        assert clusters.derived(store.connection) == {
            claim: claims[at] for claim, at in zip(claims, held, strict=True)
        }
        raise TakenBackError


def test_a_claim_may_have_several_verdicts_and_lose_one(store: Store, claims: list[str]) -> None:
    one, two = (
        store.assess(Review(claims[0], "truth", rating, ""), user=user, at=AT)
        for rating, user in (("false", "anna"), ("unproven", "omar"))
    )
    store.undo(one, user="anna", at=AT)
    live = store.connection.execute("SELECT id, rating FROM live_review").fetchall()
    assert live == [(two, "unproven")]
    assert verify(store.connection) == ()


@pytest.mark.parametrize(
    ("scale", "rating", "user"), [("", "x", "a"), ("x", " ", "a"), ("x", "x", "")]
)
def test_a_verdict_needs_a_scale_a_rating_and_somebody(
    store: Store, claims: list[str], scale: str, rating: str, user: str
) -> None:
    with pytest.raises(DatabaseError):
        store.assess(Review(claims[0], scale, rating, ""), user=user, at=AT)


def test_confirmed_asks_for_two_origins_or_a_reason(store: Store, claims: list[str]) -> None:
    with pytest.raises(GradeError, match="1 independent origin, and 1"):
        store.grade(Grade(claims[0], "1", " "), origins=1, user="anna", at=AT)
    assert store.connection.execute("SELECT count(*) FROM grade").fetchone() == (0,)
    store.grade(Grade(claims[0], "1", "I was there."), origins=1, user="anna", at=AT)
    store.grade(Grade(claims[1], "1", ""), origins=2, user="anna", at=AT)
    assert grades.of_claim(store.connection, claims[0]) == "1"


def test_the_latest_live_grade_counts(store: Store, claims: list[str]) -> None:
    store.grade(Grade(claims[0], "3", ""), origins=1, user="anna", at=AT)
    second = store.grade(Grade(claims[0], "2", ""), origins=1, user="omar", at=AT)
    assert grades.of_claim(store.connection, claims[0]) == "2"
    store.undo(second, user="omar", at=AT)
    assert grades.of_claim(store.connection, claims[0]) == "3"


@pytest.mark.parametrize("letter", ["G", "0", "7", "1", "", "AA"])
def test_a_source_has_letters_only(store: Store, letter: str) -> None:
    add_story(store)
    with pytest.raises(GradeError, match="is no grade of a source"):
        store.grade(Grade(MINISTRY.id, letter, ""), origins=0, user="anna", at=AT)


@pytest.mark.parametrize("letter", ["A", "F", "0", "7"])
def test_a_claim_has_digits_only(store: Store, claims: list[str], letter: str) -> None:
    with pytest.raises(GradeError, match="is no grade of a claim"):
        store.grade(Grade(claims[0], letter, ""), origins=2, user="anna", at=AT)


@pytest.mark.parametrize(
    "wanted", ["claim-123456", "judgement-12", "judgement-1234567", "nonsense", "review-abcdef"]
)
def test_what_cannot_be_undone_is_said(store: Store, wanted: str) -> None:
    with pytest.raises(UnknownIdError, match="claimtrack log"):
        undo.find(store.connection, wanted)
