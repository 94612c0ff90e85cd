"""Parquet: the tables of `csv` with types, for those who count with pandas, R or DuckDB."""

from __future__ import annotations

import types
from collections.abc import Iterable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO, get_args, get_type_hints

from claimtrack.export.bundle import Files, saved
from claimtrack.export.checks import library
from claimtrack.export.files import whole_file
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.sheets import parquet_problems
from claimtrack.export.tables import AttributionRow, attributions, every
from claimtrack.model.span import Spans
from claimtrack.store import Connection

_ROWS = 10_000
"""Rows of a group: what is held in memory."""


def write(connection: Connection, out: BinaryIO, _options: Options) -> Done:
    """Write the table of attributions.

    Raises:
        ClaimtrackError: pyarrow is not installed.
    """
    return Done(write_rows(out, AttributionRow, attributions(connection)))


def save(connection: Connection, path: Path, options: Options) -> Done:
    """Write all tables into a new folder or a .zip; a path in .parquet gets attributions.

    Raises:
        ClaimtrackError: pyarrow is not installed.
        OutputError: The path cannot be written, or is a folder that holds something.
    """
    if path.suffix.lower() == ".parquet":
        with whole_file(path) as stream:
            return write(connection, stream, options)
    return Done(saved(_files(connection), path))


def _files(connection: Connection) -> Files:
    for name, kind, rows in every(connection):
        yield f"{name}.parquet", partial(write_rows, kind=kind, rows=rows)


def write_rows(out: IO[bytes], kind: type[tuple[Any, ...]], rows: Iterable[tuple[Any, ...]]) -> int:
    """Write rows as a Parquet file; return how many there were.

    Args:
        out: Where to.
        kind: What a row is: its fields are words, numbers or spans, some of which may be None.
        rows: They.

    Raises:
        ClaimtrackError: pyarrow is not installed.
    """
    arrow, parquet = library("pyarrow", "parquet"), library("pyarrow.parquet", "parquet")
    schema = _schema(arrow, kind)
    count, waiting = 0, iter(rows)
    with parquet.ParquetWriter(out, schema, compression="zstd") as table:
        while some := list(islice(waiting, _ROWS)):
            columns = zip(zip(*some, strict=True), schema.types, strict=True)
            table.write_batch(
                arrow.record_batch([arrow.array(one, of) for one, of in columns], schema=schema)
            )
            count += len(some)
    return count


def _schema(arrow: Any, kind: type[tuple[Any, ...]]) -> Any:
    """Return a row's columns with Arrow's types; what may be None may be null."""
    of = {str: arrow.string(), int: arrow.int64(), float: arrow.float64()}
    ends = [arrow.field(name, arrow.int64(), nullable=False) for name in ("start", "end")]
    of[Spans] = arrow.list_(arrow.field("span", arrow.struct(ends), nullable=False))
    fields = []
    for name, hint in get_type_hints(kind).items():
        optional = isinstance(hint, types.UnionType)
        plain = next(each for each in get_args(hint) if each is not None) if optional else hint
        fields.append(arrow.field(name, of[plain], nullable=optional))
    return arrow.schema(fields)


FORM = Form(
    "The tables of csv as Parquet, with types: attributions, or all five into a folder or .zip.",
    ".parquet",
    write,
    things="rows",
    save=save,
    check=parquet_problems,
)
