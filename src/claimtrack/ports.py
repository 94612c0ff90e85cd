"""The replaceable parts, each a Protocol of one method: no base class to inherit."""

from __future__ import annotations

from typing import Protocol

from claimtrack.model.attribution import Extraction
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
