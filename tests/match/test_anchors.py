"""A report is found again where it is, or not at all: never where something like it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.match.anchors import Anchor, State, Texts
from claimtrack.model.span import Span, quote

LEAD = "Rain fell on the plain of Sidrun through the night. "
ALPHA = "Team Alpha said that the northern road had been open since Monday morning. "
BETA = "Team Beta said that the northern road had been open since Monday morning. "
MIDDLE = "The mission has watched the line for two years and keeps forty people there. "
END = "Nobody was hurt, the mayor of the town told reporters in the evening."


def anchor(old: str, words: str, new: str, nth: int = 0) -> Anchor:
    """Return where words of the old text stand in the new one."""
    at = -1
    for _ in range(nth + 1):
        at = old.index(words, at + 1)
    return Texts(old, new).anchor(quote(old, Span(at, at + len(words))))


OPEN = "the northern road had been open since Monday morning"
HURT = "Nobody was hurt"


@pytest.mark.parametrize(
    ("old", "words", "new", "state"),
    [
        (LEAD + ALPHA + END, OPEN, LEAD + ALPHA + END, State.ANCHORED),
        (LEAD + ALPHA + END, OPEN, "New lead. " + ALPHA + LEAD + END, State.ANCHORED),
        (LEAD + END, HURT, END, State.ANCHORED),
        # a letter or a word of a long report was edited
        (LEAD + ALPHA + END, OPEN, LEAD + ALPHA.replace("had been", "has been") + END, State.FUZZY),
        # too much was, or what counts was
        (LEAD + ALPHA + END, OPEN, LEAD + ALPHA.replace("open since", "shut") + END,
         State.ORPHANED),
        (
            LEAD + ALPHA + END,
            OPEN,
            LEAD + ALPHA.replace("had been", "had not been") + END,
            State.ORPHANED,
        ),
        (
            "The ministry counted 112 wounded people in the three towns of the plain. " + END,
            "counted 112 wounded people in the three towns of the plain",
            "The ministry counted 113 wounded people in the three towns of the plain. " + END,
            State.ORPHANED,
        ),
        # it was taken out, and a look-alike stays
        (LEAD + ALPHA + MIDDLE + BETA + END, ALPHA.strip(), LEAD + MIDDLE + BETA + END,
         State.ORPHANED),
        (LEAD + END, HURT, LEAD, State.ORPHANED),
        ("قال الوزير إن السد آمن تماما اليوم. " + END, "السد آمن تماما اليوم",
         "قال الوزير إن السد ليس آمن تماما اليوم. " + END, State.ORPHANED),
    ],
)  # fmt: skip
def test_a_report_is_found_again_or_is_not(old: str, words: str, new: str, state: State) -> None:
    found = anchor(old, words, new)
    assert found.state is state
    assert (found.span is None) == (state in (State.AMBIGUOUS, State.ORPHANED))


def test_words_that_stand_twice_are_told_by_what_surrounds_them() -> None:
    both = LEAD + ALPHA + MIDDLE + BETA + END
    for nth, team in enumerate(("Team Alpha said that ", "Team Beta said that ")):
        found = anchor(both, OPEN, "Read this. " + both, nth)
        assert found.state is State.ANCHORED
        assert found.span is not None
        assert ("Read this. " + both)[: found.span.start].endswith(team)


def test_the_one_of_two_that_was_taken_out_is_not_the_other() -> None:
    both = LEAD + ALPHA + MIDDLE + "A pilot, by contrast, claimed " + OPEN + " (sic). " + END
    left = LEAD + MIDDLE + "A pilot, by contrast, claimed " + OPEN + " (sic). " + END
    assert anchor(both, OPEN, left, 0).state is State.ORPHANED
    assert anchor(both, OPEN, left, 1).state is State.ANCHORED


def test_words_that_stand_twice_in_the_same_surroundings_are_ambiguous() -> None:
    said = f"It was said: {OPEN}. "
    found = anchor(said * 6, OPEN, said * 7, 3)
    assert (found.state, found.span) == (State.AMBIGUOUS, None)


@given(st.text(min_size=1, max_size=60), st.text(max_size=60), st.data())
def test_what_is_anchored_says_the_same_words(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    quoted = quote(old, Span(start, end))
    found = Texts(old, new).anchor(quoted)
    assert (found.span is None) == (found.state in (State.AMBIGUOUS, State.ORPHANED))
    if found.state is State.ANCHORED:
        assert found.span is not None
        assert found.span.of(new) == quoted.exact


@given(st.text(min_size=1, max_size=80))
def test_in_the_same_text_everything_is_where_it_was(text: str) -> None:
    quoted = quote(text, Span(0, len(text)))
    assert Texts(text, text).anchor(quoted) == Anchor(State.ANCHORED, Span(0, len(text)), 1.0)
