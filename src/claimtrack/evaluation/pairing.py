"""Which prediction answers which gold attribution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claimtrack.evaluation.judged import Characters, Judged

ENOUGH = 0.5
"""Contents at least this alike (Jaccard, in characters) count as the same attribution."""


class Pair(NamedTuple):
    """A gold attribution, the prediction that answers it, and how alike their contents are."""

    gold: Judged
    pred: Judged
    alike: float


def pairs(gold: Sequence[Judged], pred: Sequence[Judged]) -> list[Pair]:
    """Pair attributions whose contents overlap, one to one.

    Chosen greedily by overlap in characters; ties by Jaccard, then by agreement of cue and
    source, then by order.
    """
    candidates = []
    for row, wanted in enumerate(gold):
        for column, guess in enumerate(pred):
            overlap = len(wanted.content & guess.content)
            if overlap:
                alike = overlap / len(wanted.content | guess.content)
                agreement = bool(wanted.cue & guess.cue) + same_source(wanted, guess)
                candidates.append((-overlap, -alike, -agreement, row, column))
    rows: set[int] = set()
    columns: set[int] = set()
    chosen = []
    for _, unlike, _, row, column in sorted(candidates):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            chosen.append(Pair(gold[row], pred[column], -unlike))
    return chosen


def same_source(gold: Judged, pred: Judged) -> bool:
    """Tell whether the sources overlap by half of the smaller, or neither has one."""
    if not gold.source or not pred.source:
        return not gold.source and not pred.source
    shared = len(gold.source & pred.source)
    return 2 * shared >= min(len(gold.source), len(pred.source))


def same_cue(gold: Judged, pred: Judged) -> bool:
    """Tell whether the cues overlap, or neither has one."""
    return bool(gold.cue & pred.cue) or not (gold.cue or pred.cue)


def coverage(parts: Sequence[Characters], others: Sequence[Characters]) -> float:
    """Sum, over the parts, the share of each that lies in any of the others.

    Not one to one: the soft measure of Johansson and Moschitti (2010).
    """
    union = frozenset[int]().union(*others)
    return sum(len(part & union) / len(part) for part in parts if part)
