"""Figures of predictions against gold, with bootstrap intervals.

==================  ==========================================================================
content.exact       one-to-one contents with the same characters
content.partial     one-to-one contents with a Jaccard of at least a half, in characters
content.soft        mean share of each content that lies in any content of the other side
attribution         content.partial whose sources match too
relay               `via` links, both of whose ends are matched
kind … assertion    values other than the common one, over content.partial
source_accuracy     share of content.partial whose sources match
cue_accuracy        share of content.partial whose cues match
source_type         share of content.partial with the same type of source
==================  ==========================================================================

Figures are micro averages; intervals are 95 % percentile bootstraps over articles, with a fixed
seed. An article that has no prediction counts as wholly missed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from claimtrack.errors import ScoreError
from claimtrack.evaluation.choices import RESAMPLES
from claimtrack.evaluation.counts import COUNTS, Row, count
from claimtrack.evaluation.judged import DEFAULTS, Judged, judged
from claimtrack.evaluation.lines import Line, Lines

SEED = 20240501
_TAILS = (0.025, 0.975)

PRECISE = {
    "content.exact": ("exact", "pred", "gold"),
    "content.partial": ("partial", "pred", "gold"),
    "content.soft": ("soft_p", "pred", "gold"),
    "attribution": ("full", "pred", "gold"),
    "relay": ("via", "via_pred", "via_gold"),
    **{name: (f"{name}_same", f"{name}_pred", f"{name}_gold") for name in DEFAULTS},
}
"""Measures of precision and recall: what is right, of what was predicted, of what there is."""

ACCURATE = {
    "source_accuracy": ("source", "partial"),
    "cue_accuracy": ("cue", "partial"),
    "source_type": ("type", "typed"),
}
"""Measures of accuracy: what is right, of what was judged."""


class Figure(NamedTuple):
    """A figure from 0 to 1, what it was measured over (F1: None), and its interval if asked."""

    value: float
    base: float | None
    interval: tuple[float, float] | None = None


Measure = dict[str, Figure]
"""The figures of a measure: "p", "r" and "f1", or "acc"."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much was compared."""

    articles: int
    missing_in_pred: int
    gold: int
    pred: int


@dataclass(frozen=True, slots=True)
class Scores:
    """All measures by name, and the sizes."""

    measures: dict[str, Measure]
    sizes: Sizes

    def as_json(self) -> dict[str, dict[str, object]]:
        """Return the figures as JSON values: `p`, `p_base`, `p_ci` and so on for each measure."""
        sizes = {name: getattr(self.sizes, name) for name in Sizes.__slots__}
        return {name: _measure_json(one) for name, one in self.measures.items()} | {"sizes": sizes}


class Compared(NamedTuple):
    """An article's gold and predicted attributions, over its gold text."""

    line: Line
    text: str
    gold: list[Judged]
    pred: list[Judged]


def compare(gold: Lines, pred: Lines) -> list[Compared]:
    """Return the articles of gold, each beside its prediction; none where it is missing.

    Raises:
        ScoreError: A prediction's article is not in gold, or a span is outside its text.
    """
    unknown = [line for key, line in pred.items() if key not in gold]
    if unknown:
        first = unknown[0]
        raise ScoreError(
            f"{first.place}: article {first.article['id']!r} is not in gold"
            f" ({len(unknown)} such). Predict on the articles of the gold file."
        )
    found = []
    for key, line in gold.items():
        text = line.article.get("text")
        if not isinstance(text, str):
            raise ScoreError(f"{line.place}: article {key!r} has no text.")
        guess = judged(pred[key], text) if key in pred else []
        found.append(Compared(line, text, judged(line, text), guess))
    return found


def score(gold: Lines, pred: Lines, *, resamples: int = RESAMPLES) -> Scores:
    """Score predictions, with intervals from `resamples` bootstraps (none: no intervals).

    Raises:
        ScoreError: The two cannot be compared; the message names file and line.
    """
    articles = compare(gold, pred)
    rows = [count(article.gold, article.pred) for article in articles]
    draw = random.Random(SEED)  # noqa: S311 (a bootstrap wants repeatable, not secret, chance)
    samples = [_measures(draw.choices(rows, k=len(rows))) for _ in range(resamples if rows else 0)]
    measures = {
        name: {key: _with_interval(samples, name, key, figure) for key, figure in one.items()}
        for name, one in _measures(rows).items()
    }
    sizes = Sizes(
        articles=len(gold),
        missing_in_pred=sum(key not in pred for key in gold),
        gold=sum(len(article.gold) for article in articles),
        pred=sum(len(article.pred) for article in articles),
    )
    return Scores(measures, sizes)


def _measures(rows: Sequence[Row]) -> dict[str, Measure]:
    sums = map(sum, zip(*rows, strict=True)) if rows else [0] * len(COUNTS)
    total: dict[str, float] = dict(zip(COUNTS, sums, strict=True))
    found: dict[str, Measure] = {}
    for name, (right, of_pred, of_gold) in PRECISE.items():
        # The soft measure has a numerator for each side.
        p = _ratio(total[right], total[of_pred])
        r = _ratio(total["soft_r" if right == "soft_p" else right], total[of_gold])
        found[name] = {
            "p": Figure(p, total[of_pred]),
            "r": Figure(r, total[of_gold]),
            "f1": Figure(_ratio(2 * p * r, p + r), None),
        }
    for name, (right, of) in ACCURATE.items():
        found[name] = {"acc": Figure(_ratio(total[right], total[of]), total[of])}
    return found


def _ratio(top: float, bottom: float) -> float:
    return top / bottom if bottom else 0.0


def _with_interval(
    samples: Sequence[dict[str, Measure]], name: str, key: str, figure: Figure
) -> Figure:
    values = sorted(sample[name][key].value for sample in samples)
    if not values:
        return figure
    low, high = (values[round(tail * (len(values) - 1))] for tail in _TAILS)
    return figure._replace(interval=(low, high))


def _measure_json(measure: Measure) -> dict[str, object]:
    found: dict[str, object] = {key: figure.value for key, figure in measure.items()}
    for key, figure in measure.items():
        if figure.base is not None:
            found[f"{key}_base"] = figure.base
    for key, figure in measure.items():
        if figure.interval is not None:
            found[f"{key}_ci"] = list(figure.interval)
    return found
