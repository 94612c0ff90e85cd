"""A text as tokens: folded words and marks that know their place in the original."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from claimtrack.model.span import Span
from claimtrack.text.fold import Folded, folded
from claimtrack.text.quotes import quotations
from claimtrack.text.sentences import sentences

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|\w+(?:['’\-‑]\w+)*|[^\w\s]")


class Token(NamedTuple):
    """A word or a mark.

    Attributes:
        text: Its folded form.
        start: Its first code point in the original.
        end: The code point after it.
        word: Whether it has letters or digits.
        capital: Whether it is written with a capital letter.
    """

    text: str
    start: int
    end: int
    word: bool
    capital: bool


class Page(NamedTuple):
    """A text ready for reading; all ranges below are half-open ranges of tokens.

    Attributes:
        text: The original text.
        tokens: All of its tokens.
        sentences: Sentence by sentence, within the stretches asked for.
        closers: For the token that opens a quotation, the range's end (after the closing mark).
        openers: The other way round: from a closed quotation's end to the token that opens it.
        inside: For each token, the opening token of the innermost quotation that holds it, or -1;
            the marks themselves belong to what is around them.
    """

    text: str
    tokens: list[Token]
    sentences: list[tuple[int, int]]
    closers: dict[int, int]
    openers: dict[int, int]
    inside: list[int]

    def span(self, start: int, end: int) -> Span:
        """Return the code points of a range of tokens (at least one)."""
        return Span(self.tokens[start].start, self.tokens[end - 1].end)


def read_page(
    text: str, within: tuple[Span, ...], abbreviations: frozenset[str] = frozenset()
) -> Page:
    """Return a text as a page; sentences are cut within the given stretches only."""
    fold = folded(text)
    tokens = _tokens(text, fold)
    starts = [token.start for token in tokens]
    marks = quotations(text)
    cut = []
    for stretch in within:
        for sentence in sentences(text, stretch, abbreviations=abbreviations, marks=marks):
            first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            if last > first:
                cut.append((first, last))
    closers: dict[int, int] = {}
    openers: dict[int, int] = {}
    inside = [-1] * len(tokens)
    for mark in marks:
        first, last = bisect_left(starts, mark.start), bisect_left(starts, mark.end)
        if last > first and starts[first] == mark.start:
            closers[first] = last
            if mark.closed:
                openers[last] = first
            inner = last - 1 if mark.closed else last
            inside[first + 1 : inner] = [first] * max(0, inner - first - 1)
    return Page(text, tokens, cut, closers, openers, inside)


def _tokens(text: str, fold: Folded) -> list[Token]:
    found = []
    plain = len(fold.at) == 1
    for match in _TOKEN.finditer(fold.text):
        start, end = match.span()
        if not plain:
            start, end = fold.original(start, end)
        word = match[0]
        letter = word[0].isalnum()
        found.append(Token(word, start, end, letter, letter and text[start].isupper()))
    return found
