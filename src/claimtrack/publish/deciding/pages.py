"""The review desk on the site: what waits, pairs of claims, claims, sources, what was done."""

from __future__ import annotations

from datetime import date
from typing import Any

from claimtrack.analysis.origins import origins
from claimtrack.analysis.web import load
from claimtrack.errors import InputError
from claimtrack.model.vocabulary import Verdict
from claimtrack.publish import highlight
from claimtrack.publish.deciding.forms import Form, Given, Refusal, decided, recorded, unseen
from claimtrack.publish.deciding.words import difference
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.lists import full_id
from claimtrack.store import Store, last, read, relations
from claimtrack.store.decisions import claim_grades, reviews, source_grades
from claimtrack.store.grades import CREDIBILITY, RELIABILITY, Grade, Review
from claimtrack.store.log import latest
from claimtrack.store.names import candidates, names
from claimtrack.store.undo import KINDS

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
    pairs = await desk.read(relations.suggestions, WAITING)
    return await desk.page("ct_review.html", pairs=pairs, **_shared(desk))


async def log(desk: Desk) -> Any:
    """Show what was done last, by everybody."""
    return await _log(desk, None)


async def undo(desk: Desk) -> Any:
    """Undo what was done, as the form says."""

    async def show(desk: Desk, _: Form, refusal: Refusal | None) -> Any:
        return await _log(desk, refusal)

    return await decided(desk, show, _undo, _to("review/log"))


async def pair(desk: Desk) -> Any:
    """Show two claims side by side, and record whether they are one."""
    return await decided(desk, _show_pair, _judge, _next_pair)


async def claim(desk: Desk) -> Any:
    """Show a claim with what it rests on, and record a verdict or a grade."""
    return await decided(desk, _show_claim, _assess, _to(f"review/claim/{desk.wanted}"))


async def source(desk: Desk) -> Any:
    """Show a source with what it said, and record a grade, or that it is one with another."""
    return await decided(desk, _show_source, _about_source, _to(f"review/source/{desk.wanted}"))


def _shared(desk: Desk, form: Form = Form({}), refusal: Refusal | None = None) -> dict[str, Any]:  # noqa: B008 (never changed)
    """Return what every page of the desk's shows: what was recorded, or why it was not."""
    return {"done": recorded(desk), "form": form, "refusal": refusal, "kinds": tuple(KINDS)}


def _status(refusal: Refusal | None) -> int:
    return refusal.status if refusal else 200


def _to(page: str) -> Any:
    async def onto(_: Desk) -> str:
        return page

    return onto


async def _log(desk: Desk, refusal: Refusal | None) -> Any:
    events = await desk.read(latest, DONE)
    return await desk.page(
        "ct_review_log.html",
        status=_status(refusal),
        events=events,
        **_shared(desk, refusal=refusal),
    )


def _undo(store: Store, given: Given) -> str:
    done = given.form.one("id")
    store.undo(done, user=given.by, at=given.at)
    return done


async def _show_pair(desk: Desk, form: Form, refusal: Refusal | None) -> Any:
    found = await desk.read(last.suggested, desk.wanted)
    left, right = difference(found.left.text, found.right.text)
    waiting = await desk.read(relations.suggestions, WAITING)
    after = _after([one.id for one in waiting], desk.wanted)
    return await desk.page(
        "ct_review_pair.html",
        status=_status(refusal),
        pair=found,
        sides=((found.left, left), (found.right, right)),
        skip=f"review/pair/{after}" if after else "review",
        **_shared(desk, form, refusal),
    )


def _judge(store: Store, given: Given) -> str:
    found = last.suggested(store.connection, given.wanted)
    unseen(given.form, found.decided)
    return store.judge(
        found.left.id,
        found.right.id,
        _chosen(given.form, "verdict", tuple(Verdict)),
        evidence=given.form.one("reason") or "judged by hand",
        run=None,
        user=given.by,
        at=given.at,
    )


async def _next_pair(desk: Desk) -> str:
    waiting = await desk.read(relations.suggestions, 1)
    return f"review/pair/{waiting[0].id}" if waiting else "review"


async def _show_claim(desk: Desk, form: Form, refusal: Refusal | None) -> Any:
    found = await desk.read(read.claim, await full_id(desk, "claim"))
    return await desk.page(
        "ct_review_claim.html",
        status=_status(refusal),
        claim=found,
        reports=found.attributions[:REPORTS],
        context=highlight.context,
        reviews=await desk.read(reviews, found.id),
        grades=await desk.read(claim_grades, found.id),
        credibility=CREDIBILITY,
        last=await desk.read(last.of_claim, found.id),
        **_shared(desk, form, refusal),
    )


def _assess(store: Store, given: Given) -> str:
    _, known = read.resolve_id(store.connection, given.wanted, ("claim",))
    form = given.form
    unseen(form, last.of_claim(store.connection, known))
    if form.one("do") == "grade":
        graded = Grade(known, form.one("grade"), form.one("reason"))
        count = origins(load(store.connection, known)).origins
        return store.grade(graded, origins=count, user=given.by, at=given.at)
    url = form.one("url") or None
    if url and not url.startswith(("http://", "https://")):
        raise InputError(url, "is no address of the web. Give one that begins with https://")
    review = Review(known, form.one("scale"), form.one("rating"), form.one("text"), url)
    return store.assess(review, user=given.by, at=given.at)


async def _show_source(desk: Desk, form: Form, refusal: Refusal | None) -> Any:
    found = await desk.read(read.source, await full_id(desk, "source"), REPORTS)
    known = await desk.kept("names", names)
    like = await desk.read(candidates, known, form.one("like") or found.source.name, limit=LIKE + 1)
    return await desk.page(
        "ct_review_source.html",
        status=_status(refusal),
        source=found,
        context=highlight.context,
        like=[one for one in like if one.source.id != found.ref.id][:LIKE],
        grades=await desk.read(source_grades, [found.ref.id, *(one.id for one in found.merged)]),
        reliability=RELIABILITY,
        last=await desk.read(last.of_source, found.ref.id),
        **_shared(desk, form, refusal),
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
    return store.grade(graded, origins=0, user=given.by, at=given.at)


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


def _after(waiting: list[str], this: str) -> str:
    """Return what waits after this one; "" where nothing does."""
    at = waiting.index(this) + 1 if this in waiting else 0
    left = waiting[at:] or waiting[: max(0, at - 1)]
    return left[0] if left else ""
