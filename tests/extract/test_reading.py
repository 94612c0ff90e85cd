"""Words are looked up once and remembered, but not without end."""

from __future__ import annotations

import tracemalloc

import pytest

from claimtrack.extract.lexicon import lexicon
from claimtrack.extract.words import Words
from claimtrack.lang.pack import available


@pytest.mark.parametrize("code", available())
def test_a_word_means_the_same_after_many_others(code: str) -> None:
    known = lexicon(code)
    words = Words(known)
    asked = [*known.forms, *(word for held in known.words.values() for word in held)]
    before = [(words.reported(word), words.bare(word)) for word in asked]
    for number in range(60_000):
        words.reported(f"x{number}")
        words.bare(f"x{number}")
    assert [(words.reported(word), words.bare(word)) for word in asked] == before


def test_what_is_remembered_does_not_grow_with_what_was_read() -> None:
    words = Words(lexicon("en"))
    most = []
    tracemalloc.start()
    for first in range(0, 200_000, 50_000):
        tracemalloc.reset_peak()
        for number in range(first, first + 50_000):
            words.reported(f"x{number}")
        most.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert most[-1] < 1.2 * most[0]
