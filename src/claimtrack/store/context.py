"""The stretch of a text that an attribution is shown in: whole sentences, within reason."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from claimtrack.model.span import Span
from claimtrack.store.views import Context
from claimtrack.text.sentences import sentences

REACH = 600
"""Code points shown on either side of the cue, at most."""


def context(text: str, anchor: Span, shown: Span) -> Context:
    """Return the sentences that a span touches, cut where they go too far.

    Args:
        text: The text of the document version.
        anchor: The words from which the reach is counted (the cue).
        shown: All the words of the attribution; beyond the reach they are cut off.
    """
    window = Span(*_window(text, anchor))
    wanted = Span(max(shown.start, window.start), min(shown.end, window.end))
    start, end = wanted
    for sentence in sentences(window.of(text)):
        moved = Span(sentence.start + window.start, sentence.end + window.start)
        if moved.overlaps(wanted):
            start, end = min(start, moved.start), max(end, moved.end)
    return Context(start=start, end=end, text=text[start:end])


def within(
    text: str, parts: Sequence[Span], anchor: tuple[int, int], shown: tuple[int, int]
) -> tuple[int, int]:
    """Return the stretch that `context` shows, of a text whose sentences are known.

    It is called for each of a million reports: offsets come and go as they are.

    Args:
        text: The text of the document version.
        parts: Its sentences, in order.
        anchor: As for `context`.
        shown: As for `context`.
    """
    at = bisect_right(parts, (shown[0], len(text)))  # the first that begins behind it
    if at:
        start, end = parts[at - 1]
        if shown[1] <= end and _in_reach(text, anchor, start, end):
            return start, end
    first, last = _window(text, anchor)
    start, end = max(shown[0], first), min(shown[1], last)
    at = bisect_right(parts, (start, len(text)))
    low, high = start, end
    if at and parts[at - 1][1] > start:
        low, high = min(low, parts[at - 1][0]), max(high, parts[at - 1][1])
    while at < len(parts) and parts[at][0] < end:
        high = max(high, parts[at][1])
        at += 1
    return max(low, first), min(high, last)


def _in_reach(text: str, anchor: tuple[int, int], start: int, end: int) -> bool:
    """Tell whether a sentence lies within reach, and where a window may be cut: most do."""
    return (
        anchor[0] - REACH <= start <= anchor[0]
        and (anchor[0] <= REACH or text[start - 1].isspace())
        and anchor[1] <= end <= anchor[1] + REACH
        and (len(text) <= anchor[1] + REACH or text[end].isspace())
    )


def _window(text: str, anchor: tuple[int, int]) -> tuple[int, int]:
    """Return the stretch within reach, which breaks no word."""
    start, end = max(0, anchor[0] - REACH), min(len(text), anchor[1] + REACH)
    while 0 < start < anchor[0] and not text[start - 1].isspace():
        start += 1
    while anchor[1] < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end
