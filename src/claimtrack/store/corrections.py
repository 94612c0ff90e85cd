"""Recording what people decide about reports: accepted, rejected, missed, changed, split, joined.

What a machine found is never rewritten: a correction retires it and adds a person's own, whose run
is that of the tool "person". Which rows a correction accepted, retired and made is recorded with
it, so that undoing it brings back just those. A changed report stays the same claim, so what was
said of the claim holds; relays lead to and from the new report as they did to and from the old.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from claimtrack.errors import BlockedJudgementError, CorrectionError, UnknownIdError
from claimtrack.model.attribution import Attribution
from claimtrack.model.ids import content_id
from claimtrack.model.run import PERSON, Run
from claimtrack.model.vocabulary import RelayKind, Verdict
from claimtrack.store import clusters, log
from claimtrack.store.content import attribution_id, claim_id, instant, relay_id
from claimtrack.store.corrected import Action, Held, decided, held, live_in, told
from claimtrack.store.findings import (
    Identified,
    Origin,
    Place,
    put_attributions,
    reading_start,
    relay_row,
)
from claimtrack.store.rows import Row, insert, many, put, put_run
from claimtrack.store.versions import version_by_id


class Made(NamedTuple):
    """An attribution that a person makes.

    Attributes:
        attribution: It; its key, via and responds_to say nothing.
        via: The id of the attribution that relays it, in the same text.
        responds_to: The id of the attribution that it answers, in the same text.
    """

    attribution: Attribution
    via: str | None = None
    responds_to: str | None = None


class Correction(NamedTuple):
    """One decision about reports of one text.

    Attributes:
        action: What is done.
        version_id: The text.
        judged: The attributions that are accepted, or retired; none of a missed one.
        made: Those that stand in their place.
        reason: Why, in words.
    """

    action: Action
    version_id: str
    judged: tuple[str, ...] = ()
    made: tuple[Made, ...] = ()
    reason: str = ""


_TOUCHING = """
SELECT r.id, r.child_id, r.parent_id, r.kind, r.evidence, s.strength, c.version_id = p.version_id
FROM relay r JOIN attribution c ON c.id = r.child_id JOIN attribution p ON p.id = r.parent_id
LEFT JOIN relay_strength s ON s.relay_id = r.id
WHERE r.retired_at IS NULL AND (
    r.child_id IN (SELECT value FROM json_each(?1))
    OR r.parent_id IN (SELECT value FROM json_each(?1)))
ORDER BY r.id"""

_RESTING = """
SELECT id FROM live_judgement WHERE relay_id IN (SELECT value FROM json_each(?))"""


_ROWS = """
SELECT r.row_id, r.change FROM correction_row r JOIN correction c ON c.number = r.correction_number
WHERE c.id = ? ORDER BY r.change, r.row_id"""

# What was done since to what a correction made: it would hang in the air.
_LATER = """
SELECT id FROM (
    SELECT c.id, c.recorded_at AS at FROM live_correction c
    WHERE c.row_id IN (SELECT value FROM json_each(?1)) AND c.id <> ?2
    UNION ALL SELECT j.id, j.recorded_at FROM live_judgement j
    WHERE j.judged_by IS NOT NULL AND j.id NOT IN (SELECT value FROM json_each(?1))
        AND (j.left_id IN (SELECT value FROM json_each(?3))
            OR j.right_id IN (SELECT value FROM json_each(?3)))
    UNION ALL SELECT id, recorded_at FROM live_review
    WHERE claim_id IN (SELECT value FROM json_each(?3))
    UNION ALL SELECT id, recorded_at FROM live_grade
    WHERE claim_id IN (SELECT value FROM json_each(?3)))
ORDER BY at DESC LIMIT 1"""

_REVIVE_SOURCES = """
UPDATE source SET retired_at = NULL WHERE retired_at IS NOT NULL AND id IN (
    WITH RECURSIVE named(id) AS (
        SELECT source_id FROM attribution
        WHERE id IN (SELECT value FROM json_each(?)) AND source_id IS NOT NULL
        UNION SELECT r.parent_id FROM source_relation r JOIN named ON r.source_id = named.id)
    SELECT id FROM named)"""


def made_by(connection: sqlite3.Connection, row_id: str) -> tuple[str, ...]:
    """Return the ids of the attributions that a correction made."""
    rows = connection.execute(_ROWS, (row_id,))
    return tuple(
        each for each, change in rows if change == "made" and each.startswith("attribution-")
    )


def record(connection: sqlite3.Connection, correction: Correction, by: log.By) -> str:
    """Record a correction, retire and make what it says, and return its id.

    Args:
        connection: Within a transaction.
        correction: What was decided; its attributions are live and of its text.
        by: Who decided, and when.

    Raises:
        CorrectionError: What it would make is there already, or was rejected by somebody.
        IntegrityError: A span does not lie in the text, or a source is not held.
    """
    at = instant(by.at)
    change = _Changing(connection, correction, by)
    if correction.action in (Action.ACCEPT, Action.COMPLETE):
        change.rows += [(each, "accepted") for each in correction.judged]
    else:
        change.take()
    content: Row = {
        "action": correction.action.value,
        "version_id": correction.version_id,
        "reason": correction.reason,
        "corrected_by": by.user,
        "corrected_at": at,
    }
    made = id_of(content, change.rows)
    if not put(connection, "correction", {"id": made, **content}, {"recorded_at": at}):
        raise CorrectionError(f"{made} was recorded at this very instant. Do it again.")
    _note(connection, made, change.rows, by)
    return made


def restore(
    connection: sqlite3.Connection, content: Row, rows: Sequence[tuple[str, str]], by: log.By
) -> str:
    """Record a correction that another database holds, its reports and relays being there.

    Args:
        connection: Within a transaction.
        content: Its action, version_id, reason, corrected_by and corrected_at.
        rows: The rows it touched, and how.
        by: Who made it, and when; recorded as such.
    """
    made, at = id_of(content, rows), instant(by.at)
    if not put(connection, "correction", {"id": made, **content}, {"recorded_at": at}):
        return made
    gone = [each for each, change in rows if change == "retired"]
    relays = [each for each in gone if each.startswith("relay-")]
    before = _resting(connection, relays)
    _settle(connection, [each for each in gone if each.startswith("attribution-")], at)
    _settle_relays(connection, relays, at)
    clusters.rejoin(connection, before - _resting(connection, relays), (), at)
    _note(connection, made, rows, by)
    return made


def _note(
    connection: sqlite3.Connection, made: str, rows: Sequence[tuple[str, str]], by: log.By
) -> None:
    """Write down what a correction touched, and the correction in the log."""
    number, action = connection.execute(
        "SELECT number, action FROM correction WHERE id = ?", (made,)
    ).fetchone()
    touched: list[Row] = [
        {"correction_number": number, "row_id": row_id, "change": change}
        for row_id, change in dict.fromkeys(rows)
    ]
    insert(connection, "correction_row", touched)
    log.append(connection, f"correct {action}", made, recorded(connection, made), by)


def undo(connection: sqlite3.Connection, row_id: str, by: log.By) -> bool:
    """Take a correction back: what it retired is live again, what it made is not.

    Raises:
        UnknownIdError: No correction has the id.
        CorrectionError: Something that was done later rests on what it made.
    """
    found = connection.execute(
        "SELECT number, version_id, retired_at FROM correction WHERE id = ?", (row_id,)
    ).fetchone()
    if not found:
        raise UnknownIdError(row_id, "correction", "List them with: claimtrack log")
    _, version_id, retired_at = found
    if retired_at:
        return False
    rows = connection.execute(_ROWS, (row_id,)).fetchall()
    made = [each for each, change in rows if change == "made"]
    gone = [each for each, change in rows if change == "retired"]
    own = [each for each in made if each.startswith("attribution-")]
    later = connection.execute(
        _LATER, (many(made), row_id, many(claim_id(each) for each in own))
    ).fetchone()
    if later:
        raise CorrectionError(f"{later[0]} rests on what {row_id} made. Undo that one first.")
    at = instant(by.at)
    relays = [each for each, _ in rows if each.startswith("relay-")]
    before = _resting(connection, relays)
    _close_gaps(connection, version_id, own, beside=gone)
    _settle(connection, own, at)
    _settle(connection, [each for each in gone if each.startswith("attribution-")], None)
    _settle_relays(connection, [each for each in made if each.startswith("relay-")], at)
    _settle_relays(connection, [each for each in gone if each.startswith("relay-")], None)
    _answers(connection, own, gone)
    judgements = [each for each in made if each.startswith("judgement-")]
    ended = _live_judgements(connection, judgements)
    connection.execute(
        "UPDATE judgement SET retired_at = ? WHERE id IN (SELECT value FROM json_each(?))",
        (at, many(ended)),
    )
    after = _resting(connection, relays)
    clusters.rejoin(connection, (before - after) | ended, after - before, at)
    connection.execute("UPDATE correction SET retired_at = ? WHERE id = ?", (at, row_id))
    return True


def recorded(connection: sqlite3.Connection, row_id: str) -> dict[str, object]:
    """Return the content of a correction that is held, its rows included; empty for none."""
    rows = connection.execute(
        "SELECT action, version_id, reason, corrected_by, corrected_at FROM correction"
        " WHERE id = ?",
        (row_id,),
    )
    columns = [column[0] for column in rows.description]
    row = rows.fetchone()
    if not row:
        return {}
    touched = [list(each) for each in connection.execute(_ROWS, (row_id,))]
    return {**dict(zip(columns, row, strict=True)), "rows": touched}


def made_again(connection: sqlite3.Connection, row_id: str) -> str:
    """Return the id that a correction that is held should have."""
    content = recorded(connection, row_id)
    touched: list[tuple[str, str]] = [tuple(each) for each in content.pop("rows")]  # type: ignore[attr-defined]
    return id_of(content, touched)


def id_of(content: Mapping[str, object], rows: Collection[tuple[str, str]]) -> str:
    """Return the id of a correction, of which the order of rows is no part."""
    touched = sorted({(change, each) for each, change in rows})
    return content_id("correction", dict(content), [list(each) for each in touched])


class _Changing:
    """The rows of one correction on their way.

    Attributes:
        rows: Every row that was touched, and how.
    """

    def __init__(self, connection: sqlite3.Connection, correction: Correction, by: log.By) -> None:
        self._connection, self._correction, self._by = connection, correction, by
        self._at = instant(by.at)
        self._run = Run(tool=PERSON, version=by.user)
        self._old = held(connection, correction.judged)
        self._version = version_by_id(connection, correction.version_id)
        self.rows: list[tuple[str, str]] = []

    def take(self) -> None:
        """Retire what is judged and make what stands in its place."""
        old, connection = list(self._old), self._connection
        new = [
            attribution_id(self._correction.version_id, each.attribution)
            for each in self._correction.made
        ]
        if len(set(new)) < len(new):
            raise CorrectionError("Two of the reports are the same. Give different ones.")
        relays = connection.execute(_TOUCHING, (many(old),)).fetchall()
        before = _resting(connection, [each[0] for each in relays])
        if new:
            put_run(connection, self._run, self._by.at)
            self._make(new)
            self._same_claim(new[0])
        _settle(connection, old, self._at)
        self.rows += [(each, "retired") for each in old]
        _settle_relays(connection, [each[0] for each in relays], self._at)
        self.rows += [(each[0], "retired") for each in relays]
        self._carry(relays, new)
        _answers(connection, old, new)
        after = _resting(connection, [each[0] for each in relays])
        clusters.rejoin(connection, before - after, after - before, self._at)

    def _make(self, new: Sequence[str]) -> None:
        """Put in the attributions that a person makes, where they stand in the text."""
        connection = self._connection
        places = self._places(new)
        known = held(connection, new)
        for row_id, each in zip(new, self._correction.made, strict=True):
            self._refuse_held(known.get(row_id))
            place = places[row_id]
            if row_id in known:
                connection.execute(
                    "UPDATE attribution SET ord = ?, key = ?, run_id = ? WHERE id = ?",
                    (*place, self._run.id, row_id),
                )
                _settle(connection, [row_id], None)
            else:
                one = each.attribution.model_copy(
                    update={"key": place.key, "via": None, "responds_to": None}
                )
                found = Identified([one], {place.key: row_id}, {row_id: one})
                put_attributions(
                    connection,
                    Origin(self._version, self._run.id, self._at),
                    found,
                    {row_id: place},
                )
            connection.execute(
                "UPDATE attribution SET responds_to_id = ? WHERE id = ?",
                (each.responds_to, row_id),
            )
            self.rows.append((row_id, "made"))
        connection.execute(_REVIVE_SOURCES, (many(new),))

    def _refuse_held(self, known: Held | None) -> None:
        if known is None:
            return
        if known.live:
            raise CorrectionError(f"{known.id} says just this already. Nothing was done.")
        last = decided(self._connection, known.id)
        if last and last.action is not Action.ACCEPT:
            raise CorrectionError(
                f"{known.id} said just this, and {told(last)}. Undo that first: {last.id}"
            )

    def _places(self, new: Sequence[str]) -> dict[str, Place]:
        """Return where new attributions stand, making room for them; the first for the old one."""
        connection, version_id = self._connection, self._correction.version_id
        rows = connection.execute(
            "SELECT key, ord FROM attribution WHERE version_id = ? AND retired_at IS NULL",
            (version_id,),
        ).fetchall()
        keys = {row[0] for row in rows}
        free = (str(number) for number in range(1, len(keys) + len(new) + 2))
        unused = (key for key in free if key not in keys)
        places = {}
        made = list(zip(new, self._correction.made, strict=True))
        first = min(self._old.values(), key=lambda each: each.ord, default=None)
        if first and made:
            places[made[0][0]] = Place(first.ord, first.attribution.key)
            made = made[1:]
        at = first.ord if first else None
        for row_id, each in made:
            at = self._after(each.attribution) if first is None else (at or 0) + 1
            connection.execute(
                "UPDATE attribution SET ord = ord + 1 WHERE version_id = ? AND ord >= ?",
                (version_id, at),
            )
            places[row_id] = Place(at, next(unused))
        return places

    def _after(self, each: Attribution) -> int:
        """Return the place of the first report that begins behind another one."""
        others = live_in(self._connection, self._correction.version_id)
        start = reading_start(each)
        behind = [one.ord for one in others if reading_start(one.attribution) > start]
        before = [one.ord + 1 for one in others if reading_start(one.attribution) <= start]
        return min(behind, default=max(before, default=0))

    def _same_claim(self, row_id: str) -> None:
        """Say that what stands in the place of a report is the claim that the report was."""
        old = min(self._old.values(), key=lambda each: each.ord, default=None)
        if old is None or self._correction.action is Action.SPLIT:
            return
        judgement = clusters.Judgement(
            claim_id(row_id),
            claim_id(old.id),
            Verdict.POSITIVE,
            "the same report, corrected",
            None,
            None,
        )
        try:
            made = clusters.judge(self._connection, judgement, self._by)
        except BlockedJudgementError:
            return  # of an earlier correction like this one somebody said that it is another claim
        self.rows.append((made, "made"))

    def _carry(self, relays: Sequence[Sequence[str]], new: Sequence[str]) -> None:
        """Let relays lead to and from the new reports as they did to and from the old ones."""
        made = held(self._connection, new)
        for _, child, parent, kind, evidence, strength, inside in relays:
            if parent in self._old and inside:
                continue  # who relays it is told by its via
            ends = (self._instead(child, parent, made), self._instead(parent, child, made))
            if None not in ends and ends[0] != ends[1]:
                self._relay(self._led_on((str(ends[0]), str(ends[1])), kind, evidence), strength)
        for row_id, each in zip(new, self._correction.made, strict=True):
            if each.via is None:
                continue
            teller = held(self._connection, [each.via])[each.via].attribution
            origin = Origin(self._version, self._run.id, self._at)
            self._relay(relay_row(origin, (each.via, teller), (row_id, each.attribution)), None)

    def _instead(self, row_id: str, other: str, made: Mapping[str, Held]) -> str | None:
        """Return what stands in the place of a relay's end: of several, what holds the other."""
        if row_id not in self._old:
            return row_id
        far = held(self._connection, [other])[other].attribution.content
        for each, one in made.items():
            if any(span.holds(inner) for span in one.attribution.content for inner in far):
                return each
        return next(iter(made), None)

    def _led_on(self, ends: tuple[str, str], kind: str, evidence: str) -> Row:
        """Return a relay that there was, between other ends."""
        return {
            "id": relay_id(*ends, RelayKind(kind)),
            "child_id": ends[0],
            "parent_id": ends[1],
            "kind": kind,
            "evidence": evidence,
            "run_id": self._run.id,
            "recorded_at": self._at,
        }

    def _relay(self, row: Row, strength: str | None) -> None:
        row_id = str(row["id"])
        live = self._connection.execute(
            "SELECT retired_at IS NULL FROM relay WHERE id = ?", (row_id,)
        ).fetchone()
        if live and live[0]:
            return
        if live:
            _settle_relays(self._connection, [row_id], None)
        else:
            insert(self._connection, "relay", [row])
            if strength:
                insert(
                    self._connection, "relay_strength", [{"relay_id": row_id, "strength": strength}]
                )
        self.rows.append((row_id, "made"))


def _settle(connection: sqlite3.Connection, ids: Sequence[str], at: str | None) -> None:
    """Retire attributions and the claims they began as, or let them be live again."""
    for table, column in (("attribution", "id"), ("claim", "attribution_id")):
        connection.execute(
            f"UPDATE {table} SET retired_at = ?"  # noqa: S608 (our own names)
            f" WHERE {column} IN (SELECT value FROM json_each(?))",
            (at, many(ids)),
        )
    if at is None:
        connection.execute(_REVIVE_SOURCES, (many(ids),))


def _settle_relays(connection: sqlite3.Connection, ids: Sequence[str], at: str | None) -> None:
    connection.execute(
        "UPDATE relay SET retired_at = ? WHERE id IN (SELECT value FROM json_each(?))",
        (at, many(ids)),
    )


def _resting(connection: sqlite3.Connection, relays: Iterable[str]) -> set[str]:
    """Return the live judgements that rest on some relays."""
    return {row[0] for row in connection.execute(_RESTING, (many(relays),))}


def _live_judgements(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    rows = connection.execute(
        "SELECT id FROM live_judgement WHERE id IN (SELECT value FROM json_each(?))", (many(ids),)
    )
    return {row[0] for row in rows}


def _answers(connection: sqlite3.Connection, old: Sequence[str], new: Sequence[str]) -> None:
    """Let what answers one report answer what stands in its place, where that is one."""
    before = [each for each in old if each.startswith("attribution-")]
    after = [each for each in new if each.startswith("attribution-")]
    if len(before) == len(after) == 1:
        connection.execute(
            "UPDATE attribution SET responds_to_id = ? WHERE responds_to_id = ?",
            (after[0], before[0]),
        )


def _close_gaps(
    connection: sqlite3.Connection, version_id: str, made: Sequence[str], beside: Sequence[str]
) -> None:
    """Take back the room that was made for attributions; the first one took an old one's place."""
    rows = connection.execute(
        "SELECT ord FROM attribution WHERE id IN (SELECT value FROM json_each(?)) ORDER BY ord",
        (many(made),),
    ).fetchall()
    for (place,) in reversed(rows[1:] if beside else rows):
        connection.execute(
            "UPDATE attribution SET ord = ord - 1 WHERE version_id = ? AND ord > ?",
            (version_id, place),
        )
