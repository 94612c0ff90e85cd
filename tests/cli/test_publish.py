"""`publication` and `publish`: deciding what may be shown, and writing it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.publish import sample
from tests.publish.conftest import document_id

SHOWN = document_id(sample.english()[0])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    sample.make(path)
    return path


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "desk.db"))


BY = ("--why", "for the dossier", "--rights", "right to quote")


def test_documents_are_chosen_by_id_outlet_words_or_all(
    desk: Path, run_json: Callable[..., Any]
) -> None:
    def decided(*arguments: str) -> list[str]:
        found = run_json("publication", "quotes", *arguments, *BY, "--db", desk)
        return list(found["documents"])

    assert decided(SHOWN[:16]) == [SHOWN]
    assert decided("--outlet", "The Badrun Herald") == [SHOWN]
    assert decided("--query", "drone") == [SHOWN]
    assert len(decided("--all")) == 4


def test_a_decision_is_listed_and_undone(
    desk: Path, run: Run, run_json: Callable[..., Any]
) -> None:
    made = run_json("publication", "full", SHOWN, *BY, "--db", desk)["publication"]
    listed = run("publication", "--db", desk).stdout.splitlines()
    assert ["full", "1", "The", "Badrun", "Herald"] in [line.split() for line in listed]
    assert "undone" in run("undo", made[:20], "--db", desk).stdout
    states = {one["state"] for one in run_json("publication", "--db", desk)}
    assert states == {"private"}
    assert run("check", "--db", desk).exit_code == 0


BAD = [
    (("publication", "quotes", *BY), "Say of which documents"),
    (("publication", "--outlet", "The Badrun Herald"), "private, quotes or full"),
    (("publication", "--why", "x"), "private, quotes or full"),
    (("publication", "quotes", SHOWN, "--why", "x"), "--rights"),
    (("publication", "quotes", SHOWN, "--rights", "x"), "--why"),
    (("publication", "full", "document-000000", *BY), "No document"),
    (("publication", "full", "--outlet", "Nobody's Paper", *BY), "Nobody's Paper"),
    (("publication", "full", "--query", "xyzzy", *BY), "xyzzy"),
    (("publish", "site"), "all are private"),
]


@pytest.mark.parametrize(("arguments", "said"), BAD)
def test_what_cannot_be_is_one_line_and_changes_nothing(
    desk: Path, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    done = run(*arguments, "--db", desk)
    assert done.exit_code == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert run("publication", "--db", desk).stdout.count("private") == 4
    assert not Path("site").exists()


def test_publish_names_what_it_wrote_and_what_stayed(desk: Path, run: Run) -> None:
    run("publication", "quotes", SHOWN, *BY, "--db", desk)
    done = run("publish", "site", "--db", desk)
    assert done.exit_code == 0, done.stderr
    first, *left = done.stdout.splitlines()
    assert first.startswith("site: documents quoted: 1, reports: 3, claims: 2")
    assert "left out, private documents: 3" in left
    assert any("private: Посольство ответило" in line for line in left)
    assert left[-1] == "Serve it with: claimtrack serve --public site"
