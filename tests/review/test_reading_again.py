"""Texts are read again by a newer program: what people decided about their reports stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from claimtrack.match.link import link
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import Stance
from claimtrack.review import corrections
from claimtrack.store import Store, read
from claimtrack.store.dump import canonical
from claimtrack.store.reextract import Reextracted
from claimtrack.store.verify import verify
from tests.store.build import AT, SOURCES, STORY, add_story, at, story, story_found

NEWER = Run(tool="rules", version="2.0", configuration={"pack": "def"})
FIRST, SECOND, THIRD = story_found().attributions


class Desk:
    """A desk with the story, and a clock that is a minute later each time."""

    def __init__(self, store: Store) -> None:
        self.store, self.minute = store, 0
        add_story(store)
        link(store, story().id, at=AT, user="tester")

    def by(self) -> dict[str, Any]:
        self.minute += 1
        return {"by": "anna", "at": AT + timedelta(minutes=self.minute)}

    def again(self, found: Sequence[Attribution]) -> Reextracted:
        """Read the story again and find so much in it."""
        when = self.by()["at"]
        extraction = Extraction(attributions=tuple(found), narrator=story_found().narrator)
        done = self.store.reextract(story(), extraction, SOURCES, run=NEWER, at=when, user="tester")
        link(self.store, story().id, at=when, user="tester")
        assert verify(self.store.connection) == ()
        return done

    def shown(self) -> Any:
        (document,) = read.all_documents(self.store.connection)
        return read.document(self.store.connection, document.id).attributions

    def ids(self) -> list[str]:
        return [one.id for one in self.shown()]

    def dump(self) -> list[str]:
        return list(canonical(self.store.connection))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Store.open(tmp_path / "claims.db", create=True) as store:
        yield Desk(store)


def surer(each: Attribution, **fields: Any) -> Attribution:
    """Return what a newer program finds: the same report, otherwise rated."""
    return each.model_copy(update={"confidence": 0.9, "pattern": "newer", **fields})


@pytest.mark.parametrize("newer", [THIRD, surer(THIRD)], ids=["as it was", "otherwise rated"])
def test_what_was_rejected_does_not_come_back(desk: Desk, newer: Attribution) -> None:
    third = desk.ids()[2]
    corrections.reject(desk.store, third, reason="no report", **desk.by())
    done = desk.again([FIRST, SECOND, newer])
    assert len(desk.ids()) == 2
    assert done.settled == 1
    before = desk.dump()
    desk.again([FIRST, SECOND, newer])
    assert desk.dump() == before


def test_what_was_accepted_is_not_retired_but_waits(desk: Desk) -> None:
    third = desk.ids()[2]
    corrections.accept(desk.store, third, **desk.by())
    assert desk.again([FIRST, SECOND]).queued == (third,)
    assert third in desk.ids()


def test_what_was_accepted_is_not_doubled_by_what_is_found_in_its_place(desk: Desk) -> None:
    third = desk.ids()[2]
    corrections.accept(desk.store, third, **desk.by())
    done = desk.again([FIRST, SECOND, surer(THIRD)])
    assert (done.settled, done.queued) == (1, (third,))
    assert len(desk.ids()) == 3


def test_what_a_person_made_stays_and_keeps_who_relays_whom(desk: Desk) -> None:
    first = desk.ids()[0]
    draft = corrections.draft_of(desk.store.connection, first)
    corrections.correct(desk.store, first, draft.changed(stance=Stance.DISTANCING), **desk.by())
    own = desk.ids()[0]
    desk.again([surer(FIRST), surer(SECOND), surer(THIRD)])
    shown = desk.shown()
    assert [one.id == own for one in shown] == [True, False, False]
    assert shown[0].run == "person anna"
    assert shown[1].via_id == own
    before = desk.dump()
    desk.again([surer(FIRST), surer(SECOND), surer(THIRD)])
    assert desk.dump() == before


def test_a_missed_report_stays_where_it_is_read(desk: Desk) -> None:
    words = at(STORY, "أكبر موانئ قمرية")
    corrections.add_missed(desk.store, story().id, corrections.Draft(content=words), **desk.by())
    desk.again([FIRST])
    assert [one.words("content") for one in desk.shown()][1] == "أكبر موانئ قمرية"


def test_a_program_that_finds_it_now_adds_no_second_report(desk: Desk) -> None:
    words = at(STORY, "أكبر موانئ قمرية")
    corrections.add_missed(desk.store, story().id, corrections.Draft(content=words), **desk.by())
    found = Attribution(key="9", content=words, pattern="newer")
    assert desk.again([FIRST, SECOND, THIRD, found]).settled == 1
    assert len(desk.ids()) == 4


def test_what_was_undone_is_no_decision_any_more(desk: Desk) -> None:
    third = desk.ids()[2]
    made = corrections.reject(desk.store, third, reason="no report", **desk.by())
    desk.again([FIRST, SECOND, THIRD])
    desk.store.undo(made, user="anna", at=desk.by()["at"])
    assert third in desk.ids()
    assert desk.again([FIRST, SECOND]).retired == 1


def test_another_report_with_the_same_cue_is_found_as_ever(desk: Desk) -> None:
    second = desk.ids()[1]
    corrections.reject(desk.store, second, reason="no report", **desk.by())
    other = SECOND.model_copy(update={"key": "8", "content": at(STORY, "أكبر موانئ قمرية")})
    done = desk.again([FIRST, THIRD.model_copy(update={"responds_to": None}), other])
    assert (done.added, done.settled) == (1, 0)
