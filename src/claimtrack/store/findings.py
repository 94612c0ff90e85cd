"""Rows of what was found in a text: attributions, their claims and relays, the outlet's voice."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from claimtrack.errors import IntegrityError
from claimtrack.model.attribution import Attribution
from claimtrack.model.document import DocumentVersion
from claimtrack.model.span import Quote, Span, hull, ordered
from claimtrack.model.vocabulary import Kind, RelayKind
from claimtrack.store import index
from claimtrack.store.content import (
    ROLES,
    attribution_id,
    claim_id,
    narration_id,
    quoted,
    relay_id,
    wording_digest,
    words_of,
)
from claimtrack.store.rows import Row, insert, many
from claimtrack.store.words import indexed

_LONGEST_EVIDENCE = 200  # code points
_SPAN = ("attribution_id", "role", "ord", *Quote._fields)


class Origin(NamedTuple):
    """What all rows of one reading of a text share.

    Attributes:
        version: The text.
        run_id: What found them.
        at: When they are recorded, as stored.
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
    new = [(row_id, each) for row_id, each in found.rows.items() if row_id in places]
    _check_sources(connection, [each for _, each in new])
    first = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM attribution").fetchone()[0]
    rows = [
        {"number": number, **_row(origin, found, (row_id, each), places[row_id])}
        for number, (row_id, each) in enumerate(new, first)
    ]
    insert(connection, "attribution", rows)
    text = origin.version.text
    spans = [row for row_id, each in new for row in _span_rows(text, row_id, each)]
    insert(connection, "attribution_span", spans)
    _put_claims(connection, origin, new)
    _index(connection, text, first, new)


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
        child, parent = found.ids[told.via], found.ids[told.key]
        kind = RelayKind.QUOTES if told.kind is Kind.DIRECT else RelayKind.RELAYS
        row_id = relay_id(child, parent, kind)
        rows[row_id] = {
            "id": row_id,
            "child_id": child,
            "parent_id": parent,
            "kind": kind.value,
            "evidence": _evidence(origin.version.text, by_key[told.via], told),
            **origin.recorded(),
        }
    return rows


def narration_rows(origin: Origin, spans: Sequence[Span]) -> dict[str, Row]:
    """Return the stretches that the outlet says on its own account, by id.

    Raises:
        IntegrityError: One does not lie in the text.
    """
    version = origin.version
    rows: dict[str, Row] = {}
    for span in spans:
        row_id = narration_id(version.id, span)
        place = quoted(version.text, span, f"{version.id} narrator")._asdict()
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


def _check_sources(connection: sqlite3.Connection, attributions: Sequence[Attribution]) -> None:
    wanted = many(each.source_id for each in attributions if each.source_id is not None)
    rows = connection.execute(
        "SELECT id FROM source WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    held = {None, *(row[0] for row in rows)}
    for each in attributions:
        if each.source_id not in held:
            raise IntegrityError(f"attribution {each.key}: its source {each.source_id} is not held")


def _row(
    origin: Origin, found: Identified, identified: tuple[str, Attribution], place: Place
) -> Row:
    row_id, each = identified
    return {
        "id": row_id,
        "version_id": origin.version.id,
        **place._asdict(),
        "kind": each.kind.value,
        "channel": each.channel.value,
        "stance": each.stance.value,
        "assertion": each.assertion.value,
        "modality": each.modality.value,
        "source_type": each.source_type.value,
        "source_name": each.source_name,
        "source_id": each.source_id,
        "confidence": each.confidence,
        "cue_unknown": each.cue_unknown,
        "pattern": each.pattern,
        "responds_to_id": answered(found, each),
        **origin.recorded(),
    }


def _span_rows(text: str, row_id: str, each: Attribution) -> list[Row]:
    return [
        dict(
            zip(_SPAN, (row_id, role, place, *quoted(text, span, f"{row_id} {role}")), strict=True)
        )
        for role in ROLES
        for place, span in enumerate(getattr(each, role))
    ]


def _put_claims(
    connection: sqlite3.Connection, origin: Origin, new: Sequence[tuple[str, Attribution]]
) -> None:
    version = origin.version
    claims = [
        (claim_id(row_id), row_id, words_of(version.text, each.content)) for row_id, each in new
    ]
    insert(
        connection,
        "claim",
        [
            {"id": claim, "attribution_id": row_id, "recorded_at": origin.at}
            for claim, row_id, _ in claims
        ],
    )
    insert(
        connection,
        "claim_text",
        [
            {
                "claim_id": claim,
                "lang": version.lang,
                "text": text,
                "wording": wording_digest(version.lang, text),
            }
            for claim, _, text in claims
        ],
    )
    rows = [{"claim_id": claim, "cluster_id": claim} for claim, _, _ in claims]
    insert(connection, "claim_cluster", rows)


def _evidence(text: str, teller: Attribution, told: Attribution) -> str:
    """Return the words that say that one reports the other: who and how, twice."""
    spans = teller.source + teller.cue + told.source + told.cue
    if not spans:
        return ""
    stretch = hull(spans)
    if stretch.end - stretch.start <= _LONGEST_EVIDENCE:
        return stretch.of(text)
    return words_of(text, ordered(set(spans)))


def _index(
    connection: sqlite3.Connection, text: str, first: int, new: Sequence[tuple[str, Attribution]]
) -> None:
    rows: list[Row] = [
        {
            "rowid": number,
            "source": indexed(words_of(text, each.source + each.antecedent)),
            "cue": indexed(words_of(text, each.cue)),
            "content": indexed(words_of(text, each.content)),
        }
        for number, (_, each) in enumerate(new, first)
    ]
    index.put(connection, "attribution_fts", rows)
