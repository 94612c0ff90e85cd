"""Vectors of what claims say: those that comparing kept, and of other texts made all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from claimtrack.match.embed import WIDTH, Vectors, embed
from claimtrack.match.entries import text_digest
from claimtrack.store import Connection, linking

Text = tuple[str, str]
"""A text, and the code of its language."""


def meanings(connection: Connection, texts: Sequence[Text]) -> Vectors:
    """Return a unit vector for each text, one a row; a text without words has zeros.

    Args:
        connection: A connection; what claims are compared by is kept there.
        texts: Texts with their languages.
    """
    digests = [text_digest(*one) for one in texts]
    held = dict(linking.vectors(connection, digests))
    missing = [at for at, one in enumerate(digests) if one not in held]
    found = np.zeros((len(texts), WIDTH), dtype=np.float32)
    found[missing] = embed([texts[at][0] for at in missing])
    for at, one in enumerate(digests):
        if one in held:
            found[at] = np.frombuffer(held[one], dtype=np.float16)
    return found
