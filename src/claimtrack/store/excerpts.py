"""What of a text is quoted: the sentences of its attributions and its title, as a text of its own.

Spans are moved along, so that an excerpt answers to everything that reads a whole text. Offsets
are code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from claimtrack.model.span import Span, Spans, hull
from claimtrack.store.context import context

BETWEEN = "\n\n"
"""What stands between two stretches of an excerpt."""


class Piece(NamedTuple):
    """A stretch that is kept: where it was, where it is now, and whether it is of the title."""

    was: Span
    start: int
    title: bool

    @property
    def now(self) -> Span:
        """Where it is in the excerpt."""
        return Span(self.start, self.start + self.was.end - self.was.start)


class Excerpt(NamedTuple):
    """An excerpt: its text, and the stretches it is made of in their order."""

    text: str
    pieces: tuple[Piece, ...]

    def moved(self, span: Span) -> Span | None:
        """Return where a span of the whole text is now; None where it is not all there."""
        at = bisect_right([piece.was.start for piece in self.pieces], span.start) - 1
        if at < 0 or not self.pieces[at].was.holds(span):
            return None
        by = self.pieces[at].start - self.pieces[at].was.start
        return Span(span.start + by, span.end + by)


class Told(NamedTuple):
    """The spans of an attribution that its sentences are known by."""

    source: Spans
    cue: Spans
    content: Spans


def excerpt(text: str, told: Iterable[Told], titles: Sequence[Span]) -> Excerpt:
    r"""Return the sentences that some attributions stand in, as pages show them, and the title.

    >>> made = excerpt("One.\nHe said it rained. Nobody came.", [
    ...     Told((Span(5, 7),), (Span(8, 12),), (Span(13, 22),))], [Span(0, 4)])
    >>> made.text, made.moved(Span(13, 22)), made.moved(Span(24, 30))
    ('One.\n\nHe said it rained.', Span(start=14, end=23), None)
    """
    kept = [*titles]
    for one in told:
        kept += _sentences(text, one)
    pieces: list[Piece] = []
    parts: list[str] = []
    at = 0
    for span in _joined(text, kept):
        pieces.append(Piece(span, at, any(span.overlaps(title) for title in titles)))
        parts.append(span.of(text))
        at += span.end - span.start + len(BETWEEN)
    return Excerpt(BETWEEN.join(parts), tuple(pieces))


def _sentences(text: str, told: Told) -> list[Span]:
    shown = hull((*told.source, *told.cue, *told.content))
    anchor = hull(told.cue) if told.cue else Span(shown.start, shown.start)
    found = context(text, anchor, shown)
    return [Span(found.start, found.end), *told.source, *told.cue, *told.content]


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return spans in text order; those that touch, or have but blanks between them, are one."""
    found: list[Span] = []
    for span in sorted(spans):
        between = text[found[-1].end : span.start] if found else "x"
        if found and (span.start <= found[-1].end or not between.strip(" ")):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
