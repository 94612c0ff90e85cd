"""A part of the database is read as if there were no more, and then it is whole again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from claimtrack.errors import DatabaseError, NothingChosenError, UnknownIdError
from claimtrack.store import Store, read, whole
from claimtrack.store.selection import Wanted, only
from tests.export.world import (
    ANONYMOUS,
    CHAIN,
    CIRCLE,
    DENIAL,
    HOSTILE,
    NASTY,
    RUSSIAN,
    build,
    reports,
)
from tests.match.stories import AGENCY, MINISTRY


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("part") / "world.db"
    with Store.open(path, create=True) as opened:
        build(opened)
    with Store.open(path, readonly=True) as opened:
        yield opened


def chosen(store: Store, **wanted: object) -> set[str]:
    with only(store.connection, Wanted(**wanted)):  # type: ignore[arg-type]
        return {one.id for one in read.all_attributions(store.connection)}


def claim_of(store: Store, report: str) -> str:
    return read.attribution(store.connection, report).claim_id


def test_a_claim_comes_with_what_it_was_taken_from_and_what_was_taken_from_it(
    world: Store,
) -> None:
    told = [*reports(world, CHAIN), *reports(world, DENIAL), *reports(world, RUSSIAN)]
    assert chosen(world, claims=(claim_of(world, told[1]),)) == set(told)


def test_a_report_in_a_circle_comes_with_the_circle(world: Store) -> None:
    circle = [reports(world, one)[0] for one in CIRCLE]
    assert chosen(world, claims=(claim_of(world, circle[0]),)) == set(circle)


def test_a_document_comes_with_what_it_was_taken_from_only(world: Store) -> None:
    said, denied = reports(world, DENIAL)
    found = chosen(world, documents=(DENIAL.version.document_id,))
    assert found == {said, denied, reports(world, CHAIN)[1]}


@pytest.mark.parametrize("name", ["Qamaria News Agency", AGENCY.id])
def test_a_source_is_chosen_by_id_or_name(world: Store, name: str) -> None:
    assert reports(world, CHAIN)[0] in chosen(world, sources=(name,))
    assert reports(world, CHAIN)[1] not in chosen(world, sources=(name,))


def test_options_narrow_each_other_and_repeated_ones_add_up(world: Store) -> None:
    both = chosen(world, sources=(AGENCY.id, MINISTRY.id))
    assert both > chosen(world, sources=(AGENCY.id,))
    assert chosen(world, sources=(MINISTRY.id,), lang="ru") == set(reports(world, RUSSIAN))
    assert chosen(world, query="الجسر") == set(reports(world, ANONYMOUS))


def test_what_has_no_date_is_counted_when_a_date_is_asked_for(world: Store) -> None:
    everything = chosen(world)
    with only(world.connection, Wanted(since=date(2025, 3, 3), until=date(2025, 3, 3))) as found:
        assert found.undated == 1
        kept = {one.id for one in read.all_attributions(world.connection)}
    assert everything - kept == set(reports(world, ANONYMOUS))


@pytest.mark.parametrize(
    "wanted",
    [
        {"since": date(2025, 3, 4)},
        {"until": date(2025, 3, 2)},
        {"since": date.max},
        {"until": date.min},
        {"query": "…"},
        {"query": "\udcff"},
        {"lang": "xx"},
    ],
    ids=str,
)
def test_nothing_chosen_is_told(world: Store, wanted: dict[str, object]) -> None:
    with pytest.raises(NothingChosenError):
        chosen(world, **wanted)


@pytest.mark.parametrize("kind", ["claims", "documents", "sources"])
def test_an_unknown_id_is_told(world: Store, kind: str) -> None:
    with pytest.raises(UnknownIdError, match="abcdef0"):
        chosen(world, **{kind: ("abcdef0",)})


def test_only_what_the_reports_stand_on_is_there(world: Store) -> None:
    with only(world.connection, Wanted(documents=(HOSTILE.version.document_id,))):
        found = {
            name: len(list(getattr(whole, name)(world.connection)))
            for name in ("documents", "claims", "sources", "captures", "bodies", "judgements")
        }
        assert found == {
            "documents": 1,
            "claims": 1,
            "sources": 0,
            "captures": 0,
            "bodies": 0,
            "judgements": 0,
        }
        assert [one["rating"] for one in whole.reviews(world.connection)] == [NASTY]
    with only(world.connection, Wanted(documents=(CHAIN.version.document_id,))):
        # the ministry speaks for the state
        assert len(list(whole.sources(world.connection))) == 3
        assert len(list(whole.captures(world.connection))) == 1
        assert len(list(whole.bodies(world.connection))) == 1


def test_afterwards_the_database_is_whole_again(world: Store) -> None:
    before = read.counts(world.connection)

    def fail() -> None:
        with only(world.connection, Wanted(lang="ru")):
            assert read.counts(world.connection) != before
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert read.counts(world.connection) == before
    assert world.connection.execute("PRAGMA query_only").fetchone() == (1,)
    assert not world.connection.execute("SELECT * FROM temp.sqlite_master").fetchall()


def test_a_part_of_a_part_is_refused(world: Store) -> None:
    with (
        only(world.connection, Wanted(lang="ru")),
        pytest.raises(DatabaseError, match="already"),
        only(world.connection, Wanted(lang="ru")),
    ):
        pass


def test_a_read_only_database_stays_as_it_is(world: Store) -> None:
    before = Path(world.path).read_bytes()
    chosen(world, lang="ru")
    assert Path(world.path).read_bytes() == before
