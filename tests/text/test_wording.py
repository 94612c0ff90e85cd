"""Two wordings are the same when nothing but their edges differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.text.wording import comparable, wording

BARE = "الضريبة ستنخفض في آذار المقبل"


@pytest.mark.parametrize(
    "dressed",
    [
        f"«{BARE}».",
        f"”{BARE} “،",
        f"\u200f{BARE}\u200f…",
        f"  {BARE}\n",
        BARE.replace(" ", " \n "),
        BARE.replace("آ", "ا\u0653"),
        f'"{BARE}!"',
    ],
)
def test_marks_at_the_edges_do_not_make_other_words(dressed: str) -> None:
    assert wording(dressed) == BARE


@pytest.mark.parametrize(
    "other",
    [
        BARE + "؟",  # a question is no assertion
        BARE.replace("آذار", "اذار"),  # folding is for finding, not for deciding
        BARE.replace("الضريبة", "«الضريبة»"),
        "لن " + BARE,
    ],
)
def test_other_words_stay_other_words(other: str) -> None:
    assert wording(other) != BARE


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("he will raise the tax", True),
        ("he will raise taxes", False),
        ("he — will — raise taxes", False),
        ("налог снизят на 5 процентов", True),
        ("", False),
        ("«»", False),
    ],
)
def test_only_five_words_or_more_are_told_apart(text: str, enough: bool) -> None:
    assert (comparable(text) is not None) is enough


@given(st.text())
def test_a_wording_is_its_own_wording(text: str) -> None:
    assert wording(wording(text)) == wording(text)
