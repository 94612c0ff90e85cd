"""Identity is content: the same thing has the same id on any machine.

An id is its kind, a dash, and the BLAKE2b-128 of canonical JSON, in hex. A second row under the
same id with other content is an error, never an update.
"""

from __future__ import annotations

import json
import re
from hashlib import blake2b

ID_KINDS = (
    "attribution",
    "capture",
    "claim",
    "correction",
    "document",
    "edit",
    "grade",
    "judgement",
    "narration",
    "note",
    "publication",
    "redaction",
    "relation",
    "relay",
    "retraction",
    "review",
    "run",
    "source",
    "suggestion",
    "version",
)
"""The kinds of things that have ids, and the first part of each id."""

SHORTEST_PREFIX = 6
"""Hex digits a user must give at least."""

# What ids are made of never holds itself; to look whether it does takes a third of the time.
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
)
_PREFIX = re.compile(rf"(?:({'|'.join(ID_KINDS)})-)?([0-9a-f]{{1,32}})")


def canonical_json(value: object) -> str:
    """Return one spelling of a JSON value: sorted keys, no spaces, no escapes.

    >>> canonical_json({"b": 1, "a": "ش"})
    '{"a":"ش","b":1}'
    """
    return _CANONICAL.encode(value)


def digest(value: object) -> str:
    """Return the BLAKE2b-128 of a JSON value, as 32 hex digits."""
    data = canonical_json(value).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=16).hexdigest()


def content_id(kind: str, *parts: object) -> str:
    """Return the id of a thing of some kind, made from its content (JSON values).

    >>> content_id("claim", "attribution-1")
    'claim-85262fd0d60dfd70d13854d5a94a9bc2'

    Raises:
        ValueError: The kind is none of ID_KINDS.
    """
    if kind not in ID_KINDS:
        raise ValueError(f"unknown kind of id: {kind!r}")
    return f"{kind}-{digest([kind, *parts])}"


def split_prefix(text: str) -> tuple[str | None, str] | None:
    """Read an id or the beginning of one; return its kind (if given) and hex, or None.

    >>> split_prefix("claim-08ac8e"), split_prefix("08ac8e7b"), split_prefix("08a")
    (('claim', '08ac8e'), (None, '08ac8e7b'), None)
    """
    match = _match(text)
    if not match or len(match[2]) < SHORTEST_PREFIX:
        return None
    return match[1], match[2]


def is_too_short(text: str) -> bool:
    """Tell whether a text would be the beginning of an id, had it more digits.

    >>> is_too_short("claim-08ac"), is_too_short("claim-08ac8e"), is_too_short("RT")
    (True, False, False)
    """
    return bool(_match(text)) and split_prefix(text) is None


def _match(text: str) -> re.Match[str] | None:
    return _PREFIX.fullmatch(text.strip().lower())
