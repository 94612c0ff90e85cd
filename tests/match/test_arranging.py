"""The order in which pairs are compared: those of near contents together."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from claimtrack.match import arranging
from claimtrack.match.arranging import arranged


def themed(count: int, themes: int) -> tuple[NDArray[np.float16], NDArray[np.int64]]:
    """Return unit vectors around themes, in no order, and the theme of each."""
    draw = np.random.default_rng(3)
    which = draw.integers(0, themes, count)
    vectors = draw.normal(size=(themes, 32))[which] + 0.1 * draw.normal(size=(count, 32))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit.astype(np.float16), which


@pytest.mark.parametrize("leaf", [1, 50, 10_000])
def test_every_place_has_a_number_of_its_own(leaf: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranging, "_LEAF", leaf)
    monkeypatch.setattr(arranging, "_BRANCHES", 4)
    vectors, _ = themed(700, 9)
    some = np.arange(0, 700, 2)
    assert sorted(arranged(vectors, some)) == list(range(350))


def test_near_vectors_stand_close_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranging, "_LEAF", 20)
    monkeypatch.setattr(arranging, "_BRANCHES", 8)
    vectors, theme = themed(1_000, 40)
    ranks = arranged(vectors, np.arange(1_000))
    alike = theme[np.argsort(ranks)]
    assert np.mean(alike[1:] == alike[:-1]) > 0.6
    assert np.mean(theme[1:] == theme[:-1]) < 0.1


def test_vectors_that_are_all_the_same_end() -> None:
    same = np.ones((2_000, 4), dtype=np.float16) / 2
    assert len(set(arranged(same, np.arange(2_000)))) == 2_000
