"""Highlights: a text cut at every boundary, so that overlapping marks never have to nest.

Offsets are code points of the document's text. The pages print each segment as one element;
nothing in the browser counts characters (JavaScript counts UTF-16 units).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from claimtrack.model.span import Span
from claimtrack.model.vocabulary import PartRole
from claimtrack.store.views import AttributionView, DocumentView, Hit, PartView

MARKED = ("source", "cue", "content")
"""The roles that are marked in a text, outermost first."""

NARRATOR = "narrator"
"""The role of the outlet's own voice."""

HIT = "hit"
"""The role of words that were searched for."""

_LINES = re.compile(r"[^\r\n]+")


class Layer(NamedTuple):
    """One span to be marked: what it is, and the number of the attribution it belongs to.

    The number is 0 for the outlet's own voice, which belongs to none.
    """

    span: Span
    role: str
    number: int


class Segment(NamedTuple):
    """A stretch in which nothing begins or ends.

    Attributes:
        start: Where it begins in the document's text.
        text: Its characters.
        roles: What it is, each role once, in the order of MARKED.
        numbers: The attributions it belongs to, ascending, for the marked roles.
        begins: The attributions whose content begins here.
    """

    start: int
    text: str
    roles: tuple[str, ...]
    numbers: tuple[int, ...]
    begins: tuple[int, ...]


class Block(NamedTuple):
    """A paragraph: its part of the document and its segments."""

    role: str
    segments: tuple[Segment, ...]


class Stretch(NamedTuple):
    """Neighbouring blocks that are all boilerplate, or all not."""

    boilerplate: bool
    blocks: tuple[Block, ...]


def layers(attributions: Iterable[AttributionView], narrator: Iterable[Span] = ()) -> list[Layer]:
    """Return what is to be marked in a text; attributions are numbered from 1."""
    found = [
        Layer(Span(quote.start, quote.end), role, number)
        for number, attribution in enumerate(attributions, 1)
        for role in MARKED
        for quote in attribution.quotes.get(role, ())
    ]
    return found + [Layer(span, NARRATOR, 0) for span in narrator]


def segments(text: str, offset: int, marked: Iterable[Layer]) -> tuple[Segment, ...]:
    """Cut a text at every boundary of its layers.

    Args:
        text: The stretch to cut.
        offset: Where it begins in the document's text; layers count from there.
        marked: What to mark; the parts outside the stretch are left out.

    Returns:
        Segments that, put together, are the text.

    >>> [part.text for part in segments("abcdef", 0, [Layer(Span(1, 3), "cue", 1)])]
    ['a', 'bc', 'def']
    """
    opening: dict[int, list[Layer]] = {}
    closing: dict[int, list[Layer]] = {}
    end = offset + len(text)
    for layer in marked:
        start, stop = max(layer.span.start, offset), min(layer.span.end, end)
        if start < stop:
            opening.setdefault(start, []).append(layer)
            closing.setdefault(stop, []).append(layer)
    first = _first_content(layer for group in opening.values() for layer in group)
    cuts = sorted({offset, end, *opening, *closing})
    live: list[Layer] = []
    made = []
    for start, stop in pairwise(cuts):
        ended = closing.get(start, ())
        live = [layer for layer in live if layer not in ended] + opening.get(start, [])
        begins = tuple(sorted(number for number, begin in first.items() if begin == start))
        made.append(_segment(start, text[start - offset : stop - offset], live, begins))
    return tuple(made)


def context(attribution: AttributionView) -> tuple[Segment, ...]:
    """Return an attribution's sentence with its own words marked."""
    stretch = attribution.context
    return segments(stretch.text, stretch.start, layers([attribution]))


def hit(found: Hit) -> tuple[Segment, ...]:
    """Return a search result's text with the words searched for marked."""
    return segments(found.text, 0, [Layer(span, HIT, 0) for span in found.marks])


def page(document: DocumentView) -> tuple[Stretch, ...]:
    """Return a document's paragraphs in order, with everything found in them marked."""
    marked = layers(document.attributions, document.narrator)
    lines = list(_lines(document.text, document.parts))
    edges = [Layer(span, "", 0) for _, span in lines]  # every line begins and ends a segment
    cut = segments(document.text, 0, [*marked, *edges])
    inside: list[list[Segment]] = [[] for _ in lines]
    at = 0
    carried: tuple[
        int, ...
    ] = ()  # what begins in the white space between two lines is shown in the second
    for segment in cut:
        while at < len(lines) and lines[at][1].end <= segment.start:
            at += 1
        if at == len(lines):
            break
        begins = tuple(sorted((*carried, *segment.begins)))
        printed = segment.start >= lines[at][1].start
        carried = () if printed else begins
        if printed:
            inside[at].append(segment._replace(begins=begins))
    blocks = [Block(role, tuple(found)) for (role, _), found in zip(lines, inside, strict=True)]
    return _stretches(blocks)


def _lines(text: str, parts: Sequence[PartView]) -> Iterable[tuple[str, Span]]:
    """Yield every line of every part and of what no part claims, but blank ones."""
    at = 0
    whole: list[tuple[str, int, int]] = []
    for part in sorted(parts, key=lambda part: part.start):
        whole += [(PartRole.BODY, at, part.start), (part.role, part.start, part.end)]
        at = part.end
    whole.append((PartRole.BODY, at, len(text)))
    for role, start, end in whole:
        for line in _LINES.finditer(text, start, end):
            if line[0].strip():
                yield str(role), Span(line.start(), line.end())


def _first_content(marked: Iterable[Layer]) -> dict[int, int]:
    """Return where the content of each attribution begins."""
    first: dict[int, int] = {}
    for layer in marked:
        if layer.role == MARKED[-1]:
            start = first.get(layer.number, layer.span.start)
            first[layer.number] = min(start, layer.span.start)
    return first


def _segment(start: int, text: str, live: Sequence[Layer], begins: tuple[int, ...]) -> Segment:
    roles = {layer.role for layer in live}
    shown = tuple(role for role in (*MARKED, NARRATOR, HIT) if role in roles)
    numbers = tuple(sorted({layer.number for layer in live if layer.number}))
    return Segment(start, text, shown, numbers, begins)


def _stretches(blocks: Iterable[Block]) -> tuple[Stretch, ...]:
    made: list[tuple[bool, list[Block]]] = []
    for block in blocks:
        boilerplate = block.role == PartRole.BOILERPLATE
        if not made or made[-1][0] != boilerplate:
            made.append((boilerplate, []))
        made[-1][1].append(block)
    return tuple(Stretch(boilerplate, tuple(group)) for boilerplate, group in made)
