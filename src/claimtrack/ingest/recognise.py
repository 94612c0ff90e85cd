"""What an input is, by its first bytes and never by its name."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from claimtrack.ingest import feeds, markdown, parquet, subtitles, tables, telegram
from claimtrack.ingest.problems import EMPTY, NotAnArticleError
from claimtrack.ingest.text import readable

HEAD = 16384
"""Bytes that are looked at."""

_NOT_TEXT = "not text: its bytes are those of {}; give text, a page, a document or JSON lines"
_KNOWN = {
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
}
_JSON_LINE = re.compile(r'\{\s*(?:["}]|$)')
_JSON_ARRAY = re.compile(r"\[\s*(?:\{|\]|$)")
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|article|main|header|section|div|p|h1)\b", re.I
)
_XML = re.compile(r"<(?:urlset|sitemapindex)\b", re.I)
_CONTROLS = bytes({*range(32), 127} - {9, 10, 11, 12, 13})


class Form(Enum):
    """What an input can be."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    PDF = "pdf"
    DOCX = "docx"
    SUBTITLES = "subtitles"
    JSONL = "jsonl"
    CSV = "csv"
    TELEGRAM = "telegram"
    FEED = "feed"
    WARC = "warc"
    GZIP = "gzip"
    PARQUET = "parquet"

    @property
    def many(self) -> bool:
        """Whether it holds any number of articles, and may be of any size."""
        return self in _MANY


_MANY = frozenset({Form.JSONL, Form.CSV, Form.TELEGRAM, Form.WARC, Form.GZIP, Form.PARQUET})
_BINARY = {
    b"%PDF-": Form.PDF,
    b"PK\x03\x04": Form.DOCX,
    b"WARC/": Form.WARC,
    b"\x1f\x8b": Form.GZIP,
    parquet.MAGIC: Form.PARQUET,
}
_NO_FIELDS: Mapping[str, str] = MappingProxyType({})


def form_of(head: bytes, fields: Mapping[str, str] = _NO_FIELDS) -> Form:
    """Return what an input is, given its first HEAD bytes.

    Args:
        head: The bytes.
        fields: What the columns of a table are called, names of ours to names of theirs.

    Raises:
        NotAnArticleError: It is none of the forms.
    """
    for magic, form in _BINARY.items():
        if head.startswith(magic):
            return form
    for magic, name in _KNOWN.items():
        if head.startswith(magic):
            raise NotAnArticleError(_NOT_TEXT.format(name))
    wide = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = _wide_text(head) if wide else _text(head)
    start = text.lstrip(" \t\r\n\ufeff")
    if not start and len(head) < HEAD:
        raise NotAnArticleError(EMPTY)
    if telegram.is_telegram(start) and not wide:
        return Form.TELEGRAM
    if _JSON_LINE.match(start):
        if wide:
            raise NotAnArticleError("JSON lines in UTF-16; save them as UTF-8")
        return Form.JSONL
    if _JSON_ARRAY.match(start):
        raise NotAnArticleError("a JSON array; give one object a line (JSON lines)")
    form = _markup(start)
    return _marked(head, start, fields) if form is Form.TEXT and not wide else form


def _marked(head: bytes, start: str, fields: Mapping[str, str]) -> Form:
    """Tell tables, transcripts and Markdown from text."""
    if tables.mark(head.decode("utf-8-sig", "replace"), fields):
        return Form.CSV
    if subtitles.is_subtitles(start):
        return Form.SUBTITLES
    return Form.MARKDOWN if markdown.is_markdown(start) else Form.TEXT


def _markup(start: str) -> Form:
    """Tell HTML from text, looking past an XML declaration and comments."""
    at = 0
    declared = start.startswith("<?xml")
    if declared:
        at = start.find("?>") + 2
    start = start[at:].lstrip()
    while start.startswith("<!--") and (end := start.find("-->")) >= 0:
        start = start[end + 3 :].lstrip()
    if _HTML.match(start):
        return Form.HTML
    if feeds.is_feed(start):
        return Form.FEED
    if declared or _XML.match(start):
        raise NotAnArticleError("an XML file that is no feed; give the articles themselves")
    return Form.TEXT


def _wide_text(head: bytes) -> str:
    text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if not readable(text):
        raise NotAnArticleError(_NOT_TEXT.format("something else"))
    return text


def _text(head: bytes) -> str:
    """Return the head as text, close enough to recognise it by."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    # Bytes that are UTF-8 may hold stray NULs; of others, a text in a code page holds none.
    allowed = 10 if _utf8(head) else 200
    if controls * allowed > len(head):
        raise NotAnArticleError(_NOT_TEXT.format("something else"))
    return head.removeprefix(BOM_UTF8).decode("ascii", "replace")


def _utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        return len(head) == HEAD and error.start >= HEAD - 3  # a character cut in two
    return True
