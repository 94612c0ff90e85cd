"""Parquet: each row is an article, its columns named by the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from importlib import import_module
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from claimtrack.ingest.problems import NotAnArticleError

MAGIC = b"PAR1"
"""The first bytes of a file."""

_ROWS = 256
"""Rows that are held at a time."""


def groups(stream: BinaryIO) -> list[tuple[int, int]]:
    """Return of each row group of a file how many rows and how many bytes it has.

    Raises:
        NotAnArticleError: It cannot be read, or pyarrow is not installed.
    """
    with _opened(stream) as file:
        found = [file.metadata.row_group(at) for at in range(file.metadata.num_row_groups)]
        return [(group.num_rows, group.total_byte_size) for group in found]


def rows(
    stream: BinaryIO, fields: Mapping[str, str], within: Sequence[int] | None = None
) -> Iterator[tuple[int, bytes]]:
    """Yield the number of each row, from 1, and its fields as a JSON line.

    A row without an id is called after its number. Columns without a value are left out.

    Args:
        stream: A file that can be read at any place.
        fields: What columns mean, names of ours to names of theirs.
        within: The row groups to read; all when None.

    Raises:
        NotAnArticleError: It cannot be read, or pyarrow is not installed.
    """
    with _opened(stream) as file:
        yield from _rows(file, fields.get("id", "id"), within)


def _rows(file: Any, named: str, within: Sequence[int] | None) -> Iterator[tuple[int, bytes]]:
    wanted = range(file.metadata.num_row_groups) if within is None else within
    sizes = [file.metadata.row_group(at).num_rows for at in range(file.metadata.num_row_groups)]
    try:
        for at in wanted:
            number = sum(sizes[:at])
            for batch in file.iter_batches(_ROWS, row_groups=[at], use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield number, _line(row, named, number)
    except (OSError, ValueError) as error:  # Arrow's errors are among these
        raise NotAnArticleError(f"damaged Parquet ({_first_line(error)})") from None


def unbound(stream: BinaryIO, fields: Mapping[str, str]) -> Iterator[tuple[int, bytes]]:
    """Yield the rows of a stream, which is put into a file first: its end is read before it.

    Raises:
        NotAnArticleError: It cannot be read, or pyarrow is not installed.
    """
    with TemporaryFile() as whole:
        copyfileobj(stream, whole)
        yield from rows(whole, fields)


def _line(row: Mapping[str, Any], named: str, number: int) -> bytes:
    known = {name: value for name, value in row.items() if value is not None}
    known[named] = str(known.get(named, number))
    return json.dumps(known, ensure_ascii=False, default=_plain).encode("utf-8", "surrogatepass")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _opened(stream: BinaryIO) -> Any:
    try:
        parquet = import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise NotAnArticleError(
            "Parquet, which needs pyarrow; install it with: pip install 'claimtrack[parquet]'"
        ) from None
    try:
        # Buffering ahead is done by a thread of Arrow's, which may still hold our file when the
        # process ends, and then aborts it.
        return parquet.ParquetFile(stream, pre_buffer=False)
    except (OSError, ValueError) as error:
        raise NotAnArticleError(f"damaged Parquet ({_first_line(error)})") from None


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
