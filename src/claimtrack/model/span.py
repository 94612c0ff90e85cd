"""Stretches of a text.

Offsets are Unicode code points, half-open, over the stored text of one document version.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

CONTEXT = 32
"""Code points kept before and after a span (Web Annotation's TextQuoteSelector)."""


class Span(NamedTuple):
    """A half-open range of code points; made by the million, so a tuple."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the text this span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Tell whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]
"""The spans of one role, in text order; empty where the text has none."""


class Quote(NamedTuple):
    """A span with its words and their surroundings, so that it can be found again."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Quote:
        """Return a span of a text with its words, and up to CONTEXT code points on either side."""
        prefix = text[max(0, start - CONTEXT) : start]
        return cls(start, end, text[start:end], prefix, text[end : end + CONTEXT])


def within(text: str, span: Span) -> Span:
    """Return a span that lies in a text.

    Raises:
        ValueError: It is empty, turned round or outside the text.
    """
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}:{end} is not within a text of {len(text)} code points")
    return span


def quote(text: str, span: Span) -> Quote:
    """Return a span with its words and up to CONTEXT code points on either side.

    Raises:
        ValueError: The span is empty, turned round or outside the text.

    >>> quote("قال إن المطر نزل", Span(7, 12)).exact
    'المطر'
    """
    return Quote.of(text, *within(text, span))


def ordered(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return spans in text order, as Span values."""
    return tuple(sorted(Span(start, end) for start, end in spans))


def hull(spans: Iterable[Span | Quote]) -> Span:
    """Return the smallest span that holds all the given ones (at least one)."""
    known = list(spans)
    return Span(min(span.start for span in known), max(span.end for span in known))
