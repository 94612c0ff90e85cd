"""What a language pack says about the words of claims: `match.yaml` and `concepts.yaml`.

Concepts are shared by all packs, so that "killed", "قتل" and "убиты" are one; what is known of the
concepts themselves (which are opposites, what numbers count) is `match/concepts.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from sys import intern
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

import yaml
from pydantic import Field, ValidationError, field_validator

from claimtrack.errors import PackError
from claimtrack.lang.lists import check_words, read_files
from claimtrack.lang.pack import (
    SHIPPED,
    Packs,
    available,
    line_of,
    load_yaml,
    pack_files,
    read_yaml,
)
from claimtrack.lang.table import read_rows
from claimtrack.model.value import Value
from claimtrack.text.fold import fold
from claimtrack.text.remembered import Remembered
from claimtrack.text.stem import rules

FILE, CONCEPTS = "match.yaml", "concepts.yaml"
STAR = "*"

Words = tuple[str, ...]
_T = TypeVar("_T")
_WORD = re.compile(r"\d[\d.,٬٫'’]*\d|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)
_STOP = re.compile(r"[^\w\s'’\"“”«»()\-]")
_SPACE = ("", " ")
"""What mostly stands between words: no mark is looked for there."""
_WORDS = 5_000
"""Words that each list remembers of: there are many lists, and texts have few words."""
_SHORTEST = 2
"""Letters that must remain when a proclitic is cut."""
_FINITE = ("past", "present")


class Facts(Value):
    """The lists of a pack's match.yaml; the files explain each."""

    between: Words = ()
    negations: Words = ()
    conditions: Words = ()
    not_negations: Words = ()
    exceptives: Words = ()
    lacking: Words = ()
    clauses: Words = ()
    relatives: Words = ()
    backdrops: Words = ()
    hedges: Words = ()
    futures: Words = ()
    foretelling: str = ""
    future_unmarked: bool = False
    skip: Words = ()
    numbers: dict[str, float] = Field(default_factory=dict)
    scales: dict[str, float] = Field(default_factory=dict)
    vague: dict[str, tuple[float, float]] = Field(default_factory=dict)
    duals: Words = ()
    number_joints: Words = ()
    models: Words = ()
    makes: Words = ()
    percent: Words = ()
    about: Words = ()
    at_least: Words = ()
    more_than: Words = ()
    at_most: Words = ()
    up_to: Words = ()
    shares: Words = ()
    of_them: Words = ()
    range_from: Words = ()
    range_to: Words = ()
    weekdays: dict[int, Words] = Field(default_factory=dict)
    months_small: bool = False
    whole: Words = ()
    part: Words = ()
    by: Words = ()
    perished: Words = ()
    passives: Words = ()
    proclitics: Words = ()
    imperfects: dict[str, Words] = Field(default_factory=dict)
    accusative: str = ""
    name_articles: Words = ()
    name_endings: Words = ()
    own_endings: Words = ()
    fleeting: Words = ()
    owners: Words = ()
    silent_last: Words = ()
    before_places: Words = ()
    own_country: Words = ()
    faceless: Words = ()
    sounds: dict[str, str] = Field(default_factory=dict)

    @field_validator("foretelling")
    @classmethod
    def _is_a_pattern(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from None
        return pattern


class Endings(NamedTuple):
    """How names decline in a language.

    Attributes:
        further: What may follow a name; without any, a short ending may stand for any other.
        own: Endings of a name that those replace.
        fleeting: Vowels before a last consonant that are lost with them.
    """

    further: frozenset[str] = frozenset()
    own: tuple[str, ...] = ()
    fleeting: frozenset[str] = frozenset()


LOOSE = Endings()
"""Of a language of which nothing is known."""


class Known(Value):
    """What is known of concepts, in no language (`match/concepts.yaml`)."""

    opposites: tuple[tuple[str, str], ...]
    kin: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    turning: frozenset[str]
    refusing: frozenset[str]
    saying: frozenset[str]
    acts: frozenset[str]
    changing: frozenset[str]
    directed: frozenset[str]
    blaming: frozenset[str]
    accusing: frozenset[str]
    attacks: frozenset[str]
    acting: frozenset[str]
    naming: frozenset[str]
    offices: frozenset[str]
    papers: frozenset[str]
    groups: frozenset[str]
    grounds: frozenset[str]
    bodies: frozenset[str]
    composed: dict[str, tuple[str, ...]]
    tolls: frozenset[str]
    people: frozenset[str]
    things: frozenset[str]
    slight: frozenset[str]
    deeds: frozenset[str]
    units: dict[str, tuple[str, float]]

    @cached_property
    def relatives(self) -> Mapping[str, frozenset[str]]:
        """What each concept is kin to."""
        return _both_ways(self.kin)

    @cached_property
    def contraries(self) -> Mapping[str, frozenset[str]]:
        """What each concept is the opposite of."""
        return _both_ways(self.opposites)

    @cached_property
    def told_deeds(self) -> frozenset[str]:
        """The deeds that say what a claim is about."""
        return self.deeds - self.saying - self.slight

    @cached_property
    def done(self) -> frozenset[str]:
        """What verbs tell: deeds, and what is too slight to say what a claim is about."""
        return self.deeds | self.slight

    @cached_property
    def opposite_measures(self) -> frozenset[tuple[str, ...]]:
        """The opposites that numbers count, each in the order of the alphabet."""
        both = (tuple(sorted(pair)) for pair in self.opposites)
        return frozenset(pair for pair in both if self.tolls.issuperset(pair))


def _both_ways(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Return for each end of some pairs the other ends."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return {end: frozenset(others) for end, others in found.items()}


class Token(NamedTuple):
    """A word or number of a text.

    Attributes:
        text: In folded spelling.
        forms: The same, and what is left when words joined to its front are cut.
        capital: It begins with a capital letter, or its script has none.
        cased: Its script has capital letters.
        stopped: A mark of punctuation stands before it.
        gap: What stands before it, folded: spaces, hyphens, marks.
        article: It is an article that stands in front of names.
    """

    text: str
    forms: tuple[str, ...]
    capital: bool
    cased: bool
    stopped: bool
    gap: str
    article: bool = False


class Found(NamedTuple, Generic[_T]):
    """An entry found at a token: how many tokens it takes, and what it stands for."""

    length: int
    value: _T


class Phrases(Generic[_T]):
    """Words and phrases looked up token by token; a star at a word's end stands for any ending.

    One that stands alone within a phrase stands for any word.
    """

    def __init__(self, entries: Iterable[tuple[str, _T]]) -> None:
        """Index entries, folded."""
        self._whole: defaultdict[str, list[tuple[Words, _T]]] = defaultdict(list)
        self._begun: defaultdict[str, list[tuple[Words, _T]]] = defaultdict(list)
        for words, value in entries:
            first, *rest = [*fold(words).split(), ""][: len(words.split()) or 1]
            if first.endswith(STAR):
                self._begun[first[:-1]].append((tuple(rest), value))
            elif first:
                self._whole[first].append((tuple(rest), value))
        self._beginning = Remembered(self._begin, _WORDS)

    def at(self, tokens: Sequence[Token], place: int) -> list[Found[_T]]:
        """Return what begins at a token, longest first."""
        beginning = self._beginning[tokens[place].forms]
        if not beginning:
            return []
        found = [
            Found(1 + len(rest), value)
            for rest, value in beginning
            if not rest or _follow(tokens, place + 1, rest)
        ]
        return sorted(found, key=lambda one: -one.length)

    def beginning(self, tokens: Sequence[Token]) -> list[int]:
        """Return the places of tokens that something may begin at; mostly there are none."""
        return [place for place, token in enumerate(tokens) if self._beginning[token.forms]]

    def _begin(self, forms: Words) -> tuple[tuple[Words, _T], ...]:
        """Return what may begin with a word in any of its forms: what must follow, and values."""
        found: list[tuple[Words, _T]] = []
        for form in forms:
            found += self._whole.get(form, ())
            for end in range(_SHORTEST, len(form) + 1) if self._begun else ():
                found += self._begun.get(form[:end], ())
        return tuple(found)


def _follow(tokens: Sequence[Token], place: int, words: Words) -> bool:
    if place + len(words) > len(tokens):
        return False
    return all(
        any(form.startswith(word[:-1]) for form in token.forms)
        if word.endswith(STAR)
        else word in token.forms
        for word, token in zip(words, tokens[place:], strict=False)
    )


class Lexicon:
    """A pack's words, ready to be looked up. Make one with `lexicon`."""

    def __init__(
        self,
        facts: Facts,
        concepts: Mapping[str, Words] = MappingProxyType({}),
        months: Mapping[int, Words] = MappingProxyType({}),
        whole: Words = (),
        verbs: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Index what a pack holds; words that begin with one of `whole` lose no proclitic.

        `verbs` are forms of verbs, with what is looked up in place of each.
        """
        self.facts = facts
        self._whole = whole
        self._verbs = verbs
        self.concepts = Phrases((word, key) for key, words in concepts.items() for word in words)
        self.months = Phrases((word, number) for number, words in months.items() for word in words)
        self.numbers = Phrases(facts.numbers.items())
        self.scales = Phrases(facts.scales.items())
        self.vague = Phrases(facts.vague.items())
        self.weekdays = Phrases(
            (word, day) for day, words in facts.weekdays.items() for word in words
        )
        self.qualifiers = Phrases(
            (word, name)
            for name in ("about", "at_least", "more_than", "at_most", "up_to")
            for word in getattr(facts, name)
        )
        self.negations = _all(facts.negations)
        self.conditions = _all(facts.conditions)
        self.not_negations = _all(facts.not_negations)
        self.exceptives = _all(facts.exceptives)
        self.lacking = frozenset(map(fold, facts.lacking))
        self.clauses = frozenset(map(fold, facts.clauses))
        self.relatives = frozenset(map(fold, facts.relatives))
        self.backdrops = _all(facts.backdrops)
        self.hedges = _all(facts.hedges)
        self.futures = _all(facts.futures)
        self._foretelling = re.compile(facts.foretelling) if facts.foretelling else None
        self.whole = _all(facts.whole)
        self.part = _all(facts.part)
        self.duals = _all(facts.duals)
        self.shares = _all(facts.shares)
        self.of_them = _all(facts.of_them)
        self.future_unmarked = facts.future_unmarked
        self.percent = _all(facts.percent)
        self.own_country = _all(facts.own_country)
        self.by = _all(facts.by)
        self.perished = frozenset(map(fold, facts.perished))
        self.passives = tuple(map(fold, facts.passives))
        self.skip = frozenset(map(fold, facts.skip))
        self.before_places = frozenset(map(fold, facts.before_places))
        self.models = frozenset(map(fold, facts.models))
        self.makes = frozenset(map(fold, facts.makes))
        self.joints = frozenset(map(fold, facts.number_joints))
        self.range_from = frozenset(map(fold, facts.range_from))
        self.range_to = frozenset(map(fold, facts.range_to))
        self.articles = tuple(map(fold, facts.name_articles))
        self.faceless = frozenset(map(fold, facts.faceless))
        self.owners = tuple(map(fold, facts.owners))
        self.name_endings = Endings(
            frozenset(map(fold, facts.name_endings)),
            tuple(map(fold, facts.own_endings)),
            frozenset(map(fold, facts.fleeting)),
        )
        self._proclitics = tuple(sorted(map(fold, facts.proclitics), key=len, reverse=True))
        self._forms = Remembered(self._cut)

    def tokens(self, text: str) -> list[Token]:
        """Return the words and numbers of a text, in order."""
        found = []
        plain = unicodedata.normalize("NFC", text)
        capitals = {fold(word) for word in _WORD.findall(plain) if word[0].isupper()}
        folded = fold(text)
        end = 0
        for match in _WORD.finditer(folded):
            gap, word = folded[end : match.start()], match[0]
            cased = word.upper() != word
            found.append(
                Token(
                    text=intern(word),
                    forms=self._forms[word],
                    capital=not cased or word in capitals,
                    cased=cased,
                    stopped=gap not in _SPACE and bool(_STOP.search(gap)),
                    gap=gap,
                    article=word in self.articles,
                )
            )
            end = match.end()
        return found

    def foretells(self, token: Token, *, deed: bool) -> bool:
        """Tell whether a verb has the form of what will be.

        A word is one if it tells a deed, or if it is a known verb once what is joined to it is cut.
        """
        will, verbs = self._foretelling, self._verbs
        if not will or not will.fullmatch(token.text):
            return False
        return deed or (token.text not in verbs and any(form in verbs for form in token.forms))

    def nominative(self, token: Token) -> Token:
        """Return a token with those of its forms that end as an object, without that ending."""
        ending = self.facts.accusative
        cut = (form.removesuffix(ending) for form in token.forms if form.endswith(ending))
        return token._replace(forms=tuple(form for form in cut if len(form) > _SHORTEST))

    def lemmas(self, token: Token) -> Token:
        """Return a token with the lemmas in place of its forms, were it a verb that is known."""
        known = (self._verbs[form] for form in token.forms if form in self._verbs)
        return token._replace(forms=tuple(dict.fromkeys(known)))

    def pasts(self, token: Token) -> Token:
        """Return a token with the pasts in place of its forms, were it a verb in the imperfect."""
        pasts = (
            past + token.text[len(front) :]
            for front, fronts in self.facts.imperfects.items()
            if token.text.startswith(front) and len(token.text) - len(front) > _SHORTEST
            for past in fronts
        )
        return token._replace(forms=tuple(dict.fromkeys(pasts)))

    def _cut(self, word: str) -> Words:
        if word.startswith(self._whole):
            return (word,)
        cut = (
            word[len(front) :]
            for front in self._proclitics
            if word.startswith(front) and len(word) - len(front) >= _SHORTEST
        )
        return tuple(dict.fromkeys((word, *cut)))


def _all(words: Iterable[str]) -> Phrases[bool]:
    return Phrases((word, True) for word in words)


@cache
def lexicon(code: str, packs: Packs = SHIPPED) -> Lexicon:
    """Return the words of a language; an empty lexicon for one without a pack.

    Raises:
        PackError: A file of the pack has an unknown key or a value of the wrong form.
    """
    if code not in available(packs):
        return Lexicon(Facts())
    stemming = rules(code) if code in available() else None
    whole = stemming.whole if stemming else ()
    concepts, months = _concepts(code, packs), _months(code, packs)
    return Lexicon(facts(code, packs), concepts, months, whole, _verbs(code, packs))


@cache
def facts(code: str, packs: Packs = SHIPPED) -> Facts:
    """Return the lists of a pack's match.yaml.

    Raises:
        UnknownLanguageError: There is no pack for the code.
        PackError: The file has an unknown key or a value of the wrong form.
    """
    for path, held in read_files(code, FILE, Facts.model_fields, packs):
        _check(path, held)
    return _check(Path(FILE), read_yaml(code, FILE, packs))


@cache
def known() -> Known:
    """Return what is known of concepts."""
    return Known.model_validate(yaml.safe_load(_KNOWN.read_text("utf-8")))


_KNOWN = Path(__file__).parent / CONCEPTS


def _check(path: Path, held: Mapping[str, Any]) -> Facts:
    for key, value in held.items():
        if isinstance(value, list):
            check_words(path, key, value)
    try:
        return Facts.model_validate(held)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PackError(
            str(path), line_of(path, first["loc"][0]), f"{where}: {first['msg']}"
        ) from None


def _concepts(code: str, packs: Packs) -> Mapping[str, Words]:
    for path in pack_files(code, CONCEPTS, packs):
        for key, words in load_yaml(path).items():
            check_words(path, key, words)
    return {key: tuple(words) for key, words in read_yaml(code, CONCEPTS, packs).items()}


def _months(code: str, packs: Packs) -> Mapping[int, Words]:
    months = read_yaml(code, "dates.yaml", packs).get("months", {})
    return {int(number): tuple(names) for number, names in months.items()}


def _verbs(code: str, packs: Packs) -> dict[str, str]:
    """Return the folded forms of verbs, each with its lemma; none that may be of two verbs."""
    finite = [
        (row.cells["lemma"], row.cells["forms"])
        for row in read_rows(code, "forms.csv", ("lemma", "tag", "forms"), packs=packs)
        if row.cells["tag"].startswith(_FINITE)
    ]
    others = [
        (row.cells["lemma"], f"{row.cells['plain']} {row.cells['rest']}")
        for row in read_rows(code, "other_forms.csv", ("lemma", "plain", "rest"), packs=packs)
    ]
    rows = Counter(lemma for lemma, _ in others)  # two verbs may be spelt alike
    alone = [(lemma, forms) for lemma, forms in others if rows[lemma] == 1]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in fold("\n".join("\t".join(row) for row in (*finite, *alone))).split("\n"):
        lemma, _, forms = line.partition("\t")
        for form in forms.split():
            found[form].add(lemma)
    return {form: next(iter(lemmas)) for form, lemmas in found.items() if len(lemmas) == 1}


def spans_of(phrases: Phrases[Any], tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield (place, length) of each phrase in a text, none within another."""
    end = 0
    for place in phrases.beginning(tokens):
        found = phrases.at(tokens, place) if place >= end else ()
        if found:
            end = place + found[0].length
            yield place, found[0].length
