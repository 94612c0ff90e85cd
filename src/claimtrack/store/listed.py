"""All that a finished copy shows, as flat rows: for an index that is searched in the page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

_REPORTS = """
SELECT claim, content, coalesce(source, source_words, ''), coalesce(outlet, ''),
    substr(coalesce(published, ''), 1, 10)
FROM attributions ORDER BY number"""

_DOCUMENTS = """
SELECT document, title, '', coalesce(outlet, ''), substr(coalesce(published, ''), 1, 10)
FROM documents ORDER BY number"""

_SOURCES = """
SELECT source, name || coalesce(' | ' || names, ''), '', '', '' FROM sources
WHERE attributions > 0 ORDER BY attributions DESC, source"""


class Listed(NamedTuple):
    """Something with a page: its id, its words, who said it, in which outlet, on which day."""

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
