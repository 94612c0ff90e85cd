"""docs/vocabulary.md explains every value of every closed set, in the order of the enums."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

from claimtrack.model import vocabulary

PAGE = Path(__file__).parents[2] / "docs" / "vocabulary.md"
SETS = [
    found
    for found in vars(vocabulary).values()
    if isinstance(found, type) and issubclass(found, StrEnum) and found is not StrEnum
]


def sections() -> dict[str, str]:
    """Return the page's sections by their headings."""
    _, *parts = re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    return {heading.strip(): body for heading, _, body in (part.partition("\n") for part in parts)}


def test_every_closed_set_has_a_section_in_the_order_of_the_module() -> None:
    assert list(sections()) == [closed.__name__ for closed in SETS]


@pytest.mark.parametrize("closed", SETS, ids=lambda closed: closed.__name__)
def test_every_value_is_explained_once_and_in_order(closed: type[StrEnum]) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", sections()[closed.__name__], flags=re.MULTILINE)
    assert [value for value, _ in rows] == [value.value for value in closed]
    assert all(meaning.endswith(".") and len(meaning.split()) > 1 for _, meaning in rows)
