"""A text as tokens: folded words and marks that know their place in the original."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import repeat
from typing import NamedTuple

from claimtrack.model.span import Span
from claimtrack.text.fold import Folded, folded
from claimtrack.text.quotes import quotations
from claimtrack.text.sentences import sentences

LONGEST = 400
"""Tokens of the longest sentence; in news, one of a hundred thousand has three hundred."""

_BREAKS = frozenset(",،؛;")

_HOST = r"[a-z0-9\-.]+\.(?:com|org|net|info|news|tv|ru|ua|by|kz)(?!\w)"
_TOKEN = re.compile(rf"{_HOST}|\d+(?:[.,:/]\d+)*|\w+(?:['’\-‑]\w+)*|[^\w\s]")


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


_token: Callable[[tuple[object, ...]], Token] = partial(tuple.__new__, Token)
"""Makes a token of its fields, in a third of the time that naming them takes."""


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
    text: str,
    within: tuple[Span, ...],
    abbreviations: frozenset[str] = frozenset(),
    spelled: frozenset[str] = frozenset(),
    beginning: frozenset[str] = frozenset(),
) -> Page:
    """Return a text as a page; sentences are cut within the given stretches only."""
    fold = folded(text)
    tokens = _tokens(text, fold)
    starts = [token.start for token in tokens]
    marks = quotations(text)
    cut: list[tuple[int, int]] = []
    for stretch in within:
        for sentence in sentences(
            text,
            stretch,
            abbreviations=abbreviations,
            spelled=spelled,
            beginning=beginning,
            marks=marks,
        ):
            first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            if last > first:
                cut += _pieces(tokens, first, last)
    closers: dict[int, int] = {}
    openers: dict[int, int] = {}
    inner: list[tuple[int, int]] = []
    for mark in marks:
        first, last = bisect_left(starts, mark.start), bisect_left(starts, mark.end)
        if last > first and starts[first] == mark.start:
            closers[first] = last
            if mark.closed:
                openers[last] = first
            inner.append((first, last - 1 if mark.closed else last))
    return Page(text, tokens, cut, closers, openers, _inside(len(tokens), inner))


def _inside(size: int, quotations: list[tuple[int, int]]) -> list[int]:
    """Return the opening token of the innermost quotation for each token, or -1.

    Args:
        size: How many tokens there are.
        quotations: For each quotation the opening token and the end of what is quoted, in order;
            they are nested or apart.
    """
    inside = [-1] * size
    open_ones: list[tuple[int, int]] = []
    ahead = iter([*quotations, (size, size)])
    following = next(ahead)
    for at in range(size):
        while open_ones and open_ones[-1][1] <= at:
            open_ones.pop()
        if open_ones:
            inside[at] = open_ones[-1][0]
        if following[0] == at:
            open_ones.append(following)
            following = next(ahead)
    return inside


def _pieces(tokens: list[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, cut behind commas where it is too long to be one.

    Rules look far ahead and back within a sentence. Text without full stops would take them time
    that grows with its square.
    """
    while last - first > LONGEST:
        near = range(first + LONGEST, first + LONGEST // 2, -1)
        end = next((at for at in near if tokens[at - 1].text in _BREAKS), first + LONGEST)
        yield first, end
        first = end
    yield first, last


def _tokens(text: str, fold: Folded) -> list[Token]:
    plain = fold.text
    ranges = [match.span() for match in _TOKEN.finditer(plain)]
    originals = ranges if fold.in_step else list(fold.originals(ranges))
    spelt = [plain[first:last] for first, last in ranges]
    letters = [word[0].isalnum() for word in spelt]
    capitals: Iterable[bool] = repeat(False)  # as in scripts without them
    if text != text.lower():
        pairs = zip(letters, originals, strict=True)
        capitals = [letter and text[start].isupper() for letter, (start, _) in pairs]
    starts, ends = zip(*originals, strict=True) if originals else ((), ())
    return list(map(_token, zip(spelt, starts, ends, letters, capitals, strict=False)))
