"""Scores as a table for people, in per cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimtrack.evaluation.score import Figure, Measure, Scores

_WIDTH = 18


def table(scores: Scores) -> str:
    """Return the figures as lines of text, with intervals where they were measured."""
    sizes = scores.sizes
    first = (
        f"articles {sizes.articles} (missing in prediction: {sizes.missing_in_pred}), "
        f"gold {sizes.gold}, predicted {sizes.pred}"
    )
    measures = [_measure(name, measure) for name, measure in scores.measures.items()]
    return "\n".join([first, _row("", ["P / accuracy", "R", "F1"]), *measures])


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as columns two spaces apart: the first to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *rest in rows:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def per_cent(value: float) -> str:
    """Return a share as a figure of one decimal, such as "57.6"."""
    return f"{100 * value:.1f}"


def _measure(name: str, measure: Measure) -> str:
    if not any(figure.base for figure in measure.values()):
        return f"{name:16}   –    (nothing to judge)"
    cells = [_cell(measure[key]) for key in ("p", "acc", "r", "f1") if key in measure]
    return _row(name, cells)


def _row(name: str, cells: Iterable[str]) -> str:
    return f"{name:16} {' '.join(cell.ljust(_WIDTH) for cell in cells)}".rstrip()


def _cell(figure: Figure) -> str:
    shown = f"{per_cent(figure.value):>5}"
    if figure.interval is None:
        return shown
    low, high = map(per_cent, figure.interval)
    return f"{shown} [{low},{high}]"
