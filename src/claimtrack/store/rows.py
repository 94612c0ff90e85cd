"""Putting rows in: what is there already stays, and must be the same."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice

from claimtrack.errors import IntegrityError
from claimtrack.model.ids import canonical_json
from claimtrack.model.run import Run
from claimtrack.store.carried import Connection
from claimtrack.store.content import instant

Value = str | int | float | None
Row = Mapping[str, Value]
Values = tuple[Value, ...]

_AT_ONCE = 1_000
"""Rows that are looked for and put in together."""


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns.

    Raises:
        sqlite3.IntegrityError: One of them is there already, or points nowhere.
    """
    if rows:
        insert_values(connection, table, tuple(rows[0]), [tuple(row.values()) for row in rows])


def insert_values(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Sequence[Values]
) -> None:
    """Insert rows of which the values of some columns are given, in their order.

    Raises:
        sqlite3.IntegrityError: One of them is there already, or points nowhere.
    """
    if rows:
        connection.executemany(_insertion(table, columns), rows)


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    named = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({named}) VALUES ({marks})"  # noqa: S608 (our own names)


def put(connection: sqlite3.Connection, table: str, content: Row, recorded: Row) -> bool:
    """Insert a row under its id unless it is there; return whether it was new.

    Args:
        connection: Within a transaction.
        table: Its table.
        content: "id" and everything that belongs to the content.
        recorded: What is known of its recording, which may differ from what is there.

    Raises:
        IntegrityError: The same id is there with other content.
    """
    if held(connection, table, content):
        return False
    insert(connection, table, [{**content, **recorded}])
    return True


def put_all(
    connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Row, Row]]
) -> Iterator[str]:
    """Insert rows as `put` does, many at a time; yield the ids of those that were new.

    Args:
        connection: Within a transaction.
        table: Its table.
        rows: Of each, what belongs to the content and what is known of its recording. All have the
            same columns. They go in some at a time as ids are asked for: go through all of them.

    Raises:
        IntegrityError: An id is there, or comes twice, with other content.
    """
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        columns = tuple(some[0][0])
        there = _contents(connection, table, columns, (str(content["id"]) for content, _ in some))
        new: list[Row] = []
        for content, recorded in some:
            values = tuple(content.values())
            if there.setdefault(content["id"], values) is values:
                new.append({**content, **recorded})
            elif there[content["id"]] != values:
                raise _other_content(table, content)
        insert(connection, table, new)
        yield from (str(row["id"]) for row in new)


def _contents(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], ids: Iterable[str]
) -> dict[Value, Values]:
    """Return the contents that are there under some ids, by id."""
    rows = connection.execute(
        f"SELECT id, {', '.join(columns)} FROM {table}"  # noqa: S608 (our own names)
        " WHERE id IN (SELECT value FROM json_each(?))",
        (many(ids),),
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def held(connection: sqlite3.Connection, table: str, content: Row) -> bool:
    """Tell whether a row is there under its id; see `put`.

    Raises:
        IntegrityError: The same id is there with other content.
    """
    columns = ", ".join(f'"{column}"' for column in content)
    found = connection.execute(
        f"SELECT {columns} FROM {table} WHERE id = ?",  # noqa: S608 (our own names)
        (content["id"],),
    ).fetchone()
    if found and tuple(found) != tuple(content.values()):
        raise _other_content(table, content)
    return found is not None


def _other_content(table: str, content: Row) -> IntegrityError:
    return IntegrityError(
        f"{table} {content['id']} is held with other content. See: claimtrack check"
    )


def many(values: Iterable[str]) -> str:
    """Return values as the one parameter of `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(dict.fromkeys(values)))


def put_run(connection: sqlite3.Connection, run: Run, at: datetime) -> None:
    """Insert a run unless it is there.

    Raises:
        IntegrityError: The same id is there with other content.
    """
    run_id = run.id
    runs = connection.runs if isinstance(connection, Connection) else set[str]()
    if run_id in runs:
        return
    content: Row = {
        "id": run_id,
        "tool": run.tool,
        "version": run.version,
        "configuration": canonical_json(run.configuration),
    }
    put(connection, "run", content, {"recorded_at": instant(at)})
    if connection.in_transaction:
        runs.add(run_id)
