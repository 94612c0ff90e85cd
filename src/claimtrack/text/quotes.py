"""Quotation marks: pairing them in text where they are often wrong.

Typists mix “ ” " « », turn them round, open twice and close once. A mark's own shape counts for
guillemets only; for the others what decides is whether something is open and on which side the
space is. An opening mark that nothing closes reaches to the end of its paragraph.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKS = re.compile("[\"“”„‟″«»‹›]|(?<!\\w)['‘‚](?=\\w)|['’](?!\\w)|\n")
_DOUBLE = frozenset('"“”„‟″')
_OPENERS = frozenset("«‹‘‚")
_CLOSERS = frozenset("»›’")
_SINGLE = frozenset("'‘’‚")
_SPACE_BEFORE_OPENER = frozenset(" \t\n\r\u00a0([{-–—/:،,")


class QuoteMarks(NamedTuple):
    """A quotation with its marks.

    Attributes:
        start: Code point of the opening mark.
        end: Code point after the closing mark, or the paragraph's end when nothing closes it.
        closed: Whether a mark closes it.
    """

    start: int
    end: int
    closed: bool


def quotations(text: str) -> list[QuoteMarks]:
    r"""Return the quotations of a text in order of their beginnings; nested ones are listed too.

    >>> quotations('قال: "نعم" ثم «لا')
    [QuoteMarks(start=5, end=10, closed=True), QuoteMarks(start=14, end=17, closed=False)]
    """
    found: list[QuoteMarks] = []
    stack: list[int] = []
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match[0]
        if mark == "\n":
            found += (QuoteMarks(start, at, False) for start in stack)
            stack.clear()
        elif _opens(text, at, mark, stack):
            stack.append(at)
        else:
            _close(found, stack, text, at)
    found += (QuoteMarks(start, len(text), False) for start in stack)
    return sorted(found)


def _opens(text: str, at: int, mark: str, stack: list[int]) -> bool:
    if mark in _OPENERS:
        return True
    if mark in _CLOSERS:
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in _SINGLE:
        return before in _SPACE_BEFORE_OPENER
    if not any(text[start] in _DOUBLE for start in stack):
        return True
    return before in _SPACE_BEFORE_OPENER and (after.isalnum() or after in _OPENERS)


def _close(found: list[QuoteMarks], stack: list[int], text: str, at: int) -> None:
    """Close the innermost opening of the same family; what was opened inside it is unclosed."""
    family = _family(text[at])
    for depth in range(len(stack) - 1, -1, -1):
        if _family(text[stack[depth]]) == family:
            found.append(QuoteMarks(stack[depth], at + 1, True))
            del stack[depth:]
            return


def _family(mark: str) -> str:
    if mark in _DOUBLE:
        return "double"
    return "single" if mark in _SINGLE else "angle"
