"""Where an article introduces a person whom it elsewhere calls by a surname only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from claimtrack.model.vocabulary import SourceType
from claimtrack.sources.reading import Reading, Shape

_OCCURRENCES = 4
"""How many times a name is looked at: it is introduced early or not at all."""

_WORDS = 8
"""How many words beside a name can introduce it."""

_FEWEST_BEHIND = 2

_REACH = 120
_JOINS = re.compile(r"[,،(]? ")
"""What can stand between a name and the description after it."""

_AGE = re.compile(r"\s?[,،(]\s?\d\d(?!\d)")
"""Two digits after a name: somebody of the people, whose age says who it is."""

_ENDS = re.compile(r"[.!?؟;؛:،,\n\"“”„«»()\[\]]")


class Reads(NamedTuple):
    """How the words around a name are read.

    Attributes:
        mention: Reads a mention.
        telling: Returns whether something begins in each stretch of a mention that says who is
            meant; a mention of others need not be read.
    """

    mention: Callable[[str], Reading]
    telling: Callable[[Sequence[str]], Sequence[bool]]


def introduction(text: str, person: Reading, reads: Reads) -> Reading | None:
    """Return the reading of the words that introduce a person in a text, or None.

    The fewest words before the name that tell who it is are taken, else the fewest after it that
    tell whom the person speaks for or belongs to. Who is introduced by an age alone is a witness.

    Args:
        text: The article's text.
        person: A person by name alone.
        reads: How mentions are read.
    """
    aged = False
    for start, end in islice(_places(text, person.name), _OCCURRENCES):
        before = _ENDS.split(text[max(0, start - _REACH) : start])[-1].split()
        told = reads.telling([*before[-_WORDS:], person.name])[::-1]
        for size in _sizes(told):
            found = reads.mention(" ".join([*before[-size:], person.name]))
            same = found.tokens[-len(person.tokens) :] == person.tokens
            if found.shape is Shape.PERSON and same and _tells(found):
                return found
        after = text[end : end + _REACH]
        aged = aged or bool(_AGE.match(after))
        if behind := _behind(after, person, reads):
            return behind
    plain = aged and person.type is SourceType.OTHER
    return person._replace(type=SourceType.WITNESS) if plain else None


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands in a text as words of its own; compiled, each is slow once."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        apart = not (_in_word(text[start - 1 : start]) or _in_word(text[end : end + 1]))
        if apart:
            yield start, end
        start = text.find(name, end if apart else start + 1)


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _behind(after: str, person: Reading, reads: Reads) -> Reading | None:
    """Return the reading of a name with the description that follows it, or None."""
    join = _JOINS.match(after)
    words = _ENDS.split(after[join.end() :])[0].split() if join else []
    told = reads.telling([person.name, *words[:_WORDS]])
    for size in _sizes(told):
        if size < _FEWEST_BEHIND:
            continue
        found = reads.mention(f"{person.name}{join[0] if join else ' '}{' '.join(words[:size])}")
        same = found.tokens == person.tokens
        if found.shape is Shape.PERSON and same and (found.post or found.parent):
            return found
    return None


def _sizes(told: Sequence[bool]) -> range:
    """Return how many words beside a name may tell anything, fewest first.

    Args:
        told: Whether the name, and each word from it on, does.
    """
    return range(max(1, told.index(True)), len(told)) if True in told else range(0)


def _tells(reading: Reading) -> bool:
    return bool(reading.post or reading.parent) or reading.type is not SourceType.OTHER
