"""Reading a database as if some of its tables held less, or other values.

Tables are shadowed by temporary views of the same names, and so are the views that read them.
Every function that reads answers for what is shown; nothing is written to the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from claimtrack.errors import DatabaseError

Shadow = Callable[[str, list[str]], str | None]
"""Returns the query that stands for a table with some columns; None where the table stands."""


@contextmanager
def shadowed(connection: sqlite3.Connection, shadow: Shadow) -> Iterator[None]:
    """Put temporary views in front of tables, and of the views that read them, within a block.

    Raises:
        DatabaseError: Another such block is open.
    """
    refuse_shadowed(connection)
    made: list[str] = []
    with writable(connection):
        try:
            for table in _names(connection):
                columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
                query = shadow(table, columns)
                if query:
                    connection.execute(f'CREATE TEMP VIEW "{table}" AS {query}')
                    made.append(table)
            for name, sql in _views(connection):
                connection.execute(sql.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
                made.append(name)
            yield
        finally:
            for name in reversed(made):
                connection.execute(f'DROP VIEW IF EXISTS temp."{name}"')


def refuse_shadowed(connection: sqlite3.Connection) -> None:
    """Refuse a connection on which such a block is open.

    Raises:
        DatabaseError: One is.
    """
    views = "SELECT 1 FROM temp.sqlite_master WHERE type = 'view' LIMIT 1"
    if connection.execute(views).fetchone():
        raise DatabaseError("The database is read as of another time, or in part, already.")


@contextmanager
def writable(connection: sqlite3.Connection) -> Iterator[None]:
    """Let the temporary database be written within a block; the file may be open for reading."""
    guarded = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = 0")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA query_only = {guarded}")


def _names(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
        " AND name NOT LIKE '%!_fts%' ESCAPE '!'"
    )
    return [row[0] for row in rows]


def _views(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT name, sql FROM main.sqlite_master WHERE type = 'view' ORDER BY rowid"
    )
    return [(row[0], row[1].lstrip()) for row in rows]
