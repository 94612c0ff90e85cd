"""Quotation marks: pairing them in text where they are often wrong.

Typists mix “ ” " « », turn them round, open twice and close once. A mark's own shape counts for
guillemets only; for the others what decides is whether something is open and on which side the
space is. An opening mark that nothing closes reaches to the end of its paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

# All marks and line ends, then which of them count: so that letters are passed over at a glance.
_MARKS = re.compile(
    "[\"“”„‟″«»‹›'‘‚’\n](?:(?<=[\"“”„‟″«»‹›\n])|(?<=['‘‚])(?<!\\w.)(?=\\w)|(?<=['’])(?!\\w))",
    re.DOTALL,
)
_TYPED = re.compile(r"(?<!')(?:((?<![\w.,!?…’'])''(?=[\w$\[(]))|'')(?!')")
"""Two single marks, in group 1 where they open a quotation."""
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
    if "''" in text:  # two single marks typed for a double one
        text = _TYPED.sub(lambda mark: '"\u2060' if mark[1] else '\u2060"', text)
    found: list[QuoteMarks] = []
    opened = _Opened()
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match[0]
        if mark == "\n":
            found += opened.left_at(at)
        elif _opens(text, at, mark, within_double=opened.holds("double")):
            opened.add(at, _family(mark))
        else:
            found += opened.closed_at(at, _family(mark))
    found += opened.left_at(len(text))
    return sorted(found)


class _Opened:
    """The marks that nothing has closed yet, the innermost last."""

    def __init__(self) -> None:
        self._marks: list[tuple[int, str]] = []
        self._families: Counter[str] = Counter()

    def holds(self, family: str) -> bool:
        """Tell whether a mark of a family is open."""
        return self._families[family] > 0

    def add(self, at: int, family: str) -> None:
        """Open a mark."""
        self._marks.append((at, family))
        self._families[family] += 1

    def closed_at(self, at: int, family: str) -> Iterator[QuoteMarks]:
        """Close the innermost mark of a family; what was opened inside it is no quotation."""
        while self.holds(family):
            start, innermost = self._marks.pop()
            self._families[innermost] -= 1
            if innermost == family:
                yield QuoteMarks(start, at + 1, True)
                return

    def left_at(self, end: int) -> Iterator[QuoteMarks]:
        """End all that is open."""
        yield from (QuoteMarks(start, end, False) for start, _ in self._marks)
        self._marks.clear()
        self._families.clear()


def _opens(text: str, at: int, mark: str, *, within_double: bool) -> bool:
    if mark in _OPENERS:
        return True
    if mark in _CLOSERS:
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in _SINGLE:
        return before in _SPACE_BEFORE_OPENER
    if not within_double:
        return True
    return before in _SPACE_BEFORE_OPENER and (after.isalnum() or after in _OPENERS)


def _family(mark: str) -> str:
    if mark in _DOUBLE:
        return "double"
    return "single" if mark in _SINGLE else "angle"
