"""A desk's work on its sources: find, add, name, merge, split, undo, import, export.

Edits live in the database. Whatever is at odds with the registry is refused before anything is
written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claimtrack import pipeline
from claimtrack.errors import AmbiguousIdError, DatabaseError, PackError, UnknownIdError
from claimtrack.lang.pack import available
from claimtrack.model.source import Source, SourceName
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import NameKind, SourceKind, SourceType
from claimtrack.review.offers import NEW, Offer, Offers
from claimtrack.sources import Registry
from claimtrack.sources.edited import Named, can_be_named, edited, holder
from claimtrack.sources.exporting import as_csv, as_entities
from claimtrack.sources.importing import (
    Imported,
    LeftOut,
    Proposed,
    is_entities,
    language_of,
    own_key,
    read_bytes,
    read_entities,
    read_table,
    text_of,
)
from claimtrack.sources.mention import name_key
from claimtrack.sources.registry import spelling
from claimtrack.sources.suggest import Suggestion, suggestions
from claimtrack.sources.table import Row, read_rows
from claimtrack.store import Store, read, source_edits
from claimtrack.store.fresh import opened
from claimtrack.store.log import By
from claimtrack.store.source_edits import SourceEdit

_OWN_FORM = {"key", "kind", "type"}
_SUGGESTED = 5


class ExportFormat(StrEnum):
    """In which form sources go out."""

    CSV = "csv"
    FTM = "ftm"


class Desk(NamedTuple):
    """Where a desk's edits are, who makes them, and when (with a zone).

    Attributes:
        means: The registries and language packs.
    """

    database: Path
    user: str
    clock: Callable[[], datetime]
    means: pipeline.Means

    @property
    def by(self) -> By:
        """Who does something now."""
        return By(self.user, self.clock())


class Found(NamedTuple):
    """What a search finds: sources, and where none has the name, those that sound like it."""

    sources: tuple[Source, ...]
    suggestions: tuple[Suggestion, ...]


class ImportReport(Value):
    """What an import did.

    Attributes:
        added: The ids of the sources that were added.
        known: How many the registry has already, as they are.
        left_out: Place and reason of each that was not taken.
        entry: The number of its entry in the log, by which all of it is undone; none where nothing
            was added.
    """

    added: tuple[str, ...] = ()
    known: int = 0
    left_out: tuple[tuple[str, str], ...] = ()
    entry: int | None = None


def search(database: Path, means: pipeline.Means, text: str, limit: int) -> Found:
    """Return the sources of the registry and the desk with a name that contains a text.

    Where none does, those whose names are spelt almost so are suggested, and only that.
    """
    registry = pipeline.registry(means, pipeline.edits_in(database))
    found = registry.search(text, limit)
    near = () if found else suggestions(registry, text, _SUGGESTED)
    return Found(found, near)


def add(desk: Desk, source: Source) -> str:
    """Add a source; return its id.

    Raises:
        DatabaseError: The registry has its key or a name of it already.
        PackError: It is at odds with the registry.
    """
    with _editing(desk) as (store, registry):
        _refuse_taken(registry, source)
        _try(registry, [Named(source)])
        _hold_parents(store, registry, desk, [source])
        source_edits.add(store.connection, [source], desk.by)
    return source.id


def new_source(
    name: str, kind: SourceKind, fields: dict[str, object], packs: Sequence[str] = ()
) -> Source:
    """Return a source of the desk's own by its name and further fields of `Source`.

    Raises:
        DatabaseError: The name has no letter or digit.
    """
    _check_name(name)
    lang = language_of(name, packs or available())
    named = (SourceName(text=name, lang=lang, kind=NameKind.OFFICIAL),)
    made = {"key": own_key(name), "name": name, "kind": kind, "names": named, **fields}
    return Source.model_validate(made)


def _check_name(name: str) -> None:
    if not name_key(name):
        raise DatabaseError(f"{name!r} is no name: it has no letter or digit. Give one that has.")


def alias(desk: Desk, wanted: str, name: SourceName) -> tuple[Source, str]:
    """Give a source another name; return the source and the edit's id.

    Raises:
        UnknownIdError: No source is meant.
        DatabaseError: Another source has the name, the source belongs to one article, or the name
            has no letter or digit.
    """
    _check_name(name.text)
    with _editing(desk) as (store, registry):
        source = find(store, registry, wanted)
        if not can_be_named(source):
            raise DatabaseError(
                f"{source.id} belongs to one article and can bear no name. Merge it instead."
            )
        if any(each.text == name.text and each.lang == name.lang for each in source.names):
            raise DatabaseError(f"{source.id} has the name {name.text!r} already.")
        if name.kind is not NameKind.WEAK and (
            other := holder(registry, name.text, but=source.key)
        ):
            raise DatabaseError(
                f"{name.text!r} is a name of {other!r}. Give it as a shared one (--weak), or merge"
                " the two."
            )
        _try(registry, [Named(source, name)])
        _hold_parents(store, registry, desk, [source])
        return source, source_edits.alias(store.connection, source, name, desk.by)


def merge(desk: Desk, kept: str, others: Sequence[str], why: str) -> list[str]:
    """Record that sources are one, called as the first; return the ids of the edits.

    Raises:
        UnknownIdError: No source is meant.
        DatabaseError: Two are the same, or one already.
        BlockedJudgementError: Somebody judged that they differ.
    """
    with _editing(desk) as (store, registry):
        ids = [_held(store, registry, desk, each) for each in (kept, *others)]
        by = desk.by
        return [source_edits.merge(store.connection, ids[0], other, why, by) for other in ids[1:]]


def split(desk: Desk, taken: str, other: str, why: str) -> str:
    """Record that two sources differ, ending what made them one; return the edit's id.

    Raises:
        UnknownIdError: No source is meant.
        DatabaseError: They are the same, or judged different already.
    """
    with _editing(desk) as (store, registry):
        left, right = (_held(store, registry, desk, each) for each in (taken, other))
        if left == right:
            left = _merged(store, right, taken) or left
        return source_edits.split(store.connection, left, right, why, desk.by)


def undo(desk: Desk, edit: str | None) -> SourceEdit:
    """Take an edit back, the last one where none is named; return it."""
    with Store.open(desk.database) as store, store.transaction():
        return source_edits.undo(store.connection, edit, desk.by)


def import_file(desk: Desk, path: Path) -> ImportReport:
    """Add the sources of a file: a registry table, a table of names, or FollowTheMoney entities.

    Raises:
        InputError: The file is none of these.
        PackError: A row of a registry table is wrong; nothing was written.
    """
    with _editing(desk) as (store, registry):
        known, found = _read(path, registry)
        _try(registry, [Named(each.source) for each in found.proposed])
        sources = [each.source for each in found.proposed]
        _hold_parents(store, registry, desk, sources)
        entry = source_edits.bring(store.connection, sources, desk.by) if sources else None
    return ImportReport(
        added=tuple(source.id for source in sources),
        known=known,
        left_out=tuple((each.place, each.reason) for each in found.left_out),
        entry=entry,
    )


def export(database: Path, form: ExportFormat) -> str:
    """Return the named sources of a database, merged ones as one, in a form others read."""
    with Store.open(database, readonly=True) as store:
        named = list(read.named_sources(store.connection))
    return as_csv(named) if form is ExportFormat.CSV else as_entities(named)


def find(store: Store, registry: Registry, wanted: str) -> Source:
    """Return the source that an id, a name or a registry key means: held, or of the registry.

    Raises:
        UnknownIdError: None is meant.
        AmbiguousIdError: Several are.
    """
    try:
        source_id = read.resolve_source(store.connection, wanted)
        return source_edits.held(store.connection, source_id)
    except UnknownIdError:
        source = registry.get(wanted)
        if source is None and (key := holder(registry, wanted)):
            source = registry.get(key)
        if source is None:
            raise _unknown(registry, wanted) from None
        return source


def spelt_near(registry: Registry, text: str, limit: int) -> tuple[Source, ...]:
    """Return sources of a registry by a strong name that holds a text, or is spelt almost so.

    Quick: bodies that are only composed of other names are found by their whole names alone.
    """
    wanted = spelling(text)
    if not wanted:
        return ()
    keys = dict.fromkeys(row.key for name, row in registry.by_name.items() if wanted in name)
    if (exact := holder(registry, text)) is not None:
        keys = {exact: None, **keys}
    found = [source for key in list(keys)[:limit] if (source := registry.get(key))]
    near = suggestions(registry, text, _SUGGESTED) if not found else ()
    return (*found, *(each.source for each in near))[:limit]


def hold(store: Store, desk: Desk, registry: Registry, source: Source, *, new: bool) -> list[str]:
    """Hold a source, and its parents, in a database that is open; return the ids of edits.

    Args:
        store: The database, within a transaction.
        desk: Whose it is.
        registry: The registry with the desk's edits.
        source: One of the registry, or a new one.
        new: Whether the desk adds it.

    Raises:
        DatabaseError: A new one has a key or a name that is taken.
    """
    if new:
        _refuse_taken(registry, source)
        _try(registry, [Named(source)])
    _hold_parents(store, registry, desk, [source])
    if new:
        return source_edits.add(store.connection, [source], desk.by)
    source_edits.put_parents(store.connection, [source], desk.by)
    return []


def offers(desk: Desk, most: int) -> Offers:
    """Return what offers the sources of a desk's registry, at most so many, and new ones."""

    @cache
    def registry() -> Registry:
        return pipeline.registry(desk.means, pipeline.edits_in(desk.database))

    def own(name: str) -> Source:
        return new_source(name, SourceKind.BODY, {"type": SourceType.OTHER})

    def look(text: str) -> Sequence[Offer]:
        name = " ".join(text.split())
        if not name_key(name):
            return ()
        near = spelt_near(registry(), text, most)
        found = [Offer(source.key, source.id, source.name) for source in near]
        return (*found, Offer(f"{NEW}{name}", own(name).id, name))

    def held(store: Store, key: str, user: str, at: datetime) -> Sequence[str]:
        new = key.startswith(NEW)
        source = own(key[len(NEW) :]) if new else find(store, registry(), key)
        by = desk._replace(user=user, clock=lambda: at)
        return hold(store, by, registry(), source, new=new)

    return Offers(look, held)


def _unknown(registry: Registry, wanted: str) -> UnknownIdError | AmbiguousIdError:
    found = registry.search(wanted, _SUGGESTED + 1)
    if len(found) > 1:
        return AmbiguousIdError(wanted, (source.key for source in found))
    near = ", ".join(each.source.key for each in suggestions(registry, wanted, _SUGGESTED))
    hint = f"Was it {near}?" if near else "Look for it with: claimtrack sources search"
    return UnknownIdError(wanted, "source", hint)


@contextmanager
def _editing(desk: Desk) -> Iterator[tuple[Store, Registry]]:
    """Open a desk's database with its registry, for one transaction."""
    tables = pipeline.registry(
        desk.means
    )  # what is wrong with it is told before a database is made
    with opened(desk.database) as store, store.transaction():
        yield store, edited(tables, pipeline.edits_of(store))


def _held(store: Store, registry: Registry, desk: Desk, wanted: str) -> str:
    """Return the id of a source, which is held from now on."""
    source = find(store, registry, wanted)
    _hold_parents(store, registry, desk, [source])
    source_edits.put_parents(store.connection, [source], desk.by)
    return source.id


def _merged(store: Store, source_id: str, name: str) -> str | None:
    """Return the one source merged with another that is called by a name, or None."""
    ids = source_edits.merged_with(store.connection, source_id)
    others = (source_edits.held(store.connection, each) for each in ids)
    called = [
        each.id for each in others if spelling(name) in {spelling(one.text) for one in each.names}
    ]
    return called[0] if len(called) == 1 else None


def _hold_parents(store: Store, registry: Registry, desk: Desk, sources: Sequence[Source]) -> None:
    """Put the parents of sources in, and theirs, as far as the registry has them."""
    own = {source.key for source in sources}
    waiting, parents = list(sources), dict[str, Source]()
    while waiting:
        for each in waiting.pop().relations:
            parent = registry.get(each.parent)
            if parent and parent.key not in parents and parent.key not in own:
                parents[parent.key] = parent
                waiting.append(parent)
    source_edits.put_parents(store.connection, list(parents.values()), desk.by)


def _refuse_taken(registry: Registry, source: Source) -> None:
    if registry.get(source.key):
        raise DatabaseError(f"A source has the key {source.key!r} already. Name it otherwise.")
    for name in source.names:
        if name.kind is not NameKind.WEAK and (other := holder(registry, name.text)):
            raise DatabaseError(
                f"{name.text!r} is a name of {other!r} already. Give that one, or a name that"
                " tells the two apart."
            )


def _try(registry: Registry, edits: Sequence[Named]) -> None:
    """See whether a registry holds together with further edits.

    Raises:
        PackError: It does not.
    """
    edited(registry, edits)


def _read(path: Path, registry: Registry) -> tuple[int, Imported]:
    """Return how many sources of a file are known already, and what can be taken of it."""
    data = read_bytes(path)
    text = text_of(path, data)
    languages = available()
    if is_entities(data):
        return _not_taken(registry, read_entities(path, text, languages))
    columns = {name.strip().lower() for name in text.split("\n", 1)[0].split(",")}
    if columns >= _OWN_FORM:
        return _of_own_form(path, registry)
    return _not_taken(registry, read_table(path, text, languages))


def _of_own_form(path: Path, registry: Registry) -> tuple[int, Imported]:
    rows = list(read_rows(path))
    new = [row for row in rows if not _is_as(registry.rows.get(row.key), row)]
    for row in new:
        if row.key in registry.rows:
            words = f"key {row.key!r} is taken by another source. Rename it, or give it an alias."
            raise PackError(row.file, row.line, words)
        if row.posts:
            words = f"{row.key}: offices are not imported. Give relations, or a table in settings."
            raise PackError(row.file, row.line, words)
    whole = registry.with_rows([*registry.rows.values(), *new])
    proposed = tuple(
        Proposed(f"{row.file}:{row.line}", source) for row in new if (source := whole.get(row.key))
    )
    return len(rows) - len(new), Imported(proposed, ())


def _is_as(held: Row | None, row: Row) -> bool:
    return held is not None and held.kind is row.kind and held.names == row.names


def _not_taken(registry: Registry, found: Imported) -> tuple[int, Imported]:
    """Leave out what the registry has already: whole sources by their first name, else names."""
    proposed: list[Proposed] = []
    left_out = list(found.left_out)
    seen: dict[str, str] = {}
    known = 0
    for place, source in found.proposed:
        if registry.get(source.key) == source:
            known += 1
            continue
        names: list[SourceName] = []
        main = holder(registry, source.name) or seen.get(source.name)
        if main or registry.get(source.key):
            words = f"{source.name!r} is {main or source.key!r} already. Give that one an alias."
            left_out.append(LeftOut(place, words))
            continue
        for name in source.names:
            other = holder(registry, name.text) or seen.get(name.text)
            if other and name.kind is not NameKind.WEAK:
                words = f"the name {name.text!r} of {source.name!r} is one of {other!r}."
                left_out.append(LeftOut(place, words))
                continue
            seen[name.text] = source.key
            names.append(name)
        proposed.append(Proposed(place, source.model_copy(update={"names": tuple(names)})))
    taken = {each.source.key for each in proposed}
    kept = tuple(_without_lost_links(each, taken, registry, left_out) for each in proposed)
    return known, Imported(kept, tuple(left_out))


def _without_lost_links(
    each: Proposed, taken: set[str], registry: Registry, left_out: list[LeftOut]
) -> Proposed:
    """Return a source without relations to others that were left out."""
    relations = []
    for relation in each.source.relations:
        if relation.parent in taken or registry.get(relation.parent):
            relations.append(relation)
        else:
            words = f"{relation.kind} of {each.source.name!r} leads to a source that was left out."
            left_out.append(LeftOut(each.place, words))
    return each._replace(source=each.source.model_copy(update={"relations": tuple(relations)}))
