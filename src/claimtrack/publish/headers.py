"""Headers of the pages that are Datasette's own."""

from __future__ import annotations

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


def guarded(app: App) -> App:
    """Return an application that sends DEFAULTS with every answer that does not say otherwise."""

    async def wrapped(scope: Message, receive: Any, send: Any) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = list(message.get("headers") or [])
                names = {name.lower() for name, _ in said}
                said += [pair for pair in DEFAULTS.items() if pair[0] not in names]
                message = {**message, "headers": said}
            await send(message)

        await app(scope, receive, send_guarded)

    return wrapped
