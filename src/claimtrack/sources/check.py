"""Checks across the rows of a registry: what no single row can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NoReturn

from claimtrack.model.vocabulary import SourceKind, SourceRelationKind, SourceType
from claimtrack.sources.table import Row

_OWNS = (SourceKind.OUTLET, SourceKind.AGENCY)
_OF_THE_STATE = (SourceType.GOVERNMENT, SourceType.MILITARY, SourceType.STATE_MEDIA)

Index = Mapping[str, Row]


def index_keys(rows: Iterable[Row]) -> dict[str, Row]:
    """Return the rows by key.

    Raises:
        PackError: Two rows have one key.
    """
    found: dict[str, Row] = {}
    for row in rows:
        if (other := found.setdefault(row.key, row)) is not row:
            _refuse(row, other, f"key {row.key!r} is taken")
    return found


def index_names(
    rows: Iterable[Row], spelling: Callable[[Sequence[str]], list[str]]
) -> dict[str, Row]:
    """Return the rows by strong name, in the given spelling.

    Args:
        rows: The rows.
        spelling: Returns names as they are looked up.

    Raises:
        PackError: A name has no letters, two sources share a strong name, or a weak name of one
            is a strong name of another.
    """
    known = list(rows)
    strong = [(row, name) for row in known for cell in row.names.values() for name in cell]
    found: dict[str, Row] = {}
    for (row, name), spelt in zip(strong, spelling([name for _, name in strong]), strict=True):
        if not spelt:
            raise row.problem(f"{row.key}: {name!r} holds no letter or digit. Remove it.")
        if (other := found.setdefault(spelt, row)) is not row:
            _refuse(row, other, f"{name!r} is a name of {other.key!r} too", "make it weak")
    weak = [(row, name) for row in known for cell in row.weak.values() for name in cell]
    for (row, name), spelt in zip(weak, spelling([name for _, name in weak]), strict=True):
        if (held := found.get(spelt)) and held is not row:
            words = f"weak {name!r} is a strong name of {held.key!r}"
            _refuse(row, held, words, "remove one")
    return found


def _refuse(row: Row, other: Row, words: str, remedy: str = "rename one") -> NoReturn:
    raise row.problem(f"{row.key}: {words} ({other.file}:{other.line}); {remedy}.")


def check_relations(rows: Index, canonical: Callable[[str], str | None]) -> None:
    """Check every relation's parent, that nothing owns itself, and what makes state media.

    Args:
        rows: The rows by key.
        canonical: Returns the key that a parent's key stands for; None when nothing has it.

    Raises:
        PackError: A parent is missing, ownership turns in a circle, or a type contradicts it.
    """
    parents: dict[str, list[str]] = {}
    for row in rows.values():
        for relation in row.relations:
            key = canonical(relation.parent)
            if key is None:
                words = f"{row.key}: no source has the key {relation.parent!r}; correct it."
                raise row.problem(words)
            if relation.kind is SourceRelationKind.OWNED_BY:
                parents.setdefault(row.key, []).append(key)
            if key == row.key:
                raise row.problem(f"{row.key} is its own parent. Name another, or none.")
    for row in rows.values():
        _check_circle(row, parents)
        _check_state_media(row, rows, parents)


def _check_circle(row: Row, parents: Mapping[str, list[str]]) -> None:
    paths: list[tuple[str, ...]] = [(row.key, parent) for parent in parents.get(row.key, ())]
    while paths:
        path = paths.pop()
        if path[-1] == row.key:
            raise row.problem(f"ownership turns in a circle: {' -> '.join(path)}. Break it.")
        if path[-1] not in path[:-1]:  # else a circle further up, told of at one of its own rows
            paths += [(*path, parent) for parent in parents.get(path[-1], ())]


def _check_state_media(row: Row, rows: Index, parents: Mapping[str, list[str]]) -> None:
    """State media is what a state, or media of the state, owns; never a label alone."""
    owners = parents.get(row.key, [])
    of_the_state = any(key not in rows or rows[key].type in _OF_THE_STATE for key in owners)
    labelled = row.type is SourceType.STATE_MEDIA
    if labelled and not of_the_state:
        raise row.problem(f"{row.key} is state_media, but no state owns it. Name the owner.")
    if of_the_state and not labelled and row.kind in _OWNS:
        raise row.problem(f"{row.key} is owned by a state: its type is state_media.")
