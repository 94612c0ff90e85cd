"""A database that is new only when what it was made for is in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimtrack.errors import DatabaseError
from claimtrack.store.connection import beside
from claimtrack.store.store import Store


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """Open a database to write; where there is none, one appears when the block ends well.

    Raises:
        DatabaseError: As `Store.open`, or another process made one there meanwhile.
    """
    if os.path.lexists(path):
        with Store.open(path, create=True) as store:
            yield store
        return
    with beside(path.resolve(), path) as made:
        with Store.open(made, create=True) as store:
            store.path = path  # as messages are to call it
            yield store
        _link(made, path)


def _link(made: Path, path: Path) -> None:
    """Call a file by its name for good; unlike renaming, linking never replaces another."""
    try:
        os.link(made, path)
    except FileExistsError as error:
        raise DatabaseError(f"{path} was made by somebody else meanwhile. Do it again.") from error
    except OSError:  # a disk that knows no links
        made.rename(path)
