"""brat's standoff files: a text, and beside it what was marked in it, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from claimtrack.errors import InputError
from claimtrack.export.marked import Mark, Marked, Why
from claimtrack.ingest.problems import LARGEST
from claimtrack.model.span import Span

_PAIR = r"\d{1,9} \d{1,9}"  # no article is longer
_MARK = re.compile(rf"(T\S+)\t(\S+) ({_PAIR}(?:;{_PAIR})*)(?:\t(.*))?")
_RELATION = re.compile(r"R\S+\t\S+ Arg1:(\S+) Arg2:(\S+)\s*")
_EVENT = re.compile(r"(E\S+)\t[^\s:]+:(T\S+)((?: [^\s:]+:\S+)*)\s*")
_ATTRIBUTE = re.compile(r"[AM]\S+\t(\S+) (\S+)(?: (\S+))?\s*")


def texts(path: Path, why: Why) -> Iterator[Marked]:
    """Yield the texts of a folder, or of one file that ends in .ann, with their marks.

    Args:
        path: The folder, or the file.
        why: What is left out is counted in it.

    Raises:
        InputError: A file cannot be read, or there is none.
    """
    files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
    if not files:
        raise InputError(str(path), "has no file that ends in .ann. Name brat's folder.")
    for file in files:
        text = _read(file.with_suffix(".txt"))
        yield _marked(file.stem, text, _read(file), why)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(str(path), f"is larger than {LARGEST // 2**20} MB: no article is.")
        # brat counts what stands in the file: line ends stay as they are
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"is not UTF-8 (byte {error.start}).") from error


class _Standoff:
    """What the lines of a file say, while they are read."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.joins: list[tuple[str, str]] = []
        self.values: list[tuple[str, str]] = []
        self.events: dict[str, str] = {}

    def take(self, line: str) -> bool:
        """Take a line; tell whether it is one of ours to take."""
        if mark := _MARK.fullmatch(line):
            ends = (tuple(map(int, each.split())) for each in mark[3].split(";"))
            self.marks.append(Mark(mark[1], mark[2], tuple(Span(*pair) for pair in ends), mark[4]))
        elif relation := _RELATION.fullmatch(line):
            self.joins.append((relation[1], relation[2]))
        elif event := _EVENT.fullmatch(line):
            self.events[event[1]] = event[2]
            self.joins += [(event[2], each.partition(":")[2]) for each in event[3].split()]
        elif attribute := _ATTRIBUTE.fullmatch(line):
            self.values.append((attribute[2], attribute[3] or attribute[1]))
        elif line.startswith("*\t"):  # the same thing, in several places
            self.joins += pairwise(line.split()[2:])
        else:
            return line.startswith("#")  # a note
        return True

    def of(self, key: str) -> str:
        """Return the mark that a key is of: an event is of what triggers it."""
        return self.events.get(key, key)


def _marked(name: str, text: str, standoff: str, why: Why) -> Marked:
    found = _Standoff()
    for line in standoff.split("\n"):
        if line.strip() and not found.take(line.rstrip("\r")):
            why["line that is no mark, relation, event, attribute or note of brat's"] += 1
    return Marked(
        name,
        text,
        tuple(found.marks),
        tuple((found.of(left), found.of(right)) for left, right in found.joins),
        tuple((found.of(key), value) for key, value in found.values),
    )
