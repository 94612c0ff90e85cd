"""RSS and Atom: what a feed lists."""

from __future__ import annotations

import html
import io
import re
from typing import Any, NamedTuple
from urllib.parse import urljoin

from claimtrack.ingest.address import is_address

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|(?:\w+:)?RDF)\b", re.IGNORECASE)
_WHOLE = 400
"""Code points that an entry's own text must have to be an article, not a teaser."""

_MOST = 2000
_TAG = re.compile(r"<[^>]{0,2000}>")


class Entry(NamedTuple):
    """One entry of a feed; "" where it does not say.

    Attributes:
        name: Its id, with the time it was last changed: another name is another state of it.
        url: Its page.
        title: Its title, as text.
        published: When it was published, as stated.
        author: Who wrote it.
        content: Its whole text as HTML; "" where there is only a teaser.
    """

    name: str
    url: str
    title: str
    published: str
    author: str
    content: str


class Feed(NamedTuple):
    """A feed.

    Attributes:
        title: What it is called.
        entries: The newest first, as most feeds have them.
        problem: What is wrong with it; "" for nothing. Entries may have been read all the same.
    """

    title: str
    entries: tuple[Entry, ...]
    problem: str


def is_feed(start: str) -> bool:
    """Tell whether XML, without its declaration, begins as a feed does."""
    return _FEED.match(start) is not None


def feed(data: bytes, url: str = "", headers: dict[str, str] | None = None) -> Feed:
    """Return what a feed lists.

    Args:
        data: Its bytes.
        url: Its address, which the entries' may be relative to.
        headers: The headers it came with.
    """
    import feedparser  # noqa: PLC0415 (few inputs need it)

    told = {key.lower(): value for key, value in (headers or {}).items()}
    kept = {key: told[key] for key in ("content-type", "content-language") if key in told}
    parsed = feedparser.parse(io.BytesIO(data), response_headers=kept)
    entries = tuple(
        entry for one in parsed.entries[:_MOST] if (entry := _entry(one, url)) is not None
    )
    problem = ""
    if parsed.bozo and not entries:
        problem = " ".join(str(parsed.get("bozo_exception", "")).split())[:200] or "broken"
    return Feed(_text(parsed.feed.get("title")), entries, problem)


def page(entry: Entry, site: str) -> bytes:
    """Return a page that says of an entry's text what the feed says of it."""
    said = {
        "og:site_name": site,
        "author": entry.author,
        "article:published_time": entry.published,
        "og:title": entry.title,
    }
    meta = "".join(
        f'<meta property="{name}" content="{html.escape(value)}">'
        for name, value in said.items()
        if value
    )
    link = f'<link rel="canonical" href="{html.escape(entry.url)}">' if entry.url else ""
    head = f'<meta charset="utf-8"><title>{html.escape(entry.title)}</title>{link}{meta}'
    heading = f"<h1>{html.escape(entry.title)}</h1>" if entry.title else ""
    body = f"<article>{heading}{entry.content}</article>"
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(
        "utf-8", "replace"
    )


def _entry(one: Any, base: str) -> Entry | None:
    link = one.get("link") or next((each.get("href", "") for each in one.get("links", ())), "")
    url = _joined(base, link.strip()) if link else ""
    content = max(
        (str(each.get("value", "")) for each in one.get("content", ())), key=len, default=""
    )
    if len(_TAG.sub("", content)) < _WHOLE:
        content = ""
    if not url and not content:
        return None
    said = {key: one[key] for key in ("id", "published", "updated") if key in set(one.keys())}
    name = f"{said.get('id') or url or _text(one.get('title'))} {said.get('updated', '')}".strip()
    return Entry(
        name,
        url,
        _text(one.get("title")),
        str(said.get("published") or said.get("updated") or ""),
        _text(one.get("author")),
        content,
    )


def _joined(base: str, link: str) -> str:
    """Return where a link leads, if it leads anywhere on the web, else nothing."""
    try:
        url = urljoin(base, link)
    except ValueError:
        return ""
    return url if is_address(url) else ""


def _text(value: Any) -> str:
    return " ".join(html.unescape(_TAG.sub("", str(value or ""))).split())
