"""Reports of claims as the analyses need them: flat, many at once, without spans and contexts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from claimtrack.model.document import StatedTime
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    Modality,
    Precision,
    RelayKind,
    RelayStrength,
    SourceKind,
    SourceType,
    Stance,
)
from claimtrack.store.belonging import Belonging
from claimtrack.store.linking import OWN_VOICE
from claimtrack.store.refs import stated_time
from claimtrack.store.rows import many
from claimtrack.store.source_clusters import said
from claimtrack.store.state import state
from claimtrack.store.texts import Texts, places


class Report(Value):
    """One report of a claim.

    Attributes:
        number: Its place in the order of recording.
        claim_id: The cluster it belongs to.
        outlet: Who published its article; `outlet_id` is the source that this is, if known.
        source_id: Its source; of merged ones, the one whose name was kept.
        group: What its source belonged to when the article was published: the body it spoke for,
            or its owner; its own id where it has none, None without a source.
        own_voice: The outlet says it on its own account.
        text: The content.
        source_words: How the text names the source; empty when it does not.
        outside: Sources that it was taken from and of which nothing is held.
        country: The country of its source, if one is known.
    """

    id: str
    number: int
    claim_id: str
    document_id: str
    version_id: str
    title: str
    outlet: str | None
    outlet_id: str | None
    url: str | None
    lang: str
    published: StatedTime
    recorded_at: str
    source_id: str | None
    source_name: str | None
    source_kind: SourceKind | None
    source_type: SourceType
    group: str | None
    channel: Channel
    stance: Stance
    assertion: Assertion
    modality: Modality
    own_voice: bool
    text: str
    cue: str
    source_words: str
    outside: tuple[str, ...] = ()
    country: str | None = None

    @property
    def name(self) -> str:
        """What to call who says it; empty when nobody is named."""
        return self.source_name or self.source_words

    @property
    def says_so(self) -> bool:
        """Whether it says that the claim is so, or passes that on."""
        denied = self.assertion in (Assertion.DENY, Assertion.QUESTION)
        return not denied and self.stance is not Stance.DISPUTING


class Edge(Value):
    """One report taken from another: child from parent."""

    child: str
    parent: str
    kind: RelayKind
    strength: RelayStrength
    evidence: str


_Known = tuple[Belonging, dict[str, str]]
_KNOWN: dict[str, tuple[object, _Known]] = {}
"""What sources belong to and what outlets are, by file, with the state it was read in."""

_ROWS = f"""
SELECT a.id, a.number, a.cluster_id, a.document_id, a.version_id, trim(v.heading), v.outlet,
    (SELECT url FROM document_url u WHERE u.document_id = a.document_id
     ORDER BY u.kind <> 'raw', u.kind, u.url LIMIT 1),
    v.lang, v.published_stated, v.published_utc, v.published_precision, v.published_zone,
    v.recorded_at, coalesce(m.cluster_id, a.source_id), s.name, s.kind, s.country,
    a.source_type, a.channel, a.stance, a.assertion, a.modality, a.pattern, t.text,
    {places("'cue'", "ord")},
    {places("'source', 'antecedent'", "role DESC, ord")},
    (SELECT group_concat(coalesce(o.source_id, o.url), ' ') FROM outer_relay o
     WHERE o.child_id = a.id AND o.retired_at IS NULL)
FROM live_attribution a
JOIN live_version v ON v.id = a.version_id
JOIN claim_text t ON t.claim_id = a.claim_id
LEFT JOIN source_cluster m ON m.source_id = a.source_id
LEFT JOIN live_source s ON s.id = coalesce(m.cluster_id, a.source_id)"""  # noqa: S608

_OF_CLAIMS = (
    _ROWS + " WHERE a.cluster_id IN (SELECT value FROM json_each(?)) ORDER BY a.number"  # noqa: S608
)
_BY_ID = _ROWS + " WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.number"  # noqa: S608
_OF_DOCUMENT = _ROWS + " WHERE a.document_id = ? ORDER BY a.number"
_ALL = _ROWS + " ORDER BY a.number"

# A claim is called by one of its reports.
_SIZES = """
SELECT k.id, (SELECT count(*) FROM claim_cluster m WHERE m.cluster_id = k.id)
FROM claim k JOIN claim_cluster c ON c.claim_id = k.id AND c.cluster_id = k.id ORDER BY k.number"""

# Its place is for the name of a column, one of ours.
_EDGES = """
SELECT r.child_id, r.parent_id, r.kind, coalesce(s.strength, 'stated'), r.evidence
FROM live_relay r LEFT JOIN relay_strength s ON s.relay_id = r.id
WHERE r.{} IN (SELECT value FROM json_each(?)) ORDER BY r.id"""


# Of what was taken from what, for reports that are known to be live; a parent may not be.
_TAKEN = """
SELECT r.child_id, r.parent_id, r.kind, coalesce(s.strength, 'stated'), r.evidence
FROM relay r LEFT JOIN relay_strength s ON s.relay_id = r.id
WHERE r.child_id IN (SELECT value FROM json_each(?)) AND r.retired_at IS NULL ORDER BY r.id"""


def of_claims(connection: sqlite3.Connection, clusters: Iterable[str]) -> tuple[Report, ...]:
    """Return every live report of some claims, in the order of recording."""
    return _reports(connection, _OF_CLAIMS, many(clusters))


def by_id(connection: sqlite3.Connection, ids: Iterable[str]) -> tuple[Report, ...]:
    """Return live reports by their ids, in the order of recording."""
    return _reports(connection, _BY_ID, many(ids))


def of_document(connection: sqlite3.Connection, document_id: str) -> tuple[Report, ...]:
    """Return every live report of a document, in the order of recording."""
    return _reports(connection, _OF_DOCUMENT, document_id)


def of_sources(
    connection: sqlite3.Connection, sources: Iterable[str], limit: int
) -> tuple[Report, ...]:
    """Return the latest live reports of what some sources said, in the order of recording."""
    return by_id(connection, said(connection, tuple(sources), (limit, 0), latest=True))


def every(connection: sqlite3.Connection) -> tuple[Report, ...]:
    """Return every live report, in the order of recording."""
    return _reports(connection, _ALL)


def sizes(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Yield every claim in the order of recording, with its reports: the retired ones count too."""
    yield from connection.execute(_SIZES)


def total(connection: sqlite3.Connection) -> int:
    """Return how many reports all claims have, the retired ones among them."""
    return int(connection.execute("SELECT count(*) FROM claim_cluster").fetchone()[0])


def edges(connection: sqlite3.Connection, ids: Iterable[str], end: str = "child") -> list[Edge]:
    """Return the live relays that some reports are the children, or the parents, of."""
    rows = connection.execute(_EDGES.format(f"{end}_id"), (many(ids),))
    return [_edge(row) for row in rows]


def taken(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Edge]:
    """Return the relays that some live reports are the children of; parents may be retired."""
    return [_edge(row) for row in connection.execute(_TAKEN, (many(ids),))]


def passed_on(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Edge]:
    """Return the live relays by which reports beside the given ones were taken from them."""
    rows = connection.execute(
        "SELECT r.child_id, r.parent_id, r.kind, coalesce(s.strength, 'stated'), r.evidence"
        " FROM live_relay r LEFT JOIN relay_strength s ON s.relay_id = r.id"
        " WHERE r.id IN (SELECT id FROM relay"  # few, of which it is asked whether they are live
        " WHERE parent_id IN (SELECT value FROM json_each(?1))"
        " AND child_id NOT IN (SELECT value FROM json_each(?1))) ORDER BY r.id",
        (many(ids),),
    )
    return [_edge(row) for row in rows]


def publishers(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the outlet or agency that each spelt name of an article's outlet is."""
    names: dict[str, str] = {}
    rows = connection.execute(
        "SELECT n.text, coalesce(m.cluster_id, s.id) FROM live_source s"
        " JOIN live_source_name n ON n.source_id = s.id"
        " LEFT JOIN source_cluster m ON m.source_id = s.id"
        " WHERE s.kind IN ('outlet', 'agency') UNION"
        " SELECT name, coalesce(m.cluster_id, id) FROM live_source"
        " LEFT JOIN source_cluster m ON m.source_id = id WHERE kind IN ('outlet', 'agency')"
    )
    for text, source_id in rows:
        names.setdefault(text.casefold(), source_id)
    return names


def _reports(connection: sqlite3.Connection, query: str, *values: str | int) -> tuple[Report, ...]:
    rows = connection.execute(query, values).fetchall()
    belongs, outlets = _known(connection)
    texts = Texts(connection)
    return tuple(_report(row, belongs, outlets, texts) for row in rows)


def _known(connection: sqlite3.Connection) -> _Known:
    """Return what sources belong to and what outlets are, remembered until something changes.

    Nothing is remembered of what may be taken back, nor of a database that is read in part or as of
    another time.
    """
    shadow = connection.execute("SELECT 1 FROM temp.sqlite_master LIMIT 1").fetchone()
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    if shadow or connection.in_transaction or not path:
        return Belonging(connection), publishers(connection)
    now = (Path(path).stat().st_ino, state(connection))
    held = _KNOWN.get(path)
    if held is None or held[0] != now:
        held = (now, (Belonging(connection), publishers(connection)))
        _KNOWN.clear()  # one database at a time is worked with
        _KNOWN[path] = held
    return held[1]


def _report(
    row: tuple[Any, ...], belongs: Belonging, outlets: dict[str, str], texts: Texts
) -> Report:
    (row_id, number, claim, document, version, title, outlet, url, lang, *rest) = row
    published, (recorded, source_id, name, kind, country, *more) = rest[:4], rest[4:]
    source_type, channel, stance, assertion, modality, pattern, text, cue, named, outside = more
    when = stated_time(*published)
    # its validation makes members of words faster than Python can
    return Report.model_validate(
        {
            "id": row_id,
            "number": number,
            "claim_id": claim,
            "document_id": document,
            "version_id": version,
            "title": " ".join(str(title).split())[:200],
            "outlet": outlet,
            "outlet_id": outlets.get(str(outlet).casefold()) if outlet else None,
            "url": url,
            "lang": lang,
            "published": when,
            "recorded_at": recorded,
            "source_id": source_id,
            "source_name": name,
            "source_kind": kind or None,
            "country": country,
            "source_type": source_type,
            "group": belongs.group(str(source_id), _day(when)) if source_id else None,
            "channel": channel,
            "stance": stance,
            "assertion": assertion,
            "modality": modality,
            "own_voice": pattern == OWN_VOICE,
            "text": text,
            "cue": texts.words(version, cue),
            "source_words": texts.words(version, named),
            "outside": tuple(str(outside).split()) if outside else (),
        }
    )


def _day(when: StatedTime) -> date | None:
    """Return the day of a stated time; None where no more than its year is known."""
    vague = when.precision in (Precision.UNKNOWN, Precision.YEAR)
    return when.utc.date() if when.utc and not vague else None


def _edge(row: tuple[str, str, str, str, str]) -> Edge:
    child, parent, kind, strength, evidence = row
    return Edge.model_validate(
        {
            "child": child,
            "parent": parent,
            "kind": kind,
            "strength": strength,
            "evidence": evidence,
        }
    )
