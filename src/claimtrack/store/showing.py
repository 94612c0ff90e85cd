# ruff: noqa: S608 (every name in a query is one of ours)
"""What may be shown of a desk's database, as a database of its own: the finished copy.

It is written anew and holds what is named here, nothing else: a table that nobody thought of stays
at the desk. Of a document that is `quotes` there is an excerpt; ids stay what they are, so that
addresses hold, and are not made of what the copy holds: it is not for checking.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from claimtrack.errors import DatabaseError, NothingToShowError
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import PartRole
from claimtrack.store import reindex
from claimtrack.store.connection import APPLICATION_ID, explained
from claimtrack.store.content import instant
from claimtrack.store.counted import FINISHED, count
from claimtrack.store.excerpts import Excerpt, Told, excerpt
from claimtrack.store.index import COLUMNS, REPORTS, TEXTS
from claimtrack.store.linking import OWN_VOICE
from claimtrack.store.rows import Row, insert
from claimtrack.store.texts import Texts

_Place = tuple[int, str, str, int, int, int]
"""A span of a report: the report's number and id, role, order, start and end."""

NAMED = 1_000
"""Documents that were left out and are named, at most."""


class LeftOut(NamedTuple):
    """A document of which nothing is shown, and why: "private", or "nothing to quote"."""

    id: str
    title: str
    why: str


class Shown(NamedTuple):
    """What a copy holds, and what stayed at the desk.

    Attributes:
        held: Rows by kind: documents (full, quotes), reports, claims, sources, captures.
        left_out: What was left out, counted by what it is and why.
        documents: The documents among it, NAMED at most.
    """

    held: dict[str, int]
    left_out: dict[str, int]
    documents: tuple[LeftOut, ...]

    def told(self) -> str:
        """Return what is held, in words."""
        return ", ".join(f"{name}: {number:,}" for name, number in self.held.items() if number)


class Asked(NamedTuple):
    """How a copy is made: when, and whether of what a person looked at alone."""

    at: datetime
    reviewed_only: bool = False


# A report is reviewed where a person accepted or made it, judged its claim, or gave the claim a
# verdict or grade.
_REVIEWED = """
CREATE TEMP TABLE reviewed AS
SELECT k.attribution_id AS id FROM desk.live_judgement j JOIN desk.claim k
ON k.id IN (j.left_id, j.right_id) WHERE j.judged_by IS NOT NULL
UNION SELECT c.row_id FROM desk.live_correction c WHERE c.change IN ('accepted', 'made')
UNION SELECT k.attribution_id FROM desk.claim_cluster c JOIN desk.claim k ON k.id = c.claim_id
WHERE c.cluster_id IN (
    SELECT cluster_id FROM desk.live_review
    UNION SELECT m.cluster_id FROM desk.live_grade g JOIN desk.claim_cluster m
    ON m.claim_id = g.claim_id)"""

# The words of reports are indexed as at the desk, and read from the table of reports, where plugins
# of Datasette find that it can be searched.
_SEARCHED = (
    "DROP TABLE attribution_fts",
    """
CREATE VIRTUAL TABLE attribution_fts
USING fts5(source, cue, content, tokenize='ascii', content="attributions", content_rowid="number")
""",
)

# What is shown, in the order in which one rests on another.
_CHOSEN = (
    """
CREATE TEMP TABLE shown_document (id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID""",
    """
INSERT INTO temp.shown_document SELECT document, state FROM desk.document_publication
WHERE state <> 'private'""",
    """
CREATE TEMP TABLE shown_version (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID""",
    """
INSERT INTO temp.shown_version SELECT v.id, v.number, d.state
FROM temp.shown_document d JOIN desk.document_version v ON v.document_id = d.id
WHERE v.retired_at IS NULL""",
    """
CREATE TEMP TABLE shown_attribution (
    id TEXT PRIMARY KEY, version_id TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID""",
    """
INSERT INTO temp.shown_attribution SELECT a.id, a.version_id, v.state
FROM temp.shown_version v JOIN desk.live_attribution a ON a.version_id = v.id
WHERE (v.state = 'full' OR a.pattern <> '{own_voice}')
    AND (NOT {reviewed_only} OR a.id IN (SELECT id FROM temp.reviewed))""",
    """
DELETE FROM temp.shown_version WHERE state = 'quotes' AND NOT EXISTS (
    SELECT 1 FROM temp.shown_attribution a WHERE a.version_id = shown_version.id)""",
    """
DELETE FROM temp.shown_document WHERE NOT EXISTS (
    SELECT 1 FROM temp.shown_version w JOIN desk.document_version v ON v.id = w.id
    WHERE v.document_id = shown_document.id)""",
    """
CREATE TEMP TABLE shown_cluster (id TEXT PRIMARY KEY) WITHOUT ROWID""",
    """
INSERT INTO temp.shown_cluster SELECT DISTINCT c.cluster_id FROM temp.shown_attribution a
JOIN desk.claim k ON k.attribution_id = a.id JOIN desk.claim_cluster c ON c.claim_id = k.id""",
    """
CREATE TEMP TABLE shown_source (id TEXT PRIMARY KEY) WITHOUT ROWID""",
    """
INSERT INTO temp.shown_source WITH RECURSIVE named(id) AS (
    SELECT b.source_id FROM temp.shown_attribution a JOIN desk.attribution b ON b.id = a.id
    WHERE b.source_id IS NOT NULL
    UNION SELECT m.cluster_id FROM desk.source_cluster m JOIN named ON m.source_id = named.id
    UNION SELECT r.parent_id FROM desk.source_relation r JOIN named ON r.source_id = named.id)
SELECT n.id FROM named n JOIN desk.source s ON s.id = n.id WHERE s.retired_at IS NULL""",
)

# Of two of these one has a plus: in an index of both columns SQLite would look up every pair.
_DOCUMENT = "EXISTS (SELECT 1 FROM temp.shown_document d WHERE d.id = t.{}"
_FULL = "t.{} IN (SELECT id FROM temp.shown_version WHERE state = 'full')"
_REPORT = "t.{} IN (SELECT id FROM temp.shown_attribution)"
_SOURCE = "t.{} IN (SELECT id FROM temp.shown_source)"
_CLAIM = """t.{} IN (
    SELECT k.id FROM temp.shown_attribution a JOIN desk.claim k ON k.attribution_id = a.id)"""
_CAPTURED = """(
    SELECT c.id FROM desk.capture c JOIN temp.shown_document d ON d.id = c.document_id
    WHERE d.state = 'full'
    UNION SELECT m.capture_id FROM desk.capture_version m JOIN temp.shown_version v
    ON v.id = m.version_id WHERE v.state = 'full'
    EXCEPT SELECT m.capture_id FROM desk.capture_version m
    WHERE m.version_id NOT IN (SELECT id FROM temp.shown_version WHERE state = 'full'))"""
_OF_CLAIM = """(
    SELECT m.cluster_id FROM desk.claim_cluster m WHERE m.claim_id = t.claim_id)"""
_LOOKED_AT = (
    "{0}.change IN ('accepted', 'made') AND {0}.row_id IN (SELECT id FROM temp.shown_attribution)"
)
# Why one report was taken from another is told in words of the text: of an excerpt, in its own.
_TOLD = """iif(EXISTS (
    SELECT 1 FROM desk.attribution a JOIN main.document_version v ON v.id = a.version_id
    JOIN temp.shown_version w ON w.id = v.id
    WHERE a.id = t.child_id AND (w.state = 'full' OR instr(v.text, t.evidence) > 0)),
    t.evidence, '')"""


# What a server sent beside a page tells as what it came and when; its cookies, and what it knew of
# whoever fetched it, are the desk's. So only these are shown.
_SHOWN_HEADERS = """(
    'content-type', 'content-length', 'content-encoding', 'content-language', 'date',
    'last-modified', 'etag', 'expires', 'cache-control', 'age', 'vary', 'location', 'server',
    'link', 'warning')"""
_HEADERS = f"""(
    SELECT json_group_array(json(h.value)) FROM json_each({{}}) h
    WHERE lower(json_extract(h.value, '$[0]')) IN {_SHOWN_HEADERS})"""
_HOPS = f"""(
    SELECT json_group_array(json_set(p.value, '$.headers', json(
        {_HEADERS.format("json_extract(p.value, '$.headers')")})))
    FROM json_each(t.hops) p)"""


class _Part(NamedTuple):
    """What of a table is shown.

    Attributes:
        kept: The condition on its rows `t`.
        instead: By column, what stands in its place.
        of: What is read, where that is another one than the table.
        guess: It is what machines guess: nothing of it where only what was reviewed is shown.
    """

    kept: str
    instead: Mapping[str, str] = {}
    of: str = ""
    guess: bool = False


_TABLES: dict[str, _Part] = {
    "document": _Part(
        _DOCUMENT.format("id") + ")",
        {
            "identity": "iif(t.known_by = 'text' AND t.id IN ("
            "SELECT id FROM temp.shown_document WHERE state = 'quotes'), '', t.identity)"
        },
    ),
    "document_url": _Part(_DOCUMENT.format("document_id") + ")"),
    "document_version": _Part(_FULL.format("id")),
    "document_part": _Part(_FULL.format("version_id")),
    "version_update": _Part("t.version_id IN (SELECT id FROM temp.shown_version)"),
    "source": _Part(_SOURCE.format("id"), {"reason": "NULL"}),
    "source_name": _Part(_SOURCE.format("source_id"), of="live_source_name"),
    "source_relation": _Part(f"{_SOURCE.format('source_id')} AND {_SOURCE.format('parent_id')}"),
    "source_cluster": _Part(f"{_SOURCE.format('source_id')} AND +{_SOURCE.format('cluster_id')}"),
    "attribution": _Part(
        _REPORT.format("id"),
        {
            "responds_to_id": "(SELECT a.id FROM temp.shown_attribution a"
            " WHERE a.id = t.responds_to_id)",
            "source_id": "(SELECT s.id FROM temp.shown_source s WHERE s.id = t.source_id)",
        },
    ),
    "narration": _Part(
        _FULL.format("version_id") + " AND t.retired_at IS NULL", of="narration", guess=True
    ),
    "claim_text": _Part(_CLAIM.format("claim_id")),
    "judgement": _Part(
        f"{_CLAIM.format('left_id')} AND {_CLAIM.format('right_id')}"
        " AND (NOT {reviewed_only} OR t.judged_by IS NOT NULL)",
        of="live_judgement",
    ),
    "suggestion": _Part(
        f"t.retired_at IS NULL AND {_CLAIM.format('left_id')} AND {_CLAIM.format('right_id')}",
        guess=True,
    ),
    "claim_relation": _Part(
        f"t.retired_at IS NULL AND {_CLAIM.format('left_id')} AND {_CLAIM.format('right_id')}",
        guess=True,
    ),
    "review": _Part(
        f"{_OF_CLAIM} IN (SELECT id FROM temp.shown_cluster)",
        {"claim_id": _OF_CLAIM, "revises": "NULL"},
        of="live_review",
    ),
    "grade": _Part(
        f"t.retired_at IS NULL AND (t.source_id IN (SELECT id FROM temp.shown_source)"
        f" OR {_OF_CLAIM} IN (SELECT id FROM temp.shown_cluster))",
        {"claim_id": f"iif(t.claim_id IS NULL, NULL, {_OF_CLAIM})"},
    ),
    "correction": _Part(
        "t.retired_at IS NULL AND t.number IN ("
        f"SELECT r.correction_number FROM desk.correction_row r WHERE {_LOOKED_AT.format('r')})",
        {"reason": "''"},
    ),
    "correction_row": _Part(
        f"+t.correction_number IN (SELECT number FROM main.correction) AND {_LOOKED_AT.format('t')}"
    ),
    "capture": _Part(
        f"t.id IN {_CAPTURED}",
        {"operator": "''", "headers": _HEADERS.format("t.headers"), "hops": _HOPS},
    ),
    "capture_body": _Part("t.sha256 IN (SELECT sha256 FROM main.capture)"),
    "capture_version": _Part(
        f"t.capture_id IN (SELECT id FROM main.capture) AND +{_FULL.format('version_id')}"
    ),
    "anchor": _Part(
        f"{_FULL.format('version_id')} AND +{_REPORT.format('attribution_id')}", guess=True
    ),
    "reprint": _Part(
        "t.document_version IN (SELECT id FROM temp.shown_version)"
        " AND +t.of_document_version IN (SELECT id FROM temp.shown_version)",
        guess=True,
    ),
}
"""What is copied as it is, in this order."""

_AFTER: dict[str, _Part] = {
    "attribution_position": _Part(
        "t.attribution_number IN (SELECT a.number FROM main.attribution a"
        " JOIN temp.shown_attribution s ON s.id = a.id WHERE s.state = 'full')"
    ),
    "relay": _Part(
        f"{_REPORT.format('child_id')} AND {_REPORT.format('parent_id')}"
        " AND (NOT {reviewed_only} OR coalesce((SELECT s.strength FROM desk.relay_strength s"
        " WHERE s.relay_id = t.id), 'stated') = 'stated')",
        {"evidence": _TOLD},
        of="live_relay",
    ),
    "relay_strength": _Part("t.relay_id IN (SELECT id FROM main.relay)"),
    "outer_relay": _Part(
        f"t.retired_at IS NULL AND {_REPORT.format('child_id')}"
        f" AND (t.source_id IS NULL OR {_SOURCE.format('source_id')})",
        {"evidence": _TOLD},
    ),
}
"""What is copied when the excerpts are there."""

AT_THE_DESK = frozenset(
    {
        *("event_log", "source_edit", "reextraction", "feed_entry", "url_key", "sketch"),
        *("shingle", "content_vector", "linked", "narration_linked", "log_head", "log_reason"),
        *("retraction", "retraction_row", "redaction", "redaction_row"),
        *("review_place", "review_note", "partition_done", "reading", "reading_answer", "brought"),
    }
)
"""Tables of which nothing is shown: the log, notes, and what only finds things again."""

MADE_ANEW = frozenset(
    {
        *("claim", "claim_cluster", "run", "desk", "publication", "publication_document"),
        *("attribution_fts", "document_fts", "claim_spread"),
    }
)
"""Tables of which the copy has rows of its own making."""

# A claim is known by its first report's id, be that one shown or not.
_CLAIMS = (
    """
INSERT INTO main.claim (number, id, attribution_id, recorded_at)
SELECT k.number, k.id, k.attribution_id, k.recorded_at FROM temp.shown_attribution a
JOIN desk.claim k ON k.attribution_id = a.id""",
    """
INSERT INTO main.claim_cluster SELECT k.id, c.cluster_id FROM main.claim k
JOIN desk.claim_cluster c ON c.claim_id = k.id""",
    """
INSERT INTO main.claim (number, id, attribution_id, recorded_at, retired_at)
SELECT k.number, k.id, k.attribution_id, :at, :at FROM temp.shown_cluster c
JOIN desk.claim k ON k.id = c.id WHERE k.id NOT IN (SELECT id FROM main.claim)""",
    """
INSERT INTO main.claim_cluster SELECT id, id FROM main.claim WHERE retired_at IS NOT NULL""",
    """
INSERT INTO main.claim_spread SELECT cluster_id, count(*) FROM main.claim_cluster
GROUP BY cluster_id HAVING count(*) > 1""",
    """
INSERT INTO main.run SELECT id, tool, version, '{}', recorded_at FROM desk.run WHERE id IN (
    SELECT run_id FROM main.attribution UNION SELECT run_id FROM main.narration
    UNION SELECT run_id FROM main.relay UNION SELECT run_id FROM main.outer_relay
    UNION SELECT run_id FROM main.judgement UNION SELECT run_id FROM main.suggestion
    UNION SELECT run_id FROM main.claim_relation UNION SELECT run_id FROM main.anchor
    UNION SELECT run FROM main.reprint)""",
    "INSERT INTO main.desk VALUES ('desk', :at, '', NULL)",
    """
INSERT INTO main.publication (number, id, state, why, rights, decided_by, decided_at, recorded_at)
SELECT row_number() OVER (), 'publication-' || state, state, 'decided at the desk',
    'known at the desk', '', :at, :at
FROM (SELECT DISTINCT state FROM temp.shown_document)""",
    """
INSERT INTO main.publication_document SELECT d.id, p.number FROM temp.shown_document d
JOIN main.publication p ON p.state = d.state""",
)

_QUOTED = """
SELECT v.*, trim((SELECT w.heading FROM desk.live_version w WHERE w.id = v.id)) AS heading
FROM temp.shown_version s JOIN desk.document_version v ON v.id = s.id
WHERE s.state = 'quotes' ORDER BY v.number"""
_PARTS = """
SELECT start, "end" FROM desk.document_part WHERE version_id = ? AND role = ? ORDER BY start"""
_SPANS = """
SELECT b.number, t.attribution_id, t.role, t.ord, t.start, t."end"
FROM temp.shown_attribution a JOIN desk.attribution b ON b.id = a.id
JOIN desk.attribution_span t ON t.attribution_id = a.id
WHERE a.version_id = ? ORDER BY b.number, t.role, t.ord"""


def show(desk: Path, target: Path, asked: Asked) -> Shown:
    """Write what may be shown of a desk's database into a new file.

    Args:
        desk: The database, open for reading and up to date.
        target: The file; there is none yet.
        asked: How.

    Raises:
        NothingToShowError: No document may be shown.
        DatabaseError: The database is a copy itself, or one of the files cannot be used.
    """
    with explained(desk), closing(_opened(desk, target)) as connection:
        connection.execute("BEGIN")
        held = _write(connection, asked)
        connection.execute("COMMIT")
        connection.execute("DETACH desk")
        for search in COLUMNS:
            connection.execute(f"INSERT INTO {search}({search}) VALUES ('optimize')")
        count(connection)
        connection.execute(f"PRAGMA user_version = {FINISHED}")
        connection.execute("VACUUM")
        connection.execute("ANALYZE")
        return held


def _opened(desk: Path, target: Path) -> sqlite3.Connection:
    """Open a new file with our tables, and the desk's database beside it, which is only read."""
    from claimtrack.store.migrations import apply  # noqa: PLC0415 (slow to load)

    address = f"{target.absolute().as_uri()}?mode=rwc"
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode = OFF")  # a copy that fails is thrown away
    connection.execute("PRAGMA synchronous = OFF")
    for part in ("main", "temp"):  # ids are digests: each row touches pages everywhere
        connection.execute(f"PRAGMA {part}.cache_size = -400000")
    apply(connection)
    for statement in _SEARCHED:
        connection.execute(statement)
    connection.execute("ATTACH ? AS desk", (f"{desk.absolute().as_uri()}?mode=ro",))
    if connection.execute("PRAGMA desk.user_version").fetchone()[0] == FINISHED:
        connection.close()
        raise DatabaseError(f"{desk} is a copy that was published. Give the desk's database.")
    return connection


def _write(connection: sqlite3.Connection, asked: Asked) -> Shown:
    only = {"reviewed_only": int(asked.reviewed_only), "own_voice": OWN_VOICE}
    if asked.reviewed_only:
        connection.execute(_REVIEWED)
    else:
        connection.execute("CREATE TEMP TABLE reviewed (id TEXT)")
    for statement in _CHOSEN:
        connection.execute(statement.format(**only))
    if not connection.execute("SELECT 1 FROM temp.shown_document").fetchone():
        raise NothingToShowError
    for table, part in _TABLES.items():
        _copy(connection, table, part, asked)
    _excerpts(connection)
    for table, part in _AFTER.items():
        _copy(connection, table, part, asked)
    at = instant(asked.at)
    for statement in _CLAIMS:
        connection.execute(statement, {"at": at} if ":at" in statement else {})
    _index(connection)
    return Shown(_held(connection), *_left_out(connection))


def _copy(connection: sqlite3.Connection, table: str, part: _Part, asked: Asked) -> None:
    if part.guess and asked.reviewed_only:
        return
    columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(part.instead.get(name, f't."{name}"') for name in columns)
    kept = part.kept.replace("{reviewed_only}", str(int(asked.reviewed_only)))
    order = " ORDER BY t.number" if "number" in columns else ""
    connection.execute(
        f"INSERT INTO main.{table} ({names}) SELECT {values}"
        f" FROM desk.{part.of or table} t WHERE {kept}{order}"
    )


def _excerpts(connection: sqlite3.Connection) -> None:
    """Write the texts that are quoted from, with all that lies in them."""
    rows = connection.execute(_QUOTED)
    columns = [column[0] for column in rows.description]
    for row in rows:
        version = dict(zip(columns, row, strict=True))
        spans = connection.execute(_SPANS, (version["id"],)).fetchall()
        _excerpt(connection, version, spans)


def _excerpt(connection: sqlite3.Connection, version: dict[str, str], rows: list[_Place]) -> None:
    whole, heading = version["text"], version.pop("heading")
    by_report: dict[tuple[int, str], dict[str, list[Span]]] = {}
    for number, report, role, _, start, end in rows:
        roles = by_report.setdefault((number, report), {})
        roles.setdefault(role, []).append(Span(start, end))
    told = [
        Told(*(tuple(roles.get(role, ())) for role in Told._fields)) for roles in by_report.values()
    ]
    asked = (version["id"], PartRole.TITLE.value)
    titles = [Span(*row) for row in connection.execute(_PARTS, asked)]
    made = excerpt(whole, told, titles)
    named = version["title"] or (heading if titles else None)
    insert(
        connection,
        "main.document_version",
        [
            {
                **version,
                "text": made.text,
                "sha256": sha256(made.text.encode()).hexdigest(),
                "title": named,
                "byline": None,
                "replaced": 0,
            }
        ],
    )
    insert(connection, "main.document_part", _parts(version["id"], made))
    insert(connection, "main.attribution_position", list(_moved(made, rows)))


def _parts(version_id: str, made: Excerpt) -> list[Row]:
    return [
        {
            "version_id": version_id,
            "role": (PartRole.TITLE if piece.title else PartRole.BODY).value,
            "start": piece.now.start,
            "end": piece.now.end,
        }
        for piece in made.pieces
    ]


def _moved(made: Excerpt, rows: list[_Place]) -> list[Row]:
    found: list[Row] = []
    for number, _, role, ord_, start, end in rows:
        span = made.moved(Span(start, end))
        if span is not None:  # what a word stands for may be said elsewhere, which is not shown
            place: Row = {"attribution_number": number, "role": role, "ord": ord_}
            found.append({**place, **span._asdict()})
    return found


def _index(connection: sqlite3.Connection) -> None:
    """Let all be found by the words that the copy holds."""
    texts = Texts(connection)
    for table, held in {REPORTS: "attribution", TEXTS: "document_version"}.items():
        numbers = connection.execute(f"SELECT number FROM main.{held} ORDER BY number").fetchall()
        rows = (reindex.row_of(texts, table, number) for (number,) in numbers)
        named, marks = ", ".join(COLUMNS[table]), ", ".join("?" * len(COLUMNS[table]))
        connection.executemany(f"INSERT INTO main.{table} ({named}) VALUES ({marks})", rows)


_HELD = {
    "documents in full": "SELECT count(*) FROM temp.shown_document WHERE state = 'full'",
    "documents quoted": "SELECT count(*) FROM temp.shown_document WHERE state = 'quotes'",
    "reports": "SELECT count(*) FROM main.attribution",
    "claims": "SELECT count(*) FROM temp.shown_cluster",
    "sources": "SELECT count(*) FROM main.source",
    "captures": "SELECT count(*) FROM main.capture",
}

_LEFT = {
    "private documents": "SELECT count(*) FROM desk.document_publication WHERE state = 'private'",
    "documents without anything to quote": """
SELECT count(*) FROM desk.document_publication p WHERE p.state <> 'private'
    AND p.document NOT IN (SELECT id FROM temp.shown_document)""",
    "reports of private documents": """
SELECT count(*) FROM desk.live_attribution a JOIN desk.document_publication p
ON p.document = a.document_id WHERE p.state = 'private'""",
    "reports in an outlet's own voice, or that nobody reviewed": """
SELECT count(*) FROM desk.live_attribution a JOIN desk.document_publication p
ON p.document = a.document_id
WHERE p.state <> 'private' AND a.id NOT IN (SELECT id FROM temp.shown_attribution)""",
    "claims without a report that is shown": """
SELECT count(DISTINCT a.cluster_id) FROM desk.live_attribution a
WHERE a.cluster_id NOT IN (SELECT id FROM temp.shown_cluster)""",
    "relays from or to what is not shown": """
SELECT (SELECT count(*) FROM desk.live_relay) - (SELECT count(*) FROM main.relay)""",
    "captures": "SELECT (SELECT count(*) FROM desk.capture) - (SELECT count(*) FROM main.capture)",
}

_UNSHOWN = """
SELECT p.document, trim(v.heading), iif(p.state = 'private', 'private', 'nothing to quote')
FROM desk.document_publication p JOIN desk.live_document d ON d.id = p.document
JOIN desk.live_version v ON v.id = d.version_id
WHERE p.document NOT IN (SELECT id FROM temp.shown_document) ORDER BY v.number LIMIT ?"""


def _held(connection: sqlite3.Connection) -> dict[str, int]:
    return {name: connection.execute(query).fetchone()[0] for name, query in _HELD.items()}


def _left_out(connection: sqlite3.Connection) -> tuple[dict[str, int], tuple[LeftOut, ...]]:
    counts = {name: connection.execute(query).fetchone()[0] for name, query in _LEFT.items()}
    named = (
        LeftOut(row[0], " ".join(row[1].split())[:100], row[2])
        for row in connection.execute(_UNSHOWN, (NAMED,))
    )
    return {name: number for name, number in counts.items() if number}, tuple(named)
