"""Which contents are worth comparing: near in vectors, or with one number of the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from claimtrack.match.embed import Vectors
from claimtrack.match.reading import Reading

NEAREST = 8
"""How many of the nearest are looked at for each content."""
LEAST = 0.30
"""Cosine below which nothing is looked at."""
_BUCKET = 40
"""A number that more contents share tells nothing."""
_DIGITS = 4
"""Of a cosine that count: its last ones change with how the work is shared, and copies are many."""
_BLOCK = 512
"""Contents whose neighbours are looked for at once."""
_ALL = 20_000
"""Up to so many contents, each is compared with all; beyond, with those in the nearest cells."""
_CELL, _PROBES, _SEED = 400, 6, 7

Pair = tuple[int, int]
Step = Callable[[int, int], None]


def near(vectors: Vectors, new: Sequence[int], step: Step | None = None) -> Iterator[Pair]:
    """Yield pairs of places whose vectors are near, each once, smaller place first.

    Args:
        vectors: Unit vectors, one a row.
        new: The places whose neighbours are wanted.
        step: Told how many places are done, of how many.
    """
    seen: set[Pair] = set()
    search = _search_all if len(vectors) <= _ALL else _search_cells
    done = 0
    for places, found in search(vectors, new):
        for place, others in zip(places, found, strict=True):
            for other in others:
                pair = (min(place, other), max(place, other))
                if place != other and pair not in seen:
                    seen.add(pair)
                    yield pair
        done += len(places)
        if step:
            step(done, len(new))


def _search_all(
    vectors: Vectors, new: Sequence[int]
) -> Iterator[tuple[Sequence[int], list[list[int]]]]:
    for start in range(0, len(new), _BLOCK):
        places = new[start : start + _BLOCK]
        alike = vectors[places] @ vectors.T
        yield places, [_best(row, None) for row in alike]


def _search_cells(
    vectors: Vectors, new: Sequence[int]
) -> Iterator[tuple[Sequence[int], list[list[int]]]]:
    """Search the cells around random pivots that lie nearest (an inverted file, as in FAISS)."""
    draw = np.random.default_rng(_SEED)
    pivots = vectors[draw.choice(len(vectors), len(vectors) // _CELL, replace=False)]
    home = np.concatenate(
        [
            np.argmax(vectors[start : start + _BLOCK] @ pivots.T, axis=1)
            for start in range(0, len(vectors), _BLOCK)
        ]
    )
    order = np.argsort(home, kind="stable")
    starts = np.searchsorted(home[order], np.arange(len(pivots) + 1))
    for start in range(0, len(new), _BLOCK):
        places = new[start : start + _BLOCK]
        nearest = np.argpartition(-(vectors[places] @ pivots.T), _PROBES, axis=1)[:, :_PROBES]
        found = []
        for place, cells in zip(places, nearest, strict=True):
            inside = np.concatenate([order[starts[cell] : starts[cell + 1]] for cell in cells])
            found.append(_best(vectors[inside] @ vectors[place], inside))
        yield places, found


def _best(alike: Vectors, inside: np.ndarray | None) -> list[int]:
    """Return the places of the most alike, at most NEAREST and itself."""
    some = min(NEAREST + 1, len(alike))
    alike = np.round(alike, _DIGITS)
    best = np.argpartition(-alike, some - 1)[:some]
    best = best[alike[best] >= LEAST]
    return [int(each) for each in (best if inside is None else inside[best])]


def numbered(keys: Sequence[Iterable[str]], new: Iterable[int]) -> Iterator[Pair]:
    """Yield pairs of places that have a number of the same thing in common.

    Args:
        keys: What `number_keys` gives for the content of each place.
        new: The places whose pairs are wanted.
    """
    buckets: defaultdict[str, list[int]] = defaultdict(list)
    for place, some in enumerate(keys):
        for key in some:
            buckets[key].append(place)
    for place in new:
        for key in keys[place]:
            if len(buckets[key]) <= _BUCKET:
                for other in buckets[key]:
                    if other != place:
                        yield min(place, other), max(place, other)


def number_keys(reading: Reading) -> list[str]:
    """Return the exact numbers of a content with what they count, each as one word."""
    found = (one for one in reading.quantities if one.measure and not one.vague)
    return sorted({f"{one.measure} {one.low:g}" for one in found})
