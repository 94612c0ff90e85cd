"""An article in the terminal: its attributions marked in the text, and listed below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from claimtrack.cli.marks import marked
from claimtrack.cli.output import columns, counted, cut, echo, words
from claimtrack.cli.views import uncommon
from claimtrack.model.attribution import Attribution

if TYPE_CHECKING:
    from claimtrack.model.span import Spans
    from claimtrack.pipeline import Found

_HEAD = ("id", "source", "cue", "content", "how", "via")
_WIDTHS = (4, 26, 14, 0, 26, 3)
"""Columns of the table; the content has what is left of the line."""

_GAPS = 2 * (len(_HEAD) - 1)
_LEAST = 16


def show_found(found: Found) -> None:
    """Print an article with its attributions marked, and a table of them."""
    console = Console()
    article, attributions = found.article, found.extraction.attributions
    console.rule(Text(words(article.id or article.place)))
    stretches = [("boilerplate", span) for span in article.layout.boilerplate]
    for role in ("source", "cue", "content"):
        stretches += [(role, span) for one in attributions for span in getattr(one, role)]
    console.print(marked(article.text, stretches), "")
    echo(counted(len(attributions), "attribution"))
    if attributions:
        echo(columns([_HEAD, *_rows(attributions, article.text, console.width)]))


def _rows(attributions: Sequence[Attribution], text: str, width: int) -> list[list[str]]:
    content = max(_LEAST, width - sum(_WIDTHS) - _GAPS)
    return [
        [words(cut(cell, size or content)) for cell, size in zip(row, _WIDTHS, strict=True)]
        for row in (_row(one, text) for one in attributions)
    ]


def _row(one: Attribution, text: str) -> tuple[str, ...]:
    how = " ".join(uncommon(one))
    source = one.source_name or _said(one.source or one.antecedent, text)
    return one.key, source, _said(one.cue, text), _said(one.content, text), how, one.via or ""


def _said(spans: Spans, text: str) -> str:
    return " … ".join(span.of(text) for span in spans)
