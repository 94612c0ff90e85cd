"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.model.span import Span
from claimtrack.text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("نعم. لا.", ["نعم.", "لا."]),
        ("أين الجسر؟ هنا!", ["أين الجسر؟", "هنا!"]),
        ("سطر\nسطر آخر", ["سطر", "سطر آخر"]),
        ("قال «نعم. ثم لا.» ومضى.", ["قال «نعم. ثم لا.»", "ومضى."]),
        ('He said: "Yes. No." Then he left.', ['He said: "Yes. No."', "Then he left."]),
        ("It cost 1.5 million. So what?", ["It cost 1.5 million.", "So what?"]),
        ("J. Smith left. He did.", ["J. Smith left.", "He did."]),
        ("انتهى الأمر.وأضاف الوزير", ["انتهى الأمر.", "وأضاف الوزير"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences_are_cut_where_they_end(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == found


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Mr. Kestrov left. He did."
    got = [span.of(text) for span in sentences(text, abbreviations={"mr"})]
    assert got == ["Mr. Kestrov left.", "He did."]


def test_an_initial_ends_a_sentence_before_a_word_that_is_no_name() -> None:
    text = "He wrote it on X. The post by J. Maltov is gone."
    got = [span.of(text) for span in sentences(text, beginning={"the"})]
    assert got == ["He wrote it on X.", "The post by J. Maltov is gone."]


def test_only_the_stretch_asked_for_is_cut() -> None:
    text = "عنوان\nنعم. لا."
    assert [span.of(text) for span in sentences(text, Span(6, 10))] == ["نعم."]


@given(text=st.text(max_size=60))
def test_sentences_are_in_order_apart_and_without_white_space_around(text: str) -> None:
    end = 0
    for span in sentences(text):
        assert end <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        end = span.end


@given(text=st.text(max_size=60))
def test_no_word_is_left_out(text: str) -> None:
    kept = "".join(span.of(text) for span in sentences(text))
    assert "".join(kept.split()) == "".join(text.split())
