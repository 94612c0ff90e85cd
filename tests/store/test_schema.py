from __future__ import annotations

import sqlite3

import pytest

from claimtrack.store import Store, read
from tests.store.build import AT, RUN, add, add_story, story, version_of

TABLES = [
    "anchor",
    "attribution",
    "attribution_position",
    "capture",
    "capture_body",
    "capture_version",
    "claim",
    "claim_cluster",
    "claim_relation",
    "claim_spread",
    "claim_text",
    "content_vector",
    "desk",
    "document",
    "document_part",
    "document_url",
    "document_version",
    "event_log",
    "feed_entry",
    "grade",
    "correction",
    "correction_row",
    "judgement",
    "linked",
    "log_head",
    "log_reason",
    "narration_linked",
    "narration",
    "outer_relay",
    "partition_done",
    "brought",
    "reading",
    "reading_answer",
    "reextraction",
    "publication",
    "publication_document",
    "redaction",
    "redaction_row",
    "relay",
    "reprint",
    "retraction",
    "retraction_row",
    "relay_strength",
    "review",
    "review_note",
    "review_place",
    "run",
    "shingle",
    "sketch",
    "source",
    "source_cluster",
    "source_edit",
    "source_name",
    "source_relation",
    "url_key",
    "version_update",
    "suggestion",
]
VIEWS = ("attributions", "claims", "documents", "sources", "relays")


def _count(store: Store, table: str) -> int:
    return int(store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_every_table_is_strict(store: Store) -> None:
    strict = {
        row[1]: row[5]
        for row in store.connection.execute("PRAGMA table_list")
        if row[2] == "table" and not row[1].startswith(("sqlite_", "_sqlite"))
    }
    assert strict == dict.fromkeys(TABLES, 1)


def test_the_flat_views_are_in_words(store: Store) -> None:
    add_story(store)
    store.connection.row_factory = sqlite3.Row
    rows = [dict(row) for row in store.connection.execute("SELECT * FROM attributions")]
    assert [
        (row["number"], row["source"], row["source_words"], row["cue"], row["stance"])
        for row in rows
    ] == [
        (1, "Nawras Agency", "وكالة النورس", "نقلت", "neutral"),
        (2, "Foreign Ministry of Qamaria", "وزارة الخارجية القمرية", "قولها", "neutral"),
        (3, "Nawras Agency", "الوكالة", "زعمت", "distancing"),
    ]
    assert rows[1]["relayed_by"] == rows[0]["attribution"]
    assert rows[2]["responds_to"] == rows[1]["attribution"]
    assert {row["made_by"] for row in rows} == {"rules 1.0"}
    relay = dict(store.connection.execute("SELECT * FROM relays").fetchone())
    assert (relay["reporter"], relay["said_by"], relay["kind"], relay["evidence"]) == (
        "Nawras Agency",
        "Foreign Ministry of Qamaria",
        "relays",
        "نقلت وكالة النورس عن وزارة الخارجية القمرية قولها",
    )
    source = dict(store.connection.execute("SELECT * FROM sources ORDER BY name").fetchone())
    assert (source["name"], source["attributions"], source["documents"], source["invented"]) == (
        "Foreign Ministry of Qamaria",
        1,
        1,
        1,
    )
    assert source["names"].split(" | ")[2] == "Qamarian Foreign Ministry"
    document = dict(store.connection.execute("SELECT * FROM documents").fetchone())
    assert (document["title"], document["outlet"], document["attributions"]) == (
        "إغلاق ميناء الصدفة",
        "النورس",
        3,
    )
    claims = store.connection.execute("SELECT text, reports, sources, documents FROM claims")
    assert ("ميناء الصدفة أُغلق أمام السفن", 1, 1, 1) in [tuple(row) for row in claims]


@pytest.mark.parametrize(
    ("retire", "left"),
    [
        (
            "UPDATE attribution SET retired_at = 'now' WHERE key = '2'",
            {"attributions": 2, "claims": 2, "documents": 1, "sources": 3, "relays": 0},
        ),
        (
            "UPDATE document_version SET retired_at = 'now'",
            {"attributions": 0, "claims": 0, "documents": 0, "sources": 3, "relays": 0},
        ),
        (
            "UPDATE document SET retired_at = 'now'",
            {"attributions": 0, "claims": 0, "documents": 0, "sources": 3, "relays": 0},
        ),
        (
            "UPDATE source SET retired_at = 'now' WHERE key = 'qm-mfa'",
            {"attributions": 3, "claims": 3, "documents": 1, "sources": 2, "relays": 1},
        ),
        (
            "UPDATE relay SET retired_at = 'now'",
            {"attributions": 3, "claims": 3, "documents": 1, "sources": 3, "relays": 0},
        ),
        (
            "UPDATE claim SET retired_at = 'now' WHERE number = 1",
            {"attributions": 2, "claims": 2, "documents": 1, "sources": 3, "relays": 0},
        ),
    ],
)
def test_what_is_retired_vanishes_from_every_view(
    store: Store, retire: str, left: dict[str, int]
) -> None:
    add_story(store)
    store.connection.execute(retire)
    assert {view: _count(store, view) for view in VIEWS} == left
    counts = read.counts(store.connection)
    assert (counts.attributions, counts.claims, counts.documents, counts.sources) == (
        left["attributions"],
        left["claims"],
        left["documents"],
        left["sources"],
    )
    assert len(list(read.all_attributions(store.connection))) == left["attributions"]
    assert len(list(read.all_relays(store.connection))) == left["relays"]
    assert len(list(read.all_documents(store.connection))) == left["documents"]
    assert len(list(read.all_sources(store.connection))) == left["sources"]
    assert len(read.latest_claims(store.connection)) == left["claims"]


def test_a_retired_source_is_a_source_unresolved(store: Store) -> None:
    add_story(store)
    store.connection.execute("UPDATE source SET retired_at = 'now' WHERE key = 'qm-mfa'")
    found = {each.key: each.source for each in read.all_attributions(store.connection)}
    assert found["2"] is None
    assert found["1"] is not None


def test_a_retired_version_gives_way_to_the_one_before(store: Store) -> None:
    add_story(store)
    first = read.documents(store.connection)[0]
    second = version_of("نص آخر.", url=story().url)
    add(store, second)
    assert read.document(store.connection, first.id).text == "نص آخر."
    store.connection.execute(
        "UPDATE document_version SET retired_at = 'now' WHERE id = ?", (second.id,)
    )
    again = read.document(store.connection, first.id)
    assert (again.ref.version_id, again.versions) == (first.version_id, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event_log SET user = 'somebody else'",
        "DELETE FROM event_log",
        "INSERT OR REPLACE INTO event_log SELECT * FROM event_log",
        """INSERT INTO event_log
        SELECT desk_id, seq + 5, at, user, action, subject, digest, previous, hash
        FROM event_log""",
    ],
)
def test_the_log_only_grows(store: Store, statement: str) -> None:
    add_story(store)
    before = store.connection.execute("SELECT * FROM event_log").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute(statement)
    assert store.connection.execute("SELECT * FROM event_log").fetchall() == before


@pytest.mark.parametrize(
    ("run", "user", "at", "verdict"),
    [
        (RUN.id, None, None, "negative"),
        (None, None, None, "positive"),
        (RUN.id, "anna", AT.isoformat(), "positive"),
        (RUN.id, None, None, "perhaps"),
    ],
)
def test_the_tables_refuse_a_judgement_by_nobody_or_against_the_rules(
    store: Store, run: str | None, user: str | None, at: str | None, verdict: str
) -> None:
    add_story(store)
    left, right = sorted(row[0] for row in store.connection.execute("SELECT id FROM claim LIMIT 2"))
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        store.connection.execute(
            "INSERT INTO judgement (id, left_id, right_id, verdict, evidence, run_id, judged_by,"
            " judged_at, recorded_at) VALUES ('j', ?, ?, ?, '', ?, ?, ?, '')",
            (left, right, verdict, run, user, at),
        )
