from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.errors import BlockedJudgementError, DatabaseError, UnknownIdError
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import Verdict
from claimtrack.store import Store, clusters, read
from claimtrack.store.verify import verify
from tests.store.build import AT, add, report

MACHINE = Run(tool="same-words", version="1")
POSITIVE, NEGATIVE, UNSURE = Verdict.POSITIVE, Verdict.NEGATIVE, Verdict.UNSURE


@pytest.fixture
def claims(store: Store) -> list[str]:
    """Six claims, in the order they were recorded."""
    for number in range(6):
        add(store, *report(number))
    return [row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY number")]


def _judge(store: Store, left: str, right: str, verdict: Verdict, minute: int = 0) -> str:
    return store.judge(
        left,
        right,
        verdict,
        evidence="read both",
        run=None,
        user="anna",
        at=AT + timedelta(minutes=minute),
    )


def _by_machine(store: Store, left: str, right: str, verdict: Verdict = POSITIVE) -> str:
    return store.judge(
        left, right, verdict, evidence="same words", run=MACHINE, user="tester", at=AT, score=1.0
    )


def _clusters(store: Store, claims: list[str]) -> list[int]:
    """Return for each claim the place of the claim that its cluster is known by."""
    return [claims.index(clusters.cluster_of(store.connection, claim)) for claim in claims]


def test_every_claim_begins_as_a_cluster_of_its_own(store: Store, claims: list[str]) -> None:
    assert _clusters(store, claims) == [0, 1, 2, 3, 4, 5]


def test_a_cluster_is_known_by_its_earliest_claim_however_it_grew(
    store: Store, claims: list[str]
) -> None:
    _judge(store, claims[4], claims[5], POSITIVE)
    _judge(store, claims[2], claims[1], POSITIVE)
    assert _clusters(store, claims) == [0, 1, 1, 3, 4, 4]
    _judge(store, claims[5], claims[2], POSITIVE)
    assert _clusters(store, claims) == [0, 1, 1, 3, 1, 1]
    assert verify(store.connection) == ()


def test_the_ids_of_joined_claims_lead_to_their_cluster(store: Store, claims: list[str]) -> None:
    _judge(store, claims[3], claims[0], POSITIVE)
    view = read.claim(store.connection, claims[3])
    assert view.id == claims[0]
    assert len(view.attributions) == 2
    assert read.resolve_id(store.connection, claims[3]) == ("claim", claims[0])
    assert {each.claim_id for each in view.attributions} == {claims[0]}


def test_a_negative_between_two_clusters_blocks_and_is_named(
    store: Store, claims: list[str]
) -> None:
    _judge(store, claims[0], claims[1], POSITIVE)
    _judge(store, claims[2], claims[3], POSITIVE)
    against = _judge(store, claims[3], claims[0], NEGATIVE)
    for left, right in ((1, 2), (2, 1), (0, 3)):
        with pytest.raises(BlockedJudgementError, match=against) as caught:
            _judge(store, claims[left], claims[right], POSITIVE, minute=1)
        assert caught.value.judgement == against
    assert _clusters(store, claims) == [0, 0, 2, 2, 4, 5]
    assert store.connection.execute("SELECT count(*) FROM judgement").fetchone() == (3,)


def test_an_undone_negative_blocks_no_more(store: Store, claims: list[str]) -> None:
    against = _judge(store, claims[0], claims[1], NEGATIVE)
    store.connection.execute("UPDATE judgement SET retired_at = 'now' WHERE id = ?", (against,))
    _judge(store, claims[0], claims[1], POSITIVE)
    assert _clusters(store, claims)[:2] == [0, 0]


def test_a_negative_elsewhere_does_not_block(store: Store, claims: list[str]) -> None:
    _judge(store, claims[0], claims[4], NEGATIVE)
    _judge(store, claims[1], claims[5], NEGATIVE)
    _judge(store, claims[0], claims[1], POSITIVE)
    assert _clusters(store, claims)[:2] == [0, 0]


def test_a_negative_within_a_cluster_is_blocked_by_what_joined_it(
    store: Store, claims: list[str]
) -> None:
    first = _judge(store, claims[0], claims[1], POSITIVE)
    _judge(store, claims[1], claims[2], POSITIVE)
    with pytest.raises(BlockedJudgementError, match=f"are one claim: {first}"):
        _judge(store, claims[1], claims[0], NEGATIVE)
    with pytest.raises(BlockedJudgementError, match="are one claim"):
        _judge(store, claims[0], claims[2], NEGATIVE)


def test_an_unsure_judgement_is_kept_and_joins_nothing(store: Store, claims: list[str]) -> None:
    _judge(store, claims[0], claims[1], UNSURE)
    assert _clusters(store, claims) == [0, 1, 2, 3, 4, 5]
    held = store.connection.execute("SELECT verdict, judged_by FROM judgement").fetchall()
    assert held == [("unsure", "anna")]


def test_a_machine_that_judges_again_says_nothing_new(store: Store, claims: list[str]) -> None:
    made = _by_machine(store, claims[0], claims[1])
    log = store.connection.execute("SELECT * FROM event_log").fetchall()
    assert _by_machine(store, claims[1], claims[0]) == made
    assert store.connection.execute("SELECT * FROM event_log").fetchall() == log


def test_a_machine_does_not_overrule_an_undoing(store: Store, claims: list[str]) -> None:
    made = _by_machine(store, claims[0], claims[1])
    store.connection.execute("UPDATE judgement SET retired_at = 'now'")
    store.connection.execute("UPDATE claim_cluster SET cluster_id = claim_id")
    assert _by_machine(store, claims[0], claims[1]) == made
    assert _clusters(store, claims)[:2] == [0, 1]
    assert verify(store.connection) == ()


def test_a_person_may_come_back_to_a_decision(store: Store, claims: list[str]) -> None:
    first = _judge(store, claims[0], claims[1], UNSURE)
    assert _judge(store, claims[0], claims[1], UNSURE, minute=5) != first
    assert verify(store.connection) == ()


def test_a_machine_never_says_that_claims_differ(store: Store, claims: list[str]) -> None:
    with pytest.raises(DatabaseError, match="only people can"):
        _by_machine(store, claims[0], claims[1], NEGATIVE)


@pytest.mark.parametrize("user", [None, ""])
def test_somebody_must_have_judged(store: Store, claims: list[str], user: str | None) -> None:
    with pytest.raises(DatabaseError, match="needs a user or a run"):
        store.judge(claims[0], claims[1], POSITIVE, evidence="", run=None, user=user, at=AT)


def test_a_claim_is_not_judged_against_itself(store: Store, claims: list[str]) -> None:
    with pytest.raises(DatabaseError, match="against itself"):
        _judge(store, claims[0], claims[0], POSITIVE)


def test_a_claim_that_is_not_held_is_named(store: Store, claims: list[str]) -> None:
    with pytest.raises(UnknownIdError, match="claim-0000"):
        _judge(store, claims[0], "claim-0000", POSITIVE)


pairs = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] != pair[1])


class _Model:
    """The same rules, kept in sets of the claims' places."""

    def __init__(self) -> None:
        self.together = [{place} for place in range(6)]
        self.apart: set[frozenset[int]] = set()

    def cluster(self, place: int) -> set[int]:
        return next(held for held in self.together if place in held)

    def judge(self, left: int, right: int, verdict: Verdict) -> bool:
        """Take a judgement, or tell that a live one forbids it."""
        one, other = self.cluster(left), self.cluster(right)
        pair = frozenset((left, right))
        if verdict is POSITIVE and one is not other:
            if any(held & one and held & other for held in self.apart):
                return False
            self.together.remove(other)
            one |= other
        if verdict is NEGATIVE:
            if one is other:
                return False
            self.apart.add(pair)
        return True


class _UndoError(Exception):
    """Ends a transaction without a trace."""


@given(st.lists(st.tuples(pairs, st.sampled_from([POSITIVE, NEGATIVE, UNSURE])), max_size=12))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
def test_the_table_is_what_the_judgements_make_whatever_they_are(
    store: Store, claims: list[str], made: list[tuple[tuple[int, int], Verdict]]
) -> None:
    def run() -> None:
        with store.transaction():
            model = _Model()
            for (left, right), verdict in made:
                assert _is_taken(store, claims[left], claims[right], verdict) == model.judge(
                    left, right, verdict
                )
            expected = [min(model.cluster(place)) for place in range(6)]
            assert _clusters(store, claims) == expected
            assert clusters.derived(store.connection) == {
                claim: claims[place] for claim, place in zip(claims, expected, strict=True)
            }
            raise _UndoError

    with pytest.raises(_UndoError):
        run()


def _is_taken(store: Store, left: str, right: str, verdict: Verdict) -> bool:
    try:
        _judge(store, left, right, verdict)
    except BlockedJudgementError:
        return False
    return True
