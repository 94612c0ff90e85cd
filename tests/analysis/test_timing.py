"""Times are intervals: how long a relay took, and what appeared first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.analysis.timing import first_appearance, in_the_future, lag, lags
from claimtrack.model.document import StatedTime
from claimtrack.model.vocabulary import Precision, TimeEvidence

from .webs import day, made, report

HOUR = timedelta(hours=1)
SECOND, ABOUT, MONTH = Precision.SECOND, Precision.ABOUT_DAY, Precision.MONTH


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        (
            day("2026-01-01T15:00:00+03:00", SECOND),
            day("2026-01-01T12:00:00+00:00", SECOND),
            (0 * HOUR, 0 * HOUR),
        ),
        (day("2026-01-02"), day("2026-01-01"), (0 * HOUR, 48 * HOUR)),
        (day("2026-01-01"), day("2026-01-01"), (-24 * HOUR, 24 * HOUR)),
        (day("2028-02-29", ABOUT), day("2028-02-29"), (-48 * HOUR, 48 * HOUR)),
        (day("2026-03-01", MONTH), day("2026-03-01"), (-24 * HOUR, 31 * 24 * HOUR)),
        (day("2026-01-02"), StatedTime(), None),
    ],
)
def test_a_lag_is_as_wide_as_its_times(
    child: StatedTime, parent: StatedTime, expected: tuple[timedelta, timedelta] | None
) -> None:
    assert lag(child, parent) == expected


def test_a_child_before_its_parent_is_an_error_and_not_clamped() -> None:
    web = made(
        [report("p", published=day("2026-01-05")), report("c", 1, published=day("2026-01-01"))],
        [("c", "p")],
    )
    (found,) = lags(web)
    assert found.impossible
    assert found.most == -3 * 86_400


def test_relays_within_an_article_take_no_time() -> None:
    web = made([report("p", document_id="one"), report("c", 1, document_id="one")], [("c", "p")])
    assert lags(web) == ()


def test_the_first_is_the_one_that_was_surely_out_earliest() -> None:
    some = [
        report("month", 0, published=day("2026-01-01", Precision.MONTH)),
        report("day", 1, published=day("2026-01-10")),
    ]
    found = first_appearance(made(some))
    assert (found.report, found.evidence) == ("day", TimeEvidence.PAGE_METADATA)
    assert not found.certain  # the other may be of the second of January


def test_an_undated_report_could_precede() -> None:
    found = first_appearance(made([report("a", published=day("2026-01-01")), report("b", 1)]))
    assert (found.report, found.certain, found.could_precede) == ("a", False, 1)


def test_without_any_date_nothing_is_first() -> None:
    found = first_appearance(made([report("a"), report("b", 1)]))
    assert (found.report, found.evidence) == (None, TimeEvidence.COLLECTED_ONLY)


def test_a_single_dated_report_is_certain() -> None:
    stamp = day("2026-01-01T10:00:00", Precision.MINUTE)
    found = first_appearance(made([report("a", published=stamp)]))
    assert (found.certain, found.evidence) == (True, TimeEvidence.PLATFORM_TIMESTAMP)


def test_a_date_after_the_day_it_was_collected_is_named() -> None:
    some = [report("a", published=day("2040-01-01")), report("b", 1, published=day("2026-01-01"))]
    assert in_the_future(some) == ("doc-a",)


@given(st.permutations(["2026-01-01", "2026-01-02", "2026-01-03"]))
def test_the_order_of_recording_makes_no_difference_to_what_was_first(order: list[str]) -> None:
    some = [report(each, at, published=day(each)) for at, each in enumerate(order)]
    assert first_appearance(made(some)).report == "2026-01-01"
