"""The schema: a list of steps that only grows. A released step is never edited.

Every table is STRICT. `number` is the order in which rows were recorded; it is what full-text
rows are keyed by, and what "earliest" means. Times are UTC in ISO 8601. A row with `retired_at`
stays for the record and is left out by the `live_…` views, which every reader goes through. Long
texts are last columns: what stands behind one costs SQLite a walk through it.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from claimtrack.store.words import TOKENIZER

migrations = Migrations("claimtrack")

_TABLES = (
    """
CREATE TABLE desk (
    id TEXT PRIMARY KEY,
    opened_at TEXT NOT NULL,
    opened_by TEXT NOT NULL
) STRICT""",
    """
CREATE TABLE event_log (
    desk_id TEXT NOT NULL REFERENCES desk(id),
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (desk_id, seq)
) STRICT""",
    """
CREATE TABLE run (
    id TEXT PRIMARY KEY,
    tool TEXT NOT NULL,
    version TEXT NOT NULL,
    configuration TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT""",
    """
CREATE TABLE document (
    id TEXT PRIMARY KEY,
    known_by TEXT NOT NULL CHECK (known_by = 'url' OR known_by = 'text'),
    identity TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    retired_at TEXT
) STRICT""",
    """
CREATE TABLE document_url (
    document_id TEXT NOT NULL REFERENCES document(id),
    kind TEXT NOT NULL CHECK (kind = 'raw' OR kind = 'final' OR kind = 'canonical' OR kind = 'amp' OR kind = 'archive'),
    url TEXT NOT NULL,
    PRIMARY KEY (document_id, kind, url)
) STRICT""",  # noqa: E501 (as step m014 has it)
    """
CREATE TABLE document_version (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES document(id),
    seq INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    lang TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    byline TEXT,
    published_stated TEXT NOT NULL,
    published_utc TEXT CHECK (published_utc LIKE '%Z'),
    published_precision TEXT NOT NULL,
    published_zone TEXT,
    replaced INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    retired_at TEXT,
    text TEXT NOT NULL,
    UNIQUE (document_id, seq)
) STRICT""",
    """
CREATE TABLE document_part (
    version_id TEXT NOT NULL REFERENCES document_version(id),
    role TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (version_id, role, start),
    CHECK (0 <= start AND start < "end")
) STRICT""",
    """
CREATE TABLE source (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    country TEXT,
    domain TEXT,
    wikidata TEXT,
    invented INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    retired_at TEXT
) STRICT""",
    """
CREATE TABLE source_name (
    source_id TEXT NOT NULL REFERENCES source(id),
    ord INTEGER NOT NULL,
    text TEXT NOT NULL,
    lang TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (source_id, ord)
) STRICT""",
    """
CREATE TABLE source_relation (
    source_id TEXT NOT NULL REFERENCES source(id),
    ord INTEGER NOT NULL,
    kind TEXT NOT NULL,
    parent_id TEXT NOT NULL REFERENCES source(id),
    since TEXT,
    until TEXT,
    PRIMARY KEY (source_id, ord)
) STRICT""",
    """
CREATE TABLE attribution (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version_id TEXT NOT NULL REFERENCES document_version(id),
    ord INTEGER NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    stance TEXT NOT NULL,
    assertion TEXT NOT NULL,
    modality TEXT NOT NULL,
    source_type TEXT NOT NULL,
    source_name TEXT,
    source_id TEXT REFERENCES source(id),
    confidence REAL NOT NULL,
    cue_unknown INTEGER NOT NULL,
    pattern TEXT NOT NULL,
    responds_to_id TEXT REFERENCES attribution(id) DEFERRABLE INITIALLY DEFERRED,
    run_id TEXT NOT NULL REFERENCES run(id),
    recorded_at TEXT NOT NULL,
    retired_at TEXT
) STRICT""",
    """
CREATE TABLE attribution_span (
    attribution_id TEXT NOT NULL REFERENCES attribution(id),
    role TEXT NOT NULL CHECK (role = 'source' OR role = 'cue' OR role = 'content' OR role = 'antecedent'),
    ord INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    PRIMARY KEY (attribution_id, role, ord),
    CHECK (0 <= start AND start < "end")
) STRICT""",  # noqa: E501 (as step m014 has it)
    """
CREATE TABLE narration (
    id TEXT PRIMARY KEY,
    version_id TEXT NOT NULL REFERENCES document_version(id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    run_id TEXT NOT NULL REFERENCES run(id),
    recorded_at TEXT NOT NULL,
    retired_at TEXT,
    CHECK (0 <= start AND start < "end")
) STRICT""",
    """
CREATE TABLE relay (
    id TEXT PRIMARY KEY,
    child_id TEXT NOT NULL REFERENCES attribution(id),
    parent_id TEXT NOT NULL REFERENCES attribution(id),
    kind TEXT NOT NULL,
    evidence TEXT NOT NULL,
    run_id TEXT NOT NULL REFERENCES run(id),
    recorded_at TEXT NOT NULL,
    retired_at TEXT
) STRICT""",
    """
CREATE TABLE claim (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    attribution_id TEXT NOT NULL UNIQUE REFERENCES attribution(id),
    recorded_at TEXT NOT NULL,
    retired_at TEXT
) STRICT""",
    """
CREATE TABLE claim_text (
    claim_id TEXT NOT NULL REFERENCES claim(id),
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    wording TEXT,
    PRIMARY KEY (claim_id, lang)
) STRICT""",
    """
CREATE TABLE claim_cluster (
    claim_id TEXT PRIMARY KEY REFERENCES claim(id),
    cluster_id TEXT NOT NULL REFERENCES claim(id)
) STRICT""",
    """
CREATE TABLE judgement (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    left_id TEXT NOT NULL REFERENCES claim(id),
    right_id TEXT NOT NULL REFERENCES claim(id),
    verdict TEXT NOT NULL CHECK (verdict = 'positive' OR verdict = 'negative' OR verdict = 'unsure'),
    evidence TEXT NOT NULL,
    score REAL,
    run_id TEXT REFERENCES run(id),
    judged_by TEXT,
    judged_at TEXT,
    recorded_at TEXT NOT NULL,
    retired_at TEXT,
    CHECK (left_id < right_id),
    CHECK ((run_id IS NULL) = (judged_by IS NOT NULL)),
    CHECK ((judged_by IS NULL) = (judged_at IS NULL)),
    CHECK (verdict <> 'negative' OR judged_by IS NOT NULL)
) STRICT""",  # noqa: E501 (as step m014 has it)
)

_INDEXES = (
    "CREATE INDEX document_url_url ON document_url(url)",
    "CREATE INDEX document_version_text ON document_version(document_id, sha256)",
    "CREATE INDEX document_version_published ON document_version(published_utc, id)",
    "CREATE INDEX document_version_outlet ON document_version(outlet, id)",
    "CREATE INDEX source_name_text ON source_name(text)",
    "CREATE INDEX source_relation_parent ON source_relation(parent_id)",
    "CREATE INDEX attribution_version ON attribution(version_id, ord)",
    "CREATE INDEX attribution_source ON attribution(source_id, number)",
    "CREATE INDEX attribution_answered ON attribution(responds_to_id)",
    "CREATE INDEX narration_version ON narration(version_id, start)",
    "CREATE INDEX relay_child ON relay(child_id)",
    "CREATE INDEX relay_parent ON relay(parent_id)",
    "CREATE INDEX claim_text_wording ON claim_text(wording) WHERE wording IS NOT NULL",
    "CREATE INDEX claim_cluster_members ON claim_cluster(cluster_id, claim_id)",
    "CREATE INDEX judgement_left ON judgement(left_id)",
    "CREATE INDEX judgement_right ON judgement(right_id)",
    "CREATE INDEX judgement_negative ON judgement(left_id, right_id) WHERE verdict = 'negative'",
)

_LOG_GUARDS = (
    """
CREATE TRIGGER event_log_is_never_changed BEFORE UPDATE ON event_log
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
    """
CREATE TRIGGER event_log_is_never_shortened BEFORE DELETE ON event_log
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
    """
CREATE TRIGGER event_log_only_grows BEFORE INSERT ON event_log
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM event_log WHERE desk_id = NEW.desk_id), 0)
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END""",
)

_SEARCH = (
    f"""
CREATE VIRTUAL TABLE attribution_fts
USING fts5(source, cue, content, tokenize='{TOKENIZER}')""",
    f"""
CREATE VIRTUAL TABLE document_fts
USING fts5(title, body, tokenize='{TOKENIZER}')""",
)

# The one place where retired rows are left out.
_LIVE = (
    """
CREATE VIEW live_version AS
SELECT v.*,
    coalesce(
        v.title,
        (SELECT substr(v.text, p.start + 1, p."end" - p.start) FROM document_part p
         WHERE p.version_id = v.id AND p.role = 'title' ORDER BY p.start LIMIT 1),
        substr(v.text, 1, 120)) AS heading
FROM document_version v JOIN document d ON d.id = v.document_id
WHERE v.retired_at IS NULL AND d.retired_at IS NULL""",
    """
CREATE VIEW live_document AS
SELECT d.*, v.id AS version_id, v.number AS version_number
FROM document d JOIN document_version v ON v.document_id = d.id
WHERE d.retired_at IS NULL AND v.retired_at IS NULL AND v.seq = (
    SELECT max(w.seq) FROM document_version w
    WHERE w.document_id = d.id AND w.retired_at IS NULL)""",
    "CREATE VIEW live_source AS SELECT * FROM source WHERE retired_at IS NULL",
    """
CREATE VIEW live_attribution AS
SELECT a.*, v.document_id, k.id AS claim_id, c.cluster_id
FROM attribution a
JOIN document_version v ON v.id = a.version_id
JOIN document d ON d.id = v.document_id
JOIN claim k ON k.attribution_id = a.id
JOIN claim_cluster c ON c.claim_id = k.id
WHERE a.retired_at IS NULL AND v.retired_at IS NULL AND d.retired_at IS NULL
    AND k.retired_at IS NULL""",
    """
CREATE VIEW live_narration AS
SELECT n.* FROM narration n JOIN live_version v ON v.id = n.version_id
WHERE n.retired_at IS NULL""",
    """
CREATE VIEW live_relay AS
SELECT r.* FROM relay r
JOIN live_attribution child ON child.id = r.child_id
JOIN live_attribution parent ON parent.id = r.parent_id
WHERE r.retired_at IS NULL""",
    "CREATE VIEW live_judgement AS SELECT * FROM judgement WHERE retired_at IS NULL",
    """
CREATE VIEW live_claim AS
SELECT k.*, a.cluster_id, a.version_id, a.source_id
FROM claim k JOIN live_attribution a ON a.claim_id = k.id""",
)


# How the view of reports begins in each of its versions; another beginning is another constant.
_ATTRIBUTIONS = """\
CREATE VIEW attributions AS
SELECT a.number, a.id AS attribution, a.cluster_id AS claim, a.document_id AS document,
    v.published_utc AS published, v.outlet, v.lang AS language,
    s.name AS source, a.source_type, s.country,
    (SELECT group_concat(s.exact, ' … ') FROM (SELECT exact FROM attribution_span
     WHERE attribution_id = a.id AND role = 'source' ORDER BY ord) s) AS source_words,
    (SELECT group_concat(s.exact, ' … ') FROM (SELECT exact FROM attribution_span
     WHERE attribution_id = a.id AND role = 'cue' ORDER BY ord) s) AS cue,
    (SELECT group_concat(s.exact, ' … ') FROM (SELECT exact FROM attribution_span
     WHERE attribution_id = a.id AND role = 'content' ORDER BY ord) s) AS content,
    a.kind, a.channel, a.stance, a.assertion, a.modality, a.confidence,
    (SELECT r.child_id FROM live_relay r WHERE r.parent_id = a.id LIMIT 1) AS relayed_by,
    a.responds_to_id AS responds_to,
    u.tool || ' ' || u.version AS made_by"""

# What Datasette shows: one flat row for each thing, in words.
_FLAT = (
    f"""
{_ATTRIBUTIONS}
FROM live_attribution a
JOIN live_version v ON v.id = a.version_id
JOIN run u ON u.id = a.run_id
LEFT JOIN live_source s ON s.id = a.source_id""",
    """
CREATE VIEW claims AS
SELECT k.id AS claim, t.text, t.lang AS language,
    (SELECT count(*) FROM live_claim m WHERE m.cluster_id = k.id) AS reports,
    (SELECT count(DISTINCT m.source_id) FROM live_claim m WHERE m.cluster_id = k.id) AS sources,
    (SELECT count(DISTINCT v.document_id) FROM live_claim m JOIN document_version v
     ON v.id = m.version_id WHERE m.cluster_id = k.id) AS documents,
    (SELECT min(v.published_utc) FROM live_claim m JOIN document_version v
     ON v.id = m.version_id WHERE m.cluster_id = k.id) AS first_published
FROM claim k JOIN claim_cluster c ON c.claim_id = k.id AND c.cluster_id = k.id
JOIN claim_text t ON t.claim_id = k.id
WHERE EXISTS (SELECT 1 FROM live_claim m WHERE m.cluster_id = k.id)""",
    """
CREATE VIEW documents AS
SELECT v.number, d.id AS document, trim(v.heading) AS title, v.outlet, v.byline,
    v.published_utc AS published, v.published_stated AS published_as_stated, v.lang AS language,
    (SELECT url FROM document_url u WHERE u.document_id = d.id ORDER BY u.kind = 'raw' DESC
     LIMIT 1) AS url,
    (SELECT count(*) FROM live_version w WHERE w.document_id = d.id) AS versions,
    (SELECT count(*) FROM live_attribution a WHERE a.version_id = v.id) AS attributions,
    length(v.text) AS characters, v.sha256
FROM live_document d JOIN live_version v ON v.id = d.version_id""",
    """
CREATE VIEW sources AS
SELECT s.id AS source, s.name, s.kind, s.type, s.country,
    (SELECT count(*) FROM live_attribution a WHERE a.source_id = s.id) AS attributions,
    (SELECT count(DISTINCT a.document_id) FROM live_attribution a WHERE a.source_id = s.id)
        AS documents,
    (SELECT group_concat(n.text, ' | ') FROM (SELECT text FROM source_name
     WHERE source_id = s.id ORDER BY ord) n) AS names,
    s.domain, s.wikidata, s.invented
FROM live_source s""",
    """
CREATE VIEW relays AS
SELECT r.id AS relay, r.child_id AS report, c.source AS reporter, r.kind,
    r.parent_id AS taken_from, p.source AS said_by, r.evidence, c.document
FROM live_relay r
JOIN attributions c ON c.attribution = r.child_id
JOIN attributions p ON p.attribution = r.parent_id""",
)


@migrations()
def m001_documents_attributions_claims(db: Database) -> None:
    """Documents, who said what in them, which claims that makes, and the log."""
    for statement in (*_TABLES, *_INDEXES, *_LOG_GUARDS, *_SEARCH, *_LIVE, *_FLAT):
        db.execute(statement)


# Below, what reading texts again needs. A judgement that rests on a relay ends when the relay is
# retired and holds again when it is back; one that compares words holds for retired reports too.
_READING_AGAIN = (
    """
CREATE TABLE reextraction (
    number INTEGER PRIMARY KEY,
    version_id TEXT NOT NULL REFERENCES document_version(id),
    row_id TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('retired', 'returned', 'queued')),
    run_id TEXT NOT NULL REFERENCES run(id),
    recorded_at TEXT NOT NULL
) STRICT""",
    "CREATE INDEX reextraction_row ON reextraction(row_id, number)",
    "CREATE INDEX reextraction_version ON reextraction(version_id, recorded_at)",
    "ALTER TABLE judgement ADD COLUMN relay_id TEXT REFERENCES relay(id)",
    """
UPDATE judgement SET relay_id = (
    SELECT r.id FROM relay r
    JOIN claim child ON child.attribution_id = r.child_id
    JOIN claim parent ON parent.attribution_id = r.parent_id
    WHERE (child.id = judgement.left_id AND parent.id = judgement.right_id)
        OR (child.id = judgement.right_id AND parent.id = judgement.left_id))
WHERE run_id IN (SELECT id FROM run WHERE tool = 'relay')""",
    "CREATE INDEX judgement_relay ON judgement(relay_id) WHERE relay_id IS NOT NULL",
    "DROP VIEW live_judgement",
    """
CREATE VIEW live_judgement AS
SELECT * FROM judgement j
WHERE j.retired_at IS NULL AND (
    j.relay_id IS NULL
    OR EXISTS (SELECT 1 FROM relay r WHERE r.id = j.relay_id AND r.retired_at IS NULL))""",
    "DROP VIEW live_attribution",
    """
CREATE VIEW live_attribution AS
SELECT a.number, a.id, a.version_id, a.ord, a.key, a.kind, a.channel, a.stance, a.assertion,
    a.modality, a.source_type, a.source_name, a.source_id, a.confidence, a.cue_unknown, a.pattern,
    (SELECT b.id FROM attribution b WHERE b.id = a.responds_to_id AND b.retired_at IS NULL)
        AS responds_to_id,
    a.run_id, a.recorded_at, a.retired_at, v.document_id, k.id AS claim_id, c.cluster_id
FROM attribution a
JOIN document_version v ON v.id = a.version_id
JOIN document d ON d.id = v.document_id
JOIN claim k ON k.attribution_id = a.id
JOIN claim_cluster c ON c.claim_id = k.id
WHERE a.retired_at IS NULL AND v.retired_at IS NULL AND d.retired_at IS NULL
    AND k.retired_at IS NULL""",
    "DROP VIEW claims",
    """
CREATE VIEW claims AS
SELECT k.id AS claim, t.text, t.lang AS language,
    (SELECT count(*) FROM live_claim m WHERE m.cluster_id = k.id) AS reports,
    (SELECT count(DISTINCT m.source_id) FROM live_claim m WHERE m.cluster_id = k.id) AS sources,
    (SELECT count(DISTINCT v.document_id) FROM live_claim m JOIN document_version v
     ON v.id = m.version_id WHERE m.cluster_id = k.id) AS documents,
    (SELECT min(v.published_utc) FROM live_claim m JOIN document_version v
     ON v.id = m.version_id WHERE m.cluster_id = k.id) AS first_published
FROM claim k JOIN claim_cluster c ON c.claim_id = k.id AND c.cluster_id = k.id
JOIN claim_text t ON t.claim_id = (
    SELECT m.id FROM live_claim m WHERE m.cluster_id = k.id ORDER BY m.number LIMIT 1)""",
    """
CREATE VIEW review_queue AS
SELECT a.number, a.id AS attribution, a.cluster_id AS claim, a.document_id AS document,
    t.text AS content, q.recorded_at AS since, u.tool || ' ' || u.version AS missed_by
FROM reextraction q
JOIN live_attribution a ON a.id = q.row_id
JOIN claim_text t ON t.claim_id = a.claim_id
JOIN run u ON u.id = q.run_id
WHERE q.change = 'queued' AND q.number = (
    SELECT max(r.number) FROM reextraction r WHERE r.row_id = q.row_id)""",
)


@migrations()
def m002_reading_again(db: Database) -> None:
    """What newer runs found no more or again, and which of it waits for a person."""
    for statement in _READING_AGAIN:
        db.execute(statement)


# Which claim of a cluster words it, for everybody who asks. A report that relays another one of
# the cluster tells its words together with whom they were taken from, so the first that relays
# none is the plainest; where each relays another, the first recorded is as good as any.
_HEADLINES = (
    """
CREATE VIEW live_headline AS
SELECT k.id AS cluster_id, (
    SELECT m.id FROM live_claim m WHERE m.cluster_id = k.id
    ORDER BY EXISTS (
        SELECT 1 FROM relay r
        JOIN live_claim p ON p.attribution_id = r.parent_id
        WHERE r.child_id = m.attribution_id AND r.retired_at IS NULL
            AND p.cluster_id = m.cluster_id),
        m.number
    LIMIT 1) AS claim_id
FROM claim k JOIN claim_cluster c ON c.claim_id = k.id AND c.cluster_id = k.id
WHERE EXISTS (SELECT 1 FROM live_claim m WHERE m.cluster_id = k.id)""",
    "DROP VIEW claims",
    """
CREATE VIEW claims AS
SELECT k.id AS claim, t.text, t.lang AS language,
    (SELECT count(*) FROM live_claim m WHERE m.cluster_id = k.id) AS reports,
    (SELECT count(DISTINCT m.source_id) FROM live_claim m WHERE m.cluster_id = k.id) AS sources,
    (SELECT count(DISTINCT v.document_id) FROM live_claim m JOIN document_version v
     ON v.id = m.version_id WHERE m.cluster_id = k.id) AS documents,
    (SELECT min(v.published_utc) FROM live_claim m JOIN document_version v
     ON v.id = m.version_id WHERE m.cluster_id = k.id) AS first_published
FROM claim k JOIN claim_cluster c ON c.claim_id = k.id AND c.cluster_id = k.id
JOIN live_headline h ON h.cluster_id = k.id
JOIN claim_text t ON t.claim_id = h.claim_id""",
)


@migrations()
def m003_one_wording_for_a_claim(db: Database) -> None:
    """By which of its reports' words a claim is called, everywhere."""
    for statement in _HEADLINES:
        db.execute(statement)


# What a desk decides about sources, and under which source merged ones are known. Names that an
# edit gives stand beside the recorded ones; nothing that was recorded is changed.
_SOURCE_EDITS = (
    "ALTER TABLE source ADD COLUMN reason TEXT",
    "DROP VIEW live_source",
    "CREATE VIEW live_source AS SELECT * FROM source WHERE retired_at IS NULL",
    """
CREATE TABLE source_edit (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    action TEXT NOT NULL CHECK (action IN ('add', 'alias', 'merge', 'split')),
    source_id TEXT NOT NULL REFERENCES source(id),
    other_id TEXT REFERENCES source(id),
    text TEXT,
    lang TEXT,
    kind TEXT,
    ended TEXT NOT NULL,
    evidence TEXT NOT NULL,
    edited_by TEXT NOT NULL,
    edited_at TEXT NOT NULL,
    retired_at TEXT,
    source TEXT NOT NULL,
    CHECK ((action IN ('merge', 'split')) = (other_id IS NOT NULL)),
    CHECK ((action = 'alias') = (text IS NOT NULL)),
    CHECK (source_id <> other_id)
) STRICT""",
    "CREATE INDEX source_edit_source ON source_edit(source_id)",
    "CREATE INDEX source_edit_other ON source_edit(other_id) WHERE other_id IS NOT NULL",
    """
CREATE TABLE source_cluster (
    source_id TEXT PRIMARY KEY REFERENCES source(id),
    cluster_id TEXT NOT NULL REFERENCES source(id)
) STRICT""",
    "CREATE INDEX source_cluster_members ON source_cluster(cluster_id, source_id)",
    """
CREATE VIEW live_source_name AS
SELECT source_id, ord, text, lang, kind FROM source_name
UNION ALL
SELECT source_id, 1000000 + number, text, lang, kind FROM source_edit
WHERE action = 'alias' AND retired_at IS NULL""",
    "DROP VIEW attributions",
    f"""
{_ATTRIBUTIONS}
FROM live_attribution a
JOIN live_version v ON v.id = a.version_id
JOIN run u ON u.id = a.run_id
LEFT JOIN source_cluster m ON m.source_id = a.source_id
LEFT JOIN live_source s ON s.id = coalesce(m.cluster_id, a.source_id)""",
    "DROP VIEW sources",
    """
CREATE VIEW sources AS
SELECT s.id AS source, s.name, s.kind, s.type, s.country,
    (SELECT count(*) FROM live_attribution a WHERE a.source_id = s.id
        OR a.source_id IN (SELECT m.source_id FROM source_cluster m WHERE m.cluster_id = s.id))
        AS attributions,
    (SELECT count(DISTINCT a.document_id) FROM live_attribution a WHERE a.source_id = s.id
        OR a.source_id IN (SELECT m.source_id FROM source_cluster m WHERE m.cluster_id = s.id))
        AS documents,
    (SELECT group_concat(n.text, ' | ') FROM (SELECT text FROM live_source_name
     WHERE source_id = s.id ORDER BY ord) n) AS names,
    s.domain, s.wikidata, s.invented
FROM live_source s
WHERE NOT EXISTS (
    SELECT 1 FROM source_cluster m WHERE m.source_id = s.id AND m.cluster_id <> s.id)""",
)


@migrations()
def m004_source_edits(db: Database) -> None:
    """What a desk adds, names, merges and splits among the sources."""
    for statement in _SOURCE_EDITS:
        db.execute(statement)


# What was fetched is evidence. A capture is one answer of a server; equal bodies are kept once.
# `warc_start` is where its records begin in the WARC file beside the database; captures that came
# from a WARC file have none. `url_key` knows a document by each of its addresses and their
# variants. `shingle` holds the least hashes of a version's sketch, by which copies are found;
# `sketch` the whole of it, as 64-bit big-endian integers.
_INGEST = (
    """
CREATE TABLE capture_body (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT""",
    """
CREATE TABLE capture (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document_id TEXT REFERENCES document(id),
    url TEXT NOT NULL,
    final_url TEXT NOT NULL,
    at TEXT NOT NULL CHECK (at LIKE '%Z'),
    status INTEGER NOT NULL,
    reason TEXT NOT NULL,
    tool TEXT NOT NULL,
    operator TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES capture_body(sha256),
    warc_start INTEGER,
    warc_size INTEGER,
    recorded_at TEXT NOT NULL,
    headers TEXT NOT NULL,
    hops TEXT NOT NULL,
    CHECK ((warc_start IS NULL) = (warc_size IS NULL))
) STRICT""",
    """
CREATE TABLE capture_version (
    capture_id TEXT NOT NULL REFERENCES capture(id),
    version_id TEXT NOT NULL REFERENCES document_version(id),
    PRIMARY KEY (capture_id, version_id)
) STRICT""",
    """
CREATE TABLE url_key (
    key TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document(id)
) STRICT""",
    """
CREATE TABLE version_update (
    version_id TEXT PRIMARY KEY REFERENCES document_version(id),
    stated TEXT NOT NULL,
    utc TEXT CHECK (utc LIKE '%Z'),
    precision TEXT NOT NULL,
    zone TEXT
) STRICT""",
    """
CREATE TABLE feed_entry (
    feed TEXT NOT NULL,
    entry TEXT NOT NULL,
    url TEXT NOT NULL,
    outcome TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (feed, entry)
) STRICT""",
    """
CREATE TABLE sketch (
    version_number INTEGER PRIMARY KEY REFERENCES document_version(number),
    hashes BLOB NOT NULL
) STRICT""",
    """
CREATE TABLE shingle (
    hash INTEGER NOT NULL,
    version_number INTEGER NOT NULL,
    PRIMARY KEY (hash, version_number)
) STRICT, WITHOUT ROWID""",
    """
CREATE TABLE reprint (
    document_version TEXT NOT NULL REFERENCES document_version(id),
    of_document_version TEXT NOT NULL REFERENCES document_version(id),
    similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1),
    run TEXT NOT NULL REFERENCES run(id),
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (document_version, of_document_version),
    CHECK (document_version <> of_document_version)
) STRICT""",
    """
CREATE TABLE anchor (
    attribution_id TEXT NOT NULL REFERENCES attribution(id),
    version_id TEXT NOT NULL REFERENCES document_version(id),
    role TEXT NOT NULL,
    ord INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('anchored', 'fuzzy', 'ambiguous', 'orphaned')),
    start INTEGER,
    "end" INTEGER,
    score REAL NOT NULL,
    run_id TEXT NOT NULL REFERENCES run(id),
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (attribution_id, version_id, role, ord),
    CHECK ((start IS NULL) = ("end" IS NULL)),
    CHECK ((start IS NULL) = (state IN ('ambiguous', 'orphaned')))
) STRICT""",
    "CREATE INDEX capture_url ON capture(url, number)",
    "CREATE INDEX capture_document ON capture(document_id, number)",
    "CREATE INDEX capture_version_version ON capture_version(version_id)",
    "CREATE INDEX reprint_of ON reprint(of_document_version)",
    "CREATE INDEX anchor_version ON anchor(version_id)",
    """
CREATE VIEW live_reprint AS
SELECT r.document_version, r.of_document_version, r.similarity, r.run, r.recorded_at
FROM reprint r
JOIN live_version v ON v.id = r.document_version
JOIN live_version w ON w.id = r.of_document_version""",
    """
CREATE VIEW captures AS
SELECT c.number, c.id AS capture, c.url, c.final_url, c.at AS fetched, c.status, c.sha256, b.size,
    c.tool, c.operator, coalesce(c.document_id, v.document_id) AS document, v.id AS version
FROM capture c JOIN capture_body b ON b.sha256 = c.sha256
LEFT JOIN capture_version cv ON cv.capture_id = c.id
LEFT JOIN document_version v ON v.id = cv.version_id""",
    """
CREATE VIEW document_states AS
SELECT d.id AS document, l.fetched AS since_capture, CASE
    WHEN l.status IN (404, 410) THEN 'gone'
    WHEN EXISTS (SELECT 1 FROM captures e WHERE e.document = d.id AND e.number < l.number
        AND e.status IN (404, 410)) THEN 'restored'
    ELSE 'live' END AS state
FROM live_document d
JOIN captures l ON l.document = d.id AND l.number = (
    SELECT max(m.number) FROM captures m WHERE m.document = d.id)""",
    """
CREATE TRIGGER captures_are_never_changed BEFORE UPDATE ON capture
BEGIN SELECT RAISE(ABORT, 'captures are evidence'); END""",
    """
CREATE TRIGGER captures_are_never_deleted BEFORE DELETE ON capture
BEGIN SELECT RAISE(ABORT, 'captures are evidence'); END""",
    """
CREATE TRIGGER captured_bodies_are_never_changed BEFORE UPDATE ON capture_body
BEGIN SELECT RAISE(ABORT, 'captures are evidence'); END""",
    """
CREATE TRIGGER captured_bodies_are_never_deleted BEFORE DELETE ON capture_body
BEGIN SELECT RAISE(ABORT, 'captures are evidence'); END""",
)


@migrations()
def m005_captures_copies_anchors(db: Database) -> None:
    """What was fetched, which documents are copies, where reports stand in later versions."""
    for statement in _INGEST:
        db.execute(statement)


# What comparing claims needs. Vectors are kept once for each distinct content, under a digest of
# its folded words; `linked` says which claims were compared with all that came before them. What
# machines suggest or relate is no judgement: it joins nothing.
_COMPARED = (
    """
CREATE TABLE content_vector (
    digest TEXT PRIMARY KEY,
    model TEXT NOT NULL,
    vector BLOB NOT NULL
) STRICT""",
    """
CREATE TABLE linked (
    claim_id TEXT PRIMARY KEY REFERENCES claim(id),
    digest TEXT NOT NULL REFERENCES content_vector(digest),
    numbers TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT""",
    """
CREATE TABLE suggestion (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    left_id TEXT NOT NULL REFERENCES claim(id),
    right_id TEXT NOT NULL REFERENCES claim(id),
    score REAL NOT NULL,
    evidence TEXT NOT NULL,
    run_id TEXT NOT NULL REFERENCES run(id),
    recorded_at TEXT NOT NULL,
    retired_at TEXT,
    CHECK (left_id < right_id)
) STRICT""",
    """
CREATE TABLE claim_relation (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    left_id TEXT NOT NULL REFERENCES claim(id),
    right_id TEXT NOT NULL REFERENCES claim(id),
    kind TEXT NOT NULL CHECK (kind IN ('negates', 'number_conflict', 'attribute_conflict',
        'scope_difference', 'responds_to', 'denies_authorship')),
    score REAL NOT NULL,
    evidence TEXT NOT NULL,
    run_id TEXT NOT NULL REFERENCES run(id),
    recorded_at TEXT NOT NULL,
    retired_at TEXT
) STRICT""",
    """
CREATE TABLE outer_relay (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    child_id TEXT NOT NULL REFERENCES attribution(id),
    source_id TEXT REFERENCES source(id),
    url TEXT,
    evidence TEXT NOT NULL,
    run_id TEXT NOT NULL REFERENCES run(id),
    recorded_at TEXT NOT NULL,
    retired_at TEXT,
    CHECK ((source_id IS NULL) <> (url IS NULL))
) STRICT""",
    """
CREATE TABLE relay_strength (
    relay_id TEXT PRIMARY KEY REFERENCES relay(id),
    strength TEXT NOT NULL
        CHECK (strength IN ('stated', 'link', 'quotation', 'similarity', 'reprint'))
) STRICT""",
    "CREATE INDEX suggestion_left ON suggestion(left_id)",
    "CREATE INDEX suggestion_right ON suggestion(right_id)",
    "CREATE INDEX claim_relation_left ON claim_relation(left_id)",
    "CREATE INDEX claim_relation_right ON claim_relation(right_id)",
    "CREATE INDEX outer_relay_child ON outer_relay(child_id)",
    "CREATE INDEX linked_digest ON linked(digest)",
    """
CREATE VIEW live_suggestion AS
SELECT s.*, l.cluster_id AS left_cluster, r.cluster_id AS right_cluster
FROM suggestion s JOIN live_claim l ON l.id = s.left_id JOIN live_claim r ON r.id = s.right_id
WHERE s.retired_at IS NULL AND l.cluster_id <> r.cluster_id AND NOT EXISTS (
    SELECT 1 FROM live_judgement j WHERE j.left_id = s.left_id AND j.right_id = s.right_id)""",
    """
CREATE VIEW live_claim_relation AS
SELECT c.*, l.cluster_id AS left_cluster, r.cluster_id AS right_cluster
FROM claim_relation c JOIN live_claim l ON l.id = c.left_id JOIN live_claim r ON r.id = c.right_id
WHERE c.retired_at IS NULL""",
    """
CREATE VIEW live_outer_relay AS
SELECT o.* FROM outer_relay o JOIN live_attribution a ON a.id = o.child_id
WHERE o.retired_at IS NULL""",
    """
CREATE TABLE review (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    claim_id TEXT NOT NULL REFERENCES claim(id),
    scale TEXT NOT NULL,
    rating TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT,
    reviewed_by TEXT NOT NULL,
    reviewed_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    retired_at TEXT
) STRICT""",
    """
CREATE TABLE grade (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    claim_id TEXT REFERENCES claim(id),
    source_id TEXT REFERENCES source(id),
    grade TEXT NOT NULL,
    topic TEXT,
    since TEXT,
    until TEXT,
    reason TEXT NOT NULL,
    graded_by TEXT NOT NULL,
    graded_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    retired_at TEXT,
    CHECK ((claim_id IS NULL) <> (source_id IS NULL)),
    CHECK ((claim_id IS NOT NULL AND grade IN ('1', '2', '3', '4', '5', '6'))
        OR (source_id IS NOT NULL AND grade IN ('A', 'B', 'C', 'D', 'E', 'F')))
) STRICT""",
    "CREATE INDEX review_claim ON review(claim_id)",
    "CREATE INDEX grade_claim ON grade(claim_id)",
    "CREATE INDEX grade_source ON grade(source_id)",
    """
CREATE VIEW live_review AS
SELECT r.*, k.cluster_id FROM review r JOIN claim_cluster k ON k.claim_id = r.claim_id
WHERE r.retired_at IS NULL""",
    "CREATE VIEW live_grade AS SELECT * FROM grade WHERE retired_at IS NULL",
)


@migrations()
def m006_claims_compared(db: Database) -> None:
    """Vectors, suggestions, relations between claims, relays that lead out, reviews, grades."""
    for statement in _COMPARED:
        db.execute(statement)


# Sources that were merged are counted once among those that report a claim.
_MERGED_COUNTED_ONCE = (
    "DROP VIEW claims",
    """
CREATE VIEW claims AS
SELECT k.id AS claim, t.text, t.lang AS language,
    (SELECT count(*) FROM live_claim m WHERE m.cluster_id = k.id) AS reports,
    (SELECT count(DISTINCT coalesce(s.cluster_id, m.source_id)) FROM live_claim m
     LEFT JOIN source_cluster s ON s.source_id = m.source_id
     WHERE m.cluster_id = k.id) AS sources,
    (SELECT count(DISTINCT v.document_id) FROM live_claim m JOIN document_version v
     ON v.id = m.version_id WHERE m.cluster_id = k.id) AS documents,
    (SELECT min(v.published_utc) FROM live_claim m JOIN document_version v
     ON v.id = m.version_id WHERE m.cluster_id = k.id) AS first_published
FROM claim k JOIN claim_cluster c ON c.claim_id = k.id AND c.cluster_id = k.id
JOIN live_headline h ON h.cluster_id = k.id
JOIN claim_text t ON t.claim_id = h.claim_id""",
)


@migrations()
def m007_merged_sources_counted_once(db: Database) -> None:
    """Count merged sources once among those that report a claim."""
    for statement in _MERGED_COUNTED_ONCE:
        db.execute(statement)


# What of a document may be shown in public: the latest live decision on it counts, and without one
# nothing is shown. A decision speaks of as many documents as it was made for.
_PUBLICATION = (
    """
CREATE TABLE publication (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('private', 'quotes', 'full')),
    why TEXT NOT NULL CHECK (why <> ''),
    rights TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    retired_at TEXT,
    CHECK (state = 'private' OR rights <> '')
) STRICT""",
    """
CREATE TABLE publication_document (
    document_id TEXT NOT NULL REFERENCES document(id),
    publication_number INTEGER NOT NULL REFERENCES publication(number),
    PRIMARY KEY (document_id, publication_number)
) STRICT, WITHOUT ROWID""",
    """
CREATE VIEW document_publication AS
SELECT d.id AS document, coalesce((
        SELECT p.state FROM publication_document m JOIN publication p
        ON p.number = m.publication_number
        WHERE m.document_id = d.id AND p.retired_at IS NULL
        ORDER BY p.number DESC LIMIT 1), 'private') AS state
FROM live_document d""",
)


@migrations()
def m008_publication(db: Database) -> None:
    """What of which document may be shown in public, by whose decision and right."""
    for statement in _PUBLICATION:
        db.execute(statement)


# Which sentences of narration that are no reports were compared with all that came before them.
_NARRATION_COMPARED = """
CREATE TABLE narration_linked (
    narration_id TEXT PRIMARY KEY REFERENCES narration(id),
    digest TEXT NOT NULL REFERENCES content_vector(digest),
    numbers TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT"""


@migrations()
def m009_narration_compared(db: Database) -> None:
    """Note which narration was linked, so that it is not compared with everything again."""
    db.execute(_NARRATION_COMPARED)
    db.execute("CREATE INDEX narration_linked_digest ON narration_linked(digest)")


# What people decide about reports themselves. `correction_row` says what of it came: which reports
# were accepted, which reports and relays are retired by it, which reports, relays and judgements
# it made. A report that a person made has a run of the tool "person", whose version is their name.
_CORRECTIONS = (
    """
CREATE TABLE correction (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    action TEXT NOT NULL
        CHECK (action IN ('accept', 'reject', 'add', 'change', 'split', 'join', 'complete')),
    version_id TEXT NOT NULL REFERENCES document_version(id),
    reason TEXT NOT NULL,
    corrected_by TEXT NOT NULL CHECK (corrected_by <> ''),
    corrected_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    retired_at TEXT,
    CHECK (action <> 'reject' OR reason <> '')
) STRICT""",
    """
CREATE TABLE correction_row (
    correction_number INTEGER NOT NULL REFERENCES correction(number),
    row_id TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('accepted', 'retired', 'made')),
    PRIMARY KEY (correction_number, row_id, change)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX correction_version ON correction(version_id)",
    "CREATE INDEX correction_row_row ON correction_row(row_id)",
    """
CREATE VIEW live_correction AS
SELECT c.*, r.row_id, r.change FROM correction c
JOIN correction_row r ON r.correction_number = c.number
WHERE c.retired_at IS NULL""",
    "DROP VIEW attributions",
    f"""
{_ATTRIBUTIONS},
    coalesce(
        (SELECT c.corrected_by FROM live_correction c WHERE c.row_id = a.id
            AND c.change IN ('accepted', 'made') ORDER BY c.number DESC LIMIT 1),
        (SELECT j.judged_by FROM live_judgement j
         WHERE (j.left_id = a.claim_id OR j.right_id = a.claim_id) AND j.judged_by IS NOT NULL
         ORDER BY j.number DESC LIMIT 1)) AS reviewed_by
FROM live_attribution a
JOIN live_version v ON v.id = a.version_id
JOIN run u ON u.id = a.run_id
LEFT JOIN source_cluster m ON m.source_id = a.source_id
LEFT JOIN live_source s ON s.id = coalesce(m.cluster_id, a.source_id)""",  # noqa: S608 (our own words)
)


@migrations()
def m010_corrections(db: Database) -> None:
    """What people accept, reject, add and change of what was found in a text."""
    for statement in _CORRECTIONS:
        db.execute(statement)


# Verdicts have a value on the desk's scale, links, and revisions: one that a live one revises is
# history. What was retracted lists the rows it retired, so that these alone come back; what was
# redacted lists the rows it overwrote, with a digest of what they hold since. `log_head` repeats
# the last entry of each desk's log, so that one cut off is seen; `log_reason` has why an entry was
# made.
_KEEPING = (
    "ALTER TABLE desk ADD COLUMN merged_at TEXT",
    """
CREATE TABLE log_head (
    desk_id TEXT PRIMARY KEY REFERENCES desk(id),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT""",
    """
INSERT INTO log_head SELECT desk_id, seq, hash FROM event_log e
WHERE seq = (SELECT max(seq) FROM event_log WHERE desk_id = e.desk_id)""",
    """
CREATE TABLE log_reason (
    desk_id TEXT NOT NULL REFERENCES desk(id),
    seq INTEGER NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (desk_id, seq)
) STRICT""",
    "ALTER TABLE review ADD COLUMN revises TEXT REFERENCES review(id)",
    "ALTER TABLE review ADD COLUMN value REAL",
    "ALTER TABLE review ADD COLUMN links TEXT NOT NULL DEFAULT '[]'",
    "CREATE INDEX review_revises ON review(revises) WHERE revises IS NOT NULL",
    "DROP VIEW live_review",
    """
CREATE VIEW live_review AS
SELECT r.*, k.cluster_id FROM review r JOIN claim_cluster k ON k.claim_id = r.claim_id
WHERE r.retired_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM review n WHERE n.revises = r.id AND n.retired_at IS NULL)""",
    """
CREATE TABLE retraction (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    why TEXT NOT NULL,
    retracted_by TEXT NOT NULL,
    retracted_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    retired_at TEXT
) STRICT""",
    """
CREATE TABLE retraction_row (
    retraction_number INTEGER NOT NULL REFERENCES retraction(number),
    kind TEXT NOT NULL,
    row_id TEXT NOT NULL,
    PRIMARY KEY (retraction_number, kind, row_id)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX retraction_subject ON retraction(subject)",
    "CREATE INDEX retraction_row_row ON retraction_row(row_id)",
    """
CREATE TABLE redaction (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why <> ''),
    redacted_by TEXT NOT NULL,
    redacted_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT""",
    """
CREATE TABLE redaction_row (
    redaction_number INTEGER NOT NULL REFERENCES redaction(number),
    kind TEXT NOT NULL,
    row_key TEXT NOT NULL,
    columns TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (kind, row_key, redaction_number)
) STRICT, WITHOUT ROWID""",
)


@migrations()
def m011_keeping(db: Database) -> None:
    """Scales and revisions of verdicts, retractions, redactions, and where each log ends."""
    for statement in _KEEPING:
        db.execute(statement)


# Queues of what waits for a person are read from indexes in their order. `review_place` is where
# each reviewer is, which is no decision and so not in the log: `held` is 1 while `item` is before
# them. `claim_spread` counts the reports of each claim that has several, in step with
# `claim_cluster`: most claims have one, and adding them writes nothing here.
_GROWS = """
UPDATE claim_spread SET reports = reports + 1 WHERE cluster_id = NEW.cluster_id;
INSERT INTO claim_spread SELECT NEW.cluster_id, count(*) FROM claim_cluster
WHERE cluster_id = NEW.cluster_id
    AND NOT EXISTS (SELECT 1 FROM claim_spread WHERE cluster_id = NEW.cluster_id)
HAVING count(*) > 1;"""
_SHRINKS = """
DELETE FROM claim_spread WHERE cluster_id = OLD.cluster_id AND reports = 2;
UPDATE claim_spread SET reports = reports - 1 WHERE cluster_id = OLD.cluster_id;"""
_DESK_QUEUES = (
    """
CREATE TABLE review_place (
    user TEXT NOT NULL,
    queue TEXT NOT NULL CHECK (queue IN ('attributions', 'pairs', 'sources', 'verdicts')),
    item TEXT NOT NULL,
    place TEXT NOT NULL,
    held INTEGER NOT NULL CHECK (held IN (0, 1)),
    at TEXT NOT NULL,
    done INTEGER NOT NULL,
    PRIMARY KEY (user, queue)
) STRICT""",
    "CREATE INDEX review_place_item ON review_place(item) WHERE held = 1",
    """
CREATE TABLE review_note (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    item TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    noted_by TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    retired_at TEXT
) STRICT""",
    "CREATE INDEX review_note_item ON review_note(item)",
    "CREATE INDEX attribution_doubt ON attribution(confidence, number) WHERE retired_at IS NULL",
    "CREATE INDEX suggestion_likeness ON suggestion(score DESC, number) WHERE retired_at IS NULL",
    """
CREATE TABLE claim_spread (
    cluster_id TEXT PRIMARY KEY REFERENCES claim(id),
    reports INTEGER NOT NULL CHECK (reports > 1)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX claim_spread_widest ON claim_spread(reports DESC, cluster_id)",
    """
INSERT INTO claim_spread SELECT cluster_id, count(*) FROM claim_cluster
GROUP BY cluster_id HAVING count(*) > 1""",
    f"""
CREATE TRIGGER claim_spread_grows AFTER INSERT ON claim_cluster
BEGIN {_GROWS} END""",
    f"""
CREATE TRIGGER claim_spread_moves AFTER UPDATE OF cluster_id ON claim_cluster
WHEN NEW.cluster_id <> OLD.cluster_id
BEGIN {_GROWS} {_SHRINKS} END""",
    f"""
CREATE TRIGGER claim_spread_shrinks AFTER DELETE ON claim_cluster
BEGIN {_SHRINKS} END""",
)


@migrations()
def m012_desk_queues(db: Database) -> None:
    """What waits for a person, in order, and where each reviewer is."""
    for statement in _DESK_QUEUES:
        db.execute(statement)


# Which partitions of a corpus, read in other processes or on other machines, were merged wholly.
_PARTITIONS = """
CREATE TABLE partition_done (
    name TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    articles INTEGER NOT NULL CHECK (articles >= 0),
    skipped TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT"""


@migrations()
def m013_partitions(db: Database) -> None:
    """Note which partitions of a corpus are merged."""
    db.execute(_PARTITIONS)


# What each article that is added pays for. Most claims are alone in their cluster, as one look into
# an index tells. For a list of values SQLite makes a table with each row that it checks, which
# takes as long as to insert the row; compared one by one they take hardly any time. Databases made
# before this step have lists in their first one.
_SPREAD_OF_FEW = (
    "DROP TRIGGER claim_spread_grows",
    f"""
CREATE TRIGGER claim_spread_grows AFTER INSERT ON claim_cluster
WHEN 1 < (SELECT count(*) FROM (
    SELECT 1 FROM claim_cluster WHERE cluster_id = NEW.cluster_id LIMIT 2))
BEGIN {_GROWS} END""",  # noqa: S608 (our own words)
)
_CHECKED = (
    ("document", "known_by", ("url", "text")),
    ("document_url", "kind", ("raw", "final", "canonical", "amp", "archive")),
    ("attribution_span", "role", ("source", "cue", "content", "antecedent")),
    ("judgement", "verdict", ("positive", "negative", "unsure")),
)


@migrations()
def m014_adding_many(db: Database) -> None:
    """Make cheap what is checked of each row that an article adds."""
    for statement in _SPREAD_OF_FEW:
        db.execute(statement)
    lists = [
        (
            table,
            f"CHECK ({column} IN ({', '.join(map(repr, values))}))",
            f"CHECK ({' OR '.join(f'{column} = {value!r}' for value in values)})",
        )
        for table, column, values in _CHECKED
    ]
    old = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? AND instr(sql, ?)"
    if not any(db.execute(old, each[:2]).fetchone() for each in lists):
        return  # made since; an SQLite in defensive mode would refuse what follows
    db.execute("PRAGMA writable_schema = ON")  # what is checked is no part of how rows are stored
    for table, listed, apart in lists:
        db.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?",
            (listed, apart, table),
        )
    version = db.execute("PRAGMA schema_version").fetchone()[0]
    db.execute(f"PRAGMA schema_version = {version + 1}")
    db.execute("PRAGMA writable_schema = RESET")


# A new reading notes the run that had read before it, and what reports answered before, where that
# is another one since (what they did then, where the reading was undone). An import, a merge or a
# file of decisions notes the rows that it brought. So either is undone as one step. A retraction of
# a reading brings rows back, too: `was` has since when they were retired.
_UNDONE_AS_ONE = (
    "ALTER TABLE retraction_row ADD COLUMN was TEXT",
    """
CREATE TABLE reading (
    version_id TEXT NOT NULL REFERENCES document_version(id),
    recorded_at TEXT NOT NULL,
    run_id TEXT NOT NULL REFERENCES run(id),
    previous_id TEXT REFERENCES run(id),
    PRIMARY KEY (version_id, recorded_at)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX reading_run ON reading(run_id)",
    """
CREATE TABLE reading_answer (
    version_id TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    row_id TEXT NOT NULL,
    other_id TEXT,
    PRIMARY KEY (version_id, recorded_at, row_id),
    FOREIGN KEY (version_id, recorded_at) REFERENCES reading(version_id, recorded_at)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID""",
    """
CREATE TABLE brought (
    desk_id TEXT NOT NULL REFERENCES desk(id),
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    row_id TEXT NOT NULL,
    PRIMARY KEY (desk_id, seq, kind, row_id)
) STRICT, WITHOUT ROWID""",
)


@migrations()
def m015_undone_as_one(db: Database) -> None:
    """What is undone as one step: readings, imports, merges."""
    for statement in _UNDONE_AS_ONE:
        db.execute(statement)


# A claim begins alone and is moved to others later, which is what makes a claim of several reports.
# A trigger on each row that is put in made SQLite copy each page that the row goes to.
@migrations()
def m016_claims_begin_alone(db: Database) -> None:
    """Count the reports of a claim where one is moved to it, not where one begins."""
    db.execute("DROP TRIGGER claim_spread_grows")


# The texts are held, so the index needs no copy of the words that it was made of.
_SEARCHED = {"attribution_fts": "source, cue, content", "document_fts": "title, body"}


@migrations()
def m017_index_without_words(db: Database) -> None:
    """Keep of the words that are searched where they stand, not the words once more."""
    for table, columns in _SEARCHED.items():
        db.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
        made = f"{columns}, tokenize='{TOKENIZER}', content=''"
        db.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({made})")
        db.execute(
            f"INSERT INTO {table} (rowid, {columns}) SELECT rowid, {columns} FROM {table}_before"  # noqa: S608
        )
        db.execute(f"DROP TABLE {table}_before")


# Spans are where words stand; the words and what is around them are read from the text, which a
# redaction overwrites. By the number of its attribution a span stands beside those before it.
# What is around a span is as long as `claimtrack.model.span.CONTEXT`.
_WORDS = """
    (SELECT substr(v.text, {0}.start + 1, {0}."end" - {0}.start)
     FROM document_version v WHERE v.id = {1}.version_id) AS exact,
    (SELECT substr(v.text, max({0}.start - 32, 0) + 1, min({0}.start, 32))
     FROM document_version v WHERE v.id = {1}.version_id) AS prefix,
    (SELECT substr(v.text, {0}."end" + 1, 32)
     FROM document_version v WHERE v.id = {1}.version_id) AS suffix"""
_POSITIONS = (
    """
CREATE TABLE attribution_position (
    attribution_number INTEGER NOT NULL REFERENCES attribution(number),
    role TEXT NOT NULL CHECK (role = 'source' OR role = 'cue' OR role = 'content' OR role = 'antecedent'),
    ord INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (attribution_number, role, ord),
    CHECK (0 <= start AND start < "end")
) STRICT, WITHOUT ROWID""",  # noqa: E501 (as in the first step)
    """
INSERT INTO attribution_position
SELECT a.number, s.role, s.ord, s.start, s."end"
FROM attribution a JOIN attribution_span s ON s.attribution_id = a.id
ORDER BY a.number, s.role, s.ord""",
    "DROP TABLE attribution_span",
    f"""
CREATE VIEW attribution_span AS
SELECT a.id AS attribution_id, p.role, p.ord, p.start, p."end",{_WORDS.format("p", "a")}
FROM attribution_position p JOIN attribution a ON a.number = p.attribution_number""",  # noqa: S608
    "DROP VIEW live_narration",
    "ALTER TABLE narration DROP COLUMN exact",
    "ALTER TABLE narration DROP COLUMN prefix",
    "ALTER TABLE narration DROP COLUMN suffix",
    f"""
CREATE VIEW live_narration AS
SELECT n.id, n.version_id, n.start, n."end",{_WORDS.format("n", "n")},
    n.run_id, n.recorded_at, n.retired_at
FROM narration n JOIN live_version v ON v.id = n.version_id
WHERE n.retired_at IS NULL""",  # noqa: S608
    "DELETE FROM redaction_row WHERE kind = 'attribution_span' OR kind = 'narration'",
)


@migrations()
def m018_words_from_the_text(db: Database) -> None:
    """Keep where words stand; the words are the text's."""
    for statement in _POSITIONS:
        db.execute(statement)


# Where the key is nearly all of a row, a table beside the index of its keys says everything twice.
# An index of other columns then names each row by its whole key, so it is for tables alone whose
# indexes hold that anyway.
_MOSTLY_KEY = {"claim_cluster": "claim_id", "document_part": "version_id, role, start"}


@migrations()
def m019_rows_under_their_keys(db: Database) -> None:
    """Keep what is little more than its key in the index of keys alone."""
    for table, key in _MOSTLY_KEY.items():
        (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        lost = db.execute(
            "SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND type <> 'table' AND sql > ''",
            (table,),
        ).fetchall()
        # a table that was renamed would have its views checked, which name the one that is gone
        db.execute(f"CREATE TEMP TABLE held AS SELECT * FROM {table} ORDER BY {key}")  # noqa: S608
        db.execute(f"DROP TABLE {table}")
        db.execute(f"{sql}, WITHOUT ROWID")
        db.execute(f"INSERT INTO {table} SELECT * FROM temp.held")  # noqa: S608
        db.execute("DROP TABLE temp.held")
        for (statement,) in lost:
            db.execute(statement)


def apply(connection: sqlite3.Connection) -> None:
    """Apply the steps that a database has not got yet."""
    migrations.apply(Database(connection, execute_plugins=False))
