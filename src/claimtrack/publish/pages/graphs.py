"""Who has it from whom as a picture, of a claim, a document or a source; the same as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from claimtrack.analysis.neighbourhood import about_document, about_source
from claimtrack.analysis.picture import EdgeKind, Node, NodeKind, Picture, picture
from claimtrack.analysis.web import load
from claimtrack.export.drawing import Look, called, draw
from claimtrack.publish.desk import Desk
from claimtrack.publish.pages.lists import full_id
from claimtrack.publish.shown import markup
from claimtrack.store import read
from claimtrack.store.claims import claim_refs
from claimtrack.store.refs import source_refs
from claimtrack.store.source_clusters import cluster_of, members
from claimtrack.store.views import SourceRef


class Shown(NamedTuple):
    """A picture, and what it is of.

    Attributes:
        id: The id of that, as it is known.
        title: What it is called, and in which language; a source is called by `sources`.
        lang: The language of that.
        sources: The sources in the picture, by id.
    """

    id: str
    title: str
    lang: str
    picture: Picture
    sources: dict[str, SourceRef]


async def graph(desk: Desk) -> Any:
    """Show who has it from whom as a picture, with a table of the same."""
    found = await _found(desk)
    if found.id != desk.wanted:
        return desk.redirect(f"{desk.links.thing(found.id)}/graph{desk.form}")
    look = _look(desk, found, desk.links.thing)
    nodes = {node.key: node for node in found.picture.nodes}
    edges, kinds = {line.kind for line in found.picture.lines}, {x.kind for x in nodes.values()}
    return await desk.page(
        "ct_graph.html",
        {"id": found.id, "picture": found.picture},
        title=look.names.get(found.id, found.title),
        lang=desk.t.code if found.id in look.names else found.lang,
        svg=draw(found.picture, look) if nodes else "",
        ends={key: _end(desk, node, look) for key, node in nodes.items()},
        kinds=[kind.value for kind in EdgeKind if kind in edges],
        node_kinds=[kind.value for kind in NodeKind if kind in kinds],
    )


def _end(desk: Desk, node: Node, look: Look) -> Markup:
    """Return what a node is called in the table, as a link where it has a page."""
    name = desk.say.inline(called(node, look))
    if node.page:
        name = markup(f'<a href="{escape(desk.links.thing(node.page))}">{name}</a>')
    if node.kind is not NodeKind.ARTICLE:
        return name
    return markup(f'{name} <span class="quiet">{desk.say.when(node.date)}</span>')


async def drawing(desk: Desk) -> Any:
    """Return the picture as a file, whose links lead back here."""
    found = await _found(desk)
    look = _look(desk, found, lambda id_: desk.absolute(desk.links.thing(id_)))
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{draw(found.picture, look)}\n'
    return desk.file(body, "image/svg+xml", name=f"{found.id}.svg")


async def _found(desk: Desk) -> Shown:
    kind = desk.request.url_vars["kind"]
    full = await full_id(desk, kind)
    if kind != "source":
        return await desk.read(_OF[kind], full)
    # what is drawn of one that thousands of reports name takes longest to read
    return await desk.kept(f"graph {full}", lambda connection: _of_source(connection, full))


def _of_claim(connection: Any, claim_id: str) -> Shown:
    (ref,) = claim_refs(connection, [(claim_id,)])
    made = picture(load(connection, claim_id), (claim_id, ref.text, ref.lang))
    return _shown(connection, (claim_id, ref.text, ref.lang), made)


def _of_document(connection: Any, document_id: str) -> Shown:
    ref = read.document(connection, document_id).ref
    made = picture(about_document(connection, document_id), None)
    return _shown(connection, (document_id, ref.title, ref.lang), made)


def _of_source(connection: Any, source_id: str) -> Shown:
    known = cluster_of(connection, source_id)
    made = picture(about_source(connection, members(connection, known)), None)
    return _shown(connection, (known, "", ""), made)


_OF: dict[str, Callable[[Any, str], Shown]] = {
    "claim": _of_claim,
    "document": _of_document,
    "source": _of_source,
}


def _shown(connection: Any, of: tuple[str, str, str], made: Picture) -> Shown:
    pages = [node.page for node in made.nodes if node.page] + [of[0]]
    sources = [page for page in pages if page.startswith("source-")]
    return Shown(*of, made, source_refs(connection, sources))


def _look(desk: Desk, found: Shown, address: Callable[[str], str]) -> Look:
    return Look(
        title=desk.t("graph.title"),
        direction=desk.t.direction,
        kinds={kind: desk.t(f"graph.{kind}") for kind in NodeKind},
        nobody=desk.t("report.no_source"),
        names={known: ref.name_in(desk.t.code) for known, ref in found.sources.items()},
        address=address,
    )
