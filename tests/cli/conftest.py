"""A command line to call, in a directory of its own, and a database of the sample articles."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from claimtrack.cli.app import app
from tests.store.conftest import forbidden, sealed  # noqa: F401 (fixtures here too)

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty directory, without settings of the machine's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLAIMTRACK_DB", raising=False)
    monkeypatch.delenv("CLAIMTRACK_PACKS", raising=False)
    monkeypatch.setenv("CLAIMTRACK_USER", "noura")
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Return a function that runs the command line in this process."""

    def call(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(one) for one in arguments], input=stdin)

    return call


@pytest.fixture
def run_json(run: Run) -> Callable[..., Any]:
    """Return a function that runs a command with --json and returns what it printed."""

    def call(*arguments: object) -> Any:
        result = run(*arguments, "--json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    return call


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of the sample articles, made by the demo; read it, change nothing."""
    path = tmp_path_factory.mktemp("samples") / "samples.db"
    done = claimtrack("demo", "--no-serve", "--db", path, cwd=path.parent)
    assert done.returncode == 0, done.stderr
    return path


def claimtrack(
    *arguments: object, cwd: Path | None = None, stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "claimtrack", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=cwd,
        env=os.environ | {"CLAIMTRACK_USER": "noura"} | environ,
        input=stdin,
        timeout=120,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def added(path: Path) -> int:
    """Return how many articles a database holds that another process is writing."""
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(path)) as connection:
            found: int = connection.execute("SELECT count(*) FROM document").fetchone()[0]
    except sqlite3.OperationalError:  # its tables are not made yet
        return 0
    return found
