"""Whose voice a source is in the end: what tells independent origins from one and the same.

A spokesperson speaks for the ministry, an embassy for the foreign ministry, a state agency belongs
to its state: what they say has one origin. Membership alone makes nobody another's voice: two
ministries of a government are two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from claimtrack.model.source import SourceRelation
from claimtrack.model.vocabulary import SourceRelationKind

_VOICE = (
    SourceRelationKind.ACCOUNT_OF,
    SourceRelationKind.SPEAKS_FOR,
    SourceRelationKind.OWNED_BY,
)

Relations = Callable[[str], Iterable[SourceRelation]]
"""Returns the relations of a source by its key; none for one that is not known."""


def holds(relation: SourceRelation, day: date | None) -> bool:
    """Tell whether a relation holds on a day; on a day nobody knows, every one does."""
    early = day is not None and relation.since is not None and day < relation.since
    late = day is not None and relation.until is not None and day > relation.until
    return not (early or late)


def origin_group(key: str, relations: Relations, day: date | None) -> str:
    """Return the key that all sources of one origin have in common, on a day.

    Args:
        key: A source's key.
        relations: Tells the relations of sources.
        day: When it spoke, if known.
    """
    seen = {key}
    while True:
        parents = [
            each.parent
            for kind in _VOICE
            for each in relations(key)
            if each.kind is kind and holds(each, day) and each.parent not in seen
        ]
        if not parents:
            return key
        key = parents[0]
        seen.add(key)
