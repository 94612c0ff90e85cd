"""What an article names near a place, though no attribution does: "the newspaper", "both states".

"The newspaper" after a sentence that is about one, "the two countries" after "Qamaria and
Telvaria", "the mufti" in a sentence that begins with "in Qamaria": the words of the article tell
who is meant, the nearest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from claimtrack.sources.lexicon import Piece, Role
from claimtrack.sources.mention import Gap, words
from claimtrack.sources.patterns import heads, patterns
from claimtrack.sources.phrase import STATES
from claimtrack.sources.reader import Reader
from claimtrack.sources.reading import Reading, Shape

_REACH = 1_500
"""Code points before a place that are looked at."""

_LONGEST = 4
"""Pieces of a phrase that names somebody."""

_ENDS = re.compile(r"[.!?؟\n]")


def named_before(
    text: str, at: int, reader: Reader, tags: frozenset[str], fits: Callable[[str], bool]
) -> Reading | None:
    """Return the reading of the phrase before a place that names a fitting source, or None.

    Args:
        text: The article's text.
        at: The place, in code points.
        reader: Reads the language of the article.
        tags: What is meant can be called by one of these.
        fits: Tells whether the source of a key can.
    """
    pieces = list(reader.pieces(words(text[max(0, at - _REACH) : at])))
    for start in range(len(pieces) - 1, -1, -1):
        if not _may_name(pieces[start], tags, fits):
            continue
        for phrase in _phrases(pieces[start : start + _LONGEST]):
            reading = reader.read(phrase)
            if reading.shape is Shape.KNOWN and fits(reading.key):
                return reading
    return None


def _may_name(piece: Piece, tags: frozenset[str], fits: Callable[[str], bool]) -> bool:
    """Tell whether a phrase that begins with a piece can name what goes by one of some tags."""
    if piece.role is Role.SOURCE:
        return fits(piece.value)
    if piece.role is Role.HEAD:
        return bool(heads()[piece.value].stands_for & tags)
    body = patterns()[piece.value] if piece.role is Role.BODY else None
    return body is not None and bool({body.key, body.group} & tags)


def _phrases(pieces: list[Piece]) -> Iterator[str]:
    """Yield the words of the first pieces, the longest phrase first, none across a break."""
    end = next(
        (at for at, piece in enumerate(pieces) if at and piece.gap is Gap.BREAK), len(pieces)
    )
    for count in range(end, 0, -1):
        yield " ".join(word.text for piece in pieces[:count] for word in piece.words)


def both_before(text: str, at: int, reader: Reader) -> tuple[str, ...]:
    """Return the keys of two states that stand joined before a place: "Qamaria and Telvaria"."""
    pieces = list(reader.pieces(words(text[max(0, at - _REACH) : at])))
    for second in range(len(pieces) - 1, 0, -1):
        pair = pieces[second - 1 : second + 1]
        joined = pair[1].link == "and" and pair[1].gap < Gap.QUOTE
        if joined and all(
            piece.role in STATES and piece.role is not Role.DEMONYM for piece in pair
        ):
            keys = tuple(piece.value for piece in pair)
            if keys[0] != keys[1]:
                return keys
    return ()


def place_of(text: str, at: int, reader: Reader) -> str:
    """Return the key of the state that the sentence around a place begins with: "in Qamaria, …"."""
    before = text[max(0, at - _REACH) : at]
    ends = list(_ENDS.finditer(before))
    sentence = words(before[ends[-1].end() :] if ends else before)
    if not sentence or not reader.leads_in(sentence[0]):
        return ""
    pieces = reader.pieces(sentence[1:])
    return pieces[0].value if pieces and pieces[0].role in STATES else ""
