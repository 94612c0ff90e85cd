"""Where two wordings differ, in the texts they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claimtrack.analysis.drift import Change
from claimtrack.model.span import Span, Spans
from claimtrack.store.views import AttributionView

_WORD = re.compile(r"\S+")


def differing(
    left: AttributionView, right: AttributionView, changes: Iterable[Change]
) -> tuple[Spans, Spans]:
    """Return the words that only the one content has and those that only the other has.

    Args:
        left: The one.
        right: The other.
        changes: The word diff of their contents, left to right.

    Returns:
        Spans of the text of each, in code points.
    """
    ones, others = _words(left), _words(right)
    removed: list[Span] = []
    added: list[Span] = []
    for change in changes:
        for _ in change.words.split():
            one = next(ones, None) if change.kind in ("same", "removed") else None
            other = next(others, None) if change.kind in ("same", "added") else None
            if one and change.kind == "removed":
                removed.append(one)
            if other and change.kind == "added":
                added.append(other)
    return tuple(removed), tuple(added)


def _words(view: AttributionView) -> Iterator[Span | None]:
    """Yield the words of a content; None for the mark that stands for a gap."""
    for place, quote in enumerate(view.quotes["content"]):
        if place:
            yield None
        for word in _WORD.finditer(quote.exact):
            yield Span(quote.start + word.start(), quote.start + word.end())
