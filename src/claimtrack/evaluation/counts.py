"""What is counted in one article; every figure is a ratio of sums of these."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.evaluation.judged import DEFAULTS, Judged
from claimtrack.evaluation.pairing import ENOUGH, Pair, coverage, pairs, same_cue, same_source

COUNTS = (
    *("gold", "pred", "exact", "partial", "full", "source", "cue", "soft_p", "soft_r"),
    *("typed", "type", "via_gold", "via_pred", "via"),
    *(f"{name}_{part}" for name in DEFAULTS for part in ("gold", "pred", "same")),
)

Row = tuple[float, ...]
"""An article's counts, in the order of COUNTS."""


def count(gold: Sequence[Judged], pred: Sequence[Judged]) -> Row:
    """Count one article: what there is, what was predicted, and what of it is right."""
    found: dict[str, float] = dict.fromkeys(COUNTS, 0)
    found["gold"], found["pred"] = len(gold), len(pred)
    given = _given(gold)
    all_pairs = pairs(gold, pred)
    good = [pair for pair in all_pairs if pair.alike >= ENOUGH]
    found["exact"] = sum(pair.alike == 1 for pair in all_pairs)
    found["partial"] = len(good)
    found["full"] = found["source"] = sum(same_source(pair.gold, pair.pred) for pair in good)
    found["cue"] = sum(same_cue(pair.gold, pair.pred) for pair in good)
    found |= _types(good)
    for name in given & DEFAULTS.keys():
        found |= _values(name, good)
    if given - {"source_type"}:  # relays are judged where gold has attributes
        found |= _relays(gold, pred)
    found["via"] = len(right_relays(gold, good))
    found["soft_p"] = coverage([one.content for one in pred], [one.content for one in gold])
    found["soft_r"] = coverage([one.content for one in gold], [one.content for one in pred])
    return tuple(found[name] for name in COUNTS)


def right_relays(gold: Sequence[Judged], good: Sequence[Pair]) -> list[Judged]:
    """Return the gold attributions whose `via` link has both ends and itself predicted."""
    answer = {pair.gold.key: pair.pred for pair in good}
    right = []
    for wanted in gold:
        child, parent = answer.get(wanted.key), answer.get(wanted.values["via"])
        if child and parent and child.values["via"] == parent.key:
            right.append(wanted)
    return right


def _given(gold: Sequence[Judged]) -> set[str]:
    """Return the attributes that an article's gold has at all."""
    return {name for one in gold for name, value in one.values.items() if value is not None}


def _types(good: Sequence[Pair]) -> dict[str, float]:
    typed = [pair for pair in good if pair.gold.values["source_type"] is not None]
    right = sum(
        pair.gold.values["source_type"] == pair.pred.values["source_type"] for pair in typed
    )
    return {"typed": len(typed), "type": right}


def _values(name: str, good: Sequence[Pair]) -> dict[str, float]:
    common = DEFAULTS[name]
    both = [(pair.gold.values[name] or common, pair.pred.values[name] or common) for pair in good]
    return {
        f"{name}_gold": sum(truth != common for truth, _ in both),
        f"{name}_pred": sum(guess != common for _, guess in both),
        f"{name}_same": sum(truth == guess != common for truth, guess in both),
    }


def _relays(gold: Sequence[Judged], pred: Sequence[Judged]) -> dict[str, float]:
    return {
        "via_gold": sum(one.values["via"] is not None for one in gold),
        "via_pred": sum(one.values["via"] is not None for one in pred),
    }
