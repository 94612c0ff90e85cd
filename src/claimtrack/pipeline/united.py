"""Readings of one article as one: its own language's, and those of passages in others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.span import Span


def united(whole: Extraction, passages: Sequence[tuple[Sequence[Span], Extraction]]) -> Extraction:
    """Return a reading of an article with those of its passages, in reading order, newly numbered.

    What is reported within a passage, its own language's reading tells; what a report outside
    quotes of a passage stays, and is not the outlet's own voice.

    Args:
        whole: What the article's language found in all of it.
        passages: The stretches in each other language, and what was found there.
    """
    if not passages:
        return whole
    foreign = [span for spans, _ in passages for span in spans]
    own = [each for each in whole.attributions if not _within(each.cue or each.content, foreign)]
    quoted = [span for each in own for span in each.content]
    rows: list[tuple[int, Attribution]] = [(0, each) for each in own]
    narrator = [span for span in whole.narrator if not _meets(span, foreign)]
    for number, (_, reading) in enumerate(passages, 1):
        rows += [(number, each) for each in reading.attributions]
        narrator += [span for span in reading.narrator if not _meets(span, quoted)]
    rows.sort(key=lambda row: ((row[1].cue or row[1].content)[0].start, row[0]))
    keys = {(number, each.key): str(at) for at, (number, each) in enumerate(rows, 1)}
    attributions = tuple(
        each.model_copy(
            update={
                "key": keys[number, each.key],
                "via": keys.get((number, each.via or "")),
                "responds_to": keys.get((number, each.responds_to or "")),
            }
        )
        for number, each in rows
    )
    return Extraction(attributions=attributions, narrator=tuple(sorted(narrator)))


def _within(spans: Iterable[Span], others: Sequence[Span]) -> bool:
    return all(any(other.holds(span) for other in others) for span in spans)


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)
