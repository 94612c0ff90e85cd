"""A reviewer's sitting: every decision is recorded, taken back, and refused where it must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from claimtrack.errors import CorrectionError, DatabaseError, HeldError, RatingError
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Channel, Role, Verdict
from claimtrack.review import corrections, queues
from claimtrack.review.marking import Edge, Marking
from claimtrack.review.queues import Queue
from claimtrack.review.sitting import Sitting
from claimtrack.store import Store, read
from claimtrack.store import queues as queues_of_store
from claimtrack.store.verify import verify
from tests.review.desk import NOW, claims, fill
from tests.store.build import AGENCY

Desk = tuple[Store, tuple[str, ...]]


def clock() -> Callable[[], datetime]:
    """Return a clock that is a second further each time."""
    ticks = count()
    return lambda: NOW + timedelta(seconds=next(ticks))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Store.open(tmp_path / "desk.db", create=True) as store:
        yield store, fill(store)


@pytest.fixture
def sitting(desk: Desk) -> Sitting:
    made = Sitting(desk[0], "noura", clock())
    made.open(Queue.ATTRIBUTIONS)
    return made


def before(sitting: Sitting) -> str | None:
    """Return the id of what is before the reviewer."""
    return sitting.shown.item.id if sitting.shown else None


def live(store: Store) -> set[str]:
    return {row[0] for row in store.connection.execute("SELECT id FROM live_attribution")}


def test_each_decision_brings_the_next_item(sitting: Sitting, desk: Desk) -> None:
    store, (first, second, third) = desk
    assert before(sitting) == second
    sitting.accept()
    assert before(sitting) == third
    sitting.reject("no report")
    assert before(sitting) == first
    sitting.skip()
    assert before(sitting) == first, "what was skipped comes again"
    sitting.accept()
    assert before(sitting) is None
    assert live(store) == {first, second}
    assert sitting.decided[Queue.ATTRIBUTIONS] == 3
    with pytest.raises(DatabaseError, match="Nothing waits"):
        sitting.skip()


def test_everything_can_be_taken_back_step_by_step(sitting: Sitting, desk: Desk) -> None:
    store, ids = desk
    sitting.accept()
    sitting.reject("no report")
    sitting.note("look again")
    sitting.open(Queue.PAIRS)
    sitting.judge(Verdict.POSITIVE)
    told = [done.words for done in iter(sitting.undo, None)]
    assert told == ["judged the same", "noted", "rejected", "accepted"]
    assert (sitting.queue, before(sitting)) == (Queue.ATTRIBUTIONS, ids[1])
    assert live(store) == set(ids)
    assert not any(sitting.decided.values())
    assert verify(store.connection) == ()


def test_a_boundary_is_corrected(sitting: Sitting, desk: Desk) -> None:
    store, (_, second, _) = desk
    shown = sitting.shown
    assert shown is not None
    draft = corrections.draft_of(store.connection, second)
    marking = Marking(shown.version.text, draft, at=draft.content[0].start)
    marking.move(Edge.END, -2)
    marking.set(channel=Channel.STATEMENT)
    sitting.correct(marking.draft())
    (made,) = live(store) - set(desk[1])
    view = read.attribution(store.connection, made)
    assert view.words("content") == "ميناء الصدفة أُغلق أمام كل السفن"
    assert view.channel is Channel.STATEMENT
    assert second not in live(store)
    assert read.cluster(store.connection, view.claim_id) == claims(store, [second])[0]
    sitting.undo()
    assert live(store) == set(desk[1])


def test_an_attribution_is_split_and_what_was_missed_is_added(sitting: Sitting, desk: Desk) -> None:
    store, (_, second, _) = desk
    shown = sitting.shown
    assert shown is not None
    draft = corrections.draft_of(store.connection, second)
    marking = Marking(shown.version.text, draft)
    marking.at = marking.word_at(shown.version.text.index("أمام"))
    missed = Marking(shown.version.text, None)
    missed.mark(Role.CONTENT)
    sitting.add(missed.draft())
    assert before(sitting) == second, "what is added leaves the item as it is"
    sitting.split(marking.parts())
    contents = {
        read.attribution(store.connection, each).words("content")
        for each in live(store) - set(desk[1])
    }
    assert contents == {"ميناء الصدفة أُغلق", "أمام كل السفن صباح اليوم", "أعلنت"}


def test_two_attributions_of_a_text_are_joined(sitting: Sitting, desk: Desk) -> None:
    store, (_, second, _) = desk
    shown = sitting.shown
    assert shown is not None
    missed = corrections.Draft(content=(Span(0, 5),))
    sitting.add(missed)
    (added,) = live(store) - set(desk[1])
    sitting.join(added)
    (joined,) = live(store) - set(desk[1])
    assert len(read.attribution(store.connection, joined).quotes["content"]) == 2
    assert second not in live(store)


def test_a_source_is_chosen_among_candidates(desk: Desk) -> None:
    store, (*_, third) = desk
    sitting = Sitting(store, "noura", clock())
    sitting.open(Queue.SOURCES)
    assert before(sitting) == third
    sitting.resolve(AGENCY.id, AGENCY.name)
    (made,) = live(store) - set(desk[1])
    assert read.attribution(store.connection, made).source.id == AGENCY.id  # type: ignore[union-attr]
    assert before(sitting) is None


def test_a_verdict_is_given(desk: Desk) -> None:
    store, _ = desk
    sitting = Sitting(store, "noura", clock(), {"desk": {"true": 5, "false": 1}})
    sitting.open(Queue.VERDICTS)
    claim = before(sitting)
    with pytest.raises(RatingError):
        sitting.rate("desk", "mostly false")
    assert before(sitting) == claim
    sitting.rate("desk", "false", "The port is open.", ["https://naba.example/1"])
    rows = store.connection.execute("SELECT claim_id, rating, value, links FROM live_review")
    assert rows.fetchall() == [(claim, "false", 1.0, '["https://naba.example/1"]')]
    assert before(sitting) != claim


def test_the_second_of_two_reviewers_is_told_and_refused(sitting: Sitting, desk: Desk) -> None:
    store, (_, second, third) = desk
    other = Sitting(store, "sami", clock())
    other.open(Queue.ATTRIBUTIONS)
    assert other.shown is not None
    assert before(other) == second
    assert other.shown.refused is not None
    assert "is before noura since" in other.shown.refused
    with pytest.raises(HeldError, match="before noura"):
        other.accept()
    other.skip()
    assert (before(other), other.shown.refused) == (third, None)
    assert store.connection.execute("SELECT count(*) FROM correction").fetchone() == (0,)


def test_what_was_decided_since_it_was_shown_is_refused(sitting: Sitting, desk: Desk) -> None:
    store, (_, second, _) = desk
    corrections.reject(store, second, reason="a double", by="sami", at=NOW)
    for decide in (sitting.accept, lambda: sitting.reject("no report")):
        with pytest.raises(HeldError, match="decided it meanwhile"):
            decide()
    assert store.connection.execute("SELECT count(*) FROM correction").fetchone() == (1,)


def test_what_is_joined_is_as_the_reviewer_saw_it(sitting: Sitting, desk: Desk) -> None:
    store, (_, second, _) = desk
    sitting.add(corrections.Draft(content=(Span(0, 5),)))
    (other,) = sitting.others()
    store.undo(other.token, user="sami", at=NOW)
    with pytest.raises(CorrectionError, match="is retired"):
        sitting.join(other.report.id, seen=other.token)
    sitting.add(corrections.Draft(content=(Span(6, 10),)))
    (other,) = sitting.others()
    corrections.accept(store, other.report.id, by="sami", at=NOW)
    with pytest.raises(CorrectionError, match="is not as you saw it: sami accepted it"):
        sitting.join(other.report.id, seen=other.token)
    assert before(sitting) == second
    (fresh,) = sitting.others()
    sitting.join(fresh.report.id, seen=fresh.token)
    assert second not in live(store)


def test_what_another_one_has_before_them_is_not_joined(sitting: Sitting, desk: Desk) -> None:
    store, (_, second, _) = desk
    sitting.add(corrections.Draft(content=(Span(0, 5),)))
    (other,) = sitting.others()
    place = queues.Waiting(other.report.id, "")
    with pytest.raises(HeldError):  # what a person made does not wait, but is before them now
        queues.take(store, Queue.ATTRIBUTIONS, place, user="sami", at=NOW)
    with store.transaction():
        stopped = queues.stopped(store.connection, "sami", Queue.ATTRIBUTIONS)
        assert stopped is not None
        queues_of_store.stop(store.connection, stopped._replace(held=True))
    with pytest.raises(HeldError, match="is before sami"):
        sitting.join(other.report.id, seen=other.token)
    assert before(sitting) == second


def test_a_decision_that_cannot_be_leaves_all_as_it_was(sitting: Sitting, desk: Desk) -> None:
    store, (_, second, _) = desk
    draft = corrections.draft_of(store.connection, second)
    outside = draft.changed(content=(Span(0, 10_000),))
    for attempt in (
        lambda: sitting.reject(" "),
        lambda: sitting.correct(draft),
        lambda: sitting.correct(outside),
        lambda: sitting.split([draft]),
        lambda: sitting.join(second),
    ):
        with pytest.raises(CorrectionError):
            attempt()
        assert (before(sitting), sitting.undoable) == (second, 0)
    with pytest.raises(DatabaseError):
        sitting.note("  ")
    assert live(store) == set(desk[1])


def test_notes_are_shown_beside_the_item_to_everybody(sitting: Sitting, desk: Desk) -> None:
    store, _ = desk
    sitting.note("ask the port")
    sitting.close()
    other = Sitting(store, "sami", clock())
    other.open(Queue.ATTRIBUTIONS)
    assert other.shown is not None
    assert [(note.text, note.by) for note in other.shown.notes] == [("ask the port", "noura")]


def test_a_sitting_goes_on_where_the_last_one_ended(sitting: Sitting, desk: Desk) -> None:
    store, (first, _, third) = desk
    sitting.accept()
    sitting.close()
    again = Sitting(store, "noura", clock())
    again.open(Queue.ATTRIBUTIONS)
    assert before(again) == third
    again.skip()
    again.close()
    again.open(Queue.ATTRIBUTIONS)
    assert before(again) == first
    assert queues.stopped(store.connection, "noura", Queue.ATTRIBUTIONS) is not None


def test_what_was_decided_in_an_earlier_sitting_is_taken_back_too(
    sitting: Sitting, desk: Desk
) -> None:
    store, ids = desk
    sitting.accept()
    sitting.reject("no report")
    sitting.close()
    other = Sitting(store, "sami", clock())
    other.open(Queue.ATTRIBUTIONS)
    other.accept()
    again = Sitting(store, "noura", clock())
    again.open(Queue.ATTRIBUTIONS)
    told = [done.words for done in iter(again.undo, None)]
    assert told == ["an earlier correction", "an earlier correction"]
    assert live(store) == set(ids)
    assert corrections.standing(store.connection, ids[0]).decided is not None, "sami's stays"


def test_words_of_a_note_go_with_the_report_that_is_redacted(sitting: Sitting, desk: Desk) -> None:
    store, (_, second, _) = desk
    sitting.note("كل السفن, they say")
    sitting.close()
    store.redact(second, "A witness is at risk.", user="noura", at=NOW)
    (text,) = store.connection.execute("SELECT text FROM review_note").fetchone()
    assert "السفن" not in text
    assert "they say" in text
    assert verify(store.connection) == ()
