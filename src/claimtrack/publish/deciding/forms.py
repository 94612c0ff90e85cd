"""What a form sent, and what is told to whoever sent it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import parse_qs, parse_qsl

from datasette import Response

from claimtrack.errors import (
    AmbiguousIdError,
    ClaimtrackError,
    DecidedMeanwhileError,
    HeldError,
    RetiredError,
    UnknownIdError,
)
from claimtrack.publish import ours
from claimtrack.publish.deciding.queue import asked_for, take_next
from claimtrack.publish.deciding.refusals import worded
from claimtrack.publish.desk import Desk
from claimtrack.review.offers import Offers
from claimtrack.review.verdicts import Scales
from claimtrack.store import Store, log, notes
from claimtrack.store.last import Decided

MOST_FIELDS = 400
"""Fields of a form."""

UNDONE_HERE = ("judgement", "review", "grade", "edit", "correction", "note")
"""What is undone on the site, by the first part of its id; the rest is, with the commands."""

FIND = "find"
"""What a form sends that only looks for a source, and records nothing."""

NOTE = "note"
"""What a form sends that notes something beside a thing, and decides nothing."""

_NOTED = ("attribution", "suggestion", "claim")
"""What is noted beside, by the first part of its id."""

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
        scales: The desk's scales of verdicts.
        offers: What knows sources beside those that are held.
    """

    form: Form
    wanted: str
    by: str
    at: datetime
    scales: Scales
    offers: Offers | None = None


class Refusal(NamedTuple):
    """Why what was sent is not recorded.

    Attributes:
        error: What is wrong, as the commands say it.
    """

    error: ClaimtrackError

    @property
    def meanwhile(self) -> DecidedMeanwhileError | None:
        """What somebody decided since it was shown; None where that is not why."""
        return self.error if isinstance(self.error, DecidedMeanwhileError) else None

    @property
    def held(self) -> HeldError | None:
        """Who else has it before them; None where that is not why."""
        return self.error if isinstance(self.error, HeldError) and self.error.user else None

    @property
    def retired(self) -> RetiredError | None:
        """What retired it before it was shown; None where that is not why."""
        return self.error if isinstance(self.error, RetiredError) else None

    @property
    def status(self) -> int:
        """The HTTP status."""
        return 409 if isinstance(self.error, DecidedMeanwhileError | HeldError) else 400


Show = Callable[[Desk, Form, Refusal | None], Awaitable[Any]]
"""Makes the page with the form, given what was entered and why it was refused, if it was."""

Act = Callable[[Store, Given], str]
"""Records a decision; returns its id."""


async def decided(desk: Desk, show: Show, act: Act, onto: str) -> Any:
    """Show a form; record what it sends, or show it again and say why that cannot be.

    Whoever works through a queue is led to what waits next, others where the page says.

    Args:
        desk: The request.
        show: Makes the page.
        act: Records what was sent, within a transaction.
        onto: The page to go on to outside a queue.
    """
    if desk.request.method != "POST":
        return await show(desk, Form({}), None)
    form, wanted, who = await sent(desk), desk.wanted, desk.reviewer
    if form.one("do") == FIND:
        return await show(desk, form, None)

    site = ours.REVIEWED[desk.datasette]
    queue = asked_for(form.one("queue"))
    noting = form.one("do") == NOTE and wanted.partition("-")[0] in _NOTED

    def recording(store: Store, at: datetime) -> tuple[str, str]:
        if noting:
            by = log.By(who, at)
            return notes.write(store.connection, wanted, form.one("note"), by), ""
        made = act(store, Given(form, wanted, who, at, site.scales, site.offers))
        return made, take_next(store, queue, who, at, decided=True) if queue else ""

    try:
        made, following = await site.write(recording)
    except ClaimtrackError as error:
        if isinstance(error, UnknownIdError | AmbiguousIdError) and error.wanted == wanted:
            raise
        return await show(desk, form, Refusal(error))
    page = following or ("review" if form.one("queue") else onto)
    if noting:  # it decides nothing: the same thing is before the reviewer
        page = f"{onto}?queue={queue.value}" if queue else onto
    return onward(desk, page, made)


def onward(desk: Desk, page: str, done: str = "") -> Any:
    """Send the reviewer on to a page, to be told there what was recorded."""
    path, _, query = page.partition("?")
    asked = dict(parse_qsl(query))
    return Response.redirect(desk.links.page(path, **asked, done=done), status=303)


def shared(desk: Desk, form: Form, refusal: Refusal | None) -> dict[str, Any]:
    """Return what every page of the desk's shows: what was recorded, or why it was not."""
    queue = asked_for(form.one("queue") or desk.argument("queue"))
    return {
        "done": recorded(desk),
        "worded": partial(worded, desk.t),
        "form": form,
        "refusal": refusal,
        "kinds": UNDONE_HERE,
        "queue": queue.value if queue else "",
    }


def status_of(refusal: Refusal | None) -> int:
    """Return the HTTP status of a page with a form."""
    return refusal.status if refusal else 200


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
