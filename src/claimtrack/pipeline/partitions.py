"""What a corpus is cut into: stretches of files, wherever fsspec finds them.

JSON lines are cut at any byte: a stretch has the lines that begin within it. Parquet is cut into
row groups. Anything else (WARC, what is compressed, tables, pages) is one stretch a file; small
files share a partition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import accumulate, pairwise
from typing import Any, BinaryIO, NamedTuple
from uuid import uuid4

from claimtrack.errors import ClaimtrackError, OutputError
from claimtrack.ingest import NotAnArticleError, Raw, Skipped, jsonl, of_stream, parquet, streams
from claimtrack.ingest.problems import TOO_LARGE
from claimtrack.ingest.recognise import HEAD, Form, form_of
from claimtrack.model.ids import digest

SIZE = 1 << 20
"""Bytes of a partition, about: some hundred articles, some seconds of work."""

EXTRA = "cluster"
_LAYOUT = 1
"""Changes when what workers write does, so that nobody reads what an older one left."""


class Stretch(NamedTuple):
    """A file, or a part of it.

    Attributes:
        url: Where it is, as fsspec has it.
        place: What it is called in messages.
        begin: The first byte, or row group, of it.
        end: The one after the last; None for the whole file.
        form: What the file is.
    """

    url: str
    place: str
    begin: int
    end: int | None
    form: Form


class Partition(NamedTuple):
    """What one worker reads at a time.

    Attributes:
        name: Digest of what it is made of: files as they are now, and what they are read with.
        stretches: In the order in which they are read.
    """

    name: str
    stretches: tuple[Stretch, ...]

    @property
    def place(self) -> str:
        """What it is called in messages."""
        first = self.stretches[0]
        more = f" and {len(self.stretches) - 1} more" if len(self.stretches) > 1 else ""
        return f"{_place(first)}{more}"


class _Sized(NamedTuple):
    """A stretch, how many bytes it has, and what tells the file from another state of it."""

    stretch: Stretch
    size: int
    state: str


def partitions(
    inputs: Sequence[str], made_with: object, fields: Mapping[str, str], size: int = SIZE
) -> Iterator[Partition | Skipped]:
    """Yield the partitions of files, folders and patterns, and what cannot be read.

    Args:
        inputs: Paths or addresses that fsspec understands: of files, folders (with what is below
            them; hidden files are left out), or with `*`.
        made_with: What JSON can hold: all that the results depend on besides the files.
        fields: What fields and columns are called, ours to theirs.
        size: Bytes of a partition, about.

    Raises:
        ClaimtrackError: fsspec, or what it needs for an address, is not installed.
    """
    waiting: list[_Sized] = []
    for given in inputs:
        for found in _stretches(given, fields, size):
            if isinstance(found, Skipped):
                yield found
                continue
            if waiting and sum(one.size for one in waiting) + found.size > size:
                yield _partition(waiting, made_with)
                waiting = []
            waiting.append(found)
    if waiting:
        yield _partition(waiting, made_with)


def pieces(stretch: Stretch, fields: Mapping[str, str]) -> Iterator[Raw | Skipped]:
    """Yield the bytes of each article of a stretch, and what cannot be read, by its place."""
    files, path = located(stretch.url)
    place = _place(stretch)
    try:
        with files.open(path, "rb") as stream:
            if stretch.end is None:
                yield from of_stream(place, stream, fields)
            elif stretch.form is Form.PARQUET:
                groups = range(stretch.begin, stretch.end)
                for number, row in parquet.rows(stream, fields, groups):
                    yield Raw(f"{stretch.place}:{number}", Form.JSONL, row, None, fields)
            else:
                yield from _lines(stretch, stream, fields)
    except NotAnArticleError as problem:
        yield Skipped(place=place, reason=problem.reason)
    except OSError as error:
        yield Skipped(place=place, reason=_unreadable(error))


def located(url: str) -> tuple[Any, str]:
    """Return the file system that an address lies in, and its path there.

    Raises:
        ClaimtrackError: fsspec, or what it needs for the address, is not installed.
    """
    try:
        found: tuple[Any, str] = import_module("fsspec.core").url_to_fs(url)
    except ModuleNotFoundError as error:
        raise missing(error) from error
    except (ImportError, ValueError) as error:
        raise ClaimtrackError(f"{url}: {' '.join(str(error).split())}") from error
    return found


def make_folder(url: str, option: str) -> None:
    """Make a folder, if it is not there.

    Args:
        url: Its address, as fsspec has it.
        option: Of the command line, by which another one is named.

    Raises:
        ClaimtrackError: fsspec, or what it needs for the address, is not installed.
        OutputError: It cannot be made.
    """
    files, folder = located(url)
    try:
        files.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise OutputError(
            url, f"cannot be made ({error.strerror or error}). Name another with {option}."
        ) from None


@contextmanager
def appearing(files: Any, path: str) -> Iterator[BinaryIO]:
    """Open a file that appears, whole, when the block ends well, in place of one of that name.

    Args:
        files: Its file system.
        path: Where it lies there; folders are made.
    """
    files.makedirs(path.rpartition("/")[0], exist_ok=True)
    aside = f"{path}.{uuid4().hex}"
    with files.open(aside, "wb") as out:
        yield out
    files.mv(aside, path)


def missing(error: ModuleNotFoundError) -> ClaimtrackError:
    """Return what to say of a package that only work in partitions needs."""
    package = str(error.name).partition(".")[0]
    return ClaimtrackError(
        f"This needs {package}, which is not installed. "
        f"Install it with: pip install 'claimtrack[{EXTRA}]'"
    )


def _stretches(given: str, fields: Mapping[str, str], size: int) -> Iterator[_Sized | Skipped]:
    if given.partition("://")[0] in ("http", "https"):
        yield Skipped(place=given, reason="a page of the web; add it without a cluster")
        return
    if given == "-":
        yield Skipped(place="standard input", reason="workers cannot read it; save it to a file")
        return
    files, path = located(given)
    try:
        found = sorted(files.glob(path)) if "*" in given else [path]
        if not found:
            yield Skipped(place=given, reason="nothing answers to this pattern")
        for one in found:
            inside = files.find(one) if files.isdir(one) else [one]
            shown = [file for file in sorted(inside) if "/." not in file.removeprefix(one)]
            if not shown:
                yield Skipped(place=given, reason="no readable article in this directory")
            for file in shown:
                yield from _of_file(files, file, fields, size)
    except OSError as error:
        yield Skipped(place=given, reason=_unreadable(error))


def _of_file(
    files: Any, path: str, fields: Mapping[str, str], size: int
) -> Iterator[_Sized | Skipped]:
    url = files.unstrip_protocol(path)
    place = url.removeprefix("file://")
    try:
        total, state = int(files.info(path)["size"]), str(files.ukey(path))
        with files.open(path, "rb") as stream:
            form = form_of(streams.first(stream, HEAD), fields)
            if form is Form.PARQUET:
                stream.seek(0)
                cuts = _grouped([held for _, held in parquet.groups(stream)], size)
            elif form is Form.JSONL:
                ends = ((at, min(at + size, total)) for at in range(0, total, size))
                cuts = [(begin, end, end - begin) for begin, end in ends]
            else:
                yield _Sized(Stretch(url, place, 0, None, form), total, state)
                return
    except NotAnArticleError as problem:
        yield Skipped(place=place, reason=problem.reason)
        return
    except OSError as error:
        yield Skipped(place=place, reason=_unreadable(error))
        return
    for begin, end, held in cuts:
        yield _Sized(Stretch(url, place, begin, end, form), held, state)


def _grouped(sizes: Sequence[int], most: int) -> list[tuple[int, int, int]]:
    """Return stretches of row groups with their sizes, as many together as are small enough."""
    ends = [0]
    held = 0
    for at, one in enumerate(sizes):
        if held and held + one > most:
            ends.append(at)
            held = 0
        held += one
    total = [0, *accumulate(sizes)]
    cuts = pairwise([*ends, len(sizes)])
    return [(begin, end, total[end] - total[begin]) for begin, end in cuts if begin < end]


def _partition(some: Sequence[_Sized], made_with: object) -> Partition:
    named = [[one.stretch.url, one.state, one.stretch.begin, one.stretch.end] for one in some]
    return Partition(digest([_LAYOUT, made_with, named]), tuple(one.stretch for one in some))


def _lines(
    stretch: Stretch, stream: BinaryIO, fields: Mapping[str, str]
) -> Iterator[Raw | Skipped]:
    """Yield the lines that begin within a stretch; the last one may end behind it."""
    place = _place(stretch)
    for number, line in jsonl.lines(_whole_lines(stretch, stream)):
        here = f"{place}:{number}"
        if line is None:
            yield Skipped(place=here, reason=TOO_LARGE)
        else:
            yield Raw(here, Form.JSONL, line, None, fields)


def _whole_lines(stretch: Stretch, stream: BinaryIO) -> Iterator[bytes]:
    before = max(stretch.begin - 1, 0)  # a line begins at `begin` if the byte before ends one
    stream.seek(before)
    data = streams.first(stream, (stretch.end or 0) - before)
    if stretch.begin:
        _, _, data = data.partition(b"\n")
    yield data
    while data and not data.endswith(b"\n"):
        rest = stream.read(1 << 16)
        line, end, _ = rest.partition(b"\n")
        yield line + end
        data = rest and line + end


def _place(stretch: Stretch) -> str:
    """Return what a stretch is called; where it begins within lines, its first byte is named."""
    by_bytes = stretch.begin and stretch.form is Form.JSONL
    return f"{stretch.place}@{stretch.begin}" if by_bytes else stretch.place


def _unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or directory; check the path"
    return f"cannot be read: {error.strerror or ' '.join(str(error).split())}"
