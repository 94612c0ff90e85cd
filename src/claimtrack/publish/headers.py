"""Headers of the pages that are Datasette's own."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
App = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]

DEFAULTS = {
    b"content-security-policy": (
        b"default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        b"img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}
"""Datasette's pages run scripts of their own inline; they may still load nothing from elsewhere."""


INNER = re.compile(
    r"/-/(databases|threads|versions|plugins|settings|config|metadata|permissions|allow-debug"
    r"|messages|rules|check|allowed|actions|debug)(\.json)?/?$"
)
"""Pages about the server itself: paths of files, versions; of no matter to readers."""

_GONE: tuple[Message, ...] = (
    {"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]},
    {"type": "http.response.body", "body": b"There is no such page."},
)


LARGEST = 200_000
"""Bytes of a form; the marks of a long article are a few thousand."""

_TOO_LARGE: tuple[Message, ...] = (
    {"type": "http.response.start", "status": 413, "headers": [(b"content-type", b"text/plain")]},
    {"type": "http.response.body", "body": b"That is too much for a form."},
)


def guarded(app: App, *, public: bool = False, signed_in: str = "") -> App:
    """Return an application that sends DEFAULTS with every answer that does not say otherwise.

    Args:
        app: The application.
        public: Whether it shows nothing of the server itself.
        signed_in: The page that who has just signed in is led to; "" for where the plugin leads.
    """

    async def wrapped(scope: Message, receive: Any, send: Any) -> None:
        if public and scope["type"] == "http" and INNER.search(scope["path"]):
            await _answer(_GONE, send)
            return
        if scope["type"] == "http" and _too_large(scope):
            await _answer(_TOO_LARGE, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = list(message.get("headers") or [])
                if signed_in and message["status"] == 302 and _signs_in(scope):
                    said = [pair for pair in said if pair[0].lower() != b"location"]
                    said.append((b"location", signed_in.encode()))
                names = {name.lower() for name, _ in said}
                said += [pair for pair in DEFAULTS.items() if pair[0] not in names]
                message = {**message, "headers": said}
            await send(message)

        await app(scope, receive, send_guarded)

    return wrapped


async def _answer(message: tuple[Message, ...], send: Any) -> None:
    for part in message:
        await send({**part})


def _signs_in(scope: Message) -> bool:
    """Tell whether a name and a password were sent."""
    return bool(scope["method"] == "POST" and scope["path"].endswith("/-/login"))


def _too_large(scope: Message) -> bool:
    """Tell whether what is sent is more than a form, or does not say how much it is."""
    if scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return False
    said = dict(scope["headers"])
    length = said.get(b"content-length", b"")
    if not length:
        return b"transfer-encoding" in said
    return not length.isdigit() or len(length) > 9 or int(length) > LARGEST
