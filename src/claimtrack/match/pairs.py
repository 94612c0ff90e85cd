"""Pairs of claims as JSON lines: read, compared, and written again with what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from claimtrack.ingest.language import detect
from claimtrack.match.compare import Comparison, Text, compared
from claimtrack.match.embed import embed
from claimtrack.match.names import SHIPPED_MEANS, Means
from claimtrack.match.reading import read

_BATCH = 256
"""Pairs whose vectors are made at once."""

LONGEST = 5_000
"""Code points of the longest text that is compared: a claim, not an article."""


class BadPair(NamedTuple):
    """A line that is no pair: its number, from 1, and what is wrong with it."""

    line: int
    problem: str


class Pair(NamedTuple):
    """Two claims of a line, with all the line's fields."""

    left: Text
    right: Text
    fields: dict[str, Any]


def pairs(lines: Iterable[bytes], means: Means = SHIPPED_MEANS) -> Iterator[Pair | BadPair]:
    """Yield the pair of each JSON line, or what is wrong with it; empty lines are passed over.

    Args:
        lines: Objects with `a` and `b`, and `lang_a` and `lang_b` where the language is known.
        means: The language packs that hold.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _pair(line, number, means)


def _pair(line: bytes, number: int, means: Means) -> Pair | BadPair:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return BadPair(number, "not UTF-8; save the file as UTF-8")
    except (ValueError, RecursionError):
        return BadPair(number, "not JSON; write one object a line")
    if not isinstance(fields, dict):
        return BadPair(number, "not an object; give a and b")
    texts = []
    for name in ("a", "b"):
        text, lang = fields.get(name), fields.get(f"lang_{name}")
        if not isinstance(text, str) or not text.strip():
            return BadPair(number, f"no text {name!r}; give a and b")
        if lang is not None and not isinstance(lang, str):
            return BadPair(number, f"lang_{name} is no language code; give one such as ar")
        if len(text) > LONGEST:
            return BadPair(number, f"{name!r} is longer than {LONGEST} characters; give a claim")
        texts.append(said(text, lang, means))
    return Pair(texts[0], texts[1], fields)


def said(text: str, lang: str | None = None, means: Means = SHIPPED_MEANS) -> Text:
    """Return a text with its language, told from the text where it is not given."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return Text(whole, lang or detect(whole, means.packs))


def compare_all(
    found: Iterable[Pair], means: Means = SHIPPED_MEANS
) -> Iterator[tuple[Pair, Comparison]]:
    """Yield each pair with what its claims are to each other."""
    waiting = iter(found)
    while batch := list(islice(waiting, _BATCH)):
        texts = list(dict.fromkeys(side.text for pair in batch for side in pair[:2]))
        vectors = dict(zip(texts, embed(texts), strict=True))
        for pair in batch:
            left, right = (read(*side, means) for side in pair[:2])
            likeness = float(vectors[pair.left.text] @ vectors[pair.right.text])
            yield pair, compared(left, right, max(0.0, likeness))
