"""Whether two wordings name one speaker of one matter: by how the name sounds, or by the office.

For those whom no table knows: "Anso Belin" and "أنسو بيلين" are one where they say the same, and so
are "the central bank" and "البنك المركزي", and a body whose name the other text has translated.
Nobody who is not to be named is anybody else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from claimtrack.match.embed import Vectors, embed
from claimtrack.match.lexicon import Lexicon, Token, known, lexicon
from claimtrack.match.names import SHIPPED_MEANS, Means, heard_in, sound
from claimtrack.match.reading import read

_LONGEST = 120
"""Code points of a wording that names somebody; longer ones are no names."""
_SURE, _RARE = 3, 4
"""Consonants of a surname that is not heard by chance, and of a name that may stand anywhere."""
_TRANSLATED, _SURELY = 0.72, 0.78
"""How alike the vectors of two names in two languages must be, and from what on their concepts do
not part them. Of names that we made up, those of two bodies of one kind reach 0.73, others 0.67."""
_LETTERS = re.compile(r"\b[A-Z]{3,}\b")


_Names = tuple[tuple[str, ...], ...]


class Likenesses(dict[tuple[str, str], float]):
    """How alike two names are, the cosine of their vectors; it is measured when first asked for."""

    def __missing__(self, names: tuple[str, str]) -> float:
        """Measure it, and keep it."""
        left, right = map(_vector, names)
        self[names] = float(left @ right)
        return self[names]


class _Wording(NamedTuple):
    """A wording that names a speaker.

    Attributes:
        names: How the words of it sound that are none of every day, in order; each in the ways
            that it may be read.
        letters: Bodies by their letters, which texts in other scripts give as they are.
        offices: The offices it names, as concepts.
        concepts: All its concepts.
        countries: The countries it names.
        numbers: How many they are, where it says so.
    """

    names: _Names
    letters: frozenset[str]
    offices: frozenset[str]
    concepts: frozenset[str]
    countries: frozenset[str]
    numbers: frozenset[float]


def one_speaker(
    left: tuple[str, str],
    right: tuple[str, str],
    means: Means = SHIPPED_MEANS,
    likenesses: Likenesses | None = None,
) -> bool:
    """Tell whether two wordings may name one speaker, given that both say the same.

    Args:
        left: How a text names who says it, and the text's language.
        right: How another does.
        means: The language packs and tables of sources that hold.
        likenesses: What is known of how alike names of two languages are; what is asked for
            besides is put there.
    """
    if not left[0] or not right[0] or max(len(left[0]), len(right[0])) > _LONGEST:
        return False
    one, other = _read(*left, means), _read(*right, means)
    if one.countries and other.countries and not one.countries & other.countries:
        return False
    if not one.letters.isdisjoint(other.letters):
        return one.offices == other.offices
    if one.names and other.names:
        same = _one_name(one.names, other.names) or _one_paper(one, other)
    else:
        same = _one_office(one, other)
    if same or left[1] == right[1] or not _may_translate(one, other):
        return same
    least = _SURELY if _told_apart(one, other) else _TRANSLATED
    known_so_far = Likenesses() if likenesses is None else likenesses
    return known_so_far[left[0], right[0]] >= least


def _one_office(one: _Wording, other: _Wording) -> bool:
    """Tell whether two wordings are of one office, or of people who are called the same."""
    if one.offices or other.offices:
        held = one.offices == other.offices and not _told_apart(one, other)
        return held or _one_paper(one, other)
    if one.names or other.names or one.concepts != other.concepts:
        return False
    alike = len(one.concepts) > 1 or one.concepts & known().bodies
    return bool(alike or (one.numbers and one.numbers == other.numbers))


def _told_apart(one: _Wording, other: _Wording) -> bool:
    """Tell whether each speaks of what the other lacks: the ministry of health, of the interior."""
    slight = known().slight
    return bool(one.concepts - other.concepts - slight) and bool(
        other.concepts - one.concepts - slight
    )


def _may_translate(one: _Wording, other: _Wording) -> bool:
    """Tell whether one wording may be the other's translation: of a name made of plain words.

    It is not where they are not as many, or hold other offices. How alike the vectors are tells
    it of others, and they must be more so where each has what the other lacks.
    """
    return one.numbers == other.numbers and one.offices == other.offices


@lru_cache(maxsize=20_000)
def _vector(text: str) -> Vectors:
    vector: Vectors = embed([text])[0]
    return vector


def _one_paper(one: _Wording, other: _Wording) -> bool:
    """Tell whether two wordings are of one kind of paper: a story has but one of it."""
    return bool(one.offices & other.offices & known().papers)


def is_group(text: str, lang: str, means: Means = SHIPPED_MEANS) -> bool:
    """Tell whether a wording is of people of whom an event has one group: "the survivors"."""
    return not _read(text, lang, means).offices.isdisjoint(known().groups)


def names_somebody(text: str, lang: str, means: Means = SHIPPED_MEANS) -> bool:
    """Tell whether a wording has a name besides those of the registry: "a UAE source" has none."""
    if len(text) > _LONGEST:
        return False
    read_as = _read(text, lang, means)
    return bool(read_as.names or read_as.letters)


def _one_name(one: _Names, other: _Names) -> bool:
    """Tell whether two names are one: each word of the shorter is heard in the other.

    A surname alone is enough where it is long, and so is one with a like beginning before it; a
    longer word may stand anywhere, as a company's does before what it trades in.
    """
    short, long = sorted((one, other), key=len)
    surname = _heard(short[-1], long[-1:]) and max(map(len, short[-1])) >= _SURE
    if len(short) == 1:
        return surname or (max(map(len, short[0])) >= _RARE and _heard(short[0], long))
    firsts = {each[:1] for each in short[-2]} & {each[:1] for each in long[-2]}
    return all(_heard(each, long) for each in short) or (surname and bool(firsts))


def _heard(one: Collection[str], others: Iterable[Collection[str]]) -> bool:
    return any(heard_in(each, other) for each in one for other in others)


def _common(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word of every day stands at a token, or a number."""
    return bool(words.concepts.at(tokens, at) or words.numbers.at(tokens, at))


@lru_cache(maxsize=20_000)
def _read(text: str, lang: str, means: Means) -> _Wording:
    reading, words = read(text, lang, means), lexicon(lang, means.packs)
    tokens, facts = words.tokens(text), known()
    registered = {
        at for one in reading.named if one.state for at in range(one.place, one.place + one.length)
    }
    capitals = {word.lower() for word in _LETTERS.findall(text)} - words.skip
    places = {at for one in reading.named for at in range(one.place, one.place + one.length)}
    letters = frozenset(
        token.text
        for at, token in enumerate(tokens)
        if token.text in capitals and at not in places and not _common(words, tokens, at)
    )
    names = []
    for at, token in enumerate(tokens):
        plain = token.text in words.skip or token.text[0].isdigit() or at in registered
        owner = token.text.endswith(words.owners)  # whose office it is, not who holds it
        if plain or owner or token.article or not token.capital or _common(words, tokens, at):
            continue
        ways = (sound(token.text, words), sound(token.text, words, whole=True))
        if heard := tuple(dict.fromkeys(each for each in ways if len(each) > 1)):
            names.append(heard)
    composed = {
        office for office, parts in facts.composed.items() if reading.concepts.issuperset(parts)
    }
    return _Wording(
        names=tuple(names),
        letters=letters,
        offices=reading.concepts & (facts.offices | facts.groups) | composed,
        concepts=reading.concepts - facts.saying,
        countries=frozenset(reading.countries.values()),
        numbers=frozenset(one.low for one in reading.quantities),
    )
