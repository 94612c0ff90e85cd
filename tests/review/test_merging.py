"""Two desks' databases become one: both sides' decisions are kept, what contradicts is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import BlockedJudgementError, DatabaseError
from claimtrack.ingest.warc import records
from claimtrack.model.capture import Capture, Response
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import PublicationState, Verdict
from claimtrack.review import corrections
from claimtrack.review.merging import Merged, merge
from claimtrack.store import Store, clusters, history, log, notes, read
from claimtrack.store.dump import canonical
from claimtrack.store.grades import Grade, Review
from claimtrack.store.publication import Decision
from claimtrack.store.verify import verify
from tests.store.build import AT, MINISTRY, add, add_story, report, story, version_of

WHEN = AT + timedelta(days=2)


def claims(store: Store) -> list[str]:
    return [row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY number")]


def judged(store: Store, pair: Sequence[str], verdict: Verdict, user: str, minute: int = 0) -> str:
    at = AT + timedelta(days=1, minutes=minute)
    left, right = pair
    return store.judge(left, right, verdict, evidence="read", run=None, user=user, at=at)


def noted(store: Store, item: str, text: str) -> None:
    with store.transaction():
        notes.write(store.connection, item, text, log.By("omar", AT))


def joined(store: Store, path: Path) -> Merged:
    found = merge(store, path, at=WHEN, user="noura")
    assert verify(store.connection) == ()
    return found


def copied(store: Store, path: Path) -> None:
    """Give a colleague a copy of a database that is open."""
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(store.path, path)


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Store]:
    """Our desk: the story, and reports 0 to 2."""
    with Store.open(tmp_path / "ours.db", create=True) as store:
        add_story(store)
        for number in range(3):
            add(store, *report(number), user="anna")
        yield store


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Store]:
    """Another desk, which has reports 2 to 4 and begins a day later."""
    with Store.open(tmp_path / "theirs.db", create=True) as store:
        for number in (4, 3, 2):
            add(store, *report(number), user="omar", at=AT + timedelta(hours=number))
        yield store


def test_what_either_has_the_merged_one_has_once(ours: Store, theirs: Store) -> None:
    found = joined(ours, theirs.path)
    assert read.counts(ours.connection).documents == 6
    assert found.put["document_version"] == 2
    assert found.conflicts == ()
    assert read.search(ours.connection, "المطر").total >= 5


def test_it_is_told_how_far_a_merge_is(ours: Store, theirs: Store) -> None:
    told: list[tuple[str, int]] = []
    merge(ours, theirs.path, at=WHEN, user="noura", step=lambda *each: told.append(each))
    places = [place for place, _ in told]
    assert places[:2] == ["the file", report(4)[0].id]
    assert places.index("document version") > places.index(report(2)[0].id)
    assert told[-1][1] > 2


def test_merging_again_changes_nothing(ours: Store, theirs: Store) -> None:
    judged(theirs, claims(theirs)[:2], Verdict.POSITIVE, "omar")
    joined(ours, theirs.path)
    before = list(canonical(ours.connection)), log.head(ours.connection)
    again = joined(ours, theirs.path)
    assert (again.entries, again.put) == (0, {})
    assert (list(canonical(ours.connection)), log.head(ours.connection)) == before


def test_the_other_log_stays_whole_beside_ours(ours: Store, theirs: Store) -> None:
    desk, head = log.own_desk(theirs.connection), log.head(theirs.connection)
    joined(ours, theirs.path)
    assert log.leads_to(ours.connection, head)
    told = {(one.desk_id == desk, one.user, one.action) for one in history.entries(ours.connection)}
    assert (True, "omar", "add") in told
    assert (False, "noura", "merge") in told
    ours.connection.execute("DROP TRIGGER event_log_is_never_changed")
    ours.connection.execute(
        "UPDATE event_log SET user = 'x' WHERE desk_id = ? AND seq = 2", (desk,)
    )
    assert any(f"event_log {desk} 2: its hash" in problem for problem in verify(ours.connection))


def test_a_negative_of_one_and_a_positive_of_the_other_both_stand(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", create=True) as one:
        for number in range(3):
            add(one, *report(number))
        copied(one, tmp_path / "b.db")
        first, second, third = claims(one)
        judged(one, (first, second), Verdict.POSITIVE, "anna")
        with Store.open(tmp_path / "b.db") as other:
            yes = judged(other, (second, third), Verdict.POSITIVE, "omar")
            no = judged(other, (first, third), Verdict.NEGATIVE, "omar", 1)
        found = joined(one, tmp_path / "b.db")
        assert {clusters.cluster_of(one.connection, each) for each in claims(one)} == {first}
        live = {row[0] for row in one.connection.execute("SELECT id FROM live_judgement")}
        assert {yes, no} < live
        assert {(each.kind, each.theirs) for each in found.conflicts} == {("same claim", no)}


def test_what_a_person_parts_no_machine_of_the_other_desk_joins(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", create=True) as one:
        for number in range(3):
            add(one, *report(number))
        copied(one, tmp_path / "b.db")
        first, second, _ = claims(one)
        machine = Run(tool="same-words", version="1")
        one.judge(first, second, Verdict.POSITIVE, evidence="", run=machine, user="", at=AT)
        with Store.open(tmp_path / "b.db") as other:
            judged(other, (first, second), Verdict.NEGATIVE, "omar")
        found = joined(one, tmp_path / "b.db")
        assert clusters.cluster_of(one.connection, second) == second
        assert found.conflicts == ()


def test_two_verdicts_two_grades_and_two_corrections_are_named(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", create=True) as one:
        add(one, *report(1))
        copied(one, tmp_path / "b.db")
        (claim,) = claims(one)
        (seen,) = one.connection.execute("SELECT id FROM attribution").fetchone()
        with Store.open(tmp_path / "b.db") as other:
            for store, user, rating, letter in (
                (one, "a", "true", "B"),
                (other, "o", "false", "C"),
            ):
                store.assess(Review(claim, "truth", rating, ""), user=user, at=AT)
                store.grade(Grade(MINISTRY.id, letter, ""), origins=0, user=user, at=AT)
            corrections.accept(one, seen, by="a", at=AT)
            corrections.reject(other, seen, reason="not said", by="o", at=AT)
        found = joined(one, tmp_path / "b.db")
        assert {each.kind for each in found.conflicts} == {"verdict", "grade", "report"}
        assert len(one.connection.execute("SELECT 1 FROM live_review").fetchall()) == 2


def test_what_was_undone_there_is_undone_here(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", create=True) as one:
        for number in range(2):
            add(one, *report(number))
        pair = claims(one)
        made = judged(one, pair, Verdict.POSITIVE, "anna")
        copied(one, tmp_path / "b.db")
        with Store.open(tmp_path / "b.db") as other:
            other.undo(made, user="omar", at=WHEN)
        found = joined(one, tmp_path / "b.db")
        assert [each.kind for each in found.conflicts] == ["undone"]
        assert clusters.cluster_of(one.connection, pair[1]) == pair[1]


def test_nothing_becomes_public_because_another_desk_shows_it(ours: Store, theirs: Store) -> None:
    document = report(2)[0].document_id
    private = Decision(PublicationState.PRIVATE, "not ours")
    ours.show(private, [document], user="anna", at=AT)
    theirs.show(Decision(PublicationState.FULL, "fine", "CC BY"), [document], user="omar", at=AT)
    found = joined(ours, theirs.path)
    state = ours.connection.execute(
        "SELECT state FROM document_publication WHERE document = ?", (document,)
    ).fetchone()
    assert state == ("private",)
    assert [each.kind for each in found.conflicts] == ["publication"]


def test_what_was_redacted_here_does_not_come_back(ours: Store, tmp_path: Path) -> None:
    """Not in what the other desk did since, either: notes, verdicts, versions, what it fetched."""
    copied(ours, tmp_path / "b.db")
    words = "«العاصفة بلغت الساحل»"
    with Store.open(tmp_path / "b.db") as theirs:
        known = claims(theirs)
        (report_id,) = theirs.connection.execute(
            "SELECT attribution_id FROM claim WHERE id = ?", known[2:3]
        ).fetchone()
        at = AT + timedelta(days=1)
        theirs.judge(
            known[2], known[3], Verdict.UNSURE, evidence=words, run=None, user="omar", at=at
        )
        theirs.assess(Review(known[2], "truth", "unproven", words), user="omar", at=at)
        corrections.accept(theirs, report_id, by="omar", at=at, reason=words)
        noted(theirs, report_id, words)
        body = f"<p>{words}</p>".encode()
        address = "https://nawras.invalid/1"
        response = Response(url=address, at=at, status=200, reason="OK", headers=(), body=body)
        capture = Capture(response=response, tool="test 1")
        theirs.capture(capture, records(capture), ["nawras"], at=at, user="omar")
        theirs.tie(capture, (story().document_id, story().sha256), at=at, user="omar")
        add(theirs, version_of(f"{words}\n", url=address), at=at)
        assert verify(theirs.connection) == ()
    ours.redact(story().document_id, "A witness is at risk.", user="anna", at=WHEN)
    found = joined(ours, tmp_path / "b.db")
    assert {table for table, _, _ in (each.partition(" ") for each in found.left_out)} >= {
        *("document_version", "capture", "judgement", "review", "correction", "review_note"),
    }  # fmt: skip
    ours.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "العاصفة".encode() not in ours.path.read_bytes()


def test_what_was_decided_of_other_texts_is_taken_in_all_the_same(
    ours: Store, tmp_path: Path
) -> None:
    copied(ours, tmp_path / "b.db")
    with Store.open(tmp_path / "b.db") as theirs:
        made = judged(theirs, claims(theirs)[3:5], Verdict.POSITIVE, "omar")
        noted(theirs, claims(theirs)[3], "Look again.")
    ours.redact(story().document_id, "A witness is at risk.", user="anna", at=WHEN)
    found = joined(ours, tmp_path / "b.db")
    live = ours.connection.execute("SELECT id FROM live_judgement").fetchall()
    assert (live, found.put["review_note"]) == ([(made,)], 1)


def test_a_document_with_nothing_but_redacted_words_is_left_out(tmp_path: Path) -> None:
    with Store.open(tmp_path / "b.db", create=True) as theirs:
        add_story(theirs)
        (report_id,) = theirs.connection.execute("SELECT id FROM attribution LIMIT 1").fetchone()
        theirs.redact(report_id, "A witness is at risk.", user="omar", at=WHEN)
    with Store.open(tmp_path / "a.db", create=True) as ours:
        found = joined(ours, tmp_path / "b.db")
        assert found.left_out["document of what was redacted"] == 1
        assert ours.connection.execute("SELECT count(*) FROM document").fetchone() == (0,)


@pytest.mark.parametrize("what", ["itself", "damaged", "nothing", "no database"])
def test_what_cannot_be_merged_leaves_ours_as_it_was(
    ours: Store, theirs: Store, tmp_path: Path, what: str
) -> None:
    path = {"itself": ours.path, "damaged": theirs.path}.get(what, tmp_path / "other.db")
    if what == "damaged":
        theirs.connection.execute("UPDATE run SET version = '9'")
    if what == "no database":
        path.write_text("words", "utf-8")
    before = list(canonical(ours.connection)), log.head(ours.connection)
    with pytest.raises(DatabaseError):
        merge(ours, path, at=WHEN, user="noura")
    assert (list(canonical(ours.connection)), log.head(ours.connection)) == before


STEPS = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(["positive", "negative", "unsure", "assess", "undo"]),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=8,
)


@given(STEPS)
@settings(max_examples=15)
def test_merging_is_the_same_whoever_merges(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, str, int, int]]
) -> None:
    """Both read the same texts; each decides for itself, then each takes in the other."""
    folder = tmp_path_factory.mktemp("desks")
    with Store.open(folder / "base.db", create=True) as base:
        for number in range(4):
            add(base, *report(number))
    for name in ("a", "b"):
        shutil.copy(folder / "base.db", folder / f"{name}.db")
    with Store.open(folder / "a.db") as a, Store.open(folder / "b.db") as b:
        made: dict[bool, list[str]] = {True: [], False: []}
        for minute, (first, what, left, right) in enumerate(steps):
            store, user = (a, "anna") if first else (b, "omar")
            at, known = AT + timedelta(minutes=minute), claims(store)
            try:
                if what == "undo":
                    store.undo(made[first].pop(), user=user, at=at)
                elif what == "assess":
                    review = Review(known[left], "truth", str(right), "")
                    made[first].append(store.assess(review, user=user, at=at))
                else:
                    pair = (known[left], known[right])
                    made[first].append(judged(store, pair, Verdict(what), user, minute))
            except (DatabaseError, IndexError, BlockedJudgementError):
                continue
        copied(a, folder / "a-too.db")
        joined(a, folder / "b.db")
        joined(b, folder / "a-too.db")
        assert list(canonical(a.connection)) == list(canonical(b.connection))
