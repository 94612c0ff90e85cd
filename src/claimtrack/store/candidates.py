"""Who a mention that nobody resolved may be: by its words, by its article, by a name in them."""

from __future__ import annotations

import sqlite3
from enum import StrEnum

from claimtrack.model.value import Value
from claimtrack.store.refs import source_refs
from claimtrack.store.views import AttributionView, SourceRef
from claimtrack.store.words import words

MOST = 9
"""Candidates of one mention: as many as there are keys for them."""

_LOOKED_THROUGH = 200
"""Reports with the same words in their source that are looked through."""


class Because(StrEnum):
    """Why a source may be meant."""

    NAMED_SO = "named_so"
    MENTIONED_SO = "mentioned_so"
    HERE = "here"


class Candidate(Value):
    """A source that may be meant, and why."""

    source: SourceRef
    because: Because


_QUERIES = {
    Because.NAMED_SO: """
SELECT source_id FROM live_source_name WHERE text = :mention
UNION SELECT id FROM live_source WHERE name = :mention LIMIT 9""",
    Because.MENTIONED_SO: f"""
SELECT a.source_id FROM (
    SELECT rowid AS number FROM attribution_fts WHERE attribution_fts MATCH :match
    LIMIT {_LOOKED_THROUGH}) f
JOIN attribution a ON a.number = f.number
WHERE a.source_id IS NOT NULL AND a.retired_at IS NULL
GROUP BY a.source_id ORDER BY count(*) DESC LIMIT 9""",  # noqa: S608 (our own words)
    Because.HERE: """
SELECT a.source_id FROM live_attribution a
WHERE a.version_id = :version AND a.source_id IS NOT NULL
GROUP BY a.source_id ORDER BY count(*) DESC LIMIT 9""",
}

_CALLED = """
SELECT source_id FROM (
    SELECT source_id, text FROM live_source_name UNION ALL SELECT id, name FROM live_source)
WHERE instr(lower(text), lower(?1)) GROUP BY source_id ORDER BY min(length(text)), source_id
LIMIT ?2"""


def candidates(
    connection: sqlite3.Connection, attribution: AttributionView
) -> tuple[Candidate, ...]:
    """Return the sources that the mention of an attribution may mean, the likeliest first.

    At most MOST: those with a name in these words, those that the same words were resolved to in
    other reports, then those of the same article.
    """
    mention = attribution.words("source") or attribution.words("antecedent")
    said = " ".join(word.folded for word in words(mention))
    if not said:
        return ()
    values = {
        "mention": mention,
        "match": f'{{source}} : "{said}"',
        "version": attribution.document.version_id,
    }
    found: dict[str, Because] = {}
    for because, query in _QUERIES.items():
        for (source_id,) in connection.execute(query, values):
            found.setdefault(source_id, because)
    refs = source_refs(connection, found)
    made: dict[str, Candidate] = {}
    for source_id, because in found.items():
        if source_id in refs:  # of merged ones the one that they are known as, once
            ref = refs[source_id]
            made.setdefault(ref.id, Candidate(source=ref, because=because))
    return tuple(made.values())[:MOST]


def called(connection: sqlite3.Connection, text: str, limit: int) -> tuple[SourceRef, ...]:
    """Return held sources with a name that holds a text, the shortest names first."""
    wanted = " ".join(text.split())
    if not wanted:
        return ()
    ids = [row[0] for row in connection.execute(_CALLED, (wanted, limit))]
    refs = source_refs(connection, ids)
    return tuple({refs[each].id: refs[each] for each in ids if each in refs}.values())
