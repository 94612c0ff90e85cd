"""What a desk decides about sources: added, named otherwise, judged one or different.

Edits are rows of their own, beside what was recorded: an undone edit leaves everything as it was.
Clusters of sources that are one are computed from the live merges; the table `source_cluster` is
kept in step with them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from claimtrack.errors import BlockedJudgementError, DatabaseError, DependedOnError, UnknownIdError
from claimtrack.model.ids import canonical_json, content_id, digest
from claimtrack.model.source import Source, SourceName
from claimtrack.model.vocabulary import NameKind
from claimtrack.store import brought, log
from claimtrack.store.components import components
from claimtrack.store.content import instant
from claimtrack.store.rows import Row, many, put
from claimtrack.store.source_clusters import cluster_of, members
from claimtrack.store.sources import load_sources, put_sources, retire_unnamed


class EditAction(StrEnum):
    """What an edit does."""

    ADD = "add"
    ALIAS = "alias"
    MERGE = "merge"
    SPLIT = "split"


class SourceEdit(NamedTuple):
    """One edit, as recorded.

    Attributes:
        source_id: The source that was edited; of a merge, the one whose name is kept.
        other_id: The one merged with it, or split from it; empty for other edits.
        source: The source as it was then.
        name: The name that an alias adds.
        ended: The merges that a split ended.
    """

    id: str
    action: EditAction
    source_id: str
    other_id: str
    source: Source
    name: SourceName | None
    ended: tuple[str, ...]
    evidence: str
    by: str
    at: str


_COLUMNS = (
    "id, action, source_id, other_id, source, text, lang, kind, ended, evidence, edited_by,"
    " edited_at"
)
_LIVE = f"SELECT {_COLUMNS} FROM source_edit WHERE retired_at IS NULL"  # noqa: S608 (our own)


def put_parents(connection: sqlite3.Connection, parents: Sequence[Source], by: log.By) -> None:
    """Hold sources of the registry that edits are about, or that their relations lead to."""
    put_sources(connection, parents, instant(by.at))


def add(connection: sqlite3.Connection, sources: Sequence[Source], by: log.By) -> list[str]:
    """Record new sources, parents before children or after; return the ids of the edits.

    Raises:
        IntegrityError: A relation's parent is neither held nor given.
    """
    put_sources(connection, sources, instant(by.at))
    return [_record(connection, EditAction.ADD, source, by) for source in sources]


def bring(connection: sqlite3.Connection, sources: Sequence[Source], by: log.By) -> int:
    """Record the new sources of a file as one step; return the number of its entry in our log.

    Each has an edit of its own, as of `add`; the step is undone with all of them.

    Raises:
        IntegrityError: A relation's parent is neither held nor given.
    """
    marks = brought.begin(connection)
    made = {"made": add(connection, sources, by)}
    event = log.enter(connection, ("import", digest(made), digest(made)), by)
    brought.end(connection, marks)
    return event.seq


def alias(connection: sqlite3.Connection, source: Source, name: SourceName, by: log.By) -> str:
    """Give a source another name; return the id of the edit.

    The caller sees to it that no other source has the name.

    Args:
        connection: Within a transaction.
        source: A source; held from now on, if it was not.
        name: The name; with an official kind it is shown before the others.
        by: Who names it, and when.
    """
    put_sources(connection, [source], instant(by.at))
    return _record(connection, EditAction.ALIAS, source, by, name=name)


def merge(connection: sqlite3.Connection, kept: str, other: str, why: str, by: log.By) -> str:
    """Record that two held sources are one, called as the first is; return the id of the edit.

    Raises:
        UnknownIdError: One of them is not held.
        DatabaseError: They are the same source, or one already.
        BlockedJudgementError: Somebody judged that they, or sources that are one with them,
            differ.
    """
    left, right = held(connection, kept), held(connection, other)
    if left.id == right.id:
        raise DatabaseError(f"{left.id} cannot be merged with itself. Give two sources.")
    clusters = cluster_of(connection, left.id), cluster_of(connection, right.id)
    if clusters[0] == clusters[1]:
        raise DatabaseError(f"{left.id} and {right.id} are one source already. Nothing was done.")
    if against := _against(connection, *(members(connection, each) for each in clusters)):
        raise BlockedJudgementError(f"{left.id} and {right.id} cannot be one source", against)
    made = _record(connection, EditAction.MERGE, left, by, other=right.id, why=why)
    recompute(connection)
    return made


def split(connection: sqlite3.Connection, taken: str, other: str, why: str, by: log.By) -> str:
    """Record that two held sources differ; return the id of the edit.

    Where they were one, the merges that hold the first in the cluster end.

    Raises:
        UnknownIdError: One of them is not held.
        DatabaseError: They are the same source, or judged different already.
    """
    left, right = held(connection, taken), held(connection, other)
    if left.id == right.id:
        raise DatabaseError(
            f"{left.id} cannot be split from itself. Give two sources; of merged ones, the one to"
            " take out first, by its id or a name of its own."
        )
    if judged := _against(connection, [left.id], [right.id]):
        raise DatabaseError(f"{judged} says already that they differ. Nothing was done.")
    one = cluster_of(connection, left.id) == cluster_of(connection, right.id)
    ended = _merges_of(connection, left.id) if one else ()
    _retire(connection, ended, instant(by.at))
    made = _record(
        connection, EditAction.SPLIT, left, by, other=right.id, why=why, ended=tuple(ended)
    )
    recompute(connection)
    return made


def undo(
    connection: sqlite3.Connection, edit_id: str | None, by: log.By, why: str = ""
) -> SourceEdit:
    """Take an edit back, the last one where none is named; return it.

    Raises:
        UnknownIdError: No live edit has the id.
        DatabaseError: There is none.
        DependedOnError: A later edit rests on it.
        BlockedJudgementError: What a split ended would contradict what was judged since.
    """
    edit = find(connection, edit_id) if edit_id else last(connection)
    if edit is None:
        raise DatabaseError("No edit of sources is left to undo. See: claimtrack sources list")
    at = instant(by.at)
    _refuse_if_needed(connection, edit)
    _retire(connection, [edit.id], at)
    for ended in edit.ended:
        _resume(connection, ended)
    if edit.action is EditAction.ADD:
        retire_unnamed(connection, [edit.source_id], at)
    recompute(connection)
    log.append(connection, "undo", edit.id, {"edit": edit.id, "why": why}, by, why=why)
    return edit


def live(connection: sqlite3.Connection) -> tuple[SourceEdit, ...]:
    """Return the edits that hold, oldest first."""
    return tuple(_edit(row) for row in connection.execute(f"{_LIVE} ORDER BY number"))


def last(connection: sqlite3.Connection) -> SourceEdit | None:
    """Return the edit that was made last of those that hold, or None."""
    row = connection.execute(f"{_LIVE} ORDER BY number DESC LIMIT 1").fetchone()
    return _edit(row) if row else None


def find(connection: sqlite3.Connection, edit_id: str) -> SourceEdit:
    """Return a live edit by its id or the beginning of it.

    Raises:
        UnknownIdError: No live edit has it, or several.
    """
    given = edit_id.strip().lower()
    rows = connection.execute(
        f"{_LIVE} AND substr(id, 1, ?) = ? LIMIT 2", (len(given), given)
    ).fetchall()
    if len(rows) != 1 or not given.startswith("edit-"):
        hint = "Undone ones cannot be undone. See the last one with: claimtrack sources undo"
        raise UnknownIdError(edit_id, "edit", hint)
    return _edit(rows[0])


def derived(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the cluster of every merged source, computed from the live merges alone.

    A cluster is known by the source whose name was kept: one that was merged into no other.
    """
    merges = connection.execute(
        "SELECT source_id, other_id FROM source_edit"
        " WHERE action = 'merge' AND retired_at IS NULL ORDER BY number"
    ).fetchall()
    absorbed = {other for _, other in merges}
    touched = dict.fromkeys(each for pair in merges for each in pair)
    order = sorted(touched, key=lambda each: each in absorbed)  # stable: kept ones first
    return components(order, merges)


def recorded(connection: sqlite3.Connection, edit_id: str) -> Row:
    """Return the content of an edit that is held; empty when none is."""
    rows = connection.execute(
        "SELECT action, source_id, other_id, source, text, lang, kind, ended, evidence, edited_by,"
        " edited_at FROM source_edit WHERE id = ?",
        (edit_id,),
    )
    columns = [column[0] for column in rows.description]
    row = rows.fetchone()
    return dict(zip(columns, row, strict=True)) if row else {}


def recompute(connection: sqlite3.Connection) -> None:
    """Bring `source_cluster` in step with the live merges."""
    connection.execute("DELETE FROM source_cluster")
    connection.executemany("INSERT INTO source_cluster VALUES (?, ?)", derived(connection).items())


def held(connection: sqlite3.Connection, source_id: str) -> Source:
    """Return a source as it is held, whether it was merged or not.

    Raises:
        UnknownIdError: No live source has the id.
    """
    found = load_sources(connection, [source_id]).get(source_id)
    if found is None:
        raise UnknownIdError(source_id, "source")
    return found


def merged_with(connection: sqlite3.Connection, source_id: str) -> list[str]:
    """Return the ids of the sources that are one with another, without its own."""
    found = members(connection, cluster_of(connection, source_id))
    return [each for each in found if each != source_id]


def _against(
    connection: sqlite3.Connection, left: Sequence[str], right: Sequence[str]
) -> str | None:
    """Return the split that keeps two groups of sources apart, or None."""
    row = connection.execute(
        "SELECT id FROM source_edit WHERE action = 'split' AND retired_at IS NULL AND ("
        " (source_id IN (SELECT value FROM json_each(?1))"
        "  AND other_id IN (SELECT value FROM json_each(?2)))"
        " OR (source_id IN (SELECT value FROM json_each(?2))"
        "  AND other_id IN (SELECT value FROM json_each(?1)))) ORDER BY number LIMIT 1",
        (many(left), many(right)),
    ).fetchone()
    return str(row[0]) if row else None


def _merges_of(connection: sqlite3.Connection, source_id: str) -> list[str]:
    rows = connection.execute(
        "SELECT id FROM source_edit WHERE action = 'merge' AND retired_at IS NULL"
        " AND ?1 IN (source_id, other_id) ORDER BY number",
        (source_id,),
    )
    return [row[0] for row in rows]


def _refuse_if_needed(connection: sqlite3.Connection, edit: SourceEdit) -> None:
    """Refuse to undo what later edits rest on: a source that has been merged or named since."""
    if edit.action is not EditAction.ADD:
        return
    row = connection.execute(
        "SELECT id FROM source_edit WHERE retired_at IS NULL AND id <> ?1"
        " AND ?2 IN (source_id, other_id) ORDER BY number DESC LIMIT 1",
        (edit.id, edit.source_id),
    ).fetchone()
    if row:
        raise DependedOnError(edit.id, row[0])


def _resume(connection: sqlite3.Connection, merge_id: str) -> None:
    """Let a merge hold again that a split had ended, unless something else speaks against it."""
    pair = connection.execute(
        "SELECT source_id, other_id FROM source_edit WHERE id = ?", (merge_id,)
    ).fetchone()
    groups = [members(connection, cluster_of(connection, each)) for each in pair]
    if against := _against(connection, *groups):
        raise BlockedJudgementError(f"{merge_id} cannot hold again", against)
    connection.execute("UPDATE source_edit SET retired_at = NULL WHERE id = ?", (merge_id,))


def _retire(connection: sqlite3.Connection, ids: Iterable[str], at: str) -> None:
    connection.execute(
        "UPDATE source_edit SET retired_at = ? WHERE id IN (SELECT value FROM json_each(?))",
        (at, many(ids)),
    )


def _record(  # noqa: PLR0913 (one row: what, to which, by whom)
    connection: sqlite3.Connection,
    action: EditAction,
    source: Source,
    by: log.By,
    *,
    other: str = "",
    name: SourceName | None = None,
    why: str = "",
    ended: tuple[str, ...] = (),
) -> str:
    if not by.user:
        raise DatabaseError("An edit of sources needs a user. Give --user.")
    content: Row = {
        "action": action.value,
        "source_id": source.id,
        "other_id": other or None,
        "source": canonical_json(source.model_dump(mode="json")),
        "text": name.text if name else None,
        "lang": name.lang if name else None,
        "kind": name.kind.value if name else None,
        "ended": json.dumps(ended),
        "evidence": why,
        "edited_by": by.user,
        "edited_at": instant(by.at),
    }
    return _put(connection, content, by)


def _put(connection: sqlite3.Connection, content: Row, by: log.By) -> str:
    made = content_id("edit", dict(content))
    put(connection, "source_edit", {"id": made, **content}, {})
    log.append(connection, f"sources {content['action']}", made, dict(content), by)
    return made


def restore(connection: sqlite3.Connection, content: Row, by: log.By) -> str | None:
    """Record an edit that another database holds, by whom it was made then.

    Args:
        connection: Within a transaction.
        content: The edit's columns, as `recorded` returns them.
        by: Who brings it here, and when.

    Returns:
        The edit's id; None where it is held, be it live or undone, or contradicts a live one.
    """
    made = content_id("edit", dict(content))
    if connection.execute("SELECT 1 FROM source_edit WHERE id = ?", (made,)).fetchone():
        return None
    left, right = str(content["source_id"]), str(content["other_id"])
    clusters = cluster_of(connection, left), cluster_of(connection, right)
    if content["action"] == EditAction.MERGE.value:
        if _against(connection, *(members(connection, each) for each in clusters)):
            return None
    elif content["action"] == EditAction.SPLIT.value and clusters[0] == clusters[1]:
        return None
    _put(connection, content, by)
    recompute(connection)
    return made


def _edit(row: tuple[str, ...]) -> SourceEdit:
    text, lang, kind = row[5:8]
    return SourceEdit(
        id=row[0],
        action=EditAction(row[1]),
        source_id=row[2],
        other_id=row[3] or "",
        source=Source.model_validate_json(row[4]),
        name=SourceName(text=text, lang=lang, kind=NameKind(kind)) if text else None,
        ended=tuple(json.loads(row[8])),
        evidence=row[9],
        by=row[10],
        at=row[11],
    )
