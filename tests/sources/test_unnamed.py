"""Whom nobody names, in three languages: what they are, of which state, and why: `unnamed.csv`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from claimtrack.sources import Resolver
from claimtrack.sources.anonymity import reason
from claimtrack.sources.facts import facts

_TABLE = Path(__file__).parent / "unnamed.csv"
_ROWS = list(csv.DictReader(_TABLE.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['lang']}-{row['mention']}")
def test_who_is_not_named_is_told_by_the_noun(resolver: Resolver, row: dict[str, str]) -> None:
    source = resolver.mention(row["mention"], row["lang"], scope="article").source
    assert source is not None
    assert source.kind in ("unnamed", "collective")
    assert (source.type, source.country or "") == (row["type"], row["country"])


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['lang']}-{row['mention']}")
def test_a_reason_is_read_where_one_is_given_and_nowhere_else(row: dict[str, str]) -> None:
    mention = row["mention"]
    assert (reason(mention, 0, len(mention), facts(row["lang"])) or "") == row["why"]


@pytest.mark.parametrize(
    ("lang", "mention"),
    [
        ("ar", "سيمون ألبرتون"),  # ends as many people do
        ("ar", "اللواء سمير الحاج"),
        ("ar", "ملاك الهمرش"),
        ("en", "Victor Sanders"),
    ],
)
def test_a_name_that_is_written_like_such_a_noun_stays_a_name(
    resolver: Resolver, lang: str, mention: str
) -> None:
    found = resolver.mention(mention, lang, scope="article").source
    assert found is not None
    assert found.kind == "person"


@pytest.mark.parametrize(
    ("lang", "mention", "sort"),
    [
        ("ar", "منظمة السنبلة", "ngo"),  # spelt as "its organiser" is
        ("en", "independent experts", "expert"),  # as a newspaper is called
        ("ru", "Пожарная служба", "government"),
        ("ru", "рабочая группа", "other"),
    ],
)
def test_a_word_that_is_written_like_such_a_noun_is_not_taken_for_it(
    resolver: Resolver, lang: str, mention: str, sort: str
) -> None:
    assert resolver.mention(mention, lang, scope="article").type == sort


def test_a_wish_to_be_named_is_no_reason() -> None:
    assert reason("the aide refused to speak in the hall", 0, 8, facts("en")) is None
    assert reason("طلب الكشف عن هويته فورا", 0, 3, facts("ar")) is None
