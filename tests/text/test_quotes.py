"""Quotation marks of every kind, also where a typist got them wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.text.quotes import quotations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('قال "نعم".', ['"نعم"']),
        ("قال «نعم».", ["«نعم»"]),
        ("قال “نعم”.", ["“نعم”"]),
        ("قال ”نعم“.", ["”نعم“"]),
        ("موقع “نور “، قال", ["“نور “"]),
        ('و"سهل" و"جبل"', ['"سهل"', '"جبل"']),
        ('«قال "نعم" ومضى»', ['«قال "نعم" ومضى»', '"نعم"']),
        ("he said 'yes' and left", ["'yes'"]),
        ("the ministry's 'plan'", ["'plan'"]),
        ("don't", []),
        ("لا شيء", []),
        ("»", []),
    ],
)
def test_marks_are_paired(text: str, found: list[str]) -> None:
    assert [text[mark.start : mark.end] for mark in quotations(text) if mark.closed] == found


def test_a_mark_opened_twice_and_closed_once_keeps_the_inner_pair() -> None:
    text = 'نقلا عن "مصدر قوله إن "الجسر سليم".'
    closed = [text[mark.start : mark.end] for mark in quotations(text) if mark.closed]
    assert closed == ['"الجسر سليم"']


def test_an_opening_that_nothing_closes_reaches_to_the_end_of_its_paragraph() -> None:
    text = "قال: «لن نقبل\nثم مضى"
    (mark,) = quotations(text)
    assert (text[mark.start : mark.end], mark.closed) == ("«لن نقبل", False)


@given(text=st.text(st.sampled_from("ab \n\"“”«»'’‘"), max_size=30))
def test_quotations_lie_in_the_text_and_never_cross_a_line(text: str) -> None:
    for mark in quotations(text):
        assert 0 <= mark.start < mark.end <= len(text)
        assert "\n" not in text[mark.start : mark.end]
