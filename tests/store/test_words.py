from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.store.words import Word, indexed, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قَالَ البِنتاغون", [("قال", "قَالَ", 0, 5), ("البنتاغون", "البِنتاغون", 6, 16)]),
        ("الــبنتاغون", [("البنتاغون", "الــبنتاغون", 0, 11)]),
        ("Ёлка, ещё!", [("елка", "ёлка", 0, 4), ("еще", "ещё", 6, 9)]),
        ("«١٢٣»", [("123", "١٢٣", 1, 4)]),
        ("a_b-c", [("a", "a", 0, 1), ("b", "b", 2, 3), ("c", "c", 4, 5)]),
        ("cafe\u0301", [("café", "café", 0, 5)]),
        ("100\u00a0слов", [("100", "100", 0, 3), ("слов", "слов", 4, 8)]),
        ("\u200f(إنّ)", [("ان", "إنّ", 2, 5)]),
        ("!? \u200f", []),
    ],
)
def test_words_are_folded_and_exact_and_know_their_place(
    text: str, found: list[tuple[str, str, int, int]]
) -> None:
    assert list(words(text)) == [Word(*each) for each in found]


@given(st.text())
@settings(deadline=None)
def test_words_lie_in_the_text_in_order(text: str) -> None:
    found = list(words(text))
    for places in ([word.start for word in found], [word.end for word in found]):
        assert places == sorted(places)
    assert all(text[word.start : word.end] for word in found)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@settings(deadline=None)
def test_the_index_holds_the_words_that_the_text_has(text: str) -> None:
    found = [word.folded for word in words(text)]
    assert indexed(text).split()[: len(found)] == found


def test_stems_follow_the_words_each_once() -> None:
    assert indexed("السفارات والسفارة") == "السفارات والسفاره xsسفار"
