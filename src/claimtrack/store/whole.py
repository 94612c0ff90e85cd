"""Every live content row, as plain records: what a lossless export is made of.

Unlike `read`, which answers what a page asks, nothing is left out here and nothing is resolved.
Records come in a fixed order; what belongs to one thing alone (names, spans, parts) is inside it.
"""

from __future__ import annotations

import json
import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from claimtrack.model.span import Quote

Record = dict[str, Any]

_RUNS = "SELECT id, tool, version, configuration, recorded_at FROM run ORDER BY id"
_SOURCES = """
SELECT id, key, name, kind, type, country, domain, wikidata, invented, reason, recorded_at
FROM live_source WHERE key NOT LIKE 'redacted|%' ORDER BY id"""
_NAMES = "SELECT text, lang, kind FROM source_name WHERE source_id = ? ORDER BY ord"
_RELATIONS = """
SELECT kind, parent_id, since, until FROM source_relation WHERE source_id = ? ORDER BY ord"""
_SOURCE_EDITS = """
SELECT number, id, action, source_id, other_id, source, text, lang, kind, ended, evidence,
    edited_by, edited_at
FROM source_edit WHERE retired_at IS NULL ORDER BY number"""
_DOCUMENTS = "SELECT id, known_by, identity, recorded_at FROM live_document ORDER BY id"
_URLS = "SELECT kind, url FROM document_url WHERE document_id = ? ORDER BY kind, url"
_KEYS = "SELECT key FROM url_key WHERE document_id = ? ORDER BY key"
_VERSIONS = """
SELECT number, id, seq, text, sha256, lang, title, outlet, byline, published_stated,
    published_utc, published_precision, published_zone, replaced, recorded_at
FROM live_version v WHERE document_id = ? AND NOT EXISTS (
    SELECT 1 FROM redaction_row r WHERE r.kind = 'document_version' AND r.row_key = v.id)
ORDER BY seq"""
_UPDATED = "SELECT stated, utc, precision, zone FROM version_update WHERE version_id = ?"
_PARTS = 'SELECT role, start, "end" FROM document_part WHERE version_id = ? ORDER BY start, role'
_NARRATIONS = """
SELECT id, start, "end", run_id, recorded_at
FROM live_narration WHERE version_id = ? ORDER BY start, id"""
_ATTRIBUTIONS = """
SELECT number, id, ord, key, kind, channel, stance, assertion, modality, source_type, source_name,
    source_id, confidence, cue_unknown, pattern, responds_to_id, run_id, recorded_at
FROM live_attribution WHERE version_id = ? ORDER BY ord, id"""
_RETIRED = """
SELECT a.number, a.id, a.ord, a.key, a.kind, a.channel, a.stance, a.assertion, a.modality,
    a.source_type, a.source_name, a.source_id, a.confidence, a.cue_unknown, a.pattern,
    (SELECT b.id FROM live_attribution b WHERE b.id = a.responds_to_id) AS responds_to_id,
    a.run_id, a.recorded_at
FROM attribution a WHERE a.version_id = ? AND a.retired_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM live_correction c WHERE c.row_id = a.id AND c.change = 'retired')
ORDER BY a.ord, a.id"""
_SPANS = """
SELECT role, start, "end" FROM attribution_position WHERE attribution_number = ?
ORDER BY role, ord"""
_RELAYS = """
SELECT r.id, r.child_id, r.parent_id, r.kind, r.evidence, s.strength, r.run_id, r.recorded_at
FROM live_relay r LEFT JOIN relay_strength s ON s.relay_id = r.id ORDER BY r.id"""
_OUTER_RELAYS = """
SELECT number, id, child_id, source_id, url, evidence, run_id, recorded_at
FROM live_outer_relay ORDER BY number"""
_CLAIM_RELATIONS = """
SELECT number, id, left_id, right_id, kind, score, evidence, run_id, recorded_at
FROM live_claim_relation ORDER BY number"""
_REVIEWS = """
SELECT number, id, claim_id, scale, rating, text, url, links, value, revises, reviewed_by,
    reviewed_at, recorded_at
FROM {} WHERE retired_at IS NULL ORDER BY number"""
_GRADES = """
SELECT number, id, claim_id, source_id, grade, topic, since, until, reason, graded_by, graded_at,
    recorded_at
FROM live_grade ORDER BY number"""
_PUBLICATIONS = """
SELECT number, id, state, why, rights, decided_by, decided_at, recorded_at FROM publication
WHERE retired_at IS NULL ORDER BY number"""
_DECIDED = """
SELECT document_id AS id FROM publication_document WHERE publication_number = ?
ORDER BY document_id"""
_CLAIMS = """
SELECT number, id, attribution_id, cluster_id, recorded_at FROM live_claim ORDER BY number"""
_TEXTS = "SELECT lang, text FROM claim_text WHERE claim_id = ? ORDER BY lang"
_JUDGEMENTS = """
SELECT j.number, j.id, j.left_id, j.right_id, j.verdict, j.evidence, j.score, j.run_id,
    j.judged_by, j.judged_at, j.relay_id, j.recorded_at
FROM live_judgement j JOIN claim l ON l.id = j.left_id JOIN claim r ON r.id = j.right_id
WHERE (l.id IN (SELECT id FROM live_claim) OR l.attribution_id IN (
        SELECT row_id FROM live_correction WHERE change = 'retired'))
    AND (r.id IN (SELECT id FROM live_claim) OR r.attribution_id IN (
        SELECT row_id FROM live_correction WHERE change = 'retired'))
ORDER BY j.number"""
_CORRECTIONS = """
SELECT c.number, c.id, c.action, c.version_id, c.reason, c.corrected_by, c.corrected_at,
    c.recorded_at
FROM correction c JOIN live_version v ON v.id = c.version_id
WHERE c.retired_at IS NULL ORDER BY c.number"""
_TOUCHED = """
SELECT row_id, change FROM correction_row WHERE correction_number = ? ORDER BY change, row_id"""
_PARTED = """
SELECT r.id, r.child_id, r.parent_id, r.kind, r.evidence, s.strength, r.run_id, r.recorded_at
FROM correction_row t JOIN relay r ON r.id = t.row_id
LEFT JOIN relay_strength s ON s.relay_id = r.id
WHERE t.correction_number = ? AND t.change = 'retired' ORDER BY r.id"""
_CAPTURES = """
SELECT number, id, (SELECT d.id FROM live_document d WHERE d.id = capture.document_id)
    AS document_id, url, final_url, at, status, reason, tool, operator, sha256, warc_start,
    warc_size, recorded_at, headers, hops
FROM capture ORDER BY number"""
_CAPTURED = """
SELECT v.id FROM capture_version c JOIN live_version v ON v.id = c.version_id
WHERE c.capture_id = ? ORDER BY v.id"""
_BODIES = "SELECT sha256, size, body FROM capture_body ORDER BY sha256"
_ANCHORS = """
SELECT n.attribution_id, n.version_id, n.role, n.ord, n.state, n.start, n."end", n.score,
    n.run_id, n.recorded_at
FROM anchor n JOIN live_version v ON v.id = n.version_id
JOIN live_attribution a ON a.id = n.attribution_id
ORDER BY n.version_id, n.attribution_id, n.role, n.ord"""
_REPRINTS = """
SELECT document_version, of_document_version, similarity, run, recorded_at
FROM live_reprint ORDER BY document_version, of_document_version"""


_KEPT = 65_536  # KiB


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """See one state of the database throughout a block, whatever others write meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        connection.execute(
            "SELECT 1 FROM sqlite_schema LIMIT 1"
        )  # the first read takes the snapshot
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def remembering(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep more of the database in memory throughout a block: it is read from end to end."""
    (before,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size={min(before, -_KEPT)}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size={before}")


def runs(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield what made the rows, by id."""
    for run in _records(connection, _RUNS):
        yield run | {"configuration": json.loads(run["configuration"])}


def sources(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield sources with their names and relations, by id."""
    for source in _records(connection, _SOURCES):
        yield source | {
            "invented": bool(source["invented"]),
            "names": list(_records(connection, _NAMES, source["id"])),
            "relations": list(_records(connection, _RELATIONS, source["id"])),
        }


def source_edits(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield what the desk decided about sources and did not undo, as recorded."""
    return _records(connection, _SOURCE_EDITS)


def documents(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield documents by id, with their addresses and versions and everything found in those."""
    for document in _records(connection, _DOCUMENTS):
        yield document | {
            "urls": list(_records(connection, _URLS, document["id"])),
            "url_keys": [row["key"] for row in _records(connection, _KEYS, document["id"])],
            "versions": list(_versions(connection, document["id"])),
        }


def relays(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield which report was taken from which, by id."""
    return _records(connection, _RELAYS)


def claims(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield what each report started as, its cluster and its wordings, as recorded."""
    for claim in _records(connection, _CLAIMS):
        yield claim | {"texts": list(_records(connection, _TEXTS, claim["id"]))}


def judgements(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield the live decisions on whether two live claims are one, as recorded."""
    return _records(connection, _JUDGEMENTS)


def outer_relays(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield which report was taken from a source or address that is not held, as recorded."""
    return _records(connection, _OUTER_RELAYS)


def claim_relations(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield how live claims stand to each other, as recorded."""
    return _records(connection, _CLAIM_RELATIONS)


def reviews(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield the live verdicts on claims, as recorded."""
    return _reviews(connection, "live_review")


def review_history(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield the verdicts on claims that nobody undid, those that were revised too, as recorded."""
    return _reviews(connection, "review")


def grades(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield the live grades of claims and sources, as recorded."""
    return _records(connection, _GRADES)


def publications(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield the live decisions on what may be shown, with their documents, as recorded."""
    for decision in _records(connection, _PUBLICATIONS):
        documents = _records(connection, _DECIDED, decision["number"])
        yield decision | {"documents": [row["id"] for row in documents]}


def corrections(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield what people decided about reports, with what it touched, as recorded.

    The reports that one retired are with their version, its relays here.
    """
    for correction in _records(connection, _CORRECTIONS):
        number = correction["number"]
        yield correction | {
            "rows": list(_records(connection, _TOUCHED, number)),
            "relays": list(_records(connection, _PARTED, number)),
        }


def captures(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield what was fetched, without the bodies, and which versions it holds, as recorded."""
    for capture in _records(connection, _CAPTURES):
        yield capture | {
            "headers": json.loads(capture["headers"]),
            "hops": json.loads(capture["hops"]),
            "versions": [row["id"] for row in _records(connection, _CAPTURED, capture["id"])],
        }


def bodies(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield the bodies of what was fetched, in base64, by digest."""
    for body in _records(connection, _BODIES):
        yield body | {"body": b64encode(body["body"]).decode("ascii")}


def anchors(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield where live reports stand in the versions that came after theirs."""
    return _records(connection, _ANCHORS)


def reprints(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield which live versions are copies of which."""
    return _records(connection, _REPRINTS)


def _reviews(connection: sqlite3.Connection, table: str) -> Iterator[Record]:
    for review in _records(connection, _REVIEWS.format(table)):
        yield review | {"links": json.loads(review["links"])}


def _versions(connection: sqlite3.Connection, document_id: str) -> Iterator[Record]:
    for version in _records(connection, _VERSIONS, document_id):
        stated = {
            name: version.pop(f"published_{name}")
            for name in ("stated", "utc", "precision", "zone")
        }
        yield version | {
            "published": stated,
            "updated": next(_records(connection, _UPDATED, version["id"]), None),
            "parts": list(_records(connection, _PARTS, version["id"])),
            "narrations": [
                narration | _quote(version["text"], narration)
                for narration in _records(connection, _NARRATIONS, version["id"])
            ],
            "attributions": list(_attributions(connection, _ATTRIBUTIONS, version)),
            "retired": list(_attributions(connection, _RETIRED, version)),
        }


def _attributions(connection: sqlite3.Connection, query: str, version: Record) -> Iterator[Record]:
    for attribution in _records(connection, query, version["id"]):
        spans: dict[str, list[Record]] = {}
        for span in _records(connection, _SPANS, attribution["number"]):
            spans.setdefault(span["role"], []).append(_quote(version["text"], span))
        yield attribution | {"cue_unknown": bool(attribution["cue_unknown"]), "spans": spans}


def _quote(text: str, place: Record) -> Record:
    return Quote.of(text, place["start"], place["end"])._asdict()


def _records(connection: sqlite3.Connection, query: str, *values: str) -> Iterator[Record]:
    found = connection.execute(query, values)
    columns = [column[0] for column in found.description]
    return (dict(zip(columns, row, strict=True)) for row in found)
