"""Tables kept on disk between runs, since making them from their files takes longer than the rest.

A language pack's forms and the registry's names are text for people to edit; reading, checking and
folding them takes a third of a second, which is most of what a command waits for. What comes of
them is kept in the user's cache folder (CLAIMTRACK_CACHE names another; empty, nothing is kept),
under a digest of what it was made of. A kept table that is gone, broken or not ours is made again.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

_HERE = Path(__file__).parent
_SIZE = 16
_MOST = 8
"""Tables of one name that are kept: those used last, of several packs, registries or versions."""

Plain = TypeVar("Plain")
"""Dicts, lists, tuples, frozensets, strings, numbers, booleans and None, in one another."""


def kept(name: str, made_of: str, make: Callable[[], Plain]) -> Plain:
    """Return a table as it was kept, or make and keep it.

    Args:
        name: What it is called, to be used in a file's name.
        made_of: A digest of the data it is made of; our own code is added.
        make: Makes it, of plain values. What it raises is passed on, and nothing is kept.

    Raises:
        ValueError: A value is not plain.
    """
    folder = _folder()
    if folder is None:
        return make()
    path = folder / f"{name}-{_digest(f'{_code()} {made_of}'.encode()).hex()}"
    held = _read(path)
    if held is None:
        held = make()
        data = packed(held)
        with contextlib.suppress(OSError):  # a full disk, or one that may not be written
            _write(path, data)
            _forget(folder, name)
    else:
        with contextlib.suppress(OSError):  # another version may just have forgotten it
            os.utime(path)
    return cast("Plain", held)


def packed(held: Plain) -> bytes:
    """Return a part of a table as bytes: reading the table, it is not read until it is needed."""
    return marshal.dumps(cast("Any", held))


def unpacked(data: bytes) -> Any:
    """Return what `packed` was given; only for what is of a table that `kept` returned."""
    return marshal.loads(data)  # noqa: S302 (its table's digest was right)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SIZE).digest()


def _read(path: Path) -> object:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    # the digest is of what was written whole: marshal itself trusts its input
    return marshal.loads(data[_SIZE:]) if _digest(data[_SIZE:]) == data[:_SIZE] else None  # noqa: S302


def _write(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        begun = Path(file.name)
    try:
        begun.write_bytes(_digest(data) + data)
        begun.replace(path)
    except OSError:  # what a full disk took of it is of no use, and in the way
        begun.unlink()
        raise


def _forget(folder: Path, name: str) -> None:
    """Delete all tables of a name but those that were made or used last."""
    held = sorted(folder.glob(f"{name}-*"), key=lambda path: path.stat().st_mtime)
    for path in held[:-_MOST]:
        path.unlink(missing_ok=True)


@cache
def _folder() -> Path | None:
    """Return the folder, or None when nothing is to be kept or others may write there."""
    given = os.environ.get("CLAIMTRACK_CACHE")
    if given == "":
        return None
    if given is None:
        from platformdirs import user_cache_path  # noqa: PLC0415 (not needed where one is given)

        folder = user_cache_path("claimtrack", appauthor=False)
    else:
        folder = Path(given)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = folder.stat()
    except OSError:
        return None
    shared = hasattr(os, "getuid") and (about.st_uid != os.getuid() or about.st_mode & 0o022)
    return None if shared else folder


@cache
def _code() -> str:
    """Return what tells one state of our code from another: sizes and times of files, Python."""
    found = [sys.implementation.cache_tag or ""]
    folders = [os.fspath(_HERE)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    about = entry.stat()
                    found.append(f"{entry.name} {about.st_mtime_ns} {about.st_size}")
                elif not entry.name.startswith("_") and entry.is_dir():
                    folders.append(entry.path)
    return "\n".join(found)
