"""Lines of a terminal: texts wrapped, and words that run from right to left put in their cells.

Few terminals put Arabic in order; most show one letter a cell, from left to right, unjoined. So
lines are put in order here (the Unicode bidirectional algorithm, by python-bidi) and letters take
the forms that they have beside each other (by arabic-reshaper), one cell each. Terminals that do
order lines are asked to leave that to us (ECMA-48's BDSM); those that cannot be asked get the words
as they are read, each line isolated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple

from bidi import algorithm as bidi
from bidi.mirror import MIRRORED
from rich.cells import cell_len

from claimtrack.model.span import Span
from claimtrack.text.shown import harmless

TERMINAL_LEAVES_IT = "\x1b[8l"
TERMINAL_DOES_IT = "\x1b[8h"
"""Who orders lines, to a terminal that can: it begins with doing it itself."""

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_ISOLATES = {False: "\u2066", True: "\u2067"}
_POP = "\u2069"
_BETWEEN = re.compile(r"(^[·=…] | [·=…] | [·=…]$)")
"""What stands between the things that a line tells."""


class Order(StrEnum):
    """Who puts words that run from right to left in order."""

    HERE = "here"
    TERMINAL = "terminal"


class Cell(NamedTuple):
    """A letter with its marks, in its place on a line; `at` is its code point in the text."""

    at: int
    shown: str
    width: int


def who_orders(environ: Mapping[str, str]) -> Order:
    """Return who orders lines, by what a terminal says of itself.

    Konsole and Apple's Terminal order lines and cannot be asked to leave it.
    """
    if "KONSOLE_VERSION" in environ or environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return Order.TERMINAL
    return Order.HERE


_ONE_WAY = frozenset({"R", "AL", "NSM", "ON", "WS", "CS", "ES", "ET"})
"""Letters from right to left, and what takes their direction where no digit or other letter is."""


def wrapped(text: str, width: int) -> list[Span]:
    r"""Return the lines of a text, none wider than so many cells; broken at spaces where possible.

    >>> [span.of("one two\nthree") for span in wrapped("one two\nthree", 5)]
    ['one ', 'two', 'three']
    """
    lines: list[Span] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        lines += _broken(text, Span(start, end), max(1, width))
        start = end + 1
    return lines


def cells(text: str, line: Span, *, rtl: bool, order: Order) -> list[Cell]:
    """Return the letters of a line from the left cell to the right one.

    Args:
        text: The text.
        line: A stretch of it without line ends.
        rtl: The text around it runs from right to left.
        order: Who orders what runs from right to left. The terminal gets it as it is read.
    """
    shown = harmless(line.of(text)).replace("\t", " ")
    groups = _groups(shown)
    turns = rtl or any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in shown)
    if not turns or order is Order.TERMINAL:
        return [Cell(line.start + at, shown[at:end], _width(shown[at:end])) for at, end in groups]
    formed = _shaped(shown)
    bases = "".join(_base(shown[at]) for at, _ in groups)
    found = []
    for place, mirrored in _ordered(bases, rtl=rtl):
        at, end = groups[place]
        letter = mirrored if mirrored != bases[place] else formed[at]
        found.append(Cell(line.start + at, letter + formed[at + 1 : end], _width(shown[at:end])))
    return found


def told(text: str, width: int, order: Order) -> list[str]:
    """Return words that tell several things, in lines from left to right, for the terminal.

    They are broken as they are read, before they are ordered. Each thing stands by itself, in the
    direction of its first letter: a date behind an Arabic title is not drawn into it, and a
    quotation mark stays at its end.
    """
    flat = " ".join(text.split())
    return [_told(line.of(flat), order) for line in wrapped(flat, width)]


def plain(text: str, *, rtl: bool, order: Order) -> str:
    """Return one line of words as the terminal is to get it."""
    flat = " ".join(text.split())
    return "".join(framed(cells(flat, Span(0, len(flat)), rtl=rtl, order=order), rtl, order))


def framed(line: list[Cell], rtl: bool, order: Order) -> Iterator[str]:
    """Yield the letters of a line; isolated where the terminal orders them."""
    if order is Order.TERMINAL:
        yield _ISOLATES[rtl]
    yield from (each.shown for each in line)
    if order is Order.TERMINAL:
        yield _POP


def isolates(*, rtl: bool, order: Order) -> tuple[str, str]:
    """Return what stands before and behind a line; nothing where lines are ordered here."""
    return (_ISOLATES[rtl], _POP) if order is Order.TERMINAL else ("", "")


def _told(line: str, order: Order) -> str:
    parts = _BETWEEN.split(line.rstrip())
    return "".join(
        part if place % 2 else plain(part, rtl=_begins_rtl(part), order=order)
        for place, part in enumerate(parts)
    )


def _begins_rtl(text: str) -> bool:
    kinds = map(unicodedata.bidirectional, text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def _broken(text: str, paragraph: Span, width: int) -> Iterator[Span]:
    """Yield the lines of a paragraph."""
    start = at = paragraph.start
    used, space = 0, -1
    while at < paragraph.end:
        char = text[at]
        size = 1 if char < "\u0300" else _width(char)
        if used + size > width and at > start and not char.isspace():
            end = space + 1 if space >= start else at
            yield Span(start, end)
            start, space = end, -1
            used = sum(_width(each) for each in text[start:at])
            continue
        if char.isspace():
            space = at
        used += size
        at += 1
    yield Span(start, paragraph.end)


def _groups(shown: str) -> list[tuple[int, int]]:
    """Return where each letter begins and, with the marks on it, ends."""
    starts = [at for at, char in enumerate(shown) if at == 0 or _width(char)]
    return list(zip(starts, [*starts[1:], len(shown)], strict=True)) if shown else []


def _base(char: str) -> str:
    """Return a character as it is ordered; one that is without width stands like a mark."""
    return char if _width(char) else "\ufffd"


@lru_cache(maxsize=10_000)
def _width(letter: str) -> int:
    return cell_len(letter)


@lru_cache(maxsize=2_000)
def _shaped(shown: str) -> str:
    """Return a text in presentation forms, code point for code point."""
    formed = _reshaper().reshape(shown)
    return formed if len(formed) == len(shown) else shown


@cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    kept = {"support_ligatures": False, "delete_harakat": False, "delete_tatweel": False}
    return ArabicReshaper(kept)


@lru_cache(maxsize=2_000)
def _ordered(bases: str, *, rtl: bool) -> tuple[tuple[int, str], ...]:
    """Return the places of letters from left to right, each with its letter, mirrored where due."""
    if rtl and _ONE_WAY.issuperset(map(unicodedata.bidirectional, bases)):
        last = len(bases) - 1
        return tuple(
            (last - place, MIRRORED.get(char, char)) for place, char in enumerate(reversed(bases))
        )
    storage: dict[str, Any] = bidi.get_empty_storage()
    storage["base_level"], storage["base_dir"] = (1, "R") if rtl else (0, "L")
    bidi.get_embedding_levels(bases, storage)
    for at, char in enumerate(storage["chars"]):
        char["at"] = at
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    bidi.reorder_resolved_levels(storage, False)
    bidi.apply_mirroring(storage, False)
    return tuple((char["at"], char["ch"]) for char in storage["chars"])
