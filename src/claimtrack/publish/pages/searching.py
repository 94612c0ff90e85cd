"""Search: words, filters, and what to narrow by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from claimtrack.publish.desk import Desk
from claimtrack.publish.paging import Paging
from claimtrack.store.narrowing import Facet, Filters
from claimtrack.store.refs import source_refs
from claimtrack.store.search import KINDS, Wanted, facets, find, most_ranked
from claimtrack.store.views import SearchPage, SourceRef

HITS = 20
"""Search results on a page."""

VOCABULARIES = ("channel", "stance", "assertion")
"""Filters whose values have names in the catalogues."""


class Found(NamedTuple):
    """The answer to a search; `sources` are those that filters and facets name, by id."""

    results: SearchPage
    facets: tuple[Facet, ...]
    sources: dict[str, SourceRef]


class Choice(NamedTuple):
    """A way to narrow a search, or a filter to take away: what it is called and where it leads."""

    name: str
    value: str
    called: SourceRef | str
    address: str
    number: int = 0


async def search(desk: Desk) -> Any:
    """Show what answers to the words searched for and passes the filters."""
    if desk.still:
        return await desk.page("ct_still.html")
    query, kind = desk.argument("q"), desk.argument("kind")
    kinds = (kind,) if kind in KINDS else KINDS
    filters, wrong = asked_for(desk)
    newest = desk.argument("order") == "newest"
    wanted = Wanted(kinds, desk.argument("exact") == "1", newest, filters)
    paging = Paging.of(desk.argument("page"), HITS)
    found = await desk.read(_found, query, wanted, paging)
    total = found.results.total
    if paging.over(total).page < paging.page:
        return desk.redirect(desk.here(page=paging.over(total).page))
    return await desk.page(
        "ct_search.html",
        {"results": found.results, "facets": [facet._asdict() for facet in found.facets]},
        q=query,
        kind=kind if kind in KINDS else "",
        kinds=KINDS,
        exact=wanted.exact,
        newest=newest,
        filters=filters,
        wrong=wrong,
        chosen=[_filter(desk, found, name) for name in filters.on],
        narrower=[(facet.name, _choices(desk, found, facet)) for facet in found.facets],
        paging=paging.over(total),
        followed=_followed(desk),
    )


def _followed(desk: Desk) -> str:
    """Return the address of the feed of this search."""
    kept = ("q", "exact", *Filters._fields)
    asked = {name: desk.argument(name) for name in kept}
    return desk.links.page("search.atom", **asked, lang=desk.t.code)


def asked_for(desk: Desk) -> tuple[Filters, tuple[str, ...]]:
    """Return the filters of an address, and the words in it that are no dates."""
    values = {name: desk.argument(name) for name in Filters._fields}
    wrong = tuple(values[name] for name in ("since", "until") if not _is_date(values[name]))
    kept = {name: value for name, value in values.items() if value not in wrong}
    return Filters(**kept), wrong


def _is_date(text: str) -> bool:
    """Tell whether a text is empty, a day, or the month or year that one begins with."""
    try:
        return not text or bool(
            date.fromisoformat((text + "-01-01")[:10] if len(text) < 8 else text)
        )
    except ValueError:
        return False


def _found(connection: Any, query: str, wanted: Wanted, paging: Paging) -> Found:
    wanted = wanted._replace(most=most_ranked(connection))
    results = find(connection, query, wanted, (paging.size, paging.offset))
    some = facets(connection, query, wanted) if results.total else ()
    ids = [value for facet in some if facet.name == "source" for value, _ in facet.values]
    return Found(results, some, source_refs(connection, [*ids, wanted.filters.source]))


def _filter(desk: Desk, found: Found, name: str) -> Choice:
    value = desk.argument(name)
    return Choice(
        name, value, _called(desk, found, name, value), desk.here(**{name: "", "page": ""})
    )


def _choices(desk: Desk, found: Found, facet: Facet) -> list[Choice]:
    """Return the values of a facet that are not chosen already, months the latest first."""
    if facet.name == "month":
        months = sorted(facet.values, reverse=True)
        return [_month(desk, month, number) for month, number in months]
    return [
        Choice(
            facet.name,
            value,
            _called(desk, found, facet.name, value),
            desk.here(**{facet.name: value, "page": ""}),
            number,
        )
        for value, number in facet.values
        if value != desk.argument(facet.name)
    ]


def _month(desk: Desk, month: str, number: int) -> Choice:
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    address = desk.here(since=first.isoformat(), until=last.isoformat(), page="")
    return Choice("month", month, month, address, number)


def _called(desk: Desk, found: Found, name: str, value: str) -> SourceRef | str:
    if name == "source":
        return found.sources.get(value, value)
    if name in VOCABULARIES:
        return desk.t.term(name, value)
    if name == "language":
        return desk.t.language(value)
    return desk.t.country(value) if name == "country" else value
