"""Highlights: the text is kept, whatever overlaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.model.document import StatedTime
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Direction, PartRole
from claimtrack.publish.highlight import Layer, layers, page, segments
from claimtrack.store.views import DocumentRef, DocumentView, PartView

LAYERS = st.lists(
    st.builds(
        Layer,
        st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: Span(*sorted(pair))),
        st.sampled_from(["source", "cue", "content"]),
        st.integers(1, 4),
    ),
    max_size=8,
)


@given(text=st.text(max_size=30), offset=st.integers(0, 9), marked=LAYERS)
def test_the_segments_put_together_are_the_text(
    text: str, offset: int, marked: list[Layer]
) -> None:
    cut = segments(text, offset, marked)
    assert "".join(segment.text for segment in cut) == text
    starts = [offset + sum(len(part.text) for part in cut[:index]) for index in range(len(cut))]
    assert [segment.start for segment in cut] == starts


@given(text=st.text(min_size=1, max_size=30), marked=LAYERS)
def test_every_character_knows_just_the_layers_that_cover_it(
    text: str, marked: list[Layer]
) -> None:
    for segment in segments(text, 0, marked):
        for at in range(segment.start, segment.start + len(segment.text)):
            over = [layer for layer in marked if layer.span.start <= at < layer.span.end]
            assert set(segment.roles) == {layer.role for layer in over}
            assert segment.numbers == tuple(sorted({layer.number for layer in over}))


@given(text=st.text(min_size=30, max_size=30), marked=LAYERS)
def test_each_attribution_with_content_begins_once(text: str, marked: list[Layer]) -> None:
    begun = [number for segment in segments(text, 0, marked) for number in segment.begins]
    content = {
        layer.number for layer in marked if layer.role == "content" and len(layer.span.of(text))
    }
    assert sorted(begun) == sorted(content)


def test_overlapping_claims_share_a_segment() -> None:
    marked = [Layer(Span(0, 4), "content", 1), Layer(Span(2, 6), "content", 2)]
    cut = segments("abcdef", 0, marked)
    assert [(part.text, part.numbers, part.begins) for part in cut] == [
        ("ab", (1,), (1,)),
        ("cd", (1, 2), (2,)),
        ("ef", (2,), ()),
    ]


def test_a_discontinuous_claim_begins_at_its_first_piece_only() -> None:
    marked = [Layer(Span(4, 6), "content", 1), Layer(Span(0, 2), "content", 1)]
    assert [part.begins for part in segments("abcdef", 0, marked)] == [(1,), (), ()]


def _document(text: str, *parts: tuple[PartRole, int, int]) -> DocumentView:
    ref = DocumentRef(
        id="d",
        version_id="v",
        title="",
        outlet=None,
        lang="en",
        direction=Direction.LTR,
        url=None,
        published=StatedTime(),
    )
    return DocumentView(
        ref=ref,
        byline=None,
        text=text,
        sha256="",
        parts=tuple(PartView(role=role, start=start, end=end) for role, start, end in parts),
        attributions=(),
        narrator=(),
        relays=(),
        versions=1,
    )


CASES = [
    ("", (), []),
    ("one\n\n two \r\n \t\nthree", (), [("body", "one"), ("body", " two "), ("body", "three")]),
    (
        "Title\nBody\nTicker",
        ((PartRole.TITLE, 0, 5), (PartRole.BODY, 6, 10), (PartRole.BOILERPLATE, 11, 17)),
        [("title", "Title"), ("body", "Body"), ("boilerplate", "Ticker")],
    ),
    (
        "no part claims this\nBody",
        ((PartRole.BODY, 20, 24),),
        [("body", "no part claims this"), ("body", "Body")],
    ),
]


@pytest.mark.parametrize(("text", "parts", "expected"), CASES)
def test_a_document_is_shown_line_by_line(
    text: str, parts: tuple[tuple[PartRole, int, int], ...], expected: list[tuple[str, str]]
) -> None:
    blocks = [block for stretch in page(_document(text, *parts)) for block in stretch.blocks]
    shown = [(block.role, "".join(part.text for part in block.segments)) for block in blocks]
    assert shown == expected


def test_neighbouring_boilerplate_is_folded_together() -> None:
    document = _document("a\nb\nc", (PartRole.BOILERPLATE, 0, 3), (PartRole.BODY, 4, 5))
    assert [(part.boilerplate, len(part.blocks)) for part in page(document)] == [
        (True, 2),
        (False, 1),
    ]


def test_a_claim_that_begins_between_two_lines_is_found_in_the_second() -> None:
    document = _document("one\ntwo")
    found = page(document.model_copy(update={"narrator": (Span(3, 7),)}))
    assert [part.roles for block in found[0].blocks for part in block.segments] == [
        (),
        ("narrator",),
    ]


def test_nothing_is_marked_where_nothing_was_found() -> None:
    assert layers(()) == []
