"""What a form sent, and what is told to whoever sent it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from datasette import Response

from claimtrack.errors import (
    AmbiguousIdError,
    ClaimtrackError,
    DecidedMeanwhileError,
    UnknownIdError,
)
from claimtrack.publish import ours
from claimtrack.publish.desk import Desk
from claimtrack.store import Store
from claimtrack.store.last import Decided

MOST_FIELDS = 400
"""Fields of a form."""

_ID = re.compile(r"[a-z]+-[0-9a-f]{32}")


class Form(NamedTuple):
    """What a form sent.

    Attributes:
        values: What was entered, by the field's name.
    """

    values: dict[str, list[str]]

    def one(self, name: str) -> str:
        """Return what was entered in a field, without the space around it; "" where nothing."""
        return self.values.get(name, [""])[0].strip()

    def several(self, name: str) -> list[str]:
        """Return all that was chosen in a field."""
        return self.values.get(name, [])


async def sent(desk: Desk) -> Form:
    """Return what a form sent; nothing of what is none."""
    body = await desk.request.post_body()
    try:
        return Form(parse_qs(body.decode("utf-8"), max_num_fields=MOST_FIELDS))
    except (UnicodeDecodeError, ValueError):
        return Form({})


class Given(NamedTuple):
    """A decision that somebody sent.

    Attributes:
        form: What was entered.
        wanted: The id of what it is about, as the address has it.
        by: Who decides.
        at: The present instant.
    """

    form: Form
    wanted: str
    by: str
    at: datetime


class Refusal(NamedTuple):
    """Why what was sent is not recorded.

    Attributes:
        error: What is wrong, as the commands say it.
        meanwhile: What somebody else decided since it was shown; None where nobody did.
    """

    error: ClaimtrackError
    meanwhile: DecidedMeanwhileError | None

    @property
    def status(self) -> int:
        """The HTTP status."""
        return 409 if self.meanwhile else 400


Show = Callable[[Desk, Form, Refusal | None], Awaitable[Any]]
"""Makes the page with the form, given what was entered and why it was refused, if it was."""

Act = Callable[[Store, Given], str]
"""Records a decision; returns its id."""


async def decided(desk: Desk, show: Show, act: Act, onto: Callable[[Desk], Awaitable[str]]) -> Any:
    """Show a form; record what it sends, or show it again and say why that cannot be.

    Args:
        desk: The request.
        show: Makes the page.
        act: Records what was sent, within a transaction.
        onto: Returns the page to go on to.
    """
    if desk.request.method != "POST":
        return await show(desk, Form({}), None)
    form, wanted, who = await sent(desk), desk.wanted, desk.reviewer
    try:
        made = await ours.REVIEWED[desk.datasette].write(
            lambda store, at: act(store, Given(form, wanted, who, at))
        )
    except (UnknownIdError, AmbiguousIdError) as error:
        if error.wanted == wanted:
            raise
        return await show(desk, form, Refusal(error, None))
    except ClaimtrackError as error:
        other = error if isinstance(error, DecidedMeanwhileError) else None
        return await show(desk, form, Refusal(error, other))
    return Response.redirect(desk.links.page(await onto(desk), done=made), status=303)


def unseen(form: Form, last: Decided | None) -> None:
    """Refuse a decision on what somebody decided since it was shown.

    Raises:
        DecidedMeanwhileError: Somebody did.
    """
    if form.one("seen") == (last.id if last else ""):
        return
    raise DecidedMeanwhileError(*(last[1:] if last else ("", "", "")))


def recorded(desk: Desk) -> str:
    """Return the id of what was recorded just before, as the address says; "" for nothing."""
    done = desk.argument("done")
    return done if _ID.fullmatch(done) else ""
