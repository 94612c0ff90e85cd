"""Everything in plain rows, as fast as it can be read: what exports of a whole database ask for.

`read` answers what a page asks, with checked values; a million of these would take minutes. Here
are tuples of what a row of a table or a node of a graph needs, a few texts' in memory at a time.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from claimtrack.model.span import Quote, Span
from claimtrack.model.vocabulary import Assertion, Role, Stance
from claimtrack.store.context import within
from claimtrack.store.decisions import everybody
from claimtrack.store.refs import document_refs, source_refs
from claimtrack.store.rows import many
from claimtrack.store.views import DocumentRef, SourceRef
from claimtrack.text.sentences import sentences

_BATCH = 500

_OF_VERSIONS = """
SELECT a.id, a.cluster_id, a.version_id, a.source_id, a.source_type, a.responds_to_id, a.run_id,
    a.kind, a.channel, a.stance, a.assertion, a.modality, a.confidence
FROM live_attribution a
WHERE a.version_id IN (SELECT value FROM json_each(?)) ORDER BY a.version_id, a.ord, a.id"""

# As `live_attribution` has them, of versions that are live, and in the order of an index: what is
# equal in that is put in order afterwards.
_WITH_FIRST_SPANS = """
SELECT a.id, c.cluster_id, a.version_id, a.source_id, a.source_type,
    (SELECT b.id FROM attribution b WHERE b.id = a.responds_to_id AND b.retired_at IS NULL),
    a.run_id, a.kind, a.channel, a.stance, a.assertion, a.modality, a.confidence,
    content.start, content."end", cue.start, cue."end", source.start, source."end", a.ord
FROM attribution a
JOIN claim k ON k.attribution_id = a.id
JOIN claim_cluster c ON c.claim_id = k.id
LEFT JOIN attribution_position content
    ON content.attribution_number = a.number AND content.role = 'content' AND content.ord = 0
LEFT JOIN attribution_position cue
    ON cue.attribution_number = a.number AND cue.role = 'cue' AND cue.ord = 0
LEFT JOIN attribution_position source
    ON source.attribution_number = a.number AND source.role = 'source' AND source.ord = 0
WHERE a.version_id IN (SELECT value FROM json_each(?))
    AND a.retired_at IS NULL AND k.retired_at IS NULL
ORDER BY a.version_id, a.ord"""
_IN_ORDER = itemgetter(2, -1, 0)
_SPOKEN = (Role.CONTENT.value, Role.CUE.value, Role.SOURCE.value)

_VERSIONS = """
SELECT v.id, v.text FROM live_version v
WHERE EXISTS (SELECT 1 FROM attribution a WHERE a.version_id = v.id) ORDER BY v.id"""

_SPANS = """
SELECT a.id, s.role, a.version_id, s.start, s."end"
FROM attribution a JOIN attribution_position s ON s.attribution_number = a.number
WHERE a.version_id IN (SELECT value FROM json_each(?)){}
ORDER BY a.version_id, a.ord, a.number, s.role, s.ord"""

_OF_SEVERAL_SPANS = """
    AND EXISTS (SELECT 1 FROM attribution_position o
        WHERE o.attribution_number = a.number AND o.ord > 0)"""

_TEXT = "SELECT text FROM document_version WHERE id = ?"
_CONTENTS = """
SELECT a.id, s.start, s."end"
FROM attribution a JOIN attribution_position s
    ON s.attribution_number = a.number AND s.role = 'content'
WHERE a.version_id = ? ORDER BY a.id, s.ord"""

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
        words: Those of the source and the cue, empty where there are none; the content; the whole
            sentences that it stands in, within reach of its cue.
        start: Where its content begins, in code points of the text.
        end: Where its content ends.
        how: Its kind, channel, stance, assertion, modality and confidence.
        via: The report of the same text that relays it.
        reviewed_by: Who looked at it last; None where it is a machine's alone.
    """

    id: str
    claim: str
    document: DocumentRef
    source: SourceRef | None
    source_type: str
    words: tuple[str, str, str, str]
    start: int
    end: int
    how: tuple[str, str, str, str, str, float]
    via: str | None
    responds_to: str | None
    run: str
    reviewed_by: str | None


def placed(connection: sqlite3.Connection) -> Iterator[Placed]:
    """Yield every live report, text by text (by id), as they stand in it."""
    sources = _Sources(connection)
    for batch in _batches(connection):
        stretches = _stretches(connection.execute(_SPANS.format(""), (batch.ids,)), batch.texts)
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
    (text,) = connection.execute(_TEXT, (version,)).fetchone()
    for report, start, end in connection.execute(_CONTENTS, (version,)):
        found[report].append(Quote.of(text, start, end))
    return found


def in_context(connection: sqlite3.Connection) -> Iterator[InContext]:
    """Yield every live report with its sentence, as `placed`."""
    sources, looked = _Sources(connection), everybody(connection)
    for batch in _batches(connection):
        vias = dict(connection.execute(_VIA, (batch.ids,)).fetchall())
        spans = connection.execute(_SPANS.format(_OF_SEVERAL_SPANS), (batch.ids,))
        several = _stretches(spans, batch.texts)
        last, text, parts = "", "", list[Span]()
        rows = connection.execute(_WITH_FIRST_SPANS, (batch.ids,)).fetchall()
        for row in sorted(rows, key=_IN_ORDER):
            report, claim, version, source, source_type, responds_to, run = row[:7]
            if version != last:
                last, text = version, batch.texts[version]
                parts = sentences(text)
            content, cue, named = (_words(text, *row[each : each + 2]) for each in (13, 15, 17))
            own = several.get(report)
            if own:
                content, cue, named = (own[role][2:] if role in own else _NONE for role in _SPOKEN)
            sentence = _sentence(text, parts, content, cue, named)
            yield InContext(
                report,
                claim,
                batch.documents[version],
                sources[source] if source else None,
                source_type,
                (named[0] or "", cue[0] or "", content[0], sentence),
                content[1],
                content[2],
                row[7:13],
                vias.get(report),
                responds_to,
                batch.runs[run],
                looked.get(report),
            )


_Stretch = tuple[str, str, str, int, int]
"""A report and a role, its words, where the first of them begin and the last ones end."""

_Words = tuple[Any, Any, Any]
"""Of a stretch its words, where they begin and where they end, or three times None."""

_NONE = (None, None, None)


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


def _stretches(
    rows: Iterable[tuple[str, str, str, int, int]], texts: Mapping[str, str]
) -> dict[str, dict[str, _Stretch]]:
    """Return the words of each role of each report: rows as they come, but of several spans one.

    Args:
        rows: Of `_SPANS`.
        texts: By version.
    """
    found: dict[str, dict[str, _Stretch]] = {}
    last, own = "", dict[str, _Stretch]()
    for row in rows:
        report, role, version, start, end = row
        exact = texts[version][start:end]
        if report != last:
            last = report
            found[report] = own = {}
        if role in own:
            _, _, words, low, high = own[role]
            own[role] = report, role, f"{words} … {exact}", min(low, start), max(high, end)
        else:
            own[role] = report, role, exact, start, end
    return found


def _words(text: str, start: int | None, end: int | None) -> _Words:
    return _NONE if start is None else (text[start:end], start, end)


def _sentence(text: str, parts: Sequence[Span], content: _Words, cue: _Words, named: _Words) -> str:
    _, low, high = content
    _, start, end = named
    if start is not None:
        low, high = start if start < low else low, end if end > high else high
    _, start, end = cue
    if start is not None:
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


_DENY, _DISPUTING = Assertion.DENY.value, Stance.DISPUTING.value
