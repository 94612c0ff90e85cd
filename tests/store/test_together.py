"""Writers at the same time, and writers that are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claimtrack.store import Added, Store, read
from claimtrack.store.verify import verify
from tests.store.build import add, report

ROOT = Path(__file__).parents[2]


def _adder(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.adder", str(path), str(first), str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_threads_that_add_at_once_lose_nothing(path: Path) -> None:
    def work(worker: int) -> list[Added]:
        with Store.open(path, create=True) as store:
            # its own reports, and five that everybody has
            mine = range(100 + worker * 10, 110 + worker * 10)
            return [add(store, *report(number)) for number in (*mine, *range(5))]

    with ThreadPoolExecutor(8) as pool:
        outcomes = [outcome for found in pool.map(work, range(8)) for outcome in found]
    assert outcomes.count(Added.ADDED) == 85
    assert outcomes.count(Added.UNCHANGED) == 35
    with Store.open(path, readonly=True) as store:
        assert read.counts(store.connection).documents == 85
        assert verify(store.connection) == ()


def test_processes_that_make_a_database_at_once_lose_nothing(path: Path) -> None:
    adders = [_adder(path, worker * 6, worker * 6 + 8) for worker in range(8)]
    said = [
        line.split()[0]
        for adder in adders
        for line in adder.communicate(timeout=120)[0].splitlines()
    ]
    assert [adder.returncode for adder in adders] == [0] * 8
    assert (said.count("added"), said.count("unchanged")) == (50, 14)
    with Store.open(path, readonly=True) as store:
        assert read.counts(store.connection).documents == 50
        assert verify(store.connection) == ()


MAKER = """
import resource, sys
from claimtrack.errors import DatabaseError
from claimtrack.store import Store
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
print("now", flush=True)
try:
    Store.open(sys.argv[1], create=True).close()
except DatabaseError as error:
    sys.exit(str(error))
"""
"""Makes a database, the size of every file limited where a number says so."""


def _maker(path: Path, *limit: str) -> subprocess.Popen[str]:
    # Not measured for coverage: its own files would not fit either.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.Popen(
        [sys.executable, "-c", MAKER, str(path), *limit],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("milliseconds", [0, 3, 6, 10, 15, 20, 30, 50])
def test_whoever_is_killed_while_making_a_database_leaves_a_whole_one_or_none(
    path: Path, milliseconds: int
) -> None:
    with _maker(path) as maker:
        assert maker.stdout
        assert maker.stdout.readline() == "now\n"
        time.sleep(milliseconds / 1000)
        maker.kill()
    if path.exists():
        with Store.open(path) as store:
            assert verify(store.connection) == ()
    with Store.open(path, create=True) as store:
        add(store, *report(1))
        assert verify(store.connection) == ()


@pytest.mark.parametrize("limit", ["0", "512", "20000", "100000"])
def test_a_database_that_does_not_fit_is_not_begun(path: Path, limit: str) -> None:
    with _maker(path, limit) as maker:
        out, err = maker.communicate(timeout=60)
    assert (maker.returncode, out) == (1, "now\n")
    (line,) = err.splitlines()
    assert line.startswith(str(path))
    assert not list(path.parent.iterdir())


@pytest.mark.parametrize("after", [0, 1, 7, 40])
def test_a_killed_writer_leaves_whole_articles_and_a_second_run_completes_them(
    path: Path, after: int
) -> None:
    adder = _adder(path, 0, 200)
    assert adder.stdout
    said = [adder.stdout.readline() for _ in range(after)]
    if not after:  # as soon as there is a file at all
        while not path.exists():
            assert adder.poll() is None
    adder.kill()
    adder.communicate()
    assert adder.returncode == -9
    with Store.open(path, create=True) as store:
        counts = read.counts(store.connection)
        assert counts.documents >= len(said) == after
        assert counts.attributions == counts.claims == counts.documents
        assert counts.documents < 200
        assert verify(store.connection) == ()
        outcomes = [add(store, *report(number)) for number in range(200)]
        assert outcomes.count(Added.UNCHANGED) == counts.documents
        assert read.counts(store.connection).documents == 200
        assert verify(store.connection) == ()
