from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database

from claimtrack.errors import DatabaseError, IntegrityError, NewerSchemaError, NotOurDatabaseError
from claimtrack.store import Store, is_ours, read
from claimtrack.store.connection import APPLICATION_ID, require_sqlite
from claimtrack.store.migrations import migrations
from claimtrack.store.steps import STEPS
from claimtrack.store.verify import verify
from tests.store.build import add, add_story, report, story


def _files(directory: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in directory.iterdir()}


def test_a_new_path_becomes_a_database_only_when_asked(path: Path) -> None:
    with pytest.raises(
        DatabaseError, match=r"does not exist\. Make a database with: claimtrack add"
    ):
        Store.open(path)
    assert not path.exists()
    with Store.open(path, create=True) as store:
        assert read.counts(store.connection).documents == 0
    Store.open(path).close()


def test_an_empty_file_becomes_a_database_only_when_asked(path: Path) -> None:
    path.touch()
    with pytest.raises(DatabaseError, match="is empty"):
        Store.open(path)
    assert path.read_bytes() == b""
    Store.open(path, create=True).close()
    Store.open(path).close()


def test_a_database_that_is_made_is_all_there_is(path: Path) -> None:
    Store.open(path, create=True).close()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_link_that_leads_to_no_file_yet_is_followed(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "real.db")
    Store.open(link, create=True).close()
    assert link.is_symlink()
    Store.open(tmp_path / "real.db", readonly=True).close()


def test_the_log_of_a_lost_database_does_not_get_into_a_new_one(path: Path, store: Store) -> None:
    add_story(store)
    log = path.with_name(f"{path.name}-wal")
    left = log.read_bytes()
    assert left
    store.close()
    path.unlink()
    log.write_bytes(left)
    with Store.open(path, create=True) as again:
        assert read.counts(again.connection).documents == 0
        assert verify(again.connection) == ()


def test_a_disk_without_links_gets_its_database_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refused)
    with Store.open(path, create=True) as store:
        add_story(store)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_appears_while_a_database_is_made_is_left_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(made: Path, target: Path) -> None:
        target.write_text("theirs")
        link(made, target)

    link = os.link
    monkeypatch.setattr("os.link", late)
    with pytest.raises(NotOurDatabaseError):
        Store.open(path, create=True)
    assert _files(path.parent) == {path.name: b"theirs"}


@pytest.mark.parametrize("readonly", [False, True])
def test_a_reader_never_makes_a_database(path: Path, readonly: bool) -> None:
    with pytest.raises(DatabaseError, match="does not exist"):
        Store.open(path, create=readonly, readonly=readonly)
    assert not path.exists()


def _foreign(path: Path, journal: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute("CREATE TABLE document (id TEXT)")
    connection.execute("INSERT INTO document VALUES ('theirs')")
    connection.commit()
    return connection


@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize("how", [{"create": True}, {}, {"readonly": True}])
def test_a_foreign_database_is_refused_and_left_as_it_is(
    path: Path, journal: str, how: dict[str, bool]
) -> None:
    theirs = _foreign(path, journal)  # kept open, so that a write-ahead log is waiting
    before = _files(path.parent)
    with pytest.raises(NotOurDatabaseError, match="was left as it is"):
        Store.open(path, **how)
    assert _files(path.parent) == before
    theirs.close()


@pytest.mark.parametrize(
    "content", [b"x", b"PK\x03\x04" * 50, "قالت الوزارة".encode() * 50, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    with pytest.raises(NotOurDatabaseError):
        Store.open(path, create=True)
    assert _files(path.parent) == {path.name: content}


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="cannot be read"):
        Store.open(tmp_path, create=True)


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="See that its directory exists"):
        Store.open(tmp_path / "nowhere" / "claims.db", create=True)


def test_a_file_name_may_hold_what_means_something_in_an_address(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c%20 مطر.db"
    Store.open(path, create=True).close()
    assert path.exists()
    Store.open(path, readonly=True).close()


def test_a_newer_schema_is_refused_and_left_as_it_is(path: Path, store: Store) -> None:
    store.connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('claimtrack', 'm999_from_the_future', '')"
    )
    store.close()
    before = path.read_bytes()
    for readonly in (False, True):
        with pytest.raises(NewerSchemaError, match=r"m999_from_the_future.*Upgrade claimtrack"):
            Store.open(path, readonly=readonly)
    assert path.read_bytes() == before


def test_an_older_schema_is_brought_up_to_date_by_a_writer_only(path: Path) -> None:
    older = sqlite3.connect(path)
    older.execute(f"PRAGMA application_id={APPLICATION_ID}")
    older.close()
    with pytest.raises(DatabaseError, match="older claimtrack"):
        Store.open(path, readonly=True)
    Store.open(path).close()
    Store.open(path, readonly=True).close()


def test_the_steps_are_those_of_the_migrations() -> None:
    assert {step.name for step in migrations.pending(Database(memory=True))} == STEPS


def test_a_damaged_database_is_one_line(path: Path, store: Store) -> None:
    add_story(store)
    store.close()
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match="is damaged") as caught:
        Store.open(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("version", [(3, 36, 0), (3, 7, 17), (2, 99, 99)])
def test_an_old_sqlite_is_refused(version: tuple[int, int, int]) -> None:
    with pytest.raises(DatabaseError, match=r"needs 3\.37\.0 or newer"):
        require_sqlite(version)


@pytest.mark.parametrize("version", [(3, 37, 0), (3, 46, 1), (4, 0, 0)])
def test_a_newer_sqlite_is_taken(version: tuple[int, int, int]) -> None:
    require_sqlite(version)


def test_every_connection_enforces_foreign_keys_and_keeps_a_write_ahead_log(store: Store) -> None:
    pragmas = {
        name: store.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("foreign_keys", "journal_mode", "synchronous", "recursive_triggers")
    }
    assert pragmas == {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 1,
        "recursive_triggers": 1,
    }


def test_a_published_copy_can_be_written_again(path: Path, store: Store) -> None:
    store.connection.execute("PRAGMA journal_mode=delete")
    store.close()
    with Store.open(path) as again:
        add_story(again)
        assert again.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_connection_tells_whether_it_leads_to_us(store: Store, tmp_path: Path) -> None:
    theirs = _foreign(tmp_path / "theirs.db", "delete")
    assert is_ours(store.connection)
    assert not is_ours(theirs)
    theirs.close()
    assert not is_ours(theirs)


def test_a_reader_can_change_nothing(path: Path, store: Store) -> None:
    add_story(store)
    with (
        Store.open(path, readonly=True) as reader,
        pytest.raises(DatabaseError, match="cannot be written"),
    ):
        add(reader, *report(1))


def test_a_reader_sees_what_is_in_the_write_ahead_log(path: Path, store: Store) -> None:
    add_story(store)
    with Store.open(path, readonly=True) as reader:
        assert read.counts(reader.connection).attributions == 3


def test_a_read_only_directory_can_be_read(forbidden: Path, sealed) -> None:
    path = forbidden / "claims.db"
    with Store.open(path, create=True) as store:
        add_story(store)
    before = _files(forbidden)
    with sealed(), Store.open(path, readonly=True) as reader:
        assert read.counts(reader.connection).attributions == 3
    assert _files(forbidden) == before


def test_a_read_only_directory_with_a_log_left_behind_is_refused(
    forbidden: Path, sealed, tmp_path: Path
) -> None:
    with Store.open(tmp_path / "claims.db", create=True) as store:
        add_story(store)
        for each in tmp_path.glob("claims.db*"):
            if not each.name.endswith("-shm"):
                (forbidden / each.name).write_bytes(each.read_bytes())
    with sealed(), pytest.raises(DatabaseError, match=r"claims\.db cannot be"):
        Store.open(forbidden / "claims.db", readonly=True)


def test_a_read_only_directory_cannot_be_written(forbidden: Path, sealed) -> None:
    path = forbidden / "claims.db"
    Store.open(path, create=True).close()
    before = _files(forbidden)
    with sealed():
        with pytest.raises(DatabaseError) as caught, Store.open(path) as store:
            add_story(store)
        with pytest.raises(DatabaseError, match="cannot be opened or made"):
            Store.open(forbidden / "other.db", create=True)
    assert "\n" not in str(caught.value)
    assert _files(forbidden) == before


def test_a_file_that_may_not_be_read_is_named(forbidden: Path, nobody) -> None:
    path = forbidden / "claims.db"
    Store.open(path, create=True).close()
    path.chmod(0o000)
    with nobody(), pytest.raises(DatabaseError, match="cannot be read: Permission denied"):
        Store.open(path, readonly=True)


def test_a_full_disk_leaves_nothing_half_written(path: Path, store: Store) -> None:
    add_story(store)
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count={pages}")

    def fill() -> None:
        with store.transaction():
            for number in range(500):
                add(store, *report(number))

    with pytest.raises(DatabaseError, match="the disk is full"):
        fill()
    assert read.counts(store.connection).documents == 1


def test_a_writer_in_the_way_is_told_after_the_wait(path: Path, store: Store) -> None:
    with (
        store.transaction(),
        Store.open(path, wait=0.05) as other,
        pytest.raises(DatabaseError, match="being written by another program"),
    ):
        add_story(other)
    assert read.counts(store.connection).documents == 0


def test_a_writer_in_the_way_is_waited_for(path: Path, store: Store) -> None:
    begun = threading.Event()

    def hold() -> None:
        with Store.open(path) as other, other.transaction():
            add(other, story())
            begun.set()

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait()
    add(store, *report(1))
    holder.join()
    assert read.counts(store.connection).documents == 2


def test_switching_the_journal_waits_for_readers(path: Path, store: Store) -> None:
    store.connection.execute("PRAGMA journal_mode=delete")
    store.close()
    reader = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM document").fetchone()
    with pytest.raises(DatabaseError, match="being written by another program"):
        Store.open(path, wait=0.05)
    leaving = threading.Timer(0.1, reader.close)
    leaving.start()
    Store.open(path).close()
    leaving.join()


def _add_and_fail(store: Store, number: int) -> None:
    with store.transaction():
        add(store, *report(number))
        raise ZeroDivisionError


def test_a_transaction_is_wholly_done_or_not_at_all(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        _add_and_fail(store, 1)
    assert read.counts(store.connection).documents == 0


def test_a_transaction_within_another_is_undone_alone(store: Store) -> None:
    with store.transaction():
        add_story(store)
        with pytest.raises(ZeroDivisionError):
            _add_and_fail(store, 1)
        add(store, *report(2))
    assert read.counts(store.connection).documents == 2


def test_what_sqlite_raises_within_the_store_is_a_line_for_the_user(path: Path) -> None:
    with (
        pytest.raises(DatabaseError, match=r"claims\.db: no such table: elsewhere"),
        Store.open(path, create=True) as store,
    ):
        store.connection.execute("SELECT * FROM elsewhere")


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError, match="refused a row that contradicts others: FOREIGN KEY"):
        _insert_a_url_of_nothing(store)


def _insert_a_url_of_nothing(store: Store) -> None:
    with store.transaction():
        store.connection.execute("INSERT INTO document_url VALUES ('nothing', 'raw', 'x')")


def test_other_errors_pass_through_the_store(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Store.open(path, create=True):
        raise ZeroDivisionError
