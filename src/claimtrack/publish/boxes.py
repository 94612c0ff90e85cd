"""The search boxes of Datasette's tables: in a large database they look at the last results alone.

Datasette counts and sorts all that holds a word. Where that is a million rows, what the box finds
is bounded as a search of ours is, and the table says so.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils import await_me_maybe

from claimtrack.store.search import MOST_OF_LARGE, large

_SEARCH = re.compile(r" in \(select rowid from .+ match (escape_fts\()?:search\w*\)?\)$")
"""What Datasette makes of a search box; no condition that a reader wrote."""


def bounded(datasette: Any, database: str, made: Any) -> Callable[[], Awaitable[Any]]:
    """Return a filter whose searches find the last results alone, if the database is large.

    Args:
        datasette: The Datasette.
        database: What our database is mounted as.
        made: What a plugin answered to `filters_from_request`: conditions with their words, or
            what makes them.
    """

    async def inner() -> Any:
        found = await await_me_maybe(made)
        searches = [bool(_SEARCH.search(clause)) for clause in found.where_clauses] if found else []
        if any(searches) and await datasette.get_database(database).execute_fn(large):
            found.where_clauses[:] = [
                f"{clause[:-1]} ORDER BY rowid DESC LIMIT {MOST_OF_LARGE})" if search else clause
                for clause, search in zip(found.where_clauses, searches, strict=True)
            ]
            found.human_descriptions.append(f"the {MOST_OF_LARGE:,} recorded last")
        return found

    return inner
