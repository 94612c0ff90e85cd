"""What an article has named so far: the persons in it, and who could be meant by "the ministry"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from claimtrack.model.source import Source


class Person(NamedTuple):
    """A person of the article, with the words of the name as they are compared."""

    tokens: tuple[str, ...]
    source: Source
    post: str


class Mention(NamedTuple):
    """A source where the article named it.

    Attributes:
        at: Where, in code points of the article's text.
        tags: What a noun can call it by.
        noun: The noun that an unnamed one goes by.
    """

    at: int
    source: Source
    tags: frozenset[str]
    noun: str


class Scene:
    """What an article has named so far."""

    def __init__(self) -> None:
        """Begin an article."""
        self._persons: list[Person] = []
        self._mentions: list[Mention] = []

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

    def holder(self, post: str) -> Source | None:
        """Return the one person of the article who holds a post, if there is just one."""
        found = _once(person.source for person in self._persons if person.post == post)
        return found[0] if len(found) == 1 else None

    def before(
        self, at: int, tags: frozenset[str], keys: Iterable[str] = (), noun: str = ""
    ) -> Source | None:
        """Return the source named last before a place that fits, or None.

        Args:
            at: The place, in code points of the text.
            tags: What it must be called by, one of them at least.
            keys: Keys of sources that fit whatever they are called.
            noun: The noun that an unnamed source must go by.
        """
        wanted = frozenset(keys)
        fitting = [
            mention
            for mention in self._mentions
            if mention.at < at
            and (
                mention.source.key in wanted
                or mention.tags & tags
                or (noun and mention.noun == noun)
            )
        ]
        return max(fitting, key=lambda mention: mention.at).source if fitting else None


def _once(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple({source.key: source for source in sources}.values())
