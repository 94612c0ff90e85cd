"""What people decided about reports, and reports as they are held: read only.

`corrections` records the decisions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from claimtrack.errors import UnknownIdError
from claimtrack.model.attribution import Attribution
from claimtrack.model.span import Span, Spans
from claimtrack.model.value import Value
from claimtrack.store.linking import OWN_VOICE
from claimtrack.store.prefixes import row_of
from claimtrack.store.rows import many

BY_HAND = "by_hand"
"""The pattern of an attribution that a person made."""


class Action(StrEnum):
    """What a correction does."""

    ACCEPT = "accept"
    REJECT = "reject"
    ADD = "add"
    CHANGE = "change"
    SPLIT = "split"
    JOIN = "join"
    COMPLETE = "complete"


class Decided(Value):
    """A correction that was recorded.

    Attributes:
        by: Who made it.
        at: When, in UTC, ISO 8601.
    """

    id: str
    action: Action
    reason: str
    by: str
    at: str


class Kept(NamedTuple):
    """A correction that holds, with what it is about.

    Attributes:
        judged: The attributions that it accepted or retired, in the text's order.
        made: Those that it made, in the text's order.
        by: Who made it.
        at: When, in UTC, ISO 8601.
    """

    id: str
    action: Action
    version_id: str
    judged: tuple[str, ...]
    made: tuple[str, ...]
    reason: str
    by: str
    at: str


class Held(NamedTuple):
    """An attribution as it is held, live or not.

    Attributes:
        ord: Its place in the text's order.
        via: The live attribution of its text that relays it.
        responds_to: The attribution that it answers.
        live: It is not retired, nor is its text.
        run: What made it: tool and version.
    """

    id: str
    version_id: str
    attribution: Attribution
    ord: int
    via: str | None
    responds_to: str | None
    live: bool
    run: str


_FIELDS = (
    *("key", "kind", "channel", "stance", "assertion", "modality", "source_type", "source_name"),
    *("source_id", "confidence", "cue_unknown", "pattern"),
)


_HELD = f"""
SELECT a.id, a.version_id, a.ord, a.responds_to_id,
    EXISTS (SELECT 1 FROM live_attribution l WHERE l.id = a.id),
    u.tool || ' ' || u.version,
    (SELECT r.child_id FROM live_relay r JOIN attribution c ON c.id = r.child_id
     WHERE r.parent_id = a.id AND c.version_id = a.version_id ORDER BY c.number LIMIT 1),
    {", ".join(f"a.{name}" for name in _FIELDS)}
FROM attribution a JOIN run u ON u.id = a.run_id
WHERE a.id IN (SELECT value FROM json_each(?))"""  # noqa: S608 (our own names)


_SPANS = """
SELECT attribution_id, role, start, "end" FROM attribution_span
WHERE attribution_id IN (SELECT value FROM json_each(?)) ORDER BY attribution_id, role, ord"""


_DECIDED = """
SELECT c.id, c.action, c.reason, c.corrected_by, c.corrected_at FROM live_correction c
WHERE c.row_id = ? ORDER BY c.number DESC LIMIT 1"""


_RELAYED = """
WITH RECURSIVE relayed(id) AS (
    SELECT value FROM json_each(?1)
    UNION SELECT r.parent_id FROM live_relay r JOIN relayed ON r.child_id = relayed.id)
SELECT 1 FROM relayed WHERE id = ?2"""


_VIA_MADE = """
SELECT r.child_id FROM correction c JOIN correction_row t ON t.correction_number = c.number
JOIN relay r ON r.id = t.row_id JOIN attribution a ON a.id = r.child_id
WHERE c.id = ? AND t.change = 'made' AND r.parent_id = ? AND a.version_id = c.version_id"""


_ANSWERED = "SELECT responds_to_id FROM attribution WHERE id = ?"


_STOOD_FOR = """
SELECT o.row_id FROM live_correction l JOIN correction_row o ON o.correction_number = l.number
WHERE l.row_id = ?1 AND l.change = 'made' AND o.change = 'retired'
    AND o.row_id LIKE 'attribution-%'
    AND l.number > (SELECT number FROM correction WHERE id = ?2)"""


_UNDECIDED = """
SELECT a.id FROM live_attribution a WHERE a.version_id = ? AND a.pattern <> ? AND NOT EXISTS (
    SELECT 1 FROM live_correction c WHERE c.row_id = a.id AND c.change IN ('accepted', 'made'))
ORDER BY a.ord, a.number"""


_TOUCHED = """
SELECT r.row_id, r.change FROM correction c
JOIN correction_row r ON r.correction_number = c.number JOIN attribution a ON a.id = r.row_id
WHERE c.id = ? ORDER BY a.ord, a.number"""


def held(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Held]:
    """Return attributions as they are held, live or not, by id; unknown ids are left out."""
    wanted = many(ids)
    spans: dict[str, dict[str, Spans]] = {}
    for row_id, role, start, end in connection.execute(_SPANS, (wanted,)):
        roles = spans.setdefault(row_id, {})
        roles[role] = (*roles.get(role, ()), Span(start, end))
    found = {}
    for row in connection.execute(_HELD, (wanted,)):
        row_id, version_id, ord_, responds_to, live, run, via, *values = row
        fields = dict(zip(_FIELDS, values, strict=True))
        attribution = Attribution.model_validate({**fields, **spans.get(row_id, {})})
        found[row_id] = Held(
            row_id, version_id, attribution, ord_, via, responds_to, bool(live), run
        )
    return found


def decided(connection: sqlite3.Connection, row_id: str) -> Decided | None:
    """Return the last live correction that accepted, retired or made an attribution, or None."""
    row = connection.execute(_DECIDED, (row_id,)).fetchone()
    if not row:
        return None
    return Decided(id=row[0], action=Action(row[1]), reason=row[2], by=row[3], at=row[4])


def find(connection: sqlite3.Connection, wanted: str) -> str:
    """Return the full id of the attribution, live or retired, that the beginning of one means.

    Raises:
        UnknownIdError: None has it.
        AmbiguousIdError: Several have.
    """
    return row_of(connection, wanted, {"attribution": "attribution"})


def live(connection: sqlite3.Connection) -> Iterator[Kept]:
    """Yield the corrections that hold, oldest first."""
    found = connection.execute(
        "SELECT id, action, version_id, reason, corrected_by, corrected_at FROM correction"
        " WHERE retired_at IS NULL ORDER BY number"
    ).fetchall()
    for row_id, action, version_id, reason, by, at in found:
        touched = connection.execute(_TOUCHED, (row_id,)).fetchall()
        judged = tuple(each for each, change in touched if change != "made")
        made = tuple(each for each, change in touched if change == "made")
        yield Kept(row_id, Action(action), version_id, judged, made, reason, by, at)


def links(connection: sqlite3.Connection, row_id: str, made: str) -> tuple[str | None, str | None]:
    """Return which attributions relay and are answered by one that a correction made, as it did."""
    via = connection.execute(_VIA_MADE, (row_id, made)).fetchone()
    answered = connection.execute(_ANSWERED, (made,)).fetchone()
    target = answered[0] if answered else None
    while target:  # what stands in its place since was not there then
        earlier = connection.execute(_STOOD_FOR, (target, row_id)).fetchone()
        if not earlier:
            break
        target = earlier[0]
    return via[0] if via else None, target


def live_in(connection: sqlite3.Connection, version_id: str) -> tuple[Held, ...]:
    """Return the live attributions of a text, in its order."""
    rows = connection.execute(
        "SELECT id FROM live_attribution WHERE version_id = ? ORDER BY ord, number", (version_id,)
    ).fetchall()
    found = held(connection, (row[0] for row in rows))
    return tuple(found[row[0]] for row in rows)


def undecided(connection: sqlite3.Connection, version_id: str) -> tuple[str, ...]:
    """Return the live attributions of a text that were found in it and nobody decided about."""
    rows = connection.execute(_UNDECIDED, (version_id, OWN_VOICE)).fetchall()
    return tuple(row[0] for row in rows)


def is_live(connection: sqlite3.Connection, version_id: str) -> bool:
    """Tell whether a text is held and not retired."""
    found = connection.execute("SELECT 1 FROM live_version WHERE id = ?", (version_id,))
    return found.fetchone() is not None


def named(connection: sqlite3.Connection, source_id: str) -> dict[str, str]:
    """Return what an attribution says of a held source, beside its id: its name and type.

    Raises:
        UnknownIdError: No source has the id.
    """
    row = connection.execute("SELECT name, type FROM source WHERE id = ?", (source_id,)).fetchone()
    if not row:
        raise UnknownIdError(source_id, "source", "Find one with: claimtrack sources search TEXT")
    return {"source_name": row[0], "source_type": row[1]}


def relays_back(connection: sqlite3.Connection, via: str, ids: Sequence[str]) -> bool:
    """Tell whether what would relay some attributions is relayed by them, however far off."""
    found = connection.execute(_RELAYED, (many(ids), via))
    return found.fetchone() is not None


def why_retired(connection: sqlite3.Connection, row_id: str) -> str:
    """Return why an attribution that nobody decided about is live no more."""
    gone = connection.execute(
        "SELECT 1 FROM attribution a JOIN reextraction x ON x.row_id = a.id"
        " WHERE a.id = ? AND x.change = 'retired' AND x.recorded_at = a.retired_at",
        (row_id,),
    ).fetchone()
    if gone:
        return "its text was read again, and it was found no more"
    return "it, or its document, was taken back (see: claimtrack log)"


def told(one: Decided) -> str:
    """Return who did what, when and why, as a part of a sentence."""
    done = {
        Action.ACCEPT: "accepted it",
        Action.REJECT: "rejected it",
        Action.ADD: "added it",
        Action.CHANGE: "changed it",
        Action.SPLIT: "split it",
        Action.JOIN: "joined it with another",
        Action.COMPLETE: "marked its text as complete",
    }[one.action]
    why = f" ({one.reason})" if one.reason else ""
    return f"{one.by} {done} at {one.at[:19]}Z{why}"
