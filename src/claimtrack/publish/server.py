"""The site on a port of this machine."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import Callable
from os import PathLike

import uvicorn

from claimtrack.errors import ClaimtrackError, ConfigError
from claimtrack.publish.reviewing import Reviewing


def serve(
    path: str | PathLike[str],
    host: str = "127.0.0.1",
    port: int = 8001,
    on_ready: Callable[[str], None] | None = None,
    *,
    public: bool = False,
    review: Reviewing | None = None,
) -> None:
    """Serve a database until the user stops it with Ctrl-C.

    Args:
        path: A claimtrack database.
        host: The address to listen on.
        port: The port; 0 for any free one.
        on_ready: Called with the site's address once it answers.
        public: It is a finished copy that nobody writes to: read without looking for changes,
            and browsers may keep its pages for a while.
        review: Who may decide on it; nobody without.

    Raises:
        ConfigError: People are to decide, and nothing installed signs them in.
        DatabaseError: The file is missing, not a claimtrack database, or still being written
            although it is to be served as finished.
        ClaimtrackError: The port is taken, or the host is none of this machine's.
    """
    from claimtrack.publish.app import build  # noqa: PLC0415 (Datasette imports us while it loads)

    if review:
        _need_sign_in()
    site = build(path, public=public, review=review)
    _quieten()
    with _listen(host, port) as listener:
        config = uvicorn.Config(site.app(), log_level="warning", access_log=False, lifespan="on")
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_run(uvicorn.Server(config), listener, on_ready))


def _need_sign_in() -> None:
    """See that a plugin is installed that tells who somebody is.

    Raises:
        ConfigError: There is none.
    """
    from datasette.plugins import pm  # noqa: PLC0415 (it imports us while it loads)

    known = (hook.plugin_name for hook in pm.hook.actor_from_request.get_hookimpls())
    if all(name.startswith("datasette.") for name in known):
        raise ConfigError(
            "Nobody can sign in: no plugin of Datasette is installed that lets them. Install one,"
            " as with: pip install 'claimtrack[review]'. More: docs/review.md"
        )


def _quieten() -> None:
    """Keep Datasette from printing a traceback of every missing page, locals and all.

    It does where it finds rich; errors of its own it still reports. The module cannot be imported
    before the rest of Datasette is.
    """
    from datasette import handle_exception  # noqa: PLC0415

    handle_exception.rich = None


async def _run(
    server: uvicorn.Server, listener: socket.socket, on_ready: Callable[[str], None] | None
) -> None:
    """Serve; say so once the server has begun."""
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    while not (server.started or serving.done()):
        await asyncio.sleep(0.01)
    if on_ready and server.started:
        on_ready(_address(listener))
    await serving


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        ClaimtrackError: It cannot; the message says why and names another way.
    """
    if not 0 <= port <= 65535:
        raise ClaimtrackError(f"{port} is no port. Choose one from 1024 to 65535 with --port.")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return _at_once(socket.create_server((host, port), family=family))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ClaimtrackError(
                f"Port {port} of {host} is in use. Stop what uses it, or choose another one "
                f"with --port {port + 1}."
            ) from None
        raise ClaimtrackError(
            f"Cannot listen on {host} port {port}: {error.strerror}. "
            "Choose another one with --host or --port."
        ) from None


def _at_once(listener: socket.socket) -> socket.socket:
    """Let what a socket accepts send at once what there is.

    asyncio does so only with sockets that it made itself. Else the end of an answer waits 40 ms,
    until the reader has confirmed its head.
    """
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _address(listener: socket.socket) -> str:
    """Return the address of a listening socket as a browser takes it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
