"""What is too much for memory, in files that are gone when they are closed.

Rows are put into piles by a number, and read again a pile at a time, as a sort on disk begins.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Piles:
    """Rows of one type in piles, each a file.

    Attributes:
        count: How many piles there are.
    """

    def __init__(self, files: ExitStack, count: int, row: DTypeLike) -> None:
        """Make empty piles of rows of a numpy type, which are gone with other files."""
        self.count = count
        self._row = np.dtype(row)
        self._files = [_file(files) for _ in range(count)]

    def put(self, rows: NDArray[np.void], piles: NDArray[np.int64]) -> None:
        """Put each row into the pile of its number."""
        order = np.argsort(piles, kind="stable")
        ends = np.searchsorted(piles[order], np.arange(1, self.count))
        for file, some in zip(self._files, np.split(rows[order], ends), strict=True):
            some.tofile(file)

    def __iter__(self) -> Iterator[NDArray[np.void]]:
        """Yield each pile's rows in the order in which they came, and leave nothing of it."""
        for file in self._files:
            with file:
                file.seek(0)
                yield np.fromfile(file, dtype=self._row)


class Kept:
    """Bytes in a file, numbered as they come."""

    def __init__(self, files: ExitStack) -> None:
        """Begin with none; the file is gone with others."""
        self._file = _file(files)
        self._ends = array("q", [0])
        self._flushed = True

    def append(self, data: bytes) -> int:
        """Keep some bytes; return their number."""
        self._flushed = False
        self._ends.append(self._ends[-1] + self._file.write(data))
        return len(self._ends) - 2

    def __getitem__(self, number: int) -> bytes:
        """Return the bytes of a number."""
        if not self._flushed:
            self._file.flush()
            self._flushed = True
        start, end = self._ends[number : number + 2]
        return os.pread(self._file.fileno(), end - start, start)


def _file(files: ExitStack) -> IO[bytes]:
    return files.enter_context(TemporaryFile())
