"""Which contents are compared: those near each other, whether all are searched or cells."""

from __future__ import annotations

import numpy as np
import pytest

from claimtrack.match import candidates
from claimtrack.match.names import Means
from claimtrack.match.reading import read
from tests.kit import ROOT


def test_in_cells_most_is_found_that_is_found_among_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = np.random.default_rng(3)
    themes = draw.normal(size=(150, 64))
    vectors = (themes[draw.integers(0, 150, 1200)] + 0.5 * draw.normal(size=(1200, 64))).astype(
        np.float32
    )
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    new = list(range(0, 1200, 3))
    among_all = set(candidates.near(vectors, new))
    monkeypatch.setattr(candidates, "_ALL", 100)
    monkeypatch.setattr(candidates, "_CELL", 60)
    in_cells = set(candidates.near(vectors, new))
    assert all(left < right and {left, right} & set(new) for left, right in in_cells)
    assert len(in_cells & among_all) >= 0.8 * len(among_all)


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
    assert bool(list(candidates.sharing(keys, [1]))) == bool(pairs)


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
    assert bool(list(candidates.sharing(keys, [1]))) == pairs


def test_what_more_than_a_few_share_brings_nobody_together() -> None:
    words = "The lamp in hall nine is blue, and so is the door."
    keys = [candidates.shared_keys(read(words, "en"))] * 20
    assert not list(candidates.sharing(keys, [0]))
