"""Streams whose beginning was read already, that are compressed, or that tell how far they are."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from gzip import BadGzipFile
from typing import BinaryIO, cast

__all__ = ["BadGzipFile", "Members", "Told", "chunks", "first", "gunzipped", "is_warc", "rejoined"]

_CHUNK = 1 << 20
_GZIP = 16 + zlib.MAX_WBITS


class Told(io.RawIOBase):
    """A stream that tells after each stretch how many bytes it had."""

    def __init__(self, stream: BinaryIO, told: Callable[[int], None]) -> None:
        """Read from a stream."""
        self._stream, self._told = stream, told

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes."""
        data = self._stream.read(size)
        self._told(len(data))
        return data


class Members(io.RawIOBase):
    """A compressed stream that knows, once it was read, whether its last member is whole.

    Attributes:
        whole: It is.
    """

    def __init__(self, stream: BinaryIO) -> None:
        """Read from a stream."""
        self._stream, self.whole = stream, True
        self._inflate = zlib.decompressobj(_GZIP)

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes."""
        data = rest = self._stream.read(size)
        while rest:
            if self._inflate.eof:
                self._inflate = zlib.decompressobj(_GZIP)
            try:
                self._inflate.decompress(rest, _CHUNK)
            except zlib.error:
                self.whole = False
                return data
            rest = self._inflate.unconsumed_tail or self._inflate.unused_data
            self.whole = self._inflate.eof
        return data


class _Rejoining(io.RawIOBase):
    """A stream with its beginning put back before it."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(cast("bytearray", buffer))
        size = len(view)
        data = self._head[:size] if self._head else self._stream.read(size)
        self._head = self._head[len(data) :] if self._head else b""
        view[: len(data)] = data
        return len(data)


def rejoined(head: bytes, stream: BinaryIO) -> BinaryIO:
    """Return a stream of its beginning and the rest."""
    return cast("BinaryIO", io.BufferedReader(_Rejoining(head, stream), _CHUNK))


def first(stream: BinaryIO, size: int) -> bytes:
    """Return the first bytes of a stream, fewer only where it ends."""
    pieces = []
    while size > 0 and (piece := stream.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def gunzipped(stream: BinaryIO) -> BinaryIO:
    """Return what a compressed stream holds, as it comes."""
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb"))


def is_warc(head: bytes) -> bool:
    """Tell whether the first bytes of a compressed stream are those of a WARC file."""
    try:
        return zlib.decompressobj(_GZIP).decompress(head, 5) == b"WARC/"
    except zlib.error:
        return False


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield a stream in stretches."""
    while chunk := stream.read(_CHUNK):
        yield chunk
