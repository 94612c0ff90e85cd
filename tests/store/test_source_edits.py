"""A desk's edits of sources: recorded beside the rows, in the log, and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from claimtrack.errors import BlockedJudgementError, DatabaseError, DependedOnError, UnknownIdError
from claimtrack.model.attribution import Extraction
from claimtrack.model.source import Source, SourceName
from claimtrack.model.vocabulary import NameKind, SourceKind, SourceType, Verdict
from claimtrack.store import Store, log, read, source_edits
from claimtrack.store.verify import verify

from .build import AGENCY, AT, MINISTRY, STATE, USER, add, report


def by(minutes: int = 0) -> log.By:
    return log.By(USER, AT + timedelta(minutes=minutes))


def made(key: str) -> Source:
    return Source(key=key, name=key.title(), kind=SourceKind.BODY, type=SourceType.NGO)


A, B, C = made("own-a"), made("own-b"), made("own-c")


@pytest.fixture
def desk(store: Store) -> Store:
    with store.transaction():
        source_edits.put_parents(store.connection, [STATE, MINISTRY, AGENCY, A, B, C], by())
    return store


def merge(desk: Store, kept: Source, other: Source, minute: int = 1) -> str:
    with desk.transaction():
        return source_edits.merge(desk.connection, kept.id, other.id, "same", by(minute))


def split(desk: Store, taken: Source, other: Source, minute: int = 2) -> str:
    with desk.transaction():
        return source_edits.split(desk.connection, taken.id, other.id, "differ", by(minute))


def undo(desk: Store, edit: str | None = None, minute: int = 9) -> None:
    with desk.transaction():
        source_edits.undo(desk.connection, edit, by(minute))


def shown(desk: Store) -> set[str]:
    return {row.ref.name for row in read.sources(desk.connection)}


def rows(desk: Store) -> list[tuple[str, ...]]:
    return desk.connection.execute(
        "SELECT id, key, name, retired_at FROM source ORDER BY id"
    ).fetchall()


def test_merged_sources_are_one_under_the_first_and_no_row_changes(desk: Store) -> None:
    before = rows(desk)
    merge(desk, B, A)
    merge(desk, B, C, 2)
    assert shown(desk) == {"Own-B", STATE.name, MINISTRY.name, AGENCY.name}
    for each in (A, B, C):
        view = read.source(desk.connection, each.id)
        assert view.source.key == "own-b"
        assert {other.key for other in view.merged} == {"own-a", "own-c"}
    assert rows(desk) == before
    assert verify(desk.connection) == ()


def test_merged_sources_count_once_among_those_of_a_claim(desk: Store) -> None:
    for number, source in enumerate((A, B, C)):
        version, found = report(number)
        by_it = found.attributions[0].model_copy(update={"source_id": source.id})
        add(desk, version, Extraction(attributions=(by_it,)), [A, B, C])
    claims = [row[0] for row in desk.connection.execute("SELECT id FROM claim ORDER BY number")]
    for other in claims[1:]:
        desk.judge(claims[0], other, Verdict.POSITIVE, evidence="", run=None, user=USER, at=AT)
    counted = "SELECT reports, sources FROM claims"
    assert desk.connection.execute(counted).fetchall() == [(3, 3)]
    merge(desk, A, B)
    assert desk.connection.execute(counted).fetchall() == [(3, 2)]
    undo(desk)
    assert desk.connection.execute(counted).fetchall() == [(3, 3)]


def test_undoing_a_merge_leaves_everything_as_it_was(desk: Store) -> None:
    before = shown(desk)
    merge(desk, A, B)
    undo(desk)
    assert shown(desk) == before
    assert verify(desk.connection) == ()


def test_a_source_is_not_merged_with_itself(desk: Store) -> None:
    with pytest.raises(DatabaseError, match="cannot be merged with itself"):
        merge(desk, A, A)


def test_sources_that_are_one_are_not_merged_again(desk: Store) -> None:
    merge(desk, A, B)
    with pytest.raises(DatabaseError, match="are one source already"):
        merge(desk, B, A, 2)


def test_sources_judged_different_are_not_merged_naming_the_judgement(desk: Store) -> None:
    judged = split(desk, A, B)
    with pytest.raises(BlockedJudgementError, match=judged):
        merge(desk, A, B, 3)
    merge(desk, B, C, 4)
    with pytest.raises(BlockedJudgementError, match=judged):  # through what is one with it
        merge(desk, A, C, 5)


def test_a_split_takes_a_source_out_and_undoing_it_puts_it_back(desk: Store) -> None:
    merge(desk, A, B)
    merge(desk, A, C, 2)
    judged = split(desk, B, A, 3)
    assert {"Own-A", "Own-B"} <= shown(desk)
    assert "Own-C" not in shown(desk)
    undo(desk, judged)
    assert "Own-B" not in shown(desk)
    assert verify(desk.connection) == ()


def test_what_a_split_ended_does_not_come_back_against_a_later_judgement(desk: Store) -> None:
    merge(desk, A, B)
    first = split(desk, B, A)
    merge(desk, A, C, 3)
    second = split(desk, B, C, 4)
    with pytest.raises(BlockedJudgementError, match=second):
        undo(desk, first)
    assert verify(desk.connection) == ()


def test_a_name_is_found_until_it_is_undone(desk: Store) -> None:
    name = SourceName(text="وكالة أخرى", lang="ar", kind=NameKind.ALIAS)
    with desk.transaction():
        source_edits.alias(desk.connection, AGENCY, name, by(1))
    assert read.resolve_source(desk.connection, "وكالة أخرى") == AGENCY.id
    assert name in read.source(desk.connection, AGENCY.id).source.names
    undo(desk)
    with pytest.raises(UnknownIdError):
        read.resolve_source(desk.connection, "وكالة أخرى")
    assert read.source(desk.connection, AGENCY.id).source.names == AGENCY.names


def test_a_name_of_a_merged_source_leads_to_the_one_it_is_known_as(desk: Store) -> None:
    merge(desk, A, B)
    assert read.resolve_source(desk.connection, "Own-B") == A.id


def test_an_added_source_goes_when_it_is_undone_unless_later_edits_rest_on_it(
    desk: Store,
) -> None:
    new = made("own-new")
    with desk.transaction():
        (added,) = source_edits.add(desk.connection, [new], by(1))
    merged = merge(desk, A, new, 2)
    with pytest.raises(DependedOnError, match=f"{added} cannot be undone: {merged} rests on it"):
        undo(desk, added)
    undo(desk, merged)
    undo(desk, added, 10)
    assert "Own-New" not in shown(desk)
    assert verify(desk.connection) == ()


def test_every_edit_and_its_undoing_is_in_the_log(desk: Store) -> None:
    edit = merge(desk, A, B)
    undo(desk)
    found = [(event.action, event.subject) for event in log.events(desk.connection)]
    assert found == [("sources merge", edit), ("undo", edit)]


def test_nothing_is_left_to_undo_twice(desk: Store) -> None:
    edit = merge(desk, A, B)
    undo(desk)
    with pytest.raises(UnknownIdError):
        undo(desk, edit, 10)
    with pytest.raises(DatabaseError, match="No edit of sources is left to undo"):
        undo(desk, None, 11)


def test_an_edit_needs_somebody_who_made_it(desk: Store) -> None:
    with pytest.raises(DatabaseError, match="needs a user"), desk.transaction():
        source_edits.merge(desk.connection, A.id, B.id, "", log.By("", AT))


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE source_edit SET evidence = 'other'", "is not the id of its content"),
        ("DELETE FROM source_cluster", "is not what the merges make"),
        ("UPDATE source_edit SET retired_at = '2031'", "is not what the merges make"),
    ],
)
def test_what_somebody_changed_is_found(desk: Store, statement: str, problem: str) -> None:
    merge(desk, A, B)
    desk.connection.execute(statement)
    assert any(problem in line for line in verify(desk.connection))
