"""Bodies as they were sent to what they hold, never more than a bound."""

from __future__ import annotations

import zlib

CODINGS = "gzip, deflate"
"""What we ask servers for, and can undo."""

_GZIP = 16 + zlib.MAX_WBITS
_STEP = 1 << 20


class TooMuchError(Exception):
    """More came out than may."""


def decoded(body: bytes, coding: str | None, most: int) -> bytes:
    """Return what a body holds.

    Args:
        body: As it was sent.
        coding: The Content-Encoding header; codings are undone last to first.
        most: The largest number of bytes that may come out.

    Raises:
        TooMuchError: There would be more; no more than that was ever held.
        ValueError: The coding is not known, or the body is not what it says.
    """
    names = [name.strip().lower() for name in (coding or "").split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > 2:
        raise ValueError("encoded more than twice")
    for name in reversed(names):
        if name in ("gzip", "x-gzip"):
            body = inflated(body, _GZIP, most)
        elif name == "deflate":
            body = _deflated(body, most)
        else:
            raise ValueError(f"encoded as {name[:40]!r}, which was not asked for")
    if len(body) > most:
        raise TooMuchError
    return body


def inflated(data: bytes, window: int = _GZIP, most: int = 1 << 62) -> bytes:
    """Return what compressed data holds; several gzip members are one.

    Raises:
        TooMuchError: It is more than `most` bytes.
        ValueError: It is damaged or cut off.
    """
    pieces, size = [], 0
    while data:
        one = zlib.decompressobj(window)
        while not one.eof:
            try:
                piece = one.decompress(data, _STEP)
            except zlib.error as error:
                raise ValueError(f"its compressed body is damaged ({error})") from None
            data = one.unconsumed_tail
            size += len(piece)
            if size > most:
                raise TooMuchError
            if not piece and not data and not one.eof:
                raise ValueError("its compressed body is cut off")
            pieces.append(piece)
        data = one.unused_data
        if window != _GZIP or not data.startswith(b"\x1f\x8b"):
            break  # what servers pad with says nothing
    return b"".join(pieces)


def _deflated(body: bytes, most: int) -> bytes:
    try:
        return inflated(body, zlib.MAX_WBITS, most)
    except ValueError:
        return inflated(body, -zlib.MAX_WBITS, most)  # as some servers understand the word
