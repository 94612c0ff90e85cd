# ruff: noqa: E501 (lines of pages are as long as pages have them)
"""Pages built as news sites build them: twenty of our own, with what surrounds an article there.

Each theme is a way of building pages that is common among sites in Arabic, English or Russian: what
they wrap the text in, where they state dates, and what they put around and between paragraphs. The
texts and the cast are invented, and stand in stories.jsonl.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Words = dict[str, str]


class Story(NamedTuple):
    """An article, and words that stand around it in its language."""

    lang: str
    title: str
    body: tuple[str, ...]
    author: str
    outlet: str
    others: tuple[str, ...]
    words: Words


class Fixture(NamedTuple):
    """A page, and what is to be read from it."""

    name: str
    data: bytes
    story: Story
    published: str
    author: str | None
    outlet: str | None


def stories() -> dict[str, Story]:
    """Return the stories by their keys."""
    lines = Path(__file__).with_name("stories.jsonl").read_text("utf-8").splitlines()
    found = {}
    for line in lines:
        held = json.loads(line)
        key = held.pop("key")
        found[key] = Story(
            held["lang"],
            held["title"],
            tuple(held["body"]),
            held["author"],
            held["outlet"],
            tuple(held["others"]),
            held["words"],
        )
    return found


def paragraphs(story: Story, inset: str = "", wrap: str = "p") -> str:
    """Return the body as HTML, with something put in after the second paragraph."""
    made = [f"<{wrap}>{text}</{wrap}>" for text in story.body]
    return "\n".join([*made[:2], inset, *made[2:]])


def links(story: Story, tag: str = "li", date: str = "") -> str:
    """Return a list of other articles, each with a date of its own."""
    stamp = f'<time datetime="{date}">{date}</time>' if date else ""
    return "".join(
        f'<{tag}><a href="/x{at}">{one}</a>{stamp}</{tag}>' for at, one in enumerate(story.others)
    )


def shell(story: Story, head: str, body: str) -> str:
    """Return a whole page with the menu, the bottom line and the scripts that every site has."""
    side = "rtl" if story.lang == "ar" else "ltr"
    menu = "".join(f'<li><a href="#">{one}</a></li>' for one in story.words["menu"].split("|"))
    return f"""<!DOCTYPE html><html lang="{story.lang}" dir="{side}"><head>
<title>{story.title} | {story.outlet}</title>{head}
<style>.a{{color:red}}</style><script>var a = "<p>not text</p>";</script></head><body>
<header><div class="logo"><a href="/">{story.outlet}</a></div><nav><ul>{menu}</ul></nav></header>
{body}
<footer><p>{story.words["rights"]}</p><ul>{menu}</ul></footer></body></html>"""


def linked(story: Story, **fields: object) -> str:
    """Return JSON-LD that speaks of the article."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": story.outlet},
        **fields,
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def newspaper(story: Story, date: str) -> str:
    """A magazine theme of a large publishing system: graph of JSON-LD, share row, related block."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": story.outlet, "url": "https://a.example/"},
            {"@type": "BreadcrumbList", "itemListElement": []},
            {
                "@type": ["Article", "NewsArticle"],
                "headline": story.title,
                "datePublished": date,
                "dateModified": "2026-09-30T10:00:00+00:00",
                "author": {"name": story.author},
                "publisher": {"name": story.outlet},
            },
        ],
    }
    head = f'<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script>'
    w = story.words
    inset = f'<div class="td-a-rec">{w["advert"]}</div>'
    return shell(
        story,
        head,
        f"""<div class="td-trending-now-wrapper"><span>{w["trending"]}</span>{links(story, "h3")}</div>
<div class="td-container"><article class="post type-post"><div class="entry-crumbs">
<a href="/">{w["home"]}</a> » <a href="/n">{w["section"]}</a></div>
<h1 class="entry-title">{story.title}</h1>
<div class="td-post-sharing"><a>{w["facebook"]}</a><a>{w["share"]}</a></div>
<div class="td-post-content tagdiv-type">{paragraphs(story, inset)}</div>
<footer><div class="td-post-source-tags"><span>{w["tags"]}</span><a>{w["section"]}</a></div></footer>
</article><div class="td_block_related_posts"><h4>{w["related"]}</h4>{links(story, "h3", "2026-10-01")}
</div></div>""",
    )


def inset_links(story: Story, date: str) -> str:
    """Boxes of other articles between the paragraphs, and the date in OpenGraph."""
    head = f"""<meta property="og:title" content="{story.title}">
<meta property="og:site_name" content="{story.outlet}">
<meta property="article:published_time" content="{date}"><meta name="author" content="{story.author}">"""
    w = story.words
    inset = f"""<div class="inline-related"><p><strong>{w["also"]}</strong></p>
<ul>{links(story)}</ul></div>"""
    return shell(
        story,
        head,
        f"""<main><article><header><h1>{story.title}</h1></header>
<div class="article__text">{paragraphs(story, inset)}</div></article>
<aside class="sidebar"><h2>{w["latest"]}</h2><ul>{links(story, date="2026-10-02")}</ul></aside></main>""",
    )


def bare_blog(story: Story, date: str) -> str:
    """A blog whose date stands only as words above the text, other posts' dates around it."""
    w = story.words
    return shell(
        story,
        "",
        f"""<div id="content"><div class="post hentry"><h1 class="post-title">{story.title}</h1>
<div class="post-header"><span class="published-at">{date}</span></div>
<div class="post-body entry-content">{paragraphs(story)}</div>
<div class="post-footer">{w["share"]} {w["facebook"]}</div></div></div>
<div id="sidebar"><h2>{w["latest"]}</h2>{links(story, "div", "2026-10-03")}</div>""",
    )


def microdata(story: Story, date: str) -> str:
    """Microdata in the elements themselves, comments of readers below."""
    w = story.words
    comments = "".join(f'<li class="comment"><p>{one}</p></li>' for one in story.others)
    return shell(
        story,
        f'<meta property="og:site_name" content="{story.outlet}">',
        f"""<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{story.title}</h1>
<time itemprop="datePublished" datetime="{date}">{w["published"]}</time>
<div itemprop="articleBody" class="field field--name-body">{paragraphs(story)}</div></div>
<section id="comments" class="comments-area"><h2>{w["comments"]}</h2><ol class="comment-list">{comments}</ol>
</section>""",
    )


def ticker_page(story: Story, date: str) -> str:
    """A news ticker above, a subscription box within, JSON-LD of a single article."""
    w = story.words
    inset = f"""<div class="newsletter-signup"><h3>{w["subscribe"]}</h3><form><input name="email">
<button>{w["send"]}</button></form></div>"""
    return shell(
        story,
        linked(story, datePublished=date),
        f"""<div class="breaking-news"><marquee>{" ".join(story.others)}</marquee></div>
<div class="cookie-banner"><p>{w["cookies"]}</p><button>{w["send"]}</button></div>
<article><h1>{story.title}</h1><div class="content">{paragraphs(story, inset)}</div>
<div class="share-buttons"><a>{w["facebook"]}</a> <a>{w["share"]}</a></div></article>
<section class="more"><h2>{w["related"]}</h2>{links(story, "article", "2026-10-04")}</section>""",
    )


def divs(story: Story, date: str) -> str:
    """An old site without any paragraphs: line breaks in a table, the date in a meta element."""
    w = story.words
    return shell(
        story,
        f'<meta name="date" content="{date}">',
        f"""<table><tr><td class="menu">{links(story, "div")}</td><td class="main">
<h1>{story.title}</h1><div class="newstext">{"<br><br>".join(story.body)}</div>
<div class="print"><a>{w["share"]}</a></div></td></tr></table>""",
    )


Theme = Callable[[Story, str], str]
PAGES: tuple[tuple[str, str, Theme, str, str, str], ...] = (
    # story, encoding, theme, date as it stands, date as read, who wrote it as stated
    ("ar-wheat", "utf-8", newspaper, "2026-03-04T09:00:00+03:00", "2026-03-04T09:00:00+03:00", "yes"),
    ("ar-wheat", "windows-1256", divs, "2026-03-04", "2026-03-04", ""),
    ("ar-wheat", "utf-8", bare_blog, "نُشر في: ٤ آذار ٢٠٢٦", "2026-03-04", ""),
    ("ar-road", "utf-8", inset_links, "2026-05-04T14:30:00+03:00", "2026-05-04T14:30:00+03:00", "yes"),
    ("ar-road", "windows-1256", bare_blog, "الاثنين 4 أيار 2026 - 14:30", "2026-05-04", ""),
    ("ar-road", "utf-8", microdata, "2026-05-04T11:30Z", "2026-05-04T11:30+00:00", ""),
    ("ar-fire", "utf-8", ticker_page, "2026-07-14", "2026-07-14", "yes"),
    ("ar-fire", "utf-8", bare_blog, "١٤ جويلية ٢٠٢٦", "2026-07-14", ""),
    ("ar-fire", "utf-8", bare_blog, "15 رمضان 1447 هـ", "2026-03-04", ""),
    ("ar-fire", "windows-1256", newspaper, "2026-07-14T20:00:00+01:00", "2026-07-14T20:00:00+01:00", "yes"),
    ("en-wheat", "utf-8", newspaper, "2026-03-04T09:00:00Z", "2026-03-04T09:00:00+00:00", "yes"),
    ("en-wheat", "utf-8", inset_links, "2026-03-04T09:00:00Z", "2026-03-04T09:00:00+00:00", "yes"),
    ("en-wheat", "utf-8", bare_blog, "Published on March 4, 2026", "2026-03-04", ""),
    ("en-bridge", "utf-8", microdata, "2026-06-01T08:00:00-05:00", "2026-06-01T08:00:00-05:00", ""),
    ("en-bridge", "windows-1252", ticker_page, "2026-06-01", "2026-06-01", "yes"),
    ("en-bridge", "utf-8", divs, "03/04/2026", "", ""),
    ("ru-tax", "utf-8", inset_links, "2026-03-04T12:00:00+03:00", "2026-03-04T12:00:00+03:00", "yes"),
    ("ru-tax", "windows-1251", bare_blog, "4 марта 2026, 12:00 мск", "2026-03-04T12:00+03:00", ""),
    ("ru-mission", "utf-8", ticker_page, "2026-08-20T10:15+03:00", "2026-08-20T10:15+03:00", "yes"),
    ("ru-mission", "utf-8", newspaper, "2026-08-20T10:15:00+03:00", "2026-08-20T10:15:00+03:00", "yes"),
    ("ru-mission", "windows-1251", divs, "20.08.2026", "2026-08-20", ""),
    ("en-bridge", "utf-8", microdata, "", "", ""),
)  # fmt: skip


def fixtures() -> list[Fixture]:
    """Return all pages."""
    known = stories()
    return [
        Fixture(
            f"{key} {theme.__name__} {at}",
            theme(known[key], stated).encode(encoding, "xmlcharrefreplace"),
            known[key],
            read,
            known[key].author if author else None,
            known[key].outlet if theme not in (bare_blog, divs) else None,
        )
        for at, (key, encoding, theme, stated, read, author) in enumerate(PAGES)
    ]
