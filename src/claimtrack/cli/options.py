"""The options that commands share, and the settings they add up to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack import config

if TYPE_CHECKING:
    from claimtrack.pipeline import Means

Database = Annotated[
    Path | None,
    typer.Option(
        "--db",
        metavar="PATH",
        help="The database; else CLAIMTRACK_DB, claimtrack.toml, claims.db.",
        show_default=False,
    ),
]
User = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Who is at work; else CLAIMTRACK_USER, claimtrack.toml, the login name.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Why = Annotated[
    str,
    typer.Option("--why", metavar="TEXT", help="The reason, for the log.", show_default=False),
]
Registries = Annotated[
    list[Path] | None,
    typer.Option(
        "--registry",
        metavar="CSV",
        help="A file of further sources, beside those of claimtrack.toml; may be repeated.",
        show_default=False,
    ),
]
Engine = Annotated[str, typer.Option(metavar="NAME", help="What finds the attributions.")]
Thoughts = Annotated[
    bool,
    typer.Option("--thoughts", help="Attributed thoughts and intentions, too; or claimtrack.toml."),
]
TrainedModel = Annotated[
    Path | None,
    typer.Option(
        "--model",
        metavar="FILE",
        help="A model that `claimtrack train` wrote; else claimtrack.toml, else the rules alone.",
        show_default=False,
    ),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="OURS=THEIRS",
        help="What a field of JSON Lines or a column of CSV is called, as in text=content; may be "
        "repeated. Ours: id, text, title, lang, url, outlet, byline, published_at.",
        show_default=False,
    ),
]
Workers = Annotated[
    int, typer.Option(min=1, max=64, metavar="N", help="Processes to do the work in.")
]
ClusterAddress = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Work on a cluster: a Dask scheduler's tcp://HOST:PORT, or local:N for N processes.",
        show_default=False,
    ),
]
PartitionSize = Annotated[
    int,
    typer.Option(
        min=1, max=1 << 20, metavar="KB", help="How much of a corpus a worker takes at a time."
    ),
]
Limit = Annotated[
    int,
    typer.Option(
        min=1,
        metavar="N",
        help="How many at most.",
        callback=lambda limit: min(limit, 1 << 53),  # more there cannot be; SQLite counts so far
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write, whole or not at all; else standard output.",
        show_default=False,
    ),
]
Host = Annotated[str, typer.Option(metavar="ADDRESS", help="The address to serve on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port to serve on.")]

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8001
DEFAULT_PARTITION = 1024
"""Kilobytes."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was given before the command's name; what stands behind it counts more."""

    db: Path | None = None
    user: str | None = None


def settings(
    context: typer.Context, db: Path | None = None, user: str | None = None
) -> config.Settings:
    """Return the settings that hold for a command.

    Raises:
        ConfigError: claimtrack.toml is wrong.
    """
    given = context.obj if isinstance(context.obj, Given) else Given()
    return config.load(Path.cwd(), os.environ, db=db or given.db, user=user or given.user)


def means(
    known: config.Settings,
    engine: str,
    registries: Sequence[Path] | None,
    *,
    fields: Sequence[str] | None = None,
    workers: int = 1,
    thoughts: bool = False,
    model: Path | None = None,
) -> Means:
    """Return what articles are taken apart with, by settings and options."""
    from claimtrack.lang.pack import THOUGHTS
    from claimtrack.pipeline import Means

    variants = (THOUGHTS,) if thoughts or known.thoughts else ()
    return Means(
        engine,
        (*known.registries, *(registries or ())),
        (*variants, *known.packs),
        _fields(fields or ()),
        workers,
        model or known.model,
    )


_OURS = ("id", "text", "title", "lang", "url", "outlet", "byline", "published_at")


def _fields(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for one in given:
        ours, _, theirs = one.partition("=")
        if ours not in _OURS or not theirs:
            raise typer.BadParameter(
                f"{one!r} is not like text=content. Ours are: {', '.join(_OURS)}.",
                param_hint="--field",
            )
        pairs.append((ours, theirs))
    return tuple(pairs)
