"""Which contents are worth comparing: near in vectors, or with something rare in common.

That is a number of one thing, two names, words that follow each other, or two things spoken of,
which hold across languages where vectors tell little.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from claimtrack.match.embed import Vectors
from claimtrack.match.lexicon import known
from claimtrack.match.piles import Piles
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
_PART = 1_000
"""Contents of a cell that are looked at together: some have 100,000, of nearly the same words."""
_ALL = 20_000
"""Up to so many contents, each is compared with all; beyond, with those in the nearest cells."""
_CELL, _PROBES, _SEED = 400, 6, 7

_WORDS, _ABOUT, _FIGURES = "~", "=", "#"
_RARE = frozenset(_WORDS + _ABOUT + _FIGURES)
"""How keys begin of words that follow each other, of things spoken of, and of bare figures."""
_FIGURE = 10
"""Numbers from which on it is worth while to look who else gives them, whatever they count."""

_PILES = 64
"""Files that keys are sorted in."""
_ASKING = 100_000
"""Places whose neighbours are looked for together."""
_KEYS = 500_000
"""Keys that are put down together."""
_BITS = 24
"""Of a key's hash, by which it is told whether something new may have it: an array of 16 MB."""

Pairing = NDArray[np.int64]
"""Pairs of places, the smaller one first: two columns."""
Step = Callable[[int, int], None]


def near(
    vectors: np.ndarray | Rows, new: NDArray[np.int64], step: Step | None = None, threads: int = 1
) -> Iterator[Pairing]:
    """Yield pairs of places whose vectors are near, smaller place first, some of them twice.

    Args:
        vectors: Unit vectors, one a row, of any precision.
        new: The places whose neighbours are wanted.
        step: Told how many places are done, of how many.
        threads: How many search at once, where there is much to search.
    """
    few = len(vectors) <= _ALL
    done = 0
    with threadpool_limits(1, "blas"):  # of small products threads wait for each other
        search = _search_all(vectors, new) if few else _search_cells(vectors, new, threads)
        for places, best, found in search:
            some, which = np.nonzero((best >= LEAST) & (found != places[:, None]))
            yield np.sort(np.stack([places[some], found[some, which]], axis=1), axis=1)
            done += len(places)
            if step:
                step(done, len(new))


Searched = tuple[NDArray[np.int64], Vectors, NDArray[np.int64]]
"""Places; how alike each one's nearest are; where these are."""


def _search_all(vectors: np.ndarray | Rows, new: NDArray[np.int64]) -> Iterator[Searched]:
    whole = _exact(vectors[:])
    some = min(NEAREST + 1, len(whole))
    for places in _blocks(new, _BLOCK):
        alike = np.round(whole[places] @ whole.T, _DIGITS)
        found = np.argpartition(-alike, some - 1, axis=1)[:, :some]
        yield places, np.take_along_axis(alike, found, axis=1), found


def _search_cells(
    vectors: np.ndarray | Rows, new: NDArray[np.int64], threads: int
) -> Iterator[Searched]:
    """Search the cells around random pivots that lie nearest (an inverted file, as in FAISS)."""
    draw = np.random.default_rng(_SEED)
    # few that ask look into larger cells: fewer pivots cost less for all the others
    count = min(len(vectors) // _CELL, max(4 * _PROBES, int((_PROBES * len(new)) ** 0.5)))
    pivots = _exact(vectors[draw.choice(len(vectors), count, replace=False)])
    home = np.concatenate(
        [
            np.argmax(_exact(vectors[places]) @ pivots.T, axis=1)
            for places in _blocks(np.arange(len(vectors)), _BLOCK)
        ]
    )
    order = np.argsort(home, kind="stable")
    cells = np.split(order, np.searchsorted(home[order], np.arange(1, count)))

    def searched(places: NDArray[np.int64]) -> Searched:
        return (places, *_searched(vectors, places, pivots, cells))

    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(searched, _blocks(new, _ASKING))


def _searched(
    vectors: np.ndarray | Rows,
    wanted: NDArray[np.int64],
    pivots: Vectors,
    cells: Sequence[NDArray[np.int64]],
) -> tuple[Vectors, NDArray[np.int64]]:
    """Return how alike the nearest of some places are, and where these are."""
    probed = np.empty((len(wanted), _PROBES), dtype=np.int32)
    for at in range(0, len(wanted), _BLOCK):  # copied: a view would hold all that was ordered
        away = -(_exact(vectors[wanted[at : at + _BLOCK]]) @ pivots.T)
        probed[at : at + _BLOCK] = np.argpartition(away, _PROBES, axis=1)[:, :_PROBES]
    best = np.full((len(wanted), NEAREST + 1), -1.0, dtype=np.float32)
    found = np.zeros((len(wanted), NEAREST + 1), dtype=np.int64)
    rows, asked = np.divmod(np.argsort(probed.ravel(), kind="stable"), _PROBES)
    ends = np.searchsorted(probed[rows, asked], np.arange(len(cells) + 1))
    for cell, inside in enumerate(cells):  # whose vectors are fetched once for all that look there
        asking = rows[ends[cell] : ends[cell + 1]]
        for part in _blocks(inside, _PART) if len(asking) else ():
            theirs = _exact(vectors[part]).T
            for some in _blocks(asking, _BLOCK):
                alike = np.round(_exact(vectors[wanted[some]]) @ theirs, _DIGITS)
                nearer = alike.max(axis=1) > best[some].min(axis=1)
                _keep_best(best, found, some[nearer], alike[nearer], part)
    return best, found


def _blocks(places: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    return (places[start : start + size] for start in range(0, len(places), size))


def _exact(vectors: np.ndarray) -> Vectors:
    """Return some vectors as they are reckoned with; all of them would take the memory twice."""
    return vectors.astype(np.float32, copy=False)


def _keep_best(
    best: Vectors, found: np.ndarray, asking: np.ndarray, alike: Vectors, inside: np.ndarray
) -> None:
    """Keep, for some rows, the most alike of those known and of further ones."""
    most = min(NEAREST + 1, len(inside))
    top = np.argpartition(alike, -most, axis=1)[:, -most:]
    both = np.concatenate([best[asking], np.take_along_axis(alike, top, axis=1)], axis=1)
    places = np.concatenate([found[asking], inside[top]], axis=1)
    top = np.argpartition(-both, NEAREST, axis=1)[:, : NEAREST + 1]
    best[asking] = np.take_along_axis(both, top, axis=1)
    found[asking] = np.take_along_axis(places, top, axis=1)


_ROW = np.dtype([("key", np.uint64), ("place", np.int32)])
_ONE = np.uint64(1)


class Shared:
    """What places have in common, as hashes of keys on disk; the last bit says that few may share.

    Of what was linked before, only that is kept which something new may have too: what is new comes
    first.
    """

    def __init__(self, files: ExitStack, new: NDArray[np.bool_]) -> None:
        """Begin with nothing, among other files; `new` tells of each place whether it is new."""
        self._new = new
        self._piles = Piles(files, _PILES, _ROW)
        self._keys, self._places = array("q"), array("l")
        self._asked = np.zeros(1 << _BITS, dtype=np.bool_)

    def put(self, place: int, keys: Sequence[str]) -> None:
        """Note what `shared_keys` gives for the content of a place."""
        self._keys.extend([hash(key) & ~1 | (key[0] in _RARE) for key in keys])
        self._places.extend([place] * len(keys))
        if len(self._keys) >= _KEYS:
            self._put_down()

    def _put_down(self) -> None:
        rows = np.empty(len(self._keys), dtype=_ROW)
        rows["key"], rows["place"] = np.array(self._keys).view(np.uint64), self._places
        begins = rows["key"] >> np.uint64(64 - _BITS)
        new = self._new[rows["place"]]
        self._asked[begins[new]] = True
        kept = self._asked[begins]
        self._piles.put(rows[kept], (begins[kept] % _PILES).astype(np.int64))
        self._keys, self._places = array("q"), array("l")

    def pairs(self) -> Iterator[Pairing]:
        """Yield pairs of places that have a key in common, one of them new; some of them twice."""
        self._put_down()
        for rows in self._piles:
            yield from _sharing(np.sort(rows, order=("key", "place")), self._new)


def _sharing(rows: NDArray[np.void], new: NDArray[np.bool_]) -> Iterator[Pairing]:
    """Yield the pairs of places in rows that are sorted by their keys."""
    keys = rows["key"]
    _, starts, counts = np.unique(keys, return_index=True, return_counts=True)
    most = np.where(keys[starts] & _ONE, _FEW, _BUCKET)
    kept = np.repeat((counts > 1) & (counts <= most), counts)
    keys, places = keys[kept], rows["place"][kept].astype(np.int64)
    for apart in range(1, _BUCKET):
        left, right = places[:-apart], places[apart:]
        same = (keys[:-apart] == keys[apart:]) & (new[left] | new[right]) & (left != right)
        if same.any():
            yield np.stack([left[same], right[same]], axis=1)


def shared_keys(reading: Reading) -> list[str]:
    """Return what contents of one matter may have in common, each as one word.

    That is the exact numbers with what they count, and larger ones without; each two of the bodies
    and states named; the least hashes of its words (`match.shingles`); and each two of the things
    it speaks of, or one of them with who is named first.
    """
    exact = [one for one in reading.quantities if not one.vague]
    names = sorted({one.key for one in reading.named[:_NAMES]})
    facts = known()
    weighty = reading.concepts - facts.saying - facts.slight
    things = sorted(sorted(weighty, key=lambda one: (reading.order[one], one))[:_THINGS])
    first = [one.key for one in reading.named[:1]]
    return sorted(
        {f"{one.measure} {one.low:g}" for one in exact if one.measure}
        | {f"{_FIGURES}{one.low:g}" for one in exact if one.low >= _FIGURE}
        | {f"{one}+{other}" for one, other in combinations(names, 2)}
        | {f"{_WORDS}{each:x}" for each in sketch(" ".join(reading.words))[:_SKETCH]}
        | {f"{_ABOUT}{one}+{other}" for one, other in combinations([*first, *things], 2)}
    )
