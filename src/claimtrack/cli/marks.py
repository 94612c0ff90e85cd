"""Texts with their sources, cues and contents marked, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from claimtrack.model.span import Span
from claimtrack.text.shown import harmless

STYLES = {
    "boilerplate": "dim",
    "content": "cyan",
    "source": "bold green",
    "cue": "bold yellow",
    "hit": "bold",
}
"""How stretches look, in the order they are laid over each other."""


def marked(text: str, stretches: Iterable[tuple[str, Span]]) -> Text:
    """Return a text with its stretches, each a role and a span, in the styles of STYLES."""
    shown = Text(harmless(text))
    known = list(stretches)
    for role, style in STYLES.items():
        for span in (span for name, span in known if name == role):
            shown.stylize(style, span.start, span.end)
    return shown
