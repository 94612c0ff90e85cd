"""Work that can be counted does not grow unseen: SQL statements, rows, embeddings, bytes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kit import ROOT


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import run  # noqa: PLC0415 (no part of the package)

    yield run
    for name in ("run", "corpus", "bulk", "exports"):
        sys.modules.pop(name)


def test_adding_and_linking_do_no_more_than_the_record_says(bench: Any, tmp_path: Path) -> None:
    record = json.loads(bench.RECORD.read_text("utf-8"))
    found, took = bench.counted(bench.SMALL, tmp_path / "a.db")
    bench.tell(found, took, record)
    assert bench.too_much(found, record) == []
    assert found.embeddings > found.articles  # the count counts
    assert bench.too_much(found._replace(rows=found.rows * 2), record) != []


def test_every_step_of_the_table_is_measured(bench: Any) -> None:
    [tables] = bench.whole([6], 1)
    rows = [line.split(" | ")[0].removeprefix("| ") for line in tables.splitlines()]
    pages = {f"page: {name}" for name in bench.KINDS}
    exports = {f"export {name}" for name in bench.FORMATS}
    steps = {"add", "link", "trace of the largest claim", "publish", "serve, memory", "database"}
    assert steps | pages | exports <= set(rows)


def test_an_exponent_is_fitted_over_the_sizes(bench: Any) -> None:
    assert bench.exponent({10: 3.0, 100: 30.0, 1000: 300.0}) == pytest.approx(1.0)
    assert bench.exponent({10: 1.0, 100: 100.0}) == pytest.approx(2.0)
    assert bench.exponent({10: 1.0}) is None


def test_a_corpus_is_the_same_wherever_it_is_made_and_has_copies_relays_and_languages(
    bench: Any,
) -> None:
    made = [bench.corpus.article(number) for number in range(60)]
    assert made == [bench.corpus.article(number) for number in reversed(range(60))][::-1]
    assert {one["lang"] for one in made} == {"ar", "en", "ru"}
    assert len({one["url"] for one in made}) == 60
    titles = [one["title"] for one in made]
    assert len(set(titles)) < len(titles)  # several tell of one event
    firsts = [one["text"].split(". ")[1] for one in made]
    assert len(set(firsts)) < len(firsts)  # some are reprints
