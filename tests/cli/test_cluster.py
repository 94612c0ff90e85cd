"""A cluster of real processes: whoever is killed, the database is that of a run left in peace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from claimtrack.pipeline import cluster

from .articles import many, write
from .conftest import Run, added, claimtrack
from .test_kill import dump

ARTICLES = 200
KILL = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")


class Place:
    """A folder with a corpus, and processes that end with the test."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.corpus = write(folder / "many.jsonl", many(ARTICLES))
        self.db = folder / "killed.db"

    def begun(self, *command: object, packages: Path | None = None) -> subprocess.Popen[str]:
        """Begin a module of our environment, or with some packages and no others."""
        python = [sys.executable, "-S"] if packages else [sys.executable]
        path = {"PYTHONPATH": str(packages)} if packages else {}
        process = subprocess.Popen(
            [*python, "-m", *map(str, command)],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if command[0] == "claimtrack" else subprocess.DEVNULL,
            text=True,
            env=os.environ | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"} | path,
        )
        self.stack.enter_context(process)
        self.stack.callback(process.kill)
        return process

    def scheduler(self) -> tuple[subprocess.Popen[str], str]:
        """Begin a scheduler; return it and its address."""
        told = self.folder / "scheduler.json"
        told.unlink(missing_ok=True)
        process = self.begun(
            *("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", 0),
            *("--no-dashboard", "--scheduler-file", told),
        )
        until(lambda: told.exists() and told.read_text().rstrip().endswith("}"))  # wholly written
        return process, json.loads(told.read_text())["address"]

    def worker(self, address: str, packages: Path | None = None) -> subprocess.Popen[str]:
        return self.begun(
            *("distributed.cli.dask_worker", address, "--nthreads", 1),
            *("--no-nanny", "--no-dashboard"),
            packages=packages,
        )

    def adding(self, address: str) -> subprocess.Popen[str]:
        return self.begun(
            *("claimtrack", "add", self.corpus, "--db", self.db, "--user", "noura"),
            *("--cluster", address, "--partition-size", 8),
        )


def until(true: Callable[[], bool]) -> None:
    """Wait for something; the runner ends a test that waits for ever."""
    while not true():
        time.sleep(0.002)


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()


@pytest.fixture
def place(elsewhere: Path) -> Iterator[Place]:
    with ExitStack() as stack:
        yield Place(elsewhere, stack)


@KILL
@pytest.mark.slow
def test_killed_workers_writers_and_schedulers_end_in_the_same_database(
    place: Place, run: Run
) -> None:
    assert run("add", place.corpus, "--db", "whole.db").exit_code == 0
    scheduler, address = place.scheduler()
    first, _second = place.worker(address), place.worker(address)

    writer = place.adding(address)
    until(lambda: added(place.db) >= 1 or writer.poll() is not None)
    kill(first)
    until(lambda: added(place.db) >= 20 or writer.poll() is not None)
    kill(writer)
    assert writer.returncode == -signal.SIGKILL, "it was done before it was killed"
    held = added(place.db)
    assert 20 <= held < ARTICLES

    writer = place.adding(address)
    until(lambda: added(place.db) > held or writer.poll() is not None)
    kill(scheduler)
    _, said = writer.communicate()
    assert writer.returncode == 1
    assert said == (
        f"claimtrack: {address}: the scheduler does not answer any more. What was done is kept;"
        " run the same command again to go on.\n"
    )
    assert held < added(place.db) < ARTICLES
    assert run("check", "--db", place.db).exit_code == 0

    last = ("add", place.corpus, "--db", place.db, "--cluster", "local:1", "--partition-size", 8)
    done = claimtrack(*last, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert report["added"] + report["unchanged"] == ARTICLES
    assert dump(place.db) == dump(Path("whole.db"))
    assert not Path(f"{place.db}.partitions").exists()


@pytest.mark.slow
def test_a_worker_without_claimtrack_is_told_and_not_waited_for(
    place: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_REACH", "60 s")  # for machines that are busy
    packages = place.folder / "packages"
    packages.mkdir()
    for each in Path(pytest.__file__).parents[1].iterdir():
        if "claimtrack" not in each.name and each.suffix != ".pth":
            (packages / each.name).symlink_to(each)
    _, address = place.scheduler()
    place.worker(address, packages)
    done = run("add", place.corpus, "--cluster", address, "--db", "a.db")
    assert done.exit_code == 1
    assert "this worker has no claimtrack. Install it there" in done.stderr
    assert not Path("a.db").exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nine workers", "'nine workers' is no cluster. Give a scheduler's address"),
        ("local:0", "'local:0' is no cluster."),
        ("tcp://127.0.0.1:9", "tcp://127.0.0.1:9: no scheduler answers there. Start one with"),
    ],
)
def test_a_cluster_that_is_none_is_told_in_one_line(
    address: str, said: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_REACH", "0.2 s")
    write(Path("many.jsonl"), many(1))
    result = run("add", "many.jsonl", "--cluster", address, "--db", "a.db")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"claimtrack: {said}")
    assert result.stderr.count("\n") == 1
    assert not Path("a.db").exists()
