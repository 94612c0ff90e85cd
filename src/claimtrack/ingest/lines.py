"""A pasted page as lines: where they lie, how they end, which paragraphs they make.

Offsets are code points of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

LONGEST_TITLE = 200
"""Code points; the longest headlines of agencies have about 150."""

# White space and what no reader sees: zero-width and bidi controls, the byte-order mark.
_EDGES = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
_EDGES += "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_EDGES += "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_EDGES += "\u2060\u2066\u2067\u2068\u2069\ufeff"
_CLOSERS = "\"'»”’“‘)]}› "
_LETTER = re.compile(r"[^\W\d_]")
_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_WRAPPED_AT = 120
_MOST_LINES = 50_000


class Line(NamedTuple):
    """A line that is not blank, without white space and invisible characters around it.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends, not counting its line end.
        text: What it says.
        gap: Whether a blank line, or the beginning of the text, stands before it.
    """

    start: int
    end: int
    text: str
    gap: bool


def edges(text: str) -> tuple[int, int]:
    r"""Return where what can be seen of a text begins and ends; twice the same for nothing.

    >>> edges(" \ufeffab\n")
    (2, 4)
    """
    start = len(text) - len(text.lstrip(_EDGES))
    return start, max(start, len(text.rstrip(_EDGES)))


def split(text: str) -> list[Line]:
    """Return the lines of a text that are not blank."""
    found = []
    at, gap = 0, True
    for raw in text.splitlines(keepends=True):
        kept = raw.lstrip(_EDGES)
        start = at + len(raw) - len(kept)
        kept = kept.rstrip(_EDGES)
        if kept:
            found.append(Line(start, start + len(kept), kept, gap))
        gap = not kept
        at += len(raw)
    return found


def crowded(text: str) -> bool:
    """Tell whether a text has more lines than any article, so that parting it is not worth it."""
    return sum(text.count(end) for end in _ENDS) > _MOST_LINES


def blank(text: str) -> bool:
    """Tell whether nobody could see anything in a text."""
    start, end = edges(text)
    return start == end


def block(lines: Sequence[Line], at: int) -> Sequence[Line]:
    """Return the lines from a place on, up to the next blank line (at most a hundred)."""
    end = at + 1
    while end < len(lines) and not lines[end].gap and end - at < 100:
        end += 1
    return lines[at:end]


def lettered(text: str) -> bool:
    """Tell whether there is a letter in a text."""
    return _LETTER.search(text) is not None


def full_stop(text: str) -> bool:
    """Tell whether a text ends in a single full stop, be it before closing quotation marks.

    >>> full_stop("It rains.”"), full_stop("What now?"), full_stop("More soon ..")
    (True, False, False)
    """
    bare = text[-8:].rstrip(_CLOSERS)
    return bare.endswith((".", "۔")) and not bare.endswith("..")


def sentence_end(text: str) -> bool:
    """Tell whether a text ends as sentences do; two dots end headlines only."""
    bare = text[-8:].rstrip(_CLOSERS)
    if bare.endswith(".."):
        return bare.endswith("...")
    return bare.endswith((".", "!", "?", "؟", "…", "۔"))


def headline(text: str) -> bool:
    """Tell whether a line could be a headline: short, and not ended like a sentence.

    >>> headline("قمرية: وصول القافلة"), headline("The convoy arrived."), headline("He said:")
    (True, False, False)
    """
    if len(text) > LONGEST_TITLE or full_stop(text) or text.endswith((":", ",", "،", ";", "؛")):
        return False
    return lettered(text)


def capitalised(text: str) -> bool:
    """Tell whether a line is written In Title Case, as some papers write their headlines.

    Scripts without capitals have no such thing.
    """
    words = [word for word in re.findall(r"[^\W_]+", text) if len(word) > 3]
    capital = sum(1 for word in words if not word[0].islower())
    cased = any(word[0].isupper() for word in words)
    return cased and len(words) >= 3 and capital * 5 >= len(words) * 4


def prose(text: str) -> bool:
    """Tell whether a line reads like a paragraph rather than like a headline or a button."""
    return len(text) > LONGEST_TITLE or (len(text) >= 40 and sentence_end(text))


def wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether lines are one paragraph broken at a column, as old mail programs do."""
    if len(lines) < 3:
        return False
    inner = [line.text for line in lines[:-1]]
    sizes = [len(text) for text in inner]
    if max(sizes) > _WRAPPED_AT or max(sizes) - min(sizes) > 30 or min(sizes) < 40:
        return False
    return sum(sentence_end(text) for text in inner) * 2 < len(inner)
