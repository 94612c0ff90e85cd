"""A registry with what a desk added and named: rows of its own beside the packaged ones.

An edit outlives every upgrade of the packaged data: where both claim a name, the desk has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claimtrack.model.source import Source, SourceName
from claimtrack.model.vocabulary import NameKind, SourceKind
from claimtrack.sources.registry import Registry, spelling
from claimtrack.sources.table import Relation, Row

DESK = "the desk's edits"
"""What stands for a file where a row is of no table."""

_OF_AN_ARTICLE = (SourceKind.UNNAMED, SourceKind.COLLECTIVE)


class Named(NamedTuple):
    """A source and a name that a desk gave it; none for a source that it added."""

    source: Source
    name: SourceName | None = None


def edited(registry: Registry, edits: Sequence[Named]) -> Registry:
    """Return a registry with a desk's sources and names; the same one where there are none.

    Args:
        registry: The packaged data and extra tables.
        edits: In the order they were made.

    Raises:
        PackError: A source that was added is at odds with the rest.
    """
    if not edits:
        return registry
    own: dict[str, Row] = {}
    taken: dict[str, str] = {}
    for source, name in edits:
        row = own.get(source.key) or registry.rows.get(source.key)
        row = row or row_of(registry.get(source.key) or source)
        own[source.key] = _with_name(row, name) if name else row
        for each in (name,) if name else source.names:
            if each.kind is not NameKind.WEAK:
                taken[spelling(each.text)] = source.key
    known = dict(registry.rows)
    for held in {row.key: row for name in taken if (row := registry.by_name.get(name))}.values():
        if left := _without(held, taken):
            known[held.key] = left
        else:
            del known[held.key]
    return registry.with_rows((known | own).values())


def holder(registry: Registry, name: str, *, but: str = "") -> str | None:
    """Return the key of the source that has a strong name, if another than `but` has."""
    row = registry.by_name.get(spelling(name))
    return row.key if row and row.key != but else None


def can_be_named(source: Source) -> bool:
    """Tell whether a source can bear another name: one that belongs to an article cannot."""
    return source.kind not in _OF_AN_ARTICLE


def row_of(source: Source) -> Row:
    """Return a source as a row of the registry."""
    return Row(
        file=DESK,
        line=0,
        key=source.key,
        kind=source.kind,
        type=source.type,
        country=source.country,
        domain=source.domain,
        wikidata=source.wikidata,
        relations=tuple(
            Relation(each.kind, each.parent, each.since, each.until) for each in source.relations
        ),
        pattern="",
        posts=(),
        names=_by_language(each for each in source.names if each.kind is not NameKind.WEAK)
        or {"en": (source.name,)},
        weak=_by_language(each for each in source.names if each.kind is NameKind.WEAK),
        forms={},
        demonyms=(),
        note="invented" if source.invented else "",
    )


def _by_language(names: Iterable[SourceName]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        found[name.lang].append(name.text)
    return {lang: tuple(texts) for lang, texts in found.items()}


def _with_name(row: Row, name: SourceName) -> Row:
    cells = row.weak if name.kind is NameKind.WEAK else row.names
    more = {**cells, name.lang: (*cells.get(name.lang, ()), name.text)}
    return row._replace(weak=more) if name.kind is NameKind.WEAK else row._replace(names=more)


def _without(row: Row, taken: Mapping[str, str]) -> Row | None:
    """Return a row without the strong names that a desk gave to others; None where none is left."""
    names = {
        lang: left
        for lang, cell in row.names.items()
        if (left := tuple(name for name in cell if taken.get(spelling(name), row.key) == row.key))
    }
    return row._replace(names=names) if names else None
