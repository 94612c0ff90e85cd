"""Who and where: states and bodies of the registry in a text, and names by how they sound.

A name is compared across scripts by its consonants ("Douma", "دوما", "Дума"): vowels are written
in too many ways, and what the letters of a language sound like is in its pack.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.match.lexicon import LOOSE, Endings, Lexicon, Token, Words
from claimtrack.model.vocabulary import SourceKind
from claimtrack.sources import Registry
from claimtrack.text.fold import fold
from claimtrack.text.remembered import Remembered

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 5
"""Words of the longest name that is looked for."""
_STEM, _CUT = 4, 2
"""Letters of a word that must remain when an ending is not compared, and letters of an ending."""
_LEAST = 3
"""Letters of a name without its ending."""
_SHORTEST = 2
"""Letters of a name that must be heard when its last ones are not."""
_ENDED = 3
"""Sounds of a name that may have another ending, or a half vowel, and be the same."""
STATE, _CAPITAL = "state:", "capital"
_ADJECTIVE = "sk"
"""What a place's name sounds like besides, where an adjective is made of it."""


class Named(NamedTuple):
    """A registered name in a text.

    Attributes:
        key: The state ("state:SY") or the source's key.
        place: The token it begins at.
        length: How many tokens it takes.
        city: It is a state's capital: the state, or the place.
    """

    key: str
    place: int
    length: int
    city: bool = False

    @property
    def state(self) -> bool:
        """Whether it is a state, by its name, its people or its capital."""
        return self.key.startswith(STATE)


class _Name(NamedTuple):
    """A name of the registry; a small one is written without a capital letter."""

    words: tuple[str, ...]
    key: str
    small: bool


class Gazetteer:
    """Names of the registry, looked up token by token, whatever their endings."""

    def __init__(self, registry: Registry) -> None:
        """Index the names of rows."""
        self._first: defaultdict[str, list[_Name]] = defaultdict(list)
        self._beginning = Remembered(self._begin)
        self._cities: set[str] = set()
        self.countries = {row.key: row.country for row in registry.rows.values() if row.country}
        self._registry, self._roots = registry, dict[str, str]()
        self._people = {row.key for row in registry.rows.values() if row.kind is SourceKind.PERSON}
        for row in registry.rows.values():
            polity = row.kind is SourceKind.STATE
            key = f"{STATE}{row.country}" if polity and row.country else row.key
            names = [name for cell in row.names.values() for name in cell]
            if polity:
                names += row.demonyms
                for (form, _), cell in row.forms.items():
                    if form != _CAPITAL:
                        names += cell
                    else:
                        self._cities |= {fold(word) for word in cell}
                        names += cell
            for name in names:
                self._add(name, key)

    def _add(self, name: str, key: str) -> None:
        words = tuple(_WORD.findall(fold(name)))
        if words and len(words) <= _LONGEST and sum(map(len, words)) > 1:
            self._first[words[0][:_STEM]].append(_Name(words, key, small=name[0].islower()))

    def country(self, key: str) -> str | None:
        """Return the country that a name's key is of, or None."""
        if key.startswith(STATE):
            return key.removeprefix(STATE)
        return self.countries.get(key)

    def root(self, key: str) -> str:
        """Return what a body belongs to in the end, a state as its key; for most itself."""
        if key not in self._roots:
            self._roots[key] = key if key.startswith(STATE) else _root(key, self._registry)
        return self._roots[key]

    def person(self, key: str) -> bool:
        """Tell whether a name's key is of a person."""
        return key in self._people

    def named(self, tokens: Sequence[Token], endings: Endings = LOOSE) -> list[Named]:
        """Return the names in a text, the longest where several begin, none within another.

        Args:
            tokens: The text's tokens.
            endings: How names decline in its language.
        """
        found: list[Named] = []
        place = 0
        while place < len(tokens):
            hits = sorted(self._at(tokens, place, endings), key=lambda hit: -hit.length)
            if hits:
                found.append(hits[0])
            place += hits[0].length if hits else 1
        return found

    def _fits(self, tokens: Sequence[Token], place: int, form: str, words: tuple[str, ...]) -> bool:
        """Tell whether a word begins a name; a man of a city (al-Baghdadi) is not the city."""
        if words[0] not in self._cities or form == words[0]:
            return True
        return tokens[place].cased and not (place and tokens[place - 1].article)

    def _at(self, tokens: Sequence[Token], place: int, endings: Endings) -> Iterator[Named]:
        for form, (words, key, small) in self._beginning[tokens[place].forms, endings]:
            if not (small or tokens[place].capital or _first_of_two(tokens, place)):
                continue
            after = tokens[place + 1 : place + len(words)]
            if (
                len(after) == len(words) - 1
                and self._fits(tokens, place, form, words)
                and all(
                    any(_is(each, word, endings) for each in token.forms)
                    for token, word in zip(after, words[1:], strict=True)
                )
            ):
                yield Named(key, place, len(words), city=words[0] in self._cities)

    def _begin(self, asked: tuple[Words, Endings]) -> tuple[tuple[str, _Name], ...]:
        """Return the names that a word in any of its forms may begin, each with the form."""
        forms, endings = asked
        return tuple(
            (form, name)
            for form in forms
            for name in self._first.get(form[:_STEM], ())
            if _is(form, name.words[0], endings)
        )


def _root(key: str, registry: Registry) -> str:
    """Follow a source's relations up to what belongs to nothing."""
    seen: set[str] = set()
    while (source := registry.get(key)) and key not in seen:
        seen.add(key)
        if source.kind is SourceKind.STATE and source.country:
            return f"{STATE}{source.country}"
        above = [one.parent for one in source.relations]
        key = above[0] if above else key
    return key


def _first_of_two(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word is joined to the next by a hyphen, as two countries of one border are."""
    return place + 1 < len(tokens) and tokens[place + 1].gap == "-"


def _stem(word: str) -> str:
    """Return a word without the last letters, which inflection changes."""
    if len(word) > _STEM + _CUT:
        return word[:-_CUT]
    return word[:-1] if len(word) > _STEM else word


def _is(word: str, name: str, endings: Endings) -> bool:
    """Tell whether a word is one of a name, inflected perhaps."""
    if len(name) < _STEM or word == name:
        return word == name
    if not endings.further:
        return word.startswith(_stem(name)) and 0 <= len(word) - len(name) <= 2 * _CUT
    return any(
        word.startswith(stem) and word[len(stem) :] in endings.further
        for stem in _declined(name, endings)
    )


@lru_cache(maxsize=20_000)
def _declined(name: str, endings: Endings) -> tuple[str, ...]:
    """Return what of a name other endings may follow: it without its own, without a vowel."""
    cut = (name.removesuffix(each) for each in endings.own if name.endswith(each))
    fleeting = (name[:-2] + name[-1],) if name[-2] in endings.fleeting else ()
    return (name, *(stem for stem in cut if len(stem) >= _LEAST), *fleeting)


class Means(NamedTuple):
    """What texts are read with: the language packs, and sources beside those that ship."""

    packs: Packs = SHIPPED
    registries: tuple[Path, ...] = ()


SHIPPED_MEANS = Means()


@cache
def registry(means: Means = SHIPPED_MEANS) -> Registry:
    """Return the sources that ship, with those beside them."""
    return Registry.load(*means.registries, packs=means.packs)


@cache
def gazetteer(means: Means = SHIPPED_MEANS) -> Gazetteer:
    """Return the names of the registry."""
    return Gazetteer(registry(means))


@lru_cache(maxsize=20_000)
def sound(word: str, lexicon: Lexicon, *, whole: bool = False) -> str:
    """Return how a name sounds: its consonants, the same letters for all languages.

    Args:
        word: Folded; articles in front of it are cut.
        lexicon: The words of its language.
        whole: Nothing is cut in front: what looks like an article may be the name's.
    """
    for article in () if whole else sorted(lexicon.articles, key=len, reverse=True):
        if word.startswith(article) and len(word) - len(article) >= _STEM - 1:
            word = word[len(article) :]
            break
    sounds = lexicon.facts.sounds
    silent = next((end for end in lexicon.facts.silent_last if word.endswith(end)), "")
    if len(word) - len(silent) >= _SHORTEST:
        word = word.removesuffix(silent)
    heard, place = "", 0
    while place < len(word):
        step = next((size for size in (3, 2) if word[place : place + size] in sounds), 1)
        one = sounds.get(word[place : place + step], "")
        if one and not heard.endswith(one):
            heard += one
        place += min(step, len(word) - place)
    return heard


def sounds_alike(one: str, other: str) -> bool:
    """Tell whether two names may be one, by their sounds; an ending may differ.

    >>> sounds_alike("htr", "htr"), sounds_alike("hftr", "hftrm"), sounds_alike("dm", "dmr")
    (True, True, False)
    """
    if one == other:
        return len(one) > 1
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < _ENDED:
        return False
    if long.startswith(short):
        further = long[len(short) :]
        if len(further) == 1 or further == _ADJECTIVE:
            return True
    # what one script writes as a half vowel, another writes as "v"
    inner = len(short) > _ENDED or "f" not in (long[0], long[-1])
    return inner and long.replace("f", "") == short.replace("f", "")


def heard_in(one: str, others: Collection[str]) -> bool:
    """Tell whether a name, by its sound, is among others."""
    if one in others:
        return len(one) > 1
    return len(one) >= _ENDED and any(sounds_alike(one, other) for other in others)


def heard(ones: Iterable[str], others: Collection[str]) -> list[str]:
    """Return those of some names, by their sounds, that are among others.

    Two that sound alike have a form in common, so that most are left at once.
    """
    forms = {form for other in others for form in _forms(other)}
    return [one for one in ones if not forms.isdisjoint(_forms(one)) and heard_in(one, others)]


def _forms(one: str) -> tuple[str, ...]:
    """Return a name's sounds, and what is left of them in names that sound alike."""
    return one, one[:-1], one.removesuffix(_ADJECTIVE), one.replace("f", "")
