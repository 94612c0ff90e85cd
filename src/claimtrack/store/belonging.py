"""Whose voice a source is in the end: what tells independent origins from one and the same.

A spokesperson speaks for the ministry, an embassy for the foreign ministry, a state agency belongs
to its state: what they say has one origin. Membership alone makes nobody another's voice: two
ministries of a government are two.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

from claimtrack.model.vocabulary import SourceRelationKind

# Of merged sources, the relations of the one whose name was kept come first.
_RELATIONS = """
SELECT r.source_id, r.parent_id, r.since, r.until FROM source_relation r
WHERE r.kind = ?
ORDER BY EXISTS (SELECT 1 FROM source_cluster c
    WHERE c.source_id = r.source_id AND c.cluster_id <> r.source_id), r.source_id, r.ord"""

_VOICE = (
    SourceRelationKind.ACCOUNT_OF,
    SourceRelationKind.SPEAKS_FOR,
    SourceRelationKind.OWNED_BY,
)


class _Above(NamedTuple):
    """Whom a source speaks for or belongs to; days in ISO 8601, empty for an open end."""

    parent: str
    since: str
    until: str

    def holds(self, day: str) -> bool:
        """Tell whether it holds on a day; on one that nobody knows, every relation does."""
        early, late = day < self.since, bool(self.until) and day > self.until
        return not day or not (early or late)


class Belonging:
    """Tells what the sources of a database belong to, as it is when this is made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read the relations that make one source the voice of another."""
        self._one: dict[str, str] = dict(
            connection.execute("SELECT source_id, cluster_id FROM source_cluster").fetchall()
        )
        self._above: dict[str, list[_Above]] = {}
        for kind in _VOICE:
            for child, parent, since, until in connection.execute(_RELATIONS, (kind.value,)):
                above = _Above(self._one.get(parent, parent), since or "", until or "")
                if (source := self._one.get(child, child)) != above.parent:
                    self._above.setdefault(source, []).append(above)
        self._known: dict[tuple[str, date | None], str] = {}

    def group(self, source_id: str, day: date | None = None) -> str:
        """Return the end of a source's line of owners and bodies spoken for; else its own id.

        Merged sources belong to one and the same; those in a circle of relations to the least.

        Args:
            source_id: A source, merged or not.
            day: When it spoke, if known: an office and an owner are for a time.
        """
        asked = (source_id, day)
        if asked not in self._known:
            self._known[asked] = self._end(source_id, day.isoformat() if day else "")
        return self._known[asked]

    def _end(self, source_id: str, day: str) -> str:
        way = [self._one.get(source_id, source_id)]
        while above := self._next(way[-1], day):
            if above in way:
                return min(way[way.index(above) :])
            way.append(above)
        return way[-1]

    def _next(self, source_id: str, day: str) -> str | None:
        relations = self._above.get(source_id, ())
        return next((each.parent for each in relations if each.holds(day)), None)
