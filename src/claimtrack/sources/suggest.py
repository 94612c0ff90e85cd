"""Sources whose names are spelt almost as one that nobody bears: suggestions, never resolutions."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from claimtrack.model.source import Source
from claimtrack.sources.registry import Registry, spelling

_SHORTEST = 4
"""Letters below which two names are alike by chance."""


class Suggestion(NamedTuple):
    """A source, the name of it that is alike, and how many letters differ."""

    source: Source
    name: str
    distance: int


def suggestions(registry: Registry, text: str, limit: int) -> tuple[Suggestion, ...]:
    """Return the sources with a strong name that differs from a text in a few letters.

    One letter of every five may differ, by Levenshtein's distance; the closest come first.
    """
    wanted = spelling(text)
    allowed = max(1, len(wanted) // 5)
    if len(wanted) < _SHORTEST:
        return ()
    best: dict[str, tuple[int, str]] = {}
    names = list(registry.by_name)
    near = process.extract(
        wanted, names, scorer=Levenshtein.distance, score_cutoff=allowed, limit=None
    )
    for name, distance, _ in near:  # the closest first
        best.setdefault(registry.by_name[name].key, (int(distance), name))
    ranked = sorted(best.items(), key=lambda item: (item[1][0], item[0]))[:limit]
    known = ((registry.get(key), found) for key, found in ranked)
    return tuple(Suggestion(source, name, at) for source, (at, name) in known if source)
