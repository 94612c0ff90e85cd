"""A full disk and a killed process leave what was whole, and the next run completes it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from claimtrack.store import Store
from claimtrack.store.dump import canonical
from tests.cli.articles import many
from tests.cli.conftest import claimtrack
from tests.web.server import TEXT, Server, page, reply
from tests.web.test_custody import run

pytestmark = pytest.mark.slow

FLAGS = ("--allow-private", "127.0.0.2/32", "--delay", "0")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Return what makes a file system of a size."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")

    def made(size: str) -> Path:
        options = ["-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
        done = mount and subprocess.run([mount, *options], check=False, capture_output=True)
        if not done or done.returncode:
            pytest.skip("no file system may be mounted here")
        return disk

    yield made
    if disk.is_mount():
        subprocess.run(["umount", str(disk)], check=True)


def held(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM document").fetchone()[0])


# An empty database takes half a megabyte, two hundred articles (a batch of two processes) with the
# write-ahead log up to ten.
@pytest.mark.parametrize(("workers", "size", "count"), [(1, "1536k", 200), (2, "12m", 700)])
def test_a_full_disk_is_one_line_and_keeps_what_was_whole(
    workers: int, size: str, count: int, small_disk: Callable[[str], Path], tmp_path: Path
) -> None:
    lines = tmp_path / "many.jsonl"
    lines.write_text(many(count), "utf-8")
    disk = small_disk(size)
    database = disk / "a.db"
    done = claimtrack("add", lines, "--db", database, "--workers", workers)
    assert done.returncode == 1
    assert re.fullmatch(r"claimtrack: \S+ .*disk.*\n", done.stderr), done.stderr
    moved = tmp_path / "b.db"  # to a disk with room
    for name in disk.iterdir():
        shutil.copy(name, tmp_path / name.name.replace("a.db", "b.db"))
    assert 0 < held(moved) < count
    assert run("check", "--db", moved).exit_code == 0
    assert run("add", lines, "--db", moved).exit_code == 0
    assert held(moved) == count
    assert run("check", "--db", moved).exit_code == 0


def test_a_disk_that_is_full_while_fetching_keeps_what_was_whole(
    server: Server, small_disk: Callable[[str], Path], tmp_path: Path
) -> None:
    disk = small_disk("1536k")
    noise = os.urandom(300_000).hex()  # what nobody can compress
    server.answers |= {
        f"/{at}": reply(page(f"Tax {at}", f"{TEXT} It was decree {at}.", f"<!-- {noise} -->"))
        for at in range(5)
    }
    database = disk / "a.db"
    urls = [server.url(f"/{at}") for at in range(5)]
    done = run("add", *urls, "--db", database, *FLAGS)
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert "disk" in line or "space" in line
    for name in disk.iterdir():
        shutil.copy(name, tmp_path / name.name.replace("a.db", "b.db"))
    moved = tmp_path / "b.db"
    assert run("check", "--db", moved).exit_code == 0
    assert run("add", *urls, "--db", moved, *FLAGS).exit_code == 0
    assert held(moved) == 5
    assert run("check", "--db", moved).exit_code == 0


def dump(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        return list(canonical(store.connection))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_killed_while_writing_in_batches_a_rerun_completes_the_set(tmp_path: Path) -> None:
    lines = tmp_path / "many.jsonl"
    lines.write_text(many(400), "utf-8")
    command = [sys.executable, "-m", "claimtrack", "add", str(lines), "--workers", "2", "--db"]
    killed, whole = tmp_path / "killed.db", tmp_path / "whole.db"
    with subprocess.Popen([*command, str(killed)], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            time.sleep(0.01)
            if killed.exists() and held(killed) > 50:
                process.kill()
    assert process.returncode == -signal.SIGKILL, "it was done before it was killed"
    assert 50 < held(killed) < 400
    assert run("check", "--db", killed).exit_code == 0
    again = claimtrack("add", lines, "--db", killed, "--workers", 2)
    assert again.returncode == 0, again.stderr
    assert claimtrack("add", lines, "--db", whole).returncode == 0
    assert dump(killed) == dump(whole)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    lines = tmp_path / "many.jsonl"
    lines.write_text(many(300), "utf-8")
    database = tmp_path / "a.db"
    command = [sys.executable, "-m", "claimtrack", "add", str(lines), "--workers", "2"]
    with subprocess.Popen([*command, "--db", str(database)], stdout=subprocess.PIPE) as process:
        while process.poll() is None and not (database.exists() and held(database) > 20):
            time.sleep(0.01)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            pytest.skip("this system does not tell a process's children")
        for child in children.read_text().split():
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(int(child), signal.SIGKILL)
                break
        out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert b"300 articles added" in out
    assert run("check", "--db", database).exit_code == 0
