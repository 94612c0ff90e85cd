"""Which contents are worth comparing: near in vectors, or with something rare in common.

That is a number of one thing, two names, words that follow each other, or two things spoken of,
which hold across languages where vectors tell little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from threadpoolctl import threadpool_limits

from claimtrack.match.embed import Vectors
from claimtrack.match.lexicon import known
from claimtrack.match.reading import Reading
from claimtrack.match.shingles import sketch
from claimtrack.match.vectors import Rows

NEAREST = 8
"""How many of the nearest are looked at for each content."""
LEAST = 0.30
"""Cosine below which nothing is looked at."""
_BUCKET, _NAMES = 40, 4
"""What more contents share tells nothing; the first names of a content."""
_SKETCH, _THINGS, _FEW = 3, 3, 12
"""Hashes of a content's sketch, and its first things, that are looked at. They are kept to what few
contents share: of what is told more often, the nearest in vectors tell as much."""
_DIGITS = 4
"""Of a cosine that count: its last ones change with how the work is shared, and copies are many."""
_BLOCK = 512
"""Contents whose neighbours are looked for at once."""
_ALL = 20_000
"""Up to so many contents, each is compared with all; beyond, with those in the nearest cells."""
_CELL, _PROBES, _SEED = 400, 6, 7

_WORDS, _ABOUT = "~", "="
_RARE = frozenset(_WORDS + _ABOUT)
"""How keys begin of words that follow each other, and of things spoken of."""

Pair = tuple[int, int]
Step = Callable[[int, int], None]


def near(
    vectors: np.ndarray | Rows, new: Sequence[int], step: Step | None = None
) -> Iterator[Pair]:
    """Yield pairs of places whose vectors are near, smaller place first, some of them twice.

    Args:
        vectors: Unit vectors, one a row, of any precision.
        new: The places whose neighbours are wanted.
        step: Told how many places are done, of how many.
    """
    search = _search_all if len(vectors) <= _ALL else _search_cells
    done = 0
    with threadpool_limits(1, "blas"):  # of small products threads wait for each other
        for places, found in search(vectors, new):
            for place, others in zip(places, found, strict=True):
                yield from ((min(place, one), max(place, one)) for one in others if one != place)
            done += len(places)
            if step:
                step(done, len(new))


def _search_all(
    vectors: np.ndarray | Rows, new: Sequence[int]
) -> Iterator[tuple[Sequence[int], list[list[int]]]]:
    whole = _exact(vectors[:])
    for start in range(0, len(new), _BLOCK):
        places = new[start : start + _BLOCK]
        alike = whole[places] @ whole.T
        yield places, [_best(row, None) for row in alike]


def _search_cells(
    vectors: np.ndarray | Rows, new: Sequence[int]
) -> Iterator[tuple[Sequence[int], list[list[int]]]]:
    """Search the cells around random pivots that lie nearest (an inverted file, as in FAISS)."""
    draw = np.random.default_rng(_SEED)
    # few that ask look into larger cells: fewer pivots cost less for all the others
    count = min(len(vectors) // _CELL, max(4 * _PROBES, int((_PROBES * len(new)) ** 0.5)))
    pivots = _exact(vectors[draw.choice(len(vectors), count, replace=False)])
    home = np.concatenate(
        [
            np.argmax(_exact(vectors[start : start + _BLOCK]) @ pivots.T, axis=1)
            for start in range(0, len(vectors), _BLOCK)
        ]
    )
    order = np.argsort(home, kind="stable")
    starts = np.searchsorted(home[order], np.arange(len(pivots) + 1))
    wanted = np.asarray(new)
    probed = np.concatenate(
        [
            np.argpartition(-(_exact(vectors[places]) @ pivots.T), _PROBES, axis=1)[:, :_PROBES]
            for places in (wanted[at : at + _BLOCK] for at in range(0, len(new), _BLOCK))
        ]
    )
    best = np.full((len(new), NEAREST + 1), -1.0, dtype=np.float32)
    found = np.zeros((len(new), NEAREST + 1), dtype=np.int64)
    rows, cells = np.divmod(np.argsort(probed.ravel(), kind="stable"), _PROBES)
    ends = np.searchsorted(probed[rows, cells], np.arange(len(pivots) + 1))
    for cell in range(len(pivots)):  # a cell's vectors are fetched once for all that look into it
        inside = order[starts[cell] : starts[cell + 1]]
        asking = rows[ends[cell] : ends[cell + 1]]
        if len(inside) and len(asking):
            theirs = _exact(vectors[inside]).T
            for some in (asking[at : at + _BLOCK] for at in range(0, len(asking), _BLOCK)):
                alike = np.round(_exact(vectors[wanted[some]]) @ theirs, _DIGITS)
                _keep_best(best, found, some, alike, inside)
    for at, place in enumerate(new):
        near_enough = found[at][best[at] >= LEAST]
        yield [place], [[int(each) for each in near_enough]]


def _exact(vectors: np.ndarray) -> Vectors:
    """Return some vectors as they are reckoned with; all of them would take the memory twice."""
    return vectors.astype(np.float32, copy=False)


def _keep_best(
    best: Vectors, found: np.ndarray, asking: np.ndarray, alike: Vectors, inside: np.ndarray
) -> None:
    """Keep, for some rows, the most alike of those known and of further ones."""
    both = np.concatenate([best[asking], alike], axis=1)
    places = np.concatenate(
        [found[asking], np.broadcast_to(inside, (len(asking), len(inside)))], axis=1
    )
    top = np.argpartition(-both, NEAREST, axis=1)[:, : NEAREST + 1]
    best[asking] = np.take_along_axis(both, top, axis=1)
    found[asking] = np.take_along_axis(places, top, axis=1)


def _best(alike: Vectors, inside: np.ndarray | None) -> list[int]:
    """Return the places of the most alike, at most NEAREST and itself."""
    some = min(NEAREST + 1, len(alike))
    alike = np.round(alike, _DIGITS)
    best = np.argpartition(-alike, some - 1)[:some]
    best = best[alike[best] >= LEAST]
    return [int(each) for each in (best if inside is None else inside[best])]


def sharing(keys: Sequence[Collection[str]], new: Iterable[int]) -> Iterator[Pair]:
    """Yield pairs of places that have a key in common.

    Args:
        keys: What `shared_keys` gives for the content of each place.
        new: The places whose pairs are wanted.
    """
    held = Counter(key for some in keys for key in some)
    buckets: dict[str, list[int]] = {
        key: []  # most words in a row stand in one content alone
        for key, count in held.items()
        if 1 < count <= (_FEW if key[0] in _RARE else _BUCKET)
    }
    for place, some in enumerate(keys):
        for key in some:
            if key in buckets:
                buckets[key].append(place)
    for place in new:
        for key in keys[place]:
            for other in buckets.get(key, ()):
                if other != place:
                    yield min(place, other), max(place, other)


def shared_keys(reading: Reading) -> list[str]:
    """Return what contents of one matter may have in common, each as one word.

    That is the exact numbers with what they count, each two of the bodies and states named, the
    least hashes of its words (`match.shingles`), and each two of the things it speaks of.
    """
    numbers = (one for one in reading.quantities if one.measure and not one.vague)
    names = sorted({one.key for one in reading.named[:_NAMES]})
    facts = known()
    weighty = reading.concepts - facts.saying - facts.slight
    things = sorted(sorted(weighty, key=lambda one: (reading.order[one], one))[:_THINGS])
    return sorted(
        {f"{one.measure} {one.low:g}" for one in numbers}
        | {f"{one}+{other}" for one, other in combinations(names, 2)}
        | {f"{_WORDS}{each:x}" for each in sketch(" ".join(reading.words))[:_SKETCH]}
        | {f"{_ABOUT}{one}+{other}" for one, other in combinations(things, 2)}
    )
