"""What a format is: a module with a `FORM` of this type, and a row in the registry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from claimtrack.export.iris import BASE
from claimtrack.store import Connection


class Options(NamedTuple):
    """What can be asked of a format beside which reports it writes.

    Attributes:
        simple: Join edges between the same two nodes into one.
        claims: The full ids of the claims that were asked for; empty for all.
        base: What the names of things begin with, where they are IRIs.
        lang: In which language a page for people is written.
        page: The address of the page that tells of a claim, where its verdicts have none.
        browser: Print pages through Chromium.
    """

    simple: bool = False
    claims: tuple[str, ...] = ()
    base: str = BASE
    lang: str = "en"
    page: str = ""
    browser: bool = False


class Done(NamedTuple):
    """What was written.

    Attributes:
        written: How many things, whatever the format is made of; 0 when it had nothing to say.
        left_out: What could not be said in the format, each in one line.
    """

    written: int
    left_out: tuple[str, ...] = ()


class Form(NamedTuple):
    """One format.

    Attributes:
        description: What it is and who reads it, in one line.
        suffix: How names of its files end.
        write: Writes to a stream of bytes.
        things: What it writes, in the plural, for a message that there are none.
        save: Writes to a path, for a format that can be more than one file.
        check: Yields what is wrong with the bytes of a file, by the format's own rules.
        compare: Yields what is wrong with the bytes of a file, by what the database holds.
        simple: Whether it can join edges.
        around: It is of claims alone, and reads all that is held around them.
    """

    description: str
    suffix: str
    write: Callable[[Connection, BinaryIO, Options], Done]
    things: str = "reports"
    save: Callable[[Connection, Path, Options], Done] | None = None
    check: Callable[[bytes], Iterable[str]] | None = None
    compare: Callable[[Connection, bytes, Options], Iterable[str]] | None = None
    simple: bool = False
    around: bool = False


def json_lines(records: Iterable[Mapping[str, Any]], out: BinaryIO) -> Done:
    """Write records as JSON Lines in UTF-8, one at a time; return how many."""
    written = 0
    for one in records:
        out.write(json.dumps(one, ensure_ascii=False).encode() + b"\n")
        written += 1
    return Done(written)
