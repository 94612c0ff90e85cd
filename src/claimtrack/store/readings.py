"""What one new reading of a text made of it, so that it can be taken back as one step."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from claimtrack.store.rows import insert

KIND = "reading"
"""What stands for a reading among the rows of a retraction; its text and instant are the id."""

Gone = tuple[str, str, str | None]
"""A table, a row's id, and since when it was retired where it is brought back; None else."""


class Reading(NamedTuple):
    """One new reading of a text.

    Attributes:
        at: When, in UTC, as stored.
        run_id: The run that read.
        previous_id: The run that found what there was before it, if any.
    """

    version_id: str
    at: str
    run_id: str
    previous_id: str | None

    @property
    def id(self) -> str:
        """What names it among the rows of a retraction."""
        return f"{self.version_id} {self.at}"


_UNDONE = """
EXISTS (SELECT 1 FROM retraction_row t JOIN retraction n ON n.number = t.retraction_number
    WHERE t.kind = 'reading' AND t.row_id = r.version_id || ' ' || r.recorded_at
    AND n.retired_at IS NULL)"""
_HOLDING = f"""
SELECT r.version_id, r.recorded_at, r.run_id, r.previous_id FROM reading r
WHERE r.version_id = ? AND NOT {_UNDONE}
ORDER BY rtrim(r.recorded_at, 'Z') DESC"""  # noqa: S608 (our own words)
_FOUND_BY = """
SELECT run_id FROM attribution WHERE version_id = ?1 AND retired_at IS NULL
    AND pattern NOT IN ('own_voice', 'by_hand')
UNION ALL SELECT run_id FROM narration WHERE version_id = ?1 AND retired_at IS NULL
LIMIT 1"""

_CHANGED = """
SELECT row_id, change FROM reextraction WHERE version_id = ? AND recorded_at = ? ORDER BY number"""
_BEFORE = """
SELECT change FROM reextraction WHERE row_id = ? AND rtrim(recorded_at, 'Z') < rtrim(?, 'Z')
ORDER BY number DESC LIMIT 1"""

_FOUND = "t.version_id = ?1 AND t.pattern NOT IN ('own_voice', 'by_hand')"
_AGAIN = """
SELECT 1 FROM retraction_row t JOIN retraction n ON n.number = t.retraction_number
WHERE t.row_id = ? AND n.retired_at IS NULL AND n.recorded_at = ?
    AND (n.subject LIKE 'run-%' OR n.subject LIKE 'entry-%')"""
_OF_TEXT = {
    "attribution": f"SELECT t.id, t.id, t.retired_at FROM attribution t WHERE {_FOUND}",  # noqa: S608
    "claim": f"""
SELECT k.id, t.id, k.retired_at FROM attribution t JOIN claim k ON k.attribution_id = t.id
WHERE {_FOUND}""",  # noqa: S608 (our own words)
    "narration": "SELECT t.id, t.id, t.retired_at FROM narration t WHERE t.version_id = ?1",
    "relay": """
SELECT t.id, t.id, t.retired_at FROM attribution child JOIN relay t ON t.child_id = child.id
JOIN attribution parent ON parent.id = t.parent_id
WHERE child.version_id = ?1 AND parent.version_id = ?1 AND NOT EXISTS (
    SELECT 1 FROM live_correction c WHERE c.row_id = t.id AND c.change = 'made')""",
}
"""The rows of a text that machines found: id, that of its report or itself, when it was retired."""

_PLACES = """
SELECT a.id, a.ord, a.key, (SELECT min(s.start) FROM attribution_span s
    WHERE s.attribution_id = a.id AND s.role = coalesce((
        SELECT 'cue' FROM attribution_span c
        WHERE c.attribution_id = a.id AND c.role = 'cue' LIMIT 1), 'content')) AS start
FROM attribution a WHERE a.version_id = ? AND a.retired_at IS NULL AND a.pattern <> 'own_voice'
ORDER BY start, a.ord, a.id"""


def found_by(connection: sqlite3.Connection, version_id: str) -> str | None:
    """Return the run that read a text last; None where nothing tells."""
    reading = latest(connection, version_id)
    if reading:
        return reading.run_id
    row = connection.execute(_FOUND_BY, (version_id,)).fetchone()
    return str(row[0]) if row else None


def note(
    connection: sqlite3.Connection,
    reading: Reading,
    answered: Iterable[tuple[str, str | None]],
) -> None:
    """Record that a text was read again, and what some reports of it answered before."""
    names = ("version_id", "recorded_at", "run_id", "previous_id")
    insert(connection, "reading", [dict(zip(names, reading, strict=True))])
    connection.executemany(
        "INSERT INTO reading_answer VALUES (?, ?, ?, ?)",
        [(*reading[:2], *each) for each in answered],
    )


def at(connection: sqlite3.Connection, version_id: str, at: str) -> Reading | None:
    """Return the reading of a text at an instant, as stored; None where none was noted."""
    row = connection.execute(
        "SELECT version_id, recorded_at, run_id, previous_id FROM reading"
        " WHERE version_id = ? AND recorded_at = ?",
        (version_id, at),
    ).fetchone()
    return Reading(*row) if row else None


def is_undone(connection: sqlite3.Connection, reading: Reading) -> bool:
    """Tell whether a reading was taken back."""
    found = connection.execute(
        f"SELECT {_UNDONE} FROM reading r WHERE version_id = ? AND recorded_at = ?",  # noqa: S608
        reading[:2],
    )
    return bool(found.fetchone()[0])


def latest(connection: sqlite3.Connection, version_id: str) -> Reading | None:
    """Return the latest reading of a text that was not taken back, if it was read again."""
    row = connection.execute(_HOLDING, (version_id,)).fetchone()
    return Reading(*row) if row else None


def by_run(connection: sqlite3.Connection, run_id: str) -> Iterator[tuple[Reading, ...]]:
    """Yield a run's latest readings of each text that another run had read before."""
    texts = connection.execute(
        "SELECT DISTINCT version_id FROM reading WHERE run_id = ? ORDER BY version_id", (run_id,)
    ).fetchall()
    for text in texts:
        chain: list[Reading] = []
        for row in connection.execute(_HOLDING, text):
            if row[2] != run_id:
                break
            chain.insert(0, Reading(*row))
        if chain and chain[0].previous_id != run_id:
            yield tuple(chain)


def rows_of(connection: sqlite3.Connection, chain: Sequence[Reading]) -> list[Gone]:
    """Return what taking readings back retires and brings back, and the readings themselves.

    Args:
        connection: A connection.
        chain: Readings of one text, each after the other, up to the latest one.
    """
    first, times = chain[0], {each.at for each in chain}
    old = dict(before(connection, first))
    changes: dict[str, str] = {}
    for reading in chain:
        for row_id, change in connection.execute(_CHANGED, (reading.version_id, reading.at)):
            changes.setdefault(row_id, change)
    found: list[Gone] = []
    for table, row_id, retired_at in _held(connection, first.version_id):
        owner = old.get((table, row_id), row_id)
        change = changes.get(owner, "")
        was_live = (table, row_id) in old and not (
            change == "returned" and _last(connection, owner, first.at) != "queued"
        )
        if retired_at is None and not was_live:
            found.append((table, row_id, None))
        elif was_live and owner in changes and _for_that(connection, row_id, retired_at, times):
            found.append((table, row_id, retired_at))
    found += [
        ("source", row_id, row[0])
        for row_id, change in changes.items()
        if change == "retired" and row_id.startswith("source-")
        for row in connection.execute("SELECT retired_at FROM source WHERE id = ?", (row_id,))
        if _for_that(connection, row_id, row[0], times)
    ]
    return [*found, *((KIND, each.id, None) for each in chain)]


def before(
    connection: sqlite3.Connection, reading: Reading
) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the rows of a text that were there before a reading: table and id, and its report's."""
    for table, query in _OF_TEXT.items():
        rows = connection.execute(
            f"{query} AND rtrim(t.recorded_at, 'Z') < rtrim(?2, 'Z')",
            (reading.version_id, reading.at),
        )
        yield from (((table, row[0]), row[1]) for row in rows)


def _held(connection: sqlite3.Connection, version_id: str) -> list[tuple[str, str, str | None]]:
    return [
        (table, row[0], row[2])
        for table, query in _OF_TEXT.items()
        for row in connection.execute(query, (version_id,))
    ]


def _for_that(
    connection: sqlite3.Connection, row_id: str, retired_at: str | None, times: Container[str]
) -> bool:
    """Tell whether readings retired a row, or the undoing of what had brought it back since."""
    if retired_at is None or retired_at in times:
        return retired_at is not None
    return connection.execute(_AGAIN, (row_id, retired_at)).fetchone() is not None


def _last(connection: sqlite3.Connection, row_id: str, at: str) -> str:
    """Return what readings before a time made of a row last; "" for nothing."""
    row = connection.execute(_BEFORE, (row_id, at)).fetchone()
    return str(row[0]) if row else ""


def settle(connection: sqlite3.Connection, ids: Iterable[str], *, back: bool) -> None:
    """Let rows of texts name the run they named before a reading, or after it; order the rows.

    Args:
        connection: Within a transaction in which their rows were retired or brought back.
        ids: The readings, as `Reading.id` names them.
        back: They are taken back; else they hold again.
    """
    for each in ids:
        version_id, _, instant = each.partition(" ")
        reading = at(connection, version_id, instant)
        if reading and reading.previous_id:
            _name(connection, reading, back=back)
        _answer(connection, version_id, instant)
        _order(connection, version_id)


def _name(connection: sqlite3.Connection, reading: Reading, *, back: bool) -> None:
    """Let what a reading found again name the run before it; or, where it holds again, its own."""
    changes = dict(connection.execute(_CHANGED, (reading.version_id, reading.at)).fetchall())
    old, new = reading.run_id, reading.previous_id
    if not back:
        old, new = new or "", old
    for (table, row_id), owner in before(connection, reading):
        change = changes.get(owner)
        if table == "claim" or change == "queued" or (change == "retired" and not back):
            continue
        connection.execute(
            f"UPDATE {table} SET run_id = ?1 WHERE id = ?2"  # noqa: S608 (our own names)
            " AND (run_id = ?3 OR ?4)",
            (new, row_id, old, not back and change == "returned"),
        )


def _answer(connection: sqlite3.Connection, version_id: str, at: str) -> None:
    """Let reports answer what they did before a reading, and note what they did after it."""
    rows = connection.execute(
        "SELECT r.other_id, a.responds_to_id, a.id FROM reading_answer r"
        " JOIN attribution a ON a.id = r.row_id WHERE r.version_id = ? AND r.recorded_at = ?",
        (version_id, at),
    ).fetchall()
    for other, now, row_id in rows:
        connection.execute(
            "UPDATE attribution SET responds_to_id = ? WHERE id = ?", (other, row_id)
        )
        connection.execute(
            "UPDATE reading_answer SET other_id = ?"
            " WHERE version_id = ? AND recorded_at = ? AND row_id = ?",
            (now, version_id, at, row_id),
        )


def _order(connection: sqlite3.Connection, version_id: str) -> None:
    """Number the live reports of a text as they stand in it; keys that are numbers, too."""
    rows = connection.execute(_PLACES, (version_id,)).fetchall()
    numbered = all(key.isdecimal() for _, _, key, _ in rows)
    used, taken = {row[2] for row in rows}, set[str]()
    free = (str(number) for number in count(1) if str(number) not in used)
    for place, (row_id, ord_, key, _) in enumerate(rows):
        own = str(place + 1) if numbered else key if key not in taken else next(free)
        taken.add(own)
        if (ord_, key) != (place, own):
            connection.execute(
                "UPDATE attribution SET ord = ?, key = ? WHERE id = ?", (place, own, row_id)
            )
