"""What a mention says by itself, before the article it stands in is looked at."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from claimtrack.model.vocabulary import ResolvedHow, SourceKind, SourceType


class Shape(StrEnum):
    """What sort of thing a mention turns out to be."""

    KNOWN = "known"  # a source of the registry, named or composed
    GROUP = "group"  # several of them together
    PERSON = "person"  # a person by name
    UNNAMED = "unnamed"  # people, media or evidence without a name
    NEW = "new"  # a body that no registry holds
    ANAPHOR = "anaphor"  # what only an earlier mention can tell
    OWN = "own"  # the outlet itself
    NOTHING = "nothing"  # no words


class Reading(NamedTuple):
    """What a mention says by itself.

    Attributes:
        shape: What sort of thing it is.
        type: The type of the source, as far as the words tell.
        how: How a known source was recognised.
        kind: What kind of source to make where none is known.
        key: The key of a known source.
        keys: The members of a group; for an anaphor, the sources it is a weak name of.
        name: The words that name somebody, as written; else the whole mention.
        tokens: The words of a person's name as they are compared.
        country: The state that the words tell, as a row's key.
        parent: The key of the body a person speaks for.
        post: The key of the post a person holds.
        speaks: The person speaks for the parent, and does not only belong to it.
        office: The office that is told of, by its key.
        tags: What an anaphor can stand for: kinds, types, groups and patterns; of a person, what
            the body can be that the description points back to.
        noun: The noun that an unnamed source goes by, to find it again.
        definite: It points back: "the source".
        creates: It becomes a source of its own where nothing earlier fits.
        former: The office that is told of is no longer held.
        owned: It is somebody's: "his ministry", of whom the article names before.
        both: Two states that stand together somewhere before: "the two countries".
    """

    shape: Shape
    type: SourceType = SourceType.OTHER
    how: ResolvedHow = ResolvedHow.UNRESOLVED
    kind: SourceKind = SourceKind.BODY
    key: str = ""
    keys: tuple[str, ...] = ()
    name: str = ""
    tokens: tuple[str, ...] = ()
    country: str = ""
    parent: str = ""
    post: str = ""
    speaks: bool = False
    office: str = ""
    tags: frozenset[str] = frozenset()
    noun: str = ""
    definite: bool = False
    creates: bool = False
    former: bool = False
    owned: bool = False
    both: bool = False


NOTHING = Reading(Shape.NOTHING)
