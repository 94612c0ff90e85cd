"""All that a finished copy shows, as flat rows: for an index that is searched in the page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

_REPORTS = """
SELECT a.claim, a.content, coalesce(l.source_id, a.source_words, ''), coalesce(a.outlet, ''),
    substr(coalesce(a.published, ''), 1, 10)
FROM attributions a JOIN live_attribution l ON l.id = a.attribution ORDER BY a.number"""

_DOCUMENTS = """
SELECT document, title, '', coalesce(outlet, ''), substr(coalesce(published, ''), 1, 10)
FROM documents ORDER BY number"""

_SOURCES = """
SELECT source, name || coalesce(' | ' || names, ''), '', '', '' FROM sources
WHERE attributions > 0 ORDER BY attributions DESC, source"""


class Listed(NamedTuple):
    """Something with a page: its id, its words, who said it, in which outlet, on which day.

    Attributes:
        source: The id of the source, else the words that stand for it.
    """

    id: str
    text: str
    source: str
    outlet: str
    day: str


def everything(connection: sqlite3.Connection) -> Iterator[Listed]:
    """Yield the reports, each under its claim, the documents and the sources of a finished copy."""
    for query in (_REPORTS, _DOCUMENTS, _SOURCES):
        yield from (Listed(*row) for row in connection.execute(query))


def places(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the document of each report, by the report's id."""
    return dict(connection.execute("SELECT attribution, document FROM attributions").fetchall())
