"""JSON lines: fields, spans, and lines that are no article."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest import Skipped, jsonl
from claimtrack.ingest.problems import LARGEST, NotAnArticleError
from claimtrack.model.document import Article, Layout
from claimtrack.model.span import Span

PAGE = "Wheat prices fall\n\nThe Qamari government said that wheat prices fell.\n\nShare"


def articles(*lines: object, raw: bytes | None = None) -> list[Article | Skipped]:
    data = "\n".join(json.dumps(one, ensure_ascii=False) for one in lines).encode()
    return list(jsonl.articles([raw if raw is not None else data], "in.jsonl"))


def article(**fields: Any) -> Article:
    (found,) = articles({"id": "a", "text": PAGE} | fields)
    assert isinstance(found, Article)
    return found


def reason(line: bytes) -> str:
    _, found = articles(raw=b'{"id": "a", "text": "Good."}\n' + line)
    assert isinstance(found, Skipped)
    assert found.place == "in.jsonl:2"
    return found.reason


def test_what_a_line_says_is_taken_and_the_rest_is_kept() -> None:
    extra = {"origin": {"repo": "x"}, "attributions": [{"id": "1"}], "narrator": [[0, 3]]}
    found = article(
        lang="EN-gb",
        outlet="Badrun Herald",
        url="https://badrunherald.example/1",
        byline="Ansel Quorby",
        published_at="2026-05-04T14:30Z",
        **extra,
    )
    assert found.id == "a"
    assert found.place == "in.jsonl:1"
    assert (found.lang, found.outlet, found.byline) == ("en", "Badrun Herald", "Ansel Quorby")
    assert found.url == "https://badrunherald.example/1"
    assert found.published.iso() == "2026-05-04T14:30+00:00"
    assert found.extra == extra


def test_what_a_line_does_not_say_is_found() -> None:
    found = article(outlet=None, url="")
    assert (found.lang, found.title) == ("en", "Wheat prices fall")
    assert (found.outlet, found.url, found.byline) == (None, None, None)
    assert found.published.iso() == ""
    assert [span.of(PAGE) for span in found.layout.boilerplate] == ["Share"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"published": "4 May 2026"}, "2026-05-04"),
        ({"published": "4 May 2026", "published_at": "5 May 2026"}, "2026-05-05"),
        ({"published": 2026}, ""),
    ],
)
def test_a_date_may_stand_in_either_field(stated: dict[str, Any], expected: str) -> None:
    found = article(**stated)
    assert found.published.iso() == expected
    assert ("published" in found.extra) == (found.published.stated != "4 May 2026")


def test_an_address_that_is_none_of_the_web_is_kept_aside() -> None:
    found = article(url="javascript:alert(1)")
    assert found.url is None
    assert found.extra == {"url": "javascript:alert(1)"}


def test_a_title_in_words_may_stand_in_the_text_or_not() -> None:
    within = article(title="Wheat prices fall")
    assert within.layout.title == (Span(0, 17),)
    apart = article(title="Bread gets cheaper")
    assert (apart.title, apart.layout.title) == ("Bread gets cheaper", ())
    assert apart.layout.body[0].start == 0


@pytest.mark.parametrize("title", [[0, 17], [[0, 17]]])
def test_stated_spans_are_taken_as_they_are(title: list[Any]) -> None:
    found = article(title=title, body=[[19, 30]], boilerplate=[], outlet="")
    assert found.layout == Layout(title=(Span(0, 17),), body=(Span(19, 30),))
    assert found.title == "Wheat prices fall"


def test_empty_span_lists_state_nothing() -> None:
    assert article(body=[], title=[]).layout == article().layout


def test_overlapping_spans_are_cut() -> None:
    found = article(title=[[0, 17]], body=[[0, 40], [30, 60]])
    assert found.layout == Layout(title=(Span(0, 17),), body=(Span(17, 60),))


def test_escaped_surrogates_and_nuls_are_replaced_in_place() -> None:
    raw = (
        b'{"id": "a", "text": "x\\ud800y\\u0000z\\ud83d\\ude00", "n\\udfff": ["\\ud800", {"k": 1}]}'
    )
    (found,) = articles(raw=raw)
    assert isinstance(found, Article)
    assert (found.text, found.replaced) == ("x\ufffdy\ufffdz\U0001f600", 2)
    assert found.extra == {"n\ufffd": ["\ufffd", {"k": 1}]}


@given(st.text(st.one_of(st.characters(), st.sampled_from("\0\ud800\udc00")), max_size=60))
def test_offsets_never_shift(text: str) -> None:
    (found,) = articles(raw=json.dumps({"id": "a", "text": f"x{text}x"}).encode())
    assert isinstance(found, Article)
    # A high and a low surrogate in a row are one letter in JSON, so compare with its own reading.
    given_text = json.loads(json.dumps(f"x{text}x"))
    bad = [letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in given_text]
    expected = [
        "\ufffd" if wrong else letter for letter, wrong in zip(given_text, bad, strict=True)
    ]
    assert (found.text, found.replaced) == ("".join(expected), sum(bad))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"not json", "not JSON, one object a line: Expecting value"),
        (b"[1]", "not a JSON object"),
        (b'{"id": "a"}', "the field text is missing"),
        (b'{"text": "a"}', "the field id is missing"),
        (b'{"id": 1, "text": "a"}', "the field id is wrong"),
        (b'{"id": "", "text": "a"}', "the field id is wrong"),
        (b'{"id": "a", "text": 5}', "the field text is wrong"),
        (b'{"id": "a", "text": " \\n\\u200f"}', "empty"),
        (b'{"id": "a", "text": "abc", "lang": "Arabic"}', "the field lang is wrong: 'Arabic'"),
        (b'{"id": "a", "text": "abc", "published_at": 5}', "the field published_at is wrong"),
        (b'{"id": "a", "text": "abc", "body": [[0, 4]]}', "[0, 4] is no stretch of a text of 3"),
        (b'{"id": "a", "text": "abc", "body": [[2, 2]]}', "the field body is wrong: [2, 2]"),
        (b'{"id": "a", "text": "abc", "title": [[2, 1]]}', "the field title is wrong: [2, 1]"),
        (b'{"id": "a", "text": "abc", "boilerplate": [[-1, 1]]}', "the field boilerplate is wrong"),
        (b'{"id": "a", "text": "abc", "body": [[true, 2]]}', "the field body is wrong"),
        (b'{"id": "a", "text": "\xff"}', "not UTF-8"),
        (b'{"id": "a", "text": "abc", "n": NaN}', "NaN is no JSON"),
        (b'{"id": "a", "text": "abc", "n": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"id": "a", "text": "abc", "n": ' + b"[" * 99999, "not JSON"),
        (b'{"id": "a", "text": "' + b"a" * (LARGEST + 1) + b'"}', "larger than 10 MB"),
        (b'{"id": "a", "x": "' + b"a" * jsonl.LONGEST_LINE + b'"}', "larger than 10 MB"),
    ],
    ids=range(21),
)
def test_a_line_that_is_no_article_says_why(line: bytes, expected: str) -> None:
    assert expected in reason(line)


def test_a_deep_object_that_json_can_read_is_refused_or_kept() -> None:
    for depth in range(850, 1000, 5):
        line = b'{"id": "a", "text": "abc", "n": ' + b"[" * depth + b"]" * depth + b"}"
        (first, *rest) = articles(raw=b'{"id": "b", "text": "Good."}\n' + line)
        assert isinstance(first, Article)
        assert len(rest) == 1


def test_blank_lines_are_counted_and_passed_over() -> None:
    raw = b'\xef\xbb\xbf{"id": "a", "text": "One."}\r\n\r\n  \n{"id": "b", "text": "Two."}'
    assert [one.place for one in articles(raw=raw)] == ["in.jsonl:1", "in.jsonl:4"]


def test_a_file_without_an_article_says_what_is_wrong_first() -> None:
    found = jsonl.articles([b'{"id": 1}\n{}'], "in.jsonl")
    assert isinstance(next(found), Skipped)
    assert isinstance(next(found), Skipped)
    with pytest.raises(
        NotAnArticleError, match=r"no line of it.*line 1: the field text is missing"
    ):
        next(found)


@given(st.lists(st.integers(1, 40), max_size=20), st.booleans())
def test_lines_may_be_cut_anywhere(cuts: list[int], ends: bool) -> None:
    data = b"\n".join(b'{"id": "%d", "text": "Text."}' % number for number in range(4))
    data += b"\n" if ends else b""
    chunks, at = [], 0
    for size in [*cuts, len(data)]:
        chunks.append(data[at : at + size])
        at += size
    found = list(jsonl.articles(chunks, "x"))
    assert [one.place for one in found] == ["x:1", "x:2", "x:3", "x:4"]


def test_a_line_too_long_costs_no_more_than_itself() -> None:
    big = b"x" * (1 << 20)
    chunks = [b'{"id": "a", "text": "One."}\n{"id"', *[big] * 50, b'\n{"id": "b", "text": "Two."}']
    first, skipped, last = jsonl.articles(chunks, "x")
    assert isinstance(first, Article)
    assert isinstance(skipped, Skipped)
    assert isinstance(last, Article)
    assert last.place == "x:3"
