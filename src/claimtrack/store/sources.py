"""Rows of sources, in and out. A source that is held stays as it is: its edits outlive upgrades.

One that nothing names any more is retired, until it is named again, but for what a desk's edit is
about.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from claimtrack.errors import IntegrityError
from claimtrack.model.ids import content_id
from claimtrack.model.source import Source, SourceName, SourceRelation
from claimtrack.model.vocabulary import NameKind, SourceKind, SourceRelationKind, SourceType
from claimtrack.store.rows import Row, insert, many

# What a person has retired, a machine does not bring back.
_RESUME = """
UPDATE source SET retired_at = NULL WHERE id = ? AND EXISTS (
    SELECT 1 FROM reextraction r
    WHERE r.row_id = source.id AND r.change = 'retired' AND r.recorded_at = source.retired_at)"""

# The last one recorded is asked for first: as texts are read again in order, it is the live one.
_IS_NAMED = """
SELECT EXISTS (SELECT 1 FROM (
        SELECT 1 FROM live_attribution WHERE source_id = ?1 ORDER BY number DESC LIMIT 1))
    OR EXISTS (SELECT 1 FROM source_relation r JOIN live_source s ON s.id = r.source_id
        WHERE r.parent_id = ?1)
    OR EXISTS (SELECT 1 FROM source_edit
        WHERE (source_id = ?1 OR other_id = ?1) AND retired_at IS NULL)"""


def put_sources(connection: sqlite3.Connection, sources: Iterable[Source], at: str) -> None:
    """Insert the sources that are not held, with their names and relations.

    One that was retired because nothing named it is live again.

    Raises:
        IntegrityError: A relation's parent is neither held nor given.
    """
    given = {source.id: source for source in sources}
    rows = connection.execute(
        "SELECT id, retired_at FROM source WHERE id IN (SELECT value FROM json_each(?))",
        (many(given),),
    )
    held = dict(rows.fetchall())
    new = {each: source for each, source in given.items() if each not in held}
    for each in given:
        if held.get(each):
            connection.execute(_RESUME, (each,))
    insert(connection, "source", [_row(each, source, at) for each, source in new.items()])
    names = [row for each, source in new.items() for row in _name_rows(each, source)]
    insert(connection, "source_name", names)
    relations = (_relation_rows(connection, *each) for each in new.items())
    insert(connection, "source_relation", [row for rows in relations for row in rows])


def retire_unnamed(connection: sqlite3.Connection, ids: Iterable[str], at: str) -> set[str]:
    """Retire those of some sources that nothing live names, then their parents; return which.

    A report names a source, another source whose parent it is, and an edit that is about it.

    Args:
        connection: Within a transaction.
        ids: The sources that retired attributions named.
        at: When, as stored.
    """
    waiting, gone = list(dict.fromkeys(ids)), set[str]()
    while waiting:
        each = waiting.pop()
        if connection.execute(_IS_NAMED, (each,)).fetchone()[0]:
            continue
        retired = connection.execute(
            "UPDATE source SET retired_at = ? WHERE id = ? AND retired_at IS NULL", (at, each)
        )
        if retired.rowcount:
            gone.add(each)
            parents = connection.execute(
                "SELECT parent_id FROM source_relation WHERE source_id = ?", (each,)
            )
            waiting += [row[0] for row in parents]
    return gone


def load_sources(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Source]:
    """Return live sources by id, with names and relations."""
    wanted = many(ids)
    names: dict[str, list[SourceName]] = defaultdict(list)
    for source_id, text, lang, kind in connection.execute(
        "SELECT source_id, text, lang, kind FROM live_source_name"
        " WHERE source_id IN (SELECT value FROM json_each(?)) ORDER BY source_id, ord",
        (wanted,),
    ):
        names[source_id].append(SourceName(text=text, lang=lang, kind=NameKind(kind)))
    relations: dict[str, list[SourceRelation]] = defaultdict(list)
    for source_id, kind, parent, since, until in connection.execute(
        "SELECT r.source_id, r.kind, p.key, r.since, r.until FROM source_relation r"
        " JOIN live_source p ON p.id = r.parent_id"
        " WHERE r.source_id IN (SELECT value FROM json_each(?)) ORDER BY r.source_id, r.ord",
        (wanted,),
    ):
        relations[source_id].append(
            SourceRelation(
                kind=SourceRelationKind(kind), parent=parent, since=_date(since), until=_date(until)
            )
        )
    rows = connection.execute(
        "SELECT id, key, name, kind, type, country, domain, wikidata, invented, reason"
        " FROM live_source WHERE id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    return {
        row[0]: Source(
            key=row[1],
            name=row[2],
            kind=SourceKind(row[3]),
            type=SourceType(row[4]),
            country=row[5],
            domain=row[6],
            wikidata=row[7],
            names=tuple(names[row[0]]),
            relations=tuple(relations[row[0]]),
            invented=bool(row[8]),
            reason=row[9],
        )
        for row in rows
    }


def _row(source_id: str, source: Source, at: str) -> Row:
    return {
        "id": source_id,
        "key": source.key,
        "name": source.name,
        "kind": source.kind.value,
        "type": source.type.value,
        "country": source.country,
        "domain": source.domain,
        "wikidata": source.wikidata,
        "invented": source.invented,
        "reason": source.reason,
        "recorded_at": at,
    }


def _name_rows(source_id: str, source: Source) -> list[Row]:
    return [
        {
            "source_id": source_id,
            "ord": place,
            "text": name.text,
            "lang": name.lang,
            "kind": name.kind.value,
        }
        for place, name in enumerate(source.names)
    ]


def _relation_rows(connection: sqlite3.Connection, source_id: str, source: Source) -> list[Row]:
    rows: list[Row] = []
    for place, relation in enumerate(source.relations):
        parent = content_id("source", relation.parent)
        held = connection.execute("SELECT 1 FROM source WHERE id = ?", (parent,)).fetchone()
        if not held:
            raise IntegrityError(
                f"source {source.key}: its parent {relation.parent!r} is neither held nor given"
            )
        rows.append(
            {
                "source_id": source_id,
                "ord": place,
                "kind": relation.kind.value,
                "parent_id": parent,
                "since": relation.since.isoformat() if relation.since else None,
                "until": relation.until.isoformat() if relation.until else None,
            }
        )
    return rows


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
