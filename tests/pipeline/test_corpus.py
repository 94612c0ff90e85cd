"""A corpus merged from parcels: the same database as without, whatever is there already."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from claimtrack.errors import ClusterError, OutputError
from claimtrack.match.spread import in_line
from claimtrack.pipeline import AddReport, Crew, Desk, Means, add, add_corpus
from claimtrack.pipeline.corpus import LOST, Job, fill
from claimtrack.store import Store
from claimtrack.store.dump import canonical
from tests.cli.articles import many, write

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[Sequence[Job]], list[str]]
ARTICLES, SIZE = 12, 2048


def desk(path: Path) -> Desk:
    return Desk(path, "noura", lambda: datetime(2026, 1, 1, tzinfo=UTC))


def dump(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        return list(canonical(store.connection))


def merged(corpus: Path, path: Path, spread: Callable[..., Iterator[str]] = in_line) -> AddReport:
    return add_corpus([str(corpus)], desk(path), Means(), Crew(spread, size=SIZE))


def parcel(job: Job) -> Path:
    return Path(job.shelf.path(job.partition.name)[1])


def idle(_work: Callable[[Sequence[T]], list[R]], items: Iterable[T]) -> Iterator[R]:
    """Do nothing, and find that there is nothing to do."""
    assert list(items) == []
    return iter(())


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    lines = many(ARTICLES).splitlines()
    write(folder / "1.jsonl", "\n".join([*lines[:8], '{"id": "no text"}']))
    (folder / "2.jsonl.gz").write_bytes(gzip.compress("\n".join(lines[8:]).encode()))
    return folder


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("whole") / "a.db"
    add([str(corpus)], desk(path))
    return dump(path)


def test_a_merged_corpus_is_the_same_database_and_leaves_no_parcel(
    corpus: Path, whole: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    report = merged(corpus, path)
    assert (report.added, [one.reason for one in report.skipped]) == (
        ARTICLES,
        ["the field text is missing"],
    )
    assert dump(path) == whole
    assert not Path(f"{path}.partitions").exists()


def test_a_second_run_asks_no_worker_and_tells_again_what_was_left_out(
    corpus: Path, whole: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    first = merged(corpus, path)
    again = merged(corpus, path, idle)
    assert (again.added, again.unchanged, again.skipped) == (0, ARTICLES, first.skipped)
    assert dump(path) == whole


def test_a_parcel_that_lies_there_is_merged_and_not_made_again(
    corpus: Path, whole: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    made: list[int] = []

    def stopped(work: Work, items: Iterable[Job]) -> Iterator[str]:
        """Have all parcels made, and be killed before the first one is merged."""
        for item in items:
            assert work([item]) == [""]
            made.append(parcel(item).stat().st_mtime_ns)
        raise ClusterError("gone")
        yield ""

    with pytest.raises(ClusterError, match="gone"):
        merged(corpus, path, stopped)
    assert len(list(Path(f"{path}.partitions").iterdir())) == len(made) > 2
    seen: list[int] = []

    def told(_work: Work, items: Iterable[Job]) -> Iterator[str]:
        jobs = list(items)
        assert fill(jobs) == [""] * len(jobs)
        seen.extend(parcel(job).stat().st_mtime_ns for job in jobs)
        yield from [""] * len(jobs)

    merged(corpus, path, told)
    assert seen == made
    assert dump(path) == whole


def test_a_parcel_that_is_cut_off_is_removed_and_the_next_run_makes_it_anew(
    corpus: Path, whole: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.db"

    def cut(work: Work, items: Iterable[Job]) -> Iterator[str]:
        for item in items:
            (done,) = work([item])
            parcel(item).write_bytes(parcel(item).read_bytes()[:-40])
            yield done

    with pytest.raises(OutputError, match="damaged, and removed"):
        merged(corpus, path, cut)
    assert not any(Path(f"{path}.partitions").iterdir())
    merged(corpus, path)
    assert dump(path) == whole


def test_a_partition_that_no_worker_survives_is_named_and_tried_again_next_time(
    corpus: Path, whole: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.db"

    def one_lost(work: Work, items: Iterable[Job]) -> Iterator[str]:
        for number, item in enumerate(items):
            yield from [LOST] if number == 1 else work([item])

    report = merged(corpus, path, one_lost)
    assert LOST in [one.reason for one in report.skipped]
    assert 0 < report.added < ARTICLES
    merged(corpus, path)
    assert dump(path) == whole


def test_a_worker_with_other_tables_than_ours_is_refused(corpus: Path, tmp_path: Path) -> None:
    def other(work: Work, items: Iterable[Job]) -> Iterator[str]:
        for item in items:
            yield from work([item._replace(setup=item.setup._replace(run="run-of-another"))])

    with pytest.raises(ClusterError, match="another version of claimtrack"):
        merged(corpus, tmp_path / "a.db", other)
    assert not (tmp_path / "a.db").exists()


def test_a_corpus_without_any_article_leaves_nothing_behind(tmp_path: Path) -> None:
    lines = write(tmp_path / "none.jsonl", '{"id": "1"}\n')
    report = merged(lines, tmp_path / "a.db")
    assert [one.reason for one in report.skipped] == ["the field text is missing"]
    assert list(tmp_path.iterdir()) == [lines]


def test_a_folder_for_parcels_that_cannot_be_made_is_told_before_any_work(
    corpus: Path, tmp_path: Path
) -> None:
    shelf = str(write(tmp_path / "a-file", "here") / "parcels")
    with pytest.raises(OutputError, match="cannot be made"):
        add_corpus([str(corpus)], desk(tmp_path / "a.db"), Means(), Crew(in_line, shelf, SIZE))
    assert not (tmp_path / "a.db").exists()
