"""Attributions as views, many at once: a handful of queries for a page, not one for each row."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimtrack.model.span import Quote, Span, hull
from claimtrack.model.vocabulary import Role
from claimtrack.store.context import context
from claimtrack.store.decisions import people
from claimtrack.store.refs import document_refs, source_refs
from claimtrack.store.rows import many
from claimtrack.store.views import AttributionView, Context, RelayView

_ROWS = """
SELECT a.id, a.cluster_id, a.key, a.version_id, a.source_id, a.kind, a.channel, a.stance,
    a.assertion, a.modality, a.source_type, a.confidence, a.responds_to_id,
    u.tool || ' ' || u.version
FROM live_attribution a JOIN run u ON u.id = a.run_id
WHERE a.id IN (SELECT value FROM json_each(?))"""

_COLUMNS = (
    *("id", "claim_id", "key", "version_id", "source_id", "kind", "channel", "stance"),
    *("assertion", "modality", "source_type", "confidence", "responds_to_id", "run"),
)
_LOADED = ("version_id", "source_id")
"""Columns that are shown as what they are the ids of."""

_SPANS = """
SELECT a.id, a.version_id, p.role, p.start, p."end"
FROM attribution a JOIN attribution_position p ON p.attribution_number = a.number
WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id, p.role, p.ord"""

# Relays of the text itself: those that reach across texts are no "via".
_VIA = """
SELECT r.parent_id, r.child_id FROM relay r
JOIN attribution child ON child.id = r.child_id
JOIN attribution parent ON parent.id = r.parent_id
WHERE r.parent_id IN (SELECT value FROM json_each(?)) AND child.version_id = parent.version_id
    AND r.retired_at IS NULL AND child.retired_at IS NULL AND parent.retired_at IS NULL
ORDER BY child.number DESC"""

_RELAYS = """
SELECT r.child_id, r.parent_id, r.kind, r.evidence FROM live_relay r
WHERE r.child_id IN (SELECT value FROM json_each(?1))
    OR r.parent_id IN (SELECT value FROM json_each(?1))
ORDER BY r.id"""

_WORDS = """
SELECT s.attribution_id, min(s.start), max(s."end"),
    substr(v.text, min(s.start) + 1, max(s."end") - min(s.start))
FROM attribution_span s JOIN attribution a ON a.id = s.attribution_id
JOIN document_version v ON v.id = a.version_id
WHERE s.role IN ('source', 'cue', 'content')
    AND s.attribution_id IN (SELECT value FROM json_each(?))
GROUP BY s.attribution_id"""

_TEXTS = """
SELECT id, text FROM document_version WHERE id IN (SELECT value FROM json_each(?))"""


def attribution_views(
    connection: sqlite3.Connection, ids: Iterable[str], *, sentences: bool = True
) -> tuple[AttributionView, ...]:
    """Return live attributions in the order of their ids as given; those not live are left out.

    Args:
        connection: A connection.
        ids: Their ids.
        sentences: Whether each is shown in its whole sentences; else from its first word to its
            last.
    """
    wanted = list(dict.fromkeys(ids))
    rows = {row[0]: row for row in connection.execute(_ROWS, (many(wanted),))}
    versions = many({row[3] for row in rows.values()})
    texts = dict(connection.execute(_TEXTS, (versions,)).fetchall())
    quotes = _quotes(connection, rows, texts)
    documents = document_refs(connection, (row[3] for row in rows.values()))
    sources = source_refs(connection, (row[4] for row in rows.values() if row[4]))
    looked = people(connection, rows)
    vias = dict(connection.execute(_VIA, (many(rows),)).fetchall())
    shown = _context if sentences else _spoken
    contexts = {each: shown(texts[row[3]], quotes[each]) for each, row in rows.items()}
    return tuple(
        _view(
            rows[each],
            quotes=quotes[each],
            document=documents[rows[each][3]],
            source=sources.get(rows[each][4]),
            context=contexts[each],
            via_id=vias.get(each),
            reviewed=looked.get(each),
        )
        for each in wanted
        if each in rows
    )


def relay_views(connection: sqlite3.Connection, ids: Iterable[str]) -> tuple[RelayView, ...]:
    """Return the live relays that any of the attributions has a part in, by relay id."""
    return tuple(relay_view(row) for row in connection.execute(_RELAYS, (many(ids),)))


def relay_view(row: Sequence[str]) -> RelayView:
    """Return a relay from its columns child_id, parent_id, kind and evidence."""
    child, parent, kind, evidence = row
    return RelayView.model_validate(
        {"child_id": child, "parent_id": parent, "kind": kind, "evidence": evidence}
    )


def spoken(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Context]:
    """Return the text from the first word of some attributions to the last, by id."""
    return {
        row_id: Context(start=start, end=end, text=text)
        for row_id, start, end, text in connection.execute(_WORDS, (many(ids),))
    }


def _quotes(
    connection: sqlite3.Connection, ids: Iterable[str], texts: Mapping[str, str]
) -> dict[str, dict[str, tuple[Quote, ...]]]:
    found: dict[str, dict[str, tuple[Quote, ...]]] = defaultdict(dict)
    for attribution_id, version, role, start, end in connection.execute(_SPANS, (many(ids),)):
        roles = found[attribution_id]
        roles[role] = (*roles.get(role, ()), Quote.of(texts[version], start, end))
    return found


def _hull(quotes: Mapping[str, tuple[Quote, ...]]) -> Span:
    cue, source = quotes.get(Role.CUE.value, ()), quotes.get(Role.SOURCE.value, ())
    return hull((*source, *cue, *quotes[Role.CONTENT.value]))


def _context(text: str, quotes: Mapping[str, tuple[Quote, ...]]) -> Context:
    cue, shown = quotes.get(Role.CUE.value, ()), _hull(quotes)
    anchor = hull(cue) if cue else Span(shown.start, shown.start)
    return context(text, anchor, shown)


def _spoken(text: str, quotes: Mapping[str, tuple[Quote, ...]]) -> Context:
    shown = _hull(quotes)
    return Context(start=shown.start, end=shown.end, text=text[shown.start : shown.end])


def _view(row: Sequence[Any], **loaded: Any) -> AttributionView:
    # validation makes members of words, faster than calling the vocabularies
    named = {name: value for name, value in zip(_COLUMNS, row, strict=True) if name not in _LOADED}
    return AttributionView.model_validate({**named, **loaded})
