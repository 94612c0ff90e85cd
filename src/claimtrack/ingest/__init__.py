"""Bytes to articles: text, pages, documents, tables; what belongs to the article and what not."""

from claimtrack.ingest.problems import NotAnArticleError, Skipped
from claimtrack.ingest.reading import (
    STDIN,
    Raw,
    article,
    check,
    identity,
    is_feed,
    of_capture,
    of_stream,
    pieces,
    read,
)

__all__ = [
    "STDIN",
    "NotAnArticleError",
    "Raw",
    "Skipped",
    "article",
    "check",
    "identity",
    "is_feed",
    "of_capture",
    "of_stream",
    "pieces",
    "read",
]
