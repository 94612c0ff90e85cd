"""Blocks of text as Markdown or HTML: nothing in words of others can add to either."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, auto
from typing import NamedTuple

from markupsafe import escape

from claimtrack.analysis.outline import escaped
from claimtrack.export.iris import language
from claimtrack.store.refs import direction_of
from claimtrack.text.shown import harmless, one_line


class Kind(Enum):
    """What a block is."""

    TITLE = auto()
    HEADING = auto()
    LINE = auto()
    ITEM = auto()
    QUOTE = auto()


class Piece(NamedTuple):
    """Words within a block.

    Attributes:
        lang: Their language; "" for words of others of which it is not known; None for the page's
            own words.
        url: Where they lead, an address of the web, if anywhere.
    """

    text: str
    lang: str | None = None
    url: str | None = None


class Block(NamedTuple):
    """A title, heading, line, item of a list or quotation, made of pieces."""

    kind: Kind
    pieces: tuple[Piece, ...]


_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.6;
  font-family: "Noto Naskh Arabic", "Noto Serif", Georgia, serif; overflow-wrap: anywhere; }
blockquote { margin: 1.5rem 0 .5rem; padding-inline-start: 1rem;
  border-inline-start: .25rem solid #888; break-inside: avoid; }
h1, h2 { line-height: 1.3; break-after: avoid; }
li { margin: .2rem 0; }
@media print { body { margin: 0; max-width: none; } a { color: inherit; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # it needs nothing, and runs nothing
_MARKS = {
    Kind.TITLE: "# {}\n\n",
    Kind.HEADING: "\n## {}\n\n",
    Kind.LINE: "{}\n\n",
    Kind.ITEM: "- {}\n",
    Kind.QUOTE: "\n> {}\n\n",
}
_TAGS = {
    Kind.TITLE: "<h1{}>{}</h1>",
    Kind.HEADING: "<h2{}>{}</h2>",
    Kind.LINE: "<p{}>{}</p>",
    Kind.ITEM: "<li{}>{}</li>",
    Kind.QUOTE: "<blockquote{}>{}</blockquote>",
}


def runs(block: Block) -> str | None:
    """Return the direction of a title or quotation, its own words'; None for what runs as a page.

    It is "ltr" or "rtl".
    """
    if block.kind not in (Kind.TITLE, Kind.QUOTE):
        return None
    first = next((piece for piece in block.pieces if piece.text), Piece(""))
    return direction_of(first.lang or "und", first.text)


def markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown."""
    return "".join(
        _MARKS[block.kind].format(_joined(block.pieces, _markdown)) for block in blocks
    ).lstrip("\n")


def html(blocks: Iterable[Block], title: str, lang: str, direction: str) -> str:
    """Return blocks as a page of HTML that needs nothing else.

    Args:
        blocks: What stands on it.
        title: Its title.
        lang: The language of its own words.
        direction: Of that language, "ltr" or "rtl".
    """
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(lang)}" dir="{escape(direction)}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>",
        "<body>",
    ]
    listing = False
    for block in blocks:
        if (block.kind is Kind.ITEM) != listing:
            listing = not listing
            lines.append("<ul>" if listing else "</ul>")
        own = runs(block)
        way = f' dir="{own}"' if own else ""
        lines.append(_TAGS[block.kind].format(way, _joined(block.pieces, _html)))
    lines += ["</ul>"] * listing
    return "\n".join([*lines, "</body>", "</html>", ""])


def _joined(pieces: Iterable[Piece], show: Callable[[Piece], str]) -> str:
    return " ".join(show(piece) for piece in pieces if piece.text)


def _markdown(piece: Piece) -> str:
    text = one_line(piece.text) if piece.lang is None else escaped(piece.text)
    # an address may hold what would end the link
    return f"[{text}](<{piece.url}>)" if piece.url else text


def _html(piece: Piece) -> str:
    # our own words are isolated too: a date among Arabic would be turned round
    known = language(piece.lang or "und")
    told = f' lang="{known}"' if known else ""
    text = f"<bdi{told}>{escape(harmless(piece.text))}</bdi>"
    if piece.url:
        return f'<a href="{escape(piece.url)}" rel="nofollow noreferrer">{text}</a>'
    return text
