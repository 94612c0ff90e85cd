"""The text of a Word document (DOCX), and what its properties say."""

from __future__ import annotations

import io
import zipfile
from typing import Any, NamedTuple

from claimtrack.ingest.problems import LARGEST, NotAnArticleError

_MOST_PARTS = 5000
_UNPACKED = 8 * LARGEST
"""Bytes of all parts together, pictures included."""

_OURS = "word/document.xml"


class Document(NamedTuple):
    """What a document holds; None where it says nothing."""

    text: str
    title: str | None
    author: str | None


def is_docx(data: bytes) -> bool:
    """Tell whether a ZIP archive's bytes are a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _OURS in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def document(data: bytes) -> Document:
    """Return what a Word document holds, a paragraph a line, blank lines between.

    Raises:
        NotAnArticleError: It is damaged, unpacks to too much, or has no text.
    """
    import docx  # noqa: PLC0415 (few inputs need it)

    _guard(data)
    try:
        opened = docx.Document(io.BytesIO(data))
        paragraphs = list(filter(None, (_words(block) for block in opened.iter_inner_content())))
        said = opened.core_properties
        title, author = said.title, said.author
    except (KeyError, ValueError, AttributeError, TypeError, SyntaxError, zipfile.BadZipFile):
        raise NotAnArticleError("a Word document that is damaged; save it anew") from None
    if not paragraphs:
        raise NotAnArticleError("a Word document without text")
    text = "\n\n".join(paragraphs)
    return Document(text, (title or "").strip() or None, (author or "").strip() or None)


def _guard(data: bytes) -> None:
    """Refuse an archive that would unpack to more than any document holds.

    Raises:
        NotAnArticleError: It would, or it is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _UNPACKED:
                raise NotAnArticleError("a Word document that unpacks to too much")
            size = 0
            for part in parts:  # what the directory says of sizes need not be so
                with archive.open(part) as stream:
                    while piece := stream.read(1 << 20):
                        size += len(piece)
                        if size > _UNPACKED:
                            raise NotAnArticleError("a Word document that unpacks to too much")
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise NotAnArticleError("a Word document that is damaged; save it anew") from None


def _words(block: Any) -> str:
    """Return the words of a paragraph, or of a table, its cells by row."""
    if hasattr(block, "rows"):
        rows = (" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows)
        return "\n".join(row for row in rows if row.strip(" |"))
    return " ".join(str(block.text).split())
