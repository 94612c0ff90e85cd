"""What keeps an input from being an article."""

from __future__ import annotations

from claimtrack.ingest.lines import blank
from claimtrack.model.value import Value

LARGEST = 10 * 1024 * 1024
"""Bytes of UTF-8 that one article's text may have."""

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes of a document that holds one article beside pictures and fonts."""

EMPTY = "empty: there is no text in it"
TOO_LARGE = f"larger than {LARGEST // 1024 // 1024} MB: no article is that long; split it"


class NotAnArticleError(Exception):
    """An input that cannot be read as an article; the reason is for the user.

    `claimtrack.ingest.read` turns it into an InputError or a Skipped, which name the place.
    """

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason)


class Skipped(Value):
    """Something that was left out, and why.

    Attributes:
        place: A path, with a colon and the line for JSON lines.
        reason: What is wrong with it.
    """

    place: str
    reason: str


def checked(text: str) -> str:
    """Return an article's text if it can be one.

    Raises:
        NotAnArticleError: It is empty or too large.
    """
    if blank(text):
        raise NotAnArticleError(EMPTY)
    if len(text) * 4 > LARGEST and len(text.encode()) > LARGEST:
        raise NotAnArticleError(TOO_LARGE)
    return text
