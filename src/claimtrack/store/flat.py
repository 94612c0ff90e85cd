"""Everything in plain rows, as fast as it can be read: what exports of a whole database ask for.

`read` answers what a page asks, with checked values; a million of these would take minutes. Here
are tuples of what a row of a table or a node of a graph needs, a few texts' in memory at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Role
from claimtrack.store.context import parted, within
from claimtrack.store.decisions import people
from claimtrack.store.refs import document_refs, source_refs
from claimtrack.store.rows import many
from claimtrack.store.views import DocumentRef, SourceRef

_BATCH = 500

_COLUMNS = """
SELECT a.id, a.cluster_id, a.document_id, a.version_id, a.source_id, a.kind, a.channel, a.stance,
    a.assertion, a.modality, a.source_type, a.confidence, a.responds_to_id, a.run_id
FROM live_attribution a"""
_REPORTS = f"{_COLUMNS} ORDER BY a.id"
_OF_VERSIONS = _COLUMNS + (  # noqa: S608 (our own)
    " WHERE a.version_id IN (SELECT value FROM json_each(?)) ORDER BY a.version_id, a.ord, a.id"
)
_VERSIONS = """
SELECT v.id, v.text FROM live_version v
WHERE EXISTS (SELECT 1 FROM attribution a WHERE a.version_id = v.id) ORDER BY v.id"""

_SPANS = """
SELECT attribution_id, role, exact, start, "end" FROM attribution_span
ORDER BY attribution_id, role, ord"""
_SPANS_OF_VERSIONS = """
SELECT s.attribution_id, s.role, s.exact, s.start, s."end"
FROM attribution a JOIN attribution_span s ON s.attribution_id = a.id
WHERE a.version_id IN (SELECT value FROM json_each(?)) ORDER BY s.attribution_id, s.role, s.ord"""

# Relays of the text itself: those that reach across texts are no "via".
_VIA = """
SELECT r.parent_id, r.child_id FROM attribution parent
JOIN relay r ON r.parent_id = parent.id
JOIN attribution child ON child.id = r.child_id AND child.version_id = parent.version_id
WHERE parent.version_id IN (SELECT value FROM json_each(?))
    AND r.retired_at IS NULL AND child.retired_at IS NULL AND parent.retired_at IS NULL
ORDER BY child.number DESC"""

_RUNS = "SELECT id, tool || ' ' || version FROM run"
_LANGUAGES = "SELECT id, lang FROM document_version WHERE retired_at IS NULL"


class Report(NamedTuple):
    """An attribution's columns, and its words by role."""

    id: str
    claim: str
    document: str
    version: str
    source: str | None
    kind: str
    channel: str
    stance: str
    assertion: str
    modality: str
    source_type: str
    confidence: float
    responds_to: str | None
    run: str
    words: dict[str, str]


class InContext(NamedTuple):
    """A report with what stands around it.

    Attributes:
        content: Where its content lies, from its first word to its last.
        sentence: The whole sentences that it stands in, within reach of its cue.
        via: The report of the same text that relays it.
        reviewed_by: Who looked at it last; None where it is a machine's alone.
    """

    report: Report
    document: DocumentRef
    source: SourceRef | None
    content: Span
    sentence: str
    via: str | None
    reviewed_by: str | None


def languages(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the language of each live document version, by its id."""
    return dict(connection.execute(_LANGUAGES).fetchall())


def reports(connection: sqlite3.Connection) -> Iterator[Report]:
    """Yield every live report, by id."""
    runs = dict(connection.execute(_RUNS).fetchall())
    spans = groupby(connection.execute(_SPANS), key=itemgetter(0))
    known, words = "", dict[str, str]()
    for row in connection.execute(_REPORTS):
        while known < row[0]:  # those of retired reports are passed over
            known, some = next(spans, (_LAST, ()))
            words, _ = _gathered(some)
        yield Report._make((*row[:-1], runs[row[-1]], words if known == row[0] else {}))


def in_context(connection: sqlite3.Connection) -> Iterator[InContext]:
    """Yield every live report with its sentence, text by text (by id), as they stand in it."""
    runs = dict(connection.execute(_RUNS).fetchall())
    sources = _Sources(connection)
    waiting = connection.execute(_VERSIONS)
    while some := dict(waiting.fetchmany(_BATCH)):
        ids = many(some)
        documents = document_refs(connection, some)
        found = connection.execute(_SPANS_OF_VERSIONS, (ids,))
        spans = {each: _gathered(own) for each, own in groupby(found, key=itemgetter(0))}
        vias = dict(connection.execute(_VIA, (ids,)).fetchall())
        looked = people(connection, spans)
        rows = connection.execute(_OF_VERSIONS, (ids,))
        for version, own in groupby(rows, key=itemgetter(3)):
            sentences = parted(some[version])
            for row in own:
                words, hulls = spans[row[0]]
                report = Report._make((*row[:-1], runs[row[-1]], words))
                yield InContext(
                    report,
                    documents[version],
                    sources[report.source] if report.source else None,
                    hulls["content"],
                    _sentence(some[version], sentences, hulls),
                    vias.get(report.id),
                    looked[report.id].by if report.id in looked else None,
                )


def _gathered(spans: Iterable[tuple[Any, ...]]) -> tuple[dict[str, str], dict[str, Span]]:
    """Return the words of each role, and where these begin and end."""
    words: dict[str, str] = {}
    hulls: dict[str, Span] = {}
    for _, role, exact, start, end in spans:
        if role in words:
            known = hulls[role]
            words[role] = f"{words[role]} … {exact}"
            hulls[role] = Span(min(known.start, start), max(known.end, end))
        else:
            words[role] = exact
            hulls[role] = Span(start, end)
    return words, hulls


def _sentence(text: str, sentences: Sequence[Span], hulls: dict[str, Span]) -> str:
    own = [hulls[role] for role in _SHOWN if role in hulls]
    shown = Span(min(span.start for span in own), max(span.end for span in own))
    anchor = hulls.get(Role.CUE.value) or Span(shown.start, shown.start)
    return within(text, sentences, anchor, shown).of(text)


class _Sources(dict[str, "SourceRef | None"]):
    """Sources by id, each loaded once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __missing__(self, source_id: str) -> SourceRef | None:
        self[source_id] = source_refs(self._connection, [source_id]).get(source_id)
        return self[source_id]


_LAST = "~"  # after every id
_SHOWN = (Role.SOURCE.value, Role.CUE.value, Role.CONTENT.value)
