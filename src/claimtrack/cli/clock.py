"""The clock. Nothing else in claimtrack reads the time: everywhere below it is an argument."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, in UTC."""
    return datetime.now(tz=UTC)  # noqa: TID251 (the one place)
