"""The parts of pasted pages: titles, outlets, bodies, and what does not belong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest.layout import given as given_layout
from claimtrack.ingest.layout import layout_of
from claimtrack.model.document import Layout
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import PartRole
from tests.kit import EVAL, needs_kit

PAGES = [
    json.loads(line)
    for line in (Path(__file__).parent / "pages.jsonl").read_text("utf-8").splitlines()
]
"""Pages as lists of [role, text], with what stands between them as plain strings."""

PIECES = [
    *(piece if isinstance(piece, str) else piece[1] for page in PAGES for piece in page["page"]),
    *("\n", "\n\n", " - ", ": ", "…", "\u200f", "\ufffd", "\x85", "Share", "12", "©", "المصدر:"),
]


def parts(text: str, layout: Layout) -> list[tuple[str, str]]:
    return [(role.value, span.of(text)) for role, span in layout.parts()]


@pytest.mark.parametrize("pasted", PAGES, ids=lambda pasted: str(pasted["name"]))
def test_a_pasted_page_comes_apart_as_it_was_put_together(pasted: dict[str, Any]) -> None:
    pieces = pasted["page"]
    text = "".join(piece if isinstance(piece, str) else piece[1] for piece in pieces)
    expected: list[list[str]] = []
    between = ""
    for piece in pieces:
        if isinstance(piece, str):
            between = piece
        elif expected and expected[-1][0] == piece[0]:
            expected[-1][1] += between + piece[1]
        else:
            expected.append(list(piece))
    layout = layout_of(text, outlet=pasted.get("outlet"))
    assert parts(text, layout) == [tuple(one) for one in expected]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Fire put out\nThe fire is out.", None, "Fire put out"),
        ("Fire put out\nThe fire is out.", "FIRE put out!", "Fire put out"),
        ("Fire put out\nThe fire is out.", "Another headline", None),
        ("Related\nFire put out\nThe fire is out.", "Related", "Related"),
        ("Watch: fire in the port\nThe fire is out.", None, "Watch: fire in the port"),
        ("The fire is out.\n\nNobody was hurt.", None, None),
        ("Army: the fire is out.\n\nNobody was hurt.", None, "Army: the fire is out."),
        ("The fire is out.\n\nBADRUN — Nobody was hurt.", None, "The fire is out."),
        ("He said:\nThe fire is out.", None, None),
        ("Oats\nRye\n4 May 2026\nWheat\n\nBarley\n" + "It burnt. " * 5 + "\n.", None, "Oats"),
        ("Oats\nRye\nWheat\nBarley\n\nAll of it was out of the fire by noon.", None, "Oats"),
        ("Fire put out\n\nShare\n\nPrint", None, None),
        ("Fire put out\nFire put out\nThe fire is out.", None, "Fire put out"),
    ],
)
def test_a_title_is_a_headline_over_a_body(
    text: str, title: str | None, expected: str | None
) -> None:
    layout = layout_of(text, title=title)
    assert [span.of(text) for span in layout.title] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "text",
    [
        "Share",
        "زر الذهاب إلى الأعلى",
        "---\n***",
        "Home > World > Qamaria\n\nShare\n\nTweet",
        "12\n13",
        "Fire put out\n\nBy Ansel Quorby\n\nShare",
    ],
)
def test_where_nothing_else_is_left_everything_is_body(text: str) -> None:
    assert layout_of(text) == Layout(body=(Span(0, len(text)),))


def test_comments_end_an_article_only_where_most_of_it_stands_above_them() -> None:
    rest = "The port is closed until Monday, the mayor said. " * 5
    text = f"Fire put out\n\nOut.\n\nComments\n\n{rest}"
    assert parts(text, layout_of(text))[-1] == ("body", rest.strip())


def test_a_long_list_between_paragraphs_ends_after_ten_headlines() -> None:
    headlines = "\n".join(f"Headline {number} of another day" for number in range(12))
    end = "The ministry said that the road through the plain was open again."
    text = f"Fire put out\n\nThe fire is out.\n\nRead also:\n{headlines}\n{end}"
    body = "".join(span.of(text) for span in layout_of(text).body)
    assert "Headline 9" not in body
    assert "Headline 10" in body
    assert end in body


def test_a_text_of_more_lines_than_any_article_is_body_as_a_whole() -> None:
    text = "\n" + "Share\n" * 60_000
    assert layout_of(text) == Layout(body=(Span(1, len(text) - 1),))


def test_an_empty_text_has_no_parts() -> None:
    assert layout_of(" \n\u200f\n") == Layout()


PIECE = st.one_of(st.sampled_from(PIECES), st.text(max_size=40))


@given(st.lists(st.tuples(PIECE, st.sampled_from(["\n", "\n\n", "\r\n", " ", ""])), max_size=30))
def test_parts_of_any_text_are_within_it_and_apart(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + end for piece, end in pieces)
    layout = layout_of(text)
    end = 0
    for _, span in layout.parts():
        assert end <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        end = span.end
    assert bool(layout.body) == bool(layout.parts())


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=5)


@given(title=SPANS, body=SPANS, boilerplate=SPANS)
def test_stated_parts_are_kept_but_for_what_another_part_has(
    title: list[tuple[int, int]], body: list[tuple[int, int]], boilerplate: list[tuple[int, int]]
) -> None:
    stated = {
        role: tuple(Span(start, start + size) for start, size in spans)
        for role, spans in (
            (PartRole.TITLE, title),
            (PartRole.BODY, body),
            (PartRole.BOILERPLATE, boilerplate),
        )
    }
    layout = given_layout("x" * 40, stated)
    covered: dict[PartRole, set[int]] = {role: set() for role in PartRole}
    end = 0
    for role, span in layout.parts():
        assert end <= span.start < span.end
        end = span.end
        covered[role] |= set(range(*span))
    wanted = {role: {at for span in spans for at in range(*span)} for role, spans in stated.items()}
    assert covered[PartRole.TITLE] == wanted[PartRole.TITLE]
    assert covered[PartRole.BOILERPLATE] == wanted[PartRole.BOILERPLATE] - wanted[PartRole.TITLE]
    left = (wanted[PartRole.BODY] or set(range(40))) - wanted[PartRole.TITLE]
    assert covered[PartRole.BODY] == left - wanted[PartRole.BOILERPLATE]


def test_without_a_stated_body_the_rest_is_the_body() -> None:
    text = "Title\n\nBody one.\nShare\nBody two.\n"
    layout = given_layout(
        text, {PartRole.TITLE: (Span(0, 5),), PartRole.BOILERPLATE: (Span(17, 22),)}
    )
    assert [span.of(text) for span in layout.body] == ["Body one.", "Body two."]


def shared(name: str) -> list[dict[str, Any]]:
    path = EVAL / "gold" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@needs_kit
def test_the_convoy_page_comes_apart_as_its_annotator_saw_it() -> None:
    (gold,) = shared("thiqa-ar")
    layout = layout_of(gold["text"])
    assert [list(span) for span in layout.title] == [gold["title"]]
    assert [list(span) for span in layout.body] == [gold["body"]]
    assert [list(span) for span in layout.boilerplate] == gold["boilerplate"]
    assert [span.of(gold["text"]) for span in layout.outlet] == ["وكالة ثقة"]


@needs_kit
@pytest.mark.parametrize("name", ["ar-dev", "ar-train", "en-dev", "en-train", "ru-dev"])
def test_no_annotated_attribution_falls_out_of_the_article(name: str) -> None:
    lost = []
    for gold in shared(name):
        layout = layout_of(gold["text"], outlet=gold.get("outlet"))
        outside = [span for role, span in layout.parts() if role not in {"title", "body"}]
        lost += [
            (gold["id"], one["id"])
            for one in gold["attributions"]
            for start, end in (*one["source"], *one["cue"], *one["content"])
            if any(span.overlaps(Span(start, end)) for span in outside)
        ]
    assert lost == []
