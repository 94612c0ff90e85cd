"""The WARC file beside a database: records are appended, whole or not at all.

It is written within the transaction of the rows that tell of it, so that one process writes at a
time. What a killed process left behind is a record that no row tells of: a whole one stays, one
that is cut off goes. No whole record is ever taken away.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from claimtrack.errors import OutputError

_GZIP = 16 + zlib.MAX_WBITS
_CHUNK = 1 << 20


def path_of(database: Path) -> Path:
    """Return where the WARC file of a database is.

    >>> path_of(Path("desk.db")).name
    'desk.db.warc.gz'
    """
    return database.with_name(f"{database.name}.warc.gz")


def append(path: Path, records: bytes, known: int) -> int:
    """Append records to a file, made when there is none; return where they begin.

    Args:
        path: The file.
        records: Gzip members.
        known: How far the rows of the database reach in it, in bytes.

    Raises:
        OutputError: It cannot be written, or is no file of ours; it is as it was.
    """
    try:
        with path.open("r+b" if path.exists() else "x+b") as file:
            start = _end(file, known, path)
            try:
                file.truncate(start)
                file.seek(start)
                file.write(records)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                file.truncate(start)
                raise
            return start
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            str(path), f"cannot be written ({reason}). Nothing was recorded; free it and try again."
        ) from None


def _end(file: BinaryIO, known: int, path: Path) -> int:
    """Return where the last whole record ends, from a place on where all are known to be whole."""
    size = file.seek(0, os.SEEK_END)
    end = min(known, size)
    if end == size:
        return end
    file.seek(end)
    if not b"\x1f\x8b".startswith(file.read(2)[:2]):
        raise OutputError(str(path), "is no file of this database. Move it away.")
    file.seek(end)
    inflate = zlib.decompressobj(_GZIP)
    at = end
    while chunk := file.read(_CHUNK):
        while chunk:
            try:
                inflate.decompress(chunk)
            except zlib.error:
                return end
            rest = inflate.unused_data
            at += len(chunk) - len(rest)
            if not inflate.eof:
                break
            end, chunk, inflate = at, rest, zlib.decompressobj(_GZIP)
    return end


def problems(database: Path, known: Iterable[tuple[str, int, int]]) -> Iterator[str]:
    """Yield what is wrong with the WARC file of a database, a record a line.

    Args:
        database: The database.
        known: Id, start and size of each capture's records, as the database has them.
    """
    path = path_of(database)
    for capture, start, size in known:
        if not path.exists():
            return  # a copy of the database alone is whole, too: it holds all that was fetched
        records = stretch(path, start, size)
        if records is None:
            yield f"{path}: ends before the record of {capture}"
        elif not _whole(records):
            yield f"{path}: the record of {capture} is damaged"


def overwrite(path: Path, start: int, size: int) -> None:
    """Put a record of the same size, which says nothing, in the place of some; no byte is left.

    Args:
        path: The file; where there is none, there is nothing to overwrite.
        start: Where the records begin.
        size: How many bytes they have.

    Raises:
        OutputError: It cannot be written.
    """
    if not path.exists():
        return
    try:
        with path.open("r+b") as file:
            file.seek(start)
            file.write(_empty(size))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            str(path), f"cannot be overwritten ({reason}). Make it writable and redact again."
        ) from None


def _empty(size: int) -> bytes:
    """Return a whole gzip member of a size that holds nothing: a comment in its head fills it."""
    deflated = zlib.compress(b"", wbits=-zlib.MAX_WBITS)
    head = b"\x1f\x8b\x08\x10" + bytes(4) + b"\x00\xff"  # FCOMMENT, no time, any system
    tail = deflated + bytes(8)  # the checksum and size of nothing
    return head + b"x" * (size - len(head) - len(tail) - 1) + b"\0" + tail


def _whole(records: bytes) -> bool:
    """Tell whether bytes are whole gzip members, each with its right checksum."""
    while records:
        inflate = zlib.decompressobj(_GZIP)
        try:
            inflate.decompress(records)
        except zlib.error:
            return False
        if not inflate.eof:
            return False
        records = inflate.unused_data
    return True


def stretch(path: Path, start: int, size: int) -> bytes | None:
    """Return a stretch of the file; None where it does not reach so far, or cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            found = file.read(size)
    except OSError:
        return None
    return found if len(found) == size else None
