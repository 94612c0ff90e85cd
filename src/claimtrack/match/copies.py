"""Whether one content is worded after another: a long run of the same words, or most shingles."""

from __future__ import annotations

import re
from functools import lru_cache

from claimtrack.match.shingles import similarity, sketch
from claimtrack.text.fold import fold

RUN = 7
"""Words in a row that two texts do not share by chance."""
ALIKE = 0.8
"""Share of word 3-shingles from which two texts are near-duplicates (features F3)."""

_WORD = re.compile(r"[^\W_]+")


def copied(left: str, right: str) -> bool:
    """Tell whether two texts share a run of words, or nearly all of them.

    >>> copied("the dam near the old town is safe for now, he said", "He: the dam near the old "
    ...        "town is safe for now"), copied("the dam is safe", "the dam is not safe")
    (True, False)
    """
    if runs(left) & runs(right):
        return True
    return similarity(_sketch(left), _sketch(right)) >= ALIKE


@lru_cache(maxsize=20_000)
def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return all stretches of RUN words of a text, folded."""
    words = _WORD.findall(fold(text))
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


@lru_cache(maxsize=20_000)
def _sketch(text: str) -> tuple[int, ...]:
    return sketch(text)
