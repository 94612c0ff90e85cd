"""Copies are found while articles are added, and stay documents of their own."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from claimtrack.match.reprints import LEAST, RUN, link_copies
from claimtrack.match.shingles import sketch
from claimtrack.store import Store
from claimtrack.store.verify import verify
from tests.store.build import AT, add, version_of

WORDS = [f"word{number}" for number in range(3000)]


def words(seed: int, count: int = 250) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def edited(text: list[str], share: float, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    return [f"new{at}" if chance.random() < share else word for at, word in enumerate(text)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store.open(tmp_path / "a.db", create=True)
    yield opened
    opened.close()


def put(store: Store, text: list[str], url: str) -> tuple[str, int]:
    """Add a text; return the id of its version, and how many others it is a copy of."""
    joined = " ".join(text)
    version = version_of(joined, url=f"https://naba.example/{url}", lang="en")
    add(store, version)
    return version.id, link_copies(store, version.id, sketch(joined), at=AT)


def reprints(store: Store) -> list[tuple[str, str]]:
    query = "SELECT document_version, of_document_version FROM live_reprint ORDER BY 1, 2"
    return [tuple(row) for row in store.connection.execute(query)]


def test_a_copy_is_linked_to_what_it_is_like_with_how_much(store: Store) -> None:
    first, none = put(store, words(1), "1")
    other, nothing = put(store, words(2), "2")
    copy, one = put(store, edited(words(1), 0.2), "3")
    assert (none, nothing, one) == (0, 0, 1)
    ((found, of, similarity, run),) = store.connection.execute(
        "SELECT document_version, of_document_version, similarity, run FROM reprint"
    ).fetchall()
    assert (found, of, run) == (copy, first, RUN.id)
    assert 0.2 < similarity < 0.5
    assert other not in (found, of)
    assert verify(store.connection) == ()


def test_a_new_version_is_no_copy_of_the_one_before(store: Store) -> None:
    put(store, words(1), "1")
    assert put(store, edited(words(1), 0.05), "1")[1] == 0
    assert reprints(store) == []


def test_linking_again_changes_nothing(store: Store) -> None:
    put(store, words(1), "1")
    copy, _ = put(store, words(1), "2")
    before = reprints(store)
    link_copies(store, copy, sketch(" ".join(words(1))), at=AT)
    assert reprints(store) == before
    assert len(before) == 1


def test_a_copy_of_what_was_retired_is_no_copy(store: Store) -> None:
    first, _ = put(store, words(1), "1")
    store.connection.execute("UPDATE document_version SET retired_at = 'x' WHERE id = ?", (first,))
    assert put(store, words(1), "2")[1] == 0


@pytest.mark.parametrize("text", [[], ["two", "words"], ["he", "denied", "it", "on", "Monday"]])
def test_texts_of_few_words_are_copies_of_nothing(text: list[str], store: Store) -> None:
    put(store, [*text, "a"], "1")
    assert put(store, [*text, "a"], "2")[1] == 0


def test_many_copies_cost_no_more_than_some(store: Store) -> None:
    linked = [put(store, edited(words(1), 0.02, seed), str(seed))[1] for seed in range(80)]
    assert linked[1] == 1
    assert max(linked) <= 16
    assert min(linked[1:]) >= 1


def test_what_is_damaged_is_named(store: Store) -> None:
    put(store, words(1), "1")
    store.connection.execute("DELETE FROM shingle")
    assert verify(store.connection) == ("sketch 1: cannot be found by its hashes",)


def test_the_threshold_lies_between_copies_and_reports_of_the_same_event() -> None:
    kept = (1 - 0.25) ** 3
    assert LEAST < kept / (2 - kept) < 0.3
