"""An attribution in its article: accepted, rejected, corrected, split, joined, or added."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from claimtrack.errors import DecidedMeanwhileError, InputError, UnknownIdError
from claimtrack.publish import highlight, ours
from claimtrack.publish.deciding.drafts import FIELDS, Entered, drafted, entered, hull, lines
from claimtrack.publish.deciding.forms import (
    FIND,
    Form,
    Given,
    Refusal,
    decided,
    shared,
    status_of,
)
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.lists import full_id
from claimtrack.review import corrections
from claimtrack.review.corrections import Draft, Standing
from claimtrack.review.offers import NEW, Offer
from claimtrack.review.queues import Queue, candidates, refuse_held
from claimtrack.store import Store, notes, read
from claimtrack.store.names import candidates as named
from claimtrack.store.names import names
from claimtrack.store.notes import Note
from claimtrack.store.refs import source_refs
from claimtrack.store.versions import version_by_id
from claimtrack.store.views import AttributionView, SourceRef

PARTS = ("a.", "b.")
"""What the fields of each attribution of a form begin with."""

_SOURCES = ("who", *(f"{part}source_id" for part in PARTS))
"""The fields in which a source is chosen: by its id, or by its key and id where it is not held."""


MOST_OTHERS = 60
"""Other reports of a text that one can be joined with, or be relayed by."""


class Before(NamedTuple):
    """What is shown of an attribution that a reviewer has before them.

    Attributes:
        standing: Where it stands.
        view: It, in its sentence; None where it is retired.
        draft: It, to be changed.
        text: The text of its version.
        others: The other reports of the text, MOST_OTHERS of them.
        tokens: Where these stand, by their ids.
        notes: What reviewers noted beside it.
    """

    standing: Standing
    view: AttributionView | None
    draft: Draft
    text: str
    others: tuple[AttributionView, ...]
    tokens: dict[str, str]
    notes: tuple[Note, ...]


async def attribution(desk: Desk) -> Any:
    """Show an attribution, and record what is decided of it."""
    desk.known = await _full(desk)
    return await decided(desk, _show, _decide, f"review/attribution/{desk.wanted}")


async def split(desk: Desk) -> Any:
    """Show an attribution as two, and record them in its place."""
    desk.known = await _full(desk)
    return await decided(desk, _show_split, _split, f"review/attribution/{desk.wanted}")


async def missed(desk: Desk) -> Any:
    """Show a document, and record an attribution that was missed in it."""
    desk.known = await full_id(desk, "document")
    return await decided(desk, _show_missed, _add, f"review/document/{desk.wanted}")


async def _full(desk: Desk) -> str:
    """Return the full id of an attribution, of a retired one too."""
    try:
        return await full_id(desk, "attribution")
    except UnknownIdError:
        return (await desk.read(corrections.standing, desk.wanted)).id


def _before(connection: Any, id_: str) -> Before:
    standing = corrections.standing(connection, id_)
    found = read.version_attributions(connection, standing.version_id)
    others = tuple(one for one in found if one.id != id_)[:MOST_OTHERS]
    return Before(
        standing,
        next((one for one in found if one.id == id_), None),
        corrections.draft_of(connection, id_),
        version_by_id(connection, standing.version_id).text,
        others,
        {one.id: corrections.standing(connection, one.id).token for one in others},
        notes.of(connection, id_),
    )


async def _show(desk: Desk, form: Form, refusal: Refusal | None) -> Any:
    before = await desk.read(_before, desk.wanted)
    one = entered(form, PARTS[0], before.text, before.draft)
    likely = await _sources(desk, form, before.view, (one,))
    return await desk.page(
        "ct_review_attribution.html",
        status=status_of(refusal),
        offered=await _offered(desk, form, likely),
        **_form(desk, before, (one,), likely, refusal, form),
    )


async def _show_split(desk: Desk, form: Form, refusal: Refusal | None) -> Any:
    before = await desk.read(_before, desk.wanted)
    some = tuple(entered(form, part, before.text, before.draft) for part in PARTS)
    likely = await _sources(desk, form, before.view, some)
    return await desk.page(
        "ct_review_split.html",
        status=status_of(refusal),
        offered=await _offered(desk, form, likely),
        **_form(desk, before, some, likely, refusal, form),
    )


async def _show_missed(desk: Desk, form: Form, refusal: Refusal | None) -> Any:
    view = await desk.read(read.document, desk.wanted)
    one = entered(form, PARTS[0], view.text, None)
    likely = await _sources(desk, form, None, (one,), view.attributions)
    return await desk.page(
        "ct_review_missed.html",
        status=status_of(refusal),
        document=view.ref,
        lines=list(lines(view.text, None, one)),
        drafts=(one,),
        others=view.attributions,
        sources=likely,
        offered=await _offered(desk, form, likely),
        choices_of=_choices(desk),
        **shared(desk, form, refusal),
    )


def _form(
    desk: Desk,
    before: Before,
    some: Sequence[Entered],
    likely: tuple[SourceRef, ...],
    refusal: Refusal | None,
    form: Form,
) -> dict[str, Any]:
    around = None if desk.argument("whole") else hull(before.draft)
    return {
        "found": before.view,
        "context": highlight.context,
        "standing": before.standing,
        "others": before.others,
        "drafts": some,
        "lines": list(lines(before.text, around, some[0])),
        "sources": likely,
        "opened": _opened(desk, form),
        "tokens": before.tokens,
        "notes": before.notes,
        "choices_of": _choices(desk),
        **shared(desk, form, refusal),
    }


def _opened(desk: Desk, form: Form) -> str:
    """Return which of the page's forms is open: that which was sent, or that is asked for."""
    done = form.one("do")
    if done == FIND:
        return "correct" if f"{PARTS[0]}kind" in form.values else "resolve"
    if done:
        return done
    if desk.argument("whole"):
        return "correct"
    return "resolve" if desk.argument("queue") == Queue.SOURCES else ""


def _choices(desk: Desk) -> Callable[[str], list[tuple[str, str]]]:
    """Return what gives the values of a field, each with its name."""
    return lambda field: [(each.value, desk.t.term(field, each.value)) for each in FIELDS[field]]


async def _sources(
    desk: Desk,
    form: Form,
    view: AttributionView | None,
    some: Sequence[Entered],
    others: Sequence[AttributionView] = (),
) -> tuple[SourceRef, ...]:
    """Return the sources that may be meant: chosen ones, likely ones, those of a name."""
    found = [one.source for one in some if one.source]
    if view:
        found += [one.source.id for one in await desk.read(candidates, view)]
    found += [one.source.id for one in others if one.source]
    if wanted := form.one("find"):
        known = await desk.kept("names", names)
        found = [one.source.id for one in await desk.read(named, known, wanted, limit=9)] + found
    refs = await desk.read(source_refs, found)
    return tuple({refs[each].id: refs[each] for each in found if each in refs}.values())


async def _offered(desk: Desk, form: Form, held: Sequence[SourceRef]) -> tuple[Offer, ...]:
    """Return the sources of the name that is looked for which are not held, a new one last."""
    known, wanted = ours.REVIEWED[desk.datasette].offers, form.one("find")
    if known is None or not wanted:
        return ()
    ids = {one.id for one in held}
    found = await asyncio.to_thread(known.look, wanted)
    return tuple(one for one in found if one.id not in ids)


def _seen(store: Store, given: Given, id_: str) -> Standing:
    """Return where an attribution stands, if it is where the reviewer saw it.

    Raises:
        DecidedMeanwhileError: It is not.
        HeldError: Somebody else has it before them.
    """
    now = corrections.standing(store.connection, id_)
    if given.form.one(f"seen.{id_}") != now.token:
        last = now.decided
        raise DecidedMeanwhileError(*((last.action, last.by, last.at) if last else ("", "", "")))
    refuse_held(store, id_, user=given.by, at=given.at)
    return now


def _holding(store: Store, given: Given) -> Form:
    """Return what was sent; a source that was chosen and not held is, from now on.

    Raises:
        DatabaseError: A new one has a name that is taken.
        InputError: It has none.
    """
    values = dict(given.form.values)
    for name in _SOURCES:
        key, _, source_id = given.form.one(name).rpartition(" ")
        if not key:
            continue
        if not key.removeprefix(NEW).strip():
            raise InputError("the form", "the new source has no name. Write one.")
        if given.offers is None:
            raise UnknownIdError(source_id, "source")
        given.offers.hold(store, key, given.by, given.at)
        values[name] = [source_id]
    return Form(values)


def _decide(store: Store, given: Given) -> str:
    form, id_ = given.form, given.wanted
    now, why = _seen(store, given, id_), form.one("reason")
    how: dict[str, Any] = {"by": given.by, "at": given.at, "seen": now.token}
    what = form.one("do")
    if what == "accept":
        return corrections.accept(store, id_, reason=why, **how)
    if what == "reject":
        return corrections.reject(store, id_, reason=why, **how)
    if what == "join":
        ids = [id_, *form.several("with")]
        how["seen"] = [_seen(store, given, each).token for each in ids]
        return corrections.join(store, ids, reason=why, **how)
    before, form = corrections.draft_of(store.connection, id_), _holding(store, given)
    if what == "resolve":
        if not form.one("who"):
            raise InputError("the form", "no source is chosen. Choose one.")
        known = before.changed(source_id=form.one("who"))
        return corrections.correct(store, id_, known, reason=why, **how)
    if what != "correct":
        raise InputError("the form", f"{what!r} is nothing that can be done.")
    text = version_by_id(store.connection, now.version_id).text
    made = drafted(form, PARTS[0], text, before)
    return corrections.correct(store, id_, made, reason=why, **how)


def _split(store: Store, given: Given) -> str:
    form, id_ = given.form, given.wanted
    now = _seen(store, given, id_)
    before, form = corrections.draft_of(store.connection, id_), _holding(store, given)
    text = version_by_id(store.connection, now.version_id).text
    some = [drafted(form, part, text, before) for part in PARTS]
    return corrections.split(
        store,
        id_,
        sorted(some, key=lambda one: one.content),
        by=given.by,
        at=given.at,
        reason=form.one("reason"),
        seen=now.token,
    )


def _add(store: Store, given: Given) -> str:
    view = read.document(store.connection, given.wanted)
    return corrections.add_missed(
        store,
        view.ref.version_id,
        drafted(_holding(store, given), PARTS[0], view.text, None),
        by=given.by,
        at=given.at,
        reason=given.form.one("reason"),
    )
