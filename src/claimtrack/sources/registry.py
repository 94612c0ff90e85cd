"""The registry: who can be named, and what every state has.

Three kinds of sources are in it: those of `named.csv`, those of `states.csv`, and the bodies
composed from a state and a pattern of `bodies.csv`. Keys of composed ones hold colons
("ru:embassy:us"), which no row's key does; an office in a body holds a slash
("us-defence/spokesperson"). A composed body that bears a name of a row is that row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from claimtrack.kept import kept
from claimtrack.lang.pack import SHIPPED, Packs, available
from claimtrack.model import ids
from claimtrack.model.source import Source, SourceRelation
from claimtrack.model.vocabulary import SourceKind, SourceRelationKind, SourceType
from claimtrack.sources.check import check_relations, index_keys, index_names
from claimtrack.sources.naming import (
    Names,
    body_names,
    first_name,
    joined,
    named_bodies,
    office_names,
    source_names,
)
from claimtrack.sources.patterns import DATA, Pattern, local_patterns, offices, patterns
from claimtrack.sources.table import (
    PlainRow,
    Post,
    Relation,
    Row,
    plain_row,
    read_rows,
    read_table,
    row_of,
)
from claimtrack.text.fold import fold
from claimtrack.text.remembered import Remembered

PACKAGED = ("states.csv", "named.csv", "people.csv")
PLACES = "places.csv"
OF_BODY, OF_OFFICE = ":", "/"
"""What stands between the parts of a composed body's key, and before an office in a body."""

_WORD = re.compile(r"[^\W_]+")
_HEAD = "head"
_INVENTED = "invented"
MEDIA = (SourceKind.OUTLET, SourceKind.AGENCY)
"""The kinds of sources that publish news."""
_MEMBER = SourceRelationKind.MEMBER_OF


def spelling(text: str) -> str:
    """Return a name as it is looked up: folded words without punctuation.

    >>> spelling("«الشرق الأوسط»"), spelling("Al-Watan  (Syria)")
    ('الشرق الاوسط', 'al watan syria')
    """
    return " ".join(_WORD.findall(fold(text)))


def spellings(texts: Sequence[str]) -> list[str]:
    """Return many names as `spelling` does; they are folded at once, which is far quicker."""
    lines = fold("\n".join(text.replace("\n", " ") for text in texts)).split("\n")
    return [" ".join(_WORD.findall(line)) for line in lines] if texts else []


class Registry:
    """Who can be named. Make one with `Registry.load`.

    Attributes:
        rows: The rows of the tables, by key.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        equivalents: Mapping[str, str] | None = None,
        tables: Sequence[str] = (),
    ) -> None:
        """Index rows by their keys.

        Args:
            rows: The rows of all tables.
            equivalents: Keys of composed bodies that are rows, where no name tells so.
            tables: The texts of the tables, where the rows are theirs as they stand.

        Raises:
            PackError: Two rows have one key.
        """
        self.rows: Mapping[str, Row] = index_keys(rows)
        self._equivalents = dict(equivalents or {})
        self._tables = tuple(tables)
        self._sources = Remembered(self._make)
        self._canonical = Remembered(self._find)

    @cached_property
    def by_name(self) -> Mapping[str, Row]:
        """The rows by strong name, as `spelling` has it."""
        held = kept("names-of-rows", self.digest, self._named)
        return {name: self.rows[key] for name, key in held.items()}

    def _named(self) -> dict[str, str]:
        named = index_names(self.rows.values(), spellings)
        return {name: row.key for name, row in named.items()}

    def check(self) -> Registry:
        """See whether the rows agree with one another; return the registry.

        Raises:
            PackError: Two rows contradict each other, or one names a parent that is not there.
        """
        index_names(self.rows.values(), spellings)
        check_relations(self.rows, self.canonical)
        return self

    @classmethod
    def load(cls, *extra: Path, packs: Packs = SHIPPED) -> Registry:
        """Return the packaged registry with extra tables of the same form merged in.

        They may give names in every language of the packs. Each row is checked; whether all of
        them agree is checked where tables were given (the packaged ones are, in a test).

        Raises:
            PackError: A row is wrong, by file and line.
        """
        tables = [*(DATA / name for name in PACKAGED), *extra]
        languages = available(packs)
        texts = [read_table(Path(table)) for table in tables]
        rows = [
            row
            for table, text in zip(tables, texts, strict=True)
            for row in _rows(Path(table), text, languages)
        ]
        found = cls(rows, tables=texts)
        return found.check() if extra else found

    def with_rows(self, rows: Iterable[Row]) -> Registry:
        """Return a registry of other rows, with the same equivalents.

        Raises:
            PackError: They contradict one another.
        """
        return Registry(rows, self._equivalents).check()

    def with_equivalents(self, equivalents: Mapping[str, str]) -> Registry:
        """Return a registry of the same rows in which composed bodies are rows."""
        return Registry(self.rows.values(), equivalents, self._tables)

    @cached_property
    def digest(self) -> str:
        """What resolving depends on: the packaged tables and every row, wherever its file is."""
        rows = self._tables or [repr(row[2:]) for row in self.rows.values()]
        hasher = blake2b(digest_size=16)
        for path in sorted(DATA.glob("*.csv")):
            hasher.update(path.read_bytes() + b"\0")
        for row in rows:
            hasher.update(row.encode("utf-8", "surrogatepass") + b"\0")
        return hasher.hexdigest()

    @cached_property
    def polities(self) -> Mapping[str, Row]:
        """The rows that have ministries, embassies and an adjective: states and some regions."""
        return {
            row.key: row
            for row in self.rows.values()
            if row.kind is SourceKind.STATE
            or (row.type is SourceType.GOVERNMENT and any(form == "adj" for form, _ in row.forms))
        }

    @cached_property
    def places(self) -> Mapping[str, Row]:
        """The places whose bodies are composed as those of states are; none is a source itself."""
        table = DATA / PLACES
        return {row.key: row for row in _rows(table, read_table(table), available())}

    def state_of(self, key: str) -> str:
        """Return the key of the state that a body is of; a row's is the state of its country."""
        parts = self.parts(key)
        if parts and parts[1].key in self.polities:
            return parts[1].key
        row = parts[1] if parts else self.rows.get(key)
        return self.states.get(row.country or "", "") if row else ""

    @cached_property
    def states(self) -> Mapping[str, str]:
        """The keys of states by their country's code."""
        states = (row for row in self.rows.values() if row.kind is SourceKind.STATE)
        return {row.country: row.key for row in states if row.country}

    @cached_property
    def holders(self) -> Mapping[str, tuple[tuple[Row, Post], ...]]:
        """The persons who hold or held each office, with the time, by the office's key."""
        made_of = ids.digest([self.digest, sorted(self._equivalents.items())])
        held = kept("holders", made_of, self._holding)
        return {
            key: tuple((self.rows[person], self.rows[person].posts[at]) for person, at in people)
            for key, people in held.items()
        }

    @cached_property
    def agencies(self) -> Mapping[str, tuple[SourceType, ...]]:
        """The types of the news agencies of each country, by the country's code."""
        found: dict[str, tuple[SourceType, ...]] = {}
        for row in self.rows.values():
            if row.kind is SourceKind.AGENCY and row.country:
                found[row.country] = (*found.get(row.country, ()), row.type)
        return found

    def held(self, post: str) -> tuple[tuple[Row, Post], ...]:
        """Return who holds or held an office, with the time; the key may be a composed one."""
        return self.holders.get(self.canonical(post) or post, ())

    def _holding(self) -> dict[str, list[tuple[str, int]]]:
        """Return by each office's key the keys of its persons, with the number of the post."""
        found: dict[str, list[tuple[str, int]]] = {}
        for row in self.rows.values():
            for at, post in enumerate(row.posts):
                found.setdefault(self.canonical(post.key) or post.key, []).append((row.key, at))
        return found

    def sources(self) -> Iterator[Source]:
        """Yield the sources that have a row, in the order of the tables."""
        yield from (source for key in self.rows if (source := self.get(key)))

    def search(self, text: str, limit: int | None = None) -> tuple[Source, ...]:
        """Return the sources with a name that contains the text, the closest names first.

        Bodies that states and places have are found too, except those that stand in another
        state. Only as many sources are made as are wanted.
        """
        wanted = spelling(text)
        named = [*self._names_of_rows(), *self._names_of_bodies(wanted)] if wanted else []
        distance: dict[str, int] = {}
        for (key, _), name in zip(named, spellings([name for _, name in named]), strict=True):
            if wanted in name:
                distance[key] = min(len(name), distance.get(key, len(name)))
        found: dict[str, Source] = {}
        for key in sorted(distance, key=distance.__getitem__):
            if len(found) == limit:
                break
            if source := self.get(key):
                found.setdefault(source.key, source)
        return tuple(found.values())

    def _names_of_rows(self) -> Iterator[tuple[str, str]]:
        for row in self.rows.values():
            for cell in (*row.names.values(), *row.weak.values()):
                yield from ((row.key, name) for name in cell)

    def _names_of_bodies(self, wanted: str) -> Iterator[tuple[str, str]]:
        """Yield the names, by key, of bodies of states that can have one with wanted words."""
        asked = wanted.split()
        fixed = [pattern for pattern in patterns().values() if not pattern.hosted]
        nearest = _saying_most(fixed, asked)
        for polity in self.polities.values():
            about = _spelt({**polity.names, **polity.forms, "": polity.demonyms})
            of_it = all(word in about for word in asked)
            yield from named_bodies(fixed if of_it else nearest, polity)
        yield from self._names_of_local(asked)

    def _names_of_local(self, asked: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the names, by key, of bodies of places that words name, the noun and the place."""
        known = _saying_most(local_patterns().values(), asked)
        for place in self.places.values() if known else ():
            about = _spelt({**place.names, **place.forms})
            if any(word in about for word in asked):
                yield from named_bodies(known, place)

    def at(self, url: str) -> Source | None:
        """Return the outlet at an address: that of its host, or of a domain the host is in."""
        host = urlsplit(url).hostname or ""
        parts = host.split(".")
        for start in range(len(parts) - 1):
            if row := self._domains.get(".".join(parts[start:])):
                return self.get(row.key)
        return None

    @cached_property
    def _domains(self) -> Mapping[str, Row]:
        media = (row for row in self.rows.values() if row.domain and row.kind in MEDIA)
        found: dict[str, Row] = {}
        for row in media:
            found.setdefault(row.domain or "", row)
        return found

    def get(self, key: str) -> Source | None:
        """Return the source a key stands for: a row, a composed body or an office; else None."""
        return self._sources[key]

    def canonical(self, key: str) -> str | None:
        """Return the key of the source that a key stands for, or None when it stands for none."""
        if key in self.rows:
            return key
        return self._canonical[key]

    def _find(self, key: str) -> str | None:
        if key in self._equivalents:
            return self._equivalents[key]
        if OF_OFFICE in key:
            parent, _, office = key.rpartition(OF_OFFICE)
            held = self.canonical(parent) if office in offices() else None
            return held and f"{held}{OF_OFFICE}{office}"
        if (parts := self.parts(key)) is None:
            return None
        if parts[0].office and OF_OFFICE in parts[0].parent:
            return self.canonical(f"{parts[1].key}{OF_BODY}{parts[0].parent}")
        names = body_names(*parts)
        rows = (self.by_name.get(spelling(name)) for cell in names.values() for name in cell)
        row = next((row for row in rows if row and is_a(row, parts[0])), None)
        if row is None and (head := self._head_of(key, *parts[:2])):
            return head
        return row.key if row else key if names else None

    def _head_of(self, key: str, pattern: Pattern, owner: Row) -> str | None:
        """Return the head of a row that a state's post is, as the persons' posts have it, or None.

        The speaker of a parliament that has a name of its own is the head of that row.
        """
        if not (pattern.office and pattern.parent) or pattern.hosted or key in self._held:
            return None
        body = self.canonical(f"{owner.key}{OF_BODY}{pattern.parent}")
        head = f"{body}{OF_OFFICE}{_HEAD}"
        return head if body in self.rows and head in self._held else None

    @cached_property
    def _held(self) -> frozenset[str]:
        """The keys of offices that some person holds or held, as they stand in the tables."""
        return frozenset(post.key for row in self.rows.values() for post in row.posts)

    def equals(self, key: str) -> tuple[str, ...]:
        """Return the composed keys that a row's key stands for though no name tells so."""
        return tuple(composed for composed, row in self._equivalents.items() if row == key)

    def parts(self, key: str) -> tuple[Pattern, Row, Row | None] | None:
        """Return the pattern, owner and host that a composed body's key names, or None."""
        owner, _, rest = key.partition(OF_BODY)
        name, between, host = rest.partition(OF_BODY)
        pattern = patterns().get(name)
        if pattern is None:
            local = local_patterns().get(name)
            place = self.places.get(owner) if local and not between else None
            return (local, place, None) if local and place else None
        if owner not in self.polities or bool(between) != pattern.hosted:
            return None
        if between and host not in self.polities:
            return None
        return pattern, self.rows[owner], self.rows[host] if host else None

    def _make(self, key: str) -> Source | None:
        canonical = self.canonical(key)
        if canonical is None:
            return None
        if canonical != key:
            return self.get(canonical)
        if row := self.rows.get(key):
            return self._of_row(row)
        parent, _, office = key.rpartition(OF_OFFICE)
        if body := self.get(parent):
            return self._of_office(body, office)
        parts = self.parts(key)
        return self._of_body(key, *parts) if parts else None

    def _of_row(self, row: Row) -> Source:
        return Source(
            key=row.key,
            name=first_name(row.names),
            kind=row.kind,
            type=row.type,
            country=row.country,
            domain=row.domain,
            wikidata=row.wikidata,
            names=source_names(row.names, row.weak),
            relations=(*self._relations(row.relations), *self._offices(row)),
            invented=row.note.startswith(_INVENTED),
        )

    def _of_body(self, key: str, pattern: Pattern, owner: Row, host: Row | None) -> Source:
        names: Names = body_names(pattern, owner, host)
        of_a_place = owner.key not in self.polities
        state = self.states.get(owner.country or "", "") if of_a_place else owner.key
        parent = state if pattern.parent == "state" else f"{state}:{pattern.parent}"
        if host and pattern.parent in patterns() and patterns()[pattern.parent].hosted:
            parent += f"{OF_BODY}{host.key}"
        return Source(
            key=key,
            name=first_name(names),
            kind=pattern.kind,
            type=pattern.type,
            country=owner.country,
            names=source_names(names, {}),
            relations=self._relations(
                [Relation(pattern.relation, parent)] if pattern.relation else []
            ),
            invented=owner.note.startswith(_INVENTED),
        )

    def _of_office(self, body: Source, key: str) -> Source:
        office = offices()[key]
        names, kind = office_names(office, body), office.type or body.type
        for pattern, owner in self._posts_of(body, key):
            names = joined(names, body_names(pattern, owner, None))
            if called := offices().get(pattern.group):  # the head of a parliament is its speaker
                names, kind = joined(office_names(called, body), names), pattern.type
        for pattern, place in self._local_posts(body.key, key):
            names, kind = joined(body_names(pattern, place, None), names), pattern.type
        return Source(
            key=f"{body.key}{OF_OFFICE}{key}",
            name=first_name(names) if names else f"{key}, {body.name}",
            kind=SourceKind.BODY,
            type=kind,
            country=body.country,
            names=source_names(names, {}),
            relations=(SourceRelation(kind=SourceRelationKind.SPEAKS_FOR, parent=body.key),),
            invented=body.invented,
        )

    def _posts_of(self, body: Source, office: str) -> Iterator[tuple[Pattern, Row]]:
        """Yield the posts that the head of a row is, with whose they are: the speaker."""
        state = self.states.get(body.country or "", "")
        named = state and body.key in self.rows and office == _HEAD
        own = f"{body.key}{OF_OFFICE}{office}"
        for key, pattern in patterns().items() if named else ():
            if pattern.office and self.canonical(f"{state}{OF_BODY}{key}") == own:
                yield pattern, self.rows[state]

    def _local_posts(self, body: str, office: str) -> Iterator[tuple[Pattern, Row]]:
        """Yield the posts that an office in a place's body is, with the place: the mayor."""
        place, _, kind = body.partition(OF_BODY)
        for pattern in local_patterns().values() if place in self.places else ():
            if pattern.office and pattern.parent == f"{kind}{OF_OFFICE}{office}":
                yield pattern, self.places[place]

    def _relations(self, relations: Iterable[Relation]) -> tuple[SourceRelation, ...]:
        known = ((relation, self.canonical(relation.parent)) for relation in relations)
        return tuple(
            SourceRelation(kind=each.kind, parent=key, since=each.since, until=each.until)
            for each, key in known
            if key
        )

    def _offices(self, row: Row) -> Iterator[SourceRelation]:
        """Yield a person's relations to the bodies whose offices were theirs."""
        for post in row.posts:
            if body := self.body_of(post.key):
                one_of_many = post.key.rpartition(OF_OFFICE)[2] in _members()
                kind = _MEMBER if one_of_many else SourceRelationKind.SPEAKS_FOR
                yield SourceRelation(kind=kind, parent=body, since=post.since, until=post.until)

    def is_post(self, key: str) -> bool:
        """Tell whether a key is that of an office: in a body, or one that every state has."""
        parts = self.parts(key)
        return OF_OFFICE in key or (parts is not None and parts[0].office)

    def body_of(self, post: str) -> str | None:
        """Return the key of the body that an office belongs to, or None."""
        if OF_OFFICE in post:
            return self.canonical(post.rpartition(OF_OFFICE)[0])
        source = self.get(post)
        return source.relations[0].parent if source and source.relations else None


def _rows(path: Path, text: str, languages: Sequence[str]) -> Iterator[Row]:
    def made() -> list[PlainRow]:
        return [plain_row(row) for row in read_rows(path, languages)]

    plain = kept(f"table-{path.stem}", ids.digest([text, list(languages)]), made)
    return (row_of(str(path), row) for row in plain)


def _saying_most(known: Iterable[Pattern], asked: Sequence[str]) -> list[Pattern]:
    """Return the patterns whose templates have most of some words, and at least one."""
    said = [(pattern, _spelt(pattern.templates)) for pattern in known]
    counts = [(pattern, sum(word in words for word in asked)) for pattern, words in said]
    most = max((count for _, count in counts), default=0)
    return [pattern for pattern, count in counts if count == most] if most else []


def _members() -> frozenset[str]:
    """Return the offices that many hold at once."""
    return frozenset(key for key, office in offices().items() if office.anonymous)


def is_a(row: Row, pattern: Pattern) -> bool:
    """Tell whether a row can be a state's body of a pattern: a name alone may be another's."""
    if pattern.office:
        return row.kind is SourceKind.PERSON
    return row.kind is pattern.kind and (row.type is pattern.type or row.kind in MEDIA)


def _spelt(names: Mapping[Any, Iterable[str]]) -> str:
    return spelling(" ".join(name for cell in names.values() for name in cell))
