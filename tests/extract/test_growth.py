"""Twice the text is twice the work, however little a text is like a text.

Work is counted in function calls, which are the same on every machine, busy or not.
"""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from claimtrack.extract import RulesEngine
from claimtrack.extract.tokens import LONGEST, read_page
from claimtrack.model.document import Article, Layout
from claimtrack.model.span import Span

SHAPES = [
    ("ar", "كلمة طويلة هنا "),
    ("ar", "قالت الوزارة القمرية إن الجسر سليم "),
    ("ar", "قال إن "),
    ("ar", "مزاعم "),
    ("ar", "نقلت صدى عن سراج قوله إن "),
    ("ar", "الجسر سليم، بحسب الوزارة، "),
    ("ar", "«"),
    ("ar", "« كلمة "),
    ("ar", '" كلمة '),
    ("ar", "«« كلمة » "),
    ("ar", "( كلمة "),
    ("ar", "كلمة، "),
    ("en", "Lena said that "),
    ("en", '" said Lena, '),
    ("ru", "по словам "),
]
SIZE = 5000


def calls(lang: str, text: str) -> int:
    """Return how many functions are called to read a text."""
    engine = RulesEngine()
    article = Article(text=text, place="test", lang=lang, layout=Layout(body=(Span(0, len(text)),)))
    engine.attribute(article)  # words are looked up, packs are read
    count = 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        engine.attribute(article)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(("lang", "unit"), SHAPES, ids=[unit.strip() for _, unit in SHAPES])
def test_twice_the_text_is_twice_the_work(lang: str, unit: str) -> None:
    once, twice = (calls(lang, (unit * SIZE)[:size]) for size in (SIZE, 2 * SIZE))
    assert twice < 2.2 * once


@pytest.mark.parametrize("unit", ["كلمة ", "كلمة، ", "كلمة كلمة كلمة، "])
def test_what_is_too_long_for_a_sentence_is_cut_behind_a_comma_or_anywhere(unit: str) -> None:
    text = unit * 3000
    page = read_page(text, (Span(0, len(text)),))
    assert len(page.sentences) > 5
    assert all(end - start <= LONGEST for start, end in page.sentences)
    assert [start for start, _ in page.sentences[1:]] == [end for _, end in page.sentences[:-1]]
    assert (page.sentences[0][0], page.sentences[-1][1]) == (0, len(page.tokens))
    if "،" in unit:
        assert {page.tokens[end - 1].text for _, end in page.sentences} == {"،"}


def test_a_sentence_of_news_is_not_cut() -> None:
    text = "قالت الوزارة، " * (LONGEST // 3 - 2) + "إن الجسر سليم."
    assert len(read_page(text, (Span(0, len(text)),)).sentences) == 1
