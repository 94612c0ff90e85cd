"""Opening a database: whose it is, which schema it has, and how transactions run.

Nothing is written to a file that is not ours: the first hundred bytes say so, before SQLite
sees it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

from claimtrack.errors import (
    ClaimtrackError,
    DatabaseError,
    IntegrityError,
    NewerSchemaError,
    NotOurDatabaseError,
)
from claimtrack.store import carried, index
from claimtrack.store.counted import FINISHED
from claimtrack.store.steps import STEPS

APPLICATION_ID = 0x436C5472  # "ClTr", in the header of every database of ours
OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables
WAIT = 30.0
"""Seconds a writer waits for another one."""

_CACHE = 64 * 1024
"""KiB of pages that are kept in memory: ids are hashes, so that each row touches pages
everywhere. SQLite's own 2,000 read and write the same pages of a large database again and again."""

WAIT_OF_MANY = 300.0
"""Seconds that one who adds many articles waits: others may be adding as many, each in its turn."""

LONGEST_LOG = 512 << 20
"""Bytes of the write-ahead log at which who adds many articles waits until all of it is copied:
`claimtrack.store.checkpoints` copies it while more is written."""

_MANY = (
    "PRAGMA cache_size=-131072",
    f"PRAGMA wal_autocheckpoint={LONGEST_LOG // 4096 * 3 // 2}",
    f"PRAGMA busy_timeout={WAIT_OF_MANY * 1000:.0f}",
)
"""Twice as many pages are kept. SQLite copies the log in a commit only where nobody else could."""

# What begins a block, what keeps it, and what takes it back. SQLite finds the innermost savepoint
# of a name, so that blocks within blocks need no names of their own.
_TRANSACTION = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_SAVEPOINT = ("SAVEPOINT block", "RELEASE block", ("ROLLBACK TO block", "RELEASE block"))

_APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'claimtrack'"
_HAS_NOTES = "SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'"
_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes; the application id is at 68


class _Found(Enum):
    NOTHING = "does not exist"
    EMPTY = "is empty"
    OURS = "is ours"


def connect(
    path: Path, *, create: bool = False, readonly: bool = False, wait: float = WAIT
) -> sqlite3.Connection:
    """Open a database of ours, bringing its schema up to date unless it is only read.

    Args:
        path: The database file.
        create: Make one where there is no file, or an empty one.
        readonly: Write nothing to it; works in a read-only directory.
        wait: Seconds to wait for another writer.

    Raises:
        NotOurDatabaseError: The file is something else; it was not touched.
        NewerSchemaError: A newer claimtrack wrote it.
        DatabaseError: It does not exist, cannot be read or written, or SQLite is too old.
    """
    require_sqlite(sqlite3.sqlite_version_info)
    found = _look(path)
    if found is not _Found.OURS and (readonly or not create):
        raise DatabaseError(
            f"{path} {found.value}. Make a database with: claimtrack add PATH --db {path}"
        )
    with explained(path, wait):
        if readonly:
            return _open_to_read(path, wait)
        _refuse_finished(path)
        if found is _Found.NOTHING:
            _make(path.resolve(), path)
            _look(path)  # what appeared there meanwhile may be somebody else's
        return _open_to_write(path, wait, create=create)


def is_ours(connection: sqlite3.Connection) -> bool:
    """Tell whether an open connection leads to a database of ours."""
    try:
        found: int = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.DatabaseError:
        return False
    return found == APPLICATION_ID


def require_sqlite(version: tuple[int, int, int]) -> None:
    """Refuse an SQLite without STRICT tables.

    Raises:
        DatabaseError: The version is older than OLDEST_SQLITE.
    """
    if version < OLDEST_SQLITE:
        have, need = (".".join(map(str, each)) for each in (version, OLDEST_SQLITE))
        raise DatabaseError(
            f"This Python has SQLite {have}; claimtrack needs {need} or newer. "
            "Use a Python built with a newer SQLite."
        )


@contextmanager
def explained(path: Path | str, wait: float = WAIT) -> Iterator[None]:
    """Turn what SQLite raises into one line that says what is wrong and what to do.

    Raises:
        DatabaseError: SQLite could not do what the block asked for.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise explanation(error, path, wait) from error
    except UnicodeEncodeError as error:
        raise IntegrityError(
            f"{path}: a text holds {error.object[error.start]!r}, which is no character. "
            "Replace lone surrogates before storing."
        ) from error


def explanation(error: sqlite3.Error, path: Path | str, wait: float = WAIT) -> ClaimtrackError:
    """Return the error that tells a user what SQLite's error means."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    reason = " ".join(str(error).split())
    what = {
        sqlite3.SQLITE_BUSY: f"is being written by another program (waited {wait:g} s). "
        "Try again when it has finished.",
        sqlite3.SQLITE_LOCKED: "is locked by this program. Close other connections first.",
        sqlite3.SQLITE_READONLY: "cannot be written: the file, directory or disk is read-only. "
        "Copy it to where you may write, or make it writable.",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened or made. "
        "See that its directory exists and may be written.",
        sqlite3.SQLITE_PERM: "cannot be opened: permission denied.",
        sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Free some space and run it again.",
        sqlite3.SQLITE_IOERR: f"cannot be read or written ({reason}). See to the disk.",
        sqlite3.SQLITE_CORRUPT: f"is damaged ({reason}). Restore a copy.",
        sqlite3.SQLITE_NOTADB: f"is damaged ({reason}). Restore a copy.",
    }.get(code & 0xFF)
    if code & 0xFF == sqlite3.SQLITE_CONSTRAINT:
        return IntegrityError(f"{path} refused a row that contradicts others: {reason}")
    return DatabaseError(f"{path} {what}" if what else f"{path}: {reason}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run a block wholly or not at all; inside another one, as a savepoint of it.

    A block that reads and then writes must not find that another writer came between: so the
    outermost one begins IMMEDIATE.
    """
    outermost = not connection.in_transaction
    begin, end, back = _TRANSACTION if outermost else _SAVEPOINT
    before = index.waiting(connection)
    if outermost:
        carried.forget(connection)
    connection.execute(begin)
    try:
        yield
        if outermost:
            index.write(connection)
        connection.execute(end)
        if outermost:
            carried.forget(connection)
    except BaseException:
        index.forget(connection, before)
        carried.forget(connection)
        if connection.in_transaction:  # SQLite may have given up all of it, as where a disk is full
            for statement in back:
                connection.execute(statement)
        raise


def expect_many(connection: sqlite3.Connection) -> None:
    """Make a connection ready for many articles, one transaction after the other."""
    for statement in _MANY:
        connection.execute(statement)


def _look(path: Path) -> _Found:
    """Tell what is at a path, by its first bytes alone."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        return _Found.NOTHING
    except OSError as error:
        raise DatabaseError(
            f"{path} cannot be read: {error.strerror}. Give another --db."
        ) from None
    if not header:
        return _Found.EMPTY
    if header[:16] != _MAGIC or header[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        raise NotOurDatabaseError(str(path))
    return _Found.OURS


def _refuse_finished(path: Path) -> None:
    with suppress(FileNotFoundError), path.open("rb") as file:
        header = file.read(_HEADER)
        if header[60:64] == FINISHED.to_bytes(4, "big"):
            raise DatabaseError(
                f"{path} is a published copy, which nobody changes. Give the desk's database."
            )


def _make(target: Path, named: Path) -> None:
    """Put an empty database of ours at a path, whole or not at all; what is there stays.

    It is made in a folder beside its place, and becomes known under its name when it is complete:
    whoever is stopped before leaves nothing under that name.
    """
    if any(journal.exists() for journal in journals(target)):
        return  # of a lost file of this name: SQLite clears them away when it makes a new one
    with beside(target, named) as made:
        with closing(_open(made, "mode=rwc", 0)) as connection:
            _migrate(connection)
        # Unlike renaming, linking never replaces a file. Where another process was first there is
        # nothing left to do, and on a disk that knows no links SQLite makes the file in its place.
        with suppress(OSError):
            os.link(made, target)


@contextmanager
def beside(target: Path, named: Path) -> Iterator[Path]:
    """Give a place for a database beside where it is to be, which is gone when the block ends.

    Args:
        target: Where it is to be.
        named: As the user calls that.

    Raises:
        DatabaseError: Nothing can be made there.
    """
    try:
        folder = TemporaryDirectory(prefix=".claimtrack-", dir=target.parent)
    except OSError as error:
        raise DatabaseError(
            f"{named} cannot be opened or made: {error.strerror}. "
            "See that its directory exists and may be written."
        ) from None
    with folder as name:
        yield Path(name, "made.db")


def _open_to_write(path: Path, wait: float, *, create: bool) -> sqlite3.Connection:
    connection = _open(path, "mode=rwc" if create else "mode=rw", wait)
    try:
        _refuse_newer(connection, path)
        _migrate(connection)
        # A published copy is not in WAL mode, nor is one that was just made.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _open_to_read(path: Path, wait: float) -> sqlite3.Connection:
    try:
        return _checked_reader(path, "mode=ro", wait)
    except sqlite3.OperationalError as error:
        # Even reading in WAL mode makes files beside the database. Where that is forbidden,
        # nobody writes, and with no journal left behind the file alone is complete.
        code = (error.sqlite_errorcode or 0) & 0xFF
        if code not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or _has_journal(path):
            raise
    return _checked_reader(path, "mode=ro&immutable=1", wait)


def _has_journal(path: Path) -> bool:
    journal, _ = journals(path)
    return journal.exists() and journal.stat().st_size > 0


def journals(path: Path) -> tuple[Path, Path]:
    """Return where SQLite keeps what is not yet in a file: its write-ahead log, and the old one."""
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")


def _checked_reader(path: Path, how: str, wait: float) -> sqlite3.Connection:
    connection = _open(path, how, wait)
    try:
        connection.execute("PRAGMA query_only=ON")
        _refuse_newer(connection, path)
        _refuse_older(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _open(path: Path, how: str, wait: float) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?{how}"
    connection = carried.opened(address, wait)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA recursive_triggers=ON")  # so that REPLACE fires delete triggers
    connection.execute(f"PRAGMA cache_size=-{_CACHE}")
    return connection


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    if unknown := _applied(connection) - STEPS:
        raise NewerSchemaError(str(path), unknown)


def _refuse_older(connection: sqlite3.Connection, path: Path) -> None:
    if STEPS - _applied(connection):
        raise DatabaseError(
            f"{path} was made by an older claimtrack. Bring it up to date where it may be "
            f"written, with: claimtrack check --db {path}"
        )


def _applied(connection: sqlite3.Connection) -> set[str]:
    """Return the steps of the schema that a database has, as sqlite-utils notes them in it."""
    try:
        return {row[0] for row in connection.execute(_APPLIED)}
    except sqlite3.OperationalError:
        if connection.execute(_HAS_NOTES).fetchone():
            raise
        return set()


def _migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending, in one transaction with the mark that the file is ours."""
    if not STEPS - _applied(connection):
        return
    from claimtrack.store.migrations import apply  # noqa: PLC0415 (slow to load, and seldom needed)

    with transaction(connection):
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        apply(connection)
