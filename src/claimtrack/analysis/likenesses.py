"""How alike the names of a claim's sources are, kept where a copy is finished.

Whether "the Port Union" and "نقابة الميناء" are one origin is told by their vectors. The model that
makes them takes half a second to load and 120 MB: the site that serves a copy is spared it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from claimtrack.match.namesakes import Likenesses
from claimtrack.store import Connection
from claimtrack.store.counted import all_kept

_SHAPE = TypeAdapter(list[tuple[str, str, float]])
"""Pairs of names, and how alike they are."""


def kept(connection: Connection, claims: Sequence[str]) -> dict[str, Likenesses]:
    """Return for each claim what its copy keeps, which is nothing at a desk."""
    answers = all_kept(connection, map(name, claims))
    return {claim: read(answers.get(name(claim), "[]")) for claim in claims}


def name(claim_id: str) -> str:
    """Return what the likenesses of a claim's names are kept under."""
    return f"names {claim_id}"


def written(likenesses: Likenesses) -> str:
    """Return likenesses as JSON."""
    return _SHAPE.dump_json([(*pair, alike) for pair, alike in likenesses.items()]).decode()


def read(answer: str) -> Likenesses:
    """Return likenesses from their JSON; none from what another version of the program wrote."""
    try:
        found = _SHAPE.validate_json(answer)
    except ValidationError:
        return Likenesses()
    return Likenesses({(left, right): alike for left, right, alike in found})
