"""Days and times as options give them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import typer


def day(given: str | None, option: str) -> date | None:
    """Return the day that an option names; None where it is not given.

    Raises:
        typer.BadParameter: It names none.
    """
    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        hint = f"{given!r} is no date. Give one such as 2026-03-31."
        raise typer.BadParameter(hint, param_hint=option) from None


def instant(given: str | None, option: str, *, of_day: time = time.min) -> datetime | None:
    """Return the instant that an option names, in UTC where no zone is named.

    Args:
        given: A day, or a day with a time; None where it is not given, as what is returned.
        option: What the option is called.
        of_day: What is meant where a day alone is given.

    Raises:
        typer.BadParameter: It names none.
    """
    if given is None:
        return None
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        hint = f"{given!r} is no date. Give one such as 2026-03-31 or 2026-03-31T08:00Z."
        raise typer.BadParameter(hint, param_hint=option) from None
    if len(given) <= len("2026-03-31"):
        found = datetime.combine(found, of_day)
    return found.replace(tzinfo=found.tzinfo or UTC)
