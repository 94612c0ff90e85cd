"""Words are read from a text that is held: SQLite would read it from its beginning for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest

from claimtrack.store import Store, attributions, flat, linking, links, reports, whole
from tests.store.build import add_story, story


def _views(connection: Connection) -> object:
    ids = [row[0] for row in connection.execute("SELECT id FROM attribution")]
    return attributions.attribution_views(connection, ids)


def _said(connection: Connection) -> list[linking.Said]:
    numbers = [row[0] for row in connection.execute("SELECT number FROM claim")]
    return list(linking.said(connection, numbers))


READERS: dict[str, Callable[[Connection], object]] = {
    "the whole, as JSON holds it": lambda connection: list(whole.documents(connection)),
    "rows of a table": lambda connection: list(flat.in_context(connection)),
    "reports text by text": lambda connection: list(flat.placed(connection)),
    "what annotations point at": lambda connection: flat.contents(connection, story().id),
    "how reports are attributed": lambda connection: list(links.said(connection)),
    "reports with their chains": reports.every,
    "reports on a page": _views,
    "what is linked": lambda connection: list(linking.unlinked(connection)),
    "who says what is linked": _said,
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "a.db", create=True) as store:
        add_story(store)
        yield store


@pytest.mark.parametrize("reader", READERS)
def test_what_reads_many_reports_lets_no_view_cut_their_words(store: Store, reader: str) -> None:
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    found = READERS[reader](store.connection)
    store.connection.set_trace_callback(None)
    assert found
    assert [each for each in asked if "attribution_span" in each or "exact" in each] == []


def test_the_words_are_those_that_the_view_shows(store: Store) -> None:
    shown = dict(
        store.connection.execute(
            "SELECT attribution_id, group_concat(exact, ' … ') FROM (SELECT * FROM attribution_span"
            " WHERE role = 'cue' ORDER BY attribution_id, ord) GROUP BY attribution_id"
        ).fetchall()
    )
    assert {one.id: one.cue for one in reports.every(store.connection) if one.cue} == shown
    assert {one.report: one.cue for one in links.said(store.connection) if one.cue} == shown


def test_who_says_a_claim_is_the_same_with_and_without_its_words(store: Store) -> None:
    found = _said(store.connection)
    items = linking.items(store.connection, [one.number for one in found])
    assert [one.said_by for one in found] == [one.said_by for one in items] != [""] * len(found)


def test_a_quote_is_the_one_that_the_view_shows(store: Store) -> None:
    columns = 'start, "end", exact, prefix, suffix'
    query = f"SELECT {columns} FROM attribution_span WHERE role = 'content' ORDER BY 1"
    found = flat.contents(store.connection, story().id).values()
    assert sorted(quote for quotes in found for quote in quotes) == (
        store.connection.execute(query).fetchall()
    )
