"""When two wordings are the same words: nothing but their edges may differ.

Unlike folding, this decides that two texts are equal, so it levels only what no reader would
call a difference: the Unicode form, runs of white space, quotation marks around the whole and
the punctuation that ends it. A question mark stays: asking is not asserting.
"""

from __future__ import annotations

import unicodedata

FEWEST_WORDS = 5
"""Shorter wordings ("he denied it") coincide by chance."""

_QUOTES = "\"'“”„‟″«»‹›‘’‚‛"
_HIDDEN = "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
_ENDS = ".,;:!…،؛۔"


def wording(text: str) -> str:
    """Return the words of a text in NFC, single-spaced, without outer quotes and end marks.

    >>> wording("«الضريبة  ستنخفض.» ")
    'الضريبة ستنخفض'
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return words.lstrip(_QUOTES + _HIDDEN + " ").rstrip(_QUOTES + _HIDDEN + _ENDS + " ")


def comparable(text: str) -> str | None:
    """Return the wording of a text that is long enough to be told apart by its words, else None.

    >>> comparable("He denied it."), comparable('"The tax will fall in March."')
    (None, 'The tax will fall in March')
    """
    words = wording(text)
    counted = sum(1 for word in words.split(" ") if any(map(str.isalnum, word)))
    return words if counted >= FEWEST_WORDS else None
