"""A database is made small and quick again, and holds what it held."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.errors import DatabaseError
from claimtrack.store import Store, log
from claimtrack.store.dump import canonical
from claimtrack.store.tidying import tidy
from claimtrack.store.verify import verify
from tests.store.build import add, report

_HELD = "SELECT count(*) FROM attribution"
_FOUND = "SELECT rowid FROM attribution_fts WHERE attribution_fts MATCH 'المطر' ORDER BY rowid"
_PIECES = "SELECT count(DISTINCT segid) FROM attribution_fts_idx"


@pytest.fixture
def grown(store: Store) -> Store:
    """A database to which much was added, piece by piece, and of which much was taken out."""
    for number in range(12):
        add(store, *report(number))
    store.connection.execute("CREATE TABLE gone (text TEXT)")
    store.connection.execute("INSERT INTO gone VALUES (?)", ("x" * 2_000_000,))
    store.connection.execute("DROP TABLE gone")
    return store


def test_what_is_held_stays_and_the_files_get_smaller(grown: Store) -> None:
    connection = grown.connection
    dump, seal = list(canonical(connection)), log.head(connection)
    found = connection.execute(_FOUND).fetchall()
    assert connection.execute(_PIECES).fetchone()[0] > 1
    done = tidy(connection, grown.path)
    assert done.segments > 2
    assert done.before - done.after > 2_000_000
    assert done.after == grown.path.stat().st_size
    assert not done.log_kept
    assert connection.execute(_PIECES).fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM sqlite_stat1").fetchone()[0] > 0
    assert (list(canonical(connection)), log.head(connection)) == (dump, seal)
    assert found
    assert connection.execute(_FOUND).fetchall() == found
    assert list(verify(connection)) == []
    add(grown, *report(99))


def test_who_reads_meanwhile_reads_on(grown: Store) -> None:
    with Store.open(grown.path, readonly=True) as reader:
        reader.connection.execute("BEGIN")
        held = reader.connection.execute(_HELD).fetchone()
        assert tidy(grown.connection, grown.path).log_kept
        assert reader.connection.execute(_HELD).fetchone() == held
        reader.connection.execute("COMMIT")
        assert reader.connection.execute(_HELD).fetchone() == held
        assert not tidy(grown.connection, grown.path).log_kept


def test_beside_one_who_writes_it_says_so_and_changes_nothing(grown: Store, path: Path) -> None:
    dump = list(canonical(grown.connection))
    with Store.open(path, wait=0) as other:
        grown.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="is being written by another program"):
            tidy(other.connection, path)
        grown.connection.execute("ROLLBACK")
        assert list(canonical(other.connection)) == dump
