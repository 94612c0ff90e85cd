"""Word lists of a language pack: what a YAML file may hold, checked file by file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from claimtrack.errors import PackError
from claimtrack.lang.pack import SHIPPED, Packs, hint, line_of, load_yaml, pack_files, read_yaml


def read_lists(
    code: str, name: str, keys: Collection[str], packs: Packs = SHIPPED
) -> dict[str, list[str]]:
    """Return the word lists of a YAML file, with those of the files that extend it.

    Raises:
        UnknownLanguageError: There is no pack for the code.
        PackError: A file has another key, or a value is no list of words.
    """
    for path, held in read_files(code, name, keys, packs):
        for key, words in held.items():
            check_words(path, key, words)
    return {key: read_yaml(code, name, packs).get(key, []) for key in keys}


def read_files(
    code: str, name: str, keys: Collection[str], packs: Packs = SHIPPED
) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield each file of a name that a language has, and what it holds, before it is united.

    Raises:
        UnknownLanguageError: There is no pack for the code.
        PackError: A file has another key, or is no YAML mapping.
    """
    for path in pack_files(code, name, packs):
        held = load_yaml(path)
        for key in held:
            if key not in keys:
                raise wrong(path, key, f"unknown key {key!r}. {hint(key, keys)}")
        yield path, held


def check_words(path: Path, key: str, held: object, where: str = "") -> None:
    """Check that a value is a list of words; `where` names it when it is not the key's own.

    Raises:
        PackError: It is not.
    """
    if not isinstance(held, list) or not all(isinstance(word, str) and word for word in held):
        raise wrong(path, key, f"{where or key} must be a list of words; quote yes, no, on")


def wrong(path: Path, key: object, problem: str) -> PackError:
    """Return an error about a key of a YAML file."""
    return PackError(str(path), line_of(path, key), problem)
