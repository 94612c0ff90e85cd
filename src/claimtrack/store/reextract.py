"""Reading a held text again: what is found no more is retired, what is new is added.

No row is deleted, and what a row says stays. One that is found again, under the same id, names the
newest run that found it and takes its place in the new reading; one that was retired is live again.
What a person retired, no machine brings back, and what a person judged or accepted, none retires:
such a row waits in the queue until a newer run finds it again or somebody decides. What a person
made stays as it is (`claimtrack.store.settled`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from claimtrack.errors import IntegrityError
from claimtrack.model.attribution import Extraction
from claimtrack.model.document import DocumentVersion
from claimtrack.store import clusters, corrected, log, readings
from claimtrack.store.content import instant
from claimtrack.store.findings import (
    Identified,
    Origin,
    Place,
    answered,
    identify,
    in_order,
    narration_rows,
    put_attributions,
    reading_start,
    relay_row,
    relay_rows,
)
from claimtrack.store.rows import Row, insert, many, put_run
from claimtrack.store.settled import Settled, settle
from claimtrack.store.sources import put_sources, retire_unnamed
from claimtrack.store.writer import Found, check_version


class Reextracted(NamedTuple):
    """What came of the attributions of a text that was read again.

    Attributes:
        kept: Found again, under the same ids.
        added: New to the text, or back in it.
        retired: Found no more.
        queued: Found no more, but a person judged their claims or accepted them: they wait, by id.
        settled: Found, but left out, since a person decided otherwise.
    """

    kept: int
    added: int
    retired: int
    queued: tuple[str, ...]
    settled: int = 0


class _Change(StrEnum):
    """What a new reading makes of a row that there was."""

    RETIRED = "retired"
    RETURNED = "returned"
    QUEUED = "queued"


class _Held(NamedTuple):
    """A row that there is.

    Attributes:
        live: It is not retired.
        dropped: It is retired because an earlier reading found it no more, or the reading that
            found it was undone.
        queued: It waits for a person.
    """

    live: bool
    dropped: bool
    queued: bool


class _Fate(NamedTuple):
    """What becomes of the rows of a table, by id."""

    new: list[str]
    returned: list[str]
    kept: list[str]
    gone: list[str]


_STATE = """
    {0}.retired_at IS NULL,
    EXISTS (SELECT 1 FROM reextraction x WHERE x.row_id = {0}.id AND x.change = 'retired'
        AND x.recorded_at = {0}.retired_at)
    OR EXISTS (SELECT 1 FROM retraction_row t JOIN retraction n ON n.number = t.retraction_number
        WHERE t.row_id = {0}.id AND n.retired_at IS NULL AND n.recorded_at = {0}.retired_at
        AND (n.subject LIKE 'run-%' OR n.subject LIKE 'entry-%')),
    coalesce((SELECT x.change FROM reextraction x WHERE x.row_id = {0}.id
        ORDER BY x.number DESC LIMIT 1) = 'queued', 0)"""

_HELD = {
    "attribution": f"SELECT a.id, {_STATE.format('a')} FROM attribution a"  # noqa: S608
    " WHERE a.version_id = ? AND a.pattern NOT IN ('own_voice', 'by_hand')",
    "narration": f"SELECT n.id, {_STATE.format('n')} FROM narration n WHERE n.version_id = ?",  # noqa: S608
    "relay": f"""
SELECT r.id, {_STATE.format("r")} FROM attribution child
CROSS JOIN relay r ON r.child_id = child.id CROSS JOIN attribution parent ON parent.id = r.parent_id
WHERE child.version_id = ?1 AND parent.version_id = ?1 AND NOT EXISTS (
    SELECT 1 FROM live_correction c WHERE c.row_id = r.id AND c.change = 'made')""",  # noqa: S608 (our own names)
}
"""The rows of a text, and the state of each."""

_JUDGED = """
SELECT a.id FROM attribution a JOIN claim k ON k.attribution_id = a.id
WHERE a.version_id = ? AND a.retired_at IS NULL AND (
    EXISTS (SELECT 1 FROM live_judgement j
        WHERE (j.left_id = k.id OR j.right_id = k.id) AND j.judged_by IS NOT NULL)
    OR EXISTS (SELECT 1 FROM live_correction c
        WHERE c.row_id = a.id AND c.change = 'accepted'))"""

_MADE_BY_PEOPLE = """
SELECT id FROM attribution WHERE version_id = ? AND retired_at IS NULL AND pattern = 'by_hand'"""

_RELATED_BY_PEOPLE = """
SELECT c.row_id FROM live_correction c
WHERE c.version_id = ? AND c.change = 'made' AND c.row_id LIKE 'relay-%'"""

_RESTING = """
SELECT j.id FROM attribution a CROSS JOIN relay r ON r.child_id = a.id
CROSS JOIN live_judgement j ON j.relay_id = r.id
WHERE a.version_id = ?"""

_PLACES = """
SELECT a.id, a.key, (SELECT min(s.start) FROM attribution_span s
    WHERE s.attribution_id = a.id AND s.role = coalesce((
        SELECT 'cue' FROM attribution_span c
        WHERE c.attribution_id = a.id AND c.role = 'cue' LIMIT 1), 'content')) AS start
FROM attribution a WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY start, a.ord, a.id"""

_TOUCHING = """
SELECT id FROM relay WHERE child_id IN (SELECT value FROM json_each(?1))
    OR parent_id IN (SELECT value FROM json_each(?1))"""


def reextract(
    connection: sqlite3.Connection, version: DocumentVersion, found: Found, by: log.By
) -> Reextracted:
    """Bring what is held of a text in step with what a new run found in it.

    The same findings again change nothing.

    Args:
        connection: Within a transaction.
        version: A text that is held.
        found: What the new run found in it.
        by: Who has it read again, and when.

    Raises:
        IntegrityError: The text is not held or not what its ids say, a span does not lie in it, a
            key or a source leads nowhere, or two readings are recorded at one instant.
    """
    check_version(version)
    held = connection.execute("SELECT 1 FROM document_version WHERE id = ?", (version.id,))
    if not held.fetchone():
        raise IntegrityError(f"{version.id} is not held. Add it first.")
    at = instant(by.at)
    put_run(connection, found.run, by.at)
    previous = readings.found_by(connection, version.id)
    taken, before = _is_taken(connection, version.id, at), connection.total_changes
    settled = settle(connection, version.id, found)
    put_sources(connection, settled.found.sources, at)
    reading = _Reading(connection, Origin(version, found.run.id, at))
    done = reading.take(settled)
    if reading.changes or connection.total_changes > before:
        if taken:
            raise IntegrityError(f"{version.id}: was read at this very instant. Read it again.")
        insert(connection, "reextraction", reading.changes)
        known = readings.Reading(version.id, at, found.run.id, previous)
        readings.note(connection, known, reading.answered)
        content = log.reextraction(connection, version.id, at)
        log.append(connection, "reextract", version.id, content, by)
    return done


class _Reading:
    """One new reading of a text.

    Attributes:
        changes: What it made of the rows there were, for the record.
        answered: What reports answered before, where that is another one now.
    """

    def __init__(self, connection: sqlite3.Connection, origin: Origin) -> None:
        self._connection, self._origin = connection, origin
        self.changes: list[Row] = []
        self.answered: list[tuple[str, str | None]] = []

    def take(self, settled: Settled) -> Reextracted:
        """Bring attributions, relays, narration, sources and clusters in step."""
        extraction = settled.found.extraction
        before = self._ids(_RESTING, self._origin.version.id)
        identified = identify(self._origin.version.id, extraction.attributions)
        fate, queued = self._attributions(identified)
        self._relays(identified, queued, settled.tellers)
        self._narration(extraction)
        named = self._ids(
            "SELECT DISTINCT source_id FROM attribution"
            " WHERE source_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
            many(fate.gone),
        )
        unnamed = retire_unnamed(self._connection, named, self._origin.at)
        self._note(_Change.RETIRED, sorted(unnamed))
        after = self._ids(_RESTING, self._origin.version.id)
        if before != after:
            clusters.rejoin(self._connection, before - after, after - before, self._origin.at)
        added = len(fate.new) + len(fate.returned)
        return Reextracted(len(fate.kept), added, len(fate.gone), tuple(queued), settled.left_out)

    def _attributions(self, found: Identified) -> tuple[_Fate, list[str]]:
        """Return what became of the attributions, and which wait."""
        held = self._held("attribution")
        judged = self._ids(_JUDGED, self._origin.version.id)
        queued = [each for each in held if each in judged and each not in found.rows]
        fate = self._settle("attribution", held, found.rows, judged)
        self._note(_Change.QUEUED, [each for each in queued if not held[each].queued])
        self._note(_Change.RETURNED, [each for each in fate.kept if held[each].queued])
        for retired_at, ids in ((None, fate.returned), (self._origin.at, fate.gone)):
            self._connection.execute(
                "UPDATE claim SET retired_at = ?"
                " WHERE attribution_id IN (SELECT value FROM json_each(?))",
                (retired_at, many(ids)),
            )
        people = self._ids(_MADE_BY_PEOPLE, self._origin.version.id)
        waiting = [*queued, *sorted(people)]
        places = self._places(found, waiting)
        new = {row_id: places[row_id] for row_id in fate.new}
        put_attributions(self._connection, self._origin, found, new)
        for row_id, each in found.rows.items():
            if row_id not in new:
                self._place(row_id, places[row_id], answered(found, each))
        for row_id in waiting:
            self._move(row_id, places[row_id])
        return fate, queued

    def _relays(
        self, found: Identified, queued: Collection[str], tellers: Mapping[str, str]
    ) -> None:
        """Bring relays in step; those of a report that waits, wait with it.

        Args:
            found: What was found.
            queued: The ids of those that wait.
            tellers: Ids of people's reports that relay what was found, by its key.
        """
        rows = relay_rows(self._origin, found) | self._told_by_people(found, tellers)
        for row_id in self._ids(_RELATED_BY_PEOPLE, self._origin.version.id):
            rows.pop(row_id, None)
        spared = self._ids(_TOUCHING, many(queued))
        fate = self._settle("relay", self._held("relay"), rows, spared)
        insert(self._connection, "relay", [rows[each] for each in fate.new])

    def _told_by_people(self, found: Identified, tellers: Mapping[str, str]) -> dict[str, Row]:
        """Return the relays that lead from people's reports to what was found."""
        people = corrected.held(self._connection, tellers.values())
        by_key = {each.key: each for each in found.all}
        rows = {}
        for key, teller in tellers.items():
            row = relay_row(
                self._origin, (teller, people[teller].attribution), (found.ids[key], by_key[key])
            )
            rows[str(row["id"])] = row
        return rows

    def _narration(self, extraction: Extraction) -> None:
        rows = narration_rows(self._origin, extraction.narrator)
        fate = self._settle("narration", self._held("narration"), rows, ())
        insert(self._connection, "narration", [rows[each] for each in fate.new])

    def _held(self, table: str) -> dict[str, _Held]:
        rows = self._connection.execute(_HELD[table], (self._origin.version.id,))
        return {row[0]: _Held(*map(bool, row[1:])) for row in rows}

    def _ids(self, query: str, value: str) -> set[str]:
        return {row[0] for row in self._connection.execute(query, (value,))}

    def _settle(
        self,
        table: str,
        held: Mapping[str, _Held],
        found: Mapping[str, object],
        spared: Collection[str],
    ) -> _Fate:
        """Retire what is found no more and not spared, take back what was retired for that."""
        fate = _Fate(
            new=[each for each in found if each not in held],
            returned=[each for each in found if each in held and held[each].dropped],
            kept=[each for each in found if each in held and held[each].live],
            gone=[
                each
                for each, state in held.items()
                if state.live and each not in found and each not in spared
            ],
        )
        for change, ids, retired_at in (
            (_Change.RETURNED, fate.returned, None),
            (_Change.RETIRED, fate.gone, self._origin.at),
        ):
            self._note(change, ids)
            self._connection.executemany(
                f"UPDATE {table} SET retired_at = ? WHERE id = ?",  # noqa: S608 (our own names)
                [(retired_at, each) for each in ids],
            )
        run_id = self._origin.run_id
        self._connection.executemany(
            f"UPDATE {table} SET run_id = ?1 WHERE id = ?2 AND run_id <> ?1",  # noqa: S608
            [(run_id, each) for each in (*fate.kept, *fate.returned)],
        )
        return fate

    def _note(self, change: _Change, ids: Iterable[str]) -> None:
        origin = self._origin
        text: Row = {"version_id": origin.version.id, "change": change.value, **origin.recorded()}
        self.changes += [{**text, "row_id": each} for each in ids]

    def _places(self, found: Identified, queued: Collection[str]) -> dict[str, Place]:
        """Return the place of all rows in the text, those that wait among those that are found."""
        places = in_order(found)
        keys = {each.key for each in found.all}
        free = (str(number) for number in count(1) if str(number) not in keys)
        order = [(reading_start(each), row_id) for row_id, each in found.rows.items()]
        for row_id, key, start in self._connection.execute(_PLACES, (many(queued),)).fetchall():
            at = next((at for at, other in enumerate(order) if other[0] > start), len(order))
            order.insert(at, (start, row_id))
            places[row_id] = Place(0, next(free) if key in keys else key)
            keys.add(places[row_id].key)
        return {row_id: Place(ord_, places[row_id].key) for ord_, (_, row_id) in enumerate(order)}

    def _place(self, row_id: str, place: Place, answers: str | None) -> None:
        changed = (
            self._connection.execute(
                "SELECT responds_to_id FROM attribution WHERE id = ?2 AND responds_to_id IS NOT ?1",
                (answers, row_id),
            )
        ).fetchone()
        if changed:
            self._connection.execute(
                "UPDATE attribution SET responds_to_id = ? WHERE id = ?", (answers, row_id)
            )
            self.answered.append((row_id, changed[0]))
        self._move(row_id, place)

    def _move(self, row_id: str, place: Place) -> None:
        self._connection.execute(
            "UPDATE attribution SET ord = ?1, key = ?2 WHERE id = ?3 AND (ord <> ?1 OR key <> ?2)",
            (*place, row_id),
        )


def _is_taken(connection: sqlite3.Connection, version_id: str, at: str) -> bool:
    """Tell whether anything of a text was recorded at an instant: by it, entries are told apart."""
    found = connection.execute(
        "SELECT 1 FROM document_version WHERE id = ?1 AND recorded_at = ?2"
        " UNION ALL SELECT 1 FROM attribution WHERE version_id = ?1 AND recorded_at = ?2"
        " UNION ALL SELECT 1 FROM narration WHERE version_id = ?1 AND recorded_at = ?2"
        " UNION ALL SELECT 1 FROM reextraction WHERE version_id = ?1 AND recorded_at = ?2",
        (version_id, at),
    )
    return found.fetchone() is not None
