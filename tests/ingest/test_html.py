"""Web pages: the article's text, and what the page says of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.ingest import html
from claimtrack.ingest.problems import LARGEST, NotAnArticleError
from claimtrack.model.document import Article

BODY = """
<nav><a href="/">الرئيسية</a> <a href="/p">سياسة</a></nav>
<article><h1>{title}</h1>
<p>قالت وزارة الصحة القمرية إن قافلة من اثنتي عشرة شاحنة وصلت إلى تل سدرون مساء الأحد.</p>
<p>اقرأ أيضا: أمطار غزيرة على السهل</p>
<p>وأضافت الوزارة أن القافلة تحمل أدوية تكفي البلدة ثلاثة أشهر، ونفت أن تكون الطريق مغلقة.</p>
</article>
<aside><h3>آخر الأخبار</h3><ul><li><a href="/1">انخفاض أسعار القمح</a></li></ul></aside>
<footer>جميع الحقوق محفوظة</footer>
"""
TITLE = "قافلة مساعدات تصل تل سدرون"


def page(head: str = "", body: str = BODY, attributes: str = "") -> str:
    return (
        f"<!DOCTYPE html><html {attributes}><head>{head}</head>"
        f"<body>{body.replace('{title}', TITLE)}</body></html>"
    )


def read(text: str, encoding: str = "utf-8") -> Article:
    return html.article(text.encode(encoding, "replace"), "page.html")


def linked(**fields: Any) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle"} | fields
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_a_page_gives_its_title_a_blank_line_and_its_body() -> None:
    found = read(page())
    assert found.text.startswith(f"{TITLE}\n\nقالت وزارة الصحة")
    assert found.text.count(TITLE) == 1
    assert (found.title, found.lang, found.place) == (TITLE, "ar", "page.html")
    assert [span.of(found.text) for span in found.layout.title] == [TITLE]
    body = " ".join(span.of(found.text) for span in found.layout.body)
    assert "وأضافت الوزارة" in body
    assert "اقرأ أيضا" not in body
    assert "الرئيسية" not in found.text
    assert "محفوظة" not in found.text


@pytest.mark.parametrize("declared", ['<meta charset="windows-1256">', ""])
def test_a_page_in_a_code_page_is_read(declared: str) -> None:
    found = read(page(declared), "windows-1256")
    assert found.title == TITLE
    assert found.replaced == 0


def test_an_xhtml_page_may_name_its_charset_in_its_first_line() -> None:
    found = read(f'<?xml version="1.0" encoding="iso-8859-6"?>\n{page()}', "iso-8859-6")
    assert found.title == TITLE


LISTED = {"@type": "Report", "publisher": [{"name": "صدى بدرون"}]}
TIME = '<time itemprop="datePublished" datetime="2026-05-04"></time>'
FULL = {
    "headline": "قافلة مساعدات تصل\n تل سدرون",
    "datePublished": "2026-05-04T10:00:00+03:00",
    "author": [{"@type": "Person", "name": "نجوى السرداب"}, "Ansel Quorby", "https://x.example"],
    "publisher": {"@type": "Organization", "name": "صدى بدرون"},
    "url": "https://sadabadrun.example/1",
    "inLanguage": "ar-XQ",
}


@pytest.mark.parametrize(
    "head",
    [
        linked(**FULL),
        linked(**FULL).replace("{", '[{"@type": ["Thing", "Article"]}, {', 1).replace("</", "]</"),
        '<script type=" APPLICATION/LD+JSON ">'
        + json.dumps({"@graph": [{"@type": "WebSite", "headline": "No"}, FULL | LISTED]})
        + ";</script>",
        "<script type='application/ld+json'>{broken</script><script type='application/ld+json'>3"
        "</script><script>var x;</script>" + linked(**FULL),
    ],
)
def test_what_json_ld_says_is_taken(head: str) -> None:
    found = read(page(head))
    assert found.title == TITLE
    assert found.outlet == "صدى بدرون"
    assert found.byline == "نجوى السرداب, Ansel Quorby"
    assert found.url == "https://sadabadrun.example/1"
    assert found.published.iso() == "2026-05-04T10:00:00+03:00"


def test_meta_elements_are_taken_where_there_is_no_json_ld() -> None:
    found = read(
        page(
            '<link rel="canonical" href=" https://sadabadrun.example/2 ">'
            '<meta property="og:url" content="https://sadabadrun.example/other">'
            f'<meta property="og:title" content="{TITLE} | صدى بدرون">'
            '<meta property="OG:Site_Name" content="صدى  بدرون">'
            '<meta name="author" content="https://sadabadrun.example/najwa">'
            '<meta name="author" content="نجوى السرداب">'
            '<meta name="author" content="  "><meta name="x">'
            '<meta itemprop="datePublished" content="٤ أيار ٢٠٢٦">'
        )
    )
    assert found.url == "https://sadabadrun.example/2"
    assert (found.title, found.outlet, found.byline) == (TITLE, "صدى بدرون", "نجوى السرداب")
    assert found.published.iso() == "2026-05-04"


def test_what_a_page_does_not_say_stays_unknown() -> None:
    found = read(page('<link rel="canonical" href="/1"><meta name="author" content="">'))
    assert (found.url, found.outlet, found.byline, found.published.stated) == (None, None, None, "")


@pytest.mark.parametrize(
    ("head", "iso", "stated"),
    [
        (linked(datePublished="soon"), "", "soon"),
        (
            linked(datePublished="soon")
            + '<meta property="article:published_time" content="2026-05-04">',
            "2026-05-04",
            "2026-05-04",
        ),
        (TIME, "2026-05-04", "2026-05-04"),
        (TIME * 2, "2026-05-04", "2026-05-04"),
        (TIME + TIME.replace("04", "03"), "", ""),
        ('<time datetime="2026-05-03"></time>', "", ""),
        (linked(datePublished=["2026-05-04"]), "", ""),
    ],
)
def test_the_date_is_the_page_s_own_or_unknown(head: str, iso: str, stated: str) -> None:
    found = read(page(body=head + BODY))
    assert (found.published.iso(), found.published.stated) == (iso, stated)


def test_of_several_linked_articles_the_one_at_the_page_s_address_speaks() -> None:
    others = linked(headline="Other", url="https://sadabadrun.example/9")
    own = linked(headline=TITLE, mainEntityOfPage={"@id": "https://sadabadrun.example/1"})
    link = '<link rel="canonical" href="https://sadabadrun.example/1">'
    assert read(page(others + own + link)).title == TITLE
    assert read(page(others + own)).title == "Other"
    assert read(page(own.replace('{"@id": ', "").replace("}}", "}") + others + link)).title == TITLE


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (f"<title>{TITLE} - صدى بدرون</title>", "<h2>x</h2>", f"{TITLE} - صدى بدرون"),
        (
            f'<title>{TITLE} - صدى بدرون</title><meta property="og:site_name" content="صدى بدرون">',
            "<h1>أ</h1><h1>ب</h1>",
            TITLE,
        ),
        (
            '<title>صدى بدرون</title><meta property="og:site_name" content="صدى بدرون">',
            "",
            "صدى بدرون",
        ),
        (
            '<title>| صدى بدرون</title><meta property="og:site_name" content="صدى بدرون">',
            "",
            "| صدى بدرون",
        ),
        ("<title></title>", "", None),
    ],
)
def test_a_title_is_the_heading_or_the_window_s(head: str, body: str, title: str | None) -> None:
    article = BODY.replace("<h1>{title}</h1>", "")
    found = read(page(head, body + article))
    if title:
        assert found.title == title
    else:
        assert "title" not in head.replace("<title></title>", "")
        assert found.text.startswith("قالت")


def test_a_declared_language_counts_only_where_the_text_does_not_tell() -> None:
    assert read(page(attributes='lang="en-US"')).lang == "ar"
    numbers = "<p>" + "12 345 678 " * 30 + "</p>"
    assert read(page(attributes='lang="ru-RU"', body=numbers)).lang == "ru"
    assert read(page('<meta property="og:locale" content="fa_IR">', body=numbers)).lang == "fa"
    assert read(page(attributes='lang="?"', body=numbers)).lang == "und"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<!doctype html>", "no article text"),
        ("<html>" + "<div>" * 300 + "text", "nested too deeply"),
        ("<html>" + "<DIV>" * 2_000_000, "nested too deeply"),
        ("<html>" + "<b>x</b>" * 30_000, "too many tags"),
        ("<html><p " + "a=1 " * 5_000 + ">", "too many tags"),
        ("<html>" + "x" * LARGEST, "larger than 10 MB"),
        ("<html><!-- " + "<div>" * 300, "no article text"),
        ("<html><script>" + "<div>" * 300, "no article text"),
    ],
    ids=range(8),
)
def test_a_page_that_cannot_be_read_is_refused(text: str, problem: str) -> None:
    with pytest.raises(NotAnArticleError, match=problem):
        read(text)


def test_what_is_no_markup_does_not_count_as_nesting() -> None:
    noise = (
        "<!-- " + "<div>" * 300 + " --><script>" + "'<div>'" * 300 + "</SCRIPT>"
        "<ul>" + "<li>x" * 300 + "</ul>" + "<br/><img src=x />" * 300 + "</div>" * 9
    )
    assert read(page(body=noise + BODY)).title == TITLE


TAGS = ["<p>", "</p>", "<div>", "</div>", "<b>", "<h1>", "<!--", "-->", "<script>", "<table><tr>"]
TAGS += [
    "<time itemprop=datePublished>",
    "<meta name=date content='4 May 2026'>",
    "&#0;",
    "<a href=",
]
TAGS += ["<link rel=canonical href=https://a.example>", "<", ">", "قال الوزير إن السد جاهز. ", "\0"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(TAGS), st.text(max_size=8)), max_size=40))
def test_any_page_is_an_article_or_refused(pieces: list[str]) -> None:
    try:
        found = read("<html>" + "".join(pieces), "utf-8")
    except NotAnArticleError:
        return
    assert found.layout.body
    assert found.text.encode().decode() == found.text
