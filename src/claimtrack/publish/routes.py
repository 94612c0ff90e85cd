"""Our pages: each reads the store once or twice and hands the result to its template."""

from __future__ import annotations

from typing import Any

from datasette import Response

from claimtrack.analysis import trace
from claimtrack.analysis.branches import branches
from claimtrack.model.ids import content_id
from claimtrack.model.source import Source, SourceRelation
from claimtrack.model.vocabulary import PartRole
from claimtrack.publish import highlight
from claimtrack.publish.desk import Desk, View, page
from claimtrack.publish.paging import Paging
from claimtrack.store import read
from claimtrack.store.claims import claim_refs
from claimtrack.store.views import SourceRef

PAGE = 50
"""Rows on a page of a list."""

GLANCE = 6
"""Rows of each list on the first page."""

HITS = 20
"""Search results on a page."""

KINDS = ("claim", "attribution", "document")
"""What can be searched for."""

ROBOTS = "User-agent: *\nDisallow: /*?\nDisallow: /-/\n"


async def home(desk: Desk) -> Any:
    """Show the search box, the counts, and the beginnings of the lists."""
    return await desk.page(
        "ct_home.html",
        counts=await desk.read(read.counts),
        most=await desk.read(read.most_reported_claims, GLANCE),
        latest=await desk.read(read.latest_claims, GLANCE),
        heard=await desk.read(read.sources, limit=GLANCE),
        documents=await desk.read(read.documents, limit=GLANCE),
    )


async def search(desk: Desk) -> Any:
    """Show what answers to the words searched for."""
    query, kind = desk.argument("q"), desk.argument("kind")
    kinds = (kind,) if kind in KINDS else KINDS
    exact = desk.argument("exact") == "1"
    paging = Paging.of(desk.argument("page"), HITS)
    found = None
    if query:
        found = await desk.read(
            read.search, query, kinds=kinds, exact=exact, limit=HITS, offset=paging.offset
        )
        if paging.over(found.total).page < paging.page:
            return desk.redirect(desk.here(page=paging.over(found.total).page))
    return await desk.page(
        "ct_search.html",
        q=query,
        kind=kind if kind in KINDS else "",
        kinds=KINDS,
        exact=exact,
        found=found,
        paging=paging.over(found.total if found else 0),
        hit_parts=highlight.hit,
    )


async def claims(desk: Desk) -> Any:
    """List the claims, the latest first."""
    counts = await desk.read(read.counts)
    paging = Paging.of(desk.argument("page"), PAGE).over(counts.claims)
    found = await desk.read(read.latest_claims, PAGE, paging.offset)
    return await desk.page("ct_claims.html", claims=found, paging=paging)


async def claim(desk: Desk) -> Any:
    """Show a claim with every report of it."""
    view = await desk.read(read.claim, await _full(desk, desk.wanted, "claim"))
    if view.id != desk.wanted:
        return desk.redirect(desk.links.thing(view.id))
    traced = await desk.read(trace.traced, view)
    (ref,) = await desk.read(claim_refs, [(view.id,)])
    return await desk.page(
        "ct_claim.html",
        claim=view,
        ref=ref,
        documents=len({found.document.id for found in view.attributions}),
        chain=branches(traced),
        unlisted=traced.count > len(traced.chains),
        context=highlight.context,
    )


async def documents(desk: Desk) -> Any:
    """List the documents, the latest first."""
    counts = await desk.read(read.counts)
    paging = Paging.of(desk.argument("page"), PAGE).over(counts.documents)
    found = await desk.read(read.documents, limit=PAGE, offset=paging.offset)
    return await desk.page("ct_documents.html", documents=found, paging=paging)


async def document(desk: Desk) -> Any:
    """Show a document's text with every claim highlighted."""
    view = await desk.read(read.document, await _full(desk, desk.wanted, "document"))
    if view.ref.id != desk.wanted:
        return desk.redirect(desk.links.thing(view.ref.id))
    stretches = highlight.page(view)
    blocks = [block for stretch in stretches for block in stretch.blocks]
    return await desk.page(
        "ct_document.html",
        document=view,
        stretches=stretches,
        titled=next((block for block in blocks if block.role == PartRole.TITLE), None),
        number={found.id: number for number, found in enumerate(view.attributions, 1)},
    )


async def sources(desk: Desk) -> Any:
    """List the sources, those heard most first."""
    counts = await desk.read(read.counts)
    paging = Paging.of(desk.argument("page"), PAGE).over(counts.sources)
    found = await desk.read(read.sources, limit=PAGE, offset=paging.offset)
    return await desk.page("ct_sources.html", sources=found, paging=paging)


async def source(desk: Desk) -> Any:
    """Show a source: its names, its relations, and what it said."""
    full = await _full(desk, desk.wanted, "source")
    paging = Paging.of(desk.argument("page"), PAGE)
    view = await desk.read(read.source, full, limit=PAGE, offset=paging.offset)
    if view.ref.id != desk.wanted:
        return desk.redirect(desk.links.thing(view.ref.id))
    if paging.over(view.total).page < paging.page:
        return desk.redirect(desk.here(page=paging.over(view.total).page))
    return await desk.page(
        "ct_source.html",
        view=view,
        relations=await desk.read(_relations, view.source),
        paging=paging.over(view.total),
        context=highlight.context,
    )


async def attribution(desk: Desk) -> Any:
    """Lead from an attribution's id to its words in its article."""
    full = await _full(desk, desk.wanted, "attribution")
    return desk.redirect(desk.links.place(await desk.read(read.attribution, full)))


async def robots(request: Any) -> Any:
    """Keep crawlers out of searches and Datasette's own tools."""
    del request
    return Response.text(ROBOTS)


def _relations(connection: Any, source: Source) -> list[tuple[SourceRelation, SourceRef]]:
    """Return a source's relations, each with the other source."""
    return [
        (relation, read.source(connection, content_id("source", relation.parent), limit=1).ref)
        for relation in source.relations
    ]


async def _full(desk: Desk, wanted: str, kind: str) -> str:
    """Return the full id a (beginning of an) id stands for."""
    _, full = await desk.read(read.resolve_id, wanted, kinds=(kind,))
    return full


VIEWS: tuple[tuple[str, View], ...] = (
    (r"/$", home),
    (r"/search$", search),
    (r"/claim$", claims),
    (r"/claim/(?P<id>[^/]+)$", claim),
    (r"/document$", documents),
    (r"/document/(?P<id>[^/]+)$", document),
    (r"/source$", sources),
    (r"/source/(?P<id>[^/]+)$", source),
    (r"/attribution/(?P<id>[^/]+)$", attribution),
)
"""Address and view of each page; `/claims` belongs to Datasette, where the tables are."""


def routes(database: str) -> list[tuple[str, Any]]:
    """Return our pages as Datasette wants them, reading the database of that name."""
    pages: list[tuple[str, Any]] = [(address, page(view, database)) for address, view in VIEWS]
    return [*pages, (r"/robots\.txt$", robots)]
