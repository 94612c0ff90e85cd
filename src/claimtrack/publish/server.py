"""The site on a port of this machine."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import os
import socket
from collections.abc import Callable
from functools import partial
from multiprocessing import parent_process
from os import PathLike
from typing import Any, NamedTuple

import uvicorn

from claimtrack.errors import ClaimtrackError, ConfigError
from claimtrack.publish.reviewing import Reviewing
from claimtrack.publish.workers import can_fork, serve_with

MOST_WORKERS = 4
"""Processes that answer where nobody says how many; each takes as much memory as a small site."""


class Where(NamedTuple):
    """Where a site listens.

    Attributes:
        host: The address.
        port: The port; 0 for any free one.
    """

    host: str = "127.0.0.1"
    port: int = 8001


def serve(
    path: str | PathLike[str],
    where: Where = Where(),  # noqa: B008 (a value)
    on_ready: Callable[[str], None] | None = None,
    *,
    public: bool = False,
    review: Reviewing | None = None,
    workers: int = 1,
) -> None:
    """Serve a database until the user stops it with Ctrl-C.

    Args:
        path: A claimtrack database.
        where: Where to listen.
        on_ready: Called with the site's address once it answers.
        public: It is a finished copy that nobody writes to: read without looking for changes,
            and browsers may keep its pages for a while.
        review: Who may decide on it; nobody without.
        workers: Processes that answer, where it is public; 0 for as many as there are cores, up
            to MOST_WORKERS.

    Raises:
        ConfigError: People are to decide, and nothing installed signs them in; or several
            processes are to answer what is not public, or where none can be forked.
        DatabaseError: The file is missing, not a claimtrack database, or still being written
            although it is to be served as finished.
        ClaimtrackError: The port is taken, or the host is none of this machine's.
    """
    from claimtrack.publish.app import build  # noqa: PLC0415 (Datasette imports us while it loads)

    if review:
        _need_sign_in()
    number = _number(workers, public=public)
    site = build(path, public=public, review=review)
    _quieten()
    with _listen(*where) as listener, contextlib.suppress(KeyboardInterrupt):
        address = _address(listener)
        if number == 1:
            _serve(site, listener, lambda: on_ready(address) if on_ready else None)
            return
        del site  # each process has one of its own: nothing that it opens is shared
        _load()
        serve_with(
            number,
            lambda answers: _serve(build(path, public=public), listener, answers),
            lambda: on_ready(address) if on_ready else None,
        )


def _load() -> None:
    """Load what every page needs, while there is one process: several have it in common then."""
    from claimtrack.publish.language import catalogues, direction  # noqa: PLC0415 (as in serve)
    from claimtrack.publish.rendering import compiled  # noqa: PLC0415 (likewise)

    compiled()
    for code in catalogues():
        direction(code)


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _number(workers: int, *, public: bool) -> int:
    """Return how many processes answer.

    Raises:
        ConfigError: So many cannot.
    """
    if workers > 1 and not public:
        raise ConfigError(
            "Several processes can answer only what nobody writes to: give --workers with --public."
        )
    if workers > 1 and not can_fork():
        raise ConfigError("On this system one process answers. Leave --workers out.")
    if workers or not public or not can_fork():
        return workers or 1
    return min(cores(), MOST_WORKERS)


def _serve(site: Any, listener: socket.socket, on_ready: Callable[[], None]) -> None:
    """Serve a site on a socket, until told to stop.

    What is there before the first reader stays to the end: Python need not look through it for
    what is left over. Else it would do so only where that has grown by a quarter of the whole.
    """
    gc.collect()
    gc.freeze()
    try:
        _answer(site, listener, on_ready)
    finally:
        gc.unfreeze()


def _answer(site: Any, listener: socket.socket, on_ready: Callable[[], None]) -> None:
    config = uvicorn.Config(site.app(), log_level="warning", access_log=False, lifespan="on")
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
    server: uvicorn.Server, listener: socket.socket, on_ready: Callable[[], None]
) -> None:
    """Serve; say so once the server has begun. A process that another one began ends with it."""
    if other := parent_process():
        stop = partial(setattr, server, "should_exit", True)
        asyncio.get_running_loop().add_reader(other.sentinel, stop)
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    while not (server.started or serving.done()):
        await asyncio.sleep(0.01)
    if server.started:
        on_ready()
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
