"""The replaceable parts, each a Protocol of one method: no base class to inherit."""

from __future__ import annotations

from typing import Protocol

from claimtrack.model.attribution import Extraction
from claimtrack.model.capture import Capture, Headers
from claimtrack.model.document import Article
from claimtrack.model.run import Run


class Attributor(Protocol):
    """Finds the attributions of an article.

    What is installed under the entry point `claimtrack.engines` makes one when it is called with
    the language packs that hold (`lang.pack.Packs`).
    """

    @property
    def run(self) -> Run:
        """What made the rows: the engine, its version and everything its output depends on."""
        ...

    def attribute(self, article: Article) -> Extraction:
        """Return the attributions in reading order; every span lies in the article's text."""
        ...


class Fetcher(Protocol):
    """Gets what is at an address of the web."""

    def fetch(self, url: str, conditions: Headers = ()) -> Capture:
        """Return what the server answers, with any status that speaks of the page.

        Args:
            url: An address of http or https.
            conditions: Headers that ask for the page only if it has changed.

        Raises:
            FetchError: There is no such answer, or it may not be asked for.
        """
        ...
