"""Sources from elsewhere: FollowTheMoney entities, and tables such as OpenRefine writes.

What cannot be taken is left out with its reason; what is no such file at all is an error. Tables in
the registry's own form are read by `table.read_rows`, which is strict.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack.errors import InputError
from claimtrack.lang.pack import script
from claimtrack.model.ids import digest
from claimtrack.model.source import Source, SourceName, SourceRelation
from claimtrack.model.vocabulary import NameKind, SourceKind, SourceRelationKind, SourceType
from claimtrack.sources.table import listed, period

OWN = "own-"
"""What the keys of a desk's sources begin with: no packaged row's does."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read; a registry of sources is smaller."""

_MOST_NAMES = 100
_WIKIDATA = re.compile(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([^/\s:]+\.[^/\s:]+)")
_DEFAULT = "en"


class LeftOut(NamedTuple):
    """Something that was not taken: where it stands, and why not."""

    place: str
    reason: str


class Proposed(NamedTuple):
    """A source that can be added, and where it stands."""

    place: str
    source: Source


class Imported(NamedTuple):
    """What a file holds that can be taken, and what cannot."""

    proposed: tuple[Proposed, ...]
    left_out: tuple[LeftOut, ...]


class _Draft(NamedTuple):
    """A source as a file tells it, before it is checked."""

    place: str
    names: Sequence[str]
    weak: Sequence[str]
    kind: SourceKind
    type: SourceType
    country: str
    domain: str
    wikidata: str


def own_key(name: str) -> str:
    """Return the key of a desk's own source: its name in plain letters, else a digest of it.

    >>> own_key("Lunar Observer"), own_key("مرصد القمر")
    ('own-lunar-observer', 'own-831f9e84')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return OWN + (slug or digest(name)[:8])


def language_of(text: str, languages: Sequence[str]) -> str:
    """Return the first of some languages whose letters a name is written in."""
    letters = [unicodedata.name(letter, "") for letter in text if letter.isalpha()]
    for code in (_DEFAULT, *languages):
        if letters and letters[0].startswith(script(code)):
            return code
    return _DEFAULT


def is_entities(data: bytes) -> bool:
    """Tell whether a file holds FollowTheMoney entities: JSON objects with a schema."""
    first = next((line for line in data.splitlines() if line.strip()), b"")
    return first.lstrip()[:1] == b"{"


def read_bytes(path: Path) -> bytes:
    """Return a file's content.

    Raises:
        InputError: It cannot be read, or is too large.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(str(path), "is larger than 64 MiB. Divide it.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror}).") from None


def text_of(path: Path, data: bytes) -> str:
    """Return the text of a file.

    Raises:
        InputError: It is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(str(path), "not UTF-8. Save the file as UTF-8.") from None


# --- tables of names, as OpenRefine exports them

_COLUMNS = {
    "name": ("name", "label", "title", "reconciled name", "caption"),
    "aliases": ("alias", "aliases", "also known as", "altlabel", "other names"),
    "kind": ("kind", "schema"),
    "type": ("type", "source type"),
    "country": ("country", "country code", "countries"),
    "domain": ("domain", "website", "url", "official website"),
    "wikidata": ("wikidata", "wikidata id", "qid", "reconciled id", "id"),
}


def read_table(path: Path, text: str, languages: Sequence[str]) -> Imported:
    """Read a CSV or TSV of names; a row without a name goes on with the record above it.

    Raises:
        InputError: It is no table, or has no column of names.
    """
    lines = io.StringIO(text, newline="")
    first = text.split("\n", 1)[0]
    rows = csv.reader(lines, delimiter="\t" if "\t" in first else ",", strict=True)
    try:
        head = [column.strip().lower() for column in next(rows, [])]
        at = {name: _column(head, known) for name, known in _COLUMNS.items()}
        if at["name"] is None:
            known = ", ".join(_COLUMNS["name"])
            raise InputError(f"{path}:1", f"no column of names. Call one of them: {known}.")
        records: list[tuple[int, dict[str, list[str]]]] = []
        for cells in rows:
            told = {name: _cell(cells, place) for name, place in at.items()}
            if told["name"] or not records:
                records.append((rows.line_num, {name: [] for name in _COLUMNS}))
            for name, cell in told.items():
                records[-1][1][name] += listed(cell)
    except csv.Error as error:
        raise InputError(f"{path}:{rows.line_num}", f"not CSV: {error}. Fix the quoting.") from None
    drafts = (_of_record(f"{path}:{line}", told) for line, told in records)
    return _checked(drafts, languages)


def _column(head: Sequence[str], known: Sequence[str]) -> int | None:
    return next((head.index(name) for name in known if name in head), None)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _of_record(place: str, told: Mapping[str, Sequence[str]]) -> _Draft | LeftOut:
    first = {name: cells[0] if cells else "" for name, cells in told.items()}
    kind = _known(SourceKind, first["kind"].lower() or "body")
    sort = _known(SourceType, first["type"].lower().replace(" ", "_") or "other")
    if kind is None:
        words = f"unknown kind {first['kind']!r}. Give one of: {', '.join(SourceKind)}."
        return LeftOut(place, words)
    if sort is None:
        words = f"unknown type {first['type']!r}. Give one of: {', '.join(SourceType)}."
        return LeftOut(place, words)
    names = [*told["name"], *told["aliases"]]
    wikidata = first["wikidata"] if _WIKIDATA.fullmatch(first["wikidata"]) else ""
    return _Draft(
        place, names, (), SourceKind(kind), SourceType(sort), first["country"], first["domain"],
        wikidata,
    )  # fmt: skip


def _known(kind: Callable[[str], Any], value: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        return None


# --- FollowTheMoney

_SCHEMATA = {
    "Person": (SourceKind.PERSON, SourceType.OTHER),
    "Organization": (SourceKind.BODY, SourceType.OTHER),
    "PublicBody": (SourceKind.BODY, SourceType.GOVERNMENT),
    "Company": (SourceKind.BODY, SourceType.COMPANY),
    "LegalEntity": (SourceKind.BODY, SourceType.OTHER),
}
_TOPICS = {
    "gov.igo": SourceType.IGO,
    "gov": SourceType.GOVERNMENT,
    "pol.party": SourceType.POLITICAL_PARTY,
    "pol.union": SourceType.NGO,
    "mil": SourceType.MILITARY,
    "crime.terror": SourceType.ARMED_GROUP,
    "role.pep": SourceType.GOVERNMENT,
    "role.journo": SourceType.NEWS_OUTLET,
    "role.act": SourceType.OTHER,
}
_LINKS = {
    "Ownership": ("asset", "owner", SourceRelationKind.OWNED_BY),
    "Membership": ("member", "organization", SourceRelationKind.MEMBER_OF),
    "Employment": ("employee", "employer", SourceRelationKind.MEMBER_OF),
    "Directorship": ("director", "organization", SourceRelationKind.SPEAKS_FOR),
    "Representation": ("agent", "client", SourceRelationKind.SPEAKS_FOR),
}


def read_entities(path: Path, text: str, languages: Sequence[str]) -> Imported:
    """Read FollowTheMoney entities, one JSON object a line, with the links between them.

    Raises:
        InputError: A line is no JSON object.
    """
    entities = list(_entities(path, text))
    found = _checked((_of_entity(*each) for each in entities if not _is_link(each[1])), languages)
    places = dict(entities)
    keys = {
        str(places[each.place].get("id")): each.source.key
        for each in found.proposed
        if each.place in places
    }
    relations: dict[str, list[SourceRelation]] = {}
    left_out = list(found.left_out)
    for place, entity in entities:
        if _is_link(entity) and (reason := _link(entity, keys, relations)):
            left_out.append(LeftOut(place, reason))
    proposed = (
        each._replace(
            source=each.source.model_copy(
                update={"relations": tuple(relations.get(each.source.key, ()))}
            )
        )
        for each in found.proposed
    )
    return Imported(tuple(proposed), tuple(left_out))


def _entities(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
        except (ValueError, RecursionError):
            entity = None
        if not isinstance(entity, dict):
            raise InputError(f"{path}:{number}", "not a JSON object. Give one entity a line.")
        yield f"{path}:{number}", entity


def _is_link(entity: Mapping[str, Any]) -> bool:
    return str(entity.get("schema")) in _LINKS


def _values(entity: Mapping[str, Any], *names: str) -> list[str]:
    properties = entity.get("properties")
    known = properties if isinstance(properties, dict) else {}
    cells = (known.get(name) for name in names)
    return [
        text
        for cell in cells
        for value in (cell if isinstance(cell, list) else [cell])
        if isinstance(value, str) and (text := " ".join(value.split()))
    ]


def _of_entity(place: str, entity: Mapping[str, Any]) -> _Draft | LeftOut:
    schema = entity.get("schema")
    if not isinstance(schema, str) or schema not in _SCHEMATA:
        known = ", ".join((*_SCHEMATA, *_LINKS))
        return LeftOut(place, f"schema {schema!r} is no source. Taken are: {known}.")
    kind, sort = _SCHEMATA[schema]
    topics = _values(entity, "topics")
    first = next((_TOPICS[topic] for topic in _TOPICS if topic in topics), sort)
    countries = _values(entity, "jurisdiction", "country", "nationality")
    sites, wikidata = _values(entity, "website"), _values(entity, "wikidataId")
    return _Draft(
        place,
        _values(entity, "name", "alias", "previousName"),
        _values(entity, "weakAlias", "abbreviation"),
        kind,
        first,
        countries[0] if countries else "",
        sites[0] if sites else "",
        wikidata[0] if wikidata else "",
    )


def _link(
    entity: Mapping[str, Any],
    keys: Mapping[str, str],
    relations: dict[str, list[SourceRelation]],
) -> str:
    """Add a link between two entities that were taken; return why not, or nothing."""
    child, parent, kind = _LINKS[str(entity["schema"])]
    ends = [next(iter(_values(entity, end)), "") for end in (child, parent)]
    if missing := [end for end in ends if end not in keys]:
        return f"links to {missing[0]!r}, which was not taken."
    times = [next(iter(_values(entity, name)), "")[:10] for name in ("startDate", "endDate")]
    try:
        since, until = period(*times)
    except ValueError as error:
        return str(error)
    if keys[ends[0]] == keys[ends[1]]:
        return "links a source to itself."
    relation = SourceRelation(kind=kind, parent=keys[ends[1]], since=since, until=until)
    relations.setdefault(keys[ends[0]], []).append(relation)
    return ""


# --- both


def _checked(drafts: Iterable[_Draft | LeftOut], languages: Sequence[str]) -> Imported:
    proposed: list[Proposed] = []
    left_out: list[LeftOut] = []
    keys: dict[str, str] = {}
    for draft in drafts:
        if isinstance(draft, LeftOut):
            left_out.append(draft)
            continue
        if reason := _reason(draft):
            left_out.append(LeftOut(draft.place, reason))
            continue
        source = _source(draft, languages)
        if source.key in keys:
            left_out.append(LeftOut(draft.place, f"stands at {keys[source.key]} already."))
            continue
        keys[source.key] = draft.place
        proposed.append(Proposed(draft.place, source))
    return Imported(tuple(proposed), tuple(left_out))


def _reason(draft: _Draft) -> str:
    if not any(any(letter.isalnum() for letter in name) for name in draft.names[:1]):
        return "has no name. Give one."
    if len(draft.names) > _MOST_NAMES:
        return f"has {len(draft.names)} names. Keep the {_MOST_NAMES} that matter."
    if draft.wikidata and not _WIKIDATA.fullmatch(draft.wikidata):
        return f"wikidata {draft.wikidata!r} is not like Q42."
    if draft.country and not _COUNTRY.fullmatch(draft.country):
        return f"country {draft.country!r} is not a code of two letters (ISO 3166-1)."
    return ""


def _source(draft: _Draft, languages: Sequence[str]) -> Source:
    names = list(dict.fromkeys(draft.names))
    shown = next((n for n in names if language_of(n, languages) == _DEFAULT), names[0])
    official: set[str] = set()
    found: list[SourceName] = []
    for name in names:
        lang = language_of(name, languages)
        kind = NameKind.ALIAS if lang in official else NameKind.OFFICIAL
        official.add(lang)
        found.append(SourceName(text=name, lang=lang, kind=kind))
    found += [
        SourceName(text=name, lang=language_of(name, languages), kind=NameKind.WEAK)
        for name in dict.fromkeys(draft.weak)
        if name not in names
    ]
    host, item = _HOST.match(draft.domain), _WIKIDATA.fullmatch(draft.wikidata)
    return Source(
        key=own_key(shown),
        name=shown,
        kind=draft.kind,
        type=draft.type,
        country=draft.country.upper() or None,
        domain=host[1].lower() if host else None,
        wikidata=item[1] if item else None,
        names=tuple(found),
    )
