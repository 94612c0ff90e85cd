"""Texts of versions, held while what stands in them is read.

SQLite reads a text from its first letter for every span of it, as the view `attribution_span` does:
a thousand reports of a long text took a thousand times as long as the text.
"""

from __future__ import annotations

import sqlite3

Places = str | None
"""Spans as SQL gives them, start and end after one another, between spaces; None for no span."""


class Texts:
    """Gives words by where they stand; the last text is held, as reports come text by text.

    Attributes:
        connection: The database that is read.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take the database, of one state as long as this is used."""
        self.connection = connection
        self._held = ("", "")

    def words(self, version_id: str, places: Places, between: str = " … ") -> str:
        """Return the words of spans of a version's text, with something between them."""
        if not places:
            return ""
        text, ends = self.text(version_id), list(map(int, places.split()))
        both = zip(ends[::2], ends[1::2], strict=True)
        return between.join(text[start:end] for start, end in both)

    def text(self, version_id: str) -> str:
        """Return the text of a version."""
        if self._held[0] != version_id:
            query = "SELECT id, text FROM document_version WHERE id = ?"
            self._held = self.connection.execute(query, (version_id,)).fetchone()
        return self._held[1]


def places(roles: str, order: str) -> str:
    """Return SQL of the `Places` of the report `a`, which may be a view of reports.

    Args:
        roles: Which, as in a list of SQL.
        order: By what they are ordered.
    """
    return f"""(SELECT group_concat(p.start || ' ' || p."end", ' ') FROM (
    SELECT start, "end" FROM attribution_position
    WHERE attribution_number = a.number AND role IN ({roles}) ORDER BY {order}) p)"""  # noqa: S608
