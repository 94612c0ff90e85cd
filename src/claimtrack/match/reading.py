"""What a claim's text says, as far as it can be compared: names, numbers, concepts, polarity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from claimtrack.match.lexicon import Found, Lexicon, Phrases, Token, known, lexicon, spans_of
from claimtrack.match.names import SHIPPED_MEANS, Gazetteer, Means, Named, gazetteer, sound
from claimtrack.match.quantities import Quantity, numbers
from claimtrack.text.stem import stems

_MEET = 2
"""How many tokens before a denial a negation of it stands."""
_BUT = 4
"""How many tokens after a negation a word stands that takes it back."""
_CONDITION = 6
"""How many tokens a condition goes on at most where no mark ends it."""
_SPEAKER = 3
"""How many tokens from a word of saying the one who says may stand."""
_BY = 8
"""How many tokens after a deed the one by whom it was done may stand."""
_COUNTED, _KILL = 4, "kill"
"""How many tokens after "perished" a number of people stands; what was said of them then."""
_SUBJECT, _ASIDE = 4, 4
"""How far a text's subject goes, in tokens, and how far on from "that" a number is told of it."""
_SLIGHT, _UNKNOWN = 0.4, 0.15
"""What a word weighs whose concepts say little, and one that no concept is known for; others 1."""


class Turned(NamedTuple):
    """What a negation or denial turns round.

    Attributes:
        concepts: What it is about: what stands in its clause; nothing where that is not known.
        word: It is about this one word, and another language may join it to that: "unsafe".
    """

    concepts: frozenset[str]
    word: str = ""


class Reading(NamedTuple):
    """What was read in a text.

    Attributes:
        lang: Its language's code.
        words: Its tokens, folded.
        content: Stems of the words that carry content, with those of no known concept.
        senses: The words that carry content and are no names, with the concepts of each.
        weights: How much each word of `senses` says of what is claimed, in their order.
        concepts: What it is about.
        kin: What is kin to any of it.
        order: Concepts with the place of their first word.
        named: States and bodies of the registry, in order; speakers left out.
        countries: The country that each is, or belongs to, where one is known.
        roots: What each body that is named belongs to in the end.
        people: Those of them who are persons.
        kinds: What each is called besides, as concepts of bodies: "the newspaper Sidrun Today".
        unnamed: The concepts of bodies that are spoken of without a name: "the newspaper".
        speakers: Those who are said to say it.
        sounds: Names, by how they sound, to the words that have them.
        certain: The sounds of words that are surely names: capital letters within a sentence.
        quantities: Numbers with what they count.
        dates: (month, day) pairs; day 0 for a month alone.
        years: Years.
        weekdays: Days of the week, Monday 1.
        times: Times of the day, in minutes after midnight.
        turns: The words that turn it round, negations and denials; two that meet ("did not
            deny") are none.
        turned: What each of these turns round.
        own_country: "His country": a state spoken of that is not named there.
        grounds: The places of names that only say whose a place is: "a Dravonian village".
        passing: The places of what is told only in passing of the thing that the text begins
            with: "the missile that killed two".
        behind: The place from which on only the background is told: "after the army withdrew".
        whole: Words that say it is so of all.
        part: Words that say it is so of some.
        hedges: Words that make it less than certain.
        future: Words that say it will be.
        passive: A doer is named last.
        future_unmarked: Its language may say what will be by the verb alone.
    """

    lang: str
    words: tuple[str, ...]
    content: frozenset[str]
    senses: dict[str, frozenset[str]]
    weights: tuple[float, ...]
    concepts: frozenset[str]
    kin: frozenset[str]
    order: dict[str, int]
    named: tuple[Named, ...]
    countries: dict[str, str]
    roots: dict[str, str]
    people: frozenset[str]
    kinds: dict[str, frozenset[str]]
    unnamed: frozenset[str]
    speakers: frozenset[str]
    sounds: dict[str, str]
    certain: frozenset[str]
    quantities: tuple[Quantity, ...]
    dates: frozenset[tuple[int, int]]
    years: frozenset[int]
    weekdays: frozenset[int]
    times: frozenset[int]
    turns: tuple[str, ...]
    turned: tuple[Turned, ...]
    own_country: tuple[str, ...]
    grounds: frozenset[int]
    passing: frozenset[int]
    behind: int
    whole: tuple[str, ...]
    part: tuple[str, ...]
    hedges: tuple[str, ...]
    future: tuple[str, ...]
    passive: bool
    future_unmarked: bool

    @property
    def negated(self) -> bool:
        """Whether it says that something is not so."""
        return bool(self.turns)

    def called(self, one: Named) -> str:
        """Return a name as the text has it, folded."""
        return " ".join(self.words[one.place : one.place + one.length])

    @property
    def who(self) -> frozenset[str]:
        """The registered states and bodies in it, speakers left out."""
        return frozenset(one.key for one in self.named)


@lru_cache(maxsize=20_000)
def read(text: str, lang: str, means: Means = SHIPPED_MEANS) -> Reading:
    """Read a text.

    Args:
        text: A claim, with or without who says it.
        lang: Its language's code; of one without a pack, only words and digits are read.
        means: The language packs and tables of sources that hold.
    """
    words = lexicon(lang, means.packs)
    tokens, found, inner = _looked_up(text, words)
    return _Reader(words, tokens, found, gazetteer(means), inner).read(lang)


@lru_cache(maxsize=5_000)  # of one text many are taken over
def counted(text: str, lang: str, means: Means = SHIPPED_MEANS) -> tuple[Quantity, ...]:
    """Return the numbers of a text alone, for which no names need be known; as `read` otherwise."""
    words = lexicon(lang, means.packs)
    tokens, found, _ = _looked_up(text, words)
    return numbers(tokens, found, words).quantities


def _looked_up(
    text: str, words: Lexicon
) -> tuple[list[Token], list[frozenset[str]], dict[int, frozenset[str]]]:
    """Return the tokens of a text, the concepts that begin at each, those of phrases further on."""
    tokens = words.tokens(text)
    found: list[frozenset[str]] = []
    inner: dict[int, frozenset[str]] = {}
    for place in range(len(tokens)):
        hits = _best(words, tokens, place)
        found.append(frozenset(hit.value for hit in hits))
        for further in range(place + 1, place + (hits[0].length if hits else 0)):
            inner[further] = inner.get(further, frozenset()) | found[place]
    for place, token in enumerate(tokens):
        if not words.perished.isdisjoint(token.forms) and _counts_people(
            words, tokens, found, place
        ):
            found[place] = found[place] | {_KILL}
    return tokens, found, inner


def _counts_people(
    words: Lexicon, tokens: Sequence[Token], found: Sequence[frozenset[str]], place: int
) -> bool:
    """Tell whether a number of people follows a word soon: "176 persons", not "20 years"."""
    for at in range(place + 1, min(place + 1 + _COUNTED, len(tokens) - 1)):
        if tokens[at].text[0].isdigit() or words.numbers.at(tokens, at):
            return any(concepts & known().people for concepts in found[at + 1 : at + 3])
        if found[at]:
            return False  # who ruled, or what was spent
    return False


def _weight(concepts: frozenset[str]) -> float:
    """Return how much a word says of what is claimed: little where no concept is known for it."""
    if not concepts:
        return _UNKNOWN
    return _SLIGHT if concepts <= known().slight else 1.0


def _best(words: Lexicon, tokens: Sequence[Token], place: int) -> list[Found[str]]:
    """Return the concepts that begin at a token: of a phrase, if one does, else of the word."""
    hits = words.concepts.at(tokens, place)
    if not hits and words.facts.accusative and tokens[place].text.endswith(words.facts.accusative):
        hits = words.concepts.at((words.nominative(tokens[place]),), 0)
    if not hits:
        hits = _told(words, words.lemmas(tokens[place])) or _told(words, words.pasts(tokens[place]))
    return [hit for hit in hits if hit.length == hits[0].length]


def _told(words: Lexicon, verb: Token) -> list[Found[str]]:
    """Return the concepts of a verb, by the forms that it is looked up in."""
    done = known().done
    return [hit for hit in words.concepts.at((verb,), 0) if hit.value in done] if verb.forms else []


class _Reader:
    def __init__(
        self,
        words: Lexicon,
        tokens: Sequence[Token],
        found: Sequence[frozenset[str]],
        names: Gazetteer,
        inner: Mapping[int, frozenset[str]],
    ) -> None:
        self._words, self._tokens, self._found = words, tokens, found
        self._names, self._inner = names, inner

    def read(self, lang: str) -> Reading:
        counted = numbers(self._tokens, self._found, self._words)
        named = [
            one
            for one in self._names.named(self._tokens, self._words.name_endings)
            if one.place not in counted.taken and not self._common(one)
        ]  # "since May" names nobody
        saying = self._saying()
        speakers = {one.key for one in named if self._speaks(one, saying)}
        about = [one for one in named if one.key not in speakers]
        within = {at for one in named for at in range(one.place, one.place + one.length)}
        order: dict[str, int] = {}
        for place, concepts in enumerate(self._found):
            for concept in concepts:
                order.setdefault(concept, place)
        turns = self._turns()
        sounds, certain = self._sounds(within | counted.taken)
        senses = self._senses(within | counted.taken)
        return Reading(
            lang=lang,
            words=tuple(token.text for token in self._tokens),
            content=self._content(counted.taken),
            senses=senses,
            weights=tuple(map(_weight, senses.values())),
            concepts=frozenset(order),
            kin=_kin(order),
            order=order,
            named=tuple(about),
            countries={
                one.key: country for one in about if (country := self._names.country(one.key))
            },
            roots={one.key: self._names.root(one.key) for one in about},
            people=frozenset(one.key for one in about if self._names.person(one.key)),
            kinds={
                one.key: self._bodies(_around(one, 0)) or self._bodies(_around(one))
                for one in about
            },
            unnamed=self._bodies(
                set(range(len(self._tokens))).difference(*(_around(one) for one in named))
            ),
            speakers=frozenset(speakers),
            sounds=sounds,
            certain=certain,
            quantities=counted.quantities,
            dates=counted.dates,
            years=counted.years,
            weekdays=counted.weekdays,
            times=counted.times,
            turns=tuple(turns.values()),
            turned=tuple(map(self._reach, turns)),
            own_country=self._list(self._words.own_country),
            grounds=frozenset(one.place for one in about if self._of_ground(one)),
            passing=self._passing(),
            behind=self._behind(),
            whole=self._list(self._words.whole, counted.taken),
            part=self._list(self._words.part, counted.taken),
            hedges=self._list(self._words.hedges, counted.taken),
            future=(
                *self._list(self._words.futures),
                *(self._tokens[at].text for at in self._foretelling()),
            ),
            passive=self._by_somebody() or self._is_passive(),
            future_unmarked=self._words.future_unmarked,
        )

    def _bodies(self, places: Iterable[int]) -> frozenset[str]:
        """Return the concepts of bodies at some tokens; places outside of the text have none."""
        here = (self._found[at] for at in places if 0 <= at < len(self._found))
        return known().bodies.intersection(chain.from_iterable(here))

    def _common(self, one: Named) -> bool:
        """Tell whether a name is a word of every day, where no capital letter tells them apart."""
        concepts = self._found[one.place]
        alone = one.length == 1 and not self._tokens[one.place].cased
        return alone and bool(concepts) and not concepts & known().naming

    def _by_somebody(self) -> bool:
        """Tell whether "by" stands soon after a deed: "killed by", not "a number given by"."""
        deeds = known().directed | known().blaming
        return any(
            concepts & deeds
            for start, _ in spans_of(self._words.by, self._tokens)
            for concepts in self._found[max(0, start - _BY) : start]
        )

    def _is_passive(self) -> bool:
        """Tell whether the verb of a deed has the ending of a passive."""
        endings, directed = self._words.passives, known().directed
        return bool(endings) and any(
            concepts & directed and token.text.endswith(endings)
            for token, concepts in zip(self._tokens, self._found, strict=True)
        )

    def _saying(self) -> list[int]:
        facts = known()
        return [at for at, concepts in enumerate(self._found) if concepts & facts.saying]

    def _speaks(self, one: Named, saying: list[int]) -> bool:
        """Tell whether a name is of who says it: near a word of saying, or before a colon."""
        end = one.place + one.length
        near = any(0 <= at - end < _SPEAKER or 0 < one.place - at <= _SPEAKER for at in saying)
        colon = end < len(self._tokens) and ":" in self._tokens[end].gap and one.place <= _SPEAKER
        return near or colon

    def _content(self, taken: frozenset[int]) -> frozenset[str]:
        """Return one stem for each word that carries content."""
        found = set()
        for place, token in enumerate(self._tokens):
            if place in taken or token.text in self._words.skip or token.text[0].isdigit():
                continue
            if self._found[place] & known().saying:
                continue
            found.add(
                min(stems(token.text), key=lambda stem: (len(stem), stem), default=token.text)
            )
        return frozenset(found)

    def _senses(self, taken: set[int] | frozenset[int]) -> dict[str, frozenset[str]]:
        """Return the concepts of each word that carries content, names left out."""
        saying = known().saying
        return {
            token.text: self._found[place] | self._inner.get(place, frozenset())
            for place, token in enumerate(self._tokens)
            if place not in taken
            and self._words.skip.isdisjoint(token.forms)
            and not token.text[0].isdigit()
            and not self._found[place] & saying
            and (self._found[place] or not (token.cased and token.capital and place))
        }

    def _sounds(self, taken: set[int] | frozenset[int]) -> tuple[dict[str, str], frozenset[str]]:
        sounds: dict[str, str] = {}
        certain = set()
        for place, token in enumerate(self._tokens):
            skipped = token.text in self._words.skip or token.text[0].isdigit()
            if place in taken or skipped or not token.capital or len(token.text) < 3:
                continue
            known_word = bool(self._found[place])
            if known_word and not (token.cased and place):
                continue
            heard = sound(token.text, self._words)
            if len(heard) >= 2:
                sounds.setdefault(heard, token.text)
                if not known_word and self._surely(place):
                    certain.add(heard)
        return sounds, frozenset(certain)

    def _surely(self, place: int) -> bool:
        """Tell whether a word can be nothing but a name."""
        token = self._tokens[place]
        if token.cased:
            return place > 0 and "." not in token.gap
        before = self._tokens[place - 1].forms if place else ()
        return any(form in self._words.before_places for form in before)

    def _turns(self) -> dict[int, str]:
        """Return the negations and denials in order, those left out that turn nothing round."""
        kept_out = {
            at
            for start, length in spans_of(self._words.not_negations, self._tokens)
            for at in range(start, start + length)
        }.union(self._conditional())
        taken_back = [start for start, _ in spans_of(self._words.exceptives, self._tokens)]
        found: dict[int, str] = {}
        for start, length in spans_of(self._words.negations, self._tokens):
            but = any(0 < at - start <= _BUT for at in taken_back)
            if start not in kept_out and not but:
                found[start] = " ".join(t.text for t in self._tokens[start : start + length])
        turning = known().turning
        for place, concepts in enumerate(self._found):
            if concepts & turning and place not in found and place not in kept_out:
                before = [at for at in found if 0 < place - at <= _MEET and not self._turned(at)]
                if before:
                    del found[max(before)]
                else:
                    found[place] = self._tokens[place].text
        return {at: found[at] for at in sorted(found)}

    def _reach(self, place: int) -> Turned:
        """Return what a negation or denial is about."""
        if not self._words.lacking.isdisjoint(self._tokens[place].forms):
            following = (at for at in range(place + 1, len(self._tokens)) if self._says(at))
            at = next(following, place)
            concepts = self._found[at] | self._inner.get(at, frozenset())
            return Turned(concepts, self._tokens[at].text)
        facts, whole = known(), len(self._tokens)
        begun = [at for at in range(whole) if self._begins(at)]
        start = max((at for at in begun if at <= place), default=0)
        clauses = pairwise([*(at for at in begun if at > place), whole])
        end = next((at for at, until in clauses if self._tells(at, until)), whole)
        denied = self._turned(place)
        if denied or end == place + 1:
            end = whole  # "did not, he said, open": what it is about follows the mark
        whoever = facts.offices | facts.bodies if denied else frozenset[str]()
        here = (each for each in self._found[start:end] if whoever.isdisjoint(each))
        return Turned(frozenset[str]().union(*here) - facts.saying - facts.slight - facts.turning)

    def _tells(self, start: int, end: int) -> bool:
        """Tell whether a deed is told between two places."""
        deeds = known().told_deeds
        return any(concepts & deeds for concepts in self._found[start:end])

    def _says(self, place: int) -> bool:
        return self._words.skip.isdisjoint(self._tokens[place].forms)

    def _begins(self, place: int) -> bool:
        """Tell whether a clause may begin at a token: after a mark, or with "and"."""
        token = self._tokens[place]
        return token.stopped or not self._words.clauses.isdisjoint(token.forms)

    def _conditional(self) -> Iterator[int]:
        """Yield the places of conditions: "if nothing changes", up to a mark.

        Without a mark what will be then ends one: "if nothing changes it will not open".
        """
        whole = len(self._tokens)
        wills = [start for start, _ in spans_of(self._words.futures, self._tokens)]
        wills += self._foretelling()
        for start, _ in spans_of(self._words.conditions, self._tokens):
            stops = (at for at in range(start + 1, whole) if self._tokens[at].stopped)
            then = min((at for at in wills if at > start), default=whole)
            yield from range(start, next(stops, min(then, start + _CONDITION, whole)))

    def _foretelling(self) -> list[int]:
        """Return the places of verbs in a form of what will be."""
        deeds = known().told_deeds
        return [
            place
            for place, (token, concepts) in enumerate(zip(self._tokens, self._found, strict=True))
            if self._words.foretells(token, deed=bool(concepts & deeds))
        ]

    def _behind(self) -> int:
        """Return where the background begins; the end of the text where none is told, or first."""
        found = (start for start, _ in spans_of(self._words.backdrops, self._tokens) if start)
        return min(found, default=len(self._tokens))

    def _of_ground(self, one: Named) -> bool:
        """Tell whether a state's name stands beside a place, and says whose that is."""
        after = one.place + one.length
        beside = [after] if after < len(self._tokens) and not self._tokens[after].stopped else []
        for at in range(one.place - 1, max(-1, one.place - 3), -1):
            if self._tokens[at + 1].stopped:
                break
            beside.append(at)
            if not self._joins(at):
                break
        return one.state and any(self._found[at] & known().grounds for at in beside)

    def _joins(self, place: int) -> bool:
        """Tell whether a word may join a place and whose it is: "the border with Dravonia"."""
        token = self._tokens[place]
        apart = self._words.clauses | self._words.relatives
        by = self._words.by.at(self._tokens, place)
        return not (self._says(place) or by) and apart.isdisjoint(token.forms)

    def _passing(self) -> frozenset[int]:
        """Return where something is told of the thing that the text begins with; mostly nowhere."""
        relatives = self._words.relatives
        for place in range(1, min(_SUBJECT, len(self._tokens))):
            if not relatives.isdisjoint(self._tokens[place].forms) and self._found[place - 1]:
                return frozenset(range(place, min(place + _ASIDE, len(self._tokens))))
        return frozenset()

    def _turned(self, place: int) -> bool:
        return bool(self._found[place] & known().turning)

    def _list(
        self, phrases: Phrases[bool], without: frozenset[int] = frozenset()
    ) -> tuple[str, ...]:
        return tuple(
            " ".join(token.text for token in self._tokens[start : start + length])
            for start, length in spans_of(phrases, self._tokens)
            if start not in without
        )


def _around(one: Named, more: int = 1) -> range:
    """Return the places of a name, with some more words on both sides that may say what it is."""
    return range(one.place - more, one.place + one.length + more)


def _kin(concepts: Iterable[str]) -> frozenset[str]:
    """Return what is kin to any of some concepts."""
    relatives = known().relatives
    return frozenset[str]().union(*(relatives.get(each, ()) for each in concepts))
