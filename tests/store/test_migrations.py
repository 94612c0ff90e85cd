"""Databases that were made before a step hold after it what they held."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from claimtrack.model.span import Span, quote
from claimtrack.store import Store
from claimtrack.store.connection import APPLICATION_ID
from claimtrack.store.dump import canonical
from claimtrack.store.migrations import apply, migrations
from claimtrack.store.redactions import BLOCK
from claimtrack.store.search import matching
from claimtrack.store.verify import verify
from tests.store.build import AT, add, add_story, report, story, story_found

ROWS = Path(__file__).with_name("before_m017.sql")
GONE = story("https://nawras.invalid/2")
"""The story at another address, which both databases redacted."""


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Store]:
    """A database with an index that keeps its words, and spans that keep theirs, opened now."""
    path = tmp_path / "older.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.apply(Database(connection), stop_before="m017_index_without_words")
        connection.executescript(ROWS.read_text("utf-8"))
    with Store.open(path) as store:
        yield store


@pytest.fixture
def same(store: Store) -> Store:
    """What was done to the older database, done now."""
    add_story(store)
    add(store, *report(1))
    add(store, GONE, story_found())
    store.redact(GONE.document_id, "A witness is at risk.", user="anna", at=AT + timedelta(hours=1))
    return store


def test_an_older_database_holds_what_one_made_now_does(older: Store, same: Store) -> None:
    assert list(canonical(older.connection)) == list(canonical(same.connection))
    assert verify(older.connection) == ()


@pytest.mark.parametrize("words", ["العاصفة", "وكالة النورس", "المطر", "ميناء"])
def test_an_older_index_finds_what_it_found(older: Store, same: Store, words: str) -> None:
    found = matching(older.connection, words)
    assert found
    assert found == matching(same.connection, words)


def test_what_an_older_database_redacted_is_in_no_span_of_it(older: Store) -> None:
    spans = older.connection.execute(
        "SELECT s.exact FROM attribution_span s JOIN attribution a ON a.id = s.attribution_id"
        " WHERE a.version_id = ?",
        (GONE.id,),
    ).fetchall()
    assert len(spans) == 10
    assert {letter for (exact,) in spans for letter in exact} == {BLOCK}


@st.composite
def texts_with_a_span(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


def test_the_words_of_a_span_are_those_that_the_program_reads(store: Store) -> None:
    """SQL and Python count alike, also where a text begins or ends within reach of a span."""
    add_story(store)
    words = 'SELECT start, "end", exact, prefix, suffix FROM {}'

    @given(texts_with_a_span())
    def alike(given: tuple[str, Span]) -> None:
        text, span = given
        store.connection.execute("UPDATE document_version SET text = ?", (text,))
        for table, view in (
            ("attribution_position", "attribution_span"),
            ("narration", "live_narration"),
        ):
            store.connection.execute(f'UPDATE {table} SET start = ?, "end" = ?', span)
            assert store.connection.execute(words.format(view)).fetchone() == quote(text, span)

    alike()


def test_steps_make_of_an_older_schema_the_one_that_is_made_now(older: Store) -> None:
    schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as now:
        apply(now)
        assert older.connection.execute(schema).fetchall() == now.execute(schema).fetchall()
