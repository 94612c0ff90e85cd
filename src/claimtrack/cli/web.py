"""The options of commands that fetch, and the fetcher they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack import __version__, config
from claimtrack.cli import clock

if TYPE_CHECKING:
    from claimtrack.ports import Fetcher

AllowPrivate = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-private",
        metavar="CIDR",
        help="A private range that may be fetched from, such as 10.1.0.0/16; may be repeated.",
        show_default=False,
    ),
]
Delay = Annotated[
    float, typer.Option(min=0.0, metavar="SECONDS", help="Between two requests to one host.")
]
Archive = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="A web archive to submit each page to: its address is put behind this one.",
        show_default=False,
    ),
]

DEFAULT_DELAY = 1.0


def agent(settings: config.Settings) -> str:
    """Return what we call ourselves to servers, with whom to write to where settings say so."""
    contact = f"; {settings.contact}" if settings.contact else ""
    return f"claimtrack/{__version__} (news archive for fact-checking{contact})"


@contextmanager
def fetching(
    settings: config.Settings, private: Sequence[str] | None, delay: float
) -> Iterator[Fetcher]:
    """Give what fetches from the web.

    Raises:
        ConfigError: A range is none.
    """
    from claimtrack.ingest.fetch import Manners, WebFetcher
    from claimtrack.ingest.guard import network

    allowed = tuple(network(one) for one in private or ())
    with WebFetcher(Manners(agent(settings), delay=delay, allowed=allowed), clock.now) as web:
        yield web
