"""Copies: documents that are, nearly, the text of another one, as agencies' reports are printed.

A copy stays a document of its own. It is linked to those it was found to be like, with how alike
they are; who copied whom, dates and credits must tell.
"""

from __future__ import annotations

from datetime import datetime

from claimtrack.match.shingles import SIZE, similarity
from claimtrack.model.run import Run
from claimtrack.store import Store, reprints

LEAST = 0.2
"""The similarity from which on two texts are copies: that of every third word changed is 0.17."""

FEWEST = 10
"""Shingles that a text must have: shorter ones are alike by chance."""

INDEXED = 16
"""Hashes that a sketch is found by: of copies with every fifth word changed, one in a hundred
shares fewer than two of them."""

RUN = Run(
    tool="reprint",
    version="1",
    configuration={"least": str(LEAST), "size": str(SIZE), "indexed": str(INDEXED)},
)


def link_copies(store: Store, version_id: str, sketched: tuple[int, ...], *, at: datetime) -> int:
    """Record what a version is known by, and link it to those it is a copy of; return how many.

    Versions of its own document are none of them. A version that was linked before is left as it
    is.

    Args:
        store: Where the version is.
        version_id: A document version that was added.
        sketched: Its sketch.
        at: When, with a zone.
    """
    if len(sketched) < FEWEST:
        return 0
    with store.together():
        near = reprints.sharing(store.connection, version_id, sketched[:INDEXED])
        rated = [(other, similarity(sketched, held, LEAST)) for other, held in near]
        found = [(other, score) for other, score in rated if score >= LEAST]
        reprints.put(store.connection, version_id, (sketched, INDEXED), found, (RUN, at))
    return len(found)
