"""A cursor over words, boundaries that move word by word, spans that are marked."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import CorrectionError
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Channel, Role
from claimtrack.review.corrections import Draft
from claimtrack.review.marking import Edge, Marking, moved, words_of

TEXT = "قالت الوزارة إن «السد لن يُغلق»، وأضافت أن الماء باقٍ."

texts = st.text(st.sampled_from("ab١ .،«»-'’\n\tقُوّ\u200dй🙂e\u0301"), max_size=40)


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def drafted(**fields: object) -> Draft:
    spans = {"source": "الوزارة", "cue": "قالت", "content": "السد لن يُغلق"}
    return Draft.model_validate({role: (span_of(words),) for role, words in spans.items()} | fields)


@pytest.fixture
def marking() -> Marking:
    return Marking(TEXT, drafted())


@given(texts)
def test_words_hold_all_but_white_space_once_and_in_order(text: str) -> None:
    words = words_of(text)
    assert all(one.end <= other.start for one, other in pairwise(words))
    held = {at for word in words for at in range(word.start, word.end)}
    assert held == {at for at, char in enumerate(text) if not char.isspace()}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  \n", []),
        ("يُغلقُ", ["يُغلقُ"]),
        ("e\u0301t, l’été", ["e\u0301t", ",", "l’été"]),
        ("-a- co-op 3-", ["-", "a", "-", "co-op", "3", "-"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("50% ١٢٫٥", ["50", "%", "١٢", "٫", "٥"]),
    ],
)
def test_what_a_word_is(text: str, words: list[str]) -> None:
    assert [span.of(text) for span in words_of(text)] == words


@pytest.mark.parametrize(
    ("begun", "edge", "by", "ended"),
    [
        ("السد لن", Edge.END, 1, "السد لن يُغلق"),
        ("السد لن", Edge.END, -1, "السد"),
        ("السد لن", Edge.END, -9, "السد"),
        ("السد لن", Edge.START, -1, "«السد لن"),
        ("السد لن", Edge.START, 1, "لن"),
        ("السد لن", Edge.START, 9, "لن"),
        ("السد لن", Edge.END, 0, "السد لن"),
        ("قالت", Edge.START, -3, "قالت"),
        ("باقٍ.", Edge.END, 3, "باقٍ."),
        ("لسد ل", Edge.START, -1, "السد ل"),
        ("لسد ل", Edge.END, 1, "لسد لن"),
        ("لسد ل", Edge.START, 1, "ل"),
    ],
)
def test_a_boundary_moves_word_by_word(begun: str, edge: Edge, by: int, ended: str) -> None:
    found = moved(words_of(TEXT), span_of(begun), edge, by)
    assert found.of(TEXT) == ended


@given(texts, st.data())
def test_a_moved_boundary_stays_in_the_text_and_keeps_a_word(
    text: str, data: st.DataObject
) -> None:
    words = words_of(text)
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    span = Span(words[first].start, words[last].end)
    edge, by = data.draw(st.sampled_from(Edge)), data.draw(st.integers(-5, 5))
    found = moved(words, span, edge, by)
    assert found.start in {each.start for each in words}
    assert found.end in {each.end for each in words}
    assert found.start < found.end
    assert (found.end == span.end) if edge is Edge.START else (found.start == span.start)


@given(texts, st.data())
def test_a_boundary_that_moved_can_be_moved_back(text: str, data: st.DataObject) -> None:
    words = words_of(text)
    if len(words) < 2:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    span = Span(words[first].start, words[last].end)
    edge, by = data.draw(st.sampled_from(Edge)), data.draw(st.sampled_from((-1, 1)))
    there = moved(words, span, edge, by)
    assert moved(words, there, edge, -by if there != span else 0) == span


@given(
    texts, st.lists(st.tuples(st.sampled_from("<>[]{}m+c1234 u"), st.integers(1, 3)), max_size=12)
)
def test_whatever_is_pressed_spans_are_in_order_and_in_the_text(
    text: str, keys: list[tuple[str, int]]
) -> None:
    marking = Marking(text, None)
    roles = dict(zip("1234", Role, strict=True))
    for key, times in keys:
        if key in roles:
            marking.look(roles[key])
        elif key == "m":
            marking.mark(marking.role)
        elif key == "+":
            marking.mark(marking.role, more=True)
        elif key == "c":
            marking.clear(marking.role)
        elif key == " ":
            marking.select()
        elif key == "u":
            marking.back()
        elif key in "<>":
            marking.step(times if key == ">" else -times)
        else:
            edge = Edge.START if key in "[]" else Edge.END
            marking.move(edge, times if key in "]}" else -times)
    for role in Role:
        spans = marking.spans(role)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_selection_is_marked_as_a_role(marking: Marking) -> None:
    marking.look(Role.CONTENT)
    marking.select()
    marking.step(1)
    marking.mark(Role.CONTENT)
    assert [each.of(TEXT) for each in marking.spans(Role.CONTENT)] == ["السد لن"]
    marking.step(4)
    marking.select()
    marking.step(3)
    marking.mark(Role.CONTENT, more=True)
    assert [each.of(TEXT) for each in marking.spans(Role.CONTENT)] == [
        "السد لن",
        "وأضافت أن الماء باقٍ",
    ]
    marking.back()
    assert [each.of(TEXT) for each in marking.spans(Role.CONTENT)] == ["السد لن"]


def test_nothing_is_changed_until_something_is(marking: Marking) -> None:
    marking.look(Role.CUE)
    marking.step(3)
    assert not marking.changed
    assert marking.draft() == drafted()
    marking.set(channel=Channel.SPEECH)
    assert marking.changed
    assert marking.draft().channel is Channel.SPEECH
    assert marking.back()
    assert not marking.changed
    assert not marking.back()


def test_a_boundary_takes_no_other_span_of_its_role() -> None:
    spans = (span_of("السد"), span_of("يُغلق"))
    marking = Marking(TEXT, drafted(content=spans))
    marking.look(Role.CONTENT)
    marking.move(Edge.START, -1)
    marking.move(Edge.START, -1)
    assert [each.of(TEXT) for each in marking.spans(Role.CONTENT)] == ["السد", "لن يُغلق"]


def test_an_attribution_is_split_at_the_cursor() -> None:
    marking = Marking(TEXT, drafted(content=(span_of("السد لن يُغلق»، وأضافت أن الماء باقٍ"),)))
    marking.at = marking.word_at(span_of("وأضافت").start)
    first, second = marking.parts()
    assert [each.of(TEXT) for each in first.content] == ["السد لن يُغلق»،"]
    assert [each.of(TEXT) for each in second.content] == ["وأضافت أن الماء باقٍ"]
    assert first.cue == second.cue


@pytest.mark.parametrize("word", ["قالت", "السد", "باقٍ"])
def test_it_is_split_within_its_content_only(marking: Marking, word: str) -> None:
    marking.at = marking.word_at(span_of(word).start)
    with pytest.raises(CorrectionError, match="split where the cursor stands"):
        marking.parts()


def test_an_attribution_without_a_content_is_none() -> None:
    marking = Marking(TEXT, None)
    marking.mark(Role.CUE)
    with pytest.raises(CorrectionError, match="Nothing is marked as content"):
        marking.draft()
