"""Folding: one spelling for what readers take to be the same word.

NFKC, then case, Arabic marks and tatweel, hamza seats, alef maqsura and ta marbuta, Russian ё,
invisible characters and digits are levelled. Folding is lossy: it is for finding, never for
deciding that two texts are equal. Folded text is never stored as the text; `folded` keeps the
way back to the original's code points.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claimtrack.model.span import Span

# Marks that carry no letter: tashkeel, Quranic marks, tatweel, soft hyphen, zero-width and bidi
# controls, variation selectors, the byte-order mark.
_MARKS = (
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
# Characters that NFKC and lower-casing map one to one, alone and together; all others go the
# slow way, with the letter before them, which they may compose with.
_SAFE = (
    "\u0000-\u007f\u0400-\u045f\u060c-\u060f\u061b-\u063f\u0641-\u064a\u0660-\u066f\u0671-\u0674"
)
_SAFE += "\u0679-\u06d5\u06f0-\u06fc\u2010\u2012-\u2015\u2018-\u201f\u00ab\u00bb"
_BASES = "A-Za-z\u0400-\u045f\u0621-\u064a\u0671-\u06d3"
_REGULAR = re.compile(f"[{_SAFE}]*")
_MARK_AMONG_SAFE = "\u061c"
_IRREGULAR = re.compile(f"[{_MARKS}]+|[{_BASES}]?[^{_SAFE}{_MARKS}][^{_SAFE}]*")
# In an irregular piece, combining accents that composed with nothing go too: they would cut words.
_LEFT_OVER = re.compile(f"[{_MARKS}\u0300-\u036f]+")
_LETTERS = (
    ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ة", "ه"), ("ؤ", "و"), ("ئ", "ي"),
    ("ё", "е"), ("ک", "ك"), ("ی", "ي"),
    *((chr(0x660 + digit), str(digit)) for digit in range(10)),
    *((chr(0x6F0 + digit), str(digit)) for digit in range(10)),
)  # fmt: skip


class Folded(NamedTuple):
    """A folded text and the way back.

    Attributes:
        text: The folded text.
        at: Positions in `text` where its distance to the original changes, ascending.
        back: The position in the original of each of them.
        until: Where the original of the piece that begins there ends, for a piece whose length
            changed; the same as `back` for one that runs in step.
    """

    text: str
    at: tuple[int, ...]
    back: tuple[int, ...]
    until: tuple[int, ...]

    @property
    def in_step(self) -> bool:
        """Whether each character of it is where it is in the original."""
        return len(self.at) == 1

    def original(self, start: int, end: int) -> Span:
        """Return the original's span of a half-open range of the folded text.

        A piece that folding changed in length is taken whole.
        """
        if end <= start:
            point = self._first(start)
            return Span(point, point)
        return Span(self._first(start), self._last(end - 1))

    def originals(self, ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield the original's spans of ranges that ascend and are not empty, as `original` does.

        Where a range lies within a piece that runs in step, no search is needed.
        """
        piece, following = -1, 0
        in_step, shift = True, 0
        for start, end in ranges:
            while following <= start:
                piece += 1
                in_step = self.until[piece] <= self.back[piece]
                shift = self.back[piece] - self.at[piece]
                more = piece + 1 < len(self.at)
                following = self.at[piece + 1] if more else len(self.text) + 1
            if in_step and end < following:
                yield start + shift, end + shift
            else:
                yield self.original(start, end)

    def forward(self, position: int) -> int:
        """Return where an original position lies in the folded text.

        A position inside a piece that folding changed in length leads to the piece's beginning.
        """
        piece = bisect_right(self.back, position) - 1
        if self.until[piece] > position:
            return self.at[piece]
        reached = self.at[piece] + position - self.back[piece]
        following = piece + 1
        return min(reached, self.at[following]) if following < len(self.at) else reached

    def _first(self, position: int) -> int:
        piece = bisect_right(self.at, position) - 1
        if self.until[piece] > self.back[piece]:
            return self.back[piece]
        return self.back[piece] + position - self.at[piece]

    def _last(self, position: int) -> int:
        piece = bisect_right(self.at, position) - 1
        following = piece + 1
        if self.until[piece] > self.back[piece]:
            end = self.until[piece]
        else:
            end = self.back[piece] + position - self.at[piece] + 1
        if following < len(self.at) and self.at[following] == position + 1:
            return max(end, self.back[following])  # marks on the last letter belong to it
        return end


def fold(text: str) -> str:
    """Return a text in its search spelling.

    >>> fold("قَالَت السفارةُ الأمريكيّة ١٢٣ … ЁЛКА")
    'قالت السفاره الامريكيه 123 ... елка'
    """
    return _letters(text if _is_regular(text) else _IRREGULAR.sub(_regular, text))


def folded(text: str) -> Folded:
    """Return a text in its search spelling, with the way back to its code points.

    >>> folded("قَالَ إنّه").original(4, 7)
    Span(start=6, end=10)
    """
    if _is_regular(text):
        return Folded(_letters(text), (0,), (0,), (0,))
    pieces: list[str] = []
    at, back, until = [0], [0], [0]
    done = position = 0
    for match in _IRREGULAR.finditer(text):
        start, end = match.span()
        plain, piece = text[done:start], _piece(match[0])
        pieces += (plain, piece)
        position += start - done
        if piece:
            at.append(position)
            back.append(start)
            until.append(end)
        position += len(piece)
        at.append(position)
        back.append(end)
        until.append(end)
        done = end
    pieces.append(text[done:])
    return Folded(_letters("".join(pieces)), tuple(at), tuple(back), tuple(until))


def _is_regular(text: str) -> bool:
    """Tell whether a text has nothing irregular, as most have: far sooner told than found."""
    return _REGULAR.fullmatch(text) is not None and _MARK_AMONG_SAFE not in text


def _regular(match: re.Match[str]) -> str:
    return _piece(match[0])


def _piece(piece: str) -> str:
    return _LEFT_OVER.sub("", unicodedata.normalize("NFKC", piece).lower())


def _letters(text: str) -> str:
    text = text.lower()
    for letter, plain in _LETTERS:
        if letter in text:
            text = text.replace(letter, plain)
    return text
