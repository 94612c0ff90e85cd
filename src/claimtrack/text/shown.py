r"""Words of others made fit to stand among ours: they steer no terminal and turn no line round.

What could is replaced by U+FFFD, one for one: it is seen that something stood there, and offsets
stay right. A piece within a line of ours is isolated, so that each keeps its own direction.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the help loads this module, and no models
    from claimtrack.model.document import StatedTime

_REPLACED = "\ufffd"
_KEPT_CONTROLS = "\n\t"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Bidirectional classes of embeddings, overrides and isolates, and of what ends them."""


def harmless(text: str) -> str:
    r"""Return a text without what steers, the same length; line ends and tabs stay.

    Joiners and marks of direction are kept: they shape letters, and reach no further.

    >>> harmless("a\x1b[31m\u202eb")
    'a�[31m�b'
    """
    if text.isprintable():  # nothing that steers is, and most text is
        return text
    return "".join(_REPLACED if _steers(char) else char for char in text)


def isolate(text: str) -> str:
    """Return a text that neither turns the line around it nor is turned by it."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


def isolated(text: str) -> str:
    """Return a text isolated if any of it runs from right to left, else as it is."""
    if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text):
        return isolate(text)
    return text


def unisolated(text: str) -> str:
    """Return a text that holds isolated ones without what isolates them, as a pipe gets it.

    >>> unisolated(f"{isolated('بدرون')} and Lisarna")
    'بدرون and Lisarna'
    """
    return text.replace(_FIRST_STRONG_ISOLATE, "").replace(_POP_ISOLATE, "")


def one_line(text: str) -> str:
    r"""Return a text with single spaces for all white space.

    >>> one_line("two\n lines")
    'two lines'
    """
    return " ".join(text.split())


def piece(text: str) -> str:
    """Return words of an article as a piece of one of our lines: one line, harmless, isolated."""
    return isolated(harmless(one_line(text)))


def moment(time: StatedTime) -> str:
    """Return a time for reading: the day, and the minute with its zone where that was stated.

    >>> from datetime import UTC, datetime
    >>> from claimtrack.model.document import StatedTime
    >>> from claimtrack.model.vocabulary import Precision
    >>> noon = datetime(2025, 3, 11, 12, tzinfo=UTC)
    >>> moment(StatedTime(utc=noon, precision=Precision.SECOND, zone="+02:00"))
    '2025-03-11 14:00 +02:00'
    """
    day, _, clock = time.iso().partition("T")
    if not clock:
        return day
    return f"{day} {clock[:5]} {clock[-6:].replace('+00:00', 'UTC')}"


def _steers(char: str) -> bool:
    if unicodedata.category(char) in ("Cc", "Cs"):
        return char not in _KEPT_CONTROLS
    return unicodedata.bidirectional(char) in _TURNING
