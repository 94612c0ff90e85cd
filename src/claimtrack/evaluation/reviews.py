"""Gold made of what a desk reviewed, and predictions held against it where it was reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from claimtrack.evaluation.lines import Line, Lines, by_id
from claimtrack.model.interchange import line
from claimtrack.model.span import Span, Spans
from claimtrack.model.value import Value
from claimtrack.review.gold import reviewed
from claimtrack.store import Connection


class Extent(Value):
    """How much was reviewed.

    Attributes:
        complete: Texts that were read to their end; they count whole.
        partly: Texts of which only sentences count.
        sentences: How many sentences these are.
        attributions: What is right in all of it, by people.
    """

    complete: int
    partly: int
    sentences: int
    attributions: int


class Reviews(NamedTuple):
    """What a desk reviewed.

    Attributes:
        gold: The texts, whole, with the attributions that people decided are right.
        stretches: What of each counts, by id.
        extent: How much it is.
    """

    gold: Lines
    stretches: Mapping[str, Spans]
    extent: Extent

    def within(self, found: Lines) -> Lines:
        """Return predictions without those that stand where nobody reviewed."""
        return {key: self._within(key, each) for key, each in found.items()}

    def _within(self, key: str, found: Line) -> Line:
        kept = [
            one
            for one in found.article["attributions"]
            if any(stretch.overlaps(_hull(one)) for stretch in self.stretches[key])
        ]
        known = {one["id"] for one in kept}
        kept = [one | {"via": one["via"] if one["via"] in known else None} for one in kept]
        return found._replace(article={**found.article, "attributions": kept})


def reviews(connection: Connection) -> Reviews:
    """Return what people reviewed in a database; see `claimtrack.review.gold`."""
    some = list(reviewed(connection))
    articles = (
        (one.version.id, line(one.version.article(one.version.id), one.extraction)) for one in some
    )
    partly = [one for one in some if not one.complete]
    return Reviews(
        by_id(articles),
        {one.version.id: one.stretches for one in some},
        Extent(
            complete=len(some) - len(partly),
            partly=len(partly),
            sentences=sum(len(one.stretches) for one in partly),
            attributions=sum(len(one.extraction.attributions) for one in some),
        ),
    )


def _hull(one: Mapping[str, Any]) -> Span:
    """Return from where to where a predicted attribution reaches."""
    pairs = [*one["source"], *one["cue"], *one["content"]]
    return Span(min(start for start, _ in pairs), max(end for _, end in pairs))
