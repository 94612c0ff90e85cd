from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.match.shingles import SIZE, similarity, sketch

WORDS = [f"word{number}" for number in range(5000)]


def text(seed: int, words: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def edited(words: list[str], share: float) -> list[str]:
    """Return the words with a share of them replaced by others."""
    chance = random.Random(share)
    return [f"new{at}" if chance.random() < share else word for at, word in enumerate(words)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The dam is safe, he said.", "the dam is safe he said"),
        ("إنّ السدّ آمن اليوم", "ان السد امن اليوم"),
        ("Плотина надёжна и крепка", "плотина надежна\nи крепка!"),
    ],
)
def test_spelling_and_marks_make_no_difference(left: str, right: str) -> None:
    assert similarity(sketch(left), sketch(right)) == 1.0


@pytest.mark.parametrize(
    ("left", "right", "shared"),
    [
        ("one two three four", "one two three four five", 2 / 3),
        ("one two three four", "four three two one", 0.0),
        ("one two three", "one two", 0.0),
        ("", "", 0.0),
    ],
)
def test_the_similarity_of_short_texts_is_exact(left: str, right: str, shared: float) -> None:
    assert similarity(sketch(left), sketch(right)) == pytest.approx(shared)


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1.0), (0.1, 0.574), (0.2, 0.344)])
def test_the_similarity_of_long_texts_is_estimated(share: float, expected: float) -> None:
    """With a share p of words replaced, (1-p)^3 of the shingles stay: J = s / (2 - s)."""
    words = text(7, 3000)
    found = similarity(sketch(" ".join(words)), sketch(" ".join(edited(words, share))))
    assert found == pytest.approx(expected, abs=0.13)  # three standard errors


def test_texts_of_the_same_words_in_another_order_are_not_alike() -> None:
    words = text(3, 500)
    shuffled = random.Random(4).sample(words, k=len(words))
    assert similarity(sketch(" ".join(words)), sketch(" ".join(shuffled))) < 0.02


def test_a_short_text_within_a_long_one_is_compared_by_all_its_shingles() -> None:
    words = text(5, 3000)
    part = sketch(" ".join(words[:60]))
    assert len(part) < SIZE
    assert similarity(part, sketch(" ".join(words))) == pytest.approx(58 / 2998, abs=0.04)


@given(st.text(), st.text())
def test_similarity_has_two_equal_sides_and_stays_between_nothing_and_one(
    left: str, right: str
) -> None:
    one, other = sketch(left), sketch(right)
    assert 0.0 <= similarity(one, other) == similarity(other, one) <= 1.0
    assert similarity(one, one) == (1.0 if one else 0.0)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.2, 0.4, 1.0])
@pytest.mark.parametrize("least", [0.2, 0.5])
def test_what_is_surely_less_alike_than_asked_for_is_nothing(share: float, least: float) -> None:
    words = text(7, 400)
    one, other = sketch(" ".join(words)), sketch(" ".join(edited(words, share)))
    whole = similarity(one, other)
    asked = similarity(one, other, least)
    assert asked == whole if whole >= least else asked < least


@given(st.text())
def test_a_sketch_is_ascending_bounded_and_fits_a_database(words: str) -> None:
    found = sketch(words)
    assert list(found) == sorted(set(found))
    assert len(found) <= SIZE
    assert all(0 <= each < 2**63 for each in found)
