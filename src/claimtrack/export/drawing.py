"""A claim's provenance as SVG: real links and text, drawn on the server, in either direction.

Everything is said with attributes, which the content security policy allows: the picture is the
same in a file of its own. The style sheet of the site overrides the colours for dark screens.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from claimtrack.analysis.picture import EdgeKind, Line, Node, NodeKind, Picture
from claimtrack.export.elements import plain
from claimtrack.store.refs import direction_of
from claimtrack.text.shown import harmless, isolate, moment

WIDTH, HEIGHT = 216, 58
"""Of a node, in pixels."""

ACROSS, ROW, MARGIN = 92, 76, 14
"""Between layers, from row to row, and around the picture."""

_LINE, _LINES = 27, 2
"""Characters in a line of a label, and lines."""

_COLOURS = {
    NodeKind.CLAIM: ("#fcf0c8", "#b98a14"),
    NodeKind.ARTICLE: ("#ffffff", "#655f55"),
    NodeKind.SOURCE: ("#eef3f7", "#1b4c70"),
    NodeKind.ORIGIN: ("#e2efe0", "#2f6b34"),
    NodeKind.UNTRACED: ("#f7dcd6", "#8c2f1d"),
}
"""Fill and stroke."""

_DASHES = {
    EdgeKind.NAMES: "14 4",
    EdgeKind.STATES: "1 5",
    EdgeKind.REPRINTS: "5 3",
    EdgeKind.TRANSLATES: "8 3 2 3",
}
_TAKEN, _LINE_COLOUR = "#1b4c70", "#655f55"
"""The colour of what one outlet takes from another, and of all other lines."""

_RADIUS = {NodeKind.CLAIM: 4, NodeKind.ARTICLE: 2}


class Look(NamedTuple):
    """How a picture is drawn.

    Attributes:
        title: What it is called, for those who hear it.
        direction: "ltr" or "rtl", as the reader's language runs: the claim is where that begins.
        kinds: What nodes that have no date are, by their kind.
        nobody: What one is called who is not named.
        names: What to call sources, by their ids.
        address: Returns the address of the page of an id; None where it has none.
        fonts: The families of fonts, the best first.
    """

    title: str
    direction: str
    kinds: Mapping[NodeKind, str]
    nobody: str
    names: Mapping[str, str]
    address: Callable[[str], str | None]
    fonts: str = "Noto Sans, Noto Sans Arabic, Geeza Pro, Segoe UI, Tahoma, sans-serif"


def called(node: Node, look: Look) -> str:
    """Return what a node is called in the reader's language."""
    return look.names.get(node.key) or node.label or look.nobody


def draw(picture: Picture, look: Look) -> Markup:
    """Return the picture as an `svg` element."""
    width, height = size(picture)
    place = _Places(width, rtl=look.direction == "rtl")
    by_key = {node.key: node for node in picture.nodes}
    # joined as text: a picture has a thousand pieces, and Markup's format() takes ten times as long
    lines = "".join(
        _line(line, by_key[line.start], by_key[line.end], place) for line in picture.lines
    )
    nodes = "".join(_node(node, place, look) for node in picture.nodes)
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" class="picture" id="picture" role="group"'
        f' aria-label="{escape(look.title)}" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="{escape(look.fonts)}" font-size="13">'
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9"'
        ' markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
        '<path class="tip" d="M0 1L9 5L0 9z" fill="#655f55"/></marker></defs>'
        f"{lines}{nodes}</svg>"
    )
    return Markup(drawn)  # noqa: S704 (what others wrote in it is escaped)


def size(picture: Picture) -> tuple[int, int]:
    """Return how wide and high a picture is, in pixels."""
    width = max(picture.layers * (WIDTH + ACROSS) - ACROSS, 0) + 2 * MARGIN
    return width, round(picture.rows * ROW) + 2 * MARGIN


class _Places:
    """Where layers and rows are, in pixels; from right to left, the claim is on the right."""

    def __init__(self, width: int, *, rtl: bool) -> None:
        self._width, self._rtl = width, rtl

    def left(self, layer: int) -> int:
        """Return where the nodes of a layer begin on the left."""
        along = MARGIN + layer * (WIDTH + ACROSS)
        return self._width - along - WIDTH if self._rtl else along

    def near(self, layer: int) -> int:
        """Return the edge of a layer that is towards the claim."""
        return self.left(layer) + (WIDTH if self._rtl else 0)

    def far(self, layer: int) -> int:
        """Return the edge of a layer that is away from the claim."""
        return self.left(layer) + (0 if self._rtl else WIDTH)

    def middle(self, row: float) -> int:
        """Return the height of the middle of a row."""
        return MARGIN + round(row * ROW)


def _line(line: Line, start: Node, end: Node, place: _Places) -> str:
    if line.back or start.layer > end.layer:
        ways = [(place.near(start.layer), place.middle(start.row))]
        ways += [(place.far(layer), place.middle(row)) for layer, row in line.points]
        ways += [(place.far(end.layer), place.middle(end.row))]
    else:
        ways = [(place.far(start.layer), place.middle(start.row))]
        for layer, row in line.points:
            height = place.middle(row)
            ways += [(place.near(layer), height), (place.far(layer), height)]
        ways += [(place.near(end.layer), place.middle(end.row))]
    path = f"M{ways[0][0]} {ways[0][1]}"
    for (x, y), (to_x, to_y) in pairwise(ways):
        half = (x + to_x) // 2
        path += f"C{half} {y} {half} {to_y} {to_x} {to_y}"
    dash = f' stroke-dasharray="{_DASHES[line.kind]}"' if line.kind in _DASHES else ""
    many = min(1 + 0.5 * (len(line.reports) - 1), 4) if line.reports else 1
    kind, back = line.kind.value, " back" if line.back else ""
    stroke = _TAKEN if line.kind is EdgeKind.RELAYS else _LINE_COLOUR
    if line.kind is EdgeKind.STATES:
        dash += ' stroke-linecap="round"'
    return (
        f'<path class="edge is-{kind}{back}" data-kind="{kind}" d="{path}" fill="none"'
        f' stroke="{stroke}" stroke-width="{many:g}"{dash} marker-end="url(#tip)"/>'
    )


def _node(node: Node, place: _Places, look: Look) -> str:
    fill, stroke = _COLOURS[node.kind]
    left, top = place.left(node.layer), place.middle(node.row) - HEIGHT // 2
    name = called(node, look)
    words = _lines(name)
    below = moment(node.date) if node.kind is NodeKind.ARTICLE else look.kinds[node.kind]
    rows = [(text, "label") for text in words] + ([(below, "below")] if below else [])
    first = top + HEIGHT / 2 - (len(rows) - 1) * 8 + 4.5
    way = direction_of(node.lang, name) if node.lang else look.direction
    texts = "".join(
        _text(text, kind, (left + WIDTH // 2, first + at * 16), way)
        for at, (text, kind) in enumerate(rows)
    )
    thick = 2 if node.kind in (NodeKind.CLAIM, NodeKind.ORIGIN) else 1
    drawn = (
        f'<title>{_words(name)}</title><rect x="{left}" y="{top}" width="{WIDTH}"'
        f' height="{HEIGHT}" rx="{_RADIUS.get(node.kind, 14)}" fill="{fill}" stroke="{stroke}"'
        f' stroke-width="{thick}"/>{texts}'
    )
    address = look.address(node.page) if node.page else None
    if address:
        return f'<a href="{escape(address)}" class="node is-{node.kind.value}">{drawn}</a>'
    return f'<g class="node is-{node.kind.value}">{drawn}</g>'


def _text(text: str, kind: str, at: tuple[float, float], way: str) -> str:
    below = kind == "below"
    turned = ' direction="rtl"' if way == "rtl" and not below else ""
    look = ' font-size="11" fill="#655f55"' if below else ' fill="#1f1d1a"'
    return (
        f'<text class="{kind}" x="{at[0]:g}" y="{at[1]:g}" text-anchor="middle"{turned}{look}>'
        f"{_words(text)}</text>"
    )


def _words(text: str) -> str:
    """Return words escaped, as XML can hold them, that turn nothing round."""
    return escape(isolate(plain(harmless(text))))


def _lines(label: str) -> list[str]:
    """Return a label in lines, the last one cut where it is too long."""
    words = " ".join(harmless(label).split())
    return textwrap.wrap(
        words, _LINE, max_lines=_LINES, placeholder="…", break_on_hyphens=False
    ) or [words[:_LINE]]
