"""What people decided goes with an export, and comes back with an import."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from claimtrack.export import export
from claimtrack.export.importing import Imported, import_file
from claimtrack.model.vocabulary import Stance
from claimtrack.review import corrections
from claimtrack.store import Store, decisions, read
from claimtrack.store.dump import canonical
from claimtrack.store.selection import Wanted
from claimtrack.store.verify import verify
from tests.review.linked import add_linked
from tests.review.test_reading_again import NEWER
from tests.store.build import (
    AT,
    SOURCES,
    STORY,
    USER,
    at,
    report,
    story,
    story_found,
)


def by(minute: int, name: str = "anna") -> dict[str, Any]:
    return {"by": name, "at": AT + timedelta(minutes=minute)}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    """A desk where every kind of decision was made about the reports of a story."""
    with Store.open(tmp_path / "desk.db", create=True) as store:
        add_linked(store)
        first, second, third = (one.id for one in shown(store))
        draft = corrections.draft_of(store.connection, second)
        changed = draft.changed(stance=Stance.DISPUTING)
        corrections.correct(store, second, changed, reason="it does", **by(1))
        corrections.accept(store, first, **by(2))
        corrections.reject(store, third, reason="no report", **by(3))
        words = corrections.Draft(content=at(STORY, "أكبر موانئ قمرية"))
        corrections.add_missed(store, story().id, words, **by(4))
        new = shown(store)[1]
        parts = [changed.changed(content=at(STORY, each)) for each in ("أُغلق", "أمام السفن")]
        corrections.split(store, new.id, parts, **by(5))
        corrections.complete(store, story().id, **by(6, "boris"))
        yield store


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "empty.db", create=True) as store:
        yield store


def shown(store: Store) -> Any:
    return read.version_attributions(store.connection, story().id)


def dump(store: Store) -> list[str]:
    assert verify(store.connection) == ()
    return list(canonical(store.connection))


def taken(store: Store, other: Store, path: Path, wanted: Wanted | None = None) -> Imported:
    """Take one database's export into another one."""
    out = BytesIO()
    export("json", other.connection, out, wanted, check=True)
    (path / "out.json").write_bytes(out.getvalue())
    return import_file(store, path / "out.json", at=AT + timedelta(days=1), user="omar")


def test_an_empty_database_becomes_the_same(desk: Store, empty: Store, tmp_path: Path) -> None:
    done = taken(empty, desk, tmp_path)
    assert done.left_out == {}
    assert dump(empty) == dump(desk)
    query = "SELECT claim_id, cluster_id FROM claim_cluster ORDER BY claim_id"
    known = [store.connection.execute(query).fetchall() for store in (desk, empty)]
    assert known[0] == known[1]
    assert set(taken(empty, desk, tmp_path).put.values()) <= {0}


def test_what_was_rejected_there_does_not_come_back_here(
    desk: Store, empty: Store, tmp_path: Path
) -> None:
    taken(empty, desk, tmp_path)
    before = [one.id for one in shown(empty)]
    empty.reextract(
        story(), story_found(), SOURCES, run=NEWER, at=AT + timedelta(days=2), user=USER
    )
    assert sorted(one.id for one in shown(empty)) == sorted(before)


def test_every_decision_can_be_undone_here_too(desk: Store, empty: Store, tmp_path: Path) -> None:
    taken(empty, desk, tmp_path)
    ids = empty.connection.execute("SELECT id FROM correction ORDER BY number DESC").fetchall()
    for minute, (one,) in enumerate(ids):
        assert empty.undo(one, user="omar", at=AT + timedelta(days=3, minutes=minute))
    assert {one.run for one in shown(empty)} == {"rules 1.0"}
    assert len(shown(empty)) == 3
    assert verify(empty.connection) == ()


def test_a_part_takes_along_what_was_decided_of_it(
    desk: Store, empty: Store, tmp_path: Path
) -> None:
    whole = Wanted(documents=(story().document_id,))
    assert taken(empty, desk, tmp_path, whole).put["correction"] == 6
    assert [one.id for one in shown(empty)] == [one.id for one in shown(desk)]


def test_a_desk_that_holds_the_same_text_takes_the_decisions(
    desk: Store, empty: Store, tmp_path: Path
) -> None:
    add_linked(empty)
    done = taken(empty, desk, tmp_path)
    assert done.left_out == {}
    assert {one.id for one in shown(empty)} == {one.id for one in shown(desk)}
    assert verify(empty.connection) == ()


def test_what_was_decided_here_counts(desk: Store, empty: Store, tmp_path: Path) -> None:
    add_linked(empty)
    first = shown(empty)[0].id
    corrections.reject(empty, first, reason="no", **by(1, "omar"))
    done = taken(empty, desk, tmp_path)
    assert done.left_out["correction of what was decided here"] >= 1
    assert first not in [one.id for one in shown(empty)]
    assert verify(empty.connection) == ()


def test_tables_say_who_reviewed_a_report(desk: Store) -> None:
    out = BytesIO()
    export("csv", desk.connection, out)
    rows = list(csv.DictReader(StringIO(out.getvalue().decode("utf-8-sig"))))
    told = {one["attribution"]: one["reviewed_by"] for one in rows}
    flat = desk.connection.execute("SELECT attribution, reviewed_by FROM attributions").fetchall()
    assert told == {row_id: who or "" for row_id, who in flat}
    assert sorted(told.values()) == ["", "", *["anna"] * 4]


def test_readers_are_told_who_looked_at_what(desk: Store) -> None:
    looked = decisions.people(desk.connection, [one.id for one in shown(desk)])
    assert sorted({one.by for one in looked.values()}) == ["anna"]
    assert len(looked) == len(shown(desk))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("webannotation", '"creator":{"type":"Person","name":"anna"}'),
        ("nanopub", 'a prov:Person ;\n  rdfs:label "anna"'),
        ("turtle", "prov:Person"),
    ],
)
def test_other_formats_name_the_person_too(desk: Store, name: str, told: str) -> None:
    out = BytesIO()
    export(name, desk.connection, out, check=True)
    text = out.getvalue().decode()
    assert told.replace(" ", "") in text.replace(" ", "")
    assert "person anna" not in text


def test_a_dossier_says_who_looked_at_each_report(desk: Store) -> None:
    version, _ = report(1)
    (unseen,) = read.version_attributions(desk.connection, version.id)
    for claim, told in ((shown(desk)[0].claim_id, "anna"), (unseen.claim_id, "nobody; found by")):
        out = BytesIO()
        export("dossier", desk.connection, out, Wanted(claims=(claim,)))
        assert f"Looked at by: {told}" in out.getvalue().decode()
