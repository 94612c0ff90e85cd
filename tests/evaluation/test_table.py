"""The table shows every measure in per cent, with intervals, and says what was not judged."""

from __future__ import annotations

from claimtrack.evaluation.score import score
from claimtrack.evaluation.table import table

from .building import GOLD, LENA, lines


def test_every_measure_has_a_row() -> None:
    scores = score(GOLD, lines(LENA), resamples=20)
    rows = table(scores).splitlines()
    assert rows[0] == "articles 1 (missing in prediction: 0), gold 2, predicted 1"
    assert [row.split()[0] for row in rows[2:]] == list(scores.measures)


def test_a_row_shows_figures_and_intervals_in_per_cent() -> None:
    rows = {row.split()[0]: row for row in table(score(GOLD, lines(LENA))).splitlines()}
    assert rows["attribution"].split() == [
        *("attribution", "100.0", "[100.0,100.0]"),
        *("50.0", "[50.0,50.0]", "66.7", "[66.7,66.7]"),
    ]
    assert "nothing to judge" in rows["relay"]
    assert rows["source_accuracy"].split()[1] == "100.0"


def test_without_intervals_the_figures_stand_alone() -> None:
    rows = {row.split()[0]: row for row in table(score(GOLD, GOLD, resamples=0)).splitlines()}
    assert rows["attribution"].split() == ["attribution", "100.0", "100.0", "100.0"]
