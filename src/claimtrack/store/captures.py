"""Captures: what was fetched, kept byte for byte and sealed in the log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from claimtrack.model.capture import Capture, Headers, Response
from claimtrack.model.ids import canonical_json, content_id
from claimtrack.store import log
from claimtrack.store.content import instant
from claimtrack.store.rows import Row, insert

_COLUMNS = """
c.id, c.url, c.final_url, c.at, c.status, c.reason, c.tool, c.operator, c.sha256, c.headers,
c.hops"""


def put(
    connection: sqlite3.Connection,
    capture: Capture,
    by: log.By,
    *,
    document_id: str | None = None,
    warc: tuple[int, int] | None = None,
) -> str:
    """Record a capture, unless it is there; return its id.

    Args:
        connection: Within a transaction.
        capture: What was fetched.
        by: Who had it fetched, and when it is recorded.
        document_id: The document that is known under its address, if one is.
        warc: Where its records begin in the WARC file, and their size; None without any.
    """
    response = capture.response
    content = _content(capture, by.user)
    capture_id = content_id("capture", content)
    held = connection.execute("SELECT 1 FROM capture WHERE id = ?", (capture_id,)).fetchone()
    if held:
        return capture_id
    connection.execute(
        "INSERT OR IGNORE INTO capture_body VALUES (?, ?, ?)",
        (response.sha256, len(response.body), response.body),
    )
    start, size = warc or (None, None)
    row: Row = {
        "id": capture_id,
        "document_id": document_id,
        **{name: content[name] for name in ("url", "final_url", "at", "status", "reason")},
        **{name: content[name] for name in ("tool", "operator", "sha256")},
        "warc_start": start,
        "warc_size": size,
        "recorded_at": instant(by.at),
        "headers": canonical_json(content["headers"]),
        "hops": canonical_json(content["hops"]),
    }
    insert(connection, "capture", [row])
    log.append(connection, "capture", capture_id, content, by)
    return capture_id


def tie(connection: sqlite3.Connection, capture_id: str, text: tuple[str, str]) -> None:
    """Record that a capture holds a text, known by its document's id and its SHA-256."""
    connection.execute(
        "INSERT OR IGNORE INTO capture_version SELECT ?, id FROM document_version"
        " WHERE document_id = ? AND sha256 = ?",
        (capture_id, *text),
    )


def warc_end(connection: sqlite3.Connection) -> int:
    """Return how far the records that rows tell of reach in the WARC file, in bytes."""
    found: int = connection.execute(
        "SELECT coalesce(max(warc_start + warc_size), 0) FROM capture"
    ).fetchone()[0]
    return found


def latest(connection: sqlite3.Connection, url: str) -> Response | None:
    """Return the last answer with a page (200) for an address, without its body; None for none."""
    found = connection.execute(
        "SELECT final_url, at, status, reason, headers FROM capture"
        " WHERE url = ? AND status = 200 ORDER BY number DESC LIMIT 1",
        (url,),
    ).fetchone()
    if found is None:
        return None
    address, at, status, reason, headers = found
    return Response(
        url=address,
        at=datetime.fromisoformat(at),
        status=status,
        reason=reason,
        headers=_headers(json.loads(headers)),
    )


def availability(
    connection: sqlite3.Connection, document_id: str
) -> Iterator[tuple[str, str, str]]:
    """Yield when a document was found gone, and when it was there again: time, state, capture.

    A document that was always there yields nothing.
    """
    rows = connection.execute(
        "SELECT fetched, status IN (404, 410), capture FROM captures WHERE document = ?"
        " GROUP BY number ORDER BY number",
        (document_id,),
    )
    was_gone = False
    for at, gone, capture in rows:
        if bool(gone) != was_gone:
            yield at, "gone" if gone else "restored", capture
        was_gone = bool(gone)


def recorded(connection: sqlite3.Connection, capture_id: str) -> dict[str, Any] | None:
    """Return what is held of a capture, as its id and the log were made from; None for none."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM capture c WHERE c.id = ?",  # noqa: S608 (our own names)
        (capture_id,),
    ).fetchone()
    return _held(row) if row else None


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with captures and bodies, a row a line."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM capture c ORDER BY c.number"  # noqa: S608 (our own names)
    )
    for row in rows:
        try:
            made = content_id("capture", _held(row))
        except ValueError:
            made = ""
        if made != row[0]:
            yield f"capture {row[0]} is not the id of its content"
    bodies = connection.execute("SELECT sha256, size, body FROM capture_body ORDER BY sha256")
    for digest, size, body in bodies:
        if sha256(body).hexdigest() != digest or len(body) != size:
            yield f"capture_body {digest}: is not what was fetched"


def stretches(connection: sqlite3.Connection) -> Iterator[tuple[str, int, int]]:
    """Yield the id of each capture with a WARC record, where that begins, and its size."""
    yield from connection.execute(
        "SELECT id, warc_start, warc_size FROM capture WHERE warc_start IS NOT NULL ORDER BY number"
    )


def answers(connection: sqlite3.Connection, capture_id: str) -> Sequence[tuple[str, int, str]]:
    """Return address, status and SHA-256 of the answers of a capture, redirects first."""
    held = recorded(connection, capture_id)
    if held is None:
        return ()
    last = (held["final_url"], held["status"], held["sha256"])
    return (*((hop["url"], hop["status"], hop["sha256"]) for hop in held["hops"]), last)


def _content(capture: Capture, operator: str) -> dict[str, Any]:
    response = capture.response
    return {
        "url": capture.url,
        "final_url": capture.final_url,
        "at": instant(response.at),
        "status": response.status,
        "reason": response.reason,
        "tool": capture.tool,
        "operator": operator,
        "sha256": response.sha256,
        "headers": _pairs(response.headers),
        "hops": [_hop(hop) for hop in capture.hops],
    }


def _held(row: Sequence[Any]) -> dict[str, Any]:
    _, *values, headers, hops = row
    names = ("url", "final_url", "at", "status", "reason", "tool", "operator", "sha256")
    named = dict(zip(names, values, strict=True))
    return {**named, "headers": json.loads(headers), "hops": json.loads(hops)}


def _hop(hop: Response) -> dict[str, Any]:
    return {
        "url": hop.url,
        "at": instant(hop.at),
        "status": hop.status,
        "headers": _pairs(hop.headers),
        "sha256": hop.sha256,
    }


def _pairs(headers: Headers) -> list[list[str]]:
    return [list(pair) for pair in headers]


def _headers(pairs: Iterable[Sequence[str]]) -> Headers:
    return tuple((name, value) for name, value in pairs)
