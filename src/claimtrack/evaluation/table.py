"""Scores as a table for people, in per cent."""

from __future__ import annotations

from claimtrack.evaluation.score import Figure, Measure, Scores

_WIDTH = 18


def table(scores: Scores) -> str:
    """Return the figures as lines of text, with intervals where they were measured."""
    sizes, *rest = rows(scores)
    return "\n".join([*sizes, *(_line(*row) for row in rest)])


def rows(scores: Scores) -> list[list[str]]:
    """Return the figures as cells: first what was compared, then the head, then the measures.

    An accuracy stands where the others have their precision.
    """
    sizes = scores.sizes
    first = (
        f"articles {sizes.articles} (missing in prediction: {sizes.missing_in_pred}), "
        f"gold {sizes.gold}, predicted {sizes.pred}"
    )
    measures = [[name, *_cells(measure)] for name, measure in scores.measures.items()]
    return [[first], ["", "P / accuracy", "R", "F1"], *measures]


def per_cent(value: float) -> str:
    """Return a share as a figure of one decimal, such as "57.6"."""
    return f"{100 * value:.1f}"


def _cells(measure: Measure) -> list[str]:
    if not any(figure.base for figure in measure.values()):
        return ["  –   (nothing to judge)", "", ""]
    found = [_cell(measure[key]) for key in ("p", "acc", "r", "f1") if key in measure]
    return [*found, "", ""][:3]


def _line(name: str, *cells: str) -> str:
    return f"{name:16} {' '.join(cell.ljust(_WIDTH) for cell in cells)}".rstrip()


def _cell(figure: Figure) -> str:
    shown = f"{per_cent(figure.value):>5}"
    if figure.interval is None:
        return shown
    low, high = map(per_cent, figure.interval)
    return f"{shown} [{low},{high}]"
