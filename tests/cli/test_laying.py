"""Texts on a terminal: wrapped, in the order of cells, letters in the forms they have together."""

from __future__ import annotations

import unicodedata

import pytest
from bidi.algorithm import get_display
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claimtrack.model.span import Span

laying = pytest.importorskip("claimtrack.cli.desk.laying", reason="needs claimtrack[review]")

texts = st.text(st.sampled_from("ab١ .(«»\n\tسلامقُوّ\u200d好e\u0301\x1b\u202e5"), max_size=60)


def row(text: str, *, rtl: bool, order: object = None) -> str:
    """Return the letters of a line from left to right, as letters and not as forms of them."""
    line = laying.cells(text, Span(0, len(text)), rtl=rtl, order=order or laying.Order.HERE)
    return unicodedata.normalize("NFKC", "".join(each.shown for each in line))


@pytest.mark.parametrize(
    ("text", "rtl", "shown"),
    [
        ("abc", False, "abc"),
        ("نعم", True, "معن"),
        ("نعم", False, "معن"),
        ("قال 12 مرة", True, "ةرم 12 لاق"),
        ("قال Reuters نعم.", True, ".معن Reuters لاق"),
        ("he said نعم.", False, "he said معن."),
        ("(نعم)", True, "(معن)"),
        ("«نعم» قال", True, "لاق «معن»"),
        ("قال: 5%", True, "%5 :لاق"),
    ],
)
def test_lines_are_in_the_order_of_the_bidirectional_algorithm(
    text: str, rtl: bool, shown: str
) -> None:
    assert row(text, rtl=rtl) == shown


def test_letters_take_the_forms_they_have_together() -> None:
    line = laying.cells("نعم", Span(0, 3), rtl=True, order=laying.Order.HERE)
    names = [unicodedata.name(each.shown).rsplit(" ", 2)[-2] for each in line]
    assert names == ["FINAL", "MEDIAL", "INITIAL"]


def test_marks_stay_on_their_letters() -> None:
    line = laying.cells("قُوّة", Span(0, 5), rtl=True, order=laying.Order.HERE)
    assert [(each.at, each.width, each.shown[1:]) for each in line] == [
        (4, 1, ""),
        (2, 1, "ّ"),
        (0, 1, "ُ"),
    ]


def test_a_terminal_that_orders_lines_gets_them_as_they_are_read() -> None:
    assert row("قال 12", rtl=True, order=laying.Order.TERMINAL) == "قال 12"
    shown = laying.plain("قال\n12", rtl=True, order=laying.Order.TERMINAL)
    assert shown == "\u2067قال 12\u2069"


def test_nothing_steers_the_terminal() -> None:
    assert row("\x1b[31mنعم\u202e", rtl=False) == "\ufffd[31mمعن\ufffd"


@given(texts, st.booleans(), st.sampled_from(list(laying.Order)))
def test_every_letter_is_on_its_line_once(text: str, rtl: bool, order: object) -> None:
    for line in laying.wrapped(text, 10):
        row = laying.cells(text, line, rtl=rtl, order=order)
        assert len({each.at for each in row}) == len(row)
        assert sum(len(each.shown) for each in row) == line.end - line.start


@given(st.text("ابتة وكلم («»)[]،؛.-+%$/:\u064b١2a", min_size=1, max_size=30))
def test_lines_that_are_quickly_ordered_are_ordered_as_python_bidi_does(text: str) -> None:
    ordered = "".join(letter for _, letter in laying._ordered(text, rtl=True))
    assert ordered == get_display(text, base_dir="R")


@given(texts, st.integers(1, 20))
def test_lines_are_not_too_wide_and_leave_out_line_ends_alone(text: str, width: int) -> None:
    lines = laying.wrapped(text, width)
    assert "".join(text[line.start : line.end] for line in lines) == text.replace("\n", "")
    for line in lines:
        words = line.of(text).rstrip()
        assert cell_len(words) <= width or len(words) == 1


@pytest.mark.parametrize(
    ("environ", "order"),
    [
        ({}, "here"),
        ({"VTE_VERSION": "7200"}, "here"),
        ({"KONSOLE_VERSION": "230800"}, "terminal"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, "terminal"),
        ({"TERM_PROGRAM": "iTerm.app"}, "here"),
    ],
)
def test_terminals_that_order_lines_are_known(environ: dict[str, str], order: str) -> None:
    assert laying.who_orders(environ) == order


def test_each_thing_of_a_line_stands_in_its_own_direction_and_lines_break_as_they_are_read() -> (
    None
):
    rows = laying.told("قال «نعم» · 2025-03-12 = said", 40, laying.Order.HERE)
    (row,) = rows
    assert " · 2025-03-12 = said" in row, "neither the date nor the order of the things is turned"
    assert row[0] == "«", "mirrored: the quotation's end is on its left"
    first, second = laying.told("واحد اثنان ثلاثة", 12, laying.Order.TERMINAL)
    assert "واحد" in first
    assert "ثلاثة" in second
