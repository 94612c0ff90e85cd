"""Plain text to an article: the layout says what is title, outlet and body."""

from __future__ import annotations

from claimtrack.ingest.language import detect
from claimtrack.ingest.layout import layout_of
from claimtrack.ingest.problems import LARGEST, TOO_LARGE, NotAnArticleError, checked
from claimtrack.ingest.text import clean, readable
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.model.document import Article, Layout
from claimtrack.model.span import Spans


def article(data: bytes, place: str, packs: Packs = SHIPPED) -> Article:
    """Return the article that a text file's bytes are.

    Raises:
        NotAnArticleError: They are empty, too large or no text.
    """
    if len(data) > LARGEST:
        raise NotAnArticleError(TOO_LARGE)
    text, replaced, _ = clean(data)
    if not readable(text):
        raise NotAnArticleError("not text: too many of its characters are control characters")
    checked(text)
    layout = layout_of(text, packs=packs)
    return Article(
        text=text,
        place=place,
        layout=layout,
        lang=detect(written(text, layout), packs),
        title=words(text, layout.title),
        outlet=words(text, layout.outlet[:1]),
        replaced=replaced,
    )


def written(text: str, layout: Layout) -> str:
    """Return the text from its body on, by which its language is told."""
    return text[layout.body[0].start :][:5000] if layout.body else text


def words(text: str, spans: Spans) -> str | None:
    """Return what spans cover, or None where there are none."""
    return " ".join(span.of(text) for span in spans) or None
