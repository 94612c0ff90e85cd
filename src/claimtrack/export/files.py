"""Writing files whole: under another name first, then renamed into place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from claimtrack.errors import OutputError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes become the file when the block ends without an error.

    A device or a pipe has no name to rename to and is written to directly.

    Raises:
        OutputError: The file cannot be written; one that was there is as it was.
    """
    target = path.resolve()
    with explained(path):
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                yield stream
            return
        part = _part(target)
        try:
            with part.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Give a folder to write into that becomes the one at `path` when the block ends well.

    Raises:
        OutputError: There are files at `path` already, or it cannot be written.
    """
    target = path.resolve()
    with explained(path):
        if target.is_dir() and any(target.iterdir()):
            raise OutputError(str(path), "is not empty. Name a new folder, or a .zip file.")
        part = _part(target)
        try:
            part.mkdir()
            yield part
            part.replace(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _part(target: Path) -> Path:
    """Return a name beside the target that no other process uses."""
    return target.with_name(f".{target.name}.{os.getpid()}.part")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the system raises into one line that says what is wrong and what to do.

    Raises:
        OutputError: The block could not write.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(str(path), f"cannot be written ({reason}). Name another file.") from error
