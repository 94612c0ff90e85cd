"""What is public is named, loaded only when used, and known to type checkers."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import claimtrack
from claimtrack.store import Store

STUB = Path(claimtrack.__file__).with_suffix(".pyi")


def test_the_public_names_are_sorted() -> None:
    assert claimtrack.__all__ == sorted(claimtrack.__all__)


@pytest.mark.parametrize("name", claimtrack.__all__)
def test_every_public_name_can_be_loaded(name: str) -> None:
    found = getattr(claimtrack, name)
    assert isinstance(found, str) or found.__doc__


def test_a_name_comes_from_where_it_is_defined() -> None:
    assert claimtrack.Store is Store
    assert dir(claimtrack) == claimtrack.__all__


def test_other_names_are_an_error() -> None:
    with pytest.raises(AttributeError, match="'Shop'"):
        _ = claimtrack.Shop  # type: ignore[attr-defined]


def test_type_checkers_are_told_the_same_names() -> None:
    names = {"__version__"}
    for node in ast.parse(STUB.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    assert sorted(names) == claimtrack.__all__


def test_importing_claimtrack_loads_nothing_else() -> None:
    code = "import sys, claimtrack; print([n for n in sys.modules if n.startswith('claimtrack.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_modules_below_the_command_line_load_no_terminal_and_no_server() -> None:
    code = (
        "import sys, claimtrack.pipeline, claimtrack.evaluation.score\n"
        "heavy = ('typer', 'rich', 'datasette', 'uvicorn', 'networkx')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_extract_loads_what_it_needs_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("قالت وزارة الدفاع القمرية إن القافلة عبرت الجسر ليلا.", "utf-8")
    code = (
        "import atexit, sys\n"
        "heavy = ('sqlite_utils', 'networkx', 'datasette', 'numpy', 'trafilatura', 'rich')\n"
        "ours = ('store', 'analysis', 'evaluation', 'publish', 'match.lexicon')\n"
        "names = (*heavy, *(f'claimtrack.{name}' for name in ours))\n"
        "told = lambda: print([n for n in names if n in sys.modules], file=sys.stderr)\n"
        "atexit.register(told)\n"
        f"sys.argv = ['claimtrack', 'extract', {str(path)!r}]\n"
        "from claimtrack.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
