"""Sources that no registry holds, made from what a mention says.

Whoever is described well enough to be known again (a person by name and office) has one key
everywhere. Everybody else belongs to the article: the key holds its scope, so that "a security
source" of two articles is never one source.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.model.source import BETWEEN, Source, SourceName, SourceRelation
from claimtrack.model.vocabulary import SourceKind, SourceRelationKind, SourceType
from claimtrack.sources.mention import clean, name_key
from claimtrack.sources.reading import Reading
from claimtrack.sources.registry import Registry


def is_made(source: Source) -> bool:
    """Tell whether a source was made from what a mention says, by its key."""
    return BETWEEN in source.key


def make_person(reading: Reading, lang: str, scope: str, registry: Registry) -> Source:
    """Return a person, in relation to the body the mention tells."""
    held = registry.get(reading.post) if reading.post else None
    if held:
        parent = held.relations[0].parent if held.relations else ""
        body, place = registry.get(parent), reading.post
    else:
        body = registry.get(reading.parent) if reading.parent else None
        place = parent = body.key if body else ""
        parts = registry.parts(reading.parent)
        if body and parts and parts[0].office and body.relations and not reading.speaks:
            parent = body.relations[0].parent  # a minister's deputy belongs to the ministry
    current = not reading.former  # a former minister belongs to nothing that is told
    kind = SourceRelationKind.SPEAKS_FOR if reading.speaks else SourceRelationKind.MEMBER_OF
    return Source(
        key=BETWEEN.join(("person", place or scope, " ".join(reading.tokens))),
        name=reading.name,
        kind=SourceKind.PERSON,
        type=reading.type,
        country=body.country if body else _country(reading, registry),
        names=(SourceName(text=reading.name, lang=lang),),
        relations=(SourceRelation(kind=kind, parent=parent),) if parent and current else (),
    )


def make_scoped(reading: Reading, lang: str, scope: str, registry: Registry) -> Source:
    """Return a source of one article: unnamed, collective, or a body that no registry holds."""
    return Source(
        key=BETWEEN.join((reading.kind.value, scope, name_key(reading.name) or reading.name)),
        name=reading.name,
        kind=reading.kind,
        type=reading.type,
        country=_country(reading, registry),
        names=(SourceName(text=reading.name, lang=lang),),
    )


def make_outlet(name: str, lang: str) -> Source:
    """Return an outlet known by its name alone."""
    shown = clean(name)
    return Source(
        key=BETWEEN.join(("outlet", name_key(shown) or shown)),
        name=shown,
        kind=SourceKind.OUTLET,
        type=SourceType.NEWS_OUTLET,
        names=(SourceName(text=shown, lang=lang),),
    )


def make_group(members: Sequence[Source], kind: SourceType) -> Source:
    """Return several sources that speak together; the order in which they stand is only a name."""
    by_name = sorted(members, key=lambda member: member.name)
    name = _listed([member.name for member in by_name])
    ways = [name, _listed([member.name for member in members])]
    ways += [_listed([_shortest(member) for member in members])]
    if len(members) == 2:
        ways += [_listed([member.name for member in reversed(by_name)])]
    return Source(
        key=BETWEEN.join(("group", *sorted(member.key for member in members))),
        name=name,
        kind=SourceKind.COLLECTIVE,
        type=kind,
        names=tuple(SourceName(text=way, lang="en") for way in dict.fromkeys(ways)),
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1]))


def _shortest(source: Source) -> str:
    """Return the shortest name of a source in the language that it is shown in."""
    lang = next((name.lang for name in source.names if name.text == source.name), "")
    return min((name.text for name in source.names if name.lang == lang), key=len)


def _country(reading: Reading, registry: Registry) -> str | None:
    row = registry.rows.get(reading.country)
    return row.country if row else None
