"""Words of others stand among ours without steering anything."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.text.shown import harmless, isolate, isolated, piece

CASES = [
    ("Naba", "Naba"),
    ("وكالة نبأ", "\u2068وكالة نبأ\u2069"),
    ("١٢", "\u2068١٢\u2069"),
    ("\u202eabc\u202c", "�abc�"),
    ("\x1b[31mred", "�[31mred"),
    ("\x9b31mred", "�31mred"),
    ("two\n \tlines", "two lines"),
    ("\u2069\u2069escape", "��escape"),
    ("\ud800", "�"),
    ("می\u200cرود", "\u2068می\u200cرود\u2069"),
    ("نبأ\u200f!", "\u2068نبأ\u200f!\u2069"),
]


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_words_of_articles_are_shown_as_words(text: str, shown: str) -> None:
    assert piece(text) == shown


@given(st.text())
def test_what_steers_is_replaced_one_for_one(text: str) -> None:
    shown = harmless(text)
    assert len(shown) == len(text)
    assert harmless(shown) == shown
    kept = {char for char in shown if unicodedata.category(char) == "Cc"}
    assert kept <= {"\n", "\t"}
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not turning & {unicodedata.bidirectional(char) for char in shown}


@given(st.text())
def test_no_piece_ends_its_isolate_early(text: str) -> None:
    shown = piece(text)
    inner = shown.removeprefix("\u2068").removesuffix("\u2069")
    assert shown in (inner, isolate(inner))
    assert not {"\u2066", "\u2067", "\u2068", "\u2069"} & set(inner)


@pytest.mark.parametrize("text", ["", "Naba", "12:30, “x”", "Наба"])
def test_what_runs_from_left_to_right_is_left_alone(text: str) -> None:
    assert isolated(text) == text
