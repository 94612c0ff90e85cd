"""Which contents are compared: those near each other, whether all are searched or cells."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from claimtrack.match import candidates
from claimtrack.match.names import Means
from claimtrack.match.reading import read
from tests.kit import ROOT


def near(
    vectors: NDArray[np.float32], new: NDArray[np.int64], threads: int = 1
) -> set[tuple[int, int]]:
    found = candidates.near(vectors, new, threads=threads)
    return {(left, right) for some in found for left, right in some.tolist()}


def sharing(*keys: list[str], new: tuple[int, ...]) -> list[list[int]]:
    """Return the pairs of places that have one of their keys in common, some of them new."""
    is_new = np.isin(np.arange(len(keys)), new)
    with ExitStack() as files:
        shared = candidates.Shared(files, is_new)
        for place in sorted(range(len(keys)), key=lambda each: not is_new[each]):
            shared.put(place, keys[place])
        return [pair for some in shared.pairs() for pair in some.tolist()]


@pytest.fixture
def themed(monkeypatch: pytest.MonkeyPatch) -> NDArray[np.float32]:
    """Return vectors around themes, so many that they are searched in cells."""
    draw = np.random.default_rng(3)
    themes = draw.normal(size=(150, 64))
    vectors = themes[draw.integers(0, 150, 1200)] + 0.5 * draw.normal(size=(1200, 64))
    monkeypatch.setattr(candidates, "_ALL", 100)
    monkeypatch.setattr(candidates, "_CELL", 60)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit.astype(np.float32)


def test_in_cells_most_is_found_that_is_found_among_all(
    themed: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = np.arange(0, 1200, 3)
    in_cells = near(themed, new)
    monkeypatch.setattr(candidates, "_ALL", 1200)
    among_all = near(themed, new)
    assert all(left < right and {left, right} & set(new.tolist()) for left, right in in_cells)
    assert len(in_cells & among_all) >= 0.8 * len(among_all)


def test_two_threads_and_parts_of_cells_find_the_same(
    themed: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = np.arange(0, 1200, 3)
    monkeypatch.setattr(candidates, "_DIGITS", 6)  # of two that are as near either may be kept
    at_once = near(themed, new)
    monkeypatch.setattr(candidates, "_ASKING", 90)
    monkeypatch.setattr(candidates, "_PART", 7)
    assert near(themed, new, threads=2) == at_once


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        ("Nine people were killed in Badrun.", "The toll is 9 dead.", 1),
        ("The Qamari army shelled Dravonia.", "Dravonia was at war with the Qamari army.", 1),
        ("A Qamari army unit was on parade.", "The Qamari army shelled Dravonia.", 0),
        ("Nine people were killed in Badrun.", "Nine buses came to Badrun.", 0),
    ],
    ids=["one number of one thing", "two names", "one name", "one number of two things"],
)
def test_texts_with_a_number_or_two_names_in_common_are_compared(
    left: str, right: str, pairs: int
) -> None:
    means = Means(registries=(ROOT / "data" / "cast.csv",))
    keys = [candidates.shared_keys(read(text, "en", means)) for text in (left, right)]
    assert bool(sharing(*keys, new=(1,))) == bool(pairs)


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        (("en", "The lamp in hall nine is blue."), ("en", "The lamp in hall nine is green."), True),
        (("en", "The lamp in hall nine is blue."), ("en", "In hall ten a blue lamp is."), False),
        (("en", "The sluice has been jammed."), ("ru", "Шлюз вышел из строя."), True),
        (("en", "The sluice has been opened."), ("ru", "Шлюз вышел из строя."), False),
    ],
    ids=["words in a row", "the same words in no row", "two things, two languages", "one thing"],
)
def test_texts_with_words_in_a_row_or_two_things_in_common_are_compared(
    left: tuple[str, str], right: tuple[str, str], pairs: bool
) -> None:
    keys = [candidates.shared_keys(read(text, lang)) for lang, text in (left, right)]
    assert bool(sharing(*keys, new=(1,))) == pairs


def test_what_more_than_a_few_share_brings_nobody_together() -> None:
    words = "The lamp in hall nine is blue, and so is the door."
    keys = [candidates.shared_keys(read(words, "en"))] * 20
    assert not sharing(*keys, new=(0,))


KEYS = st.lists(
    st.lists(st.sampled_from(["9 dead", "a+b", "~1", "~2", "=c+d"]), unique=True, max_size=3),
    max_size=60,
)


@given(KEYS, st.sets(st.integers(0, 59)))
def test_pairs_with_a_key_that_few_share_are_found_where_one_is_new(
    keys: list[list[str]], new: set[int]
) -> None:
    held = Counter(key for some in keys for key in some)
    few = {key for key, count in held.items() if count <= (12 if key[0] in "~=" else 40)}
    wanted = {
        (left, right)
        for left, right in combinations(range(len(keys)), 2)
        if few & set(keys[left]) & set(keys[right]) and {left, right} & new
    }
    assert {(left, right) for left, right in sharing(*keys, new=tuple(new))} == wanted
