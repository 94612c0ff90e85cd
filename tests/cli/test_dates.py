"""Dates on the command line: in UTC unless they say otherwise, a day's beginning or its end."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone

import pytest

from claimtrack.cli.dates import instant

EAST = timezone(timedelta(hours=3))


@pytest.mark.parametrize(
    ("given", "of_day", "meant"),
    [
        (None, time.min, None),
        ("2026-03-31", time.min, datetime(2026, 3, 31, tzinfo=UTC)),
        ("2026-03-31", time.max, datetime(2026, 3, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("2026-03-31T08:00", time.max, datetime(2026, 3, 31, 8, tzinfo=UTC)),
        ("2026-03-31T08:00Z", time.max, datetime(2026, 3, 31, 8, tzinfo=UTC)),
        ("2026-03-31T08:00+03:00", time.min, datetime(2026, 3, 31, 8, tzinfo=EAST)),
    ],
)
def test_an_instant_is_read(given: str | None, of_day: time, meant: datetime | None) -> None:
    assert instant(given, "--since", of_day=of_day) == meant
