"""A Datasette that shows one claimtrack database."""

from __future__ import annotations

import os
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import yaml
from datasette.app import Datasette
from datasette.database import Database

from claimtrack.errors import DatabaseError
from claimtrack.resources import shipped
from claimtrack.store import Store

NAME = "claims"
"""What the database is mounted as, whatever its file is called: the one key in metadata.yml."""

SETTINGS = {
    "allow_download": False,
    "default_allow_sql": False,
    "default_page_size": 50,
    "facet_time_limit_ms": 300,
    "max_csv_mb": 50,
    "sql_time_limit_ms": 3000,
    "suggest_facets": False,  # alone it made a table of a million rows twenty times slower
}


def build(path: str | PathLike[str], *, public: bool = False) -> Any:
    """Return a Datasette with the database mounted as `claims`.

    Args:
        path: A claimtrack database.
        public: It is a finished copy that nobody writes to: served immutable, which never looks
            at its journal again.

    Raises:
        DatabaseError: The file is missing, not a claimtrack database, or still being written
            although it is to be served as finished.
    """
    Store.open(fspath(path), readonly=True).close()  # says what is wrong with the file
    if public and _journal(Path(path)).exists() and _journal(Path(path)).stat().st_size:
        raise DatabaseError(
            f"{path} is still being written: {_journal(Path(path)).name} stands beside it. "
            "Close what writes it, or serve it without --public."
        )
    fixed = public or not _can_share(Path(path))
    metadata = yaml.safe_load(shipped("metadata.yml").read_text("utf-8"))
    datasette = Datasette([], metadata=metadata, settings=SETTINGS)
    database = Database(datasette, path=fspath(path), is_mutable=not fixed)
    datasette.add_database(database, name=NAME)
    # The client made its routes before there was a database.
    datasette.client = type(datasette.client)(datasette)
    return datasette


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _can_share(path: Path) -> bool:
    """Tell whether a file can be read while others write it.

    SQLite makes files of its own beside one that it reads; where it may not, and nobody else
    did, the file is complete and nobody writes it.
    """
    return os.access(path.absolute().parent, os.W_OK) or _journal(path).exists()
