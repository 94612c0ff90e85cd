"""What ARCHITECTURE.md promises of the code, and pyproject.toml of what it needs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from typing import Any

import pytest

from claimtrack.lang.pack import available
from tests.kit import ROOT

SOURCE = ROOT / "src" / "claimtrack"
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef

# Where letters stand in code though they are of no language in particular.
LETTERS_ALLOWED = {
    "text/fold.py": "folding is about scripts",
    "text/sentences.py": "where a sentence ends is about scripts",
    "export/elements.py": "the characters that XML can hold",
    "cli/reading.py": "an example in a help text",
}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((SOURCE / module).read_text("utf-8"))


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def public(node: ast.AST) -> Iterator[Documented]:
    """Yield what a module shows of itself: its public classes and functions, and their methods."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Documented) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


def prose(module: str) -> set[ast.Constant]:
    """Return the docstrings of a module, and the strings that explain what stands above them."""
    return {
        line.value
        for node in ast.walk(tree(module))
        if isinstance(node, Documented)
        for line in node.body
        if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
    }


def strings(module: str) -> Iterator[ast.Constant]:
    """Yield the strings of a module that its code uses."""
    explained = prose(module)
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in explained:
            yield node


def imported(module: str) -> set[str]:
    """Return the top-level packages a module imports, at its head or when it runs."""
    names = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module.partition(".")[0])
    return names - {"claimtrack"} - sys.stdlib_module_names


def normal(requirement: str) -> str:
    """Return the name a requirement is for, as PyPI compares it."""
    name = re.match(r"[\w.-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name[0]).lower()


@pytest.mark.parametrize("module", MODULES)
def test_every_public_class_and_function_says_what_it_is_for(module: str) -> None:
    silent = [node.name for node in public(tree(module)) if not ast.get_docstring(node)]
    assert silent == []


@pytest.mark.parametrize("module", MODULES)
def test_no_code_asks_which_language_it_is(module: str) -> None:
    codes = set(available())
    asking = [
        node.lineno
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Compare | ast.match_case)
        for held in ast.walk(node if isinstance(node, ast.Compare) else node.pattern)
        if isinstance(held, ast.Constant) and held.value in codes
    ]
    assert asking == []


@pytest.mark.parametrize("module", sorted(set(MODULES) - set(LETTERS_ALLOWED)))
def test_words_of_a_language_stand_in_its_pack(module: str) -> None:
    if module.startswith("lang/"):
        return
    words = [
        (node.lineno, node.value)
        for node in strings(module)
        if any(char.isalpha() and not char.isascii() for char in str(node.value))
    ]
    assert words == []


@pytest.mark.parametrize("module", LETTERS_ALLOWED)
def test_a_module_that_may_hold_letters_still_does(module: str) -> None:
    assert any(not str(node.value).isascii() for node in strings(module))


PLUGINS = {"datasette-auth-passwords"}
"""What Datasette loads by itself."""


def test_every_dependency_is_used_and_everything_used_is_a_dependency() -> None:
    stated = project()["project"]
    extras = stated["optional-dependencies"]
    needed = [*stated["dependencies"], *extras["review"], *extras["train"]]
    declared = {normal(each) for each in needed} - PLUGINS
    homes = packages_distributions()
    used = {normal(homes[name][0]) for module in MODULES for name in imported(module)}
    assert used == declared


def test_every_dependency_is_explained() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    explained = {normal(name) for name in re.findall(r"^\| `([\w.-]+)` \|", page, re.MULTILINE)}
    groups = project()["dependency-groups"].values()
    extras = project()["project"]["optional-dependencies"].values()
    needed = [*project()["project"]["dependencies"]]
    needed += [each for some in (*groups, *extras) for each in some]
    needed += project()["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]["needs"]
    assert explained == {normal(each) for each in needed}


def test_every_decision_is_listed_where_one_looks_for_it() -> None:
    pages = {path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")}
    index = (ROOT / "docs" / "adr" / "README.md").read_text("utf-8")
    assert set(re.findall(r"\]\((\d{4}-[^)]+\.md)\)", index)) == pages


PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md"))
)


@pytest.mark.parametrize("name", PAGES)
def test_links_between_pages_lead_somewhere(name: str) -> None:
    path = ROOT / name
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_tree_of_architecture_names_every_part() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    parts = {
        path.name + "/" if path.is_dir() else path.name
        for path in SOURCE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert {part for part in parts - {"__main__.py"} if f"  {part} " not in page} == set()


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("sqlite3", {"store"}),
        ("typer", {"cli"}),
        ("datasette", {"publish"}),
        ("networkx", {"graph", "analysis", "export"}),
    ],
)
def test_a_library_is_kept_from_every_layer_but_its_own(library: str, homes: set[str]) -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each["type"] == "layers")
    (kept,) = (each for each in contracts if library in each.get("forbidden_modules", ()))
    names = {f"claimtrack.{name}" for layer in layers for name in layer.split(" | ")}
    assert set(kept["source_modules"]) == names - {f"claimtrack.{home}" for home in homes}
