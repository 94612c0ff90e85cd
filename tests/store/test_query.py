from __future__ import annotations

import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimtrack.model.span import Span
from claimtrack.store.query import MOST_TERMS, parse
from claimtrack.store.words import indexed

HOSTILE = (
    "",
    " ",
    '"',
    '""',
    '"a',
    "'; DROP TABLE claim; --",
    "NEAR(",
    "NEAR(a b, 5)",
    "content:a",
    "a OR",
    "AND NOT OR",
    "-a",
    "^a",
    "*",
    "a*b*",
    "{a b}:c",
    "a + b",
    "\0",
    "a\0b",
    "«",
    "„a”",
    "x" * 5000,
    "a " * 5000,
    '"a ' * 5000,
    "(" * 5000,
    "\ud800",
    "قال\ud800 123\udfff",
    "\u202e\u2066",
    "𝔘𝔫𝔦",
    "ﷺ",
)


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("القافلة", '("القافله" OR "xsقافل")'),
        ("123 x", '("123") AND ("x" OR "xsx")'),
        ('"خط النار"', '"خط النار"'),
        ("«خط النار» “a b” „в г“", '"خط النار" AND "a b" AND "в г"'),
        ('"خط النار', '"خط النار"'),
        ("well-known", '("well" OR "xswell") AND ("known" OR "xsknown")'),
        ("مط*", '("مط" * OR "xsمط" *)'),
        ("مطر مَطر مطر", '("مطر" OR "xsمطر") AND ("مطر" OR "xsمطر")'),
        ("!", '""'),
    ],
)
def test_what_is_typed_becomes_quoted_words(typed: str, match: str) -> None:
    assert parse(typed).match() == match


def test_an_exact_query_looks_for_no_stems() -> None:
    assert parse("القافلة مط*", exact=True).match() == '"القافله" AND "مط"'


def test_a_long_query_is_looked_for_as_far_as_it_is_read() -> None:
    query = parse(" ".join(f"w{number}" for number in range(200)))
    assert len(query.terms) == MOST_TERMS


def _index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='ascii')")
    return connection


INDEX = _index()


@given(st.text(), st.booleans())
@settings(deadline=None)
@example("NEAR(", False)
def test_whatever_is_typed_is_a_query(typed: str, exact: bool) -> None:
    query = parse(typed, exact=exact)
    INDEX.execute("SELECT rowid FROM t WHERE t MATCH ?", (query.match(),)).fetchall()
    query.marks(typed)
    query.occurs(typed)


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_input_is_a_query(typed: str) -> None:
    for exact in (False, True):
        match = parse(typed, exact=exact).match()
        INDEX.execute("SELECT rowid FROM t WHERE t MATCH ?", (match,)).fetchall()


letters = st.sampled_from("ابةىؤئإوقُّـ٣۳ёЁеж́aZé9 \u00a0\n.,«»\"'’\u200f-")


@given(st.text(letters, max_size=60), st.data())
@settings(deadline=None)
def test_a_text_is_found_by_its_own_words_and_they_are_marked(
    text: str, data: st.DataObject
) -> None:
    found = [text[span.start : span.end] for span in parse(text).marks(text)]
    if not found:
        return
    word = data.draw(st.sampled_from(found))
    query = parse(word)
    connection = _index()
    connection.execute("INSERT INTO t VALUES (?)", (indexed(text),))
    hits = connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (query.match(),))
    assert hits.fetchone() == (1,)
    assert query.occurs(text)
    assert query.marks(text)
    assert parse(word, exact=True).occurs(text)


def test_a_lengthening_stroke_before_a_word_is_no_part_of_it() -> None:
    text = "\u0301\u0640é"
    (mark,) = parse("é").marks(text)
    assert text[mark.start : mark.end] == "é"
    assert parse("\u0640é", exact=True).occurs(text)


@pytest.mark.parametrize(
    ("typed", "exact", "marked"),
    [
        ("الهمرش", False, ["الهَمرش", "والهمرش"]),
        ("الهمرش", True, []),
        ("الهَمرش", True, ["الهَمرش"]),
        ("قال ينفي", False, ["قَالَ", "ينفي"]),
        ('"الهمرش والهمرش"', False, ["الهَمرش والهمرش"]),
        ('"والهمرش الهمرش"', False, []),
        ("همر*", False, ["الهَمرش", "والهمرش"]),
        ("ينف*", False, ["ينفي"]),
        ("HAMRASH", True, ["Hamrash"]),
    ],
)
def test_marks_stand_on_the_original_words(typed: str, exact: bool, marked: list[str]) -> None:
    text = "قَالَ الهَمرش والهمرش ينفي، Hamrash."
    query = parse(typed, exact=exact)
    assert [span.of(text) for span in query.marks(text)] == marked
    assert query.occurs(text) == bool(marked)


def test_marks_are_code_points_of_the_text() -> None:
    assert parse("مطر").marks("𝔘 مَطَر") == (Span(2, 7),)
