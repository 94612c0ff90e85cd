"""What the vectors of texts are that claims have: kept by `link`, or made when asked for."""

from __future__ import annotations

import numpy as np

from claimtrack.match.embed import NAME, WIDTH, embed
from claimtrack.match.entries import text_digest
from claimtrack.match.meanings import meanings
from claimtrack.store import Store, linking

BURST = ("the dam burst", "en")
BROKEN = ("плотина прорвана", "ru")


def test_a_vector_that_is_kept_is_not_made_again(store: Store) -> None:
    kept = np.zeros(WIDTH, dtype=np.float16)
    kept[7] = 1
    with store.transaction():
        linking.put_vectors(store.connection, NAME, {text_digest(*BURST): kept.tobytes()})
    found = meanings(store.connection, [BROKEN, BURST])
    assert found[1].tolist() == kept.tolist()
    assert np.allclose(found[0], embed([BROKEN[0]])[0], atol=1e-6)


def test_of_no_texts_there_are_no_vectors(store: Store) -> None:
    assert meanings(store.connection, []).shape == (0, WIDTH)
