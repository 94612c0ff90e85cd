"""Which row, live or retired, the beginning of an id means."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from claimtrack.errors import AmbiguousIdError, UnknownIdError
from claimtrack.model.ids import split_prefix

_FIND = "Find one with: claimtrack search TEXT"


def row_of(
    connection: sqlite3.Connection, wanted: str, tables: Mapping[str, str], hint: str = _FIND
) -> str:
    """Return the full id that an id, or its beginning of six digits or more, means.

    Args:
        connection: A connection.
        wanted: As a user typed it, with or without its kind.
        tables: Where to look, by the first part of the ids there.
        hint: What to do where there is none.

    Raises:
        UnknownIdError: No row of them has it.
        AmbiguousIdError: Several have.
    """
    kind, digits = split_prefix(wanted) or ("", "")
    found: list[str] = []
    for each, table in tables.items():
        if kind in (None, each):
            rows = connection.execute(
                # "g" follows all digits
                f"SELECT id FROM {table} WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT 2",  # noqa: S608 (our own names)
                (f"{each}-{digits}",),
            )
            found += [str(row[0]) for row in rows]
    if not found:
        raise UnknownIdError(wanted, " or ".join(tables), hint)
    if len(found) > 1:
        raise AmbiguousIdError(wanted, found)
    return found[0]
