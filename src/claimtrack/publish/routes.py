"""The addresses of our pages."""

from __future__ import annotations

from typing import Any

from datasette import Response

from claimtrack.publish.deciding import attributions
from claimtrack.publish.deciding import pages as deciding
from claimtrack.publish.desk import View, for_reviewers, page
from claimtrack.publish.pages.analyses import analysis
from claimtrack.publish.pages.claims import claim, claims
from claimtrack.publish.pages.documents import attribution, document, documents, versions
from claimtrack.publish.pages.exports import OFFERED, exported
from claimtrack.publish.pages.feeds import search_feed, source_feed, warnings_feed
from claimtrack.publish.pages.graphs import drawing, graph
from claimtrack.publish.pages.home import home
from claimtrack.publish.pages.reconciling import reconcile
from claimtrack.publish.pages.searching import search
from claimtrack.publish.pages.sources import source, sources

ROBOTS = "User-agent: *\nDisallow: /*?\nDisallow: /-/\n"

_FORM = r"(?P<form>\.json)?$"
_ID = rf"(?P<id>[^/]+?){_FORM}"

VIEWS: tuple[tuple[str, View], ...] = (
    (r"/(?:home(?P<form>\.json))?$", home),
    (rf"/search{_FORM}", search),
    (r"/search\.atom$", search_feed),
    (r"/warnings\.atom$", warnings_feed),
    (r"/reconcile$", reconcile),
    (rf"/analysis{_FORM}", analysis),
    (rf"/claim{_FORM}", claims),
    (rf"/claim/{_ID}", claim),
    (rf"/claim/(?P<id>[^/]+)/export/(?P<format>{'|'.join(OFFERED)})$", exported),
    (rf"/(?P<kind>claim|document|source)/(?P<id>[^/]+)/graph{_FORM}", graph),
    (r"/(?P<kind>claim|document|source)/(?P<id>[^/]+)/graph\.svg$", drawing),
    (rf"/document{_FORM}", documents),
    (rf"/document/{_ID}", document),
    (rf"/document/(?P<id>[^/]+)/versions{_FORM}", versions),
    (rf"/source{_FORM}", sources),
    (r"/source/(?P<id>[^/]+)\.atom$", source_feed),
    (rf"/source/{_ID}", source),
    (r"/attribution/(?P<id>[^/]+)$", attribution),
)
"""Address and view of each page; `/claims` belongs to Datasette, where the tables are."""


REVIEW_VIEWS: tuple[tuple[str, View], ...] = (
    (r"/review$", deciding.overview),
    (r"/review/log$", deciding.log),
    (r"/review/undo(?P<id>)$", deciding.undo),
    (r"/review/next$", deciding.following),
    (r"/review/(?P<queue>attributions|pairs|sources|verdicts)$", deciding.waiting),
    (r"/review/attribution/(?P<id>[^/]+)$", attributions.attribution),
    (r"/review/attribution/(?P<id>[^/]+)/split$", attributions.split),
    (r"/review/document/(?P<id>[^/]+)$", attributions.missed),
    (r"/review/pair/(?P<id>suggestion-[0-9a-f]{32})$", deciding.pair),
    (r"/review/claim/(?P<id>[^/]+)$", deciding.claim),
    (r"/review/source/(?P<id>[^/]+)$", deciding.source),
)
"""Address and view of each page on which people decide."""


async def robots(request: Any) -> Any:
    """Keep crawlers out of searches and Datasette's own tools."""
    del request
    return Response.text(ROBOTS)


def routes(database: str) -> list[tuple[str, Any]]:
    """Return our pages as Datasette wants them, reading the database of that name."""
    pages: list[tuple[str, Any]] = [(address, page(view, database)) for address, view in VIEWS]
    return [*pages, (r"/robots\.txt$", robots)]


def review_routes(database: str) -> list[tuple[str, Any]]:
    """Return the pages on which people decide, for those who may."""
    return [(address, for_reviewers(view, database)) for address, view in REVIEW_VIEWS]
