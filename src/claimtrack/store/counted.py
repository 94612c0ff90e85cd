"""Counts that a finished copy keeps in tables, and its flat views made tables: nothing changes it.

A page of a large copy is then read from an index, where a desk's database would count.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

FINISHED = 1
"""The `user_version` of a finished copy; a desk's database has none."""

_COUNTS = (
    """
CREATE TABLE claim_count (
    claim_id TEXT PRIMARY KEY, number INTEGER NOT NULL, first INTEGER NOT NULL,
    reports INTEGER NOT NULL, sources INTEGER NOT NULL, unnamed INTEGER NOT NULL,
    headline_id TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """
INSERT INTO claim_count SELECT g.cluster_id, k.number, g.first, g.reports, g.sources, g.unnamed,
    iif(g.reports = 1, (SELECT m.id FROM claim m WHERE m.number = g.first),
        (SELECT h.claim_id FROM live_headline h WHERE h.cluster_id = g.cluster_id))
FROM (SELECT m.cluster_id, min(m.number) AS first, count(*) AS reports,
        count(DISTINCT s.id) AS sources,
        count(DISTINCT iif(s.kind IN ('unnamed', 'collective'), s.id, NULL)) AS unnamed
    FROM live_claim m LEFT JOIN source s ON s.id = m.source_id GROUP BY m.cluster_id) g
JOIN claim k ON k.id = g.cluster_id""",
    """
CREATE TABLE source_disputed (
    source_id TEXT NOT NULL, number INTEGER NOT NULL, claim_id TEXT NOT NULL,
    PRIMARY KEY (source_id, number)) STRICT, WITHOUT ROWID""",
    """
INSERT INTO source_disputed WITH disputed AS MATERIALIZED (
    SELECT a.cluster_id FROM attribution b JOIN live_attribution a ON a.number = b.number
    WHERE b.assertion = 'deny' OR b.stance = 'disputing'
    UNION SELECT k.cluster_id FROM claim_relation r
    JOIN claim_cluster k ON k.claim_id IN (r.left_id, r.right_id)
    WHERE r.kind IN ('negates', 'denies_authorship') AND r.retired_at IS NULL),
spoke AS (
    SELECT a.source_id, a.cluster_id, max(a.number) AS number FROM live_attribution a
    WHERE a.source_id IS NOT NULL AND a.cluster_id IN (SELECT cluster_id FROM disputed)
    GROUP BY 1, 2)
SELECT source_id, number, cluster_id FROM (
    SELECT *, row_number() OVER (PARTITION BY source_id ORDER BY number DESC) AS place FROM spoke)
WHERE place <= 40""",
    """
CREATE TABLE source_relay (
    parent_id TEXT NOT NULL, child_id TEXT NOT NULL, told INTEGER NOT NULL,
    telling INTEGER NOT NULL, PRIMARY KEY (parent_id, child_id)) STRICT, WITHOUT ROWID""",
    """
INSERT INTO source_relay
SELECT p.source_id, c.source_id, count(DISTINCT p.id), count(DISTINCT c.id)
FROM relay r JOIN attribution p ON p.id = r.parent_id JOIN attribution c ON c.id = r.child_id
WHERE r.retired_at IS NULL AND p.source_id <> c.source_id GROUP BY 1, 2""",
    "CREATE INDEX source_relay_child ON source_relay(child_id)",
    "CREATE INDEX claim_count_latest ON claim_count(number DESC)",
    "CREATE INDEX claim_count_most ON claim_count(reports DESC, first)",
    """
CREATE TABLE source_count (
    source_id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL,
    attributions INTEGER NOT NULL, documents INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    """
INSERT INTO source_count SELECT s.id, s.name, s.kind, coalesce(g.said, 0), coalesce(g.documents, 0)
FROM live_source s LEFT JOIN (
    SELECT coalesce(m.cluster_id, a.source_id) AS id, count(*) AS said,
        count(DISTINCT v.document_id) AS documents
    FROM attribution a JOIN document_version v ON v.id = a.version_id
    LEFT JOIN source_cluster m ON m.source_id = a.source_id
    WHERE a.source_id IS NOT NULL GROUP BY 1) g ON g.id = s.id
WHERE NOT EXISTS (SELECT 1 FROM source_cluster m WHERE m.source_id = s.id AND m.cluster_id <> s.id)
""",
    "CREATE INDEX source_count_most ON source_count(attributions DESC, name, source_id)",
    """
CREATE TABLE source_outlet (
    source_id TEXT NOT NULL, outlet TEXT NOT NULL, reports INTEGER NOT NULL,
    documents INTEGER NOT NULL, PRIMARY KEY (source_id, outlet)) STRICT, WITHOUT ROWID""",
    """
INSERT INTO source_outlet
SELECT a.source_id, v.outlet, count(*), count(DISTINCT v.document_id)
FROM attribution a JOIN document_version v ON v.id = a.version_id
WHERE a.source_id IS NOT NULL AND v.outlet IS NOT NULL GROUP BY 1, 2""",
    """
CREATE TABLE source_channel (
    source_id TEXT NOT NULL, channel TEXT NOT NULL, reports INTEGER NOT NULL,
    PRIMARY KEY (source_id, channel)) STRICT, WITHOUT ROWID""",
    """
INSERT INTO source_channel SELECT source_id, channel, count(*) FROM attribution
WHERE source_id IS NOT NULL GROUP BY 1, 2""",
    "CREATE TABLE kept (name TEXT PRIMARY KEY, answer TEXT NOT NULL) STRICT",
    """
CREATE TABLE total (name TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    """
INSERT INTO total VALUES ('documents', (SELECT count(*) FROM document)),
    ('attributions', (SELECT count(*) FROM attribution)),
    ('claims', (SELECT count(*) FROM claim_count)),
    ('sources', (SELECT count(*) FROM source_count))""",
)

# What every reading of reports begins with: five tables joined, of which nothing is retired here.
_LIVE = (
    """
CREATE TABLE flat (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version_id TEXT NOT NULL,
    ord INTEGER, key TEXT, kind TEXT, channel TEXT, stance TEXT, assertion TEXT, modality TEXT,
    source_type TEXT, source_name TEXT, source_id TEXT, confidence REAL, cue_unknown INTEGER,
    pattern TEXT, responds_to_id TEXT, run_id TEXT, recorded_at TEXT, retired_at TEXT,
    document_id TEXT NOT NULL, claim_id TEXT NOT NULL, cluster_id TEXT NOT NULL) STRICT""",
    "INSERT INTO flat SELECT * FROM live_attribution ORDER BY number",
)

_DOCUMENTS = (
    """
CREATE TABLE flat (id TEXT PRIMARY KEY, known_by TEXT NOT NULL, identity TEXT NOT NULL,
    recorded_at TEXT NOT NULL, retired_at TEXT, version_id TEXT NOT NULL,
    version_number INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    "INSERT INTO flat SELECT * FROM live_document",
)

# Names that a desk gave stand beside the others here: SQLite looks through both for each page.
_NAMES = (
    """
CREATE TABLE flat (source_id TEXT NOT NULL, ord INTEGER NOT NULL, text TEXT NOT NULL,
    lang TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (source_id, ord)) STRICT, WITHOUT ROWID""",
    "INSERT INTO flat SELECT source_id, ord, text, lang, kind FROM live_source_name",
)

KEPT = (
    "claim_count",
    "source_count",
    "source_outlet",
    "source_channel",
    "source_disputed",
    "source_relay",
    "total",
    "kept",
)
"""The tables that hold counts, and answers."""

_FLAT: dict[str, tuple[str, tuple[str, ...]]] = {
    "attributions": (
        """
number INTEGER PRIMARY KEY, attribution TEXT, claim TEXT, document TEXT, published TEXT,
outlet TEXT, language TEXT, source TEXT, source_type TEXT, country TEXT, source_words TEXT,
cue TEXT, content TEXT, kind TEXT, channel TEXT, stance TEXT, assertion TEXT, modality TEXT,
confidence REAL, relayed_by TEXT, responds_to TEXT, made_by TEXT,
reviewed_by TEXT""",
        (
            *("attribution", "claim", "document", "language", "outlet", "source_type"),
            *("stance", "source", "channel", "published"),
        ),
    ),
    "claims": (
        """
claim TEXT PRIMARY KEY, text TEXT, language TEXT, reports INTEGER, sources INTEGER,
documents INTEGER, first_published TEXT""",
        ("language", "reports", "first_published"),
    ),
    "documents": (
        """
number INTEGER PRIMARY KEY, document TEXT, title TEXT, outlet TEXT, byline TEXT, published TEXT,
published_as_stated TEXT, language TEXT, url TEXT, versions INTEGER, attributions INTEGER,
characters INTEGER, sha256 TEXT""",
        ("document", "outlet", "language", "published"),
    ),
    "sources": (
        """
source TEXT PRIMARY KEY, name TEXT, kind TEXT, type TEXT, country TEXT, attributions INTEGER,
documents INTEGER, names TEXT, domain TEXT, wikidata TEXT, invented INTEGER""",
        ("attributions", "type", "kind", "country", "name"),
    ),
    "relays": (
        """
relay TEXT PRIMARY KEY, report TEXT, reporter TEXT, kind TEXT, taken_from TEXT, said_by TEXT,
evidence TEXT, document TEXT""",
        ("kind", "report", "taken_from"),
    ),
}
"""The flat views: as tables, what columns they have and by which they are looked into."""

_ACROSS = """
WITH RECURSIVE across(claim) AS (
    SELECT claim FROM attributions GROUP BY claim HAVING min(language) <> max(language)
    UNION SELECT c.claim FROM relays r JOIN attributions c ON c.attribution = r.report
    JOIN attributions p ON p.attribution = r.taken_from WHERE c.language <> p.language
    UNION SELECT c.claim FROM across JOIN attributions p ON p.claim = across.claim
    JOIN relays r ON r.taken_from = p.attribution JOIN attributions c ON c.attribution = r.report)
SELECT claim FROM across"""
"""The last part leads from a claim to those that were taken from it."""

_HAS_ANSWERS = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'kept'"


def finished(connection: sqlite3.Connection) -> bool:
    """Tell whether a database is a finished copy: it keeps counts, and nobody writes to it."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == FINISHED)


def count(connection: sqlite3.Connection) -> None:
    """Put counts and flat rows into tables of a database to which nothing more is added."""
    connection.execute("ANALYZE")
    for statement in _NAMES:
        connection.execute(statement)
    _replace(connection, "live_source_name")
    for statement in _LIVE:
        connection.execute(statement)
    _replace(connection, "live_attribution")
    for column in ("version_id", "document_id", "source_id", "cluster_id", "claim_id"):
        connection.execute(
            f"CREATE INDEX live_attribution_{column} ON live_attribution({column}, number)"
        )
    for statement in _DOCUMENTS:
        connection.execute(statement)
    _replace(connection, "live_document")
    for column in ("version_number", "version_id"):
        connection.execute(f"CREATE INDEX live_document_{column} ON live_document({column})")
    for statement in _COUNTS:
        connection.execute(statement)
    for name, (columns, looked_into) in _FLAT.items():
        connection.execute(f"CREATE TABLE flat ({columns})")
        connection.execute(f"INSERT INTO flat SELECT * FROM {name}")  # noqa: S608 (our own names)
        _replace(connection, name)
        for column in looked_into:
            connection.execute(f"CREATE INDEX {name}_{column} ON {name}({column})")


def larger(connection: sqlite3.Connection, reports: int) -> tuple[str, ...]:
    """Return the claims of a finished copy that have more reports than so many, the largest first.

    Args:
        connection: A connection.
        reports: A number of reports.
    """
    found = connection.execute(
        "SELECT claim_id FROM claim_count WHERE reports > ? ORDER BY reports DESC, first",
        (reports,),
    )
    return tuple(row[0] for row in found)


def keep(copy: Path, answers: Iterable[tuple[str, str]]) -> None:
    """Keep in a finished copy, which nobody else reads yet, what takes long to find out.

    Args:
        copy: The file.
        answers: A name, and what is kept under it, as JSON.
    """
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.executemany("INSERT INTO kept VALUES (?, ?)", answers)


def kept(connection: sqlite3.Connection, name: str) -> str | None:
    """Return what is kept under a name, as JSON; None where nothing is."""
    return all_kept(connection, [name]).get(name)


def all_kept(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, str]:
    """Return what is kept under each name under which something is, as JSON.

    Nothing is at a desk, nor in a copy of before answers were kept.
    """
    if not finished(connection) or not connection.execute(_HAS_ANSWERS).fetchone():
        return {}
    return dict(
        connection.execute(
            "SELECT name, answer FROM kept WHERE name IN (SELECT value FROM json_each(?))",
            (json.dumps(list(names)),),
        )
    )


def across_languages(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the claims of a finished copy that are told in several languages.

    What their reports were taken from counts, too. A few claims besides may be among them.
    """
    return tuple(row[0] for row in connection.execute(_ACROSS))


def rows(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Yield how many rows each table has."""
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    for (name,) in names.fetchall():
        yield name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608


def _replace(connection: sqlite3.Connection, name: str) -> None:
    """Put the table in the place of its view; what reads the view reads the table then."""
    connection.execute("PRAGMA legacy_alter_table = ON")  # views that read it are left alone
    connection.execute(f"DROP VIEW {name}")
    connection.execute(f"ALTER TABLE flat RENAME TO {name}")
    connection.execute("PRAGMA legacy_alter_table = OFF")
