"""The canonical dump: what "the same database" means.

All live content rows, table by table, ordered by id; without run times, the log, search tables
and the order of recording, which two databases with the same content need not share. Which pairs a
rule joined first depends on that order, what it comes to does not: so of judgements there are those
of people, and the clusters, each under the first id of its live claims. Copies stand as pairs,
whichever came first; where more are alike than are compared, the order decides which were linked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from claimtrack.model.ids import canonical_json
from claimtrack.store.whole import snapshot

_TABLES = {
    "run": """
SELECT id, tool, version, configuration FROM run WHERE id IN (
    SELECT run_id FROM live_attribution UNION SELECT run_id FROM live_narration
    UNION SELECT run_id FROM live_relay UNION SELECT run_id FROM live_outer_relay
    UNION SELECT run_id FROM anchor UNION SELECT run FROM live_reprint) ORDER BY id""",
    "source": """
SELECT id, key, name, kind, type, country, domain, wikidata, invented, reason
FROM live_source ORDER BY id""",
    "source_name": """
SELECT n.source_id, n.ord, n.text, n.lang, n.kind
FROM source_name n JOIN live_source s ON s.id = n.source_id ORDER BY n.source_id, n.ord""",
    "source_relation": """
SELECT r.source_id, r.ord, r.kind, r.parent_id, r.since, r.until
FROM source_relation r JOIN live_source s ON s.id = r.source_id
JOIN live_source p ON p.id = r.parent_id ORDER BY r.source_id, r.ord""",
    "source_edit": """
SELECT id, action, source_id, other_id, source, text, lang, kind, ended, evidence, edited_by,
    edited_at
FROM source_edit WHERE retired_at IS NULL ORDER BY id""",
    "document": "SELECT id, known_by, identity FROM live_document ORDER BY id",
    "document_url": """
SELECT u.document_id, u.kind, u.url
FROM document_url u JOIN live_document d ON d.id = u.document_id
ORDER BY u.document_id, u.kind, u.url""",
    "document_version": """
SELECT id, document_id, seq, text, sha256, lang, title, outlet, byline, published_stated,
    published_utc, published_precision, published_zone, replaced
FROM live_version ORDER BY id""",
    "document_part": """
SELECT p.version_id, p.role, p.start, p."end"
FROM document_part p JOIN live_version v ON v.id = p.version_id
ORDER BY p.version_id, p.start, p.role""",
    "version_update": """
SELECT u.version_id, u.stated, u.utc, u.precision, u.zone
FROM version_update u JOIN live_version v ON v.id = u.version_id ORDER BY u.version_id""",
    "attribution": """
SELECT id, version_id, ord, key, kind, channel, stance, assertion, modality, source_type,
    source_name, source_id, confidence, cue_unknown, pattern, responds_to_id, run_id
FROM live_attribution ORDER BY id""",
    "attribution_span": """
SELECT s.attribution_id, s.role, s.ord, s.start, s."end", s.exact, s.prefix, s.suffix
FROM attribution_span s JOIN live_attribution a ON a.id = s.attribution_id
ORDER BY s.attribution_id, s.role, s.ord""",
    "narration": """
SELECT id, version_id, start, "end", exact, prefix, suffix, run_id
FROM live_narration ORDER BY id""",
    "relay": "SELECT id, child_id, parent_id, kind, evidence, run_id FROM live_relay ORDER BY id",
    "outer_relay": """
SELECT id, child_id, source_id, url, evidence, run_id FROM live_outer_relay ORDER BY id""",
    "review": """
SELECT id, claim_id, scale, rating, text, url, links, value, revises, reviewed_by, reviewed_at
FROM live_review ORDER BY id""",
    "grade": """
SELECT id, claim_id, source_id, grade, topic, since, until, reason, graded_by, graded_at
FROM live_grade ORDER BY id""",
    "publication": """
SELECT id, state, why, rights, decided_by, decided_at
FROM publication WHERE retired_at IS NULL ORDER BY id""",
    "publication_document": """
SELECT p.id AS publication_id, m.document_id
FROM publication p JOIN publication_document m ON m.publication_number = p.number
WHERE p.retired_at IS NULL ORDER BY p.id, m.document_id""",
    "claim": "SELECT id, attribution_id FROM live_claim ORDER BY id",
    "claim_text": """
SELECT t.claim_id, t.lang, t.text FROM claim_text t JOIN live_claim k ON k.id = t.claim_id
ORDER BY t.claim_id, t.lang""",
    "claim_cluster": """
SELECT id AS claim_id, min(id) OVER (PARTITION BY cluster_id) AS cluster_id
FROM live_claim ORDER BY id""",
    "judgement": """
SELECT id, left_id, right_id, verdict, evidence, score, judged_by, judged_at
FROM live_judgement WHERE judged_by IS NOT NULL ORDER BY id""",
    "correction": """
SELECT id, action, version_id, reason, corrected_by, corrected_at
FROM correction WHERE retired_at IS NULL ORDER BY id""",
    "correction_row": """
SELECT id AS correction_id, change, row_id FROM live_correction ORDER BY id, change, row_id""",
    "capture": """
SELECT id, url, final_url, at, status, reason, tool, operator, sha256, headers, hops
FROM capture ORDER BY id""",
    "capture_body": "SELECT sha256, size FROM capture_body ORDER BY sha256",
    "capture_version": """
SELECT c.capture_id, c.version_id
FROM capture_version c JOIN live_version v ON v.id = c.version_id
ORDER BY c.capture_id, c.version_id""",
    "anchor": """
SELECT n.attribution_id, n.version_id, n.role, n.ord, n.state, n.start, n."end", n.score, n.run_id
FROM anchor n JOIN live_version v ON v.id = n.version_id
JOIN live_attribution a ON a.id = n.attribution_id
ORDER BY n.version_id, n.attribution_id, n.role, n.ord""",
    "reprint": """
SELECT DISTINCT min(document_version, of_document_version) AS one,
    max(document_version, of_document_version) AS other, similarity, run
FROM live_reprint ORDER BY one, other""",
}


def canonical(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the dump, a JSON object a line: the table's name and the row's columns."""
    with snapshot(connection):
        for table, query in _TABLES.items():
            rows = connection.execute(query)
            columns = [column[0] for column in rows.description]
            for row in rows:
                yield canonical_json({"table": table} | dict(zip(columns, row, strict=True)))
