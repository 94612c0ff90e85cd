"""Headlines of other articles, and sub-headings, between an article's paragraphs.

Pages put them on lines of their own. In an article whose paragraphs end with a full stop, a short
line without one is no paragraph: what it says is said elsewhere, or again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import cache

from claimtrack.model.span import Span, Spans

_WORD = re.compile(r"\w+")

_LONGEST = 14
"""Words of such a line at most."""

_FEWEST = 4
"""Paragraphs an article must have for their ends to tell."""

_SHARE = 0.6
"""Share of an article's lines that must end as paragraphs do."""

_ENDS = tuple('.!?؟…:؛،,;»"”’)]')


class Teasers:
    """The lines of an article's body that are headlines."""

    def __init__(self, text: str, body: Spans) -> None:
        """Find them; each line is looked at once."""
        lines = [line for stretch in body for line in _lines(text, stretch)]
        open_ones = [line for line in lines if not line.of(text).endswith(_ENDS)]
        told = len(lines) >= _FEWEST and len(lines) - len(open_ones) >= _SHARE * len(lines)
        words = cache(lambda: Counter(_WORD.findall(text)))  # few articles ask for it
        found = [
            line
            for line in (open_ones if told else ())
            if line != lines[0]
            and len(line.of(text).split()) <= _LONGEST
            and not _is_subheading(line.of(text), words)
        ]
        self._starts = [line.start for line in found]
        self._ends = [line.end for line in found]

    def hold(self, span: Span) -> bool:
        """Tell whether a span lies on such a line."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and span.end <= self._ends[at]


def _is_subheading(line: str, words: Callable[[], Counter[str]]) -> bool:
    """Tell whether "X: P" quotes a speaker whom the article names elsewhere too.

    Args:
        line: The line.
        words: Returns how often the article has each word.
    """
    speaker, colon, _ = line.partition(":")
    named = _WORD.findall(speaker)
    return bool(colon and named) and words()[named[-1]] > 1


def _lines(text: str, stretch: Span) -> list[Span]:
    """Return a stretch's lines that hold anything, without white space around them."""
    found = []
    start = stretch.start
    for line in text[stretch.start : stretch.end].split("\n"):
        held = line.strip()
        if held:
            first = start + line.index(held)
            found.append(Span(first, first + len(held)))
        start += len(line) + 1
    return found
