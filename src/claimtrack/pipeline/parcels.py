"""Parcels: the files in which workers leave what they found in a partition, for one writer.

A line is an article taken apart, or what was left out; the last one says how many there are. A
parcel appears whole, by being renamed, and is called after its partition: two workers that do the
same work leave the same file.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from claimtrack.errors import OutputError
from claimtrack.ingest import Skipped
from claimtrack.pipeline.partitions import appearing, located, make_folder
from claimtrack.pipeline.writing import Taken

PREFIX, SUFFIX = "claimtrack-", ".jsonl.gz"
_LEVEL = 1
"""How hard is tried to make it small: as much as costs hardly any time."""


class Shelf(NamedTuple):
    """Where parcels lie.

    Attributes:
        url: A folder that workers and the writer can reach, as fsspec has it.
    """

    url: str

    def path(self, name: str) -> tuple[Any, str]:
        """Return the file system, and where the parcel of a partition lies there."""
        files, folder = located(self.url)
        return files, f"{folder.rstrip('/')}/{PREFIX}{name}{SUFFIX}"

    def ready(self) -> None:
        """Make the folder.

        Raises:
            ClaimtrackError: fsspec, or what it needs for the address, is not installed.
            OutputError: It cannot be made.
        """
        make_folder(self.url, "--partitions")

    def holds(self, name: str) -> bool:
        """Tell whether a parcel is there, and so is whole."""
        files, path = self.path(name)
        return bool(files.exists(path))

    def put(self, name: str, items: Iterable[Taken | Skipped]) -> int:
        """Write a parcel; return how many things are in it."""
        files, path = self.path(name)
        count = 0
        with appearing(files, path) as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as out:
            for item in items:
                out.write(_line(item))
                count += 1
            out.write(json.dumps({"end": count}).encode() + b"\n")
        return count

    def take(self, name: str) -> Iterator[Taken | Skipped]:
        """Yield what a parcel holds.

        Raises:
            OutputError: It is not there, or damaged.
        """
        files, path = self.path(name)
        count, ended = 0, False
        try:
            with files.open(path, "rb") as raw, gzip.GzipFile(fileobj=raw) as lines:
                for line in lines:
                    if line.startswith(b'{"end":'):
                        ended = json.loads(line)["end"] == count
                        break
                    yield _item(line)
                    count += 1
        except FileNotFoundError:
            raise OutputError(
                self.url,
                "what a worker wrote is not seen here. Name a folder that all can reach"
                " with --partitions.",
            ) from None
        except (OSError, EOFError, zlib.error, ValidationError):
            ended = False
        if not ended:
            self.drop(name)
            raise OutputError(path, "damaged, and removed. Run the same command again.")

    def drop(self, name: str) -> None:
        """Remove a parcel, if it is there."""
        files, path = self.path(name)
        with suppress(FileNotFoundError):
            files.rm_file(path)

    def clear(self, names: Iterable[str]) -> None:
        """Remove what is left of some parcels, and the folder if nothing else is in it."""
        files, folder = located(self.url)
        done = {f"{PREFIX}{name}{SUFFIX}" for name in names}
        with suppress(FileNotFoundError):
            for path in files.ls(folder, detail=False):
                whole = path.rpartition("/")[2].partition(SUFFIX)[0] + SUFFIX
                if whole in done:
                    files.rm_file(path)
            with suppress(OSError):  # something else is in it
                files.rmdir(folder)


@cache
def _taken() -> TypeAdapter[Taken]:
    return TypeAdapter(Taken)


def _line(item: Taken | Skipped) -> bytes:
    if isinstance(item, Skipped):
        return item.model_dump_json().encode() + b"\n"
    return _taken().dump_json(item) + b"\n"


def _item(line: bytes) -> Taken | Skipped:
    """Return what a line holds; an article is a list, what was left out an object."""
    if line.startswith(b"["):
        return _taken().validate_json(line)
    return Skipped.model_validate_json(line)
