"""What a page knows of its quotations."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.extract.tokens import Page, read_page
from claimtrack.model.span import Span
from claimtrack.text.quotes import quotations

TEXTS = st.lists(
    st.sampled_from(
        ['"', "“", "”", "«", "»", "'", "‘", "’", "a", "قال", " ", " ", "\n", ".", ",", "("]
    )
).map("".join)


def page(text: str) -> Page:
    return read_page(text, (Span(0, len(text)),))


@given(TEXTS)
def test_a_token_is_inside_the_innermost_quotation_that_holds_it(text: str) -> None:
    read = page(text)
    for at, opener in enumerate(read.inside):
        token = read.tokens[at]
        holding = [
            mark.start
            for mark in quotations(text)
            if mark.start < token.start and token.end <= mark.end - mark.closed
        ]
        start = read.tokens[opener].start if opener >= 0 else None
        assert start == max(holding, default=None)


@given(TEXTS)
def test_quotations_are_nested_or_apart(text: str) -> None:
    marks = quotations(text)
    for outer in marks:
        for inner in marks:
            if outer.start < inner.start < outer.end:
                assert inner.end <= outer.end


@given(TEXTS)
def test_each_closed_quotation_is_known_from_both_ends(text: str) -> None:
    read = page(text)
    for end, first in read.openers.items():
        assert read.closers[first] == end
    closed = [mark for mark in quotations(text) if mark.closed]
    assert len(read.openers) == len(closed)
