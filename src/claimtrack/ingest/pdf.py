"""The text of a PDF, in the order in which it is read.

A PDF places shapes of letters from left to right, also those of a script that runs from right to
left, joined forms and all. So lines are taken as they look, turned round where their script asks
for it, and their letters made plain again.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from claimtrack.ingest.problems import NotAnArticleError

MOST_PAGES = 200

_HYPHEN = re.compile(r"[-‐]$")
_RIGHT = frozenset({"R", "AL"})
_LEFT = frozenset({"L", "EN", "AN"})
_IN_NUMBER = frozenset({"ES", "ET", "CS"})
_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def text(data: bytes) -> str:
    """Return the text of a PDF: a paragraph a line, blank lines between.

    Raises:
        NotAnArticleError: It is damaged, locked, too long, or holds pictures only.
    """
    import logging  # noqa: PLC0415 (as what follows: few inputs need it)

    from pdfminer.high_level import extract_pages  # noqa: PLC0415
    from pdfminer.layout import LAParams  # noqa: PLC0415
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415
    from pdfminer.psexceptions import PSException  # noqa: PLC0415

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # we say ourselves what is wrong
    paragraphs: list[str] = []
    try:
        pages = extract_pages(io.BytesIO(data), maxpages=MOST_PAGES + 1, laparams=LAParams())
        for number, page in enumerate(pages, 1):
            if number > MOST_PAGES:
                raise NotAnArticleError(f"a PDF of more than {MOST_PAGES} pages; split it")
            paragraphs += _paragraphs(page)
    except PDFPasswordIncorrect:
        raise NotAnArticleError("a PDF that is locked by a password; save it without") from None
    except (PDFException, PSException, ValueError, KeyError, TypeError, IndexError) as error:
        reason = " ".join(str(error).split())[:100]
        raise NotAnArticleError(f"a PDF that cannot be read ({reason or 'damaged'})") from None
    found = "\n\n".join(paragraphs)
    if not found.strip():
        raise NotAnArticleError("a PDF without text, of pictures only; give the text itself")
    return found


def _paragraphs(page: Any) -> Iterator[str]:
    from pdfminer.layout import LTTextBox, LTTextLine  # noqa: PLC0415

    for box in page:
        if not isinstance(box, LTTextBox):
            continue
        lines = [logical(_glyphs(line)) for line in box if isinstance(line, LTTextLine)]
        joined = ""
        for line in filter(None, lines):
            if joined.endswith("\u00ad") or (_HYPHEN.search(joined) and line[:1].islower()):
                joined = joined[:-1] + line
            else:
                joined = f"{joined} {line}" if joined else line
        if joined:
            yield joined


def _glyphs(line: Any) -> list[str]:
    """Return what a line shows from left to right; a ligature is one piece."""
    from pdfminer.layout import LTAnno, LTChar  # noqa: PLC0415

    return [
        unicodedata.normalize("NFKC", one.get_text())
        for one in line
        if isinstance(one, LTChar | LTAnno) and one.get_text() != "\n"
    ]


def logical(glyphs: Iterable[str]) -> str:
    """Return a line in the order in which it is read, given what it shows from left to right.

    The reverse of what a display does (Unicode's bidirectional algorithm, UAX 9): where right to
    left prevails the whole is turned, and numbers and words of other scripts are turned back.

    >>> logical("abc 12")
    'abc 12'
    """
    shown = list(glyphs)
    sides = [_side(piece) for piece in shown]
    if sides.count("R") <= sides.count("l"):
        return _plain(_turned_runs(shown, sides, "R"))
    shown.reverse()
    sides.reverse()
    mirrored = [
        piece.translate(_MIRROR) if side == "" else piece
        for piece, side in zip(shown, sides, strict=True)
    ]
    return _plain(_turned_runs(mirrored, sides, "L"))


def _side(piece: str) -> str:
    """Return "R" for right to left, "l" for a letter of the other side, "L" for digits, or ""."""
    kinds = {unicodedata.bidirectional(char) for char in piece}
    if kinds & _RIGHT:
        return "R"
    if "L" in kinds:
        return "l"
    if kinds & _LEFT:
        return "L"
    return "N" if kinds & _IN_NUMBER else ""


def _turned_runs(pieces: list[str], sides: list[str], side: str) -> list[str]:
    """Return the pieces with each run of one side turned round, and what stands between."""
    wanted = {"R"} if side == "R" else {"L", "l"}
    found: list[str] = []
    at = 0
    while at < len(pieces):
        if sides[at] not in wanted:
            found.append(pieces[at])
            at += 1
            continue
        end = last = at
        while end < len(pieces) and (sides[end] in wanted or sides[end] in {"", "N"}):
            last = end if sides[end] in wanted else last
            letters = sides[last] == "l" or side == "R"
            if sides[end] == "" and not letters and not pieces[end].strip():
                break  # two numbers beside each other are each its own
            end += 1
        found += reversed(pieces[at : last + 1])
        at = last + 1
    return found


def _plain(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
