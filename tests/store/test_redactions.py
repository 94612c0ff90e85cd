"""What is redacted is in no byte of ours any more; what is retracted can come back."""

from __future__ import annotations

import re
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from claimtrack.errors import DatabaseError, DependedOnError, OutputError
from claimtrack.export import export
from claimtrack.export.importing import import_file
from claimtrack.ingest.warc import records
from claimtrack.model.attribution import Extraction
from claimtrack.model.capture import Capture, Response
from claimtrack.model.document import DocumentVersion
from claimtrack.model.source import Source, SourceName
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import SourceKind, SourceType, Verdict
from claimtrack.store import Added, Store, archive, captures, linking, log, notes, read
from claimtrack.store.grades import Review
from claimtrack.store.redactions import BLOCK, made
from claimtrack.store.verify import verify
from tests.store.build import (
    AGENCY,
    AT,
    STORY,
    add,
    add_story,
    report,
    said,
    story,
    story_found,
    version_of,
)

LATER = AT + timedelta(hours=1)
WITNESS = "العاصفة بلغت الساحل"
"""What one report of the story says."""


def fetched() -> Capture:
    """The story as a server sent it."""
    response = Response(
        url="https://nawras.invalid/1",
        at=AT,
        status=200,
        reason="OK",
        headers=(("content-type", "text/html"),),
        body=STORY.encode(),
    )
    return Capture(response=response, tool="test 1")


@pytest.fixture
def held(store: Store) -> Store:
    """The story as it was fetched, another report, a verdict and a judgement that quote it."""
    capture = fetched()
    add_story(store)
    add(store, *report(1), at=AT)
    store.capture(capture, records(capture), ["nawras"], at=AT, user="anna")
    store.tie(capture, (story().document_id, story().sha256), at=AT, user="anna")
    claims = [row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY number")]
    said = f"They wrote: {WITNESS}."
    store.judge(claims[2], claims[3], Verdict.UNSURE, evidence=said, run=None, user="anna", at=AT)
    store.assess(Review(claims[2], "truth", "unproven", said), user="anna", at=AT)
    assert verify(store.connection) == ()
    return store


def bytes_of(path: Path) -> bytes:
    """Return all that lies in and beside a database, WARC records inflated."""
    found = b""
    for file in path.parent.glob(f"{path.name}*"):
        data = file.read_bytes()
        found += data
        while data.startswith(b"\x1f\x8b"):
            member = zlib.decompressobj(16 + zlib.MAX_WBITS)
            found += member.decompress(data)
            data = member.unused_data
    return found


WORDS = ("ميناء", "الصدفة", "العاصفة", "الساحل")
TOKENS = {"العاصفه", "الصدفه", "xsعاصف"}
"""Words as the search index holds them."""


def indexed_terms(store: Store) -> set[str]:
    """Return all that the search index knows to be in some text."""
    found: set[str] = set()
    for table in ("attribution_fts", "document_fts"):
        store.connection.execute(f"CREATE VIRTUAL TABLE temp.t USING fts5vocab(main, {table}, row)")
        found.update(row[0] for row in store.connection.execute("SELECT term FROM temp.t"))
        store.connection.execute("DROP TABLE temp.t")
    return found


def test_no_file_holds_a_word_of_a_document_that_was_redacted(held: Store, path: Path) -> None:
    held.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = bytes_of(path)
    assert all(word.encode() in before for word in WORDS)
    assert indexed_terms(held) >= TOKENS
    held.redact(story().document_id, "A witness is at risk.", user="anna", at=LATER)
    after = bytes_of(path)
    assert [word for word in (*WORDS, *TOKENS) if word.encode() in after] == []
    assert indexed_terms(held) & TOKENS == set()
    assert verify(held.connection) == ()
    stretches = captures.stretches(held.connection)
    assert list(archive.problems(path, stretches)) == []


def test_words_go_from_the_index_however_they_were_folded_when_they_came(held: Store) -> None:
    (number,) = held.connection.execute("SELECT max(number) + 1 FROM attribution").fetchone()
    held.connection.execute(
        "INSERT INTO attribution_fts (rowid, source, content) VALUES (?, ?, ?)",
        (number, "folded otherwise", "otherwise"),
    )
    held.connection.execute("PRAGMA foreign_keys = OFF")
    held.connection.execute("UPDATE attribution SET number = ? WHERE number = 3", (number,))
    held.redact(story().document_id, "A witness is at risk.", user="anna", at=LATER)
    assert indexed_terms(held) & {"folded", "otherwise"} == set()


def test_check_names_what_was_redacted_and_why(held: Store) -> None:
    held.redact(story().document_id, "A witness is at risk.", user="anna", at=LATER)
    (only,) = made(held.connection)
    assert (only.subject, only.by, only.why) == (
        story().document_id, "anna", "A witness is at risk.",
    )  # fmt: skip
    digest = held.connection.execute("SELECT sha256 FROM document_version WHERE number = 1")
    assert digest.fetchone() == (story().sha256,)


def test_of_a_report_its_words_go_wherever_they_stand_and_the_rest_stays(
    held: Store, path: Path
) -> None:
    (wanted,) = held.connection.execute(
        "SELECT attribution_id FROM attribution_span WHERE exact LIKE '%الساحل%' LIMIT 1"
    ).fetchone()
    held.redact(wanted, "A witness is at risk.", user="anna", at=LATER)
    after = bytes_of(path)
    assert WITNESS.encode() not in after
    assert "العاصفه".encode() not in after
    (text,) = held.connection.execute(
        "SELECT text FROM document_version WHERE number = 1"
    ).fetchone()
    assert len(text) == len(STORY)
    assert "أكبر موانئ قمرية" in text
    assert BLOCK in text
    assert verify(held.connection) == ()


def test_of_a_source_the_names_go_from_every_text(held: Store, path: Path) -> None:
    held.redact(AGENCY.id, "It is a witness.", user="anna", at=LATER)
    after = bytes_of(path)
    names = ["وكالة النورس", AGENCY.name]
    assert [name for name in names if name.encode() in after] == []
    assert verify(held.connection) == ()


NURSE = Source(
    key="person|qm|nadira quessane",
    name="Nadira Quessane",
    kind=SourceKind.PERSON,
    type=SourceType.WITNESS,
    names=(SourceName(text="Nadira Quessane", lang="en"),),
    reason="she works at the clinic",
)
"""A witness whom only texts know, in whose key her name stands."""

SEEN = 'Nadira Quessane said that "the yard was empty".\n'


def witnessed(more: str = "") -> tuple[DocumentVersion, Extraction]:
    """Return a text of what the witness said, and what is found in it."""
    text = SEEN + more
    found = said(
        text, "1", "said", '"the yard was empty"', source="Nadira Quessane", source_id=NURSE.id
    )
    return (
        version_of(text, lang="en", url="https://nawras.invalid/9"),
        Extraction(attributions=(found,)),
    )


@pytest.mark.parametrize("kind", ["document", "attribution", "source"])
def test_a_witness_whom_only_texts_know_is_in_no_key_version_or_note(
    store: Store, path: Path, kind: str
) -> None:
    for found in (witnessed(), witnessed("The clinic is closed.\n")):
        add(store, *found, sources=(NURSE,), at=AT)
    claim, other = (row[0] for row in store.connection.execute("SELECT id FROM claim"))
    quoted = 'It says "the yard was empty" twice.'
    store.judge(claim, other, Verdict.UNSURE, evidence=quoted, run=None, user="anna", at=AT)
    subject = {
        "document": "SELECT document_id FROM document_version",
        "attribution": "SELECT id FROM attribution",
        "source": "SELECT source_id FROM attribution",
    }[kind]
    store.redact(
        store.connection.execute(subject).fetchone()[0], "She is at risk.", user="anna", at=LATER
    )
    after = bytes_of(path).lower()
    gone = ["nadira", "quessane", "she works"]
    gone += [] if kind == "source" else ["the yard was", "empty"]
    assert [word for word in gone if word.encode() in after] == []
    assert verify(store.connection) == ()
    out = path.with_name("out.json")
    with out.open("wb") as file:
        export("json", store.connection, file, None, check=True)
    with Store.open(path.with_name("other.db"), create=True) as other:
        import_file(other, out, at=LATER, user="omar")
        assert verify(other.connection) == ()


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("Nadira Quessane", "[NADIRA  QUESSANE] and [nadira-quessane]; nadir"),
        ("Nadíra Quessané", "[Nadira Quessane] saw [Nadi\u0301ra Quessane\u0301]"),
        ("Nadira Quessane", "the house of [Nadira]\n[Quessane]'s mother"),
        ("Ali", "[ALI] and [ali], not Italian, not alike"),
        ("نادرة القصّان", "قالت [نَادِرَة القَصّان] ووالدة [نادره القصان] لها"),
        ("أسماء", "[اسماء] قالت"),
        ("علي", "[عَلِيّ] وقف على السطح"),
        ("Надира Кесёва", "[НАДИРА КЕСЕВА] ушла"),
    ],
)
def test_a_name_is_found_in_any_spelling_and_no_other_word_is(
    store: Store, name: str, marked: str
) -> None:
    text = marked.replace("[", "").replace("]", "")
    left = re.sub(r"\[(.*?)\]", lambda found: BLOCK * len(found[1]), marked)
    witness = NURSE.model_copy(update={"key": "person|qm|w", "name": name, "names": ()})
    told = "Somebody said that it rained.\n"
    found = said(told, "1", "said", "that it rained", source="Somebody", source_id=witness.id)
    add(store, version_of(told, lang="en"), Extraction(attributions=(found,)), sources=(witness,))
    add(store, version_of(text))
    (claim,) = store.connection.execute("SELECT id FROM claim").fetchone()
    store.assess(Review(claim, "truth", "unproven", text), user="anna", at=AT)
    store.redact(witness.id, "She is at risk.", user="anna", at=LATER)
    texts = store.connection.execute("SELECT text FROM document_version").fetchall()
    assert texts[1] == (left,)
    assert store.connection.execute("SELECT text FROM review").fetchone() == (left,)
    assert verify(store.connection) == ()


def test_a_name_in_a_note_or_a_reason_goes_and_check_still_passes(store: Store, path: Path) -> None:
    add(store, *witnessed(), sources=(NURSE,), at=AT)
    (claim,) = store.connection.execute("SELECT id FROM claim").fetchone()
    with store.transaction():
        note = notes.write(store.connection, claim, "ask NADIRA  quessane", log.By("anna", AT))
    store.undo(note, user="anna", at=AT, why="nadíra quessane asked for it")
    store.redact(NURSE.id, "She is at risk.", user="anna", at=LATER)
    after = bytes_of(path).lower()
    assert [word for word in (b"nadira", "nadíra".encode(), b"quessane") if word in after] == []
    assert verify(store.connection) == ()
    store.connection.execute("UPDATE log_reason SET why = 'nobody'")
    assert any(line.startswith("log_reason ") for line in verify(store.connection))


def test_of_a_source_a_name_too_short_to_look_for_goes_where_it_was_found(store: Store) -> None:
    text = "Mi said that the port was closed.\n"
    mi = NURSE.model_copy(update={"key": "person|qm|mi", "name": "Mi", "names": ()})
    found = said(text, "1", "said", "that the port was closed", source="Mi", source_id=mi.id)
    add(store, version_of(text, lang="en"), Extraction(attributions=(found,)), sources=(mi,))
    store.redact(mi.id, "She is at risk.", user="anna", at=LATER)
    (left,) = store.connection.execute("SELECT text FROM document_version").fetchone()
    assert left == f"{BLOCK * 2}{text[2:]}"
    assert verify(store.connection) == ()


def test_no_vector_of_a_text_that_was_redacted_is_kept(held: Store) -> None:
    connection = held.connection
    for of in ("a sentence", "a claim", "a title"):
        connection.execute("INSERT INTO content_vector VALUES (?, 'm', x'00')", (of,))
    connection.execute(
        "INSERT INTO narration_linked (narration_id, digest, numbers, recorded_at)"
        " SELECT id, 'a sentence', '', '' FROM narration"
    )
    connection.execute(
        "INSERT INTO linked (claim_id, digest, numbers, recorded_at)"
        " SELECT k.id, 'a claim', '', '' FROM claim k JOIN attribution a"
        " ON a.id = k.attribution_id WHERE a.version_id = ?",
        (story().id,),
    )
    folder = linking.sidecar_of(held.path)
    folder.mkdir()
    held.redact(story().document_id, "A witness is at risk.", user="anna", at=LATER)
    for table in ("narration_linked", "linked", "content_vector"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert not folder.exists()


def test_nothing_is_redacted_where_vectors_beside_the_database_stay(
    held: Store, tmp_path: Path
) -> None:
    folder = linking.sidecar_of(held.path)
    folder.symlink_to(tmp_path, target_is_directory=True)  # which is nothing that we made
    with pytest.raises(OutputError, match="cannot be removed"):
        held.redact(story().document_id, "A witness is at risk.", user="anna", at=LATER)
    assert made(held.connection) == ()
    assert tmp_path.is_dir()
    assert verify(held.connection) == ()


def test_vectors_of_other_texts_stay_where_one_is_redacted(held: Store) -> None:
    other = version_of("The lake froze.\n", lang="en")
    add(held, other, Extraction(narrator=(Span(0, 15),)))
    connection = held.connection
    connection.execute("INSERT INTO content_vector VALUES ('other', 'm', x'00')")
    connection.execute(
        "INSERT INTO narration_linked (narration_id, digest, numbers, recorded_at)"
        " SELECT id, 'other', '', '' FROM narration WHERE version_id = ?",
        (other.id,),
    )
    held.redact(story().document_id, "A witness is at risk.", user="anna", at=LATER)
    assert connection.execute("SELECT digest FROM content_vector").fetchall() == [("other",)]


def test_what_was_redacted_never_comes_back(held: Store) -> None:
    held.redact(story().document_id, "A witness is at risk.", user="anna", at=LATER)
    assert add(held, story(), story_found()) is Added.UNCHANGED
    (retraction,) = held.connection.execute("SELECT id FROM retraction").fetchone()
    with pytest.raises(DependedOnError, match="overwrote it for good"):
        held.undo(retraction, user="anna", at=LATER)
    again = held.redact(story().document_id, "again", user="anna", at=LATER + timedelta(1))
    assert [again] == [one.id for one in made(held.connection)]


def test_a_redacted_row_that_is_changed_later_is_found(held: Store) -> None:
    held.redact(story().document_id, "A witness is at risk.", user="anna", at=LATER)
    held.connection.execute("UPDATE document_version SET title = 'x' WHERE number = 1")
    (problem,) = verify(held.connection)
    assert problem.startswith(f"document_version {story().id}: is not as redaction-")


@pytest.mark.parametrize(("why", "user"), [(" ", "anna"), ("risk", "")])
def test_a_redaction_needs_a_reason_and_somebody(held: Store, why: str, user: str) -> None:
    with pytest.raises(DatabaseError, match="A redaction needs"):
        held.redact(story().document_id, why, user=user, at=LATER)
    assert verify(held.connection) == ()
    assert held.connection.execute("SELECT text FROM document_version").fetchone() == (STORY,)


def test_a_file_that_is_read_by_others_is_not_called_clear(held: Store, path: Path) -> None:
    with Store.open(path, readonly=True, wait=0) as reader:
        reader.connection.execute("BEGIN")
        reader.connection.execute("SELECT count(*) FROM document").fetchone()
        with pytest.raises(DatabaseError, match="redact it again"):
            held.redact(story().document_id, "risk", user="anna", at=LATER)
        reader.connection.execute("ROLLBACK")
    held.redact(story().document_id, "risk", user="anna", at=LATER)
    assert WITNESS.encode() not in bytes_of(path)


def test_a_retracted_document_is_live_no_more_until_that_is_undone(held: Store) -> None:
    before = read.counts(held.connection)
    retraction = held.retract(story().document_id, "Withdrawn.", user="anna", at=LATER)
    assert read.counts(held.connection).documents == before.documents - 1
    assert verify(held.connection) == ()
    with pytest.raises(DatabaseError, match="nothing of it is left"):
        held.retract(story().document_id, "Again.", user="anna", at=LATER)
    assert held.undo(retraction, user="anna", at=LATER + timedelta(hours=1))
    assert read.counts(held.connection) == before
    assert verify(held.connection) == ()


def test_a_retracted_report_comes_back_alone(held: Store) -> None:
    some = [row[0] for row in held.connection.execute("SELECT id FROM attribution LIMIT 2")]
    _, second = (held.retract(each, "Wrong.", user="anna", at=LATER) for each in some)
    held.undo(second, user="anna", at=LATER)
    live = {row[0] for row in held.connection.execute("SELECT id FROM live_attribution")}
    assert (some[0] in live, some[1] in live) == (False, True)
