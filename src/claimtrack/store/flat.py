"""Everything in plain rows, as fast as it can be read: what exports of a whole database ask for.

`read` answers what a page asks, with checked values; a million of these would take minutes. Here
are tuples of what a row of a table or a node of a graph needs, a few texts' in memory at a time.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from claimtrack.model.span import Quote, Span
from claimtrack.model.vocabulary import Assertion, Role, Stance
from claimtrack.store.context import within
from claimtrack.store.decisions import everybody
from claimtrack.store.refs import document_refs, source_refs
from claimtrack.store.rows import many
from claimtrack.store.views import DocumentRef, SourceRef
from claimtrack.text.sentences import sentences

_BATCH = 500

_COLUMNS = """
SELECT a.id, a.cluster_id, a.version_id, a.source_id, a.source_type, a.responds_to_id, a.run_id,
    a.kind, a.channel, a.stance, a.assertion, a.modality, a.confidence
FROM live_attribution a"""
_OF_VERSIONS = _COLUMNS + (  # noqa: S608 (our own)
    " WHERE a.version_id IN (SELECT value FROM json_each(?)) ORDER BY a.version_id, a.ord, a.id"
)
_VERSIONS = """
SELECT v.id, v.text FROM live_version v
WHERE EXISTS (SELECT 1 FROM attribution a WHERE a.version_id = v.id) ORDER BY v.id"""

_SPANS_OF_VERSIONS = """
SELECT s.attribution_id, s.role, s.exact, s.start, s."end"
FROM attribution a JOIN attribution_span s ON s.attribution_id = a.id
WHERE a.version_id IN (SELECT value FROM json_each(?))
ORDER BY a.version_id, a.ord, a.number, s.role, s.ord"""

_CONTENTS = """
SELECT s.attribution_id, s.start, s."end", s.exact, s.prefix, s.suffix
FROM attribution a JOIN attribution_span s ON s.attribution_id = a.id AND s.role = 'content'
WHERE a.version_id = ? ORDER BY s.attribution_id, s.ord"""

# Relays of the text itself: those that reach across texts are no "via".
_VIA = """
SELECT r.parent_id, r.child_id FROM attribution parent
JOIN relay r ON r.parent_id = parent.id
JOIN attribution child ON child.id = r.child_id AND child.version_id = parent.version_id
WHERE parent.version_id IN (SELECT value FROM json_each(?))
    AND r.retired_at IS NULL AND child.retired_at IS NULL AND parent.retired_at IS NULL
ORDER BY child.number DESC"""

_RUNS = "SELECT id, tool || ' ' || version FROM run"


class Report(NamedTuple):
    """An attribution's columns, and its words by role."""

    id: str
    claim: str
    version: str
    source: str | None
    source_type: str
    responds_to: str | None
    run: str
    kind: str
    channel: str
    stance: str
    assertion: str
    modality: str
    confidence: float
    words: dict[str, str]


class Placed(NamedTuple):
    """A report with its document, and its source, if it has one; of merged ones, the one kept."""

    report: Report
    document: DocumentRef
    source: SourceRef | None

    @property
    def disputes(self) -> bool:
        """Whether it speaks against its claim."""
        report = self.report
        return report.assertion == _DENY or report.stance == _DISPUTING


class InContext(NamedTuple):
    """A report with what stands around it: all that a row of a table tells.

    Attributes:
        source: As of `Placed`.
        source_words: Empty where there are none, as is `cue`.
        sentence: The whole sentences that it stands in, within reach of its cue.
        start: Where its content begins, in code points of the text.
        end: Where its content ends.
        via: The report of the same text that relays it.
        reviewed_by: Who looked at it last; None where it is a machine's alone.
    """

    id: str
    claim: str
    document: DocumentRef
    source: SourceRef | None
    source_type: str
    source_words: str
    cue: str
    content: str
    sentence: str
    start: int
    end: int
    kind: str
    channel: str
    stance: str
    assertion: str
    modality: str
    confidence: float
    via: str | None
    responds_to: str | None
    run: str
    reviewed_by: str | None


def placed(connection: sqlite3.Connection) -> Iterator[Placed]:
    """Yield every live report, text by text (by id), as they stand in it."""
    sources = _Sources(connection)
    for batch in _batches(connection):
        stretches = _stretches(connection, batch.ids)
        for row in connection.execute(_OF_VERSIONS, (batch.ids,)):
            words = {role: stretch[2] for role, stretch in stretches[row[0]].items()}
            report = Report._make((*row[:6], batch.runs[row[6]], *row[7:], words))
            source = sources[report.source] if report.source else None
            yield Placed(report, batch.documents[report.version], source)


def by_text(connection: sqlite3.Connection) -> Iterator[tuple[str, list[Placed]]]:
    """Yield each document version that has live reports, by id, and these."""
    for version, own in groupby(placed(connection), key=lambda one: one.report.version):
        yield version, list(own)


def contents(connection: sqlite3.Connection, version: str) -> dict[str, list[Quote]]:
    """Return the stretches of the content of each report of a text, by the report's id."""
    found: defaultdict[str, list[Quote]] = defaultdict(list)
    for report, *quote in connection.execute(_CONTENTS, (version,)):
        found[report].append(Quote._make(quote))
    return found


def in_context(connection: sqlite3.Connection) -> Iterator[InContext]:
    """Yield every live report with its sentence, as `placed`."""
    sources, looked = _Sources(connection), everybody(connection)
    for batch in _batches(connection):
        vias = dict(connection.execute(_VIA, (batch.ids,)).fetchall())
        stretches = _stretches(connection, batch.ids)
        last, text, parts = "", "", list[Span]()
        for row in connection.execute(_OF_VERSIONS, (batch.ids,)):
            report, claim, version, source, source_type, responds_to, run, *how = row
            if version != last:
                last, text = version, batch.texts[version]
                parts = sentences(text)
            own = stretches[report]
            _, _, content, start, end = own[_CONTENT]
            yield InContext._make(
                (
                    *(report, claim, batch.documents[version]),
                    sources[source] if source else None,
                    source_type,
                    own[_SOURCE][2] if _SOURCE in own else "",
                    own[_CUE][2] if _CUE in own else "",
                    *(content, _sentence(text, parts, own), start, end),
                    *how,
                    *(vias.get(report), responds_to, batch.runs[run], looked.get(report)),
                )
            )


_Stretch = tuple[str, str, str, int, int]
"""A report and a role, its words, where the first of them begin and the last ones end."""


class _Batch(NamedTuple):
    """Some texts, by version: their ids as SQL takes them, their words, what names them."""

    ids: str
    texts: dict[str, str]
    documents: dict[str, DocumentRef]
    runs: dict[str, str]


def _batches(connection: sqlite3.Connection) -> Iterator[_Batch]:
    runs = dict(connection.execute(_RUNS).fetchall())
    waiting = connection.execute(_VERSIONS)
    while some := dict(waiting.fetchmany(_BATCH)):
        yield _Batch(many(some), some, document_refs(connection, some), runs)


def _stretches(connection: sqlite3.Connection, ids: str) -> dict[str, dict[str, _Stretch]]:
    """Return the words of each role of each report: rows as they come, but of several spans one."""
    found: dict[str, dict[str, _Stretch]] = {}
    last, own = "", dict[str, _Stretch]()
    for row in connection.execute(_SPANS_OF_VERSIONS, (ids,)):
        report, role, exact, start, end = row
        if report != last:
            last = report
            found[report] = own = {}
        if role in own:
            _, _, words, low, high = own[role]
            own[role] = report, role, f"{words} … {exact}", min(low, start), max(high, end)
        else:
            own[role] = row
    return found


def _sentence(text: str, parts: Sequence[Span], stretches: dict[str, _Stretch]) -> str:
    _, _, _, low, high = stretches[_CONTENT]
    if _SOURCE in stretches:
        _, _, _, start, end = stretches[_SOURCE]
        low, high = start if start < low else low, end if end > high else high
    if _CUE in stretches:
        _, _, _, start, end = stretches[_CUE]
        low, high = start if start < low else low, end if end > high else high
        anchor = start, end
    else:
        anchor = low, low
    start, end = within(text, parts, anchor, (low, high))
    return text[start:end]


class _Sources(dict[str, "SourceRef | None"]):
    """Sources by id, each loaded once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __missing__(self, source_id: str) -> SourceRef | None:
        self[source_id] = source_refs(self._connection, [source_id]).get(source_id)
        return self[source_id]


_SOURCE, _CUE, _CONTENT = Role.SOURCE.value, Role.CUE.value, Role.CONTENT.value
_DENY, _DISPUTING = Assertion.DENY.value, Stance.DISPUTING.value
