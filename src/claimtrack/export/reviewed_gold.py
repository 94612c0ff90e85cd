"""Gold of the desk's own decisions, as article lines: see `claimtrack.review.gold`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from claimtrack.export.checks import lines_against
from claimtrack.export.form import Done, Form, Options, json_lines
from claimtrack.review.gold import lines
from claimtrack.store import Connection


def write(connection: Connection, out: BinaryIO, _options: Options) -> Done:
    """Write an article a line, with the attributions that people decided are right."""
    return json_lines(lines(connection), out)


def check(data: bytes) -> Iterable[str]:
    """Yield where a line is not what its schema says."""
    return lines_against(data, "article-out.schema.json")


FORM = Form(
    "What people reviewed, as gold for `claimtrack train` and `evaluate`: JSON Lines.",
    ".jsonl",
    write,
    things="reviewed texts (claimtrack correct reviews some)",
    check=check,
)
