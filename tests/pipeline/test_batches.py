"""Transactions of many articles: how large they grow, and what one of them knows of itself."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from claimtrack.errors import IntegrityError
from claimtrack.ingest import Skipped
from claimtrack.pipeline import Desk, Means, writing
from claimtrack.pipeline.adding import FILES, Adding
from claimtrack.store import Store, log
from claimtrack.store.migrations import apply, migrations
from claimtrack.store.verify import verify
from tests.cli.articles import many
from tests.ingest.test_forms import html, record

AT = datetime(2026, 1, 1, tzinfo=UTC)


@contextmanager
def _documents_at_commits(connection: sqlite3.Connection) -> Iterator[list[int]]:
    """Yield how many documents there are at the end of each transaction of a block."""
    held: list[int] = []

    def ended(statement: str) -> None:
        if statement == "COMMIT":
            count = connection.execute("SELECT count(*) FROM document").fetchone()
            held.append(int(count[0]))

    connection.set_trace_callback(ended)
    yield held
    connection.set_trace_callback(None)


def test_each_transaction_holds_as_many_articles_as_there_are_up_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LONGEST_BATCH", float("inf"))
    monkeypatch.setattr(writing, "FIRST_BATCH", 2)
    monkeypatch.setattr(writing, "BATCH", 8)
    lines = tmp_path / "many.jsonl"
    lines.write_text(many(25), "utf-8")
    with (
        Adding(Desk(tmp_path / "a.db", "noura", lambda: AT), Means(), FILES) as adding,
        _documents_at_commits(adding.store().connection) as held,
    ):
        adding.take([str(lines)])
    assert held == [2, 4, 8, 16, 24]  # and the last one when it ends
    with Store.open(tmp_path / "a.db") as store:
        assert store.connection.execute("SELECT count(*) FROM document").fetchone() == (25,)
        assert verify(store.connection) == ()


@pytest.mark.parametrize(
    ("copied", "expected"),
    [pytest.param(20, True, id="many"), pytest.param(30, False, id="few")],
)
def test_many_articles_are_copied_from_the_log_into_the_file_before_a_run_ends(
    copied: int, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "COPIED", copied)
    lines, database = tmp_path / "many.jsonl", tmp_path / "a.db"
    lines.write_text(many(25), "utf-8")
    Store.open(database, create=True).close()
    begun = database.stat().st_size
    with Store.open(database, readonly=True):  # so that closing the other copies nothing
        with Adding(Desk(database, "noura", lambda: AT), Means(), FILES) as adding:
            adding.take([str(lines)])
        assert (database.stat().st_size > begun) is expected


@pytest.mark.parametrize(
    ("padding", "expected"),
    [pytest.param(0, [3], id="small"), pytest.param(100_000, [1, 2, 3], id="large")],
)
def test_the_bytes_of_pages_count_that_are_kept_until_a_transaction_ends(
    padding: int, expected: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LONGEST_BATCH", float("inf"))
    monkeypatch.setattr(writing, "LARGEST_BATCH", 5000)
    pages = tmp_path / "pages.warc"
    pages.write_bytes(
        b"".join(
            record(f"https://naba.example/{title}", html(title) + b" " * padding)
            for title in ("One", "Two", "Three")
        )
    )
    with (
        Adding(Desk(tmp_path / "a.db", "noura", lambda: AT), Means(), FILES) as adding,
        _documents_at_commits(adding.store().connection) as held,
    ):
        adding.take([str(pages)])
        adding.flush()
    assert held == expected


def test_an_article_that_cannot_be_stored_leaves_nothing_and_takes_none_of_its_batch_along(
    tmp_path: Path,
) -> None:
    lines, database = tmp_path / "many.jsonl", tmp_path / "a.db"
    lines.write_text(many(6), "utf-8")
    desk = Desk(database, "noura", lambda: AT)
    with Adding(desk, Means(), FILES) as adding:
        adding.store().connection.execute(
            "CREATE TRIGGER fails AFTER INSERT ON sketch WHEN NEW.version_number = 5"
            " BEGIN SELECT RAISE(ABORT, 'no more'); END"
        )
        with pytest.raises(IntegrityError, match=r"many\.jsonl:5: .*no more"):
            adding.take([str(lines)])
        assert not adding.store().connection.in_transaction
    with Store.open(database) as store:
        assert store.connection.execute("SELECT count(*) FROM document").fetchone() == (4,)
        assert verify(store.connection) == ()
        store.connection.execute("DROP TRIGGER fails")
    with Adding(desk, Means(), FILES) as adding:
        adding.take([str(lines)])
        report = adding.tally.report()
        assert (report.added, report.unchanged) == (2, 4)
    with Store.open(database) as store:
        assert verify(store.connection) == ()


def test_others_have_their_turn_between_transactions_that_took_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LONGEST_BATCH", 0.0)  # each article takes long
    lines = tmp_path / "many.jsonl"
    lines.write_text(many(3), "utf-8")
    others = 0
    with Adding(Desk(tmp_path / "a.db", "noura", lambda: AT), Means(), FILES) as adding:
        adding.store()

        def write(seconds: float) -> None:
            nonlocal others
            assert seconds > 0.1  # the longest that SQLite waits before it looks again
            with Store.open(tmp_path / "a.db", wait=0) as other, other.transaction():
                log.enter(other.connection, ("note", f"note-{others}", ""), log.By("karim", AT))
            others += 1

        monkeypatch.setattr(writing, "TURN", 60.0)  # so that no article takes as long as that
        monkeypatch.setattr(time, "sleep", write)
        adding.take([str(lines)])
    assert others == 2
    with Store.open(tmp_path / "a.db") as store:
        assert list(log.problems(store.connection)) == []


def test_no_transaction_stays_open_while_nothing_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LONGEST_BATCH", float("inf"))
    lines = tmp_path / "many.jsonl"
    lines.write_text(many(1), "utf-8")
    with Adding(Desk(tmp_path / "a.db", "noura", lambda: AT), Means(), FILES) as adding:
        adding.take([str(lines)])
        assert adding.store().connection.in_transaction
        monkeypatch.setattr(writing, "LONGEST_BATCH", 0.0)
        adding.put(Skipped(place="a.pdf", reason="is no article"))
        assert not adding.store().connection.in_transaction


def test_an_entry_that_was_taken_back_is_followed_by_none(tmp_path: Path) -> None:
    by = log.By("noura", AT)
    with Store.open(tmp_path / "a.db", create=True) as store:
        with store.transaction():
            first = log.enter(store.connection, ("note", "a", ""), by)
            with suppress(KeyError), store.transaction():
                log.enter(store.connection, ("note", "b", ""), by)
                raise KeyError
            second = log.enter(store.connection, ("note", "c", ""), by)
        third = log.enter(store.connection, ("note", "d", ""), by)
        assert [each.seq for each in (first, second, third)] == [1, 2, 3]
        assert (second.previous, third.previous) == (first.hash, second.hash)
        assert list(log.problems(store.connection)) == []


def test_what_is_checked_of_rows_is_what_it_was_before_lists_were_taken_out(
    tmp_path: Path,
) -> None:
    with Store.open(tmp_path / "a.db", create=True) as store:
        tables = dict(
            store.connection.execute(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name IN"
                " ('document', 'document_url', 'attribution_position', 'judgement')"
            )
        )
        assert len(tables) == 4
        for name, sql in tables.items():
            assert " IN (" not in sql, name
        assert (
            "role = 'source' OR role = 'cue' OR role = 'content'" in tables["attribution_position"]
        )
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_database_made_with_lists_comes_to_be_as_one_made_now() -> None:
    """The old spelling is put back by hand, before the step that takes it out."""
    lists = {
        "document": ("known_by", "'url', 'text'"),
        "document_url": ("kind", "'raw', 'final', 'canonical', 'amp', 'archive'"),
        "attribution_span": ("role", "'source', 'cue', 'content', 'antecedent'"),
        "judgement": ("verdict", "'positive', 'negative', 'unsure'"),
    }
    schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
    with (
        closing(sqlite3.connect(":memory:", isolation_level=None)) as now,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as before,
    ):
        apply(now)
        migrations.apply(Database(before), stop_before="m014_adding_many")
        before.execute("PRAGMA writable_schema = ON")
        for table, (column, listed) in lists.items():
            (sql,) = before.execute(
                "SELECT sql FROM sqlite_schema WHERE name = ?", (table,)
            ).fetchone()
            old = re.sub(rf"CHECK \({column} = [^)]*\)", f"CHECK ({column} IN ({listed}))", sql)
            assert old != sql
            before.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (old, table))
        before.execute("PRAGMA writable_schema = RESET")
        apply(before)
        assert before.execute(schema).fetchall() == now.execute(schema).fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            before.execute("INSERT INTO document VALUES ('document-1', 'name', 'x', 'now', NULL)")
