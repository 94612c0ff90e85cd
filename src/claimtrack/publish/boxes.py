"""The search boxes of Datasette's tables: in a large database they look at the last results alone.

Datasette counts and sorts all that holds a word. Where that is a million rows, what the box finds
is bounded as a search of ours is, and the table says so.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from claimtrack.store.search import MOST_OF_LARGE, large

Filter = Callable[[], Awaitable[Any]]
"""What makes the conditions that a request asks of a table: `where_clauses` with their words."""


def bounded(datasette: Any, database: str, made: Filter) -> Filter:
    """Return a filter whose searches find the last results alone, if the database is large."""

    async def inner() -> Any:
        found = await made()
        searches = [_searches(clause) for clause in found.where_clauses]
        if any(searches) and await datasette.get_database(database).execute_fn(large):
            found.where_clauses[:] = [
                f"{clause[:-1]} ORDER BY rowid DESC LIMIT {MOST_OF_LARGE})" if search else clause
                for clause, search in zip(found.where_clauses, searches, strict=True)
            ]
            found.human_descriptions.append(f"the {MOST_OF_LARGE:,} recorded last")
        return found

    return inner


def _searches(clause: str) -> bool:
    return " in (select rowid from " in clause and " match " in clause and clause.endswith(")")
