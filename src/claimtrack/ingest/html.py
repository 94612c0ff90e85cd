"""Web pages to articles: the body's text, and what the page says of itself."""

from __future__ import annotations

import logging
import re
from typing import Any

from claimtrack.ingest.language import UNKNOWN, detect
from claimtrack.ingest.layout import layout_of
from claimtrack.ingest.metadata import Metadata, metadata
from claimtrack.ingest.phrases import spelled
from claimtrack.ingest.plain import words, written
from claimtrack.ingest.problems import LARGEST, TOO_LARGE, NotAnArticleError, checked
from claimtrack.ingest.text import clean
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.model.document import Article

DEEPEST = 200
"""Elements within elements; the parser gives up at 256, and real pages have some forty."""

_LONGEST_CELL = 600
MOST_TAGS = 40_000
MOST_ATTRIBUTES = 2_000
"""Of one tag. Both keep the extraction's time bounded; real pages stay far below."""

_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*))")
# Elements that need no end tag; they do not pile up.
_OPEN = frozenset(
    {"area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html"}
    | {"img", "input", "li", "link", "meta", "optgroup", "option", "p", "rp", "rt", "source"}
    | {"tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr"}
)
# Elements whose content is no markup, and what ends them.
_OPAQUE = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title")
}
_COMMENT_END = re.compile("-->")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]{1,40})")


def article(data: bytes, place: str, packs: Packs = SHIPPED, charset: str | None = None) -> Article:
    """Return the article of a page: its title, a blank line, its body.

    Args:
        data: The page.
        place: What to call it.
        packs: The language packs that hold.
        charset: The character set that its server states; what the page itself states comes after.

    Raises:
        NotAnArticleError: The page is too large, nested too deeply, or holds no article.
    """
    if len(data) > LARGEST:
        raise NotAnArticleError(TOO_LARGE)
    page, replaced, _ = clean(data, *_declared(data, charset))
    _guard(page)
    said, body = _read(page, packs)
    if not body:
        raise NotAnArticleError("no article text on this page; save the text itself")
    text = checked(_text(said.title, body))
    layout = layout_of(text, title=said.title, outlet=said.outlet, packs=packs)
    # Before what the page declares: templates declare much.
    lang = detect(written(text, layout), packs)
    return Article(
        text=text,
        place=place,
        layout=layout,
        lang=(said.lang or UNKNOWN) if lang == UNKNOWN else lang,
        url=said.url,
        title=said.title or words(text, layout.title),
        outlet=said.outlet or words(text, layout.outlet[:1]),
        byline=said.author,
        published=said.published,
        updated=said.updated,
        addresses=(("amp", said.amp),) if said.amp else (),
        replaced=replaced,
    )


def _declared(data: bytes, charset: str | None) -> tuple[str, ...]:
    """Return the character sets that a page is said to be in, the likelier one first.

    Servers state one for all their pages, and Latin-1 where nobody told them: a page knows better.
    """
    head = data[:4096]
    match = _XML_CHARSET.match(head.lstrip()) or _CHARSET.search(head)
    stated = (match[1].decode("ascii", "replace") if match else None, charset)
    return tuple(filter(None, stated))


def _read(page: str, packs: Packs) -> tuple[Metadata, str]:
    import trafilatura  # noqa: PLC0415 (a third of a second, and only pages need it)

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # we say ourselves what is wrong
    tree = trafilatura.load_html(page)
    if tree is None:
        return Metadata(), ""
    said = metadata(tree, packs)
    _unwrap(tree)
    found = trafilatura.extract(tree, include_comments=False, with_metadata=False)
    return said, (found or "").strip()


def _unwrap(tree: Any) -> None:
    """Make stretches of the page of tables that only lay it out, as old sites use them.

    No table of figures has a heading of the page or a cell as long as an article.
    """
    for table in list(tree.iter("table")):
        cells = list(table.iter("td", "th"))
        long = any(len("".join(cell.itertext())) > _LONGEST_CELL for cell in cells)
        if long or next(table.iter("h1"), None) is not None:
            for element in (table, *table.iter("tbody", "thead", "tfoot", "tr", "td", "th")):
                element.tag = "div"


def _text(title: str | None, body: str) -> str:
    """Return title and body as one text, without saying the title twice."""
    if not title:
        return body
    first, _, rest = body.partition("\n")
    if spelled(first[:500]) == spelled(title[:500]):
        body = rest.lstrip("\n")
    return f"{title}\n\n{body}" if body else title


def _guard(page: str) -> None:
    """Look for what would make the extraction slow or wrong, in one pass.

    Raises:
        NotAnArticleError: Too many tags or attributes, or too deep a nesting.
    """
    depth = tags = at = 0
    while match := _TAG.search(page, at):
        at = match.end()
        comment, closing, name, attributes = match.groups()
        if comment:
            at = _after(page, _COMMENT_END, at)
            continue
        tags += 1
        name = name.lower()
        if tags > MOST_TAGS or len(attributes.split(None, MOST_ATTRIBUTES)) > MOST_ATTRIBUTES:
            raise NotAnArticleError("too many tags for an article; save the text itself")
        if closing:
            depth = max(0, depth - (name not in _OPEN))
        elif name in _OPAQUE:
            at = _after(page, _OPAQUE[name], at)
        elif name not in _OPEN and not attributes.endswith("/"):
            depth += 1
            if depth > DEEPEST:
                raise NotAnArticleError("nested too deeply for an article; save the text itself")


def _after(page: str, mark: re.Pattern[str], at: int) -> int:
    """Return where a mark begins, or the end of the page where it never comes."""
    found = mark.search(page, at)
    return found.start() if found else len(page)
