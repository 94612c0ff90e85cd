"""Figures by outlet, kind and cue."""

from __future__ import annotations

import pytest

from claimtrack.evaluation.groups import By, Group, group_rows, groups
from claimtrack.evaluation.lines import by_id
from claimtrack.evaluation.score import compare

from .building import GOLD, LENA, OMAR, TEXT, lines, one

WRONG_SOURCE = one("Lena", "believes", "that prices fell", kind="mixed")


def group(name: str, *counts: int) -> Group:
    return Group(name, *counts)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (By.KIND, [group("indirect", 2, 1, 2, 1, 1, 1), group("mixed", 0, 1, 0, 0, 1, 0)]),
        (By.CUE, [group("believes", 1, 1, 1, 0, 1, 0), group("said", 1, 1, 1, 1, 1, 1)]),
        (By.OUTLET, [group("", 2, 2, 2, 1, 2, 1)]),
    ],
)
def test_a_group_counts_its_own_gold_and_predictions(by: By, expected: list[Group]) -> None:
    assert groups(compare(GOLD, lines(LENA, WRONG_SOURCE)), by) == expected


def test_outlets_are_those_of_gold() -> None:
    articles = [
        {"id": "1", "outlet": "Naba", "text": TEXT, "attributions": [LENA, OMAR]},
        {"id": "2", "outlet": "Sada", "text": TEXT, "attributions": [LENA]},
    ]
    gold = by_id((f"gold:{n}", article) for n, article in enumerate(articles))
    found = groups(compare(gold, by_id([("pred:1", articles[1])])), By.OUTLET)
    assert [(one.name, one.f1(sources=True)) for one in found] == [("Naba", 0), ("Sada", 1)]


def test_f1_is_the_harmonic_mean_of_both_sides() -> None:
    assert group("x", 4, 2, 2, 1, 2, 1).f1(sources=False) == pytest.approx(2 / 3)
    assert group("x", 4, 2, 2, 1, 2, 1).f1(sources=True) == pytest.approx(1 / 3)
    assert group("x", 0, 0, 0, 0, 0, 0).f1(sources=True) == 0


def test_the_table_has_a_row_a_group() -> None:
    found = groups(compare(GOLD, lines(LENA, one("Omar", "fell", "fell"))), By.CUE)
    rows = group_rows(found, By.CUE)
    assert [row[:5] for row in rows] == [
        ["cue", "gold", "predicted", "found", "right"],
        ["believes", "1", "0", "0", "0"],
        ["fell", "0", "1", "0", "0"],
        ["said", "1", "1", "1", "1"],
    ]
    assert rows[3][5:] == ["100.0", "100.0"]
