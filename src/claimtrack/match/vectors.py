"""The vectors of all that is compared: one for each distinct content, in memory or in a file.

Above `SIDECAR` contents they lie in a folder beside the database, mapped into memory and read by
block, and stay there for the next run. They are a copy of what the database holds: the folder may
be removed at any time, and is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimtrack.match.embed import NAME, WIDTH

SIDECAR = 300_000
"""Contents from which on vectors are kept in a file: 300 MB."""

ENDING = ".vectors"
"""Of the folder, after the database's name."""

_ROW = WIDTH * np.dtype(np.float16).itemsize
_DIGEST = 64
"""Bytes that the digest of a content takes, at most."""

Held = Callable[[Sequence[str]], Iterable[tuple[str, bytes]]]
"""Gives the vectors of contents, each with its digest, in any order."""


class Rows:
    """Vectors by the places of those that have them; several places may share a vector."""

    def __init__(self, vectors: NDArray[np.float16], rows: NDArray[np.int64]) -> None:
        """Take distinct vectors, and for each place which of them it has."""
        self._vectors, self._rows = vectors, rows

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._rows)

    def __getitem__(self, places: Any) -> NDArray[np.float16]:
        """Return the vectors of some places, or of one."""
        found: NDArray[np.float16] = self._vectors[self._rows[places]]
        return found


def gathered(digests: Sequence[str], held: Held, database: Path) -> Rows:
    """Return the vectors of contents, by place.

    Args:
        digests: The digest of the content of each place.
        held: Gives vectors.
        database: Beside which they may be kept.
    """
    number: dict[str, int] = {}
    if len(set(digests)) > SIDECAR:
        with_file = _Sidecar(database)
        number = with_file.known()
        missing = [each for each in dict.fromkeys(digests) if each not in number]
        for digest, _ in with_file.added(held(missing)):
            number[digest] = len(number)
        vectors = with_file.vectors()
    else:
        distinct = list(dict.fromkeys(digests))
        vectors = np.empty((len(distinct), WIDTH), dtype=np.float16)
        for digest, vector in held(distinct):
            number[digest] = len(number)
            vectors[number[digest]] = np.frombuffer(vector, dtype=np.float16)
    rows = np.fromiter((number[each] for each in digests), dtype=np.int64, count=len(digests))
    return Rows(vectors, rows)


class _Sidecar:
    """Two files that grow at their ends: vectors, and the digests of what they are of.

    What a killed process left half written at an end is cut off.
    """

    def __init__(self, database: Path) -> None:
        folder = database.with_name(database.name + ENDING)
        folder.mkdir(exist_ok=True)
        self._vectors = folder / f"{NAME}.f16"
        self._digests = folder / f"{NAME}.digests"
        whole = min(_size(self._vectors) // _ROW, _size(self._digests) // _DIGEST)
        for path, each in ((self._vectors, _ROW), (self._digests, _DIGEST)):
            with path.open("ab") as file:
                file.truncate(whole * each)

    def known(self) -> dict[str, int]:
        """Return which row each content has."""
        data = self._digests.read_bytes()
        found = (data[at : at + _DIGEST].rstrip() for at in range(0, len(data), _DIGEST))
        return {digest.decode("ascii"): row for row, digest in enumerate(found)}

    def added(self, new: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Put vectors at the end, and yield them."""
        with self._vectors.open("ab") as vectors, self._digests.open("ab") as digests:
            for digest, vector in new:
                vectors.write(vector)
                digests.write(digest.encode("ascii").ljust(_DIGEST))
                yield digest, vector

    def vectors(self) -> NDArray[np.float16]:
        """Return all rows, read from the file as they are asked for."""
        found: NDArray[np.float16] = np.memmap(
            self._vectors, dtype=np.float16, mode="r", shape=(_size(self._vectors) // _ROW, WIDTH)
        )
        return found


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
