"""What people decided becomes gold: for measuring, for training, and for other desks as lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from claimtrack.evaluation.lines import Line
from claimtrack.evaluation.reviews import reviews
from claimtrack.export import export
from claimtrack.model.attribution import Extraction
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import Stance
from claimtrack.review import corrections
from claimtrack.review.decisions import take
from claimtrack.review.gold import reviewed
from claimtrack.store import Store, read
from claimtrack.store.dump import canonical
from tests.store.build import (
    AT,
    SOURCES,
    STORY,
    add,
    add_story,
    at,
    report,
    said,
    story,
    story_found,
)


def by(minute: int) -> dict[str, Any]:
    return {"by": "anna", "at": AT + timedelta(minutes=minute)}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db", create=True) as store:
        filled(store)
        yield store


def filled(store: Store) -> None:
    add_story(store)
    for number in (1, 2):
        add(store, *report(number))


def ids(store: Store) -> list[str]:
    return [one.id for one in read.version_attributions(store.connection, story().id)]


def gold(store: Store) -> list[dict[str, Any]]:
    return lines(store, "gold")


def lines(store: Store, name: str) -> list[dict[str, Any]]:
    out = BytesIO()
    export(name, store.connection, out, check=True)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def words(line: dict[str, Any], role: str = "content") -> list[str]:
    return [
        " … ".join(line["text"][start:end] for start, end in one[role])
        for one in line["attributions"]
    ]


def test_what_nobody_decided_about_is_no_gold(desk: Store) -> None:
    assert gold(desk) == []


def test_a_text_that_was_read_to_its_end_is_gold_as_people_left_it(desk: Store) -> None:
    _, second, third = ids(desk)
    corrections.reject(desk, third, reason="no report", **by(1))
    draft = corrections.draft_of(desk.connection, second)
    changed = draft.changed(stance=Stance.DISTANCING)
    corrections.correct(desk, second, changed, **by(2))
    corrections.complete(desk, story().id, **by(3))
    (line,) = gold(desk)
    assert line["text"] == STORY
    assert words(line) == [
        "قولها إن ميناء الصدفة أُغلق أمام السفن",
        "ميناء الصدفة أُغلق أمام السفن",
    ]
    assert [one["stance"] for one in line["attributions"]] == ["neutral", "distancing"]
    assert [one["via"] for one in line["attributions"]] == [None, "1"]


def test_what_is_found_later_in_such_a_text_is_no_gold_until_somebody_says_so(desk: Store) -> None:
    corrections.complete(desk, story().id, **by(1))
    new = said(STORY, "4", "تعبيرها", "أكبر موانئ قمرية")
    found = (*story_found().attributions, new)
    later = Run(tool="rules", version="2.0")
    extraction = Extraction(attributions=found)
    at_ = AT + timedelta(minutes=2)
    desk.reextract(story(), extraction, SOURCES, run=later, at=at_, user="tester")
    assert len(ids(desk)) == 4
    assert len(gold(desk)[0]["attributions"]) == 3
    corrections.complete(desk, story().id, **by(3))
    assert len(gold(desk)[0]["attributions"]) == 4


def test_of_other_texts_the_sentences_count_in_which_nothing_is_undecided(desk: Store) -> None:
    first, second, third = ids(desk)
    corrections.accept(desk, third, **by(1))
    corrections.accept(desk, second, **by(2))  # another report of its sentence is undecided
    (line,) = gold(desk)
    assert line["text"] == "وزعمت الوكالة أن «العاصفة بلغت الساحل»، على حد تعبيرها."
    assert words(line) == ["«العاصفة بلغت الساحل»"]
    assert words(line, "source") == ["الوكالة"]
    corrections.accept(desk, first, **by(3))
    (line,) = gold(desk)
    assert len(line["attributions"]) == 3


def test_a_sentence_in_which_all_was_rejected_is_gold_with_nothing_in_it(desk: Store) -> None:
    corrections.reject(desk, ids(desk)[2], reason="no report", **by(1))
    (line,) = gold(desk)
    assert "العاصفة" in line["text"]
    assert line["attributions"] == []


def test_predictions_count_where_people_reviewed(desk: Store) -> None:
    corrections.accept(desk, ids(desk)[2], **by(1))
    held = reviews(desk.connection)
    assert held.extent.model_dump() == {
        "complete": 0,
        "partly": 1,
        "sentences": 1,
        "attributions": 1,
    }
    (key,) = held.gold
    (right,) = held.gold[key].article["attributions"]
    ((start, end),) = at(STORY, "ميناء الصدفة أُغلق")
    elsewhere = {**right, "id": "8", "source": [], "cue": [], "content": [[start, end]]}
    article = {"id": key, "text": STORY, "attributions": [right | {"via": "8"}, elsewhere]}
    (left,) = held.within({key: Line("here", article)})[key].article["attributions"]
    assert (left["id"], left["via"]) == (right["id"], None)


def test_decisions_go_out_as_lines_and_make_another_desk_the_same(
    desk: Store, tmp_path: Path
) -> None:
    first, second, third = ids(desk)
    draft = corrections.draft_of(desk.connection, second)
    corrections.accept(desk, first, reason="seen", **by(1))
    parts = [draft.changed(content=at(STORY, each)) for each in ("أُغلق", "أمام السفن")]
    corrections.split(desk, second, parts, **by(2))
    corrections.join(desk, ids(desk)[1:3], **by(3))
    corrections.reject(desk, third, reason="no report", **by(4))
    new = corrections.Draft(content=at(STORY, "أكبر موانئ قمرية"))
    corrections.add_missed(desk, story().id, new, **by(5))
    undone = corrections.accept(desk, ids(desk)[-1], **by(6))
    desk.undo(undone, user="anna", at=AT + timedelta(minutes=7))
    corrections.complete(desk, story().id, **by(8))
    out = lines(desk, "decisions")
    assert [one["action"] for one in out] == [
        *("accept", "split", "join", "reject", "add", "complete")
    ]
    path = tmp_path / "decisions.jsonl"
    path.write_text("\n".join(map(json.dumps, out)), "utf-8")
    with Store.open(tmp_path / "other.db", create=True) as other:
        filled(other)
        when = AT + timedelta(days=1)
        assert len(take(other, path, by="omar", at=when).made) == len(out)
        assert list(canonical(other.connection)) == list(canonical(desk.connection))
        assert take(other, path, by="omar", at=when).known == len(out)


def test_texts_are_told_in_the_order_of_the_first_decision(desk: Store) -> None:
    version, _ = report(2)
    (late,) = (one.id for one in read.version_attributions(desk.connection, version.id))
    corrections.accept(desk, late, **by(1))
    corrections.complete(desk, story().id, **by(2))
    assert [one.version.id for one in reviewed(desk.connection)] == [version.id, story().id]
