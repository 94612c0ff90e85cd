"""Narrowing a search: by whom, where, how and when something was said; and what there is to narrow.

A report passes a filter by what it, its article or its source is; a claim or document passes where
one of its reports does, a document also by its own outlet, language and date.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple

MOST_COUNTED = 20_000
"""Reports that facets count; of more, the first in the order of recording."""

MOST_VALUES = 12
"""Values that a facet lists, the commonest."""

_SOURCE = "coalesce(m.cluster_id, a.source_id)"

_CONDITIONS = {
    "source": f"{_SOURCE} = :source",
    "outlet": "v.outlet = :outlet",
    "country": "s.country = :country",
    "channel": "a.channel = :channel",
    "stance": "a.stance = :stance",
    "assertion": "a.assertion = :assertion",
    "language": "v.lang = :language",
    "since": "v.published_utc >= :since",
    "until": "v.published_utc <= :until || '~'",  # which comes after all that begins with it
}

_ALONE = "a.source_id = :source"
"""The condition on the source where nothing was merged with it: an index leads to its reports."""

CLUSTER = "a.cluster_id"
"""The column that tells one claim from another."""

_OF_DOCUMENTS = ("outlet", "language", "since", "until")
"""What a document is filtered by itself."""

_SOURCES = """
LEFT JOIN source_cluster m ON m.source_id = a.source_id
LEFT JOIN source s ON s.id = coalesce(m.cluster_id, a.source_id)"""

JOINED = f"""
JOIN document_version v ON v.id = a.version_id{_SOURCES}"""
"""What conditions on a report `a` ask of its version `v` and its source `s`."""

_COLUMNS = {
    "source": _SOURCE,
    "outlet": "v.outlet",
    "country": "s.country",
    "channel": "nullif(a.channel, 'none_stated')",
    "stance": "a.stance",
    "assertion": "a.assertion",
    "language": "v.lang",
    "month": "substr(v.published_utc, 1, 7)",
}


_VERSION = ("v.", "substr(v.")
"""How columns begin that are of a document version."""


class Filters(NamedTuple):
    """What is let through; an empty value lets everything through.

    Attributes:
        source: The id of a source, as it is known after merging.
        outlet: An outlet, as articles spell it.
        country: The source's country.
        channel: A value of its vocabulary, as are `stance` and `assertion`.
        language: The article's language.
        since: The first day of publication (ISO 8601), or the beginning of one: a month, a year.
        until: The last one.
    """

    source: str = ""
    outlet: str = ""
    country: str = ""
    channel: str = ""
    stance: str = ""
    assertion: str = ""
    language: str = ""
    since: str = ""
    until: str = ""

    @property
    def on(self) -> tuple[str, ...]:
        """The names of those that are set."""
        return tuple(name for name, value in self._asdict().items() if value)

    def of_reports(self, *, alone: bool = False) -> str:
        """Return the condition on a report that is joined as JOINED says.

        Args:
            alone: Nothing was merged with the source.
        """
        known = _CONDITIONS | {"source": _ALONE} if alone else _CONDITIONS
        return " AND ".join(known[name] for name in self.on) or "TRUE"

    def of_documents(self, *, alone: bool = False, few: bool = False) -> str:
        """Return the condition on a document version `v`.

        Args:
            alone: Nothing was merged with the source.
            few: Only documents of the last `:most` reports that pass are let through.
        """
        own = [_CONDITIONS[name] for name in self.on if name in _OF_DOCUMENTS]
        if len(own) < len(self.on):
            passes = self.of_reports(alone=alone)
            own.append(
                f"v.id IN (SELECT a.version_id FROM live_attribution a{JOINED} WHERE {passes}"  # noqa: S608
                " ORDER BY a.number DESC LIMIT :most)"
                if few
                else f"EXISTS (SELECT 1 FROM live_attribution a{_SOURCES}"  # noqa: S608
                f" WHERE a.version_id = v.id AND {passes})"
            )
        return " AND ".join(own) or "TRUE"


class Facet(NamedTuple):
    """What a search can be narrowed by in one respect: values with how many things have them."""

    name: str
    values: tuple[tuple[str, int], ...]


def is_alone(connection: sqlite3.Connection, source: str) -> bool:
    """Tell whether nothing was merged with a source."""
    merged = "SELECT 1 FROM source_cluster WHERE ?1 IN (source_id, cluster_id) LIMIT 1"
    return connection.execute(merged, (source,)).fetchone() is None


def many_of(column: str, counted: str) -> str:
    """Return how many things rows stand for, in SQL; a claim has several, others one each."""
    return f"count(DISTINCT {column})" if counted == CLUSTER else "count(*)"


def facets(
    connection: sqlite3.Connection, rows: str, values: Mapping[str, str | int | None], counted: str
) -> Iterator[Facet]:
    """Yield the facets of a search that have more than nothing to tell, in the order of Filters.

    Args:
        connection: A connection.
        rows: What follows SELECT columns, of reports joined as JOINED says, or of documents `v`.
        values: The parameters of that.
        counted: The column whose distinct values are counted: the id of a report, claim, document.
    """
    reports = counted.startswith("a.")
    number = many_of("counted", counted)
    known = {name: sql for name, sql in _COLUMNS.items() if reports or sql.startswith(_VERSION)}
    columns = ", ".join(f"{sql} AS {name}" for name, sql in known.items())
    counts = " UNION ALL ".join(
        f"SELECT * FROM (SELECT '{name}', {name}, {number} AS n FROM hits"  # noqa: S608
        f" WHERE {name} IS NOT NULL GROUP BY {name} ORDER BY n DESC, {name} LIMIT {MOST_VALUES})"
        for name in known
    )
    query = (
        f"WITH hits AS MATERIALIZED (SELECT {counted} AS counted, {columns} {rows}"
        f" LIMIT {MOST_COUNTED}) {counts}"
    )
    found: dict[str, list[tuple[str, int]]] = {}
    for name, value, number in connection.execute(query, values):
        found.setdefault(name, []).append((value, number))
    for name in known:
        if name in found:
            yield Facet(name, tuple(found[name]))
