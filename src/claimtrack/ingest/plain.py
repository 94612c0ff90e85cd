"""Text to an article: the layout says what is title, outlet and body.

What comes out of documents, transcripts and Markdown goes the same way as pasted text.
"""

from __future__ import annotations

from claimtrack.ingest import docx, markdown, pdf, subtitles
from claimtrack.ingest.address import is_address
from claimtrack.ingest.dates import stated
from claimtrack.ingest.language import detect
from claimtrack.ingest.layout import layout_of
from claimtrack.ingest.phrases import spelled
from claimtrack.ingest.problems import LARGEST, TOO_LARGE, NotAnArticleError, checked
from claimtrack.ingest.text import clean, mend, readable
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.model.document import Article, Layout, StatedTime
from claimtrack.model.span import Span, Spans


def article(data: bytes, place: str, packs: Packs = SHIPPED) -> Article:
    """Return the article that a text file's bytes are.

    Raises:
        NotAnArticleError: They are empty, too large or no text.
    """
    return _of_text(*_text(data), place, packs)


def from_markdown(data: bytes, place: str, packs: Packs = SHIPPED) -> Article:
    """Return the article of a Markdown file, with what its head says of it. Raises as `article`."""
    content, replaced = _text(data)
    text, said = markdown.page(content)
    found = _titled(said.get("title"), text, replaced, place, packs)
    url = next((said[key] for key in ("url", "canonical", "link") if key in said), "").strip()
    date = next((said[key] for key in ("date", "published_at", "published") if key in said), "")
    return found.model_copy(
        update={
            "url": url if is_address(url) else None,
            "byline": said.get("author") or None,
            "outlet": said.get("outlet") or said.get("publisher") or found.outlet,
            "published": stated(date, packs) if date else StatedTime(),
        }
    )


def from_subtitles(data: bytes, place: str, packs: Packs = SHIPPED) -> Article:
    """Return the article that a transcript with times is. Raises as `article`."""
    content, replaced = _text(data)
    text = checked(subtitles.text(content))
    whole = Layout(body=_whole(text))  # what is said has no title, buttons or tickers
    return Article(
        text=text, place=place, layout=whole, lang=detect(text[:5000], packs), replaced=replaced
    )


def from_pdf(data: bytes, place: str, packs: Packs = SHIPPED) -> Article:
    """Return the article of a PDF. Raises as `article`, and where it cannot be read."""
    return _of_text(*mend(pdf.text(data)), place, packs)


def from_docx(data: bytes, place: str, packs: Packs = SHIPPED) -> Article:
    """Return the article of a Word document. Raises as `article`, and where it cannot be read."""
    held = docx.document(data)
    text, replaced = mend(held.text)
    found = _titled(_within(held.title, text), text, replaced, place, packs)
    return found.model_copy(update={"byline": held.author})


def _text(data: bytes) -> tuple[str, int]:
    """Return the text of bytes, and how many characters had to be replaced.

    Raises:
        NotAnArticleError: They are too large or no text.
    """
    if len(data) > LARGEST:
        raise NotAnArticleError(TOO_LARGE)
    text, replaced, _ = clean(data)
    if not readable(text):
        raise NotAnArticleError("not text: too many of its characters are control characters")
    return text, replaced


def _of_text(
    text: str, replaced: int, place: str, packs: Packs, title: str | None = None
) -> Article:
    """Return the article that a text is.

    Raises:
        NotAnArticleError: It is empty or too large.
    """
    checked(text)
    layout = layout_of(text, title=title, packs=packs)
    return Article(
        text=text,
        place=place,
        layout=layout,
        lang=detect(written(text, layout), packs),
        title=title or words(text, layout.title),
        outlet=words(text, layout.outlet[:1]),
        replaced=replaced,
    )


def _titled(title: str | None, text: str, replaced: int, place: str, packs: Packs) -> Article:
    """Return the article of a text whose title is known; it is put before the text, but once."""
    if title and spelled(text.partition("\n")[0][:500]) != spelled(title[:500]):
        text = f"{title}\n\n{text}" if text else title
    return _of_text(text, replaced, place, packs, title)


def _within(title: str | None, text: str) -> str | None:
    """Return a document's title where its text begins with it: templates state any others."""
    first = text.partition("\n")[0]
    return title if title and spelled(first[:500]) == spelled(title[:500]) else None


def _whole(text: str) -> Spans:
    return (Span(0, len(text)),)


def written(text: str, layout: Layout) -> str:
    """Return the text from its body on, by which its language is told."""
    return text[layout.body[0].start :][:5000] if layout.body else text


def words(text: str, spans: Spans) -> str | None:
    """Return what spans cover, or None where there are none."""
    return " ".join(span.of(text) for span in spans) or None
