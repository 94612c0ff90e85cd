"""A new reading of a text is taken back as one step: alone, or with all that its run read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from claimtrack.errors import DatabaseError, DependedOnError
from claimtrack.match.link import link
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import Verdict
from claimtrack.store import Store, log
from claimtrack.store.verify import verify
from tests.store.build import AT, RUN, SOURCES, STORY, add, add_story, at, report, said, story
from tests.store.build import story_found as found_first

from .test_reextract import FIRST, NEWER, SECOND, THIRD, Clock, again, claim_of, contents, dump

LATER = AT + timedelta(days=1)
SURER = FIRST.model_copy(update={"confidence": 0.9})
NEW = said(STORY, "3", "وميناء", "أكبر موانئ قمرية")
NEWEST = Run(tool="rules", version="3.0")


@pytest.fixture
def clock() -> Clock:
    return Clock()


def entry(store: Store, action: str = "reextract") -> int:
    """Return the number of the last entry of an action."""
    return max(event.seq for event in log.events(store.connection) if event.action == action)


def undone(store: Store, number: int, minute: int = 0) -> str:
    found = store.undo_entry(number, user="noura", at=LATER + timedelta(minutes=minute))
    assert verify(store.connection) == ()
    assert found.retraction
    return found.retraction


def alone(some: Sequence[Attribution]) -> list[Attribution]:
    """Return reports that lead to no other one, numbered as they stand in the text."""
    return [
        one.model_copy(update={"key": str(place), "via": None, "responds_to": None})
        for place, one in enumerate(sorted(some, key=lambda one: one.cue), 1)
    ]


@pytest.mark.parametrize(
    "newer",
    [
        pytest.param([SURER, SECOND, NEW], id="some found anew, some no more"),
        pytest.param([FIRST, SECOND, THIRD], id="the same, by another run"),
        pytest.param([], id="nothing at all"),
        pytest.param(
            [FIRST.model_copy(update={"content": at(STORY, "ميناء الصدفة أُغلق")}), THIRD],
            id="other words",
        ),
    ],
)
def test_a_reading_is_undone_and_holds_again(
    store: Store, clock: Clock, newer: list[Attribution]
) -> None:
    add_story(store)
    before = dump(store)
    again(store, clock, alone(newer))
    after = dump(store)
    made = undone(store, entry(store))
    assert dump(store) == before
    assert store.undo_entry(entry(store), user="noura", at=LATER).ids == ()
    store.undo(made, user="noura", at=LATER + timedelta(hours=1))
    assert dump(store) == after
    assert verify(store.connection) == ()


def test_readings_are_undone_from_the_last_to_the_first(store: Store, clock: Clock) -> None:
    add_story(store)
    link(store, story().id, at=AT, user="noura")
    first = dump(store)
    again(store, clock, [SURER])
    one, second = entry(store), dump(store)
    again(store, clock, [FIRST, SECOND, NEW], run=NEWEST)  # the first one is found again
    with pytest.raises(DependedOnError, match="was read again"):
        store.undo_entry(one, user="noura", at=LATER)
    undone(store, entry(store))
    assert dump(store) == second
    undone(store, one, 1)
    assert dump(store) == first


def test_a_run_that_read_again_is_undone_and_what_it_first_read_goes(
    store: Store, clock: Clock
) -> None:
    add_story(store)
    before = dump(store)
    again(store, clock, alone([FIRST, NEW]))
    again(
        store, clock, alone([SURER, NEW])
    )  # of the same run: what it found depends on the desk, too
    other, found = report(5)
    add(store, other, found, run=NEWER)
    after = dump(store)
    made = store.undo_run(NEWER.id, user="noura", at=LATER)
    assert verify(store.connection) == ()
    live = store.connection.execute("SELECT DISTINCT run_id FROM live_attribution").fetchall()
    assert live == [(RUN.id,)]
    assert len(contents_of_story(store)) == len(found_first().attributions)
    assert set(before) <= set(dump(store))
    store.undo(made, user="noura", at=LATER + timedelta(hours=1))
    assert dump(store) == after


def contents_of_story(store: Store) -> list[str]:
    rows = store.connection.execute(
        "SELECT id FROM live_attribution WHERE version_id = ?", (story().id,)
    )
    return [row[0] for row in rows]


def test_a_reading_that_a_decision_rests_on_stays(store: Store, clock: Clock) -> None:
    add_story(store)
    again(store, clock, [FIRST, NEW])
    claims = claim_of(FIRST), claim_of(NEW)
    made = store.judge(*claims, Verdict.NEGATIVE, evidence="read", run=None, user="anna", at=LATER)
    before = dump(store)
    with pytest.raises(DependedOnError, match=f"entry {entry(store)} cannot be undone: {made}"):
        store.undo_entry(entry(store), user="noura", at=LATER)
    assert dump(store) == before
    store.undo(made, user="anna", at=LATER)
    undone(store, entry(store))
    assert len(contents(store)) == 3


def test_what_an_undone_reading_found_the_next_one_finds_again(store: Store, clock: Clock) -> None:
    add_story(store)
    again(store, clock, [SURER, SECOND, NEW])
    made = undone(store, entry(store))
    clock.minutes += 3_000
    again(store, clock, [SURER, SECOND, NEW], run=NEWEST)
    assert [words for _, words in contents(store)][-1] == "أكبر موانئ قمرية"
    with pytest.raises(DependedOnError, match="was read again"):
        store.undo(made, user="noura", at=LATER + timedelta(days=9))


def test_a_reading_of_which_nothing_was_noted_is_refused_with_the_reason(
    store: Store, clock: Clock
) -> None:
    add_story(store)
    again(store, clock, [FIRST], sources=SOURCES)
    store.connection.execute("DELETE FROM reading")
    with pytest.raises(DatabaseError, match="an older claimtrack"):
        store.undo_entry(entry(store), user="noura", at=LATER)


FOUND = st.lists(st.sampled_from([SURER, SECOND, THIRD, NEW]), unique=True)
STEPS = st.lists(st.tuples(FOUND, st.sampled_from([RUN, NEWER, NEWEST])) | st.none(), max_size=6)


@given(STEPS)
@settings(max_examples=8, deadline=None, phases=[Phase.generate])
def test_whatever_was_read_each_undoing_leads_a_reading_back(
    steps: Sequence[tuple[list[Attribution], Run] | None],
) -> None:
    with TemporaryDirectory() as folder, Store.open(Path(folder, "a.db"), create=True) as store:
        clock, first = Clock(), alone(found_first().attributions)
        found = Extraction(attributions=tuple(first), narrator=found_first().narrator)
        add(store, story(), found, SOURCES)
        states, read = [dump(store)], list[int]()
        for step in steps:
            if step:
                some, run = step
                before = entries(store)
                again(store, clock, alone(some), run=run)
                if entries(store) > before:  # else it changed nothing
                    states.append(dump(store))
                    read.append(entries(store))
            elif read:
                store.undo_entry(read.pop(), user="noura", at=clock())
                states.pop()
                assert verify(store.connection) == ()
            now = dump(store)
            assert (set(now) - set(states[-1]), set(states[-1]) - set(now)) == (set(), set())


def entries(store: Store) -> int:
    """Return the number of the last reading's entry; 0 where there is none."""
    return max(
        (each.seq for each in log.events(store.connection) if each.action == "reextract"), default=0
    )
