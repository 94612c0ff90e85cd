"""Rows of the search index: what they hold of a text, and when they are written.

FTS5 writes a segment of its own for whatever came before a savepoint, or before a statement with
a trigger, and merges segments for ever after. In a transaction of many articles, rows that wait
for its end make one segment. What is taken back with a savepoint takes its rows along.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from claimtrack.model.span import Spans
from claimtrack.store.carried import Connection
from claimtrack.store.content import words_of
from claimtrack.store.rows import Values, insert_values
from claimtrack.store.words import indexed

REPORTS, TEXTS = "attribution_fts", "document_fts"
"""The tables of the index. Their rows are numbered as reports, and as versions of documents."""

COLUMNS = {REPORTS: ("rowid", "source", "cue", "content"), TEXTS: ("rowid", "title", "body")}


def words_of_report(text: str, spans: Mapping[str, Spans]) -> tuple[str, str, str]:
    """Return what is found of a report, as columns of the index.

    Args:
        text: The text that it stands in.
        spans: Its spans, by their roles.
    """
    source = (*spans.get("source", ()), *spans.get("antecedent", ()))
    found = (source, spans.get("cue", ()), spans.get("content", ()))
    by, cue, content = (indexed(words_of(text, each)) for each in found)
    return by, cue, content


def words_of_text(text: str, title: str | None, parts: Mapping[str, Spans]) -> tuple[str, str]:
    """Return what is found of a text, as columns of the index.

    Args:
        text: The text; where no body was told apart, all of it is.
        title: What its article says that it is called.
        parts: The stretches of its layout in text order, by their roles.
    """
    body = "\n".join(span.of(text) for role in ("byline", "body") for span in parts.get(role, ()))
    return indexed(title or words_of(text, parts.get("title", ()))), indexed(body or text)


def put(connection: sqlite3.Connection, table: str, rows: Iterable[Values]) -> None:
    """Put rows into a table of the search index, at the end of the transaction."""
    if isinstance(connection, Connection) and connection.in_transaction:
        connection.waiting += ((table, row) for row in rows)
    else:
        insert_values(connection, table, COLUMNS[table], list(rows))


def waiting(connection: sqlite3.Connection) -> int:
    """Return how many rows wait."""
    return len(connection.waiting) if isinstance(connection, Connection) else 0


def write(connection: sqlite3.Connection) -> None:
    """Write the rows that wait."""
    if isinstance(connection, Connection):
        by_table: dict[str, list[Values]] = {}
        for table, row in connection.waiting:
            by_table.setdefault(table, []).append(row)
        for table, rows in by_table.items():
            insert_values(connection, table, COLUMNS[table], rows)
        connection.waiting.clear()


def forget(connection: sqlite3.Connection, kept: int) -> None:
    """Forget the rows that wait, but for the oldest ones."""
    if isinstance(connection, Connection):
        del connection.waiting[kept:]
