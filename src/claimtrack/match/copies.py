"""Whether one content is worded after another: a long run of the same words, or most shingles."""

from __future__ import annotations

import re
from functools import lru_cache

from claimtrack.match.shingles import WORDS
from claimtrack.text.fold import fold

RUN = 7
"""Words in a row that two texts do not share by chance."""
ALIKE = 0.8
"""Share of word 3-shingles from which two texts are near-duplicates (features F3)."""

_WORD = re.compile(r"[^\W_]+")
_Stretches = frozenset[tuple[str, ...]]


def copied(left: str, right: str) -> bool:
    """Tell whether two texts share a run of words, or nearly all of them.

    >>> copied("the dam near the old town is safe for now, he said", "He: the dam near the old "
    ...        "town is safe for now"), copied("the dam is safe", "the dam is not safe")
    (True, False)
    """
    ones, others = _stretches(left, WORDS), _stretches(right, WORDS)
    shared = len(ones & others)
    if not shared:
        return False  # nor do they share a run, which is longer
    if shared / (len(ones) + len(others) - shared) >= ALIKE:
        return True
    return not runs(left).isdisjoint(runs(right))


def runs(text: str) -> _Stretches:
    """Return all stretches of RUN words of a text, folded."""
    return _stretches(text, RUN)


@lru_cache(maxsize=20_000)
def _stretches(text: str, size: int) -> _Stretches:
    words = _WORD.findall(fold(text))
    return frozenset(zip(*(words[at:] for at in range(size)), strict=False))
