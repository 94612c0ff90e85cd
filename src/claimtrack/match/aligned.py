"""Words of two texts that mean the same, where no list of concepts tells: by vectors of words.

A word goes with the one of the other text that is nearest to it, if that is so the other way round
(the mutual argmax of SimAlign, Jalili Sabet et al., 2020). What the vectors of all words have in
common is taken off first (Mu and Viswanath, 2018): with it every word is near to every other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

import numpy as np

from claimtrack.match.embed import Vectors, embed

CENTRE = "centre.npy"
"""The mean of the vectors of the packs' words for concepts; scripts/word_centre.py makes it."""

_NEAR = 0.35
"""How near two words are at least: of the pairs of words of two random claims one in fifty is."""
_DIGITS = 4
"""Of a nearness that count: its last ones change with the words that are embedded together."""
_MOST = 20_000
"""Words whose vectors are kept, 2 KB each; then all are forgotten."""

_vectors: dict[str, Vectors] = {}


def learn(words: Iterable[str]) -> None:
    """Find the vectors of words that are not known yet, all at once, which takes an eighth."""
    new = sorted(set(words) - _vectors.keys())
    if not new:
        return
    if len(_vectors) + len(new) > _MOST:
        _vectors.clear()
    apart = embed(new) - _centre()
    lengths = np.linalg.norm(apart, axis=1, keepdims=True)
    _vectors.update(zip(new, apart / np.where(lengths > 0, lengths, 1), strict=True))


def aligned(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of words that mean the same: one of the left text, one of the right.

    Args:
        left: Words of a text, folded.
        right: Words of another, in whatever language.
    """
    if not left or not right:
        return
    learn((*left, *right))
    near = np.round(_of(left) @ _of(right).T, _DIGITS)
    best = near.argmax(axis=1)
    back = near.argmax(axis=0)
    for one, other in enumerate(best.tolist()):
        if back[other] == one and near[one, other] >= _NEAR:
            yield one, other


def _of(words: Sequence[str]) -> Vectors:
    return np.stack([_vectors[word] for word in words])


@cache
def _centre() -> Vectors:
    with resources.files(__package__).joinpath(CENTRE).open("rb") as file:
        made: Vectors = np.load(file, allow_pickle=False).astype(np.float32)
    return made
