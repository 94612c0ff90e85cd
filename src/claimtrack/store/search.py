"""Full-text search over claims, attributions and documents, and the functions Datasette gets.

The index holds folded words and stems; what is shown and marked is always the original.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from claimtrack.model.span import Span
from claimtrack.store import narrowing
from claimtrack.store.attributions import attribution_views
from claimtrack.store.context import context
from claimtrack.store.narrowing import JOINED, Facet, Filters
from claimtrack.store.query import Query, parse
from claimtrack.store.refs import document_refs
from claimtrack.store.rows import many
from claimtrack.store.views import AttributionView, DocumentRef, Hit, SearchPage
from claimtrack.text.fold import fold

KINDS = ("claim", "attribution", "document")
"""What can be found, in the order in which a page shows it."""

MOST_RANKED = 2_000
"""Of what holds a common word a page ranks so many, the last recorded, and says there is more."""

LONGEST_ARGUMENT = 100_000
"""Code points that an SQL function looks at."""

# For an exact query the index is a sieve, and the originals decide. Without words, everything is
# found alike, and filters decide.
_REPORTS = f"""
FROM ({{found}}) found JOIN live_attribution a ON a.number = found.number{JOINED}
WHERE (:exact IS NULL OR claimtrack_occurs((
    SELECT group_concat(exact, char(10)) FROM (SELECT exact FROM attribution_span
        WHERE attribution_id = a.id ORDER BY role, ord)), :exact))
    AND {{filters}}"""  # noqa: S608 (our own words)

# A claim is found by the content of its reports.
_CONTENTS = f"""
FROM ({{found}}) found JOIN live_attribution a ON a.number = found.number{JOINED}
WHERE (:exact IS NULL OR claimtrack_occurs((
    SELECT group_concat(text, char(10)) FROM claim_text WHERE claim_id = a.claim_id), :exact))
    AND {{filters}}"""  # noqa: S608 (our own words)

_TEXTS = """
FROM ({found}) found JOIN live_document d ON d.version_number = found.number
JOIN document_version v ON v.id = d.version_id
WHERE (:exact IS NULL OR claimtrack_occurs(
    coalesce(v.title, '') || char(10) || coalesce((
        SELECT group_concat(substr(v.text, p.start + 1, p."end" - p.start), char(10))
        FROM document_part p
        WHERE p.version_id = v.id AND p.role IN ('title', 'byline', 'body')), v.text), :exact))
    AND {filters}"""

_FOUND = {
    "attribution": "SELECT rowid AS number, bm25(attribution_fts, 2.0, 0.5, 1.0) AS rank"
    " FROM attribution_fts WHERE attribution_fts MATCH :match {bound}",
    "claim": "SELECT rowid AS number, rank FROM attribution_fts"
    " WHERE attribution_fts MATCH '{{content}} : (' || :match || ')' {bound}",
    "document": "SELECT rowid AS number, bm25(document_fts, 3.0, 1.0) AS rank"
    " FROM document_fts WHERE document_fts MATCH :match {bound}",
}
"""What the index finds. A limit keeps SQLite from asking it anew for each row it is joined with."""

_ALL_OF_IT, _LATEST = "LIMIT -1", "ORDER BY rowid DESC LIMIT :most"

_ALL = {
    "attribution": "SELECT number, 0.0 AS rank FROM attribution",
    "claim": "SELECT number, 0.0 AS rank FROM attribution",
    "document": "SELECT number, 0.0 AS rank FROM document_version",
}

_STRETCHES = """
SELECT v.id, v.text, p.start, p."end" FROM document_version v
LEFT JOIN document_part p ON p.version_id = v.id AND p.role IN ('title', 'byline', 'body')
WHERE v.id IN (SELECT value FROM json_each(?)) ORDER BY v.id, p.start"""


class Wanted(NamedTuple):
    """How to search.

    Attributes:
        kinds: What to look for, out of KINDS. Results come in this order.
        exact: Find the very forms only: no folding, no stems, no beginnings.
        newest: Of each kind the last published first; else the best first.
        filters: What is let through.
        most: Of more that hold the words, only so many are looked through, the last recorded; 0
            for all. Filters, exact forms and the newest are always looked for among all.
    """

    kinds: Sequence[str] = KINDS
    exact: bool = False
    newest: bool = False
    filters: Filters = Filters()
    most: int = 0

    @property
    def bounded(self) -> bool:
        """Whether only some of what holds the words is looked through."""
        return bool(self.most) and not (self.exact or self.newest or self.filters.on)


def search(
    connection: sqlite3.Connection,
    query: str,
    *,
    kinds: Sequence[str] = KINDS,
    exact: bool = False,
    limit: int = 20,
    offset: int = 0,
) -> SearchPage:
    """Return a page of what holds all words of a query; no query is an error.

    Args:
        connection: A connection; our SQL functions are registered on it.
        query: Words, "phrases" and beginnings (`word*`).
        kinds: What to look for, out of KINDS. Results come in this order, the best of each kind
            first.
        exact: Find the very forms only: no folding, no stems, no beginnings.
        limit: Results on the page.
        offset: Results before it.
    """
    return find(connection, query, Wanted(kinds, exact), (limit, offset))


def find(
    connection: sqlite3.Connection, query: str, wanted: Wanted, page: tuple[int, int]
) -> SearchPage:
    """Return a page of what holds all words of a query and passes the filters.

    Without words, that is all that passes them; without filters either, nothing.

    Args:
        connection: A connection; our SQL functions are registered on it.
        query: Words, "phrases" and beginnings (`word*`).
        wanted: How to search.
        page: How many results, and how many before them.
    """
    query = query.encode("utf-8", "replace").decode()  # SQLite takes no lone surrogates
    asked = parse(query, exact=wanted.exact)
    if sum(page) > wanted.most:
        wanted = wanted._replace(most=0)
    total, hits, more = 0, list[Hit](), False
    if asked.terms or wanted.filters.on:
        _ensure_functions(connection)
        limit, offset = page
        for kind in wanted.kinds:
            rows, values = _rows(kind, asked, query, wanted)
            values |= {"limit": limit - len(hits), "offset": max(0, offset - total)}
            sql = _SEARCHES[kind].sql.format(rows=rows, order=_order(kind, newest=wanted.newest))
            ids = connection.execute(f"{sql} LIMIT :limit OFFSET :offset", values).fetchall()
            hits += _SEARCHES[kind].show(connection, asked, [row[0] for row in ids])
            column = _SEARCHES[kind].counted
            number = f"SELECT {narrowing.many_of(column, column)} {rows}"
            total += connection.execute(number, values).fetchone()[0]
            more = more or (wanted.bounded and _is_more(connection, kind, values))
    return SearchPage(query=query, total=total, hits=tuple(hits), more=more)


def facets(connection: sqlite3.Connection, query: str, wanted: Wanted) -> tuple[Facet, ...]:
    """Return by what the results of a search may be narrowed.

    Of several kinds, reports are counted.
    """
    query = query.encode("utf-8", "replace").decode()
    asked = parse(query, exact=wanted.exact)
    if not asked.terms and not wanted.filters.on:
        return ()
    _ensure_functions(connection)
    kind = wanted.kinds[0] if len(wanted.kinds) == 1 else "attribution"
    rows, values = _rows(kind, asked, query, wanted)
    return tuple(narrowing.facets(connection, rows, values, _SEARCHES[kind].counted))


def _rows(
    kind: str, asked: Query, query: str, wanted: Wanted
) -> tuple[str, dict[str, str | int | None]]:
    """Return the rows of a kind that answer, as SQL after the columns, and its parameters."""
    filters = {
        name: value.encode("utf-8", "replace").decode()
        for name, value in wanted.filters._asdict().items()
    }
    bound = _LATEST if wanted.bounded else _ALL_OF_IT
    found = _FOUND[kind].format(bound=bound) if asked.terms else _ALL[kind]
    of_documents = kind == "document"
    passes = wanted.filters.of_documents() if of_documents else wanted.filters.of_reports()
    exact = query if wanted.exact and asked.terms else None
    rows = _SEARCHES[kind].rows.format(found=found, filters=passes)
    return rows, {"match": asked.match(), "exact": exact, "most": wanted.most, **filters}


def _is_more(
    connection: sqlite3.Connection, kind: str, values: Mapping[str, str | int | None]
) -> bool:
    """Tell whether more holds the words than was looked through."""
    table = "document_fts" if kind == "document" else "attribution_fts"
    further = f"SELECT 1 FROM {table} WHERE {table} MATCH :match LIMIT 1 OFFSET :most"  # noqa: S608
    return connection.execute(further, values).fetchone() is not None


def _order(kind: str, *, newest: bool) -> str:
    if kind == "claim":
        return "v.published_utc DESC NULLS LAST, best" if newest else "best"
    return "v.published_utc DESC NULLS LAST, found.rank" if newest else "found.rank"


def matching(connection: sqlite3.Connection, query: str) -> list[str]:
    """Return the ids of all attributions that a search for them finds, best first."""
    query = query.encode("utf-8", "replace").decode()
    asked = parse(query)
    if not asked.terms:
        return []
    _ensure_functions(connection)
    rows, values = _rows("attribution", asked, query, Wanted())
    order = _order("attribution", newest=False)
    sql = _SEARCHES["attribution"].sql.format(rows=rows, order=order)
    return [row[0] for row in connection.execute(sql, values)]


def register_functions(connection: sqlite3.Connection) -> None:
    """Give a connection our SQL functions, so that Datasette's own search folds as ours does.

    They are pure, look at LONGEST_ARGUMENT code points and never fail: `claimtrack_fold(text)`,
    `claimtrack_occurs(text, query)`, and `escape_fts(query)`, which replaces Datasette's.
    """
    connection.create_function("claimtrack_fold", 1, _fold, deterministic=True)
    connection.create_function("claimtrack_occurs", 2, _occurs, deterministic=True)
    connection.create_function("escape_fts", 1, _match, deterministic=True)


def _ensure_functions(connection: sqlite3.Connection) -> None:
    """Register our functions once: SQLite replaces none while a statement is being read."""
    known = connection.execute(
        "SELECT 1 FROM pragma_function_list WHERE name = 'claimtrack_occurs'"
    )
    if not known.fetchone():
        register_functions(connection)


def _fold(value: object) -> str | None:
    return fold(value[:LONGEST_ARGUMENT]) if isinstance(value, str) else None


def _match(value: object) -> str:
    return parse(value if isinstance(value, str) else "").match()


def _occurs(text: object, query: object) -> bool:
    if not isinstance(text, str) or not isinstance(query, str):
        return False
    return _exactly(query).occurs(text)


@lru_cache(maxsize=64)
def _exactly(query: str) -> Query:
    return parse(query, exact=True)


def _attribution_hits(
    connection: sqlite3.Connection, asked: Query, ids: Sequence[str]
) -> list[Hit]:
    found = attribution_views(connection, ids)
    return [_attribution_hit("attribution", each, each.context.text, asked) for each in found]


def _claim_hits(connection: sqlite3.Connection, asked: Query, ids: Sequence[str]) -> list[Hit]:
    found = attribution_views(connection, ids)
    return [_attribution_hit("claim", each, each.words("content"), asked) for each in found]


def _attribution_hit(kind: str, found: AttributionView, text: str, asked: Query) -> Hit:
    return Hit(
        kind=kind,
        id=found.claim_id if kind == "claim" else found.id,
        claim_id=found.claim_id,
        document=found.document,
        source=found.source,
        text=text,
        marks=asked.marks(text),
    )


def _document_hits(connection: sqlite3.Connection, asked: Query, ids: Sequence[str]) -> list[Hit]:
    refs = document_refs(connection, ids)
    texts: dict[str, str] = {}
    stretches: dict[str, list[Span]] = {}
    for version_id, text, start, end in connection.execute(_STRETCHES, (many(ids),)):
        texts[version_id] = text
        stretch = Span(0, len(text)) if start is None else Span(start, end)
        stretches.setdefault(version_id, []).append(stretch)
    return [
        _document_hit(refs[each], asked, _sentence(asked, texts[each], stretches[each]))
        for each in ids
    ]


def _sentence(asked: Query, text: str, stretches: Iterable[Span]) -> str | None:
    """Return the first sentence of a document that answers to the query."""
    for stretch in stretches:
        places = asked.marks(stretch.of(text))
        if places:
            start, end = (place + stretch.start for place in places[0])
            return context(text, Span(start, end), Span(start, end)).text
    return None


def _document_hit(ref: DocumentRef, asked: Query, sentence: str | None) -> Hit:
    text = ref.title if sentence is None else sentence
    return Hit(
        kind="document",
        id=ref.id,
        claim_id=None,
        document=ref,
        source=None,
        text=text,
        marks=asked.marks(text),
    )


class _Search(NamedTuple):
    """How a kind is looked for.

    Attributes:
        rows: The rows that answer.
        sql: Their ids in their order.
        counted: The column that tells one result from another.
        show: What to show of some ids.
    """

    rows: str
    sql: str
    counted: str
    show: Callable[[sqlite3.Connection, Query, Sequence[str]], list[Hit]]


# Of a claim, the report that answers best is shown: with a single min(), SQLite takes the other
# columns from the row that has it.
_SEARCHES: dict[str, _Search] = {
    "claim": _Search(
        _CONTENTS,
        "SELECT id FROM (SELECT a.id, a.number, v.published_utc, min(found.rank) AS best,"
        " a.cluster_id {rows} GROUP BY a.cluster_id) v ORDER BY {order}, number",
        narrowing.CLUSTER,
        _claim_hits,
    ),
    "attribution": _Search(
        _REPORTS, "SELECT a.id {rows} ORDER BY {order}, a.number", "a.id", _attribution_hits
    ),
    "document": _Search(
        _TEXTS,
        "SELECT d.version_id {rows} ORDER BY {order}, found.number",
        "d.id",
        _document_hits,
    ),
}
