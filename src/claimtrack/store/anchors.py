"""Where the reports of one version of a document stand in the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from claimtrack.model.document import DocumentVersion
from claimtrack.model.run import Run
from claimtrack.model.span import Span
from claimtrack.store.content import instant
from claimtrack.store.rows import insert, put_run
from claimtrack.store.versions import versions


class Row(NamedTuple):
    """What became of one span of a report.

    Attributes:
        ord: Its place among the spans of its role.
        span: Where it stands in the later version; None when ambiguous or orphaned.
        score: How sure that is, from 0 to 1.
    """

    attribution_id: str
    role: str
    ord: int
    state: str
    span: Span | None
    score: float


def before(connection: sqlite3.Connection, version_id: str) -> DocumentVersion | None:
    """Return the version that a version of a document came after; None for the first one."""
    found = connection.execute(
        "SELECT document_id FROM document_version WHERE id = ?", (version_id,)
    ).fetchone()
    held = versions(connection, found[0]) if found else ()
    ids = [each.id for each in held]
    at = ids.index(version_id) if version_id in ids else 0
    return held[at - 1] if at else None


def put(
    connection: sqlite3.Connection, version_id: str, rows: Iterable[Row], run: Run, at: datetime
) -> None:
    """Record where reports stand in a version; what is recorded of a report already stays.

    Args:
        connection: Within a transaction.
        version_id: The later version.
        rows: A span each.
        run: What found them.
        at: When, with a zone.
    """
    known = connection.execute(
        "SELECT DISTINCT attribution_id FROM anchor WHERE version_id = ?", (version_id,)
    )
    held = {row[0] for row in known}
    new = [row for row in rows if row.attribution_id not in held]
    if not new:
        return
    put_run(connection, run, at)
    insert(
        connection,
        "anchor",
        [
            {
                "attribution_id": row.attribution_id,
                "version_id": version_id,
                "role": row.role,
                "ord": row.ord,
                "state": str(row.state),
                "start": row.span.start if row.span else None,
                "end": row.span.end if row.span else None,
                "score": row.score,
                "run_id": run.id,
                "recorded_at": instant(at),
            }
            for row in new
        ],
    )


def of_version(connection: sqlite3.Connection, version_id: str) -> tuple[Row, ...]:
    """Return what is recorded of the reports before a version, by report, role and place."""
    rows = connection.execute(
        'SELECT attribution_id, role, ord, state, start, "end", score FROM anchor'
        " WHERE version_id = ? ORDER BY attribution_id, role, ord",
        (version_id,),
    )
    return tuple(
        Row(report, role, ord_, state, None if start is None else Span(start, end), score)
        for report, role, ord_, state, start, end, score in rows
    )
