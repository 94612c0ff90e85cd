"""Formats that are several files: a new folder, or one .zip whose bytes follow from its content."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO

from claimtrack.export.files import whole_file, whole_folder

_DATE = (1980, 1, 1, 0, 0, 0)  # the oldest a .zip can hold: the same content, the same bytes
_IN_MEMORY = 16 * 2**20  # bytes that are held before they are written; more lie on the disk

Files = Iterable[tuple[str, Callable[[IO[bytes]], int]]]
"""Names of files, and what writes each and returns how many things it wrote."""


def zipped(files: Files, out: BinaryIO) -> int:
    """Write files into a .zip; return how many things they hold."""
    written = 0
    # aside: a .zip is written back and forth, which devices do not tell that they cannot
    with SpooledTemporaryFile(_IN_MEMORY) as held:
        with zipfile.ZipFile(held, "w") as bundle:
            for name, write in files:
                entry = zipfile.ZipInfo(name, _DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with bundle.open(entry, "w", force_zip64=True) as stream:
                    written += write(stream)
        held.seek(0)
        shutil.copyfileobj(held, out)
    return written


def saved(files: Files, path: Path) -> int:
    """Write files into a .zip, if the path ends so, else a new folder; return what `zipped` does.

    Raises:
        OutputError: The path cannot be written, or is a folder that holds something.
    """
    if path.suffix.lower() == ".zip":
        with whole_file(path) as stream:
            return zipped(files, stream)
    written = 0
    with whole_folder(path) as folder:
        for name, write in files:
            with (folder / name).open("xb") as stream:
                written += write(stream)
    return written
