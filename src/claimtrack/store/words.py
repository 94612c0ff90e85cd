"""The words of a text, as search sees them: folded for finding, exact on request.

Indexed text is written by us, one token between two spaces: folded words in their order, then
the stems that occur. So what SQLite's tokenizer takes for a word is what Python takes for one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from claimtrack.text.fold import fold, folded
from claimtrack.text.stem import stems

TOKENIZER = "ascii"
"""SQLite's plainest tokenizer: splits at ASCII punctuation and spaces, of which we write spaces."""

_WORD = re.compile(r"[^\W_]+")
_OTHER_SPACE = re.compile(r"[^\S ]")


class Word(NamedTuple):
    """A word of a text; offsets in code points of the text.

    Attributes:
        folded: Its search spelling.
        exact: Its own spelling, in NFC and lower case.
    """

    folded: str
    exact: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order; marks on a word's last letter belong to it."""
    mapped = folded(_OTHER_SPACE.sub(" ", text))  # so that no space is folded together with a word
    for match in _WORD.finditer(mapped.text):
        start, end = mapped.original(*match.span())
        while end < len(text) and _is_mark(text[end]):
            end += 1
        # The way back may take in a neighbour that was folded together with the word.
        while end - start > 1 and not (text[end - 1].isalnum() or _is_mark(text[end - 1])):
            end -= 1
        while end - start > 1 and not (text[start].isalnum() and fold(text[start])):
            start += 1  # a lengthening stroke is no letter of the word either
        exact = unicodedata.normalize("NFC", text[start:end]).lower()
        yield Word(match[0], exact, start, end)


@lru_cache(maxsize=2048)
def indexed(text: str) -> str:
    """Return what the index holds for a text: its folded words, then its stems.

    >>> indexed("السفارةُ والسفارة!")
    'السفاره والسفاره xsسفار'
    """
    tokens = _WORD.findall(fold(" ".join(text.split())))
    found = set(chain.from_iterable(map(stems, set(tokens))))
    return " ".join([*tokens, *sorted(found)])


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
