"""The log for readers: each change by whom, when, from what, to what, and why.

The log itself holds ids and digests; what an entry changed is told from the rows it names, which
stay when they are undone. What was redacted is told without its words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from claimtrack.model.value import Value
from claimtrack.store import log
from claimtrack.store.content import instant
from claimtrack.store.rows import many


class Entry(Value):
    """An entry of the log, and what it changed.

    Attributes:
        desk_id: The desk whose log it is of.
        seq: Its number there.
        at: When, in UTC.
        action: What was done ("add", "judge", "undo").
        subject: The id it was done to.
        digest: Digest of the content it brought.
        hash: Its seal.
        before: What was so before, in words; empty where it was nothing.
        after: What is so since.
        why: For what reason; empty where nobody said.
    """

    desk_id: str
    seq: int
    at: str
    user: str
    action: str
    subject: str
    digest: str
    previous: str
    hash: str
    before: str
    after: str
    why: str


class Asked(NamedTuple):
    """Which entries are asked for; None for any.

    Attributes:
        claim: A cluster's id.
        source: A source's id.
        document: A document's id.
        user: Who did it.
        since: From when on, with a zone.
    """

    claim: str | None = None
    source: str | None = None
    document: str | None = None
    user: str | None = None
    since: datetime | None = None


class _Told(NamedTuple):
    before: str
    after: str
    why: str


_REPORTS_OF_CLAIM = """
SELECT k.attribution_id FROM claim_cluster c JOIN claim k ON k.id = c.claim_id
WHERE c.cluster_id = ?1"""
_MEMBERS = "SELECT claim_id FROM claim_cluster WHERE cluster_id = ?1"
_VERSIONS = "SELECT id FROM document_version WHERE document_id = ?1"
_REPORTS_OF_DOCUMENT = f"SELECT id FROM attribution WHERE version_id IN ({_VERSIONS})"  # noqa: S608

_OF_CLAIM = f"""
SELECT id FROM judgement WHERE left_id IN ({_MEMBERS}) OR right_id IN ({_MEMBERS})
UNION SELECT id FROM claim_relation WHERE left_id IN ({_MEMBERS}) OR right_id IN ({_MEMBERS})
UNION SELECT id FROM suggestion WHERE left_id IN ({_MEMBERS}) OR right_id IN ({_MEMBERS})
UNION SELECT id FROM review WHERE claim_id IN ({_MEMBERS})
UNION SELECT id FROM grade WHERE claim_id IN ({_MEMBERS})
UNION SELECT c.id FROM correction c JOIN correction_row r ON r.correction_number = c.number
    WHERE r.row_id IN ({_REPORTS_OF_CLAIM})
UNION {_REPORTS_OF_CLAIM}
UNION SELECT version_id FROM attribution WHERE id IN ({_REPORTS_OF_CLAIM})
UNION SELECT n.id FROM retraction n JOIN retraction_row r ON r.retraction_number = n.number
    WHERE r.row_id IN ({_REPORTS_OF_CLAIM})
UNION SELECT id FROM redaction WHERE subject IN ({_REPORTS_OF_CLAIM})"""  # noqa: S608 (our own)

_OF_SOURCE = """
SELECT id FROM source_edit WHERE source_id = ?1 OR other_id = ?1
UNION SELECT id FROM grade WHERE source_id = ?1
UNION SELECT id FROM redaction WHERE subject = ?1"""

_OF_DOCUMENT = f"""
{_VERSIONS} UNION SELECT ?1 UNION {_REPORTS_OF_DOCUMENT}
UNION SELECT id FROM correction WHERE version_id IN ({_VERSIONS})
UNION SELECT id FROM capture WHERE document_id = ?1
UNION SELECT capture_id FROM capture_version WHERE version_id IN ({_VERSIONS})
UNION SELECT p.id FROM publication p JOIN publication_document d
    ON d.publication_number = p.number WHERE d.document_id = ?1
UNION SELECT n.id FROM retraction n JOIN retraction_row r ON r.retraction_number = n.number
    WHERE n.subject = ?1 OR r.row_id IN ({_VERSIONS}) OR r.row_id IN ({_REPORTS_OF_DOCUMENT})
UNION SELECT id FROM redaction
    WHERE subject = ?1 OR subject IN ({_VERSIONS}) OR subject IN ({_REPORTS_OF_DOCUMENT})"""  # noqa: S608

# What a copy that went its own way has in common with its original is told once.
_ENTRIES = """
SELECT e.*, coalesce(w.why, '') FROM event_log e
LEFT JOIN log_reason w ON w.desk_id = e.desk_id AND w.seq = e.seq
WHERE (?1 IS NULL OR e.user = ?1) AND (?2 IS NULL OR rtrim(e.at, 'Z') >= rtrim(?2, 'Z'))
    AND (?3 IS NULL OR e.subject IN (SELECT value FROM json_each(?3)))
    AND NOT EXISTS (SELECT 1 FROM event_log o WHERE o.seq = e.seq AND o.hash = e.hash
        AND o.desk_id = substr(e.desk_id, 1, instr(e.desk_id, '/') - 1))
ORDER BY rtrim(e.at, 'Z') DESC, e.seq DESC, e.desk_id LIMIT ?4"""


EVERYTHING = Asked()


def entries(
    connection: sqlite3.Connection, asked: Asked = EVERYTHING, *, limit: int = -1
) -> Iterator[Entry]:
    """Yield entries with what they changed, the latest first.

    Args:
        connection: A connection.
        asked: Which ones.
        limit: How many at most; -1 for all.
    """
    subjects: set[str] | None = None
    for query, subject in (
        (_OF_CLAIM, asked.claim),
        (_OF_SOURCE, asked.source),
        (_OF_DOCUMENT, asked.document),
    ):
        if subject is not None:
            found = {row[0] for row in connection.execute(query, (subject,))}
            subjects = found if subjects is None else subjects & found
    values = (
        asked.user and asked.user.encode("utf-8", "replace").decode(),  # no lone surrogates
        instant(asked.since) if asked.since else None,
        None if subjects is None else many(sorted(subjects)),
        limit,
    )
    for row in connection.execute(_ENTRIES, values).fetchall():
        event, why = log.Event(*row[:-1]), row[-1]
        told = _told(connection, event)
        yield Entry(
            desk_id=event.desk,
            **{name: getattr(event, name) for name in log.Event._fields[1:]},
            before=told.before,
            after=told.after,
            why=why or told.why,
        )


def _told(connection: sqlite3.Connection, event: log.Event) -> _Told:
    if event.action == "add":
        return _Told("", _found(connection, event), "")
    if event.action == "reextract":
        return _read_again(connection, event)
    if event.action in ("import", "merge", "decisions"):
        return _Told("", _brought(connection, event), "")
    teller = _TELLERS.get(event.subject.partition("-")[0])
    told = teller(connection, event.subject) if teller else None
    if told is None:
        return _Told("", "", "")
    return _Told(told.after, "undone", "") if event.action == "undo" else told


def _found(connection: sqlite3.Connection, event: log.Event) -> str:
    brought = log.addition(connection, event.subject, event.at)
    return f"{len(brought['attribution'])} attributions"


def _brought(connection: sqlite3.Connection, event: log.Event) -> str:
    counted = connection.execute(
        "SELECT kind, count(*) FROM brought WHERE desk_id = ? AND seq = ?"
        " AND kind <> 'claim' GROUP BY kind ORDER BY kind",
        (event.desk, event.seq),
    )
    return ", ".join(f"{kind.replace('_', ' ')}: {number}" for kind, number in counted)


def _read_again(connection: sqlite3.Connection, event: log.Event) -> _Told:
    added = len(log.addition(connection, event.subject, event.at)["attribution"])
    changes = dict(
        connection.execute(
            "SELECT change, count(*) FROM reextraction WHERE version_id = ? AND recorded_at = ?"
            " AND row_id LIKE 'attribution-%' GROUP BY change",
            (event.subject, event.at),
        ).fetchall()
    )
    told = (f"{number} {change}" for change, number in sorted(changes.items()))
    return _Told("", ", ".join((f"{added} new", *told)), "")


_Teller = Callable[[sqlite3.Connection, str], _Told | None]


def _row(query: str, tell: Callable[..., _Told]) -> _Teller:
    def teller(connection: sqlite3.Connection, subject: str) -> _Told | None:
        row = connection.execute(query, (subject,)).fetchone()
        return tell(*row) if row else None

    return teller


def _edit(action: str, source: str, other: str | None, name: str | None, why: str) -> _Told:
    known = json.loads(source)
    called = str(known.get("name", ""))
    return _Told("", " ".join(filter(None, (action, called, name, other))), why)


_TELLERS: Mapping[str, _Teller] = {
    "judgement": _row(
        "SELECT verdict, left_id, right_id, evidence FROM judgement WHERE id = ?",
        lambda verdict, left, right, why: _Told("", f"{verdict}: {left} {right}", why),
    ),
    "review": _row(
        "SELECT r.rating, r.scale, r.text, o.rating, o.scale FROM review r"
        " LEFT JOIN review o ON o.id = r.revises WHERE r.id = ?",
        lambda rating, scale, why, old, of: _Told(
            f"{old} ({of})" if old else "", f"{rating} ({scale})", why
        ),
    ),
    "grade": _row(
        "SELECT g.grade, g.topic, g.reason, (SELECT o.grade FROM grade o WHERE o.number < g.number"
        " AND o.source_id IS g.source_id AND o.claim_id IS g.claim_id AND o.topic IS g.topic"
        " ORDER BY o.number DESC LIMIT 1), coalesce(g.claim_id, g.source_id)"
        " FROM grade g WHERE g.id = ?",
        lambda grade, topic, why, old, of: _Told(
            old or "", f"{grade}: {of}" + (f" ({topic})" if topic else ""), why
        ),
    ),
    "publication": _row(
        "SELECT state, why FROM publication WHERE id = ?",
        lambda state, why: _Told("", state, why),
    ),
    "edit": _row(
        "SELECT action, source, other_id, text, evidence FROM source_edit WHERE id = ?", _edit
    ),
    "relation": _row(
        "SELECT kind, left_id, right_id, evidence FROM claim_relation WHERE id = ?",
        lambda kind, left, right, why: _Told("", f"{kind}: {left} {right}", why),
    ),
    "suggestion": _row(
        "SELECT left_id, right_id, evidence FROM suggestion WHERE id = ?",
        lambda left, right, why: _Told("", f"suggestion: {left} {right}", why),
    ),
    "capture": _row(
        "SELECT status, url FROM capture WHERE id = ?",
        lambda status, url: _Told("", f"{status} {url}", ""),
    ),
    "correction": _row(
        "SELECT c.action, c.reason,"
        " (SELECT group_concat(row_id, ' ') FROM correction_row WHERE correction_number = c.number"
        "  AND change = 'retired' AND row_id LIKE 'attribution-%'),"
        " (SELECT group_concat(row_id, ' ') FROM correction_row WHERE correction_number = c.number"
        "  AND change <> 'retired' AND row_id LIKE 'attribution-%') FROM correction c WHERE id = ?",
        lambda action, why, old, new: _Told(old or "", " ".join(filter(None, (action, new))), why),
    ),
    "retraction": _row(
        "SELECT subject, why FROM retraction WHERE id = ?",
        lambda subject, why: _Told(f"live: {subject}", f"retracted: {subject}", why),
    ),
    "redaction": _row(
        "SELECT subject, why FROM redaction WHERE id = ?",
        lambda subject, why: _Told(f"held: {subject}", f"redacted: {subject}", why),
    ),
}
"""What an entry changed, by the first part of the id it is about."""
