"""Processes that are to share the work and cannot even begin: one line, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.pipeline import spreading
from claimtrack.store import Store
from claimtrack.store.dump import canonical

from .articles import many, write
from .conftest import Run

# Python runs this first in every process, and it ends those that multiprocessing has made.
NO_WORKER_BEGINS = """
import os, sys
if "--multiprocessing-fork" in sys.orig_argv:
    os._exit(3)
"""

LINE = (
    "claimtrack: No process of --workers lives: each dies before it has done anything."
    " Do without: --workers 1.\n"
)


def dump(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        return list(canonical(store.connection))


@pytest.mark.parametrize("command", [("add", "more.jsonl"), ("extract", "more.jsonl"), ("link",)])
def test_workers_that_cannot_begin_are_one_line_and_the_database_stays_as_it_is(
    command: tuple[str, ...], run: Run, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(elsewhere / "some.jsonl", many(20))
    write(elsewhere / "more.jsonl", many(40))
    assert run("add", "some.jsonl").exit_code == 0
    before = dump(elsewhere / "claims.db")
    monkeypatch.setattr(spreading, "SIZE", 1)  # or there is too little to link
    monkeypatch.setenv("PYTHONPATH", str(elsewhere / "broken"))
    write(elsewhere / "broken" / "sitecustomize.py", NO_WORKER_BEGINS)
    done = run(*command, "--workers", 2)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", LINE)
    assert dump(elsewhere / "claims.db") == before
