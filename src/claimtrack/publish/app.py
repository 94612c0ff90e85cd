"""A Datasette that shows one claimtrack database."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import yaml
from datasette.database import Database

from claimtrack.errors import DatabaseError
from claimtrack.publish import ours
from claimtrack.publish.reviewing import Reviewing
from claimtrack.publish.versions import made
from claimtrack.resources import shipped
from claimtrack.store import Store
from claimtrack.store.counted import KEPT, finished, rows
from claimtrack.store.showing import AT_THE_DESK

COPY = "claims.db"
"""The finished copy in a published folder."""

INSPECTED = "inspect-data.json"
"""What is known of that copy, beside it, as `datasette inspect` writes it."""

NAME = "claims"
"""What the database is mounted as, whatever its file is called: the one key in metadata.yml."""

KEPT_FOR = 300
"""How long browsers may keep a page of a finished copy, in seconds."""

MOST_FACETED = 50_000
"""Rows of a table whose facets a page counts unasked: for each, SQLite goes through all of them."""

SEARCHED = ("attribution_fts", "document_fts")
"""The tables of the search index."""

SETTINGS = {
    "allow_download": False,
    "default_allow_sql": False,
    "default_page_size": 50,
    "facet_time_limit_ms": 300,
    "max_csv_mb": 50,
    "num_sql_threads": 2,  # each keeps 15 MB; Python puts pages together in one thread anyway
    "sql_time_limit_ms": 3000,
    "suggest_facets": False,  # alone it made a table of a million rows twenty times slower
}


def build(
    path: str | PathLike[str], *, public: bool = False, review: Reviewing | None = None
) -> Any:
    """Return a Datasette with the database mounted as `claims`.

    Args:
        path: A claimtrack database, or a folder that `claimtrack publish` wrote.
        public: For everybody: only a finished copy, which holds what may be shown, is served.
        review: Who may decide on it; nobody without.

    Raises:
        DatabaseError: The file is missing, not a claimtrack database, a desk's own although it
            is to be served in public, or a published copy although people are to decide on it.
    """
    file = Path(path, COPY) if Path(path).is_dir() else Path(path)
    if Path(path).is_dir() and not file.exists():
        raise DatabaseError(
            f"{path} holds no {COPY}. Write one with: claimtrack publish FOLDER, without --static."
        )
    with Store.open(file, readonly=True) as store:  # says what is wrong with the file
        copy = finished(store.connection)
    if public and not copy:
        raise DatabaseError(
            f"{path} is a desk's database, with all that is private in it. Write what may be shown"
            f" with: claimtrack publish FOLDER --db {path}, and serve that folder."
        )
    if review and (public or copy):
        raise DatabaseError(
            f"{path} cannot be decided on: what is published is never written to. Give the desk's"
            " database, without --public."
        )
    known = _known(file) if copy else None
    datasette = made(
        described(known),
        SETTINGS | {"default_cache_ttl": KEPT_FOR} if copy else SETTINGS,
        known,
        review.plugins if review else None,
    )
    if review:
        review.begin(file)
        ours.REVIEWED[datasette] = review
    fixed = copy or not _can_share(file)
    database = Database(datasette, path=fspath(file), is_mutable=not fixed)
    datasette.add_database(database, name=NAME)
    # The client made its routes before there was a database.
    datasette.client = type(datasette.client)(datasette)
    return datasette


def inspected(copy: Path) -> dict[str, Any]:
    """Return what `datasette inspect` finds in a finished copy: how many rows each table has."""
    with Store.open(copy, readonly=True) as store:
        tables = {name: {"count": number} for name, number in rows(store.connection)}
    with copy.open("rb") as file:
        seal = hashlib.file_digest(file, "sha256").hexdigest()
    return {"hash": seal, "size": copy.stat().st_size, "file": COPY, "tables": tables}


def _known(copy: Path) -> dict[str, Any]:
    """Return what is known of a finished copy; what stands beside it was found when it was made."""
    with contextlib.suppress(OSError, ValueError):
        found: dict[str, Any] = json.loads(copy.with_name(INSPECTED).read_text("utf-8"))
        if copy.stat().st_size == found[NAME]["size"]:
            return found
    return {NAME: inspected(copy)}


def described(known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what Datasette shows beside the data, as metadata.yml has it.

    Args:
        known: Of a finished copy, what is known of it: it is described without the tables that it
            has no rows of, and its largest tables begin without facets.
    """
    metadata: dict[str, Any] = yaml.safe_load(shipped("metadata.yml").read_text("utf-8"))
    tables = metadata["databases"][NAME]["tables"]
    for name in SEARCHED:  # Datasette 0.65 hides them by itself
        tables[name] = {"hidden": True}
    if known:
        for name in (*AT_THE_DESK, *KEPT, "review_queue", "run", "desk", "publication"):
            tables[name] = {**tables.get(name, {}), "hidden": True}
        for name, table in known[NAME]["tables"].items():
            if table["count"] > MOST_FACETED:
                tables.get(name, {}).pop("facets", None)
    return metadata


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _can_share(path: Path) -> bool:
    """Tell whether a file can be read while others write it.

    SQLite makes files of its own beside one that it reads; where it may not, and nobody else
    did, the file is complete and nobody writes it.
    """
    return os.access(path.absolute().parent, os.W_OK) or _journal(path).exists()
