"""A report is shown in whole sentences, within reach of the words that report it."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from claimtrack.model.span import Span
from claimtrack.store.context import REACH, within
from claimtrack.text.sentences import sentences

WORDS = st.lists(
    st.sampled_from(["قال", "المطر.", "a" * 90, "نزل؟", "\n", "word.", "«نعم!»", "b" * 300, "x.Y"]),
    min_size=2,
    max_size=30,
)


def by_definition(text: str, anchor: tuple[int, int], shown: tuple[int, int]) -> tuple[int, int]:
    """Return the sentences that touch what is shown, cut at the words nearest to the reach."""
    first, last = max(0, anchor[0] - REACH), min(len(text), anchor[1] + REACH)
    while 0 < first < anchor[0] and not text[first - 1].isspace():
        first += 1
    while anchor[1] < last < len(text) and not text[last].isspace():
        last -= 1
    wanted = Span(max(shown[0], first), min(shown[1], last))
    touched = [each for each in sentences(text) if each.overlaps(wanted)]
    start = min([wanted.start, *(each.start for each in touched)])
    end = max([wanted.end, *(each.end for each in touched)])
    return max(start, first), min(end, last)


@given(WORDS, st.data())
def test_the_sentences_that_are_shown_are_those_of_the_definition(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    places = st.integers(0, len(text))
    low, start, end, high = sorted(data.draw(st.lists(places, min_size=4, max_size=4, unique=True)))
    shown = data.draw(st.sampled_from([(low, high), (start, end), (low, end), (start, high)]))
    told = within(text, sentences(text), (start, end), shown)
    assert told == by_definition(text, (start, end), shown)
