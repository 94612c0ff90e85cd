"""People decide about reports: what the machine found stays for the record, and each step back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from claimtrack.errors import ClaimtrackError, CorrectionError
from claimtrack.match.link import link
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Stance, Verdict
from claimtrack.review import corrections
from claimtrack.review.corrections import Draft
from claimtrack.store import Store, read
from claimtrack.store.dump import canonical
from claimtrack.store.verify import verify
from tests.store.build import AT, MINISTRY, STORY, add_story, at, story, story_found

FOUND = story_found().attributions


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    """A desk that holds the story, linked as the pipeline does."""
    with Store.open(tmp_path / "claims.db", create=True) as store:
        add_story(store)
        link(store, story().id, at=AT, user="tester")
        yield store


def by(name: str = "anna", minute: int = 1) -> dict[str, Any]:
    return {"by": name, "at": AT + timedelta(minutes=minute)}


def ids(store: Store) -> list[str]:
    """Return the ids of what is live, in reading order."""
    return [one.id for one in shown(store)]


def shown(store: Store) -> Any:
    (document,) = read.all_documents(store.connection)
    return read.document(store.connection, document.id).attributions


def contents(store: Store) -> list[str]:
    return [one.words("content") for one in shown(store)]


def dump(store: Store) -> list[str]:
    assert verify(store.connection) == ()
    return list(canonical(store.connection))


def undo(store: Store, row_id: str, minute: int = 50) -> bool:
    return store.undo(row_id, user="boris", at=AT + timedelta(minutes=minute))


MISSED = Draft(source=at(STORY, "قمرية"), content=at(STORY, "أكبر موانئ"), stance=Stance.DISTANCING)


def decide(store: Store, what: str) -> str:
    """Make one decision of each kind."""
    first, second, third = ids(store)
    draft = corrections.draft_of(store.connection, second)
    wider = draft.changed(content=at(STORY, "إن ميناء الصدفة أُغلق أمام السفن"))
    parts = [draft.changed(content=at(STORY, each)) for each in ("أُغلق", "أمام السفن")]
    decisions = {
        "accept": lambda: corrections.accept(store, first, **by()),
        "reject": lambda: corrections.reject(store, second, reason="no report", **by()),
        "add": lambda: corrections.add_missed(store, story().id, MISSED, **by()),
        "correct": lambda: corrections.correct(store, second, wider, **by()),
        "split": lambda: corrections.split(store, second, parts, **by()),
        "join": lambda: corrections.join(store, [third, second], **by()),
        "complete": lambda: corrections.complete(store, story().id, **by()),
    }
    return decisions[what]()


KINDS = ("accept", "reject", "add", "correct", "split", "join", "complete")


@pytest.mark.parametrize("what", KINDS)
def test_undoing_a_decision_gives_what_there_was(desk: Store, what: str) -> None:
    before = dump(desk)
    made = decide(desk, what)
    assert made.startswith("correction-")
    assert dump(desk) != before
    assert undo(desk, made)
    assert dump(desk) == before
    assert not undo(desk, made)


@pytest.mark.parametrize("what", KINDS)
def test_each_decision_and_its_undoing_are_in_the_log_once(desk: Store, what: str) -> None:
    made = decide(desk, what)
    undo(desk, made)
    rows = desk.connection.execute(
        "SELECT action, user FROM event_log WHERE subject = ? ORDER BY seq", (made,)
    ).fetchall()
    name = "change" if what == "correct" else what
    assert rows == [(f"correct {name}", "anna"), ("undo", "boris")]


def test_what_was_accepted_is_live_and_was_looked_at(desk: Store) -> None:
    first = ids(desk)[0]
    made = corrections.accept(desk, first, reason="checked", **by())
    state = corrections.standing(desk.connection, first)
    assert (state.live, state.token) == (True, made)
    assert state.decided is not None
    assert (state.decided.by, state.decided.reason) == ("anna", "checked")
    assert corrections.accept(desk, first, **by(minute=9)) == made


def test_what_was_rejected_is_live_no_more_and_says_why(desk: Store) -> None:
    second = ids(desk)[1]
    corrections.reject(desk, second, reason="no report", **by())
    assert second not in ids(desk)
    with pytest.raises(CorrectionError, match=r"anna rejected it at .* \(no report\)"):
        corrections.accept(desk, second, **by("boris", 2))


def test_a_missed_report_stands_where_it_is_read(desk: Store) -> None:
    first = at(STORY, "ميناء")[0]
    corrections.add_missed(desk, story().id, Draft(content=(first,)), **by())
    assert contents(desk)[0] == "ميناء"
    assert [one.key for one in shown(desk)] == ["4", "1", "2", "3"]
    assert shown(desk)[0].run == "person anna"


def test_a_changed_report_stays_the_claim_it_was_and_is_relayed_as_it_was(desk: Store) -> None:
    second = shown(desk)[1]
    verdict = desk.judge(
        shown(desk)[1].claim_id,
        shown(desk)[2].claim_id,
        Verdict.NEGATIVE,
        evidence="",
        run=None,
        user="anna",
        at=AT,
    )
    decide(desk, "correct")
    changed = shown(desk)[1]
    assert changed.words("content") == "إن ميناء الصدفة أُغلق أمام السفن"
    assert (changed.claim_id, changed.via_id) == (second.claim_id, second.via_id)
    assert changed.source is not None
    assert changed.source.id == MINISTRY.id
    assert shown(desk)[2].responds_to_id == changed.id
    undo(desk, verdict)


def test_a_split_report_becomes_several_and_joined_ones_one(desk: Store) -> None:
    decide(desk, "split")
    assert contents(desk)[1:3] == ["أُغلق", "أمام السفن"]
    two = ids(desk)[1:3]
    corrections.join(desk, two, **by(minute=2))
    assert contents(desk)[1] == "أُغلق … أمام السفن"
    assert len(ids(desk)) == 3
    assert verify(desk.connection) == ()


def test_the_second_of_two_reviewers_is_told_what_the_first_did(desk: Store) -> None:
    first = ids(desk)[0]
    seen = corrections.standing(desk.connection, first).token
    corrections.accept(desk, first, seen=seen, **by("anna", 1))
    with pytest.raises(CorrectionError, match="is not as you saw it: anna accepted it"):
        corrections.reject(desk, first, reason="no", seen=seen, **by("boris", 2))
    now = corrections.standing(desk.connection, first).token
    corrections.reject(desk, first, reason="no", seen=now, **by("boris", 3))


def test_a_decision_that_a_later_one_rests_on_is_not_undone_first(desk: Store) -> None:
    made = decide(desk, "correct")
    later = corrections.reject(desk, ids(desk)[1], reason="no", **by(minute=2))
    before = dump(desk)
    with pytest.raises(CorrectionError, match=f"{later} rests on what {made} made"):
        undo(desk, made)
    assert dump(desk) == before
    undo(desk, later, 60)
    undo(desk, made, 61)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"content": (Span(5, 9_000),)}, "content 5:9000 is not within the text of"),
        ({"content": (Span(9, 9),)}, "content 9:9 is not within the text"),
        ({"content": (Span(-1, 4),)}, "content -1:4 is not within the text"),
        ({"cue": (Span(0, 5), Span(3, 8))}, "cue: two stretches overlap"),
        ({"source": (Span(5, 6),)}, "source 5:6 holds no word"),
        ({"via": "attribution-000000"}, "No attribution has the id 'attribution-000000'"),
        ({"source_id": "source-000000"}, "No source has the id 'source-000000'"),
    ],
)
def test_what_the_text_does_not_bear_is_refused(
    desk: Store, fields: dict[str, Any], told: str
) -> None:
    before = list(desk.connection.iterdump())
    with pytest.raises(ClaimtrackError) as refused:
        corrections.add_missed(desk, story().id, MISSED.changed(**fields), **by())
    assert told in str(refused.value)
    assert list(desk.connection.iterdump()) == before


def test_a_report_is_relayed_by_none_that_it_relays(desk: Store) -> None:
    first, second, _ = ids(desk)
    draft = corrections.draft_of(desk.connection, first)
    with pytest.raises(CorrectionError, match="is relayed by this report itself"):
        corrections.correct(desk, first, draft.changed(via=second), **by())
