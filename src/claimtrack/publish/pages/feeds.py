"""Feeds: what answers to a search, what a source said, and what to be careful with."""

from __future__ import annotations

from typing import Any

from claimtrack.analysis.front import Alert
from claimtrack.publish.atom import Entry, Feed, write
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.home import HOME, WHOLE, front
from claimtrack.publish.pages.lists import full_id
from claimtrack.publish.pages.searching import asked_for
from claimtrack.store.dated import opened, recorded
from claimtrack.store.decisions import people
from claimtrack.store.search import Wanted, find, most_ranked
from claimtrack.store.views import Hit, Looked

ENTRIES = 40
"""Entries of a feed, the latest."""


async def search_feed(desk: Desk) -> Any:
    """Feed the reports that answer to a search, the last published first."""
    query = desk.argument("q")
    filters, _ = asked_for(desk)
    exact = desk.argument("exact") == "1"
    wanted = Wanted(("attribution",), exact, newest=True, filters=filters)
    hits, times = await desk.read(_found, query, wanted)
    looked = await desk.read(people, [hit.id for hit in hits])
    title = " · ".join(each for each in (desk.t("search.title"), query) if each)
    page = desk.here().replace("/search.atom", "/search", 1)
    return await _answer(
        desk, title, page, [_of_hit(desk, hit, times[hit.id], looked.get(hit.id)) for hit in hits]
    )


async def source_feed(desk: Desk) -> Any:
    """Lead to the feed of what a source said."""
    full = await full_id(desk, "source")
    return desk.redirect(desk.links.page("search.atom", source=full))


async def warnings_feed(desk: Desk) -> Any:
    """Feed the claims to be careful with; one whose warnings change comes anew."""
    found = await desk.kept(HOME, front, WHOLE)
    entries = [_of_alert(desk, alert) for alert in found.alerts]
    return await _answer(desk, desk.t("home.alerts"), desk.links.page(), entries)


def _found(connection: Any, query: str, wanted: Wanted) -> tuple[tuple[Hit, ...], dict[str, str]]:
    wanted = wanted._replace(most=most_ranked(connection))
    hits = find(connection, query, wanted, (ENTRIES, 0)).hits
    return hits, recorded(connection, (hit.id for hit in hits))


async def _answer(desk: Desk, title: str, page: str, entries: list[Entry]) -> Any:
    begun = await desk.read(opened)
    feed = Feed(
        desk.absolute(desk.here(lang=desk.t.code)),
        desk.absolute(page),
        title,
        desk.t.code,
        begun,
        entries,
    )
    return desk.file(write(feed), "application/atom+xml")


def _of_hit(desk: Desk, hit: Hit, at: str, looked: Looked | None) -> Entry:
    reviewed = f"{desk.t(f'report.{looked.how}')} {looked.by}" if looked else ""
    where = (hit.document.outlet or "", hit.document.published.iso(), hit.document.title)
    return Entry(
        desk.absolute(desk.links.thing(hit.id)),
        hit.text,
        hit.document.lang,
        hit.source.name_in(desk.t.code) if hit.source else "",
        " · ".join((*filter(None, where), reviewed or desk.t("report.machine"))),
        at,
    )


def _of_alert(desk: Desk, alert: Alert) -> Entry:
    told = (
        desk.t("warning.contested")
        if one.key == "contested"
        else desk.t.count(f"warning.{one.key}", one.number)
        for one in alert.warnings
    )
    mark = "-".join(one.key for one in alert.warnings)
    basis = desk.t.count("rests", alert.claim.reports)
    return Entry(
        f"{desk.absolute(desk.links.thing(alert.claim.id))}#{mark}",
        alert.claim.text,
        alert.claim.lang,
        "",
        " · ".join((*told, basis)),
        alert.at,
    )
