"""Attributions in the shape they are compared in: each role as the set of its characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claimtrack.errors import ScoreError
from claimtrack.evaluation.lines import Line

ROLES = ("source", "cue", "content")

DEFAULTS = {
    "kind": "indirect",
    "channel": "none_stated",
    "stance": "neutral",
    "assertion": "assert",
}
"""Attributes and the common value that no credit is given for."""

Characters = frozenset[int]
"""Positions of code points in an article's text."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An attribution as it is compared.

    Attributes:
        key: Its id within the article; its number, from 0, where it has none.
        values: `via`, `source_type` and the attributes of DEFAULTS; None where absent.
        source: Its characters in the article's text; so for `cue` and `content`.
        given: The attribution as it came.
    """

    key: object
    values: Mapping[str, str | int | None]
    source: Characters
    cue: Characters
    content: Characters
    given: Mapping[str, Any]


def judged(line: Line, text: str) -> list[Judged]:
    """Return a line's attributions, their spans normalised over the gold text.

    Raises:
        ScoreError: A span does not lie within the text.
    """
    found = []
    for number, given in enumerate(line.article["attributions"]):
        place = f"{line.place}: article {line.article['id']!r}, attribution {number}"
        sets = {role: characters(text, given.get(role), f"{place}, {role}") for role in ROLES}
        values = {name: _word(given, name, place) for name in ("via", "source_type", *DEFAULTS)}
        key = _word(given, "id", place) if "id" in given else number
        found.append(Judged(key=key, values=values, given=given, **sets))
    return found


def characters(text: str, spans: object, place: str) -> Characters:
    """Return the positions that a list of spans stands for; None is the empty list.

    Neighbours with only white space or punctuation between them are one stretch, and a stretch
    is trimmed of both at its ends; spans of nothing else are kept whole.

    Raises:
        ScoreError: It is no list, or a span is not [start, end) within the text.

    >>> sorted(characters("«a b», c", [[0, 2], [3, 5]], "x"))
    [1, 2, 3]
    """
    if not isinstance(spans, list | None):
        raise ScoreError(f"{place}: {spans!r} is not a list of [start, end) spans.")
    stretches: list[list[int]] = []
    for start, end in sorted(_span(span, len(text), place) for span in spans or ()):
        if stretches and _only_light(text, stretches[-1][1], start):
            stretches[-1][1] = max(stretches[-1][1], end)
        else:
            stretches.append([start, end])
    trimmed = (_trimmed(text, start, end) for start, end in stretches)
    found = frozenset(at for start, end in trimmed for at in range(start, end))
    return found or frozenset(at for start, end in stretches for at in range(start, end))


def _word(given: Mapping[str, Any], name: str, place: str) -> str | int | None:
    value = given.get(name)
    if not isinstance(value, str | int | None):
        raise ScoreError(f"{place}: `{name}` is {value!r}; it must be a word or a number.")
    return value


def _span(span: object, length: int, place: str) -> tuple[int, int]:
    match span:
        # A bool is an int to Python, and not an offset.
        case [int(start), int(end)] if (
            type(start) is type(end) is int and 0 <= start < end <= length
        ):
            return start, end
    raise ScoreError(f"{place}: span {span!r} is not [start, end) within 0..{length}.")


def _light(char: str) -> bool:
    """Tell whether a character is white space or punctuation (a backtick is a symbol)."""
    return char.isspace() or char == "`" or unicodedata.category(char).startswith("P")


def _only_light(text: str, start: int, end: int) -> bool:
    return all(_light(char) for char in text[start:end])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _light(text[start]):
        start += 1
    while end > start and _light(text[end - 1]):
        end -= 1
    return start, end
