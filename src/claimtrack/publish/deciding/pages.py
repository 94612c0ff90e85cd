"""The review desk on the site: what waits, pairs of claims, claims, sources, what was done."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from claimtrack.errors import InputError, UnknownIdError
from claimtrack.model.vocabulary import Verdict
from claimtrack.publish import highlight, ours
from claimtrack.publish.deciding.forms import (
    UNDONE_HERE,
    Form,
    Given,
    Refusal,
    decided,
    onward,
    sent,
    shared,
    status_of,
    unseen,
)
from claimtrack.publish.deciding.queue import PLACES, asked_for, left, take_next
from claimtrack.publish.deciding.words import Stretch, difference
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.lists import full_id
from claimtrack.review import verdicts
from claimtrack.review.queues import MOST_COUNTED, Queue, page, refuse_held
from claimtrack.store import Store, last, notes, read, relations
from claimtrack.store.attributions import attribution_views
from claimtrack.store.clusters import cluster_of
from claimtrack.store.decisions import claim_grades, reviews, source_grades
from claimtrack.store.grades import CREDIBILITY, RELIABILITY, Grade, Review
from claimtrack.store.history import EVERYTHING, Entry, entries
from claimtrack.store.names import candidates, names
from claimtrack.store.queues import reports
from claimtrack.store.views import AttributionView

WAITING = 50
"""Things that wait, on a page."""

DONE = 50
"""What was done last, on a page."""

REPORTS = 12
"""Reports of a claim or a source beside the form."""

LIKE = 8
"""Sources that one may be."""


async def overview(desk: Desk) -> Any:
    """Show what waits for a decision."""
    return await desk.page(
        "ct_review.html",
        left=await desk.read(left),
        most=MOST_COUNTED,
        **shared(desk, Form({}), None),
    )


async def waiting(desk: Desk) -> Any:
    """Show what waits in a queue, from a place on."""
    queue = Queue(desk.request.url_vars["queue"])
    rows = await desk.read(_rows, queue, desk.argument("after"))
    return await desk.page(
        "ct_review_queue.html",
        waiting=queue.value,
        rows=rows,
        context=highlight.context,
        place=PLACES[queue],
        more=rows[-1].place if len(rows) == WAITING else "",
        **shared(desk, Form({}), None),
    )


async def following(desk: Desk) -> Any:
    """Put what waits next before the reviewer, and lead them there."""
    if desk.request.method != "POST":
        return desk.redirect(desk.links.page("review"))
    queue = asked_for((await sent(desk)).one("queue"))
    if queue is None:
        return desk.redirect(desk.links.page("review"))
    who = desk.reviewer
    page = await ours.REVIEWED[desk.datasette].write(
        lambda store, at: take_next(store, queue, who, at, decided=False)
    )
    return onward(desk, page or "review")


async def log(desk: Desk) -> Any:
    """Show what was done last, by everybody."""
    return await _log(desk, Form({}), None)


async def undo(desk: Desk) -> Any:
    """Undo what was done, as the form says."""
    return await decided(desk, _log, _undo, "review/log")


async def pair(desk: Desk) -> Any:
    """Show two claims side by side, and record whether they are one."""
    await desk.read(last.suggested, desk.wanted)  # nothing is noted beside what is not there
    return await decided(desk, _show_pair, _judge, f"review/pair/{desk.wanted}")


async def claim(desk: Desk) -> Any:
    """Show a claim with what it rests on, and record a verdict or a grade."""
    desk.known = await desk.read(cluster_of, await full_id(desk, "claim"))
    return await decided(desk, _show_claim, _assess, f"review/claim/{desk.wanted}")


async def source(desk: Desk) -> Any:
    """Show a source with what it said, and record a grade, or that it is one with another."""
    desk.known = await full_id(desk, "source")
    return await decided(desk, _show_source, _about_source, f"review/source/{desk.wanted}")


class Row(NamedTuple):
    """Something that waits, in a list.

    Attributes:
        id: Its id; `place` is where it stands in its queue.
        reports: What is shown of it: its report, both of a pair, the first of a claim's.
    """

    id: str
    place: str
    reports: tuple[AttributionView, ...]


def _rows(connection: Any, queue: Queue, after: str) -> list[Row]:
    items = page(connection, queue, after, WAITING)
    shown = {item.id: _reports(connection, queue, item.id) for item in items}
    views = {
        one.id: one
        for one in attribution_views(connection, [each for some in shown.values() for each in some])
    }
    return [
        Row(item.id, item.place, tuple(views[each] for each in shown[item.id] if each in views))
        for item in items
    ]


def _reports(connection: Any, queue: Queue, item: str) -> tuple[str, ...]:
    if queue is Queue.PAIRS:
        found = relations.suggested(connection, item)
        return (found.left_report, found.right_report) if found else ()
    return reports(connection, item, 1)[1] if queue is Queue.VERDICTS else (item,)


async def _log(desk: Desk, form: Form, refusal: Refusal | None) -> Any:
    events = await desk.read(_events)
    return await desk.page(
        "ct_review_log.html",
        status=status_of(refusal),
        events=events,
        **shared(desk, form, refusal),
    )


def _events(connection: Any) -> list[Entry]:
    return list(entries(connection, EVERYTHING, limit=DONE))


def _undo(store: Store, given: Given) -> str:
    done = given.form.one("id")
    if done.partition("-")[0] not in UNDONE_HERE:
        raise UnknownIdError(done, " or ".join(UNDONE_HERE))
    store.undo(done, user=given.by, at=given.at)
    return done


async def _show_pair(desk: Desk, form: Form, refusal: Refusal | None) -> Any:
    found = await desk.read(last.suggested, desk.wanted)
    texts = found.left.text, found.right.text
    if found.left.lang == found.right.lang:
        left, right = difference(*texts)
    else:  # of two languages every word would be another
        left, right = ([Stretch(text, differs=False)] for text in texts)
    both = await desk.read(attribution_views, found.reports)
    return await desk.page(
        "ct_review_pair.html",
        status=status_of(refusal),
        pair=found,
        sides=((found.left, left), (found.right, right)),
        reports=both,
        context=highlight.context,
        notes=await desk.read(notes.of, desk.wanted),
        **shared(desk, form, refusal),
    )


def _judge(store: Store, given: Given) -> str:
    found = last.suggested(store.connection, given.wanted)
    unseen(given.form, found.decided)
    refuse_held(store, given.wanted, user=given.by, at=given.at)
    return store.judge(
        found.left.id,
        found.right.id,
        _chosen(given.form, "verdict", tuple(Verdict)),
        evidence=given.form.one("reason") or "judged by hand",
        run=None,
        user=given.by,
        at=given.at,
    )


async def _show_claim(desk: Desk, form: Form, refusal: Refusal | None) -> Any:
    found = await desk.read(read.claim, desk.wanted)
    return await desk.page(
        "ct_review_claim.html",
        status=status_of(refusal),
        claim=found,
        reports=found.attributions[:REPORTS],
        context=highlight.context,
        notes=await desk.read(notes.of, found.id),
        reviews=await desk.read(reviews, found.id),
        labels=labels(ours.REVIEWED[desk.datasette].scales),
        grades=await desk.read(claim_grades, found.id),
        credibility=CREDIBILITY,
        last=await desk.read(last.of_claim, found.id),
        **shared(desk, form, refusal),
    )


def _assess(store: Store, given: Given) -> str:
    _, known = read.resolve_id(store.connection, given.wanted, ("claim",))
    form = given.form
    unseen(form, last.of_claim(store.connection, known))
    refuse_held(store, known, user=given.by, at=given.at)
    if form.one("do") == "grade":
        graded = Grade(known, form.one("grade"), form.one("reason"))
        return verdicts.grade(store, graded, user=given.by, at=given.at)
    scale, label = _rating(given)
    review = Review(
        known,
        scale,
        label,
        form.one("text"),
        form.one("url") or None,
        tuple(form.one("links").split()),
        revises=form.one("revises") or None,
    )
    return verdicts.assess(store, given.scales, review, user=given.by, at=given.at)


def _rating(given: Given) -> tuple[str, str]:
    """Return the scale and the label that a form chose, by their places, or in any words."""
    form = given.form
    if not given.scales:
        return verdicts.ANY_WORDS, form.one("rating")
    chosen = form.one("label")
    for value, scale, label in labels(given.scales):
        if value == chosen:
            return scale, label
    wanted = chosen or form.one("rating")
    if not wanted:
        known = ", ".join(label for _, _, label in labels(given.scales))
        raise InputError("the form", f"no label is chosen. Choose one of: {known}.")
    return verdicts.first_scale(given.scales), wanted


def labels(scales: verdicts.Scales) -> list[tuple[str, str, str]]:
    """Return the labels of all scales, each with what a form calls it and its scale."""
    return [
        (f"{at}.{place}", scale, label)
        for at, (scale, known) in enumerate(scales.items())
        for place, label in enumerate(known)
    ]


async def _show_source(desk: Desk, form: Form, refusal: Refusal | None) -> Any:
    found = await desk.read(read.source, desk.wanted, REPORTS)
    known = await desk.kept("names", names)
    like = await desk.read(candidates, known, form.one("like") or found.source.name, limit=LIKE + 1)
    return await desk.page(
        "ct_review_source.html",
        status=status_of(refusal),
        source=found,
        context=highlight.context,
        like=[one for one in like if one.source.id != found.ref.id][:LIKE],
        grades=await desk.read(source_grades, [found.ref.id, *(one.id for one in found.merged)]),
        reliability=RELIABILITY,
        last=await desk.read(last.of_source, found.ref.id),
        **shared(desk, form, refusal),
    )


def _about_source(store: Store, given: Given) -> str:
    known = read.resolve_source(store.connection, given.wanted)
    form = given.form
    unseen(form, last.of_source(store.connection, known))
    if form.one("do") == "merge":
        other = read.resolve_source(store.connection, form.one("other"))
        return store.merge_sources(
            other, known, form.one("reason") or "judged by hand", user=given.by, at=given.at
        )
    days = (_day(form.one(name)) for name in ("since", "until"))
    graded = Grade(known, form.one("grade"), form.one("reason"), form.one("topic") or None, *days)
    return verdicts.grade(store, graded, user=given.by, at=given.at)


def _day(written: str) -> str | None:
    try:
        return date.fromisoformat(written).isoformat() if written else None
    except ValueError:
        raise InputError(written, "is no date. Give one such as 2026-03-31.") from None


def _chosen(form: Form, name: str, among: tuple[Verdict, ...]) -> Verdict:
    chosen = form.one(name)
    for each in among:
        if each == chosen:
            return each
    raise InputError(chosen or "nothing", f"is none of {', '.join(among)}. Choose one of them.")
