"""Streams that are full, closed or no longer read are met with one line at most."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .articles import ARABIC, many, write
from .conftest import added, claimtrack

CLAIMTRACK = f"{sys.executable} -m claimtrack"

pytestmark = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs a shell and /dev/full"
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with articles and a small database."""
    made = tmp_path_factory.mktemp("small")
    write(made / "in.jsonl", many(60))
    write(made / "a.txt", ARABIC)
    done = claimtrack("add", "a.txt", cwd=made)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def desk(small: Path, elsewhere: Path) -> Path:
    """Return such a directory of a test's own."""
    shutil.copytree(small, elsewhere, dirs_exist_ok=True)
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
    command, pipe = [sys.executable, "-m", "claimtrack", "add", "-"], subprocess.PIPE
    with subprocess.Popen(
        command, cwd=desk, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdin
        lines = many(5000).splitlines(keepends=True)  # and more may come: it is never done
        for start in range(0, len(lines), 200):
            process.stdin.writelines(lines[start : start + 200])
            if added(desk / "claims.db") > 1:
                break
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "")
    assert added(desk / "claims.db") > 1
    assert claimtrack("check", cwd=desk).returncode == 0
