"""Who has one origin with whom, and when, as a database's sources and their relations tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from claimtrack.model.attribution import Extraction
from claimtrack.model.document import StatedTime
from claimtrack.model.source import Source, SourceRelation
from claimtrack.model.vocabulary import Precision, SourceKind, SourceRelationKind, SourceType
from claimtrack.sources import Registry
from claimtrack.store import Store, log, reports, source_edits
from claimtrack.store.belonging import Belonging

from .build import AT, USER, add, said, version_of

SPEAKS, MEMBER = SourceRelationKind.SPEAKS_FOR, SourceRelationKind.MEMBER_OF
OWNED = SourceRelationKind.OWNED_BY


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def by(minutes: int = 0) -> log.By:
    return log.By(USER, AT + timedelta(minutes=minutes))


def hold(store: Store, sources: Sequence[Source]) -> None:
    with store.transaction():
        source_edits.put_parents(store.connection, sources, by())


def with_parents(registry: Registry, keys: Iterable[str]) -> list[Source]:
    found: dict[str, Source] = {}
    waiting = list(keys)
    while waiting:
        source = registry.get(waiting.pop())
        if source and source.key not in found:
            found[source.key] = source
            waiting += [each.parent for each in source.relations]
    return list(found.values())


def group(store: Store, registry: Registry, key: str, day: date | None = None) -> str:
    source = registry.get(key)
    assert source
    return Belonging(store.connection).group(source.id, day)


def made(key: str, *relations: SourceRelation, kind: SourceKind = SourceKind.BODY) -> Source:
    return Source(key=key, name=key, kind=kind, type=SourceType.OTHER, relations=relations)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("us-foreign", "us-foreign/spokesperson"),
        ("ru:embassy:us", "ru:foreign"),
        ("ru:ambassador:us", "ru:foreign"),
        ("tass", "rt"),
        ("maria-zakharova", "ru:foreign"),
    ],
)
def test_these_are_one_origin(store: Store, registry: Registry, first: str, second: str) -> None:
    hold(store, with_parents(registry, (first, second)))
    assert group(store, registry, first) == group(store, registry, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ru:foreign", "ru:defence"),
        ("reuters", "afp"),
        ("nancy-pelosi", "ru:foreign"),
        ("us:embassy:ru", "ru:embassy:us"),
        ("interfax", "tass"),
    ],
)
def test_these_are_two(store: Store, registry: Registry, first: str, second: str) -> None:
    hold(store, with_parents(registry, (first, second)))
    assert group(store, registry, first) != group(store, registry, second)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2017, 6, 1), "cia"),
        (date(2020, 6, 1), "us-foreign"),
        (date(2023, 6, 1), "mike-pompeo"),
    ],
)
def test_who_speaks_for_a_body_does_so_within_the_dates_of_the_office_only(
    store: Store, registry: Registry, day: date, expected: str
) -> None:
    hold(store, with_parents(registry, ["mike-pompeo"]))
    wanted = registry.get(expected)
    assert wanted
    assert group(store, registry, "mike-pompeo", day) == wanted.id


def test_membership_makes_nobody_anothers_voice(store: Store) -> None:
    cabinet = made("cabinet")
    ministry = made("ministry", SourceRelation(kind=MEMBER, parent="cabinet"))
    hold(store, [cabinet, ministry])
    assert Belonging(store.connection).group(ministry.id) == ministry.id


def test_all_in_a_circle_are_one(store: Store) -> None:
    back = made("back", SourceRelation(kind=SPEAKS, parent="forth"))
    forth = made("forth", SourceRelation(kind=OWNED, parent="back"))
    hold(store, [back, forth])
    belonging = Belonging(store.connection)
    assert {belonging.group(each.id) for each in (back, forth)} == {min(back.id, forth.id)}


def test_what_was_merged_belongs_where_the_kept_one_does(store: Store) -> None:
    one, other = made("one"), made("other")
    owner, same = made("owner"), made("same")
    outlet = made("outlet", SourceRelation(kind=OWNED, parent="same"), kind=SourceKind.OUTLET)
    hold(store, [one, other, owner, same, outlet])
    with store.transaction():
        source_edits.merge(store.connection, one.id, other.id, "same", by(1))
        source_edits.merge(store.connection, owner.id, same.id, "same", by(2))
    belonging = Belonging(store.connection)
    assert belonging.group(other.id) == belonging.group(one.id) == one.id
    assert belonging.group(outlet.id) == owner.id


def told(store: Store, source: Source, sources: Sequence[Source], when: StatedTime) -> None:
    text = f"{source.name} said that rain will fall on {when.stated or 'some day'}."
    found = said(text, "1", "said", text[text.index("rain") : -1], source=source.name)
    found = found.model_copy(update={"source_id": source.id})
    version = version_of(text, lang="en", url=f"https://a.invalid/{when.stated}", published=when)
    add(store, version, Extraction(attributions=(found,)), sources)


def stated(year: int, precision: Precision = Precision.DAY) -> StatedTime:
    utc = datetime(year, 1, 1 if precision is Precision.YEAR else 9, tzinfo=UTC)
    return StatedTime(stated=f"{year} {precision}", utc=utc, precision=precision)


def test_a_report_belongs_where_its_source_did_when_it_was_published(store: Store) -> None:
    first, second = made("first-office"), made("second-office")
    terms = (
        SourceRelation(
            kind=SPEAKS, parent="first-office", since=date(2030, 1, 1), until=date(2030, 12, 31)
        ),
        SourceRelation(
            kind=SPEAKS, parent="second-office", since=date(2031, 1, 1), until=date(2031, 12, 31)
        ),
    )
    holder = made("Lena Adem", *terms, kind=SourceKind.PERSON)
    times = [stated(2030), stated(2031), stated(2032), stated(2031, Precision.YEAR)]
    for when in times:
        told(store, holder, [first, second, holder], when)
    got = [each.group for each in reports.every(store.connection)]
    assert got == [first.id, second.id, holder.id, first.id]


def test_reports_of_merged_sources_are_of_one(store: Store) -> None:
    one, other = made("Body One"), made("Body Other")
    told(store, one, [one], stated(2030))
    told(store, other, [other], stated(2031))
    with store.transaction():
        source_edits.merge(store.connection, one.id, other.id, "same", by(1))
    got = [(each.source_id, each.group, each.name) for each in reports.every(store.connection)]
    assert got == [(one.id, one.id, "Body One")] * 2
