"""A stated time is shown no more exactly than it was stated, and in its own zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claimtrack.model.document import StatedTime
from claimtrack.model.vocabulary import Precision

EVENING = datetime(2025, 3, 2, 21, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "zone", "shown"),
    [
        (Precision.YEAR, None, "2025"),
        (Precision.MONTH, None, "2025-03"),
        (Precision.DAY, None, "2025-03-02"),
        (Precision.DAY, "+03:00", "2025-03-03"),
        (Precision.MINUTE, "+03:00", "2025-03-03T00:00+03:00"),
        (Precision.SECOND, "-0330", "2025-03-02T17:30:05-03:30"),
        (Precision.SECOND, "EET", "2025-03-02T21:00:05+00:00"),
        (Precision.SECOND, "+99:00", "2025-03-02T21:00:05+00:00"),
        (Precision.UNKNOWN, None, ""),
    ],
)
def test_it_is_shown_as_exactly_as_it_was_stated(
    precision: Precision, zone: str | None, shown: str
) -> None:
    assert StatedTime(stated="…", utc=EVENING, precision=precision, zone=zone).iso() == shown


def test_a_time_that_nobody_stated_is_shown_as_nothing() -> None:
    assert StatedTime().iso() == ""
