"""A process that is killed leaves whole articles behind, and the next one completes the set."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claimtrack.store import Store, read
from claimtrack.store.dump import canonical

from .articles import many, write
from .conftest import Run, added, claimtrack

ARTICLES = 200


def dump(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        return list(canonical(store.connection))


def contents(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the attributions of every document, each with the words of its content."""
    with Store.open(path, readonly=True) as store:
        views = (
            read.document(store.connection, ref.id) for ref in read.all_documents(store.connection)
        )
        return {
            view.ref.id: [(one.id, one.words("content")) for one in view.attributions]
            for view in views
        }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database that all articles were added to by one process, left in peace."""
    here = tmp_path_factory.mktemp("undisturbed")
    write(here / "many.jsonl", many(ARTICLES))
    done = claimtrack("add", "many.jsonl", "--db", "whole.db", cwd=here)
    assert done.returncode == 0, done.stderr
    return here / "whole.db"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
@pytest.mark.parametrize("after", [1, 60])
def test_killed_while_adding_every_article_is_whole_or_absent(
    after: int, undisturbed: Path, run: Run, elsewhere: Path
) -> None:
    write(elsewhere / "many.jsonl", many(ARTICLES))
    command = [sys.executable, "-m", "claimtrack", "add", "many.jsonl", "--db", "killed.db"]
    killed = elsewhere / "killed.db"
    with subprocess.Popen(command, cwd=elsewhere, stdout=subprocess.DEVNULL) as process:
        while added(killed) < after and process.poll() is None:
            time.sleep(0.002)
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL, "it was done before it was killed"

    whole, part = contents(undisturbed), contents(killed)
    assert after <= len(part) < len(whole) == ARTICLES
    assert part == {document: whole[document] for document in part}
    assert all(part.values())
    assert run("check", "--db", "killed.db").exit_code == 0

    assert run("add", "many.jsonl", "--db", "killed.db").exit_code == 0
    assert dump(killed) == dump(undisturbed)
    assert run("check", "--db", "killed.db").exit_code == 0
