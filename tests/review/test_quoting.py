"""A person says which words are meant: as they stand, as others spell them, or by offsets."""

from __future__ import annotations

import pytest

from claimtrack.errors import CorrectionError
from claimtrack.model.span import Span
from claimtrack.review.quoting import spans_of

TEXT = "قالت الوزارة إن السفينةَ رست. وقالت الوزارة إن السفينة أبحرت."
SECOND = TEXT.index("وقالت")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["رست"], ["رست"]),
        (["السفينة رست"], ["السفينةَ رست"]),  # without the vowel sign that stands in the text
        (["السفينة ابحرت"], ["السفينة أبحرت"]),
        (["أبحرت", "رست"], ["رست", "أبحرت"]),
        (["رست … أبحرت"], ["رست", "أبحرت"]),
        (["0:4", " 5 : 12 "], ["قالت", "الوزارة"]),
        ([], []),
    ],
)
def test_stretches_are_found_in_text_order(given: list[str], words: list[str]) -> None:
    assert [span.of(TEXT) for span in spans_of(TEXT, given)] == words


def test_of_words_that_stand_twice_those_near_the_report_are_meant() -> None:
    (span,) = spans_of(TEXT, ["الوزارة"], near=Span(SECOND, len(TEXT)))
    assert span.start > SECOND


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("الوزارة", r"stands in 2 places \(5:12, "),
        ("الميناء", "stands nowhere in the text"),
        ("", "stands nowhere in the text"),
        ("\u0640", "stands nowhere in the text"),
    ],
)
def test_what_is_not_one_place_is_refused(given: str, told: str) -> None:
    with pytest.raises(CorrectionError, match=told):
        spans_of(TEXT, [given])
