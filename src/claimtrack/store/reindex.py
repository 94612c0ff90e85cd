"""Rows of the search index made anew from the texts, as the index keeps no copy of its words.

What a row was given is read from the index's own terms: how words are folded may be another since,
and what is taken out must be to the letter what was put in.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from itertools import groupby

from claimtrack.model.span import Span, Spans
from claimtrack.store.index import COLUMNS, REPORTS, TEXTS, words_of_report, words_of_text
from claimtrack.store.rows import Values, insert_values
from claimtrack.store.texts import Texts

_VERSIONS = {
    REPORTS: "SELECT version_id, NULL FROM attribution WHERE number = ?",
    TEXTS: "SELECT id, title FROM document_version WHERE number = ?",
}
_STRETCHES = {
    REPORTS: """
SELECT role, start, "end" FROM attribution_position WHERE attribution_number = ?
ORDER BY role, ord""",
    TEXTS: """
SELECT p.role, p.start, p."end" FROM document_version v
JOIN document_part p ON p.version_id = v.id WHERE v.number = ? ORDER BY p.role, p.start""",
}
_TERMS = """
SELECT doc, col, term FROM temp.term WHERE doc IN (SELECT value FROM json_each(?))
ORDER BY doc, col, offset"""


def row_of(texts: Texts, table: str, number: int) -> Values:
    """Return the row of an index for a report or text that is held, from its number on."""
    found: dict[str, Spans] = {}
    for role, start, end in texts.connection.execute(_STRETCHES[table], (number,)):
        found[role] = (*found.get(role, ()), Span(start, end))
    version, title = texts.connection.execute(_VERSIONS[table], (number,)).fetchone()
    text = texts.text(version)
    if table == REPORTS:
        return number, *words_of_report(text, found)
    return number, *words_of_text(text, title, found)


def renew(connection: sqlite3.Connection, table: str, numbers: Iterable[int]) -> None:
    """Write rows of an index anew; when its segments are merged, nothing is left of the old ones.

    Args:
        connection: Within a transaction in which no row waits.
        table: The table of the index.
        numbers: Of the reports or texts that are not what they were.
    """
    old = _given(connection, table, json.dumps(list(numbers)))
    columns = COLUMNS[table]
    named, marks = ", ".join((table, *columns)), ", ".join("?" * len(columns))
    taken_out = f"INSERT INTO {table} ({named}) VALUES ('delete', {marks})"  # noqa: S608 (our names)
    connection.executemany(taken_out, old)
    texts = Texts(connection)
    insert_values(connection, table, columns, [row_of(texts, table, row[0]) for row in old])


def _given(
    connection: sqlite3.Connection, table: str, numbers: str
) -> list[tuple[int, *tuple[str, ...]]]:
    """Return rows of an index as they were put in."""
    held = f"SELECT rowid FROM {table} WHERE rowid IN (SELECT value FROM json_each(?))"  # noqa: S608
    rows = {
        row[0]: dict.fromkeys(COLUMNS[table][1:], "")
        for row in connection.execute(held, (numbers,))
    }
    connection.execute(f"CREATE VIRTUAL TABLE temp.term USING fts5vocab(main, {table}, instance)")
    terms = connection.execute(_TERMS, (numbers,)).fetchall()
    connection.execute("DROP TABLE temp.term")
    for (number, column), found in groupby(terms, key=lambda row: row[:2]):
        rows[number][column] = " ".join(row[2] for row in found)
    return [(number, *words.values()) for number, words in rows.items()]
