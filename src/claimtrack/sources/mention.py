"""A mention as words: cut at punctuation, with what stood between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from claimtrack.text.fold import fold, folded

# Letters and digits, with what may stand within a word; an apostrophe may end one (a possessive).
_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*")
_MARKS = re.compile(r"[\"“”„‟″«»‹›]|['‘’‚](?!\w)|(?<!\w)['‘’‚]")
_BREAKS = re.compile(r"[,،;؛:()\[\]{}|/\n…—–]|\s-+\s")
_HYPHENS = "-‐‑"
_SPACES = re.compile(r"[_#\s]+")

_OUTER = " .,،؛;:"
_QUOTES = frozenset('"“”„‟«»‹›')

LONGEST = 400
"""Code points of a mention that are looked at; nobody is called anything longer."""


class Gap(IntEnum):
    """What stands before a word, from nothing to what ends a phrase."""

    NONE = 0
    HYPHEN = 1
    QUOTE = 2
    BREAK = 3


class Word(NamedTuple):
    """A word of a mention.

    Attributes:
        text: As written.
        folded: In its search spelling.
        gap: What stands between it and the word before.
    """

    text: str
    folded: str
    gap: Gap

    @property
    def cased(self) -> bool:
        """Whether its script has capitals."""
        return self.text.lower() != self.text.upper()

    @property
    def capital(self) -> bool:
        """Whether it could begin a name: a capital, or a script without capitals."""
        return self.text[:1].isupper() or not self.cased


def clean(text: str) -> str:
    """Return a mention as it can be shown: one line, without hash signs and outer quotes.

    >>> clean(" «#وزارة_الدفاع» ")
    'وزارة الدفاع'
    """
    shown = _SPACES.sub(" ", text[:LONGEST]).strip(_OUTER)
    while shown and (marks := [at for at, mark in enumerate(shown) if mark in _QUOTES]):
        ends = {0, len(shown) - 1}
        if not (len(marks) == 1 or (ends <= set(marks) and len(marks) == 2)):
            break
        kept = "".join(letter for at, letter in enumerate(shown) if at not in marks)
        shown = kept.strip(_OUTER)
    return shown


def words(text: str) -> list[Word]:
    """Return the words of a cleaned mention.

    >>> [(word.folded, word.gap.name) for word in words("صحيفة «الوطن»، السورية")]
    [('صحيفه', 'NONE'), ('الوطن', 'QUOTE'), ('السوريه', 'BREAK')]
    """
    spelt = folded(text)
    plain, done = spelt.text, 0
    places = [match.span() for match in _WORD.finditer(plain)]
    originals = places if spelt.in_step else spelt.originals(places)
    found: list[Word] = []
    for (start, end), (first, last) in zip(places, originals, strict=True):
        between = plain[done:start]
        gap = Gap.NONE if between == " " else _gap(between)  # as nearly always
        found.append(Word(text[first:last], plain[start:end], gap))
        done = end
    return found


def quick_words(text: str, spelt: str) -> list[Word]:
    """Return the words of a text that was folded already, without what stands between them."""
    found, originals = _WORD.findall(spelt), _WORD.findall(text)
    if len(found) != len(originals):
        return words(text)
    return [Word(*pair, Gap.NONE) for pair in zip(originals, found, strict=True)]


def written(text: Sequence[Word]) -> str:
    """Return words as one phrase; those that a hyphen joins keep it.

    >>> written(words("Rawda al-Mizyan"))
    'Rawda al-Mizyan'
    """
    gaps = ("", *("-" if word.gap is Gap.HYPHEN else " " for word in text[1:]))
    return "".join(gap + word.text for gap, word in zip(gaps, text, strict=False))


def name_key(text: str) -> str:
    """Return a mention's words folded and joined, for keys."""
    return " ".join(spelled(text))


def spelled(text: str) -> list[str]:
    """Return the words of a text in their search spelling."""
    return _WORD.findall(fold(text))


def _gap(between: str) -> Gap:
    if _BREAKS.search(between):
        return Gap.BREAK
    if _MARKS.search(between):
        return Gap.QUOTE
    return Gap.HYPHEN if between and between in _HYPHENS else Gap.NONE
