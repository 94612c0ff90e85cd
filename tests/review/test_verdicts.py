"""Verdicts on the desk's own scales, and what grading asks for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import claimtrack
from claimtrack.errors import DatabaseError, DependedOnError, GradeError, RatingError
from claimtrack.model.vocabulary import Verdict
from claimtrack.review import verdicts
from claimtrack.review.verdicts import Scales
from claimtrack.store import Store, decisions, grades, history
from claimtrack.store.grades import Grade, Review
from claimtrack.store.verify import verify
from tests.store.build import AT, MINISTRY, add, report

SCALES: Scales = {
    "desk": {"صحيح": 5, "مضلل": 2.0, "بلا دليل": None},
    "short": {"yes": 5.0, "no": 1.0},
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "claims.db", create=True) as opened:
        for number in range(2):
            add(opened, *report(number))
        yield opened


def claim_of(store: Store, which: int = 0) -> str:
    rows = store.connection.execute("SELECT id FROM claim ORDER BY number").fetchall()
    return str(rows[which][0])


def assess(store: Store, rating: str, **fields: Any) -> str:
    review = Review(claim_of(store), "desk", rating, "read")._replace(**fields)
    return verdicts.assess(store, SCALES, review, at=AT, user="anna")


def test_a_label_is_kept_with_where_it_stands(store: Store) -> None:
    assess(store, "صحيح", links=("https://evidence.example/1",))
    assert verify(store.connection) == ()
    (only,) = decisions.reviews(store.connection, claim_of(store))
    assert (only.rating, only.value, only.links) == ("صحيح", 5.0, ("https://evidence.example/1",))


def test_a_label_may_say_nothing_of_truth(store: Store) -> None:
    assess(store, "بلا دليل")
    (only,) = decisions.reviews(store.connection, claim_of(store))
    assert only.value is None


@pytest.mark.parametrize(
    ("scale", "rating", "told"),
    [
        ("desk", "كاذب", "Give one of: صحيح, مضلل, بلا دليل."),
        ("short", "صحيح", "Give one of: yes, no."),
        ("other", "yes", "Its scales are: desk, short."),
    ],
)
def test_a_label_of_no_scale_is_refused_with_those_there_are(
    store: Store, scale: str, rating: str, told: str
) -> None:
    with pytest.raises(RatingError, match=told):
        assess(store, rating, scale=scale)
    assert decisions.reviews(store.connection, claim_of(store)) == ()


def test_a_desk_without_scales_says_it_in_its_own_words(store: Store) -> None:
    review = Review(claim_of(store), verdicts.first_scale({}), "half of it", "")
    verdicts.assess(store, {}, review, at=AT, user="anna")
    (only,) = decisions.reviews(store.connection, claim_of(store))
    assert (only.scale, only.rating, only.value) == ("truth", "half of it", None)


def test_a_revision_takes_the_place_of_a_verdict_and_gives_it_back(store: Store) -> None:
    old = assess(store, "صحيح")
    new = assess(store, "مضلل", revises=old)
    assert [one.id for one in decisions.reviews(store.connection, claim_of(store))] == [new]
    last = next(history.entries(store.connection))
    assert (last.before, last.after) == ("صحيح (desk)", "مضلل (desk)")
    with pytest.raises(DependedOnError, match=f"{new} revises it"):
        store.undo(old, user="anna", at=AT)
    store.undo(new, user="anna", at=AT)
    assert [one.id for one in decisions.reviews(store.connection, claim_of(store))] == [old]
    assert verify(store.connection) == ()


def test_a_verdict_is_revised_once_and_of_its_own_claim(store: Store) -> None:
    old = assess(store, "صحيح")
    assess(store, "مضلل", revises=old)
    with pytest.raises(DatabaseError, match="is revised by"):
        assess(store, "بلا دليل", revises=old)
    elsewhere = claim_of(store, 1)
    with pytest.raises(DatabaseError, match="is of another claim"):
        assess(store, "صحيح", claim_id=elsewhere, revises=old)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.example", "", "https://a b"])
def test_evidence_is_an_address_of_the_web(store: Store, link: str) -> None:
    with pytest.raises(DatabaseError, match="no address of the web"):
        assess(store, "صحيح", links=(link,))


def test_confirmed_is_asked_for_two_origins(store: Store) -> None:
    with pytest.raises(GradeError, match="asks for two"):
        verdicts.grade(store, Grade(claim_of(store), "1", ""), at=AT, user="anna")
    verdicts.grade(store, Grade(claim_of(store), "1", "I saw it."), at=AT, user="anna")


PERIODS = (
    Grade(MINISTRY.id, "B", "in general"),
    Grade(MINISTRY.id, "D", "before", "ports", None, "2025-06-30"),
    Grade(MINISTRY.id, "C", "since", "ports", "2025-06-01"),
)


@pytest.mark.parametrize(
    ("topic", "day", "wanted"),
    [
        ("ports", "2025-01-01", "D"),
        ("ports", "2025-06-15", "C"),  # both hold: the later one counts
        ("ports", "2025-12-01", "C"),
        ("rain", "2025-06-15", "B"),
        (None, "2025-06-15", "B"),
    ],
)
def test_of_grades_whose_periods_overlap_the_later_counts(
    store: Store, topic: str | None, day: str, wanted: str
) -> None:
    made = [verdicts.grade(store, each, at=AT, user="anna") for each in PERIODS]
    assert grades.of_source(store.connection, [MINISTRY.id], topic=topic, day=day) == wanted
    assert grades.overlapping(store.connection, made[2]) == (made[1],)


@pytest.mark.parametrize(
    "given",
    [
        Grade(MINISTRY.id, "B", "", None, "2025-02-01", "2025-01-01"),
        Grade("claim", "2", "", "ports"),
        Grade("claim", "2", "", None, "2025-01-01"),
    ],
)
def test_a_period_ends_after_it_begins_and_a_claim_has_none(store: Store, given: Grade) -> None:
    subject = claim_of(store) if given.subject == "claim" else given.subject
    with pytest.raises(DatabaseError):
        verdicts.grade(store, given._replace(subject=subject), at=AT, user="anna")


def test_nothing_is_decided_about_what_is_retired(store: Store) -> None:
    (seen,) = store.connection.execute("SELECT id FROM attribution WHERE number = 1").fetchone()
    gone, other = claim_of(store), claim_of(store, 1)
    store.retract(seen, "withdrawn", user="anna", at=AT)
    with pytest.raises(DatabaseError, match="is retired"):
        store.assess(Review(gone, "truth", "true", ""), user="anna", at=AT)
    with pytest.raises(DatabaseError, match="is retired"):
        store.grade(Grade(gone, "3", ""), origins=0, user="anna", at=AT)
    with pytest.raises(DatabaseError, match="is retired"):
        store.judge(gone, other, Verdict.UNSURE, evidence="", run=None, user="anna", at=AT)


NUMBERS = {"sum", "mean", "fmean", "average", "median", "ord", "float", "int", "index"}


def test_no_function_makes_numbers_of_letters() -> None:
    """Where grades are read, nothing counts with them, in Python or in SQL."""
    files = [
        path
        for path in Path(claimtrack.__file__).parent.rglob("*.py")
        if "live_grade" in path.read_text("utf-8") or "RELIABILITY" in path.read_text("utf-8")
    ]
    assert len(files) >= 3
    for path in files:
        tree = ast.parse(path.read_text("utf-8"))
        strings = [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)]
        queries = [one for one in strings if isinstance(one, str) and "grade" in one]
        assert not [one for one in queries if "avg(" in one.lower() or "sum(" in one.lower()], path
        calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
        on_grades = [one for one in calls if "grade" in ast.unparse(one).lower()]
        named = {ast.unparse(one.func).rpartition(".")[2] for one in on_grades}
        assert not named & NUMBERS, path
