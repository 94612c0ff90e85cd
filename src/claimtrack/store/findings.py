"""Rows of what was found in a text: attributions, their claims and relays, the outlet's voice."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from claimtrack.errors import IntegrityError
from claimtrack.model.attribution import Attribution
from claimtrack.model.document import DocumentVersion
from claimtrack.model.span import Span, Spans, hull, ordered
from claimtrack.model.vocabulary import Kind, RelayKind
from claimtrack.store import index
from claimtrack.store.content import (
    ROLES,
    attribution_id,
    claim_id,
    narration_id,
    placed,
    relay_id,
    wording_digest,
    words_of,
)
from claimtrack.store.rows import Row, Values, insert_values, many

_LONGEST_EVIDENCE = 200  # code points
ATTRIBUTION = (
    *("number", "id", "version_id", "ord", "key", "kind", "channel", "stance", "assertion"),
    *("modality", "source_type", "source_name", "source_id", "confidence", "cue_unknown"),
    *("pattern", "responds_to_id", "run_id", "recorded_at"),
)
"""The columns of an attribution, its number first and last when it was recorded."""

_SPAN = ("attribution_number", "role", "ord", *Span._fields)
_CLAIM = ("id", "attribution_id", "recorded_at")
_TEXT = ("claim_id", "lang", "text", "wording")
_CLUSTER = ("claim_id", "cluster_id")


class Origin(NamedTuple):
    """What all rows of one reading of a text share.

    Attributes:
        version: The text.
        run_id: What found them.
        at: When they are recorded, as stored; empty where that is not known yet.
    """

    version: DocumentVersion
    run_id: str
    at: str

    def recorded(self) -> Row:
        """Return the columns that say how a row came to be."""
        return {"run_id": self.run_id, "recorded_at": self.at}


class Identified(NamedTuple):
    """The attributions of a text under their ids.

    Two that differ in nothing but their via or key are one attribution, reached by two ways.

    Attributes:
        all: Each of them, in reading order.
        ids: The id of each, by key.
        rows: Each that is a row, by id, in reading order.
    """

    all: Sequence[Attribution]
    ids: Mapping[str, str]
    rows: Mapping[str, Attribution]


class Place(NamedTuple):
    """Where an attribution stands in its text: its order, and its number in the article."""

    ord: int
    key: str


def identify(version_id: str, attributions: Sequence[Attribution]) -> Identified:
    """Return the attributions found in a document version with their ids.

    Raises:
        IntegrityError: Two have the same key, or a via or responds_to leads nowhere.
    """
    ids = {each.key: attribution_id(version_id, each) for each in attributions}
    if len(ids) < len(attributions):
        raise IntegrityError(f"{version_id}: two attributions have the same key")
    _check_links(version_id, attributions, ids)
    first = {ids[each.key]: each for each in reversed(attributions)}
    return Identified(attributions, ids, dict(reversed(first.items())))


def in_order(found: Identified) -> dict[str, Place]:
    """Return the place of each row, as the reading has it."""
    return {
        row_id: Place(place, each.key) for place, (row_id, each) in enumerate(found.rows.items())
    }


class Rows(NamedTuple):
    """Attributions as rows: all columns but their numbers and when they are recorded.

    Attributes:
        sources: The ids of the sources they name, each with the key of an attribution that does.
        attributions: Columns `ATTRIBUTION` but the first and the last.
        spans: Of each of them where its words stand; columns `_SPAN` but the first.
        claims: Columns `_CLAIM` but the last.
        texts: Columns `_TEXT`.
        words: What the index holds of each.
    """

    sources: Mapping[str, str]
    attributions: Sequence[Values]
    spans: Sequence[Sequence[Values]]
    claims: Sequence[Values]
    texts: Sequence[Values]
    words: Sequence[Values]


def attribution_rows(origin: Origin, found: Identified, places: Mapping[str, Place]) -> Rows:
    """Return attributions with their spans, claims and index as rows; not their relays.

    Args:
        origin: Where they come from.
        found: All that was found.
        places: Which of the rows are wanted, and where they stand.

    Raises:
        IntegrityError: A span does not lie in the text.
    """
    from claimtrack.ingest.passages import (  # noqa: PLC0415 (only who writes needs it)
        in_own_script,
        language_of,
    )

    new = [(row_id, each) for row_id, each in found.rows.items() if row_id in places]
    version = origin.version
    lang, text = version.lang, version.text
    claims = [(claim_id(row_id), row_id, words_of(text, each.content)) for row_id, each in new]
    plain = in_own_script(text, lang)
    codes = [lang if plain else language_of(words, lang) for *_, words in claims]
    worded = [(claim, code, words) for (claim, _, words), code in zip(claims, codes, strict=True)]
    return Rows(
        {each.source_id: each.key for _, each in new if each.source_id is not None},
        [_row(origin, found, identified, places[identified[0]]) for identified in new],
        [_span_rows(text, *identified) for identified in new],
        [claim[:2] for claim in claims],
        [(claim, code, words, wording_digest(code, words)) for claim, code, words in worded],
        [index.words_of_report(text, _by_role(each)) for _, each in new],
    )


def put_rows(connection: sqlite3.Connection, rows: Rows, at: str) -> None:
    """Insert attributions with their spans, claims and index.

    Args:
        connection: Within a transaction.
        rows: They.
        at: When they are recorded, as stored.

    Raises:
        IntegrityError: A source is not held.
    """
    _check_sources(connection, rows.sources)
    first = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM attribution").fetchone()[0]
    numbered = [(number, *row, at) for number, row in enumerate(rows.attributions, first)]
    insert_values(connection, "attribution", ATTRIBUTION, numbered)
    spans = [(number, *row) for number, own in enumerate(rows.spans, first) for row in own]
    insert_values(connection, "attribution_position", _SPAN, spans)
    insert_values(connection, "claim", _CLAIM, [(*row, at) for row in rows.claims])
    insert_values(connection, "claim_text", _TEXT, rows.texts)
    insert_values(connection, "claim_cluster", _CLUSTER, [(row[0], row[0]) for row in rows.claims])
    words = ((number, *row) for number, row in enumerate(rows.words, first))
    index.put(connection, index.REPORTS, words)


def put_attributions(
    connection: sqlite3.Connection, origin: Origin, found: Identified, places: Mapping[str, Place]
) -> None:
    """Insert attributions with their spans, claims and index; not their relays.

    Args:
        connection: Within a transaction.
        origin: Where they come from.
        found: All that was found.
        places: Which of the rows to insert, and where they stand.

    Raises:
        IntegrityError: A span does not lie in the text, or a source is not held.
    """
    put_rows(connection, attribution_rows(origin, found, places), origin.at)


def answered(found: Identified, each: Attribution) -> str | None:
    """Return the id of the attribution that one answers."""
    return found.ids[each.responds_to] if each.responds_to is not None else None


def relay_rows(origin: Origin, found: Identified) -> dict[str, Row]:
    """Return the relays that the attributions' vias are, by id."""
    by_key = {each.key: each for each in found.all}
    rows: dict[str, Row] = {}
    for told in found.all:
        if told.via is None:
            continue
        row = relay_row(
            origin, (found.ids[told.via], by_key[told.via]), (found.ids[told.key], told)
        )
        rows[str(row["id"])] = row
    return rows


def relay_row(
    origin: Origin, teller: tuple[str, Attribution], told: tuple[str, Attribution]
) -> Row:
    """Return a relay of a text: its ends are the relayer and the relayed, each under its id."""
    kind = RelayKind.QUOTES if told[1].kind is Kind.DIRECT else RelayKind.RELAYS
    return {
        "id": relay_id(teller[0], told[0], kind),
        "child_id": teller[0],
        "parent_id": told[0],
        "kind": kind.value,
        "evidence": _evidence(origin.version.text, teller[1], told[1]),
        **origin.recorded(),
    }


def _evidence(text: str, teller: Attribution, told: Attribution) -> str:
    """Return the words that say that one reports the other: who and how, twice."""
    spans = teller.source + teller.cue + told.source + told.cue
    if not spans:
        return ""
    stretch = hull(spans)
    if stretch.end - stretch.start <= _LONGEST_EVIDENCE:
        return stretch.of(text)
    return words_of(text, ordered(set(spans)))


def reading_start(each: Attribution) -> int:
    """Return where an attribution stands in the order of reading: at its cue, else its content."""
    return min(span.start for span in each.cue or each.content)


def narration_rows(origin: Origin, spans: Sequence[Span]) -> dict[str, Row]:
    """Return the stretches that the outlet says on its own account, by id.

    Raises:
        IntegrityError: One does not lie in the text.
    """
    version = origin.version
    rows: dict[str, Row] = {}
    for span in spans:
        row_id = narration_id(version.id, span)
        place = placed(version.text, span, f"{version.id} narrator")._asdict()
        rows[row_id] = {"id": row_id, "version_id": version.id, **place, **origin.recorded()}
    return rows


def _check_links(
    version_id: str, attributions: Sequence[Attribution], ids: Mapping[str, str]
) -> None:
    for each in attributions:
        for name, key in (("via", each.via), ("responds_to", each.responds_to)):
            if key is not None and ids.get(key, ids[each.key]) == ids[each.key]:
                raise IntegrityError(
                    f"{version_id} attribution {each.key}: its {name} {key!r} is no other"
                    " attribution of the text"
                )


def _check_sources(connection: sqlite3.Connection, named: Mapping[str, str]) -> None:
    rows = connection.execute(
        "SELECT id FROM source WHERE id IN (SELECT value FROM json_each(?))", (many(named),)
    )
    held = {row[0] for row in rows}
    for source_id, key in named.items():
        if source_id not in held:
            raise IntegrityError(f"attribution {key}: its source {source_id} is not held")


def _row(
    origin: Origin, found: Identified, identified: tuple[str, Attribution], place: Place
) -> Values:
    row_id, each = identified
    return (
        row_id,
        origin.version.id,
        *place,
        each.kind.value,
        each.channel.value,
        each.stance.value,
        each.assertion.value,
        each.modality.value,
        each.source_type.value,
        each.source_name,
        each.source_id,
        each.confidence,
        each.cue_unknown,
        each.pattern,
        answered(found, each),
        origin.run_id,
    )


def _by_role(each: Attribution) -> dict[str, Spans]:
    return {role: getattr(each, role) for role in ROLES}


def _span_rows(text: str, row_id: str, each: Attribution) -> list[Values]:
    return [
        (role, place, *placed(text, span, f"{row_id} {role}"))
        for role in ROLES
        for place, span in enumerate(getattr(each, role))
    ]
