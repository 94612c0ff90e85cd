"""Folding levels spellings, and always leads back to the original's code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.text.fold import fold, folded

ARABIC = st.text(
    st.one_of(
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.sampled_from("aZ \n…ёЁй\u0306\u200f\u202e"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قَالَت", "قالت"),
        ("أكّد إنّ آخر", "اكد ان اخر"),
        ("السفارة الأمريكيّة على", "السفاره الامريكيه علي"),
        ("مؤكدا بيئة", "موكدا بييه"),
        ("الــبنتاغون", "البنتاغون"),
        ("١٢٣ ۴۵", "123 45"),
        ("ﻻ", "لا"),
        ("Ёлка", "елка"),
        ("SAID…", "said..."),
        ("a\u200bb\ufeff\u00adc", "abc"),
        ("", ""),
    ],
)
def test_spellings_of_one_word_are_levelled(text: str, wanted: str) -> None:
    assert fold(text) == wanted


@given(ARABIC)
def test_ranges_in_a_row_lead_back_as_each_does_alone(text: str) -> None:
    there = folded(text)
    ranges = [(at, at + 2) for at in range(0, len(there.text) - 1, 2)]
    assert list(there.originals(ranges)) == [there.original(*part) for part in ranges]


@given(text=st.one_of(st.text(max_size=40), ARABIC))
def test_folding_with_the_way_back_is_the_same_folding(text: str) -> None:
    assert folded(text).text == fold(text)


@given(text=st.one_of(st.text(max_size=40), ARABIC))
def test_every_folded_character_leads_to_a_place_in_the_original(text: str) -> None:
    there = folded(text)
    last = 0
    for at in range(len(there.text)):
        span = there.original(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)
        assert span.start >= last
        last = span.start
        assert there.forward(span.start) <= at


@given(text=st.one_of(st.text(max_size=40), ARABIC))
def test_the_way_forward_never_turns_back(text: str) -> None:
    there = folded(text)
    places = [there.forward(at) for at in range(len(text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(there.text) for place in places)


def test_a_folded_word_leads_to_the_marked_word() -> None:
    text = "ثم قَالَ إنّه"
    there = folded(text)
    at = there.text.index("قال")
    assert there.original(at, at + 3).of(text) == "قَالَ"


def test_an_empty_range_leads_to_a_point() -> None:
    span = folded("قَالَ").original(1, 1)
    assert span.start == span.end
