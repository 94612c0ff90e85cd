"""What `--check` uses: the schemas that are shipped, and the libraries that read them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from claimtrack.errors import ClaimtrackError
from claimtrack.resources import shipped
from claimtrack.text.shown import one_line

_LONGEST = 200  # code points of a problem that are shown


def library(name: str, extra: str = "export") -> Any:
    """Return a library that only some exports need.

    Args:
        name: What is imported.
        extra: Which extra of claimtrack brings it.

    Raises:
        ClaimtrackError: It is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        package = name.partition(".")[0].replace("_", "-")
        raise ClaimtrackError(
            f"This needs {package}, which is not installed. "
            f"Install it with: pip install 'claimtrack[{extra}]'"
        ) from error


def against(data: bytes, name: str) -> Iterator[str]:
    """Yield where JSON is not what a schema in schemas/ says, each in one line.

    Raises:
        ClaimtrackError: The validator is not installed.
    """
    return invalid(json.loads(data), name)


def lines_against(data: bytes, name: str) -> Iterator[str]:
    """Yield where a line of JSON Lines is not what a schema in schemas/ says."""
    for line in data.splitlines():
        yield from against(line, name)


def invalid(value: object, name: str, place: str = "") -> Iterator[str]:
    """Yield where a value is not what a schema in schemas/ says, each in one line.

    Args:
        value: What JSON can hold.
        name: The schema's file.
        place: Where the value stands, for messages.
    """
    jsonschema = library("jsonschema")
    schema = json.loads((shipped("schemas") / name).read_text("utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    for error in kind(schema).iter_errors(value):
        yield told(f"{place}{error.json_path}: {error.message}")


def told(problem: str) -> str:
    """Return a problem as one line of bearable length."""
    flat = one_line(problem)
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"


def counts(pairs: Iterable[tuple[str, int, int]]) -> Iterator[str]:
    """Yield a problem for each thing of which another number was read than was written."""
    for what, wrote, read in pairs:
        if wrote != read:
            yield f"{read} {what} can be read again, not {wrote}"
