"""The database as it was, or as it would be without a document: every reader answers for that."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from claimtrack.errors import DatabaseError, UnknownIdError
from claimtrack.model.vocabulary import Verdict
from claimtrack.store import Store, read
from claimtrack.store.asof import as_of
from claimtrack.store.dump import canonical
from tests.store.build import AT, add, report

HOUR = timedelta(hours=1)


@pytest.fixture
def claims(store: Store) -> list[str]:
    """Three claims, the first two joined an hour later and parted after two."""
    for number in range(3):
        add(store, *report(number))
    found = [row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY number")]
    made = store.judge(
        found[0], found[1], Verdict.POSITIVE, evidence="x", run=None, user="anna", at=AT + HOUR
    )
    store.undo(made, user="anna", at=AT + 2 * HOUR)
    return found


def reported(store: Store, claim: str) -> int:
    return len(read.claim(store.connection, claim).attributions)


def test_clusters_are_those_of_the_judgements_that_were_live(
    store: Store, claims: list[str]
) -> None:
    found = []
    for hours in (0.5, 1.5, 2.5):
        with as_of(store.connection, AT + hours * HOUR):
            found.append(reported(store, claims[1]))
    assert found == [1, 2, 1]
    assert reported(store, claims[1]) == 1


def test_before_anything_was_recorded_there_is_nothing(store: Store, claims: list[str]) -> None:
    with as_of(store.connection, AT - HOUR):
        assert read.counts(store.connection).claims == 0
        with pytest.raises(UnknownIdError):
            read.claim(store.connection, claims[0])


def test_without_a_document_its_reports_are_gone(store: Store, claims: list[str]) -> None:
    document = read.claim(store.connection, claims[0]).attributions[0].document.id
    with as_of(store.connection, None, without=document):
        assert read.counts(store.connection).documents == 2
        with pytest.raises(UnknownIdError):
            read.claim(store.connection, claims[0])
    assert read.counts(store.connection).documents == 3


def test_both_at_once(store: Store, claims: list[str]) -> None:
    document = read.claim(store.connection, claims[0]).attributions[0].document.id
    with as_of(store.connection, AT + 1.5 * HOUR, without=document):
        assert reported(store, claims[1]) == 1


def test_nothing_is_written_and_a_reader_may_do_it(
    store: Store, claims: list[str], tmp_path: Path
) -> None:
    before = list(canonical(store.connection))
    with Store.open(store.path, readonly=True) as reader, as_of(reader.connection, AT + 1.5 * HOUR):
        assert reported(reader, claims[0]) == 2
    assert list(canonical(store.connection)) == before


def test_two_times_at_once_are_refused_and_an_error_leaves_nothing_behind(
    store: Store, claims: list[str]
) -> None:
    with (
        pytest.raises(DatabaseError, match="another time"),
        as_of(store.connection, AT),
        as_of(store.connection, AT),
    ):
        pass
    with as_of(store.connection, AT):
        assert read.counts(store.connection).claims == 3
