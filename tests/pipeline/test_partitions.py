"""A corpus in partitions: cut anywhere, nothing is read twice or left out."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from claimtrack.ingest import Raw, Skipped
from claimtrack.pipeline.partitions import Partition, partitions, pieces
from tests.cli.articles import HTML, many, write
from tests.ingest.test_forms import record


def read(*inputs: Path | str, size: int) -> list[list[Raw | Skipped]]:
    """Return what each partition of some inputs holds."""
    found = []
    for one in partitions([str(path) for path in inputs], "run", {}, size):
        assert isinstance(one, Partition), one
        found.append([piece for stretch in one.stretches for piece in pieces(stretch, {})])
    return found


def lines(parts: list[list[Raw | Skipped]]) -> list[bytes]:
    return [piece.data for part in parts for piece in part if isinstance(piece, Raw)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("corpus")


@settings(max_examples=60, deadline=None)
@given(some.lists(some.integers(0, 40), min_size=1, max_size=12), some.integers(1, 60))
def test_every_line_is_in_one_partition_wherever_it_is_cut(
    corpus: Path, sizes: list[int], size: int
) -> None:
    whole = [
        json.dumps({"id": str(at), "text": "x" * one}).encode() for at, one in enumerate(sizes)
    ]
    path = corpus / "lines.jsonl"
    for end in (b"", b"\n"):
        path.write_bytes(b"\n".join(whole) + end)
        assert lines(read(path, size=size)) == whole


def test_lines_are_named_by_the_byte_that_their_partition_begins_at(tmp_path: Path) -> None:
    path = write(tmp_path / "lines.jsonl", '{"id": "one"}\n{"id": "two"}\n')
    places = [piece.place for part in read(path, size=14) for piece in part]
    assert places == [f"{path}:1", f"{path}@14:1"]


def table(rows: list[dict[str, Any]], path: Path, a_group: int) -> Path:
    pa.parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=a_group)
    return path


def test_parquet_is_cut_into_row_groups_and_rows_have_their_numbers(tmp_path: Path) -> None:
    rows = [{"id": n, "text": f"text {n}", "url": None} for n in range(10)]
    parts = read(table(rows, tmp_path / "rows.parquet", 4), size=1)
    assert [len(part) for part in parts] == [4, 4, 2]
    assert [json.loads(line) for line in lines(parts)] == [
        {"id": str(n), "text": f"text {n}"} for n in range(10)
    ]
    assert parts[2][0].place.endswith("rows.parquet:9")


THREADS = """
import os, sys, pyarrow.parquet
from claimtrack.ingest import parquet
before = len(os.listdir("/proc/self/task"))
with open(sys.argv[1], "rb") as stream:
    print(len(list(parquet.rows(stream, {}))), len(os.listdir("/proc/self/task")) - before)
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted in /proc")
def test_parquet_is_read_without_threads_that_could_outlive_the_process(tmp_path: Path) -> None:
    path = table([{"id": "1", "text": "text"}], tmp_path / "rows.parquet", 1)
    done = subprocess.run(
        [sys.executable, "-c", THREADS, str(path)], capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == ["1", "0"]


def test_small_files_share_a_partition_and_hidden_ones_are_left_out(tmp_path: Path) -> None:
    for name in ("a.html", "b/c.html", ".hidden.html", ".git/d.html"):
        write(tmp_path / name, HTML)
    (part,) = read(tmp_path, size=1 << 20)
    assert [piece.place.removeprefix(f"{tmp_path}/") for piece in part] == ["a.html", "b/c.html"]
    assert len(read(tmp_path, size=1)) == 2


def test_what_is_compressed_and_archives_are_one_partition_each(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl.gz").write_bytes(gzip.compress(many(3).encode()))
    (tmp_path / "pages.warc.gz").write_bytes(
        gzip.compress(record("https://naba.example/1", HTML.encode()))
    )
    parts = read(tmp_path / "*.gz", size=1)
    assert [len(part) for part in parts] == [3, 1]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("gone.jsonl", "no such file or directory; check the path"),
        ("*.nothing", "nothing answers to this pattern"),
        ("https://naba.example/1", "a page of the web; add it without a cluster"),
        ("-", "workers cannot read it; save it to a file"),
        ("picture.png", "not text: its bytes are those of an image;"),
        ("cut.parquet", "damaged Parquet"),
        ("empty", "no readable article in this directory"),
    ],
)
def test_what_cannot_be_read_is_named(given: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and no more")
    asked = given if given == "-" or "://" in given else str(tmp_path / given)
    (found,) = partitions([asked], "run", {})
    assert isinstance(found, Skipped)
    assert found.reason.startswith(reason)


def test_a_partition_is_called_after_its_files_as_they_are_and_what_they_are_read_with(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "many.jsonl", many(2))

    def names(run: str) -> list[str]:
        found = partitions([str(path)], run, {}, 100)
        return [one.name for one in found if isinstance(one, Partition)]

    first = names("one run")
    assert len(set(first)) == len(first) > 1
    assert names("one run") == first
    assert not set(names("another run")) & set(first)
    write(path, many(2).replace("wheat", "grain"))
    assert not set(names("one run")) & set(first)
