"""Copying the write-ahead log into the file beside the one who writes."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from claimtrack.store import Store, checkpoints
from claimtrack.store.checkpoints import Checkpoints
from claimtrack.store.connection import journals

MARKS = 500


def _written(store: Store, first: int) -> None:
    """Commit rows that fill more pages than one."""
    rows = [(f"{first}-{number}", "x" * 100, "2026-01-01T00:00:00Z") for number in range(MARKS)]
    with store.transaction():
        store.connection.executemany(
            "INSERT INTO run (id, tool, version, configuration, recorded_at)"
            " VALUES (?, 'test', ?, '{}', ?)",
            rows,
        )


def _in_the_file(path: Path, tmp_path: Path) -> int:
    """Return how many rows the database's file holds without its log."""
    alone = shutil.copy(path, tmp_path / "alone.db")
    with closing(sqlite3.connect(f"{Path(alone).as_uri()}?immutable=1", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM run").fetchone()[0])


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Read what a database holds now, until the block ends."""
    with Store.open(path, readonly=True) as reader:
        reader.connection.execute("BEGIN")
        reader.connection.execute("SELECT count(*) FROM run").fetchone()
        yield


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, create=True) as opened:
        opened.put_off_checkpoints()
        yield opened


def test_what_was_committed_is_in_the_file_while_the_writer_holds_it_open(
    store: Store, tmp_path: Path
) -> None:
    _written(store, 1)
    assert _in_the_file(store.path, tmp_path) == 0
    with Checkpoints(store.path) as beside:
        beside.due()
    assert _in_the_file(store.path, tmp_path) == MARKS


def test_a_transaction_goes_on_while_what_came_before_it_is_copied(
    store: Store, tmp_path: Path
) -> None:
    _written(store, 1)
    with store.transaction():
        with Checkpoints(store.path) as beside:
            beside.due()
            _written(store, 2)
        assert _in_the_file(store.path, tmp_path) == MARKS
    assert store.connection.execute("SELECT count(*) FROM run").fetchone() == (2 * MARKS,)


def test_a_long_log_is_empty_when_the_writer_goes_on(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, _ = journals(store.path)
    with Checkpoints(store.path) as beside:
        _written(store, 1)
        beside.due()
        assert log.stat().st_size > 0
        monkeypatch.setattr(checkpoints, "LONGEST_LOG", log.stat().st_size)
        beside.due()
        assert log.stat().st_size == 0


def test_a_long_log_that_somebody_reads_is_left_to_grow(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "LONGEST_LOG", 1)
    with Checkpoints(store.path) as beside:
        with _reading(store.path):
            _written(store, 1)
            beside.due()
            assert _in_the_file(store.path, tmp_path) == 0
        beside.due()
        assert _in_the_file(store.path, tmp_path) == MARKS


def test_a_file_that_cannot_be_opened_is_no_error_of_who_writes(
    store: Store, tmp_path: Path
) -> None:
    _written(store, 1)
    with Checkpoints(tmp_path / "nowhere" / "claims.db") as beside:
        beside.due()
    assert store.connection.execute("SELECT count(*) FROM run").fetchone() == (MARKS,)
