"""Reading: one function for each question a page or command asks.

Each takes a connection, which may be anybody's (Datasette's threads have their own), and returns
frozen values. Retired rows are never seen: only `live_…` views are asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claimtrack.errors import AmbiguousIdError, UnknownIdError
from claimtrack.model.ids import SHORTEST_PREFIX, is_too_short, split_prefix
from claimtrack.model.source import Source
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import PartRole, SourceKind
from claimtrack.store.attributions import attribution_views, relay_view, relay_views
from claimtrack.store.claims import claim_refs, claim_texts
from claimtrack.store.counted import finished
from claimtrack.store.refs import document_refs, source_refs
from claimtrack.store.rows import many
from claimtrack.store.search import search
from claimtrack.store.source_clusters import cluster_of, members, said
from claimtrack.store.sources import load_sources
from claimtrack.store.views import (
    AttributionView,
    ClaimRef,
    ClaimView,
    Counts,
    DocumentRef,
    DocumentView,
    PartView,
    RelayView,
    SourceRow,
    SourceView,
)

__all__ = [
    "SameWording",
    "all_attributions",
    "all_documents",
    "all_relays",
    "all_sources",
    "attribution",
    "claim",
    "counts",
    "document",
    "documents",
    "latest_claims",
    "most_reported_claims",
    "named_sources",
    "resolve_id",
    "resolve_source",
    "same_wording",
    "search",
    "source",
    "sources",
    "version_attributions",
]

KINDS = ("claim", "document", "source", "attribution")
"""What a user can name by its id."""

IN_SENTENCES = 100
"""Reports of a claim that are all shown in their sentences; of more, each page looks up its own."""

_BATCH = 200  # rows loaded at once when everything is read

# A claim stands for its whole cluster: the ids of joined claims lead to the one they are known by,
# also when the report that one of them began as is retired.
_WITH_PREFIX = {
    "claim": """
SELECT DISTINCT c.cluster_id FROM claim_cluster c WHERE c.claim_id >= ?1 AND c.claim_id < ?2
    AND EXISTS (SELECT 1 FROM live_claim m WHERE m.cluster_id = c.cluster_id)
ORDER BY c.cluster_id""",
    "document": "SELECT id FROM live_document WHERE id >= ?1 AND id < ?2 ORDER BY id",
    "source": "SELECT id FROM live_source WHERE id >= ?1 AND id < ?2 ORDER BY id",
    "attribution": "SELECT id FROM live_attribution WHERE id >= ?1 AND id < ?2 ORDER BY id",
}

_COUNTS = """
SELECT (SELECT count(*) FROM live_document), (SELECT count(*) FROM live_attribution),
    (SELECT count(DISTINCT cluster_id) FROM live_attribution),
    (SELECT count(*) FROM live_source)
    - (SELECT count(*) FROM source_cluster WHERE source_id <> cluster_id)"""

_LATEST = """
SELECT c.cluster_id FROM claim k JOIN claim_cluster c ON c.claim_id = k.id
WHERE c.cluster_id = k.id AND EXISTS (SELECT 1 FROM live_claim m WHERE m.cluster_id = k.id)
ORDER BY k.number DESC LIMIT ? OFFSET ?"""

_MOST_REPORTED = """
SELECT cluster_id FROM live_claim GROUP BY cluster_id
ORDER BY count(*) DESC, min(number) LIMIT ? OFFSET ?"""

_SOURCES = """
SELECT s.id, s.kind, count(a.id) AS said, count(DISTINCT a.document_id)
FROM live_source s LEFT JOIN source_cluster c ON c.cluster_id = s.id
LEFT JOIN live_attribution a ON a.source_id = coalesce(c.source_id, s.id)
WHERE NOT EXISTS (SELECT 1 FROM source_cluster m WHERE m.source_id = s.id AND m.cluster_id <> s.id)
GROUP BY s.id ORDER BY said DESC, s.name, s.id LIMIT ? OFFSET ?"""

# The same of a finished copy, which keeps the counts.
_COUNTED = {
    _COUNTS: """
SELECT (SELECT number FROM total WHERE name = 'documents'),
    (SELECT number FROM total WHERE name = 'attributions'),
    (SELECT number FROM total WHERE name = 'claims'),
    (SELECT number FROM total WHERE name = 'sources')""",
    _LATEST: "SELECT claim_id FROM claim_count ORDER BY number DESC LIMIT ? OFFSET ?",
    _MOST_REPORTED: """
SELECT claim_id FROM claim_count ORDER BY reports DESC, first LIMIT ? OFFSET ?""",
    _SOURCES: """
SELECT source_id, kind, attributions, documents FROM source_count
ORDER BY attributions DESC, name, source_id LIMIT ? OFFSET ?""",
}

_CALLED = """
SELECT DISTINCT coalesce(c.cluster_id, f.id) FROM (
    SELECT id FROM live_source WHERE name = ?1
    UNION SELECT s.id FROM live_source_name n JOIN live_source s ON s.id = n.source_id
    WHERE n.text = ?1) f
LEFT JOIN source_cluster c ON c.source_id = f.id"""

_DOCUMENTS = """
SELECT version_id FROM live_document ORDER BY version_number DESC LIMIT ? OFFSET ?"""

# The earliest report in the same words, for each report of a text that has an earlier one. Rows of
# wordings are in the order of recording, and so is their index: the first one ends the search. One
# that is retired counts too: it said the same, and so what is in its words stays together for good.
_SAME_WORDING = """
SELECT id, earlier, text FROM (
    SELECT a.id, a.number, t.text, (
        SELECT b.attribution_id FROM claim_text u CROSS JOIN claim b
        WHERE b.id = u.claim_id AND u.wording = t.wording AND u.rowid < t.rowid
        ORDER BY u.rowid LIMIT 1) AS earlier
    FROM live_attribution a JOIN claim_text t ON t.claim_id = a.claim_id
    WHERE a.version_id = ? AND t.wording IS NOT NULL)
WHERE earlier IS NOT NULL ORDER BY number"""


class SameWording(NamedTuple):
    """Two attributions whose contents are the same words (`claimtrack.text.wording`).

    Attributes:
        earlier_id: The earliest recorded one in these words; it may be retired.
        words: The content as the later one has it.
    """

    attribution_id: str
    earlier_id: str
    words: str


def counts(connection: sqlite3.Connection) -> Counts:
    """Return how many live documents, attributions, claims and sources there are."""
    found = _counted(connection, _COUNTS).fetchone()
    return Counts(documents=found[0], attributions=found[1], claims=found[2], sources=found[3])


def resolve_id(
    connection: sqlite3.Connection, prefix: str, kinds: Sequence[str] | None = None
) -> tuple[str, str]:
    """Return kind and full id of what an id, or its beginning of six digits or more, means.

    Args:
        connection: A connection.
        prefix: As a user typed it, with or without its kind ("claim-1a2b3c", "1a2b3c").
        kinds: Which kinds it may be, out of KINDS; all of them when None.

    Raises:
        UnknownIdError: Nothing live has such an id.
        AmbiguousIdError: Several things have.
    """
    asked = KINDS if kinds is None else tuple(kinds)
    read = split_prefix(prefix)
    found: list[tuple[str, str]] = []
    if read:
        kind, digits = read
        for each in asked:
            if kind in (None, each):
                found += [(each, row_id) for row_id in _beginning(connection, each, digits)]
    if not found and is_too_short(prefix):
        hint = f"Give its first {SHORTEST_PREFIX} digits at least."
        raise UnknownIdError(prefix, _or(asked), hint)
    if not found and read and read[0] and read[0] not in asked:
        hint = f"It is the id of another kind of thing, a {read[0]}."
        raise UnknownIdError(prefix, _or(asked), hint)
    if not found:
        raise UnknownIdError(prefix, _or(asked))
    if len(found) > 1:
        raise AmbiguousIdError(prefix, (row_id for _, row_id in found))
    return found[0]


def resolve_source(connection: sqlite3.Connection, wanted: str) -> str:
    """Return the full id of the source that an id, the beginning of one, or a name means.

    Args:
        connection: A connection.
        wanted: As a user typed it; a name in any language, as the source has it.

    Raises:
        UnknownIdError: No live source has such an id or name.
        AmbiguousIdError: Several have.
    """
    try:
        return resolve_id(connection, wanted, ("source",))[1]
    except UnknownIdError:
        name = wanted.strip().encode("utf-8", "replace").decode()  # SQLite takes no lone surrogates
        found = [row[0] for row in connection.execute(_CALLED, (name,))]
    if len(found) > 1:
        raise AmbiguousIdError(wanted, found)
    if not found:
        hint = "None has it for a name either. List them with: claimtrack sources list"
        raise UnknownIdError(wanted, "source", hint)
    return str(found[0])


def attribution(connection: sqlite3.Connection, attribution_id: str) -> AttributionView:
    """Return an attribution by its full id.

    Raises:
        UnknownIdError: No live attribution has it.
    """
    found = attribution_views(connection, [attribution_id])
    if not found:
        raise UnknownIdError(attribution_id, "attribution")
    return found[0]


def claim(connection: sqlite3.Connection, claim_id: str) -> ClaimView:
    """Return a claim with every report of it; joined claims answer to each of their ids.

    Of more than IN_SENTENCES reports each is shown from its first word to its last, not in its
    whole sentences. Its relays are those that any of its reports has a part in; the other part may
    be a report of another claim.

    Raises:
        UnknownIdError: No live claim has the id.
    """
    members = connection.execute(
        "SELECT m.cluster_id, m.id, m.attribution_id FROM claim_cluster c"
        " JOIN live_claim m ON m.cluster_id = c.cluster_id"
        " WHERE c.claim_id = ? ORDER BY m.number",
        (claim_id,),
    ).fetchall()
    if not members:
        raise UnknownIdError(claim_id, "claim")
    attribution_ids = [member[2] for member in members]
    return ClaimView(
        id=members[0][0],
        texts=claim_texts(connection, members[0][0]),
        attributions=attribution_views(
            connection, attribution_ids, sentences=len(attribution_ids) <= IN_SENTENCES
        ),
        relays=relay_views(connection, attribution_ids),
    )


def reports_of(
    connection: sqlite3.Connection, claim_id: str, most: int, first: int
) -> tuple[str, ...]:
    """Return the ids of a claim's reports in the order they were recorded.

    Args:
        connection: A connection.
        claim_id: The id that it is known as.
        most: So many of them.
        first: From this one on, counted from 0.
    """
    rows = connection.execute(
        "SELECT attribution_id FROM live_claim WHERE cluster_id = ?"
        " ORDER BY number LIMIT ? OFFSET ?",
        (claim_id, most, first),
    )
    return tuple(row[0] for row in rows)


def cluster(connection: sqlite3.Connection, claim_id: str) -> str:
    """Return the claim (cluster) that a claim, joined perhaps, is known as.

    Raises:
        UnknownIdError: Nothing is recorded by the id.
    """
    row = connection.execute(
        "SELECT cluster_id FROM claim_cluster WHERE claim_id = ?", (claim_id,)
    ).fetchone()
    if not row:
        raise UnknownIdError(claim_id, "claim")
    return str(row[0])


def document(connection: sqlite3.Connection, document_id: str) -> DocumentView:
    """Return a document's latest version with everything found in it, in reading order.

    Raises:
        UnknownIdError: No live document has the id.
    """
    row = connection.execute(
        "SELECT d.version_id, v.byline, v.text, v.sha256,"
        " (SELECT count(*) FROM live_version w WHERE w.document_id = d.id)"
        " FROM live_document d JOIN live_version v ON v.id = d.version_id WHERE d.id = ?",
        (document_id,),
    ).fetchone()
    if not row:
        raise UnknownIdError(document_id, "document")
    version_id = row[0]
    parts = connection.execute(
        'SELECT role, start, "end" FROM document_part WHERE version_id = ? ORDER BY start',
        (version_id,),
    )
    narrator = connection.execute(
        'SELECT start, "end" FROM live_narration WHERE version_id = ? ORDER BY start, "end"',
        (version_id,),
    )
    found = version_attributions(connection, version_id)
    return DocumentView(
        ref=document_refs(connection, [version_id])[version_id],
        byline=row[1],
        text=row[2],
        sha256=row[3],
        parts=tuple(
            PartView(role=PartRole(role), start=start, end=end) for role, start, end in parts
        ),
        attributions=found,
        narrator=tuple(Span(start, end) for start, end in narrator),
        relays=relay_views(connection, [each.id for each in found]),
        versions=row[4],
    )


def version_attributions(
    connection: sqlite3.Connection, version_id: str
) -> tuple[AttributionView, ...]:
    """Return what was found in a document version, in reading order."""
    ids = connection.execute(
        "SELECT id FROM live_attribution WHERE version_id = ? ORDER BY ord, id", (version_id,)
    )
    return attribution_views(connection, (row[0] for row in ids.fetchall()))


def source(
    connection: sqlite3.Connection, source_id: str, limit: int = 50, offset: int = 0
) -> SourceView:
    """Return a source and a page of what it said, with all that was merged into it.

    Raises:
        UnknownIdError: No live source has the id.
    """
    known = cluster_of(connection, source_id)
    loaded = load_sources(connection, [known]).get(known)
    if loaded is None:
        raise UnknownIdError(source_id, "source")
    merged = members(connection, known)
    total = connection.execute(
        "SELECT count(*) FROM live_attribution WHERE source_id IN (SELECT value FROM json_each(?))",
        (many(merged),),
    ).fetchone()[0]
    others = load_sources(connection, merged[1:])
    return SourceView(
        ref=source_refs(connection, [known])[known],
        source=loaded,
        total=total,
        attributions=attribution_views(connection, said(connection, merged, (limit, offset))),
        merged=tuple(others[each] for each in merged[1:] if each in others),
    )


def sources(
    connection: sqlite3.Connection, limit: int = 50, offset: int = 0
) -> tuple[SourceRow, ...]:
    """Return a page of the sources, those that said most first."""
    rows = _counted(connection, _SOURCES, limit, offset).fetchall()
    refs = source_refs(connection, (row[0] for row in rows))
    return tuple(
        SourceRow(ref=refs[row[0]], kind=row[1], attributions=row[2], documents=row[3])
        for row in rows
    )


def documents(
    connection: sqlite3.Connection, limit: int = 50, offset: int = 0
) -> tuple[DocumentRef, ...]:
    """Return a page of the documents in their latest versions, the last recorded first."""
    ids = [row[0] for row in connection.execute(_DOCUMENTS, (limit, offset))]
    refs = document_refs(connection, ids)
    return tuple(refs[version_id] for version_id in ids)


def latest_claims(
    connection: sqlite3.Connection, limit: int = 50, offset: int = 0
) -> tuple[ClaimRef, ...]:
    """Return a page of the claims, the last recorded first."""
    return claim_refs(connection, _counted(connection, _LATEST, limit, offset).fetchall())


def most_reported_claims(
    connection: sqlite3.Connection, limit: int = 50, offset: int = 0
) -> tuple[ClaimRef, ...]:
    """Return a page of the claims, those with the most reports first."""
    return claim_refs(connection, _counted(connection, _MOST_REPORTED, limit, offset).fetchall())


def same_wording(connection: sqlite3.Connection, version_id: str) -> tuple[SameWording, ...]:
    """Return which reports of a text are in the words of one recorded earlier, anywhere."""
    rows = connection.execute(_SAME_WORDING, (version_id,))
    return tuple(SameWording(*row) for row in rows)


def all_attributions(
    connection: sqlite3.Connection, *, sentences: bool = True
) -> Iterator[AttributionView]:
    """Yield every live attribution in the order of ids; see `attribution_views`."""
    for ids in _pages(
        connection, "SELECT id FROM live_attribution WHERE id > ? ORDER BY id LIMIT ?"
    ):
        yield from attribution_views(connection, ids, sentences=sentences)


def all_relays(connection: sqlite3.Connection) -> Iterator[RelayView]:
    """Yield every live relay in the order of ids."""
    rows = connection.execute(
        "SELECT child_id, parent_id, kind, evidence FROM live_relay ORDER BY id"
    )
    return (relay_view(row) for row in rows)


def named_sources(connection: sqlite3.Connection) -> Iterator[Source]:
    """Yield every live source that a name belongs to for good, with the names merged into it.

    Those of one article (unnamed, collective) are left out, and so are merged ones.
    """
    of_an_article = (SourceKind.UNNAMED, SourceKind.COLLECTIVE)
    for source in all_sources(connection):
        if source.kind in of_an_article or cluster_of(connection, source.id) != source.id:
            continue
        others = load_sources(connection, members(connection, source.id)[1:]).values()
        more = (name for other in others for name in other.names)
        names = tuple(dict.fromkeys((*source.names, *more)))
        yield source.model_copy(update={"names": names})


def all_sources(connection: sqlite3.Connection) -> Iterator[Source]:
    """Yield every live source in the order of ids."""
    for ids in _pages(connection, "SELECT id FROM live_source WHERE id > ? ORDER BY id LIMIT ?"):
        loaded = load_sources(connection, ids)
        yield from (loaded[source_id] for source_id in ids)


def all_documents(connection: sqlite3.Connection) -> Iterator[DocumentRef]:
    """Yield every live document, in its latest version, in the order of ids."""
    query = "SELECT id, version_id FROM live_document WHERE id > ? ORDER BY id LIMIT ?"
    last = ""
    while rows := connection.execute(query, (last, _BATCH)).fetchall():
        refs = document_refs(connection, (row[1] for row in rows))
        yield from (refs[row[1]] for row in rows)
        last = rows[-1][0]


def _counted(connection: sqlite3.Connection, query: str, *values: int) -> sqlite3.Cursor:
    """Ask what is counted; a finished copy keeps the answer."""
    return connection.execute(_COUNTED[query] if finished(connection) else query, values)


def _beginning(connection: sqlite3.Connection, kind: str, digits: str) -> list[str]:
    start = f"{kind}-{digits}"
    rows = connection.execute(_WITH_PREFIX[kind], (start, start + "g"))  # "g" follows all digits
    return [row[0] for row in rows]


def _or(kinds: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(kinds[:-1]), kinds[-1]) if part)


def _pages(connection: sqlite3.Connection, query: str) -> Iterator[list[str]]:
    """Yield pages of ids by keyset: each begins after the last id of the one before."""
    last = ""
    while ids := [row[0] for row in connection.execute(query, (last, _BATCH))]:
        yield ids
        last = ids[-1]
