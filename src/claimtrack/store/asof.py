"""The database as it was at a time, or as it would be without a document or report.

Within the block, rows recorded later are not there, and what was retired later is live: tables are
shadowed by temporary views of the same names, and so are the views that read them. Every function
that reads answers for that time; nothing is written to the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from claimtrack.errors import UnknownIdError
from claimtrack.store.components import components
from claimtrack.store.content import instant
from claimtrack.store.shadow import shadowed


@contextmanager
def as_of(
    connection: sqlite3.Connection, at: datetime | None, without: str | None = None
) -> Iterator[None]:
    """Read the database as it was at a time, as it would be without something, or both.

    Args:
        connection: A connection; it may be one that only reads.
        at: The time; None for now.
        without: The id of a document or an attribution that is taken for retired.

    Raises:
        DatabaseError: Another such block is open.
        UnknownIdError: Within the block, of something that was not there then: told so.
    """
    if at is None and without is None:
        yield
        return
    moment = f"'{instant(at)}'" if at else None
    gone = "'" + without.replace("'", "''") + "'" if without else None
    with shadowed(connection, lambda table, columns: _then(table, columns, moment, gone)):
        try:
            if moment:
                _recluster(connection)
            yield
        except UnknownIdError as error:
            if at is None:
                raise
            hint = f"Of what was recorded by {at:%Y-%m-%d}, that is; a later time may have it."
            raise UnknownIdError(error.wanted, error.kinds, hint) from None
        finally:
            connection.execute('DROP TABLE IF EXISTS temp."claim_cluster"')


def _then(table: str, columns: list[str], moment: str | None, gone: str | None) -> str | None:
    """Return what a table held at a moment, a document gone; None where neither matters to it."""
    past = moment is not None and "recorded_at" in columns and table != "source"
    dropped = gone is not None and table == gone.strip("'").partition("-")[0]
    if not past and not dropped:
        return None
    retired = f"iif(retired_at > {moment}, NULL, retired_at)" if past else "retired_at"
    if dropped:
        retired = f"iif(id = {gone}, '0', {retired})"
    listed = ", ".join(
        f"{retired} AS retired_at" if name == "retired_at" else f'"{name}"' for name in columns
    )
    kept = f"recorded_at <= {moment}" if past else "1"
    return f"SELECT {listed} FROM main.{table} WHERE {kept}"  # noqa: S608 (our own names)


def _recluster(connection: sqlite3.Connection) -> None:
    """Compute the clusters anew from the judgements that were live then."""
    order = [row[0] for row in connection.execute("SELECT id FROM claim ORDER BY number")]
    known = set(order)
    joined = [
        (left, right)
        for left, right in connection.execute(
            "SELECT left_id, right_id FROM live_judgement WHERE verdict = 'positive'"
        )
        if left in known and right in known
    ]
    found = components(order, joined)
    connection.execute(
        "CREATE TEMP TABLE claim_cluster (claim_id TEXT PRIMARY KEY, cluster_id TEXT NOT NULL)"
    )
    connection.execute("CREATE INDEX temp.clusters ON claim_cluster(cluster_id, claim_id)")
    connection.executemany("INSERT INTO temp.claim_cluster VALUES (?, ?)", found.items())
