"""Vectors in a file beside the database: the same claims, and a file that can be made anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from claimtrack.match import candidates, vectors
from claimtrack.match.embed import NAME, WIDTH
from claimtrack.match.linker import link_all
from claimtrack.match.names import Means as Names
from claimtrack.pipeline import Desk, Means, add
from claimtrack.store import Store
from claimtrack.store.dump import canonical
from claimtrack.store.verify import verify
from tests.kit import ROOT

AT = datetime(2026, 1, 1, tzinfo=UTC)
CAST = (ROOT / "data" / "cast.csv",)


def vector(digest: bytes) -> bytes:
    return np.full(WIDTH, int(digest, 16), dtype=np.float16).tobytes()


class Database:
    """Holds vectors, and knows which it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def gathered(self, path: Path, *places: str) -> vectors.Rows:
        """Return the vectors of places, by the digests of their contents."""
        some = dict.fromkeys(places)
        digests = np.array(list(some), dtype="S32")
        contents = np.array([list(some).index(each) for each in places])

        def held(wanted: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
            self.asked += (each.decode() for each in digests[wanted])
            return ((number, vector(digests[number])) for number in reversed(wanted.tolist()))

        return vectors.gathered(digests, contents, held, path)


def values(rows: vectors.Rows) -> list[float]:
    return [float(one[0]) for one in rows[:]]


@pytest.fixture
def filed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "SIDECAR", 1)


@pytest.mark.parametrize("most", [1, 100])
def test_each_place_has_the_vector_of_its_content_and_each_content_is_asked_for_once(
    most: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(vectors, "SIDECAR", most)
    database = Database()
    rows = database.gathered(tmp_path / "a.db", "1", "2", "1", "3", "2")
    assert len(rows) == 5
    assert values(rows) == [1, 2, 1, 3, 2]
    assert [float(one[0]) for one in rows[np.array([3, 0])]] == [3, 1]
    assert sorted(database.asked) == ["1", "2", "3"]


def test_what_is_in_the_file_is_not_asked_for_again(filed: None, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Database().gathered(path, "1", "2")
    database = Database()
    assert values(database.gathered(path, "3", "2", "1")) == [3, 2, 1]
    assert database.asked == ["3"]


def remove(*names: str) -> Callable[[Path], None]:
    def done(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return done


def cut(name: str) -> Callable[[Path], None]:
    def done(folder: Path) -> None:
        (folder / name).write_bytes((folder / name).read_bytes()[:-1])

    return done


FILES = (f"{NAME}.f16", f"{NAME}.digests")
DAMAGES = {
    "both removed": remove(*FILES),
    **{f"{name} removed": remove(name) for name in FILES},
    **{f"{name} cut off": cut(name) for name in FILES},
}


@pytest.mark.parametrize("damage", list(DAMAGES.values()), ids=list(DAMAGES))
def test_a_file_that_is_damaged_is_mended_from_the_database(
    damage: Callable[[Path], None], filed: None, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    Database().gathered(path, "1", "2", "3")
    damage(tmp_path / "a.db.vectors")
    database = Database()
    assert values(database.gathered(path, "1", "2", "3")) == [1, 2, 3]
    assert database.asked


def test_claims_are_the_same_with_vectors_in_a_file_and_searched_in_cells(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dumps = []
    for name in ("small", "large"):
        path = tmp_path / f"{name}.db"
        add([str(ROOT / "data" / "articles")], Desk(path, "n", lambda: AT), Means(registries=CAST))
        if name == "large":
            monkeypatch.setattr(vectors, "SIDECAR", 10)
            monkeypatch.setattr(candidates, "_ALL", 10)
            monkeypatch.setattr(candidates, "_CELL", 20)
        with Store.open(path) as store:
            link_all(store, at=AT, user="n", means=Names(registries=CAST))
            dumps.append([json.loads(line) for line in canonical(store.connection)])
    small, large = dumps
    assert (tmp_path / "large.db.vectors").is_dir()
    assert not (tmp_path / "small.db.vectors").exists()
    assert sum(one["table"] == "claim_cluster" for one in small) > 100
    assert large == small


def test_a_run_that_failed_is_made_again_with_what_it_left_in_the_file(
    filed: None, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    texts = [str(each) for each in sorted((ROOT / "data" / "articles").glob("*.html"))[:4]]
    add(texts, Desk(path, "n", lambda: AT), Means(registries=CAST))

    def stop(doing: str, _done: int, _of: int) -> None:
        if doing == "Searching":
            raise KeyboardInterrupt

    means, later = Names(registries=CAST), AT + timedelta(days=1)
    with Store.open(path) as store:
        with pytest.raises(KeyboardInterrupt):
            link_all(store, at=later, user="n", means=means, step=stop)
        assert not list(store.connection.execute("SELECT 1 FROM content_vector"))
        assert link_all(store, at=later, user="n", means=means).compared > 0
        assert verify(store.connection) == ()
