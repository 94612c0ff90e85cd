"""Rows put in: what is there already stays, and must be the same."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from claimtrack.errors import IntegrityError
from claimtrack.store import Store, rows

AT = {"recorded_at": "2031-05-04T09:30:00Z"}
LATER = {"recorded_at": "2031-05-05T09:30:00Z"}


def run(name: str, version: str = "1") -> rows.Row:
    return {"id": name, "tool": "sorting", "version": version, "configuration": "{}"}


def held(connection: Connection) -> list[tuple[str, str, str]]:
    return connection.execute("SELECT id, version, recorded_at FROM run ORDER BY id").fetchall()


@pytest.fixture(params=[1, 2, 1_000], ids="{} at a time".format)
def at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_AT_ONCE", request.param)


@pytest.mark.usefixtures("at_once")
def test_only_new_rows_are_put_in_and_told_of(store: Store) -> None:
    assert rows.put(store.connection, "run", run("b"), AT)
    wanted = [(run(name), LATER) for name in "cabca"]
    assert list(rows.put_all(store.connection, "run", wanted)) == ["c", "a"]
    times = [AT["recorded_at"] if name == "b" else LATER["recorded_at"] for name in "abc"]
    assert held(store.connection) == [
        (name, "1", time) for name, time in zip("abc", times, strict=True)
    ]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    "names", ["ab", "bb"], ids=["of a row that is held", "of one that came before it"]
)
def test_an_id_with_other_content_is_refused(store: Store, names: str) -> None:
    rows.put(store.connection, "run", run("a"), AT)
    first, second = names
    wanted = [(run(first), AT), (run(second, version="2"), AT), (run("a", version="2"), AT)]
    with pytest.raises(IntegrityError, match=r"run [ab] is held with other content"):
        list(rows.put_all(store.connection, "run", wanted))
