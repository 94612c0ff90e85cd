"""Sentences: where they end, in text that was typed in a hurry.

A sentence ends at a line's end, or after . ! ? ؟ … that no closed quotation holds and that no
abbreviation, initial or number explains. Offsets are code points of the text given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection

from claimtrack.model.span import Span
from claimtrack.text.quotes import QuoteMarks, quotations

# Each alternative looks back at the character that all begin with: so that other characters are
# passed over at the first glance.
_END = re.compile(
    "[\n.!?؟۔…](?:(?<=\n)|(?<!\n)[.!?؟۔…]*[\"“”»’')\\]]*(?=\\s|$)"
    "|(?<=[^\\W\\d_]{2}\\.)(?=[^\\W\\d_a-zA-Zа-яё]))"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]{2,12})\b")
_LAST_WORD = re.compile(r"[\w.]+$")
_CLOSING = frozenset("\"“”»’'")
LONGEST_QUOTATION = 3000
"""Code points; a longer "quotation" is a mark that was never closed where it should have been."""


def sentences(
    text: str,
    within: Span | None = None,
    *,
    abbreviations: Collection[str] = (),
    spelled: Collection[str] = (),
    beginning: Collection[str] = (),
    marks: list[QuoteMarks] | None = None,
) -> list[Span]:
    """Return the sentences of a text, or of a stretch of it, without surrounding white space.

    Args:
        text: Any text.
        within: The stretch to look at; all of the text when None.
        abbreviations: Words, in lower case and without their last full stop, that end no sentence.
        spelled: Letters by their names, and endings of hosts: a full stop that one is joined to
            behind it is part of a name.
        beginning: Words, in lower case, that are no surname: an initial before one ends a sentence.
        marks: The text's quotations, when they are known already.

    >>> [span.of("قال. ثم مضى.") for span in sentences("قال. ثم مضى.")]
    ['قال.', 'ثم مضى.']
    """
    start, stop = within or Span(0, len(text))
    holders = _disjoint(quotations(text) if marks is None else marks)
    starts = [holder.start for holder in holders]
    found: list[Span] = []
    for match in _END.finditer(text, start, stop):
        at, end, mark = match.start(), match.end(), match[0]
        if mark == "\n":
            end = at
        elif (
            (holders and _inside(holders, starts, at, end))
            or (
                text[at] == "."
                and _abbreviates(text, start, at, abbreviations)
                and not (beginning and _begins(text, end, beginning))
            )
            or (spelled and _spells(text, end, spelled))
            or (mark[-1] in _CLOSING and _goes_on(text, end))
        ):
            continue
        _keep(found, text, start, end)
        start = match.end()
    _keep(found, text, start, stop)
    return found


def _disjoint(marks: list[QuoteMarks]) -> list[QuoteMarks]:
    """Return the outermost closed quotations of believable length, in order."""
    kept: list[QuoteMarks] = []
    for mark in marks:
        believable = mark.closed and mark.end - mark.start <= LONGEST_QUOTATION
        if believable and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return kept


def _inside(holders: list[QuoteMarks], starts: list[int], at: int, end: int) -> bool:
    index = bisect_right(starts, at) - 1
    return index >= 0 and end < holders[index].end


def _goes_on(text: str, end: int) -> bool:
    """Tell whether a sentence goes on behind a quotation that ends with a mark: "Who?" he asked."""
    rest = text[end : end + 5].lstrip(" -–—\u00a0")
    return rest[:1].islower()


def _abbreviates(text: str, start: int, at: int, abbreviations: Collection[str]) -> bool:
    if _is_initial(text, start, at):
        return True
    word = _LAST_WORD.search(text, max(start, at - 20), at) if abbreviations else None
    return word is not None and word[0].lower() in abbreviations


def _is_initial(text: str, start: int, at: int) -> bool:
    """Tell whether a letter alone stands before a full stop, of those that are no small ones."""
    letter = text[max(start, at - 1) : at]
    if not letter.isalpha() or letter.islower():
        return False
    before = text[max(start, at - 2) : at - 1]
    return not (before.isalnum() or before == "_")


def _begins(text: str, end: int, beginning: Collection[str]) -> bool:
    """Tell whether one of some words follows with a capital: "posted it on X. The minister"."""
    word = _NEXT_WORD.match(text, end)
    return word is not None and word[1][0].isupper() and word[1].lower() in beginning


def _spells(text: str, end: int, spelled: Collection[str]) -> bool:
    word = _LETTERS.match(text, end, end + 12)
    return word is not None and word[0] in spelled


def _keep(found: list[Span], text: str, start: int, end: int) -> None:
    left = text[start:end].lstrip()
    if left:
        offset = end - len(left)
        found.append(Span(offset, offset + len(left.rstrip())))
