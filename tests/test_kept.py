"""Tables kept between runs: the same as made, made again whenever in doubt."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack import kept as module
from claimtrack.errors import PackError
from claimtrack.kept import kept

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = tmp_path / "kept"
    yield from _with_folder(str(place), place, monkeypatch)


def _with_folder(given: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CLAIMTRACK_CACHE", given)
    module._folder.cache_clear()
    yield place
    module._folder.cache_clear()


def counting(value: Any) -> tuple[Callable[[], Any], list[Any]]:
    made: list[Any] = []

    def make() -> Any:
        made.append(value)
        return value

    return make, made


@given(PLAIN)
def test_what_is_kept_is_what_was_made(
    tmp_path_factory: pytest.TempPathFactory, value: Any
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("kept")
        for _ in _with_folder(str(place), place, patch):
            make, made = counting(value)
            assert kept("table", "a", make) == value
            assert kept("table", "a", make) == value
            assert len(made) == (2 if value is None else 1)


def test_a_table_of_other_data_is_made_anew(folder: Path) -> None:
    make, made = counting({"a": 1})
    kept("table", "one", make)
    kept("table", "other", make)
    assert len(made) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:16] + b"\xff" * 50),
        lambda path: path.unlink(),
    ],
    ids=["cut", "empty", "changed", "gone"],
)
def test_a_broken_table_is_made_again(folder: Path, damage: Callable[[Path], None]) -> None:
    make, made = counting({"word": ("lemma", "past")})
    kept("table", "a", make)
    (path,) = folder.iterdir()
    damage(path)
    assert kept("table", "a", make) == {"word": ("lemma", "past")}
    assert len(made) == 2


def test_what_could_not_be_written_whole_leaves_nothing(folder: Path) -> None:
    kept("table", "a", lambda: [1])
    (path,) = folder.iterdir()
    path.unlink()
    path.mkdir()
    assert kept("table", "a", lambda: [1]) == [1]
    assert list(folder.iterdir()) == [path]


def test_of_a_name_the_eight_used_last_stay(folder: Path) -> None:
    make, made = counting([1])
    held: set[Path] = set()
    for day in range(8):
        kept("table", str(day), make)
        (new,) = set(folder.iterdir()) - held
        held.add(new)
        os.utime(new, (day, day))
    kept("another", "a", make)
    kept("table", "0", make)  # used: now the next one is the oldest
    kept("table", "8", make)
    assert len(made) == 10
    assert len(list(folder.glob("table-*"))) == 8
    kept("table", "0", make)
    assert len(made) == 10
    kept("table", "1", make)
    assert len(made) == 11


def test_a_folder_that_others_may_write_to_is_not_trusted(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    make, made = counting([1])
    assert (kept("table", "a", make), kept("table", "a", make)) == ([1], [1])
    assert len(made) == 2
    assert not list(folder.iterdir())


def test_a_place_that_is_no_folder_keeps_nothing(folder: Path) -> None:
    folder.write_text("a file", "utf-8")
    assert kept("table", "a", lambda: [1]) == [1]


def test_an_empty_name_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in _with_folder("", tmp_path, monkeypatch):
        assert kept("table", "a", lambda: [1]) == [1]
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_made_is_told_and_not_kept(folder: Path) -> None:
    def make() -> dict[str, int]:
        raise PackError("verbs.csv", 3, "is wrong")

    with pytest.raises(PackError, match="is wrong"):
        kept("table", "a", make)
    assert not list(folder.iterdir())
