"""WARC: captures to records that replay tools read, and records of others to captures.

Records follow WARC/1.1 (ISO 28500): for each answer a `response`, its redirects before it. The
block is the HTTP message as it came, with the chunking taken out of body and headers, as is usual.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from claimtrack.model.capture import Capture, Response

_UNCHUNKED = frozenset({"transfer-encoding"})


def records(capture: Capture) -> bytes:
    """Return the WARC records of a capture, each a gzip member of its own."""
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415 (few runs write any)
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    for answer in (*capture.hops, capture.response):
        kept = [pair for pair in answer.headers if pair[0].lower() not in _UNCHUNKED]
        http = StatusAndHeaders(f"{answer.status} {answer.reason}".strip(), kept, "HTTP/1.1")
        record = writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.body),
            length=len(answer.body),
            http_headers=http,
            warc_headers_dict={
                "WARC-Date": answer.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
                "Software": capture.tool,
            },
        )
        writer.write_record(record)
    return out.getvalue()


class Damaged(Exception):  # noqa: N818 (it ends a file, it does not end us)
    """A WARC file is cut off or broken after so many records."""

    def __init__(self, number: int, problem: str) -> None:
        """Say behind which record, from 1, and why."""
        self.number = number
        super().__init__(problem)


def responses(stream: BinaryIO, tool: str, largest: int) -> Iterator[tuple[int, Capture | str]]:
    """Yield the successful answers of a WARC file with their places among the records, from 1.

    Instead of an answer that is too large there is what is wrong with it.

    Args:
        stream: The file, compressed or not.
        tool: What to call the tool of the captures.
        largest: Bytes that a body may have.

    Raises:
        Damaged: The file is cut off or broken; what came before was yielded.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 (few inputs need it)
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    number = 0
    try:
        for record in ArchiveIterator(stream, ensure_http_headers=False):
            number += 1
            found = _response(record, tool, largest)
            if found is not None:
                yield number, found
    except (ArchiveLoadFailed, EOFError, ValueError, OSError) as error:
        raise Damaged(number, " ".join(str(error).split())[:200] or "cut off") from None


def _response(record: Any, tool: str, largest: int) -> Capture | str | None:
    if record.rec_type != "response" or record.http_headers is None:
        return None
    status = record.http_headers.get_statuscode()
    if status != "200":
        return None
    body = record.raw_stream.read(largest + 1)
    if len(body) > largest:
        return f"larger than {largest >> 20} MB"
    length = record.rec_headers.get_header("Content-Length")
    if record.raw_stream.limit > 0:
        raise EOFError(f"its last record is cut off ({length} bytes were announced)")
    headers = tuple((str(name), str(value)) for name, value in record.http_headers.headers)
    answer = Response(
        url=record.rec_headers.get_header("WARC-Target-URI").strip("<>"),
        at=_instant(record.rec_headers.get_header("WARC-Date")),
        status=200,
        reason=" ".join(record.http_headers.statusline.split()[1:]),
        headers=headers,
        body=_unchunked(headers, body),
    )
    return Capture(response=answer, tool=tool)


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _unchunked(headers: tuple[tuple[str, str], ...], body: bytes) -> bytes:
    """Return a body without the chunking that some writers leave in it."""
    from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader  # noqa: PLC0415

    chunked = any(
        name.lower() == "transfer-encoding" and "chunked" in value.lower()
        for name, value in headers
    )
    if not chunked:
        return body
    try:
        return bytes(ChunkedDataReader(io.BytesIO(body)).read())
    except ChunkedDataException:
        return body
