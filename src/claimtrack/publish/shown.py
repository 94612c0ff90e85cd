"""Untrusted text on a page: escaped, and unable to turn the line around it."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from claimtrack.model.document import StatedTime
from claimtrack.text.shown import harmless, isolate

_OVERRIDES = re.compile("([\u202d\u202e])")
"""Characters that force a direction on letters that have their own: they spoof, nothing else."""


def shown(text: str) -> Markup:
    """Return text for a page, escaped, its direction overrides named instead of obeyed.

    >>> shown("a<b\u202ec")
    Markup('a&lt;b<span class="control" title="U+202E"></span>c')
    """
    pieces = _OVERRIDES.split(text)
    made = [
        Markup('<span class="control" title="U+{}"></span>').format(f"{ord(piece):04X}")
        if index % 2
        else escape(piece)
        for index, piece in enumerate(pieces)
    ]
    return Markup("").join(made)


def moment(time: StatedTime) -> str:
    """Return a time for reading: the day, and the minute with its zone where that was stated.

    >>> from datetime import UTC, datetime
    >>> from claimtrack.model.vocabulary import Precision
    >>> noon = datetime(2025, 3, 11, 12, tzinfo=UTC)
    >>> moment(StatedTime(utc=noon, precision=Precision.SECOND, zone="+02:00"))
    '2025-03-11 14:00 +02:00'
    """
    day, _, clock = time.iso().partition("T")
    if not clock:
        return day
    return f"{day} {clock[:5]} {clock[-6:].replace('+00:00', 'UTC')}"


def plain(text: str) -> str:
    """Return text harmless and isolated, for where no markup can stand: a title, a tooltip."""
    return isolate(harmless(text))
