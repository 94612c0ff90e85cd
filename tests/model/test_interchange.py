"""The line form can be read again, points into its own text and keeps what it was given."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, Layout, StatedTime
from claimtrack.model.interchange import ArticleInput, ArticleLine, line
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Channel, SourceType, Stance

TEXT = (
    "قمرية تعلن خفض الضريبة\n\n"
    "قالت وزارة المالية القمرية إن الضريبة ستنخفض. وأضافت: «الخفض سيبدأ في آذار»."
)


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


MINISTRY = Attribution(
    key="1",
    source=(at("وزارة المالية القمرية"),),
    cue=(at("قالت"),),
    content=(at("الضريبة ستنخفض"),),
    channel=Channel.STATEMENT,
    source_type=SourceType.GOVERNMENT,
    source_id="source-1",
    source_name="Ministry of Finance of Qamaria",
    confidence=0.9,
)
MORE = Attribution(
    key="2",
    cue=(at("أضافت"),),
    content=(at("«الخفض سيبدأ في آذار»"),),
    antecedent=(at("وزارة المالية القمرية"),),
    stance=Stance.DISTANCING,
    responds_to="1",
    via="1",
)
ARTICLE = Article(
    text=TEXT,
    place="news.jsonl:1",
    id="q1",
    lang="ar",
    url="https://naba.example/1",
    outlet="Naba",
    published=StatedTime(stated="3 آذار 2025"),
    layout=Layout(
        title=(at("قمرية تعلن خفض الضريبة"),),
        body=(Span(TEXT.index("قالت"), len(TEXT)),),
    ),
    extra={"desk": "economy", "tags": ["ضريبة"], "score": None},
)
FOUND = Extraction(attributions=(MINISTRY, MORE), narrator=(at("تعلن"),))


def test_a_line_has_its_fields_in_one_order_and_the_unknown_ones_last() -> None:
    assert list(line(ARTICLE, FOUND)) == [
        *("id", "lang", "text", "url", "outlet", "published_at", "title", "body"),
        *("attributions", "narrator", "desk", "tags", "score"),
    ]


def test_fields_that_came_with_a_line_are_kept_as_they_came() -> None:
    out = line(ARTICLE, FOUND)
    assert {name: out[name] for name in ARTICLE.extra} == ARTICLE.extra


def test_what_was_found_replaces_what_a_line_carried() -> None:
    carried = {"attributions": [{"id": "old"}], "narrator": [[0, 1]], "desk": "economy"}
    out = line(ARTICLE.model_copy(update={"extra": carried}), Extraction())
    assert (out["attributions"], out["narrator"], out["desk"]) == ([], [], "economy")


def test_an_address_that_is_none_is_kept_as_it_came() -> None:
    odd = ARTICLE.model_copy(update={"url": None, "extra": {"url": "feed:17"}})
    assert line(odd, FOUND)["url"] == "feed:17"
    known = ARTICLE.model_copy(update={"extra": {"url": "feed:17"}})
    assert line(known, FOUND)["url"] == ARTICLE.url


def test_every_span_of_a_line_gives_back_its_words() -> None:
    out = json.loads(json.dumps(line(ARTICLE, FOUND), ensure_ascii=False))
    first, second = out["attributions"]
    words = [out["text"][start:end] for start, end in (*first["source"], *first["content"])]
    assert words == ["وزارة المالية القمرية", "الضريبة ستنخفض"]
    assert second["source"] == []
    assert [out["text"][start:end] for start, end in second["antecedent"]] == [words[0]]
    assert second["source_text_ref"] == words[0]


def test_an_attribution_says_who_how_and_through_whom() -> None:
    first, second = line(ARTICLE, FOUND)["attributions"]
    assert list(first) == [
        *("id", "source", "cue", "content", "antecedent", "source_id", "source_name"),
        *("source_type", "kind", "channel", "stance", "assertion", "via", "confidence"),
    ]
    assert (first["source_type"], first["channel"], first["via"]) == (
        "government",
        "statement",
        None,
    )
    assert (second["stance"], second["via"], second["responds_to"]) == ("distancing", "1", "1")


def test_an_article_without_an_id_is_called_after_its_place() -> None:
    assert line(ARTICLE.model_copy(update={"id": None}), FOUND)["id"] == "news.jsonl:1"


def test_a_title_outside_the_text_goes_out_as_words() -> None:
    apart = ARTICLE.model_copy(
        update={"title": "خفض الضريبة", "layout": Layout(body=(Span(0, len(TEXT)),))}
    )
    out = line(apart, FOUND)
    assert out["title"] == "خفض الضريبة"
    assert ArticleInput.model_validate(out).title == "خفض الضريبة"


@pytest.mark.parametrize(
    "change",
    [
        {"id": ""},
        {"text": None},
        {"body": [[3]]},
        {"body": [[-1, 3]]},
        {"body": [[0, True]]},
        {"title": 7},
    ],
    ids=str,
)
def test_a_line_that_is_no_article_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ArticleInput.model_validate({"id": "x", "text": "y"} | change)


UNKNOWN = st.text().filter(lambda name: name not in ArticleLine.model_fields)


@given(
    st.text(min_size=1),
    st.dictionaries(UNKNOWN, st.none() | st.integers() | st.text() | st.lists(st.booleans())),
)
def test_a_line_can_be_read_again_whatever_it_carries(text: str, extra: dict[str, object]) -> None:
    article = Article(
        text=text,
        place="-",
        lang="ru",
        layout=Layout(body=(Span(0, len(text)),)),
        extra=extra,
    )
    content = Attribution(key="1", content=(Span(0, len(text)),))
    out = json.loads(json.dumps(line(article, Extraction(attributions=(content,)))))
    again = ArticleLine.model_validate(out)
    assert (again.text, again.attributions[0].content) == (text, ((0, len(text)),))
    assert ArticleInput.model_validate(out).body == ((0, len(text)),)
    assert {name: out[name] for name in extra} == extra
