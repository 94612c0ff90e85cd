"""Linking a part at a time: however little is in memory at once, the database is the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from claimtrack.match import (
    candidates,
    comparing,
    contents,
    entries,
    handed,
    judging,
    linker,
    pairing,
    replies,
    vectors,
)
from claimtrack.match import found as found_pairs
from claimtrack.match.linker import link_all
from claimtrack.match.names import Means as Names
from claimtrack.pipeline import Desk, Means, add
from claimtrack.store import Store, rows
from claimtrack.store.dump import canonical
from tests.kit import ROOT

AT = datetime(2026, 1, 1, tzinfo=UTC)
CAST = (ROOT / "data" / "cast.csv",)
STORIES = ROOT / "tests" / "data" / "stories"
SMALL: list[tuple[ModuleType, str, int]] = [
    (entries, "_AT_ONCE", 7),
    (contents, "_AT_ONCE", 5),
    (contents, "_TEXTS", 3),
    (candidates, "_KEYS", 11),
    (pairing, "_CONTENTS", 10),
    (pairing, "_PAIRS", 9),
    (comparing, "_AT_ONCE", 8),
    (comparing, "_VECTORS", 1),
    (rows, "_AT_ONCE", 3),
    (found_pairs, "_RIVALS", 10),
    (replies, "_AT_ONCE", 4),
    (judging, "_AT_ONCE", 3),
    (linker, "_AT_ONCE", 6),
    (handed, "_AT_ONCE", 2),
    (vectors, "SIDECAR", 1),
    (vectors, "_DROPPED", 10_000),
]
# Besides the dump: which judgement joined what, and what speaks for it.
FOUND = (
    "SELECT left_id, right_id, evidence, score FROM judgement ORDER BY number",
    "SELECT left_id, right_id, evidence, score FROM suggestion ORDER BY number",
    "SELECT left_id, right_id, kind, evidence, score FROM claim_relation ORDER BY number",
    "SELECT claim_id, digest, numbers FROM linked ORDER BY claim_id",
    "SELECT narration_id, digest, numbers FROM narration_linked ORDER BY narration_id",
)


@pytest.fixture
def generated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Return a corpus by grammar: relays, reprints, denials, three languages."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import corpus  # noqa: PLC0415 (no part of the package)

    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(corpus.lines(40)), "utf-8")
    yield path
    sys.modules.pop("corpus")


def linked(texts: list[Path], path: Path) -> list[object]:
    """Return what is in a database that texts were added to and linked in, in two goes."""
    half = len(texts) // 2
    found: list[object] = []
    for some in (texts[:half], texts[half:]):
        add([str(each) for each in some], Desk(path, "n", lambda: AT), Means(registries=CAST))
        with Store.open(path) as store:
            found.append(link_all(store, at=AT, user="n", means=Names(registries=CAST)))
            found += canonical(store.connection)
            found += [row for query in FOUND for row in store.connection.execute(query)]
    return found


def test_claims_are_the_same_however_little_is_in_memory_at_once(
    generated: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts = [generated, *sorted(STORIES.glob("*.jsonl"))]
    at_once = linked(texts, tmp_path / "at-once.db")
    for module, name, size in SMALL:
        monkeypatch.setattr(module, name, size)
    in_slices = linked(texts, tmp_path / "in-slices.db")
    assert (tmp_path / "in-slices.db.vectors").is_dir()
    assert len(at_once) > 5_000
    assert in_slices == at_once
