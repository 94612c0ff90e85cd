from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from claimtrack.model.run import Run
from claimtrack.model.vocabulary import Verdict
from claimtrack.store import Store, log, notes
from claimtrack.store.log import head
from claimtrack.store.verify import verify
from tests.store.build import AT, STORY, USER, add, add_story, report, story


@pytest.fixture
def sound(store: Store) -> Store:
    """A database with a bit of everything, which is sound."""
    add_story(store)
    for number in range(3):
        add(store, *report(number), at=AT + timedelta(minutes=number + 1))
    claims = [row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY number")]
    machine = Run(tool="same-words", version="1")
    store.judge(
        claims[3], claims[4], Verdict.POSITIVE, evidence="same", run=machine, user=USER, at=AT,
        score=1.0,
    )  # fmt: skip
    store.judge(
        claims[0], claims[4], Verdict.NEGATIVE, evidence="read", run=None, user="anna", at=AT
    )
    with store.transaction():
        notes.write(store.connection, claims[0], "ask the port", log.By("anna", AT))
        taken_back = notes.write(store.connection, claims[1], "a slip", log.By("anna", AT))
    store.undo(taken_back, user="anna", at=AT, why="said twice")
    assert verify(store.connection) == ()
    return store


def _raw(store: Store, *statements: str) -> tuple[str, ...]:
    """Change the file behind the store's back, guards down, and check it."""
    with sqlite3.connect(store.path, isolation_level=None) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            raw.execute(statement)
    raw.close()
    return verify(store.connection)


def test_an_empty_database_is_sound(store: Store) -> None:
    assert verify(store.connection) == ()
    assert head(store.connection) == ""


def test_a_reader_can_check(sound: Store) -> None:
    with Store.open(sound.path, readonly=True) as reader:
        assert verify(reader.connection) == ()


def test_checking_leaves_the_connection_as_it_was(sound: Store) -> None:
    before = sound.connection.text_factory
    verify(sound.connection)
    assert sound.connection.text_factory is before
    assert not sound.connection.in_transaction


STORY_ID = story().id
TEXT = f"document_version {STORY_ID}"
THE_STORY = f"WHERE id = '{STORY_ID}'"
ITS_BODY = f"WHERE version_id = '{STORY_ID}' AND role = 'body'"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (f"UPDATE document_version SET text = replace(text, 'ميناء', 'مبناء') {THE_STORY}",
         f"{TEXT}: its text does not have the SHA-256 that was recorded"),
        (f"UPDATE document_version SET title = 'x' {THE_STORY}",
         f"{TEXT} is not the id of its content"),
        (f"UPDATE document_version SET published_utc = 'Z' {THE_STORY}",
         f"{TEXT}: holds a value that is none of its kind"),
        (f"UPDATE document_version SET published_precision = 'soon' {THE_STORY}",
         f"{TEXT}: holds a value that is none of its kind"),
        (f"UPDATE document_part SET start = start + 1 {ITS_BODY}",
         f"{TEXT} is not the id of its content"),
        (f"UPDATE document_part SET \"end\" = 9999 {ITS_BODY}",
         f"document_part {STORY_ID} body: ends behind the text"),
        ("UPDATE document_part SET role = 'else' WHERE role = 'title'",
         f"{TEXT}: holds a value that is none of its kind"),
        ("UPDATE attribution_position SET start = start + 1 WHERE role = 'cue'",
         "is not the id of its content"),
        ("UPDATE attribution_position SET \"end\" = 9999 WHERE role = 'cue'",
         "cue 0: ends behind the text"),
        ("DELETE FROM attribution_position WHERE role = 'antecedent'",
         "is not the id of its content"),
        ("DELETE FROM attribution_position WHERE role = 'content'",
         "is not the id of its content"),
        ("UPDATE attribution SET stance = 'endorsing'", "is not the id of its content"),
        ("UPDATE attribution SET stance = 'furious'", "is not the id of its content"),
        ("UPDATE attribution SET confidence = 0.25", "is not the id of its content"),
        ("UPDATE narration SET \"end\" = 9999", ": ends behind the text"),
        ("UPDATE narration SET start = start + 1", "is not the id of its content"),
        ("UPDATE run SET version = '9'", "run run-"),
        ("UPDATE run SET configuration = '{'", "run run-"),
        ("UPDATE source SET key = key || 'x'", "source source-"),
        ("UPDATE document SET identity = 'x'", "document document-"),
        ("UPDATE relay SET kind = 'quotes'", "relay relay-"),
        ("UPDATE relay SET kind = 'gossip'", "relay relay-"),
        ("UPDATE judgement SET evidence = 'none'", "judgement judgement-"),
        ("UPDATE review_note SET text = 'ask a port' WHERE number = 1", "is not what was recorded"),
        ("UPDATE review_note SET item = 'claim-x' WHERE number = 1", "review_note note-"),
        ("UPDATE review_note SET noted_by = 'mona' WHERE number = 1", "review_note note-"),
        ("UPDATE review_note SET retired_at = 'now' WHERE number = 1",
         "is undone, and the log says nothing of that"),
        ("UPDATE review_note SET retired_at = NULL WHERE number = 2",
         "is live, and the log says it was undone"),
        ("DELETE FROM review_note WHERE number = 1", "is not what was recorded"),
        ("UPDATE log_reason SET why = 'said thrice'", "log_reason desk-"),
        ("DELETE FROM log_reason", "log_reason desk-"),
        ("UPDATE claim SET id = 'claim-x' WHERE number = 1", "claim claim-x is not the id"),
        ("DELETE FROM claim WHERE number = 2", ": has no claim"),
        ("UPDATE claim_text SET text = text || '.'", "claim_text claim-"),
        ("UPDATE claim_text SET wording = 'x'", "claim_text claim-"),
        ("DELETE FROM claim_text", "is not the content of its attribution"),
        ("UPDATE claim_cluster SET cluster_id = claim_id", "the judgements make it claim-"),
        ("DELETE FROM claim_cluster", "claim_cluster claim-"),
        ("UPDATE judgement SET retired_at = 'now' WHERE verdict = 'positive'",
         "the judgements make it claim-"),
        ("DELETE FROM attribution_fts_docsize WHERE id = 2", "is not in the search index"),
        ("INSERT INTO attribution_fts (rowid, content) VALUES (99, 'x')",
         "attribution_fts 99: is the index of nothing"),
        ("DELETE FROM document_fts_docsize", f"{TEXT}: is not in the search index"),
        ("INSERT INTO document_fts (rowid, body) VALUES (99, 'x')",
         "document_fts 99: is the index of nothing"),
        ("DELETE FROM source WHERE key = 'qm'", "points to a source that is not held"),
        ("DELETE FROM document_version WHERE number = 1", ": has no version"),
        ("DELETE FROM attribution WHERE number = 1", "is not what was recorded"),
        ("DELETE FROM narration", "is not what was recorded"),
        ("DELETE FROM judgement WHERE number = 1", "is not what was recorded"),
        ("DROP TRIGGER event_log_only_grows", "schema: trigger event_log_only_grows is missing"),
        ("DROP VIEW claims", "schema: view claims is missing"),
        ("DROP INDEX relay_child", "schema: index relay_child is missing"),
    ],
)  # fmt: skip
def test_what_was_changed_behind_our_back_is_named(sound: Store, change: str, problem: str) -> None:
    found = _raw(sound, change)
    assert any(problem in line for line in found), found
    assert all("\n" not in line for line in found)


NO_GUARDS = (
    "DROP TRIGGER event_log_is_never_changed",
    "DROP TRIGGER event_log_is_never_shortened",
)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            "UPDATE event_log SET user = 'x' WHERE seq = 2",
            " 2: its hash is not that of its content",
        ),
        ("UPDATE event_log SET at = 'x' WHERE seq = 1", " 1: its hash is not that of its content"),
        ("UPDATE event_log SET digest = '0' WHERE seq = 3", " 3: its hash is not that of its"),
        ("UPDATE event_log SET hash = '0' WHERE seq = 3", " 4: does not follow the entry before"),
        ("UPDATE event_log SET previous = '0' WHERE seq = 1", " 1: does not follow the entry"),
        ("DELETE FROM event_log WHERE seq = 2", " 3: entries 2 to 2 are missing"),
        ("DELETE FROM event_log WHERE seq = 1", " 2: entries 1 to 1 are missing"),
        ("DELETE FROM event_log WHERE seq = 6", "judgement-"),
        ("DELETE FROM event_log WHERE action = 'add'", f"{TEXT}: the log does not know of it"),
        ("UPDATE desk SET id = 'desk-x'", "points to a desk that is not held"),
    ],
)
def test_a_changed_log_is_named(sound: Store, change: str, problem: str) -> None:
    found = _raw(sound, *NO_GUARDS, change)
    assert any(line.startswith("event_log ") or "log" in line for line in found)
    assert any(problem in line for line in found), found
    assert "schema: trigger event_log_is_never_changed is missing" in found


def test_a_changed_guard_is_named(sound: Store) -> None:
    found = _raw(
        sound,
        NO_GUARDS[0],
        "CREATE TRIGGER event_log_is_never_changed BEFORE UPDATE ON event_log BEGIN SELECT 1; END",
    )
    assert found == ("schema: trigger event_log_is_never_changed was changed",)


def test_a_log_cut_short_shows_against_its_head(sound: Store) -> None:
    before = head(sound.connection)
    add(sound, *report(9))
    after = head(sound.connection)
    assert before != after
    _raw(sound, *NO_GUARDS, "DELETE FROM event_log WHERE seq = 10")
    assert head(sound.connection) == before


def test_the_log_tells_who_did_what_when(sound: Store) -> None:
    events = list(log.events(sound.connection))
    assert [(event.seq, event.action, event.user) for event in events] == [
        (1, "add", USER),
        (2, "add", USER),
        (3, "add", USER),
        (4, "add", USER),
        (5, "judge", USER),
        (6, "judge", "anna"),
        (7, "note", "anna"),
        (8, "note", "anna"),
        (9, "undo", "anna"),
    ]
    assert events[0].subject == STORY_ID
    assert events[0].at == "2031-05-04T09:30:00Z"
    assert events[0].previous == log.genesis(events[0].desk)
    assert len({event.desk for event in events}) == 1


def test_an_entry_that_we_know_nothing_of_is_only_checked_for_its_place(sound: Store) -> None:
    with sound.transaction():
        log.append(sound.connection, "from-the-future", "x", "y", log.By(USER, AT))
    assert verify(sound.connection) == ()


def test_the_log_holds_no_content(sound: Store) -> None:
    rows = sound.connection.execute("SELECT * FROM event_log").fetchall()
    told = " ".join(str(value) for row in rows for value in row)
    assert not any(word in told for word in STORY.split() if len(word) > 2)


def test_the_desk_is_made_of_its_first_event(tmp_path: Path) -> None:
    def desk(name: str, **by: object) -> str:
        with Store.open(tmp_path / name, create=True) as store:
            add(store, *report(1), **by)
            add(store, *report(2), user="another")
            (found,) = store.connection.execute("SELECT id FROM desk").fetchall()
            return str(found[0])

    assert desk("a") == desk("b")
    assert desk("c", user="boris") != desk("a")
    assert desk("d", at=AT + timedelta(microseconds=1)) != desk("a")


def _flip(path: Path, where: int, by: int) -> None:
    content = bytearray(path.read_bytes())
    content[where] ^= by
    path.write_bytes(content)


@pytest.mark.parametrize("bit", [0x01, 0x80])  # another letter, and no UTF-8 any more
def test_a_flipped_bit_of_a_text_is_found(path: Path, sound: Store, bit: int) -> None:
    sound.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sound.close()
    content = path.read_bytes()
    place = content.index(STORY.encode()) + len(STORY.encode()) - 20
    assert content.count(STORY.encode()) == 1
    _flip(path, place, bit)
    with Store.open(path, readonly=True) as reader:
        found = verify(reader.connection)
    assert f"{TEXT}: its text does not have the SHA-256 that was recorded" in found
    assert all(line.isprintable() for line in found)
    _flip(path, place, bit)
    with Store.open(path) as again:
        assert verify(again.connection) == ()


def test_a_broken_file_is_said_to_be_broken(path: Path, sound: Store) -> None:
    (page,) = sound.connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'attribution_position'"
    ).fetchone()
    sound.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sound.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : (page - 1) * 4096 + 8] = b"\xff" * 8
    path.write_bytes(content)
    with Store.open(path, readonly=True) as reader:
        found = verify(reader.connection)
    assert found
    assert all(line.startswith("database file: ") and line.isprintable() for line in found)
