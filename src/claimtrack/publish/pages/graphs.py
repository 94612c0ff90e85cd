"""The provenance of a claim as a picture, and the same as a table."""

from __future__ import annotations

from typing import Any, NamedTuple

from datasette import Response

from claimtrack.analysis.picture import EdgeKind, Node, NodeKind, Picture, picture
from claimtrack.analysis.web import load
from claimtrack.publish.desk import HEADERS, Desk
from claimtrack.publish.drawing import Look, called, draw
from claimtrack.publish.pages.lists import full_id
from claimtrack.store.claims import claim_refs
from claimtrack.store.refs import source_refs
from claimtrack.store.views import ClaimRef, SourceRef


class Shown(NamedTuple):
    """A claim with its picture; `sources` are those in it, by id."""

    ref: ClaimRef
    picture: Picture
    sources: dict[str, SourceRef]


async def graph(desk: Desk) -> Any:
    """Show who has a claim from whom as a picture, with a table of the same."""
    full = await full_id(desk, "claim")
    found = await desk.read(_shown, full)
    if found.ref.id != desk.wanted:
        return desk.redirect(f"{desk.links.thing(found.ref.id)}/graph{desk.form}")
    look = _look(desk, found, desk.links.thing)
    nodes = {node.key: node for node in found.picture.nodes}
    return await desk.page(
        "ct_graph.html",
        {"claim": found.ref, "picture": found.picture},
        svg=draw(found.picture, look),
        node=nodes,
        name={key: called(node, look) for key, node in nodes.items()},
        kinds=[kind.value for kind in EdgeKind if any(x.kind is kind for x in found.picture.lines)],
        node_kinds=[kind.value for kind in NodeKind if _any(nodes.values(), kind)],
    )


async def drawing(desk: Desk) -> Any:
    """Return the picture as a file, whose links lead back here."""
    full = await full_id(desk, "claim")
    found = await desk.read(_shown, full)
    look = _look(desk, found, lambda id_: desk.absolute(desk.links.thing(id_)))
    name = f"{found.ref.id}.svg"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{draw(found.picture, look)}\n'
    return Response(body, content_type="image/svg+xml; charset=utf-8", headers=headers)


def _any(nodes: Any, kind: NodeKind) -> bool:
    return any(node.kind is kind for node in nodes)


def _shown(connection: Any, claim_id: str) -> Shown:
    (ref,) = claim_refs(connection, [(claim_id,)])
    made = picture(load(connection, claim_id), (claim_id, ref.text, ref.lang))
    return Shown(ref, made, source_refs(connection, _sources(made.nodes)))


def _sources(nodes: tuple[Node, ...]) -> list[str]:
    return [node.page for node in nodes if node.page and node.page.startswith("source-")]


def _look(desk: Desk, found: Shown, address: Any) -> Look:
    code = desk.t.code
    names = {known: ref.name_in(code) for known, ref in found.sources.items()}
    return Look(desk.t, names, address)
