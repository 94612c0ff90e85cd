"""Undoing a step, a run, or what somebody did since a time; and what the log tells of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from claimtrack.errors import DatabaseError, DependedOnError, IntegrityError, UnknownIdError
from claimtrack.export import export
from claimtrack.export.importing import import_file
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import Verdict
from claimtrack.review import corrections
from claimtrack.review.decisions import take
from claimtrack.review.merging import merge
from claimtrack.review.undoing import Asked, Undoing, undo
from claimtrack.store import Store, clusters, history, log, notes, read
from claimtrack.store.dump import canonical
from claimtrack.store.grades import Grade, Review
from claimtrack.store.history import Asked as Of
from claimtrack.store.verify import verify
from tests.store.build import AT, MINISTRY, RUN, add, add_story, report, story

NOON = AT + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "claims.db", create=True) as opened:
        add_story(opened)
        for number in range(3):
            add(opened, *report(number))
        yield opened


def claims(store: Store) -> list[str]:
    return [row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY number")]


def judged(
    store: Store, left: int, right: int, user: str, minute: int, run: Run | None = None
) -> str:
    known, at = claims(store), NOON + timedelta(minutes=minute)
    pair = (known[left], known[right])
    return store.judge(*pair, Verdict.POSITIVE, evidence="one", run=run, user=user, at=at)


def undone(store: Store, *, dry_run: bool = False, **asked: Any) -> Undoing:
    found = undo(
        store,
        Asked(**asked),
        at=NOON + timedelta(hours=9),
        user="noura",
        why="why",
        dry_run=dry_run,  # type: ignore[arg-type]
    )
    assert verify(store.connection) == ()
    return found


def test_what_somebody_did_since_a_time_is_undone_and_nothing_else(store: Store) -> None:
    before = judged(store, 0, 1, "omar", 0)
    hers = judged(store, 1, 2, "anna", 5)
    one, two = judged(store, 2, 3, "omar", 10), judged(store, 3, 4, "omar", 11)
    since = NOON + timedelta(minutes=5)
    tried = undone(store, user="omar", since=since, dry_run=True)
    assert (tried.undone, tried.dry_run) == ((two, one), True)
    assert (
        len(clusters.derived(store.connection))
        - len(set(clusters.derived(store.connection).values()))
        == 4
    )
    assert undone(store, user="omar", since=since).undone == (two, one)
    live = {row[0] for row in store.connection.execute("SELECT id FROM live_judgement")}
    assert live == {before, hers}
    last = next(history.entries(store.connection))
    assert (last.user, last.action, last.after, last.why) == ("noura", "undo", "undone", "why")


def test_what_was_overwritten_for_good_stays_and_the_rest_is_undone(store: Store) -> None:
    made = judged(store, 0, 1, "anna", 1)
    document = str(store.connection.execute("SELECT id FROM document").fetchone()[0])
    redaction = store.redact(document, "a witness", user="anna", at=NOON + timedelta(minutes=2))
    found = undone(store, user="anna", since=NOON)
    assert made in found.undone
    assert redaction in dict(found.left)
    assert f"{redaction} overwrote it for good" in dict(found.left).values()


def test_a_file_of_decisions_is_undone_with_each_that_it_brought(
    store: Store, tmp_path: Path
) -> None:
    (report_id,) = store.connection.execute("SELECT id FROM attribution LIMIT 1").fetchone()
    path = tmp_path / "decisions.jsonl"
    path.write_text(f'{{"action": "accept", "attribution": "{report_id}"}}\n', "utf-8")
    (made,) = take(store, path, by="omar", at=NOON).made
    found = undone(store, user="omar", since=NOON)
    assert (found.undone, found.left) == ((made,), ())


def test_nothing_is_undone_where_somebody_else_rests_on_a_part_of_it(store: Store) -> None:
    review = Review(claims(store)[0], "truth", "true", "")
    old = store.assess(review, user="omar", at=NOON)
    judged(store, 0, 1, "omar", 1)
    new = store.assess(review._replace(rating="false", revises=old), user="anna", at=NOON)
    before = list(canonical(store.connection))
    with pytest.raises(DependedOnError, match=f"{new} revises it"):
        undo(store, Asked(user="omar", since=AT), at=NOON, user="noura")
    assert list(canonical(store.connection)) == before


def test_a_run_is_undone_as_a_whole_and_can_come_back(store: Store) -> None:
    machine = Run(tool="same-words", version="1")
    judged(store, 3, 4, "", 0, machine)
    before = list(canonical(store.connection))
    found = undone(store, run=machine.id[:12])
    assert found.retraction
    assert clusters.cluster_of(store.connection, claims(store)[4]) == claims(store)[4]
    undone(store, step=found.retraction)
    assert list(canonical(store.connection)) == before


def test_a_run_that_a_persons_decision_rests_on_stays(store: Store) -> None:
    made = judged(store, 3, 4, "anna", 0)
    before = read.counts(store.connection)
    with pytest.raises(DependedOnError, match=made):
        undo(store, Asked(run=RUN.id), at=NOON, user="noura")
    assert read.counts(store.connection) == before
    undone(store, step=made)
    undone(store, run=RUN.id)
    assert read.counts(store.connection).attributions == 0


def test_the_addition_of_a_text_is_undone_unless_somebody_decided_on_it(store: Store) -> None:
    made = judged(store, 0, 3, "anna", 0)
    with pytest.raises(DependedOnError, match=made):
        undo(store, Asked(step=story().id), at=NOON, user="noura")
    undone(store, step=made)
    found = undone(store, step=story().id)
    assert found.undone == (story().id,)
    assert found.retraction
    assert read.counts(store.connection).documents == 3


def test_the_log_is_told_by_claim_source_document_user_and_time(store: Store) -> None:
    made = judged(store, 0, 1, "anna", 0)
    grade = store.grade(Grade(MINISTRY.id, "B", "known"), origins=0, user="omar", at=NOON)
    store.grade(Grade(MINISTRY.id, "C", "less"), origins=0, user="omar", at=NOON + timedelta(1))
    own = store.connection

    def told(**asked: Any) -> list[tuple[str, str]]:
        found = history.entries(own, Of(**asked))
        return [(one.action, one.subject) for one in found]

    first = clusters.cluster_of(own, claims(store)[0])
    assert told(claim=first) == [("judge", made), ("add", story().id)]
    assert [action for action, _ in told(source=MINISTRY.id)] == ["grade", "grade"]
    assert told(document=story().document_id) == [("add", story().id)]
    assert told(user="anna") == [("judge", made)]
    assert told(user="omar", source=MINISTRY.id, since=NOON)[-1] == ("grade", grade)
    latest = next(history.entries(own))
    assert (latest.before, latest.after[:1], latest.why) == ("B", "C", "less")


def test_nothing_is_written_behind_a_log_whose_last_line_was_cut_off(store: Store) -> None:
    judged(store, 0, 1, "anna", 0)
    store.connection.execute("DROP TRIGGER event_log_is_never_shortened")
    store.connection.execute("DELETE FROM event_log WHERE seq = (SELECT max(seq) FROM event_log)")
    before = list(canonical(store.connection))
    with pytest.raises(IntegrityError, match="cut off; nothing is written behind that"):
        judged(store, 2, 3, "anna", 1)
    assert list(canonical(store.connection)) == before
    assert any("is not the last entry that was written" in one for one in verify(store.connection))


def test_nothing_is_written_behind_an_entry_that_was_changed(store: Store) -> None:
    store.connection.execute("DROP TRIGGER event_log_is_never_changed")
    store.connection.execute(
        "UPDATE event_log SET user = 'x' WHERE seq = (SELECT max(seq) FROM event_log)"
    )
    with pytest.raises(IntegrityError, match="was changed; nothing is written behind it"):
        judged(store, 2, 3, "anna", 1)
    assert log.head(store.connection)


@pytest.mark.parametrize("asked", [Asked(step="x"), Asked(run="run-000000"), Asked(run="1")])
def test_what_nobody_did_cannot_be_undone(store: Store, asked: Asked) -> None:
    with pytest.raises(UnknownIdError):
        undo(store, asked, at=NOON, user="noura")


# --- what one step brought from elsewhere


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another desk, which has one report in common with ours, and decided about its own."""
    with Store.open(tmp_path / "other.db", create=True) as opened:
        for number in (2, 3, 4):
            add(opened, *report(number))
        known = claims(opened)
        pair = (known[1], known[2])
        opened.judge(*pair, Verdict.POSITIVE, evidence="", run=None, user="omar", at=NOON)
        opened.assess(Review(known[1], "truth", "false", "why"), user="omar", at=NOON)
        opened.grade(Grade(known[2], "3", "heard"), origins=1, user="omar", at=NOON)
        (seen,) = opened.connection.execute(
            "SELECT attribution_id FROM claim WHERE id = ?", (known[2],)
        ).fetchone()
        corrections.reject(opened, seen, reason="no report", by="omar", at=NOON)
        with opened.transaction():
            notes.write(opened.connection, known[1], "ask", log.By("omar", NOON))
        yield opened


def merged(store: Store, other: Store, tmp_path: Path) -> None:
    merge(store, other.path, at=NOON, user="anna")


def imported(store: Store, other: Store, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    with path.open("wb") as file:
        export("json", other.connection, file)
    import_file(store, path, at=NOON, user="anna")


def last_entry(store: Store) -> int:
    return max(
        event.seq
        for event in log.events(store.connection)
        if event.desk == log.own_desk(store.connection)
    )


@pytest.mark.parametrize("bring", [merged, imported])
def test_what_one_step_brought_is_undone_as_one(
    store: Store, other: Store, tmp_path: Path, bring: Callable[[Store, Store, Path], None]
) -> None:
    before = list(canonical(store.connection))
    bring(store, other, tmp_path)
    number = last_entry(store)
    assert read.counts(store.connection).documents == 6
    tried = undone(store, step=str(number), dry_run=True)
    assert read.counts(store.connection).documents == 6
    found = undone(store, step=str(number))
    assert found.undone == tried.undone
    assert {each.partition("-")[0].partition(" ")[0] for each in found.undone} >= {
        *("judgement", "review", "grade", "correction", "entry")
    }
    assert list(canonical(store.connection)) == before
    again = undone(store, step=str(number))
    assert (again.undone, again.already) == ((), (f"entry {number}",))
    undone(store, step=found.retraction)
    assert read.counts(store.connection).documents == 6


@pytest.mark.parametrize("bring", [merged, imported])
def test_what_one_step_brought_stays_where_somebody_decided_on_it_since(
    store: Store, other: Store, tmp_path: Path, bring: Callable[[Store, Store, Path], None]
) -> None:
    bring(store, other, tmp_path)
    number = last_entry(store)
    made = judged(store, 0, -2, "noura", 9)
    before = list(canonical(store.connection))
    with pytest.raises(DependedOnError, match=f"entry {number} cannot be undone: {made}"):
        undo(store, Asked(step=str(number)), at=NOON, user="noura")
    assert list(canonical(store.connection)) == before
    since = undone(store, user="noura", since=NOON)
    assert since.undone == (made,)
    assert undone(store, user="anna", since=NOON).undone


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("99", "No entry of the log has the id '99'"),
        ("9" * 5000, "No entry of the log has the id '999999999999999999…'"),
        ("1", None),
    ],
)
def test_an_entry_is_undone_by_its_number(store: Store, number: str, said: str | None) -> None:
    if said:
        with pytest.raises(UnknownIdError, match=said):
            undo(store, Asked(step=number), at=NOON, user="noura")
    else:
        assert undone(store, step=number).undone == (story().id,)


def test_an_undoing_is_not_undone_by_its_number_either(store: Store) -> None:
    undone(store, step=judged(store, 0, 1, "anna", 0))
    with pytest.raises(DatabaseError, match="an undoing is not undone: decide again"):
        undo(store, Asked(step=str(last_entry(store))), at=NOON, user="noura")
