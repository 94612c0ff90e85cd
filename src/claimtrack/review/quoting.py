"""Where the words are that a person means: quoted, or told by their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from claimtrack.errors import CorrectionError
from claimtrack.model.span import Span, Spans, ordered
from claimtrack.text.fold import fold, folded

_OFFSETS = re.compile(r"\s*(\d+)\s*:\s*(\d+)\s*")
_GAP = " … "
_TOLD = 5
"""Places that are named where words stand in several, at most."""


def spans_of(text: str, given: Iterable[str], near: Span | None = None) -> Spans:
    """Return where stretches stand that a person gave, in text order.

    Args:
        text: The text of a version.
        given: Of each stretch its words, or START:END in code points, half-open; words of several
            with " … " between them, as reports are shown, are several.
        near: Where to look first; words that stand once in it are those that are meant.

    Raises:
        CorrectionError: Words stand nowhere in the text, or in several places.

    >>> spans_of("المطر نزل", ["نزل"])
    (Span(start=6, end=9),)
    """
    apart = (part for one in given for part in (one.split(_GAP) if one not in text else [one]))
    return ordered({_span(text, one, near) for one in apart})


def _span(text: str, given: str, near: Span | None) -> Span:
    offsets = _OFFSETS.fullmatch(given)
    if offsets:
        return Span(int(offsets[1]), int(offsets[2]))
    words = given.strip()
    found = _places(text, words) if words else []
    if not found:
        raise CorrectionError(f"{given!r} stands nowhere in the text. Quote it, or give START:END.")
    inside = [one for one in found if near is not None and near.holds(one)]
    meant = inside if len(inside) == 1 else found
    if len(meant) > 1:
        places = ", ".join(f"{one.start}:{one.end}" for one in islice(meant, _TOLD))
        raise CorrectionError(
            f"{given!r} stands in {len(meant)} places ({places}). Say which: START:END."
        )
    return meant[0]


def _places(text: str, words: str) -> Sequence[Span]:
    """Return where words stand: as they are given, else in any spelling that folds to theirs."""
    exact = [Span(one.start(), one.end()) for one in re.finditer(re.escape(words), text)]
    if exact:
        return exact
    mapped, needle = folded(text), fold(words)
    if not needle:
        return []
    found = re.finditer(re.escape(needle), mapped.text)
    return [mapped.original(one.start(), one.end()) for one in found]
