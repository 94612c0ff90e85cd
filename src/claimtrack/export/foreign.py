"""Files of other programs, read within bounds, and what each is told by its shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import StrEnum, auto
from pathlib import Path
from typing import Any

from claimtrack.errors import InputError

LARGEST = 50 * 2**20
"""Bytes of a file that is held in memory; our own JSON is read as it comes, of any size."""

_HEAD = 4096
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
"""How workbooks, office documents and archives begin: nothing of one is unpacked."""

_NOTHING_IN_IT = (
    "is a workbook, an office document or an archive, of which import reads nothing. Give JSON, "
    "or brat's folder; a table of articles, saved as CSV, goes in with: claimtrack add"
)

Record = dict[str, Any]


class Shape(StrEnum):
    """What a file holds."""

    OURS = auto()
    REVIEWS = auto()
    ANNOTATIONS = auto()
    LABEL_STUDIO = auto()
    BRAT = auto()


def shape(path: Path) -> tuple[Shape, Any]:
    """Return what a file or folder holds, and its JSON where that was read.

    What is no JSON of others is taken for ours: reading it tells what is wrong with it.

    Raises:
        InputError: It cannot be read, or is a workbook or an archive.
    """
    if path.is_dir() or path.suffix.lower() == ".ann":
        return Shape.BRAT, None
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if head.startswith(_PACKED):
                raise InputError(str(path), _NOTHING_IN_IT)
            if path.stat().st_size > LARGEST:
                return Shape.OURS, None
            if b'"format":"claimtrack"' in head.replace(b" ", b""):
                return Shape.OURS, None
            value = json.loads(head + file.read())
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror or error}).") from error
    except (ValueError, RecursionError):
        return Shape.OURS, None
    for kind, found in _KINDS:
        if found(value):
            return kind, value
    return Shape.OURS, None


def reviews_in(value: Any) -> list[Record]:
    """Return the ClaimReviews of a page, a list, a graph or a DataFeed."""
    found = []
    for one in _things(value):
        kinds = one.get("@type")
        if "ClaimReview" in (kinds if isinstance(kinds, list) else [kinds]):
            found.append(one)
    return found


def annotations_in(value: Any) -> list[Record]:
    """Return the annotations of a collection, a page, a list, or an answer of Hypothesis."""
    if isinstance(value, dict):
        for name in ("rows", "items", "first"):
            if name in value:
                return annotations_in(value[name])
        value = [value]
    if not isinstance(value, list):
        return []
    return [one for one in value if isinstance(one, dict) and "target" in one]


def tasks_in(value: Any) -> list[Record]:
    """Return the tasks of an export of Label Studio."""
    if not isinstance(value, list):
        return []
    return [
        one
        for one in value
        if isinstance(one, dict)
        and isinstance(one.get("data"), dict)
        and isinstance(one.get("annotations"), list)
    ]


def _things(value: Any) -> Iterator[Record]:
    """Yield the things that lists, graphs and feeds hold, one within another, a few levels deep."""
    waiting = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(one, list):
            waiting += [(each, depth + 1) for each in reversed(one)]
        elif isinstance(one, dict):
            yield one
            inner = (one[name] for name in ("item", "dataFeedElement", "@graph") if name in one)
            waiting += [(each, depth + 1) for each in inner]


_DEEPEST = 8
_KINDS: tuple[tuple[Shape, Callable[[Any], object]], ...] = (
    (Shape.LABEL_STUDIO, tasks_in),
    (Shape.ANNOTATIONS, annotations_in),
    (Shape.REVIEWS, lambda value: reviews_in(value) or _is_feed(value)),
)


def _is_feed(value: Any) -> bool:
    """Tell whether a feed has nothing in it."""
    return isinstance(value, dict) and value.get("@type") == "DataFeed"
