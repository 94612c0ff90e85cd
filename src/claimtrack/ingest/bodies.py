"""What the answers of servers hold, and what they say of it."""

from __future__ import annotations

import re

from claimtrack.errors import FetchError
from claimtrack.ingest import encoding
from claimtrack.model.capture import Headers, Response


def held(place: str, answer: Response, largest: int) -> bytes:
    """Return what the body of an answer holds, unpacked.

    Args:
        place: What to call it in messages.
        answer: The answer.
        largest: Bytes that it may unpack to.

    Raises:
        FetchError: It cannot be unpacked, or is too large.
    """
    try:
        return encoding.decoded(answer.body, answer.header("content-encoding"), largest)
    except encoding.TooMuchError:
        raise FetchError(
            place, f"unpacks to more than {largest >> 20} MB; nothing of it was kept."
        ) from None
    except ValueError as error:
        raise FetchError(place, f"{error}.") from None


def charset(answer: Response) -> str | None:
    """Return the character set that an answer's Content-Type states, if it does."""
    stated = answer.header("content-type") or ""
    found = re.search(r"charset\s*=\s*[\"']?([\w-]{1,40})", stated, re.IGNORECASE)
    return found[1] if found else None


def is_text(answer: Response) -> bool:
    """Tell whether an answer may hold an article, by what its server calls it: no picture may."""
    kind = (answer.header("content-type") or "").partition("/")[0].strip().lower()
    return kind not in {"image", "audio", "video", "font"}


def conditions(answer: Response) -> Headers:
    """Return the headers that ask for a page only if it has changed since an answer."""
    asked = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    found = ((name, answer.header(held)) for held, name in asked)
    return tuple((name, value) for name, value in found if value and value.isprintable())
