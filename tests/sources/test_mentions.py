"""Single mentions in three languages: `mentions.csv`, a third of it traps, and `bodies.csv`.

The second holds bodies that are told by their words alone, and who is what in them.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from claimtrack.model.source import Resolution
from claimtrack.sources import Resolver


def _rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader((Path(__file__).parent / table).read_text("utf-8").splitlines()))


_ROWS = _rows("mentions.csv")


def _told(found: Resolution) -> str:
    """Return what a mention was resolved to, as the table has it."""
    if found.source is None:
        return found.how.value
    kind = found.source.kind.value
    if kind == "person" and "|" in found.source.key:
        return f"person {found.source.name}"
    if found.how in ("new", "unnamed"):
        return kind if kind in ("unnamed", "collective") else "new"
    return found.source.key


@pytest.mark.parametrize(
    "row",
    [*_ROWS, *_rows("bodies.csv")],
    ids=lambda row: f"{row['lang']}-{row['mention']}",
)
def test_a_mention_is_resolved_to_its_source_or_honestly_not(
    resolver: Resolver, row: dict[str, str]
) -> None:
    found = resolver.mention(row["mention"], row["lang"], scope="article")
    country = found.source.country if found.source else None
    assert _told(found) == row["want"]
    assert (found.type.value, country or "") == (row["type"], row["country"])


def test_the_table_has_a_hundred_mentions_of_each_language_a_third_of_them_traps() -> None:
    for lang in ("ar", "en", "ru"):
        rows = [row for row in _ROWS if row["lang"] == lang]
        assert len(rows) >= 100, lang
        assert sum(bool(row["trap"]) for row in rows) >= len(rows) / 3, lang
