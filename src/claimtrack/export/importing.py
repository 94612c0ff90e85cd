"""Our own JSON taken back in: into an empty database the same one, into any other a merge.

A file is read twice: first every record is checked against its model and put aside, so that
sections may come in any order and nothing large is held in memory; then all are put in, in one
transaction.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

import ijson
from pydantic import ValidationError

from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.export.checks import told
from claimtrack.export.native import SECTIONS
from claimtrack.export.record import FORMAT, VERSION
from claimtrack.match.reprints import FEWEST, INDEXED, RUN
from claimtrack.match.shingles import own, sketch
from claimtrack.model.value import Value
from claimtrack.store import Store, log, reprints
from claimtrack.store.restore import Restored

LONGEST = 100 * 2**20
"""Bytes of one string that are read."""

CHUNK = 4 * 2**20
"""Bytes that are read at once: the parser begins a string that has not ended anew with each."""

DEEPEST = 32
"""Lists and objects within each other that are read; an export has ten."""

_OPENS, _CLOSES = {"start_map", "start_array"}, {"end_map", "end_array"}
_LIST = 2
"""How deep in the file the items of a list lie."""
_AROUND = {("start_map", 1), ("start_array", _LIST), ("end_array", 1), ("end_map", 0)}
"""What stands around the items: the file's object and its lists, with the depth behind it."""

_MODELS = {name: model for name, _, model in SECTIONS}


class Imported(Value):
    """What an import came to.

    Attributes:
        put: How many things of each kind are new.
        left_out: How many were left out, by kind and why.
    """

    put: dict[str, int]
    left_out: dict[str, int]


def import_file(store: Store, path: Path, *, at: datetime, user: str) -> Imported:
    """Put an export of ours into a database, wholly or not at all.

    Args:
        store: Where to.
        path: The export.
        at: When, with a zone: what is recorded here is recorded now.
        user: Who.

    Raises:
        InputError: It cannot be read, is none of ours, or contradicts itself; nothing was put in.
        DatabaseError: The database cannot be written; nothing was put in.
    """
    with _named(path), TemporaryFile() as aside, path.open("rb") as file:
        guarded = _Guarded(file)
        places = _put_aside(guarded, aside)
        with store.transaction():
            restored = Restored(store.connection, log.By(user, at))
            _restore(restored, store, aside, places, at)
            restored.end(guarded.digest.hexdigest())
    return Imported(put=dict(restored.put), left_out=dict(restored.left_out))


class _Guarded:
    """A file that is digested as it is read, and whose strings are not too long."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._run = file, 0
        self.digest = sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        bare = data.replace(b"\\\\", b"..").replace(b'\\"', b"..")
        first, _, _ = bare.partition(b'"')
        self._run += len(first)
        if self._run > LONGEST:
            raise ValueError(f"a string is longer than {LONGEST:,} bytes")
        if len(first) < len(bare):
            self._run = len(bare) - bare.rindex(b'"')
        return data


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name the file where something is wrong with it."""
    try:
        yield
    except InputError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(str(path), f"cannot be read ({reason}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(str(path), told(f"{place}: {first['msg']}")) from error
    except (ijson.JSONError, ValueError, OverflowError, KeyError, ClaimtrackError) as error:
        raise InputError(str(path), told(f"is no sound export: {error}")) from error


Places = Mapping[str, list[int]]


def _put_aside(file: _Guarded, aside: IO[bytes]) -> Places:
    """Check every record and write it to a file of its own line; return where each begins."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    head: dict[str, Any] = {}
    for name, value in _members(file):
        if name in _MODELS:
            line = _MODELS[name].model_validate_json(json.dumps(value)).model_dump_json()
            places[name].append(aside.tell())
            aside.write(line.encode() + b"\n")
        else:
            head[name] = value
    if head.get("format") != FORMAT:
        raise ValueError(f'it does not say "format": "{FORMAT}"')
    if head.get("version") != VERSION:
        version = head.get("version")
        raise ValueError(f"it is of version {version!r}; this claimtrack reads {VERSION}")
    unknown = sorted(head.keys() - {"format", "version"})
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no part of an export")
    return places


def _members(file: _Guarded) -> Iterator[tuple[str, Any]]:
    """Yield each member of the object that a file is: of a list, each of its items."""
    name, depth = "", 0
    builder: Any = None
    for event, value in ijson.basic_parse(file, use_float=True, buf_size=CHUNK):
        depth += (event in _OPENS) - (event in _CLOSES)
        if depth > DEEPEST:
            raise ValueError(f"lists and objects lie more than {DEEPEST} deep")
        if builder is not None:
            builder.event(event, value)
            if depth == _LIST and event == "end_map":
                yield name, builder.value
                builder = None
        elif event == "map_key":
            name = value
        elif depth == 1 and event not in _OPENS | _CLOSES:
            yield name, value
        elif (event, depth) == ("start_map", _LIST + 1):
            builder = ijson.ObjectBuilder()
            builder.event(event, value)
        elif (event, depth) not in _AROUND:
            raise ValueError(f"{name or 'it'} is no list of records")


def _restore(
    restored: Restored, store: Store, aside: IO[bytes], places: Places, at: datetime
) -> None:
    for record in _records(aside, places, "runs"):
        restored.run(record)
    restored.sources(list(_records(aside, places, "sources")))
    for record in _records(aside, places, "source_edits"):
        restored.source_edit(record)
    _versions(restored, store, aside, places, at)
    for name, take in (
        ("corrections", restored.made),
        ("relays", restored.relay),
        ("outer_relays", restored.outer_relay),
        ("judgements", restored.judgement),
        ("corrections", restored.correction),
        ("claim_relations", restored.claim_relation),
        ("reviews", restored.review),
        ("grades", restored.grade),
        ("publications", restored.publication),
        ("bodies", restored.body),
        ("captures", restored.capture),
        ("captures", restored.tie),
        ("anchors", restored.anchor),
        ("reprints", restored.reprint),
    ):
        for record in _records(aside, places, name):
            take(record)


def _versions(
    restored: Restored, store: Store, aside: IO[bytes], places: Places, at: datetime
) -> None:
    """Take the texts in the order in which they were recorded: claims are known by their first."""
    order = [
        (version["number"], place, which)
        for place in places.get("documents", ())
        for which, version in enumerate(_record(aside, place)["versions"])
    ]
    for _, place, which in sorted(order):
        document = _record(aside, place)
        new = restored.version(document, document["versions"][which])
        sketched = sketch(own(new.article())) if new else ()
        if new and len(sketched) >= FEWEST:
            reprints.put(store.connection, new.id, (sketched, INDEXED), (), (RUN, at))


def _records(aside: IO[bytes], places: Places, name: str) -> Iterator[dict[str, Any]]:
    for place in places.get(name, ()):
        yield _record(aside, place)


def _record(aside: IO[bytes], place: int) -> dict[str, Any]:
    aside.seek(place)
    record: dict[str, Any] = json.loads(aside.readline())
    return record
