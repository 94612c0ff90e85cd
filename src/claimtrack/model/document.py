"""A document: a work, the text it had at one moment, and what its stretches are."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from pydantic import Field

from claimtrack.model.capture import Capture
from claimtrack.model.ids import content_id, digest
from claimtrack.model.span import Span, Spans
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import PartRole, Precision


class StatedTime(Value):
    """A time as somebody stated it, and the instant it begins at where that is known.

    Attributes:
        stated: The words as they came; empty when unknown.
        utc: The first instant it can mean, in UTC; None when unknown. Of a day that may be the one
            before or after (`Precision.ABOUT_DAY`), the first instant of the likeliest.
        precision: How exactly it was stated.
        zone: The zone or offset as stated ("+03:00"); None when none was.
    """

    stated: str = ""
    utc: datetime | None = None
    precision: Precision = Precision.UNKNOWN
    zone: str | None = None

    def iso(self) -> str:
        """Return it in ISO 8601, as exactly as stated and in the stated zone; "" when unknown.

        A zone that is a name and not an offset is shown as UTC.
        """
        if self.utc is None:
            return ""
        stamp = self.utc.astimezone(_offset(self.zone)).isoformat(timespec="seconds")
        if self.precision is Precision.MINUTE:
            return stamp[:16] + stamp[19:]
        return stamp[: _SHOWN[self.precision]]


_SHOWN = {Precision.UNKNOWN: 0, Precision.YEAR: 4, Precision.MONTH: 7} | {
    Precision.ABOUT_DAY: 10,
    Precision.DAY: 10,
    Precision.SECOND: None,
}
"""How much of a time stamp each precision vouches for."""


@lru_cache(maxsize=256)
def _offset(zone: str | None) -> timezone:
    """Return a stated offset such as "+03:00" as a time zone; UTC for anything else."""
    match = re.fullmatch(r"([+-])(\d\d):?(\d\d)", zone or "")
    if not match or int(match[2]) > 23 or int(match[3]) > 59:
        return UTC
    size = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-size if match[1] == "-" else size)


class Layout(Value):
    """Which stretches of a text are its title, outlet's name, byline, body and boilerplate.

    Bodies and boilerplate may have gaps; stretches do not overlap. Every attribution is looked
    for in the title and the body only.
    """

    title: Spans = ()
    outlet: Spans = ()
    byline: Spans = ()
    body: Spans = ()
    boilerplate: Spans = ()

    def parts(self) -> tuple[tuple[PartRole, Span], ...]:
        """Return every stretch with its role, in text order."""
        found = [(role, span) for role in PartRole for span in getattr(self, role.value)]
        return tuple(sorted(found, key=lambda part: part[1]))


class Article(Value):
    """One article as it came in: text and what was said about it, nothing derived.

    Attributes:
        text: The decoded text as it came (see `claimtrack.ingest.text.clean`).
        place: Where it came from, for messages: a path, with a line for JSONL.
        layout: Where its parts are.
        url: Its address, where one was given.
        updated: When it was last changed, as stated.
        addresses: Further addresses of it, each after its kind: final, canonical, amp, archive.
        capture: What it was read from, where it was fetched.
        extra: Fields of a JSONL line that we do not use, kept as they came.
    """

    text: str
    place: str
    layout: Layout
    lang: str
    id: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: StatedTime = StatedTime()
    updated: StatedTime = StatedTime()
    addresses: tuple[tuple[str, str], ...] = ()
    capture: Capture | None = None
    replaced: int = 0  # lone surrogates and NULs that became U+FFFD
    extra: dict[str, Any] = Field(default_factory=dict)


class DocumentVersion(Value):
    """The text of a work at one moment.

    `document_id` and `id` follow from the content: a document is known by its address, or by its
    text where it has none; a version by its document, its text and what the text says of itself.
    """

    document_id: str
    id: str
    url: str | None
    text: str
    sha256: str
    lang: str
    title: str | None
    outlet: str | None
    byline: str | None
    published: StatedTime
    layout: Layout

    @classmethod
    def of(cls, article: Article, sha256: str) -> DocumentVersion:
        """Return the version an article is, given the SHA-256 of its UTF-8 text in hex."""
        document_id, version_id = version_ids(article, sha256)
        return cls(
            document_id=document_id,
            id=version_id,
            url=article.url,
            text=article.text,
            sha256=sha256,
            lang=article.lang,
            title=article.title,
            outlet=article.outlet,
            byline=article.byline,
            published=article.published,
            layout=article.layout,
        )

    def article(self, place: str = "") -> Article:
        """Return the article that it is a version of, as far as it is known; see `of`."""
        return Article(
            text=self.text,
            place=place,
            layout=self.layout,
            lang=self.lang,
            url=self.url,
            title=self.title,
            outlet=self.outlet,
            byline=self.byline,
            published=self.published,
        )


def version_ids(article: Article | DocumentVersion, sha256: str) -> tuple[str, str]:
    """Return the ids of the document and the version that an article is; see `DocumentVersion`."""
    identity = ["url", article.url] if article.url else ["text", sha256]
    document_id = content_id("document", *identity)
    content = {
        "document": document_id,
        "sha256": sha256,
        "lang": article.lang,
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "published": article.published.model_dump(mode="json"),
        "layout": digest(article.layout.model_dump(mode="json")),
    }
    return document_id, content_id("version", content)
