"""Lines that say who published, who wrote and when, and datelines at the head of a body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from claimtrack.ingest.dates import stated
from claimtrack.ingest.lines import full_stop
from claimtrack.ingest.phrases import phrases, spelled
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.model.vocabulary import PartRole, Precision

LONGEST = 120
"""Code points of the longest line that is looked at."""

_LONGEST_OUTLET = 45
_LONGEST_DATELINE = 90
_MOST_SEGMENTS = 6
# What stands between the parts of such a line, the strongest first.
_BETWEEN = (
    re.compile(r"\s*[|•·]\s*|\s»\s"),
    re.compile(r"\s[-–—/]\s*|[-–—/]\s"),
    re.compile(r"\s*[,،]\s*"),
)
_DASH = re.compile(r"\s[-–—]{1,2}\s*|[-–—]{1,2}\s|(?<=/)\.?\s+|(?<=\w):\s")
_SIGNED = re.compile(r"([^.:\n]{2,40})[.:]\s+")
_JOINED = re.compile(r"[^\W\d_]{2,20}[-–—]([^\W\d_]{2,20})(?::?\s+)")
_PLACE_AND_DAY = re.compile(r"(\D{2,40}?)\s(?=\d)")
_WITHIN = re.compile(r"\s[-–—]{1,2}|[-–—]{1,2}\s|[,،()/.:]")
# English writes every word of a name with a capital; other scripts the first one at most.
_NO_NAME = re.compile(r"[:?؟!]|\b[a-z]{4,}")
_EXACT = frozenset({Precision.ABOUT_DAY, Precision.DAY, Precision.MINUTE, Precision.SECOND})


class Piece(NamedTuple):
    """A stretch of a line and what it is; offsets are the line's own."""

    role: PartRole
    start: int
    end: int


class Known(NamedTuple):
    """What is known beforehand.

    Attributes:
        outlet: The outlet's name, where it is known.
        words: How many words an outlet's name may have.
        packs: The language packs that hold.
    """

    outlet: str | None = None
    words: int = 5
    packs: Packs = SHIPPED


NOTHING_KNOWN = Known()


def meta(line: str, known: Known = NOTHING_KNOWN) -> list[Piece]:
    """Return the parts of a trimmed line that says who or when; empty when it says other things."""
    if len(line) > LONGEST or (full_stop(line) and not _dated(line, known.packs)):
        return []
    return _joined(_pieces(line, (0, len(line)), _BETWEEN, known) or [])


def _may_name(text: str) -> bool:
    return not (text[:1].islower() or _NO_NAME.search(text))


def is_outlet(name: str, known: Known = NOTHING_KNOWN) -> bool:
    """Tell whether a line is nothing but an outlet's name.

    >>> is_outlet("وكالة تيلفار برس"), is_outlet("The Badrun Herald"), is_outlet("The flood")
    (True, True, False)
    """
    spelling = spelled(name)
    if known.outlet and spelling == spelled(known.outlet):
        return True
    count = spelling.count(" ") + 1
    if not 2 <= count <= known.words or len(name) > _LONGEST_OUTLET or not _may_name(name):
        return False
    listed = phrases(known.packs)
    return spelling.startswith(listed.outlet_first) or spelling.endswith(listed.outlet_last)


def lone_name(line: str) -> bool:
    """Tell whether a line could be a name and nothing else, be it one that no pack has a word of.

    Names are short, and written with capitals where the script has them.

    >>> lone_name("Horizon"), lone_name("Деловой горизонт"), lone_name("The road is open again")
    (True, True, False)
    """
    words = line.split()
    if len(line) > _LONGEST_OUTLET or line.isupper() or not _may_name(line):
        return False
    if any(map(str.isdigit, line)) or full_stop(line):
        return False
    written = [word for word in words if len(word) > 3]
    named = any(word[0].isupper() for word in words) and not any(w[0].islower() for w in written)
    return len(words) <= (4 if named else 2)


def begins_byline(line: str, known: Known = NOTHING_KNOWN) -> bool:
    """Tell whether a line says by its first words that an author's name follows."""
    begun = phrases(known.packs).byline(line)
    return begun and any(piece.role is PartRole.BYLINE for piece in meta(line, known))


def dateline(paragraph: str, known: Known = NOTHING_KNOWN) -> int:
    """Return how many code points of a body's first paragraph are its dateline; 0 without one.

    A dateline names a place, a date or an agency, and ends in a dash (or a stroke, as TASS has
    it): "دمشق (رويترز) - ", "KARVENSK, May 4 (DravInform) — ". The agency may follow the dash,
    before a full stop, or be joined to the place by it: "دمشق-سانا ".
    """
    for mark in reversed(list(_DASH.finditer(paragraph[:_LONGEST_DATELINE]))[:4]):
        colon = mark[0].startswith(":")
        begun = paragraph[: mark.start()]
        signed = _SIGNED.match(paragraph, mark.end())
        if (
            signed
            and _agency(signed[1], known.packs)
            and _names_origin(f"{begun} - {signed[1]}", known, colon=False)
        ):
            return signed.end()
        if _names_origin(begun, known, colon=colon) and not (_aside(paragraph, mark) and not colon):
            return mark.end()
    joined = _JOINED.match(paragraph)
    return joined.end() if joined and _agency(joined[1], known.packs) else 0


def _pieces(
    line: str,
    stretch: tuple[int, int],
    marks: Sequence[re.Pattern[str]],
    known: Known,
) -> list[Piece] | None:
    """Return the parts of a stretch of a line, split no further than it takes; None if one fails.

    Args:
        line: The line.
        stretch: Where the stretch begins and ends.
        marks: What it may be split at.
        known: What is known beforehand.
    """
    start, end = stretch
    role = _role(line[start:end], known)
    if role:
        return [Piece(role, start, end)]
    if not marks:
        return None
    segments = _segments(marks[0], line, start, end)
    if len(segments) > _MOST_SEGMENTS:
        return None
    found: list[Piece] = []
    while segments:
        taken, pieces = _longest(line, segments, marks[1:], known)
        if pieces is None:
            return None
        found += pieces
        segments = segments[taken:]
    return found


def _longest(
    line: str,
    segments: list[tuple[int, int]],
    marks: Sequence[re.Pattern[str]],
    known: Known,
) -> tuple[int, list[Piece] | None]:
    """Return the longest run of segments that is one part ("May 4, 2026"), else the first's."""
    for size in range(len(segments), 1, -1):
        start, end = segments[0][0], segments[size - 1][1]
        role = _role(line[start:end], known)
        if role:
            return size, [Piece(role, start, end)]
    return 1, _pieces(line, segments[0], marks, known)


def _segments(mark: re.Pattern[str], line: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    for cut in mark.finditer(line, start, end):
        found.append((start, cut.start()))
        start = cut.end()
    return [*found, (start, end)]


def _role(segment: str, known: Known) -> PartRole | None:
    if not segment.strip():
        return None
    if is_outlet(segment, known):
        return PartRole.OUTLET
    listed = phrases(known.packs)
    spelling = spelled(segment)
    if spelling in listed.agencies:
        return PartRole.BYLINE if known.outlet else PartRole.OUTLET
    if spelling in listed.credits or _dated(segment, known.packs):
        return PartRole.BYLINE
    if _BETWEEN[0].search(segment) or spelling.count(" ") >= 8:
        return None
    return PartRole.BYLINE if listed.byline(segment) else None


def _dated(segment: str, packs: Packs) -> bool:
    return any(map(str.isdigit, segment)) and stated(segment, packs).precision in _EXACT


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Join neighbours with the same role."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].role is piece.role:
            joined[-1] = Piece(piece.role, joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _names_origin(text: str, known: Known, *, colon: bool) -> bool:
    """Tell whether every segment is a place, date or agency, and enough of them are known."""
    segments = [part.strip() for part in _WITHIN.split(text)]
    segments = [part for part in segments if part]
    if not segments:
        return False
    if colon and (len(segments) == 1 or not _agency(segments[-1], known.packs)):
        return False  # "Reuters: …" is a headline that cites, "Badrun - agencies: …" is not
    certain = False
    for position, part in enumerate(segments):
        if _agency(part, known.packs) or is_outlet(part, known):
            certain = True
        elif position == 0 and _place(part):
            certain |= part.isupper() and len(part) >= 4
        elif position == 0 and (place := _PLACE_AND_DAY.match(part)):
            if not (_place(place[1]) and _of_a_day(part[place.end() :], known.packs)):
                return False  # "القاهرة في 8 أكتوبر"
        elif certain and _place(part) and part.istitle():
            continue  # "ORLITSA, Telvaria (Telvar Press)": its state, whoever reports
        elif not _of_a_day(part, known.packs):
            return False
    return certain


def _agency(part: str, packs: Packs) -> bool:
    listed = phrases(packs)
    return spelled(part) in listed.agencies | listed.credits


def _place(part: str) -> bool:
    return len(part.split()) <= 3 and not any(map(str.isdigit, part))


def _of_a_day(part: str, packs: Packs) -> bool:
    return _dated(part, packs) or _dayless(part, packs)


def _dayless(part: str, packs: Packs) -> bool:
    """Tell whether a segment is a day without its year, as datelines have it: "May 4"."""
    return any(map(str.isdigit, part)) and stated(f"{part} 2000", packs).precision is Precision.DAY


def _aside(paragraph: str, mark: re.Match[str]) -> bool:
    """Tell whether the dash opens an aside that a second one closes within the sentence."""
    if mark[0].strip() in {"", "."} or "(" in paragraph[: mark.start()]:
        return False
    rest = paragraph[mark.end() : mark.end() + LONGEST]
    rest = re.split(r"[.!?؟]\s", rest, maxsplit=1)[0]
    return re.search(rf"\s{re.escape(mark[0].strip())}\s", rest) is not None
