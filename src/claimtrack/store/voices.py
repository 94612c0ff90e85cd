"""Reports that an outlet makes on its own account: sentences of narration that make a claim.

They become attributions without a cue, of the pattern "own_voice", so that a claim's reports are
all of one kind; the interchange form and evaluation know nothing of them. One whose sentence is
narration no more is retired.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claimtrack.model.attribution import Attribution
from claimtrack.model.run import Run
from claimtrack.model.source import Source
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import SourceType
from claimtrack.store import log
from claimtrack.store.content import attribution_id, claim_id, instant
from claimtrack.store.findings import Identified, Origin, Place, put_attributions
from claimtrack.store.linking import OWN_VOICE
from claimtrack.store.rows import many, put_run
from claimtrack.store.sources import put_sources
from claimtrack.store.versions import version_by_id

_FIRST = 10_000
"""Where own voices stand in an article's order: behind everything that was found in it."""

_LIVE_NARRATIONS = """
FROM narration n JOIN live_version v ON v.id = n.version_id"""

_WORDS = 'substr(v.text, n.start + 1, n."end" - n.start)'

_NOT_TOLD = """
LEFT JOIN narration_linked l ON l.narration_id = n.id
WHERE n.retired_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM attribution a JOIN attribution_span s ON s.attribution_id = a.id
    WHERE a.version_id = n.version_id AND a.pattern = ?1 AND s.role = 'content'
        AND s.start = n.start AND s."end" = n."end")
ORDER BY v.number, n.start"""

_UNTOLD = f"""
SELECT n.rowid, v.number, {_WORDS}, v.lang, l.digest, l.numbers{_LIVE_NARRATIONS}{_NOT_TOLD}"""

_NARRATIONS = f"""
SELECT n.rowid, n.id, n.version_id, n.start, n."end", {_WORDS}, v.lang{_LIVE_NARRATIONS}
WHERE n.rowid IN (SELECT value FROM json_each(?)) ORDER BY v.number, n.start"""  # noqa: S608

_STALE = """
SELECT a.id FROM attribution a JOIN attribution_span s ON s.attribution_id = a.id
WHERE a.pattern = ?1 AND a.retired_at IS NULL AND s.role = 'content' AND NOT EXISTS (
    SELECT 1 FROM narration n WHERE n.version_id = a.version_id AND n.retired_at IS NULL
        AND n.start = s.start AND n."end" = s."end")
    AND NOT EXISTS (
        SELECT 1 FROM live_correction c WHERE c.row_id = a.id AND c.change = 'accepted')"""


class Untold(NamedTuple):
    """A sentence of an outlet's own that is no report yet, as far as it takes to find its like.

    Attributes:
        row: The row that it stands in, as long as the transaction lasts.
        version: The number of its version.
        digest: Of its content, if it was linked before.
        keys: What it may have in common with others, as JSON, if it was linked before.
    """

    row: int
    version: int
    text: str
    lang: str
    digest: str | None
    keys: str | None


class Narration(NamedTuple):
    """A sentence of an outlet's own that is no report yet; `row` as in `Untold`."""

    row: int
    id: str
    version_id: str
    start: int
    end: int
    text: str
    lang: str


class Voice(NamedTuple):
    """A narration to be a report, with the agency its page credits and all that belongs to."""

    narration: Narration
    agency: tuple[Source, ...] = ()
    credit: Span | None = None


def untold(connection: sqlite3.Connection) -> Iterator[Untold]:
    """Yield the sentences of outlets' own that are no reports yet, in the order of recording."""
    yield from map(Untold._make, connection.execute(_UNTOLD, (OWN_VOICE,)))


def narrations(connection: sqlite3.Connection, rows: Iterable[int]) -> Iterator[Narration]:
    """Yield some sentences by their rows, in the order of recording."""
    found = connection.execute(_NARRATIONS, (json.dumps(list(rows)),))
    yield from map(Narration._make, found)


def put_voices(
    connection: sqlite3.Connection, voices: Iterable[Voice], run: Run, by: log.By
) -> dict[str, str]:
    """Make narrations reports; return the claim of each, by the narration's id."""
    put_run(connection, run, by.at)
    made: dict[str, str] = {}
    by_version: dict[str, list[Voice]] = {}
    for voice in voices:
        by_version.setdefault(voice.narration.version_id, []).append(voice)
    for version_id, some in by_version.items():
        version = version_by_id(connection, version_id)
        put_sources(connection, [each for one in some for each in one.agency], instant(by.at))
        count = connection.execute(
            "SELECT count(*) FROM attribution WHERE version_id = ? AND pattern = ?",
            (version_id, OWN_VOICE),
        ).fetchone()[0]
        rows = {}
        places = {}
        for at, one in enumerate(some, count + 1):
            attribution = _attribution(one, f"voice-{at}")
            row_id = attribution_id(version_id, attribution)
            rows[row_id] = attribution
            places[row_id] = Place(_FIRST + at, attribution.key)
            made[one.narration.id] = claim_id(row_id)
        found = Identified(list(rows.values()), {each.key: at for at, each in rows.items()}, rows)
        put_attributions(connection, Origin(version, run.id, instant(by.at)), found, places)
    return made


def retire_stale(connection: sqlite3.Connection, at: str) -> int:
    """Retire own voices whose sentence is narration no more; return how many."""
    stale = [row[0] for row in connection.execute(_STALE, (OWN_VOICE,))]
    for table, column in (("attribution", "id"), ("claim", "attribution_id")):
        connection.execute(
            f"UPDATE {table} SET retired_at = ?"  # noqa: S608 (our own names)
            f" WHERE {column} IN (SELECT value FROM json_each(?))",
            (at, many(stale)),
        )
    return len(stale)


def _attribution(voice: Voice, key: str) -> Attribution:
    one, agency = voice.narration, next(iter(voice.agency), None)
    return Attribution(
        key=key,
        source=(voice.credit,) if agency and voice.credit else (),
        content=(Span(one.start, one.end),),
        source_id=agency.id if agency else None,
        source_name=agency.name if agency else None,
        source_type=agency.type if agency else SourceType.OTHER,
        confidence=0.5,
        pattern=OWN_VOICE,
    )
