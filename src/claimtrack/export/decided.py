"""The desk's decisions about reports as JSON Lines, for annotation tools and other desks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from claimtrack.export.checks import lines_against
from claimtrack.export.form import Done, Form, Options, json_lines
from claimtrack.review.decisions import decisions
from claimtrack.store import Connection


def write(connection: Connection, out: BinaryIO, _options: Options) -> Done:
    """Write a decision a line, those that hold, in the order in which they were made."""
    return json_lines(decisions(connection), out)


def check(data: bytes) -> Iterable[str]:
    """Yield where a line is not what its schema says."""
    return lines_against(data, "decision.schema.json")


FORM = Form(
    "What people decided about reports, for `claimtrack correct --from`: JSON Lines.",
    ".jsonl",
    write,
    things="decisions",
    check=check,
)
