"""What the articles that are held call their outlets, and whom texts may mean by such a name."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from claimtrack.model.source import BETWEEN
from claimtrack.model.vocabulary import SourceKind

_OUTLETS = """
SELECT DISTINCT outlet, coalesce(lang, '') FROM live_version WHERE outlet IS NOT NULL
ORDER BY 1, 2"""

_KINDS = (SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.BODY, SourceKind.PERSON)

_CALLED = f"""
SELECT s.id, s.name, s.kind, n.lang FROM live_source s
JOIN source_name n ON n.source_id = s.id AND n.text = s.name
WHERE s.kind IN ({", ".join("?" * len(_KINDS))}) AND instr(s.key, ?)"""  # noqa: S608 (our own words)


class Called(NamedTuple):
    """A source that a text alone knows, by its id, with the language of its name."""

    id: str
    name: str
    kind: str
    lang: str


def of_articles(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the names of the outlets of what is held, each with the language of an article."""
    return [tuple(row) for row in connection.execute(_OUTLETS)]


def called(connection: sqlite3.Connection) -> list[Called]:
    """Return the sources by name that no registry knows."""
    return [Called(*row) for row in connection.execute(_CALLED, (*_KINDS, BETWEEN))]
