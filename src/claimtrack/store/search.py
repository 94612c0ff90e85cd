# ruff: noqa: S608 (every name in a query is one of ours)
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

MOST_RANKED = 5_000
"""Of more results a page looks at so many, the last recorded first, and says that there is more."""

MOST_OF_LARGE = 500
"""The same in a large database, where what is to be looked at lies far apart."""

LARGE = 100_000
"""Reports that a database has before it is large."""

LONGEST_ARGUMENT = 100_000
"""Code points that an SQL function looks at."""


class _Index(NamedTuple):
    """Where a kind is found.

    Attributes:
        table: The table of the index.
        rank: How well a row answers; less is better.
        match: What is asked of the index.
        rows: The rows that it leads to.
        number: What of these its row numbers are.
        base: The table that has a row for each, retired ones too.
        joined: What belongs to them.
        occurs: For an exact query the index is a sieve, and the originals decide.
    """

    table: str
    rank: str
    match: str
    rows: str
    number: str
    base: str
    joined: str
    occurs: str


_REPORTS = _Index(
    "attribution_fts",
    "bm25(attribution_fts, 2.0, 0.5, 1.0)",
    ":match",
    "live_attribution a",
    "a.number",
    "attribution",
    JOINED,
    "claimtrack_occurs((SELECT group_concat(exact, char(10)) FROM (SELECT exact"
    " FROM attribution_span WHERE attribution_id = a.id ORDER BY role, ord)), :exact)",
)

_INDICES = {
    "attribution": _REPORTS,
    # a claim is found by the content of its reports
    "claim": _REPORTS._replace(
        rank="rank",
        match="'{content} : (' || :match || ')'",
        occurs="claimtrack_occurs((SELECT group_concat(text, char(10)) FROM claim_text"
        " WHERE claim_id = a.claim_id), :exact)",
    ),
    "document": _Index(
        "document_fts",
        "bm25(document_fts, 3.0, 1.0)",
        ":match",
        "live_document d",
        "d.version_number",
        "document_version",
        "\nJOIN document_version v ON v.id = d.version_id",
        "claimtrack_occurs(coalesce(v.title, '') || char(10) || coalesce(("
        'SELECT group_concat(substr(v.text, p.start + 1, p."end" - p.start), char(10))'
        " FROM document_part p WHERE p.version_id = v.id"
        " AND p.role IN ('title', 'byline', 'body')), v.text), :exact)",
    ),
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
        most: Of more results of a kind, only so many are looked at, the last recorded, and no page
            shows others; 0 for all.
    """

    kinds: Sequence[str] = KINDS
    exact: bool = False
    newest: bool = False
    filters: Filters = Filters()
    most: int = 0


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
    total, hits, more = 0, list[Hit](), False
    if asked.terms or wanted.filters.on:
        _ensure_functions(connection)
        limit, offset = page
        alone = narrowing.is_alone(connection, wanted.filters.source)
        for kind in wanted.kinds:
            rows, values = _rows(kind, asked, query, wanted, alone=alone)
            sql = _SEARCHES[kind].sql.format(rows=rows, order=_order(kind, newest=wanted.newest))
            room = max(0, offset - total), limit - len(hits)
            look = _last if wanted.most else _every
            column = _SEARCHES[kind].counted
            number_of = f"SELECT {narrowing.many_of(column, column)} {rows}"
            ids, number, further = look(connection, (sql, number_of), values, room)
            hits += _SEARCHES[kind].show(connection, asked, ids)
            total, more = total + number, more or further
    return SearchPage(query=query, total=total, hits=tuple(hits), more=more)


_Values = Mapping[str, str | int | None]
_Some = tuple[list[str], int, bool]
"""The ids on a page, how many there are in all, and whether there are more than were looked at."""


def _every(
    connection: sqlite3.Connection, asked: tuple[str, str], values: _Values, room: tuple[int, int]
) -> _Some:
    sql, number = asked
    page = {**values, "offset": room[0], "limit": room[1]}
    ids = connection.execute(f"{sql} LIMIT :limit OFFSET :offset", page).fetchall()
    return [row[0] for row in ids], connection.execute(number, values).fetchone()[0], False


def _last(
    connection: sqlite3.Connection, asked: tuple[str, str], values: _Values, room: tuple[int, int]
) -> _Some:
    """Look at the last recorded; where these are all, the best of them come first."""
    found = connection.execute(asked[0], values).fetchall()
    further = sum(row[1] for row in found) >= int(values["most"] or 0)
    if found and not further:
        found = connection.execute(asked[0], {**values, "ranked": 1}).fetchall()
    first, size = room
    return [row[0] for row in found[first : first + size]], len(found) - further, further


def most_ranked(connection: sqlite3.Connection) -> int:
    """Return how many results of each kind a page looks at."""
    return MOST_OF_LARGE if large(connection) else MOST_RANKED


def large(connection: sqlite3.Connection) -> bool:
    """Tell whether a database has so many reports that a search looks at few results."""
    last: int = connection.execute("SELECT coalesce(max(number), 0) FROM attribution").fetchone()[0]
    return last > LARGE


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
    alone = narrowing.is_alone(connection, wanted.filters.source)
    rows, values = _rows(kind, asked, query, wanted, alone=alone)
    return tuple(narrowing.facets(connection, rows, values, _SEARCHES[kind].counted))


def _rows(
    kind: str, asked: Query, query: str, wanted: Wanted, *, alone: bool = False
) -> tuple[str, dict[str, str | int | None]]:
    """Return the rows of a kind that answer, as SQL after the columns, and its parameters.

    Without words, everything is found alike, and filters decide. One more is looked at than was
    asked for, so as to know whether there is more.
    """
    filters = {
        name: value.encode("utf-8", "replace").decode()
        for name, value in wanted.filters._asdict().items()
    }
    exact = query if wanted.exact and asked.terms else None
    asking = {"match": asked.match(), "exact": exact, "most": wanted.most + 1, "ranked": 0}
    values = asking | filters
    index, tests = _INDICES[kind], []
    if exact is not None:
        tests.append(index.occurs)
    if wanted.filters.on:
        of_documents = kind == "document"
        tests.append(
            wanted.filters.of_documents(alone=alone, few=bool(wanted.most))
            if of_documents
            else wanted.filters.of_reports(alone=alone)
        )
    sql = _latest if wanted.most else _all
    return sql(index, " AND ".join(tests), words=bool(asked.terms)), values


def _all(index: _Index, tests: str, *, words: bool) -> str:
    # a limit keeps SQLite from asking the index anew for each row it is joined with
    found = (
        f"SELECT rowid AS number, {index.rank} AS rank FROM {index.table}"
        f" WHERE {index.table} MATCH {index.match} LIMIT -1"
        if words
        else f"SELECT number, 0.0 AS rank FROM {index.base}"
    )
    return f"FROM ({found}) found {_joined(index)}{f' WHERE {tests}' if tests else ''}"


def _latest(index: _Index, tests: str, *, words: bool) -> str:
    """Read from the last recorded on, until enough pass; these first, unless `:ranked`.

    How well one row answers cannot be told before all that hold the words were counted.
    """
    match = f"{index.table} MATCH {index.match}"
    rank = f"iif(:ranked, {index.rank}, -{index.table}.rowid) AS rank"
    if not words:
        some = (
            f"SELECT {index.number} AS number, -{index.number} AS rank"
            f" FROM {index.rows}{index.joined} WHERE {tests} ORDER BY {index.number} DESC"
        )
    elif tests:  # a cross join keeps the index outermost
        some = (
            f"SELECT {index.table}.rowid AS number, {rank} FROM {index.table}"
            f" CROSS JOIN {index.rows} ON {index.number} = {index.table}.rowid{index.joined}"
            f" WHERE {match} AND {tests} ORDER BY {index.table}.rowid DESC"
        )
    else:
        some = (
            f"SELECT rowid AS number, {rank} FROM {index.table} WHERE {match} ORDER BY rowid DESC"
        )
    return f"FROM ({some} LIMIT :most) found {_joined(index)}"


def _joined(index: _Index) -> str:
    return f"JOIN {index.rows} ON {index.number} = found.number{index.joined}"


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
        sql: The ids of the rows that answer, in their order, and how many rows each stands for.
        counted: The column that tells one result from another.
        show: What to show of some ids.
    """

    sql: str
    counted: str
    show: Callable[[sqlite3.Connection, Query, Sequence[str]], list[Hit]]


# Of a claim, the report that answers best is shown: with a single min(), SQLite takes the other
# columns from the row that has it.
_SEARCHES: dict[str, _Search] = {
    "claim": _Search(
        "SELECT id, n FROM (SELECT a.id, a.number, v.published_utc, min(found.rank) AS best,"
        " count(*) AS n, a.cluster_id {rows} GROUP BY a.cluster_id) v ORDER BY {order}, number",
        narrowing.CLUSTER,
        _claim_hits,
    ),
    "attribution": _Search(
        "SELECT a.id, 1 {rows} ORDER BY {order}, a.number", "a.id", _attribution_hits
    ),
    "document": _Search(
        "SELECT d.version_id, 1 {rows} ORDER BY {order}, found.number",
        "d.id",
        _document_hits,
    ),
}
