"""Streams that are full, closed or no longer read are met with one line at most."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .articles import ARABIC, many, write
from .conftest import claimtrack

CLAIMTRACK = f"{sys.executable} -m claimtrack"

pytestmark = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs a shell and /dev/full"
)


@pytest.fixture
def desk(elsewhere: Path) -> Path:
    """Return a directory with articles and a small database."""
    write(elsewhere / "in.jsonl", many(60))
    write(elsewhere / "a.txt", ARABIC)
    done = claimtrack("add", "a.txt", cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    return elsewhere


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of shell and return what became of it."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("claimtrack", CLAIMTRACK)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


FULL = ["extract in.jsonl", "export csv", "export json", "search القمح", "check", "--help"]


@pytest.mark.parametrize("command", FULL)
def test_a_full_disk_is_one_line(command: str, desk: Path) -> None:
    done = shell(f"claimtrack {command} > /dev/full", desk)
    assert done.returncode == 1
    assert done.stderr == "claimtrack: output: No space left on device.\n"


@pytest.mark.parametrize(
    ("command", "seen"),
    [
        ("extract in.jsonl | head -c 15", '{"id": "wheat-0'),
        ("export json | head -c 9", '{"format"'),
        ("export csv | true", ""),
        ("search القمح | true", ""),
    ],
)
def test_a_reader_that_goes_away_is_told_nothing(command: str, seen: str, desk: Path) -> None:
    done = shell(f"claimtrack {command}", desk)
    assert (done.stdout, done.stderr) == (seen, "")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check >&-", 0),
        ("export json >&-", 0),
        ("add in.jsonl <&- >&- 2>&-", 0),
        ("add nowhere.txt 2>&-", 1),
        ("check < /dev/null", 0),
    ],
)
def test_closed_streams_are_empty(command: str, code: int, desk: Path) -> None:
    done = shell(f"claimtrack {command}", desk)
    assert (done.returncode, done.stderr) == (code, "")


def test_a_closed_input_has_nothing_in_it(desk: Path) -> None:
    done = shell("claimtrack add - <&-", desk)
    assert done.returncode == 1
    assert done.stderr.startswith("claimtrack: standard input: empty")


@pytest.mark.parametrize("encoding", ["ascii", "cp1256"])
def test_arabic_comes_out_whatever_the_locale(encoding: str, desk: Path) -> None:
    done = claimtrack("search", "القمح", cwd=desk, PYTHONIOENCODING=encoding, LC_ALL="C")
    assert "القمح" in done.stdout


def test_ctrl_c_is_quiet_and_keeps_what_was_added(desk: Path) -> None:
    write(desk / "many.jsonl", many(400))
    command = [sys.executable, "-m", "claimtrack", "add", "many.jsonl"]
    with subprocess.Popen(
        command, cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        journal = desk / "claims.db-wal"
        while process.poll() is None and not (journal.exists() and journal.stat().st_size):
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "")
    assert claimtrack("check", cwd=desk).returncode == 0
