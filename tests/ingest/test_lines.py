"""Lines of a page: where they lie, and what their ends and lengths tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest.lines import (
    Line,
    blank,
    block,
    capitalised,
    edges,
    full_stop,
    headline,
    prose,
    sentence_end,
    split,
    wrapped,
)

ENDS = ["\n", "\r\n", "\r", "\x85", "\u2028", "\x0b"]


def test_lines_keep_their_places_and_lose_what_cannot_be_seen() -> None:
    assert split("\ufeff one \r\n\r\n\u200ftwo\u200f\nthree") == [
        Line(2, 5, "one", gap=True),
        Line(11, 14, "two", gap=True),
        Line(16, 21, "three", gap=False),
    ]


@given(st.text(st.one_of(st.characters(), st.sampled_from("\n\r \u200f.")), max_size=200))
def test_a_line_is_a_slice_of_its_text(text: str) -> None:
    lines = split(text)
    assert [text[line.start : line.end] for line in lines] == [line.text for line in lines]
    assert not any(blank(line.text) for line in lines)
    assert blank(text) == (not lines)


@given(st.lists(st.text("ab ", min_size=1, max_size=5), max_size=9), st.sampled_from(ENDS))
def test_every_line_end_ends_a_line(words: list[str], end: str) -> None:
    seen = [line.text for line in split(end.join(words))]
    assert seen == [word.strip() for word in words if word.strip()]


@pytest.mark.parametrize(
    ("text", "is_headline", "is_prose", "stops", "ends"),
    [
        ("Fire put out", True, False, False, False),
        ("Fire put out.", False, False, True, True),
        ("Is the fire out?", True, False, False, True),
        ("هل انتهى الحريق؟", True, False, False, True),
        ("قال الوزير:", False, False, False, False),
        ("في العاصمة،", False, False, False, False),
        ("More soon ..", True, False, False, False),
        ("He said “it is out.” ", False, False, True, True),
        ("12:30", False, False, False, False),
        ("The fire in the port of Badrun was put out by noon.", False, True, True, True),
        ("word " * 60, False, True, False, False),
    ],
)
def test_how_a_line_ends_tells_what_it_is(
    text: str, is_headline: bool, is_prose: bool, stops: bool, ends: bool
) -> None:
    got = (headline(text), prose(text), full_stop(text), sentence_end(text))
    assert got == (is_headline, is_prose, stops, ends)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Qamari Army Denies Border Fire", True),
        ("Qamari army denies border fire", False),
        ("Fire Out", False),
        ("الجيش القمري ينفي إطلاق النار", False),
        ("Армия Камарии отрицает обстрел", False),
    ],
)
def test_title_case_is_seen_where_a_script_has_capitals(text: str, expected: bool) -> None:
    assert capitalised(text) is expected


def test_a_block_ends_at_a_blank_line_or_after_a_hundred_lines() -> None:
    assert [line.text for line in block(split("a\nb\n\nc"), 0)] == ["a", "b"]
    assert len(block(split("a\n" * 300), 0)) == 100


FULL = "Wheat prices in Qamaria fell for a third week, the note has it"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([FULL, FULL, "in the plain."], True),
        ([FULL, FULL], False),
        ([FULL + ".", FULL + ".", FULL + "."], False),
        ([FULL, FULL * 3, "in the plain."], False),
        ([FULL, "Wheat", "in the plain."], False),
        (["Wheat", "Oats", "Rye"], False),
    ],
)
def test_lines_broken_at_a_column_are_one_paragraph(lines: list[str], expected: bool) -> None:
    assert wrapped(split("\n".join(lines))) is expected


def test_all_white_space_is_left_out_at_the_edges_of_a_line() -> None:
    white = "".join(char for char in map(chr, range(0x110000)) if char.isspace())
    assert edges(f"{white}a{white}") == (len(white), len(white) + 1)
