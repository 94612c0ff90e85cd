"""The vectors of all that is compared: one for each distinct content, in memory or in a file.

Above `SIDECAR` contents they lie in a folder beside the database, mapped into memory and read by
block, and stay there for the next run. They are a copy of what the database holds: the folder may
be removed at any time, and is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimtrack.match.embed import NAME, WIDTH
from claimtrack.store import linking

SIDECAR = 300_000
"""Contents from which on vectors are kept in a file: 300 MB."""

_ROW = WIDTH * np.dtype(np.float16).itemsize
_DIGEST = 64
"""Bytes that the digest of a content takes, at most."""

_DROPPED = 1 << 22
"""Bytes of a mapped file that may be read before its pages are given back: they count as memory,
with the sixteen pages around each of them that the system maps together."""

Held = Callable[[NDArray[np.int64]], Iterable[tuple[int, bytes]]]
"""Gives the vectors of contents, by their numbers, each with its number, in any order."""


class Rows:
    """Vectors by the places of those that have them; several places may share a vector."""

    def __init__(
        self, vectors: NDArray[np.float16], rows: NDArray[np.int64], mapped: mmap | None = None
    ) -> None:
        """Take distinct vectors, for each place which of them it has, and the file they are in."""
        self._vectors, self._rows = vectors, rows
        self._mapped, self._read = mapped, 0

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._rows)

    def __getitem__(self, places: Any) -> NDArray[np.float16]:
        """Return the vectors of some places, or of one."""
        found: NDArray[np.float16] = self._vectors[self._rows[places]]
        self._read += found.nbytes
        if self._mapped and self._read > _DROPPED:
            self._mapped.madvise(MADV_DONTNEED)
            self._read = 0
        return found


def gathered(
    digests: NDArray[np.bytes_], contents: NDArray[np.int64], held: Held, database: Path
) -> Rows:
    """Return the vectors of contents, by place.

    Args:
        digests: The digest of each distinct content.
        contents: Which of them each place has.
        held: Gives vectors.
        database: Beside which they may be kept.
    """
    if len(digests) > SIDECAR:
        return _filed(digests, contents, held, _Sidecar(database))
    vectors = np.empty((len(digests), WIDTH), dtype=np.float16)
    for number, vector in held(np.arange(len(digests))):
        vectors[number] = np.frombuffer(vector, dtype=np.float16)
    return Rows(vectors, contents)


def _filed(
    digests: NDArray[np.bytes_], contents: NDArray[np.int64], held: Held, sidecar: _Sidecar
) -> Rows:
    rows = sidecar.rows(digests)
    end = sidecar.count
    for row, number in enumerate(sidecar.added(digests, held(np.flatnonzero(rows < 0))), end):
        rows[number] = row
    mapped = sidecar.mapped()
    vectors = np.frombuffer(mapped, dtype=np.float16).reshape(-1, WIDTH)
    return Rows(vectors, rows[contents], mapped)


class _Sidecar:
    """Two files that grow at their ends: vectors, and the digests of what they are of.

    What a killed process left half written at an end is cut off.
    """

    def __init__(self, database: Path) -> None:
        folder = linking.sidecar_of(database)
        folder.mkdir(exist_ok=True)
        self._vectors = folder / f"{NAME}.f16"
        self._digests = folder / f"{NAME}.digests"
        self.count = min(_size(self._vectors) // _ROW, _size(self._digests) // _DIGEST)
        for path, each in ((self._vectors, _ROW), (self._digests, _DIGEST)):
            with path.open("ab") as file:
                file.truncate(self.count * each)

    def rows(self, digests: NDArray[np.bytes_]) -> NDArray[np.int64]:
        """Return which row each content has; -1 for none."""
        known = np.fromfile(self._digests, dtype=f"S{_DIGEST}").astype(digests.dtype)
        known = np.char.rstrip(known) if len(known) else known
        if not len(known):
            return np.full(len(digests), -1, dtype=np.int64)
        order = np.argsort(known)
        at = np.minimum(np.searchsorted(known, digests, sorter=order), len(known) - 1)
        found: NDArray[np.int64] = np.where(known[order[at]] == digests, order[at], -1)
        return found

    def added(self, digests: NDArray[np.bytes_], new: Iterable[tuple[int, bytes]]) -> Iterator[int]:
        """Put vectors at the end, and yield the numbers of their contents."""
        with self._vectors.open("ab") as vectors, self._digests.open("ab") as names:
            for number, vector in new:
                vectors.write(vector)
                names.write(bytes(digests[number]).ljust(_DIGEST))
                yield number

    def mapped(self) -> mmap:
        """Return the file of vectors, read as they are asked for."""
        with self._vectors.open("rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
