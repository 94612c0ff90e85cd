"""What of a sentence that reports something is the reporter's own."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.extract.draft import MUTE, Draft, Range
from claimtrack.extract.groups import is_verb, shows_verb
from claimtrack.extract.reading import SEMICOLONS, Sentence

_SHORTEST = 4
"""Tokens of a clause that says something by itself."""


def lead(sentence: Sentence, found: Sequence[Draft]) -> list[Range]:
    """Return P in "P: X says that Q" and "P; X says that Q": nobody but the reporter says P.

    Empty where a report reaches into it, or where verbs stand first and clauses go on.
    """
    if sentence.lexicon.order != "before" or not found:
        return []
    told = [draft for draft in found if draft.pattern != MUTE]
    first = min((_first(draft) for draft in told), default=sentence.start)
    marks = SEMICOLONS | {":"}
    inside = sentence.page.inside
    for at in range(sentence.start + _SHORTEST, first):
        if sentence.text(at) in marks and inside[at] < 0:
            words = range(sentence.start, at)
            acts = any(is_verb(sentence, word) or shows_verb(sentence, word) for word in words)
            return [(sentence.start, at)] if acts else []
    return []


def _first(draft: Draft) -> int:
    """Return the first token that belongs to a report."""
    ranges = [*draft.content, *([draft.source] if draft.source and not draft.implied else [])]
    return min(draft.at, *(start for start, _ in ranges))
