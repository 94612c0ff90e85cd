"""What an article has named so far: the persons in it, and who could be meant by "the ministry"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from claimtrack.model.source import Source
from claimtrack.model.vocabulary import SourceKind, SourceType

_ISSUERS = (SourceKind.BODY, SourceKind.EMBASSY, SourceKind.PERSON, SourceKind.STATE)


class Person(NamedTuple):
    """A person of the article, with the words of the name as they are compared.

    Attributes:
        posts: The keys of the offices that the person holds.
        noun: The noun that the person's name stands behind: "the journalist John Smith".
        former: The keys of the offices that the person held.
    """

    tokens: tuple[str, ...]
    source: Source
    posts: frozenset[str] = frozenset()
    noun: str = ""
    former: frozenset[str] = frozenset()


class Mention(NamedTuple):
    """A source where the article named it.

    Attributes:
        at: Where, in code points of the article's text.
        tags: What a noun can call it by.
        noun: The noun that an unnamed one goes by.
        relayed: Another source tells what it said.
        issued: It said so in something that can be called "the statement".
    """

    at: int
    source: Source
    tags: frozenset[str]
    noun: str
    relayed: bool = False
    issued: bool = False


class Wanted(NamedTuple):
    """What a noun that points back can mean; one of these is enough.

    Attributes:
        tags: What the source is called by.
        keys: Keys of sources.
        noun: The noun that an unnamed source goes by.
    """

    tags: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    noun: str = ""

    def by(self, mention: Mention) -> bool:
        """Tell whether a mention is of such a source."""
        named = mention.source.key in self.keys or bool(mention.tags & self.tags)
        return named or bool(self.noun and mention.noun == self.noun)


class Scene:
    """What an article has named so far."""

    def __init__(self) -> None:
        """Begin an article."""
        self._persons: list[Person] = []
        self._mentions: list[Mention] = []
        self._regarded: dict[str, Source] = {}
        self._described: dict[str, list[frozenset[str]]] = {}

    def meet(self, person: Person) -> None:
        """Add a person of the article."""
        self._persons.append(person)

    def note(self, mention: Mention) -> None:
        """Add a source where the article named it."""
        self._mentions.append(mention)

    def persons(self, tokens: tuple[str, ...]) -> tuple[Source, ...]:
        """Return the persons that a name can mean: the same name, else one it is a part of.

        A surname goes before a first name.
        """
        same = [p.source for p in self._persons if p.tokens == tokens]
        last = [p.source for p in self._persons if p.tokens[-len(tokens) :] == tokens]
        part = [p.source for p in self._persons if set(tokens) <= set(p.tokens)]
        return _once(same or last or part)

    def bearers(self, tokens: tuple[str, ...]) -> tuple[Source, ...]:
        """Return the persons of just this name."""
        return _once(p.source for p in self._persons if p.tokens == tokens)

    def holder(self, post: str) -> Source | None:
        """Return the one person of the article who holds a post, if there is just one."""
        found = _once(person.source for person in self._persons if post in person.posts)
        return found[0] if len(found) == 1 else None

    def former(self, post: str) -> Source | None:
        """Return the one person of the article who held a post, if there is just one."""
        found = _once(person.source for person in self._persons if post in person.former)
        return found[0] if len(found) == 1 else None

    def regard(self, source: Source) -> None:
        """Add an unnamed source of a type that only its place in the article tells."""
        self._regarded[source.key] = source

    def regarded(self, key: str) -> Source | None:
        """Return the one of a key whose type its place told, or None."""
        return self._regarded.get(key)

    def describe(self, noun: str, words: frozenset[str]) -> None:
        """Add somebody who is not named, with the words of the description."""
        self._described.setdefault(noun, []).append(words)

    def called(self, noun: str) -> Source | None:
        """Return the person whom "a journalist" turns out to be: "the journalist John Smith".

        None where two such are named, or two are described by words of which none has the other's.
        """
        found = _once(person.source for person in self._persons if noun and person.noun == noun)
        described = sorted(self._described.get(noun, ()), key=len)
        one = all(less <= more for less, more in pairwise(described))
        return found[0] if len(found) == 1 and one else None

    def before(self, at: int, wanted: Wanted) -> Source | None:
        """Return the fitting source that is named last before a place (code points), or None."""
        fitting = [mention for mention in self._mentions if mention.at < at and wanted.by(mention)]
        return max(fitting, key=lambda mention: mention.at).source if fitting else None

    def body_before(self, at: int, fits: Callable[[Source], bool]) -> Source | None:
        """Return the body that is named last before a place (code points) and fits, or None."""
        earlier = (one for one in self._mentions if one.at < at)
        bodies = [one for one in earlier if one.source.kind is SourceKind.BODY]
        return next(
            (one.source for one in sorted(bodies, key=lambda one: -one.at) if fits(one.source)),
            None,
        )

    def issuer(self, at: int) -> Source | None:
        """Return whoever issued something last before a place (code points), or None.

        Where nobody is said to have, whoever spoke last and is no medium that passes on others. A
        document that nobody is named for issues none.
        """
        earlier = [one for one in self._mentions if one.at < at]
        issued = [one for one in earlier if one.issued and not _is_document(one.source)]
        spoke = [one for one in earlier if one.source.kind in _ISSUERS]
        return max(issued or spoke, key=lambda one: one.at).source if issued or spoke else None

    def last(self, at: int, within: int | None = None) -> Source | None:
        """Return the source that spoke last before a place (code points), relayed by none.

        Args:
            at: The place.
            within: How many code points before it at most; None: anywhere.
        """
        first = 0 if within is None else at - within
        earlier = [one for one in self._mentions if first <= one.at < at and not one.relayed]
        return max(earlier, key=lambda mention: mention.at).source if earlier else None

    def unnamed(self, at: int) -> Source | None:
        """Return the source without a name that is last before a place (code points), or None."""
        earlier = (one for one in self._mentions if one.at < at)
        unnamed = [one for one in earlier if one.source.kind is SourceKind.UNNAMED]
        return max(unnamed, key=lambda one: one.at).source if unnamed else None

    def only(self, wanted: Wanted) -> Source | None:
        """Return the one source of the article that fits, wherever it is named, or None."""
        found = _once(mention.source for mention in self._mentions if wanted.by(mention))
        return found[0] if len(found) == 1 else None


def _is_document(source: Source) -> bool:
    return source.kind is SourceKind.UNNAMED and source.type is SourceType.OTHER


def _once(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple({source.key: source for source in sources}.values())
