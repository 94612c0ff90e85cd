"""What of a document may be shown in public: decisions of people, each undone softly."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from claimtrack.errors import DatabaseError, NothingChosenError
from claimtrack.model.ids import content_id
from claimtrack.model.vocabulary import PublicationState
from claimtrack.store import log
from claimtrack.store.content import instant
from claimtrack.store.refs import document_refs
from claimtrack.store.rows import Row, many, put
from claimtrack.store.views import DocumentRef

_COUNTS = """
SELECT coalesce(v.outlet, ''), p.state, count(*) FROM document_publication p
JOIN live_document d ON d.id = p.document JOIN document_version v ON v.id = d.version_id
GROUP BY 1, 2 ORDER BY 1, 2"""

_OF_OUTLETS = """
SELECT d.id FROM live_document d JOIN document_version v ON v.id = d.version_id
WHERE v.outlet IN (SELECT value FROM json_each(?)) ORDER BY d.id"""

_HISTORY = """
SELECT p.id, p.state, p.why, p.rights, p.decided_by, p.decided_at
FROM publication_document m JOIN publication p ON p.number = m.publication_number
WHERE m.document_id = ? AND p.retired_at IS NULL ORDER BY p.number DESC"""


class Decision(NamedTuple):
    """What of some documents may be shown.

    Attributes:
        state: How much.
        why: For what reason, in words.
        rights: By what right: a licence, a permission, the law that lets quote. Nothing shown
            needs none.
    """

    state: PublicationState
    why: str
    rights: str = ""


class Decided(NamedTuple):
    """A decision as it is recorded: `at` in UTC, ISO 8601."""

    id: str
    state: PublicationState
    why: str
    rights: str
    by: str
    at: str


class StateCount(NamedTuple):
    """How many documents of an outlet ("" where none is known) are in a state."""

    outlet: str
    state: PublicationState
    documents: int


def decide(
    connection: sqlite3.Connection, decision: Decision, documents: Iterable[str], by: log.By
) -> str:
    """Record what of some documents may be shown; return the decision's id.

    Args:
        connection: Within a transaction.
        decision: What, why and by what right.
        documents: Full ids of live documents.
        by: Who decides, and when.

    Raises:
        DatabaseError: Nobody decides, or no reason or right is given.
        NothingChosenError: There are no documents.
    """
    if not by.user:
        raise DatabaseError("What may be shown needs a user who decides it. Give --user.")
    if not decision.why.strip():
        raise DatabaseError("What may be shown needs a reason. Give --why.")
    if decision.state is not PublicationState.PRIVATE and not decision.rights.strip():
        raise DatabaseError("To show a text needs a right to. Say by what right with --rights.")
    chosen = sorted(set(documents))
    if not chosen:
        raise NothingChosenError
    at = instant(by.at)
    said = (decision.state.value, decision.why.strip(), decision.rights.strip())
    content: Row = {
        "id": content_id("publication", *said, chosen, by.user, at),
        **dict(zip(("state", "why", "rights"), said, strict=True)),
        "decided_by": by.user,
        "decided_at": at,
    }
    if put(connection, "publication", content, {"recorded_at": at}):
        number = connection.execute("SELECT max(number) FROM publication").fetchone()[0]
        connection.executemany(
            "INSERT INTO publication_document VALUES (?, ?)", ((each, number) for each in chosen)
        )
        logged = {**content, "documents": chosen}
        log.append(connection, "publication", str(content["id"]), logged, by)
    return str(content["id"])


def recorded(connection: sqlite3.Connection, row_id: str) -> dict[str, object] | None:
    """Return a decision as the log has it; None where it is not held."""
    columns = ("id", "state", "why", "rights", "decided_by", "decided_at")
    row = connection.execute(
        f"SELECT {', '.join(columns)}, number FROM publication WHERE id = ?",  # noqa: S608 (ours)
        (row_id,),
    ).fetchone()
    if row is None:
        return None
    documents = connection.execute(
        "SELECT document_id FROM publication_document WHERE publication_number = ?"
        " ORDER BY document_id",
        (row[-1],),
    )
    return {**dict(zip(columns, row, strict=False)), "documents": [each[0] for each in documents]}


def made_again(connection: sqlite3.Connection, row_id: str) -> str:
    """Return the id that a decision has by its content."""
    held = recorded(connection, row_id) or {}
    content = [held[name] for name in ("state", "why", "rights", "documents")]
    return content_id("publication", *content, held["decided_by"], held["decided_at"])


def of_document(connection: sqlite3.Connection, document_id: str) -> PublicationState:
    """Return what of a document may be shown; what is not live is private."""
    row = connection.execute(
        "SELECT state FROM document_publication WHERE document = ?", (document_id,)
    ).fetchone()
    return PublicationState(row[0]) if row else PublicationState.PRIVATE


def history(connection: sqlite3.Connection, document_id: str) -> tuple[Decided, ...]:
    """Return the live decisions on a document, the latest first: that one counts."""
    rows = connection.execute(_HISTORY, (document_id,))
    return tuple(Decided(row[0], PublicationState(row[1]), *row[2:]) for row in rows)


def counts(connection: sqlite3.Connection) -> tuple[StateCount, ...]:
    """Return how many documents of which outlet are in which state."""
    rows = connection.execute(_COUNTS)
    return tuple(StateCount(row[0], PublicationState(row[1]), row[2]) for row in rows)


def of_outlets(connection: sqlite3.Connection, outlets: Iterable[str]) -> list[str]:
    """Return the ids of the documents of some outlets, as articles spell them."""
    return [row[0] for row in connection.execute(_OF_OUTLETS, (many(outlets),))]


def every(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of all documents."""
    return [row[0] for row in connection.execute("SELECT id FROM live_document ORDER BY id")]


def in_state(
    connection: sqlite3.Connection, state: PublicationState, limit: int
) -> tuple[DocumentRef, ...]:
    """Return documents in a state, the latest recorded first."""
    rows = connection.execute(
        "SELECT d.version_id FROM document_publication p JOIN live_document d ON d.id = p.document"
        " WHERE p.state = ? ORDER BY d.version_number DESC LIMIT ?",
        (state.value, limit),
    ).fetchall()
    refs = document_refs(connection, (row[0] for row in rows))
    return tuple(refs[row[0]] for row in rows)
