"""What a page says of itself: JSON-LD first, then OpenGraph and other meta elements.

Only what speaks of the page's own article is read: never the dates, titles or names of the
articles it links to. What is not stated stays unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from claimtrack.ingest.dates import stated
from claimtrack.ingest.phrases import spelled
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.model.document import StatedTime
from claimtrack.model.vocabulary import Precision

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|Report|LiveBlogPosting)$")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_CODE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_SUFFIX = re.compile(r"\s+[|–—-]\s+|\s*[|»]\s*")
_NAMES = ("property", "name", "itemprop", "http-equiv")
_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
)
_UPDATES = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "article.updated",
)
_PARAGRAPH = 120
_LONGEST_DATE = 80
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
_OTHERS = frozenset({"aside", "nav", "footer", "li", "a", "form"})
_EXACT = frozenset({Precision.ABOUT_DAY, Precision.DAY, Precision.MINUTE, Precision.SECOND})
_LANGUAGES = ("og:locale", "content-language", "dc.language", "language")


class Metadata(NamedTuple):
    """What a page says of its article; None where it says nothing."""

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    lang: str | None = None
    published: StatedTime = StatedTime()
    updated: StatedTime = StatedTime()
    amp: str | None = None


def metadata(tree: Any, packs: Packs = SHIPPED) -> Metadata:
    """Return what a parsed page (an lxml tree) says of itself."""
    meta = _meta(tree)
    url = _first_address(_links(tree, "canonical") + meta.get("og:url", []))
    linked = _article(tree, url)
    outlet = _line(_name(linked.get("publisher"))) or _first(meta, _OUTLETS)
    title = _line(linked.get("headline")) or _first(meta, _TITLES)
    return Metadata(
        title=_without_site(title or _heading(tree), outlet),
        url=url or _first_address([linked.get("url")]),
        outlet=outlet,
        author=_author(linked.get("author")) or _first(meta, _AUTHORS, no_address=True),
        lang=_lang([tree.get("lang"), linked.get("inLanguage"), _first(meta, _LANGUAGES)]),
        published=_published(_stamps(linked, meta, tree), packs, tree),
        updated=_published(_updates(linked, meta, tree), packs),
        amp=_first_address(_links(tree, "amphtml")),
    )


def _meta(tree: Any) -> dict[str, list[str]]:
    """Return the contents of the meta elements by lower-case name, in page order."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for kind in _NAMES:
            name = element.get(kind)
            if name and content and content.strip():
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], names: tuple[str, ...], *, no_address: bool = False) -> Any:
    for name in names:
        for content in meta.get(name, []):
            line = _line(content)
            if line and not (no_address and _ADDRESS.match(line)):
                return line
    return None


def _line(value: object) -> str | None:
    """Return a value as one line, if it is a text that says something."""
    if not isinstance(value, str):
        return None
    return " ".join(value.split())[:1000] or None


def _links(tree: Any, relation: str) -> list[Any]:
    return [link.get("href") for link in tree.iter("link") if link.get("rel") == relation]


def _first_address(values: list[Any]) -> str | None:
    for value in values:
        if isinstance(value, str) and (match := _ADDRESS.fullmatch(value.strip())):
            return match[0]
    return None


def _article(tree: Any, url: str | None) -> dict[str, Any]:
    """Return the page's own article among its JSON-LD; empty without one."""
    found = [one for one in _linked_data(tree) if _is_article(one)]
    own = [one for one in found if url and url in (_identity(one), one.get("url"))]
    titled = [one for one in found if one.get("headline")]
    return (own or titled or found or [{}])[0]


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the top-level objects of the JSON-LD scripts; a broken script says nothing."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for one in data if isinstance(data, list) else [data]:
            graph = one.get("@graph") if isinstance(one, dict) else None
            listed = graph if isinstance(graph, list) else [one]
            yield from (node for node in listed if isinstance(node, dict))


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.match(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _identity(node: dict[str, Any]) -> object:
    page = node.get("mainEntityOfPage")
    return page.get("@id") if isinstance(page, dict) else page


def _name(value: object) -> object:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("name") if isinstance(value, dict) else value


def _author(value: object) -> str | None:
    names = [_line(_name(one)) for one in (value if isinstance(value, list) else [value])]
    return ", ".join(name for name in names if name and not _ADDRESS.match(name)) or None


def _heading(tree: Any) -> str | None:
    """Return the page's only first-level heading, else what its window would be called."""
    headings = [_line(" ".join(one.itertext())) for one in tree.iter("h1")]
    headings = [one for one in headings if one]
    if len(headings) == 1:
        return headings[0]
    return next((line for one in tree.iter("title") if (line := _line(one.text))), None)


def _without_site(title: str | None, outlet: str | None) -> str | None:
    """Return a title without the site's name after it."""
    marks = list(_SUFFIX.finditer(title)) if title and outlet else []
    if title and outlet and marks and spelled(title[marks[-1].end() :]) == spelled(outlet):
        return title[: marks[-1].start()].rstrip() or title
    return title


def _lang(values: list[object]) -> str | None:
    for value in values:
        if isinstance(value, str) and (match := _CODE.fullmatch(value.strip())):
            return match[1].lower()
    return None


def _published(stamps: list[str], packs: Packs, tree: Any = None) -> StatedTime:
    """Return the first stated date that can be read, else the first one as it was stated.

    Where a page states none to programs, that which stands for readers under its heading counts.
    """
    read = [stated(stamp, packs) for stamp in stamps]
    known = [time for time in read if time.precision is not Precision.UNKNOWN]
    if not known and tree is not None:
        known = list(islice(_visible(tree, packs), 1))
    return (known or read or [StatedTime()])[0]


def _visible(tree: Any, packs: Packs) -> Iterator[StatedTime]:
    """Yield the dates that stand between the page's only heading and its first paragraph.

    What stands above the heading, beside the text or in a list may be another article's.
    """
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        return
    below = False
    for element in tree.iter():
        if element is headings[0]:
            below = True
        if not below or not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        text = " ".join("".join(element.itertext()).split())
        if len(element.text or "") > _PARAGRAPH:
            return
        if not text or len(text) > _LONGEST_DATE or not any(map(str.isdigit, text)):
            continue
        if any(one.tag in _OTHERS for one in (element, *element.iterancestors())):
            continue
        time = stated(text, packs)
        if time.precision in _EXACT:
            yield time


def _stamps(linked: dict[str, Any], meta: dict[str, list[str]], tree: Any) -> list[str]:
    """Return the dates that a page states, in the order of their worth."""
    stamps = [_line(linked.get("datePublished"))]
    stamps += [_line(content) for name in _DATES for content in meta.get(name, [])]
    times = [one for one in tree.iter("time") if one.get("itemprop") == "datePublished"]
    if len({one.get("datetime") for one in times}) == 1:  # else some are other articles'
        stamps.append(_line(times[0].get("datetime")))
    return [stamp for stamp in stamps if stamp]


def _updates(linked: dict[str, Any], meta: dict[str, list[str]], tree: Any) -> list[str]:
    """Return the times of the last change that a page states, in the order of their worth."""
    stamps = [_line(linked.get("dateModified"))]
    stamps += [_line(content) for name in _UPDATES for content in meta.get(name, [])]
    times = [one for one in tree.iter("time") if one.get("itemprop") == "dateModified"]
    if len({one.get("datetime") for one in times}) == 1:
        stamps.append(_line(times[0].get("datetime")))
    return [stamp for stamp in stamps if stamp]
