"""What `--check` asks of a dossier: a sound page, and every quotation on it as the text has it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from tempfile import NamedTemporaryFile

from claimtrack.analysis.outline import escaped
from claimtrack.export.checks import library, told
from claimtrack.export.form import Options
from claimtrack.export.iris import web
from claimtrack.store import Connection, read
from claimtrack.store.views import AttributionView
from claimtrack.text.shown import harmless, one_line

_PAGE, _PDF = b"<!doctype html>", b"%PDF-"
_ALONE = frozenset({"meta"})
_TAGS = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li"),
        *("blockquote", "bdi", "a"),
    }
)
_LINK = re.compile(r"\]\(<([^>]*)>\)")
_SHORT = 20  # letters
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def problems(connection: Connection, data: bytes, options: Options) -> Iterator[str]:
    """Yield what is wrong with a dossier.

    Args:
        connection: Where its claims are held.
        data: Markdown, a page of HTML or a PDF.
        options: The claims that it is of.
    """
    if data.startswith(_PDF):
        yield from _pdf_problems(connection, data, options)
        return
    text = data.decode()
    if data.startswith(_PAGE):
        page = _Page()
        page.feed(text)
        page.close()
        yield from page.problems()
        shown, wanted = one_line(page.text), _plain
    else:
        yield from (f"a link leads to {url}" for url in _LINK.findall(text) if web(url) != url)
        shown, wanted = text, escaped
    for one, quoted in _quotations(connection, options):
        if wanted(quoted) not in shown:
            yield told(f"the quotation of {one.id} is not on the page: {quoted}")


def _quotations(connection: Connection, options: Options) -> Iterator[tuple[AttributionView, str]]:
    for claim in options.claims:
        for one in read.claim(connection, claim).attributions:
            yield one, one.context.text


def _plain(text: str) -> str:
    return one_line(harmless(text))


class _Page(HTMLParser):
    """A page as it is read: its words, and what is wrong with its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._open: list[str] = []
        self._found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag that opens."""
        if tag not in _TAGS:
            self._found.append(f"{tag} is no part of a dossier")
        for name, value in attrs:
            if name.startswith("on") or (name == "href" and web(value) != value):
                self._found.append(f"{tag} has {name}={value!r}")
        if tag not in _ALONE:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Look at a tag that closes."""
        if not self._open or self._open.pop() != tag:
            self._found.append(f"</{tag}> closes nothing that is open")

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.text += data

    def problems(self) -> Iterable[str]:
        """Return what is wrong, each in one line."""
        return [*map(told, self._found), *(f"<{tag}> is not closed" for tag in self._open)]


def _pdf_problems(connection: Connection, data: bytes, options: Options) -> Iterator[str]:
    pages = library("pdfminer.pdfpage", "pdf").PDFPage
    try:
        count = sum(1 for _ in pages.get_pages(io.BytesIO(data)))
    except Exception as error:  # noqa: BLE001 (its reader raises whatever it meets)
        yield told(f"it is no PDF that can be read ({error})")
        return
    if not count:
        yield "it has no page"
    shown = _read_by_poppler(data)
    if shown is not None:
        for one, quoted in _quotations(connection, options):
            missing = [word for word in _words(quoted) if word not in shown]
            if missing:
                yield told(f"of the quotation of {one.id} it lacks {' '.join(missing)}")


def _read_by_poppler(data: bytes) -> frozenset[str] | None:
    """Return the words that poppler finds in a PDF; None where it is not installed."""
    program = shutil.which("pdftotext")
    if not program:
        return None
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        done = subprocess.run(
            [program, "-enc", "UTF-8", file.name, "-"], capture_output=True, check=False
        )
    # a mark of what stands before a word can come out right in front of it
    return frozenset(re.findall(r"\w+", _clean(done.stdout.decode("utf-8", "replace"))))


def _words(text: str) -> list[str]:
    """Return the words of a text that are all letters without signs on them, and short.

    A letter with a sign on it can come out of a PDF twice, and a long word in two lines.
    """
    words = _clean(text).split()
    return [word for word in words if word.isalpha() and len(word) < _SHORT]


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", harmless(_MARKS.sub("", text)))
