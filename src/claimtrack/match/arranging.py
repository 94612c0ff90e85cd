"""An order of contents in which what is near in vectors stands close together.

Pairs that are worked on in that order have contents in common with the pairs just before, so that
what was read of a content is still in memory. It is the order of the leaves of a tree of random
pivots (as in hierarchical k-means, without the means).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from claimtrack.match.embed import Vectors
from claimtrack.match.vectors import Rows

_LEAF, _BRANCHES, _DEPTH = 1_000, 32, 6
"""Vectors that are close enough, into how many parts more of them are split, and how often."""
_BLOCK, _SEED = 4_096, 11


def arranged(vectors: np.ndarray | Rows, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of places in an order in which near vectors stand close together.

    Args:
        vectors: Unit vectors, one a row, of any precision.
        places: Rows of them, ascending.
    """
    draw = np.random.default_rng(_SEED)
    ranks = np.empty(len(places), dtype=np.int64)
    with threadpool_limits(1, "blas"):
        order = _in_order(vectors, places, draw, _DEPTH)
    ranks[np.searchsorted(places, order)] = np.arange(len(order))
    return ranks


def _in_order(
    vectors: np.ndarray | Rows, some: NDArray[np.int64], draw: np.random.Generator, depth: int
) -> NDArray[np.int64]:
    if len(some) <= _LEAF or not depth:
        return some
    branches = min(_BRANCHES, len(some))
    pivots = _exact(vectors[draw.choice(some, branches, replace=False)]).T
    nearest = np.empty(len(some), dtype=np.int16)
    for at in range(0, len(some), _BLOCK):
        alike = _exact(vectors[some[at : at + _BLOCK]]) @ pivots
        nearest[at : at + _BLOCK] = np.argmax(alike, axis=1)
    parts = (some[nearest == each] for each in range(branches))
    return np.concatenate([_in_order(vectors, part, draw, depth - 1) for part in parts])


def _exact(vectors: np.ndarray) -> Vectors:
    return vectors.astype(np.float32, copy=False)
