"""Words of a text: for marking it word by word, and for marking where two texts differ.

Offsets are code points. Pages print each word with its own, so that nothing in the browser counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from claimtrack.errors import InputError
from claimtrack.model.span import Span
from claimtrack.text.fold import fold

GAP = "\u2026"
"""What stands between the pieces of words that were typed or pasted."""

MOST_COMPARED = 600
"""Words of a text that are compared with another's; it takes their product of steps at worst."""

MOST_PIECES = 40
"""Pieces that one mark may have."""

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


class Word(NamedTuple):
    """A word, or a punctuation mark, of a text."""

    start: int
    end: int
    text: str


class Stretch(NamedTuple):
    """Neighbouring words of one text that are all in the other one too, or all not."""

    text: str
    differs: bool


def words(text: str, offset: int = 0) -> list[Word]:
    """Return the words and punctuation marks of a text.

    Args:
        text: The text.
        offset: What is added to every offset.

    >>> [word.text for word in words("He said: no.", 0)]
    ['He', 'said', ':', 'no', '.']
    """
    made = []
    at = 0
    for kind, run in groupby(text, _kind):
        length = sum(1 for _ in run)
        if kind == _WORD:
            made.append(Word(offset + at, offset + at + length, text[at : at + length]))
        elif kind == _MARK:
            made += [Word(offset + i, offset + i + 1, text[i]) for i in range(at, at + length)]
        at += length
    return made


def difference(left: str, right: str) -> tuple[list[Stretch], list[Stretch]]:
    """Return two texts in stretches, those marked that are not in the other one.

    Spelling that folds to the same is no difference, nor is punctuation.

    >>> [part.text for part in difference("two men died", "ten men died")[0] if part.differs]
    ['two']
    """
    sides = [words(text)[:MOST_COMPARED] for text in (left, right)]
    ones, others = ([fold(word.text) for word in side] for side in sides)
    matcher = SequenceMatcher(None, ones, others, autojunk=False)
    marked: tuple[set[int], set[int]] = (set(), set())
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            marked[0].update(range(start, end))
            marked[1].update(range(first, last))
    return (
        _stretches(left, sides[0], marked[0]),
        _stretches(right, sides[1], marked[1]),
    )


def spans(text: str, written: str) -> tuple[Span, ...]:
    """Return the spans that a form names by their offsets, as in "12-15 20-31".

    Raises:
        InputError: They are none, or lie outside the text.
    """
    pieces = written.split()
    found = [_SPAN.fullmatch(piece) for piece in pieces]
    if not all(found) or len(pieces) > MOST_PIECES:
        raise InputError("the form", f"{written[:80]!r} marks nothing. Open the page again.")
    made = [Span(int(match[1]), int(match[2])) for match in found if match]
    if any(span.start >= span.end or span.end > len(text) for span in made):
        raise InputError("the form", f"{written[:80]!r} lies outside the text.")
    return tuple(sorted(made))


def written(marked: Iterable[Span]) -> str:
    """Return spans as `spans` reads them."""
    return " ".join(f"{span.start}-{span.end}" for span in marked)


def shown_words(text: str, marked: Iterable[Span]) -> str:
    """Return the words of spans as a form shows them, gaps as an ellipsis."""
    return f" {GAP} ".join(" ".join(text[span.start : span.end].split()) for span in marked)


def located(text: str, typed: str, near: int) -> tuple[Span, ...]:
    """Return where words that were typed or pasted stand in a text, each piece of them.

    Args:
        text: The text.
        typed: The words as the text has them, white space aside; pieces parted by an ellipsis.
        near: About where; the nearest place is taken.

    Raises:
        InputError: A piece does not stand in the text.
    """
    made = []
    for piece in re.split(rf"\s*(?:{GAP}|\[{GAP}\])\s*", typed.strip())[:MOST_PIECES]:
        if not piece:
            continue
        pattern = r"\s+".join(map(re.escape, piece.split()))
        places = [match.span() for match in re.finditer(pattern, text)]
        if not places:
            raise InputError(
                "the form",
                f"\u201c{piece[:80]}\u201d does not stand in the article in these words.",
            )
        start, end = min(places, key=lambda place: abs(place[0] - near))
        made.append(Span(start, end))
        near = end
    return tuple(sorted(made))


_SPACE, _WORD, _MARK = range(3)


def _kind(char: str) -> int:
    """Tell white space, what words are made of, and punctuation apart."""
    if char.isspace():
        return _SPACE
    return _WORD if unicodedata.category(char)[0] in "LMN" or char == "_" else _MARK


def _stretches(text: str, found: Sequence[Word], marked: set[int]) -> list[Stretch]:
    differing = (
        [
            word
            for index, word in enumerate(found)
            if index in marked and _kind(word.text[0]) == _WORD
        ]
        if marked
        else []
    )
    return list(_cut(text, differing))


def _cut(text: str, differing: Sequence[Word]) -> Iterator[Stretch]:
    at = 0
    for word in differing:
        if word.start > at:
            yield Stretch(text[at : word.start], differs=False)
        yield Stretch(word.text, differs=True)
        at = word.end
    if at < len(text):
        yield Stretch(text[at:], differs=False)
