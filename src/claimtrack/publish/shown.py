"""Untrusted text on a page: escaped, and unable to turn the line around it."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from claimtrack.text.shown import harmless, isolate

_OVERRIDES = re.compile("([\u202d\u202e])")
"""Characters that force a direction on letters that have their own: they spoof, nothing else."""


def markup(made: str) -> Markup:
    """Return what was put together of our own markup and of text that was escaped."""
    return Markup(made)  # noqa: S704 (whoever calls says so)


def shown(text: str) -> Markup:
    """Return text for a page, escaped, its direction overrides named instead of obeyed.

    >>> shown("a<b\u202ec")
    Markup('a&lt;b<span class="control" title="U+202E"></span>c')
    """
    if not _OVERRIDES.search(text):
        return escape(text)
    pieces = _OVERRIDES.split(text)
    made = [
        Markup('<span class="control" title="U+{}"></span>').format(f"{ord(piece):04X}")
        if index % 2
        else escape(piece)
        for index, piece in enumerate(pieces)
    ]
    return Markup("").join(made)


def plain(text: str) -> str:
    """Return text harmless and isolated, for where no markup can stand: a title, a tooltip."""
    return isolate(harmless(text))
