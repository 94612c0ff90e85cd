"""CSV: each row is an article, its columns named by the first row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from claimtrack.ingest.problems import LARGEST, NotAnArticleError

_TEXT = "text"
_MARKS = (",", ";", "\t")


def mark(head: str, fields: Mapping[str, str]) -> str | None:
    r"""Return what separates the columns of a CSV, if a text begins as one with articles does.

    Args:
        head: Its beginning.
        fields: What columns mean, names of ours to names of theirs.

    >>> mark("id;title;text\r\n1;a;b", {}), mark("Text, and more.", {}), mark("no,body\n1,a", {})
    (';', None, None)
    """
    wanted = fields.get(_TEXT, _TEXT)
    first = head.lstrip("\ufeff").splitlines()[:1]
    for separator in _MARKS:
        names = _columns(first[0], separator) if first else []
        if len(names) > 1 and wanted in names and all(names):
            return separator
    return None


def _columns(line: str, separator: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return []


def rows(
    stream: BinaryIO, separator: str, fields: Mapping[str, str]
) -> Iterator[tuple[int, bytes]]:
    """Yield the line on which each row ends, and its fields as a JSON line.

    A row without an id is called after its line.

    Raises:
        NotAnArticleError: It is not UTF-8, or broken from here on.
    """
    csv.field_size_limit(LARGEST)
    named = fields.get("id", "id")
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        reader = csv.DictReader(text, delimiter=separator, restkey="")
        for row in reader:
            known = {
                name.strip(): value
                for name, value in row.items()
                if name and isinstance(value, str) and value
            }
            known.setdefault(named, str(reader.line_num))
            yield reader.line_num, json.dumps(known, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError:
        raise NotAnArticleError("not UTF-8 from here on; save the table as UTF-8") from None
    except csv.Error as error:
        raise NotAnArticleError(f"broken from here on ({error})") from None
    finally:
        text.detach()
