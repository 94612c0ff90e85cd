"""Who has one origin with whom, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from claimtrack.model.source import SourceRelation
from claimtrack.model.vocabulary import SourceRelationKind
from claimtrack.sources import Registry
from claimtrack.sources.origin import origin_group


def group(registry: Registry, key: str, day: date | None = None) -> str:
    def relations(one: str) -> Iterable[SourceRelation]:
        source = registry.get(one)
        return source.relations if source else ()

    return origin_group(key, relations, day)


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
def test_these_are_one_origin(registry: Registry, first: str, second: str) -> None:
    assert group(registry, first) == group(registry, second)


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
def test_these_are_two(registry: Registry, first: str, second: str) -> None:
    assert group(registry, first) != group(registry, second)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2017, 6, 1), "cia"),
        (date(2020, 6, 1), "us-foreign"),
        (date(2023, 6, 1), "mike-pompeo"),
    ],
)
def test_who_speaks_for_a_body_does_so_within_the_dates_of_the_office_only(
    registry: Registry, day: date, expected: str
) -> None:
    assert group(registry, "mike-pompeo", day) == expected


def test_a_circle_ends() -> None:
    back = {
        "a": [SourceRelation(kind=SourceRelationKind.SPEAKS_FOR, parent="b")],
        "b": [SourceRelation(kind=SourceRelationKind.ACCOUNT_OF, parent="a")],
    }
    assert origin_group("a", lambda key: back[key], None) == "b"
