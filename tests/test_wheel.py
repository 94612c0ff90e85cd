"""A wheel holds everything that claimtrack reads of its own."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.kit import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(importlib.util.find_spec, ("build", "hatchling"))),
        reason="build or hatchling is not installed",
    ),
]


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT]
    built = subprocess.run(command, capture_output=True, text=True, check=False, cwd=out)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = out.glob("*.whl")
    return set(ZipFile(wheel).namelist())


def below(folder: Path, as_if: str) -> set[str]:
    """Return the files of a folder by the names they should have in the wheel."""
    return {
        f"{as_if}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_package_is_inside_to_the_last_file(inside: set[str]) -> None:
    package = below(ROOT / "src" / "claimtrack", "claimtrack")
    assert {Path(name).suffix for name in package} >= {".py", ".yaml", ".csv", ".html", ".css"}
    assert package - inside == set()


@pytest.mark.parametrize("folder", ["data", "schemas"])
def test_what_stands_beside_the_package_is_inside(inside: set[str], folder: str) -> None:
    files = below(ROOT / folder, f"claimtrack/_shipped/{folder}")
    assert files
    assert files - inside == set()


def test_metadata_and_licence_are_inside(inside: set[str]) -> None:
    assert "claimtrack/_shipped/metadata.yml" in inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_nothing_else_is_inside(inside: set[str]) -> None:
    outside = {name for name in inside if not name.startswith(("claimtrack/", "claimtrack-"))}
    assert outside == set()
    assert {name for name in inside if "__pycache__" in name or "/tests/" in name} == set()
