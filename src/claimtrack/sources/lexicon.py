"""What a language's words can mean within a mention, and finding them there.

A lexicon is built from three kinds of data: the names in the registry, the patterns of bodies and
posts, and the words of the language pack. It finds the longest phrase at each place; a phrase
can have several meanings, the most telling first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cached_property, lru_cache, partial
from itertools import chain, product
from operator import itemgetter
from typing import NamedTuple

from claimtrack.kept import kept, packed, unpacked
from claimtrack.model.ids import digest
from claimtrack.model.vocabulary import SourceKind
from claimtrack.sources.facts import Facts
from claimtrack.sources.locality import Local, Localities
from claimtrack.sources.mention import Gap, Word, quick_words, words
from claimtrack.sources.naming import adjectives
from claimtrack.sources.patterns import constants, local_patterns, offices, patterns
from claimtrack.sources.registry import OF_BODY, OF_OFFICE, Registry
from claimtrack.text.fold import fold
from claimtrack.text.remembered import Remembered

_ACRONYM = 3
"""Capitals up to which an acronym is compared as such: "who" is not the WHO."""


PAIR = "pair"
"""The value of a pronoun that means two states."""


class Role(IntEnum):
    """What a phrase can be in a mention, the most telling first."""

    SOURCE = 0  # a strong name of a source; value: its key
    STATE = 1  # a state by its name
    CAPITAL = 2  # a state by its capital
    DEMONYM = 3  # a state by its adjective
    POST = 4  # a post every state has; value: the pattern's key
    BODY = 5  # a body every state has; value: the pattern's key
    OWN = 6  # the outlet itself
    PRONOUN = 7
    OFFICE = 8  # an office in a body; value: the office's key
    COLLECTIVE = 9  # many at once; value: their type
    UNNAMED = 10  # people without a name; value: their type
    EVIDENCE = 11  # what stands for whoever follows; value: the type when nobody does
    STATEMENT = 12  # what stands for whoever issued it
    REPORTER = 13
    TITLE = 14  # value: the type of who bears it
    HEAD = 15  # an organisation; value: the head's key
    WEAK = 16  # a weak name of a source; value: its key
    BRANCH = 17  # what an office is in; value: the pattern's key
    OFFICIAL = 18
    ASIDE = 19
    LINK = 20  # value: what it does
    ARTICLE = 21
    FILLER = 22
    WORD = 23  # anything else


STATES = frozenset({Role.STATE, Role.CAPITAL, Role.DEMONYM})


class Meaning(NamedTuple):
    """One thing a phrase can mean; `value` depends on the role."""

    role: Role
    value: str


class Piece(NamedTuple):
    """A phrase found in a mention.

    Attributes:
        words: Its words.
        meanings: What it can mean, the most telling first.
        gap: What stands before it.
        link: What links it to what is before: "of", "in", "to", "and", "via", or nothing.
        definite: It bears an article.
        led: A filler stood before it.
        trailed: A filler stood after it.
    """

    words: tuple[Word, ...]
    meanings: tuple[Meaning, ...]
    gap: Gap = Gap.NONE
    link: str = ""
    definite: bool = False
    led: bool = False
    trailed: bool = False

    @property
    def role(self) -> Role:
        """Its most telling role."""
        return self.meanings[0].role

    @property
    def value(self) -> str:
        """The value of its most telling meaning."""
        return self.meanings[0].value

    def values(self, role: Role) -> tuple[str, ...]:
        """Return the values of its meanings in a role."""
        return tuple(meaning.value for meaning in self.meanings if meaning.role is role)


_SPOKESPERSON = "spokesperson"

NAMING = frozenset({Role.SOURCE, Role.HEAD, Role.BODY, Role.POST})
"""What a phrase that names a source begins with."""

_NOTHING: tuple[Meaning, ...] = (Meaning(Role.WORD, ""),)
_MUTE = frozenset({Role.PRONOUN, Role.ASIDE, Role.LINK, Role.ARTICLE, Role.FILLER})
"""What says nothing about who is meant."""

_OWNED = frozenset({Role.UNNAMED, Role.OFFICE})
"""What a pronoun joined to the noun can have."""

_Spelt = tuple[str, str]
"""A word as written and folded, whatever stands before it."""


class _Start(NamedTuple):
    """A spelling of a word that a phrase begins with.

    Attributes:
        spelt: The spelling.
        link: What the clitic before it links.
        reach: The words of the longest phrase that begins so.
    """

    spelt: str
    link: str
    reach: int


_Phrases = dict[tuple[str, ...], tuple[tuple[int, str], ...]]
"""Words as they are compared, to roles and values, the most telling first: plain, to be kept."""


class _First(NamedTuple):
    """The phrases that begin with a word.

    Attributes:
        reach: The words of the longest.
        states: Whether some name a state.
        phrases: What they mean, by the words behind it.
        names: The second word if any, role and value of those that name somebody.
    """

    reach: int
    states: bool
    phrases: _Phrases
    names: tuple[tuple[str, int, str], ...]


_NONE = _First(0, states=False, phrases={}, names=())


class Lexicon:
    """The phrases of one language and what they can mean."""

    def __init__(self, code: str, known: Facts, registry: Registry) -> None:
        """Gather the phrases of a language from its facts, the patterns and the registry."""
        self._facts = known
        self._endings = tuple(sorted(map(fold, known.endings), key=len, reverse=True))
        self._plurals = tuple(fold(ending) for ending in known.plurals)
        self._whole = frozenset(map(fold, known.whole))
        self._article = fold(known.article)
        self._clitics = {fold(clitic): link for clitic, link in known.clitics.items()}
        self._contractions = {fold(old): fold(new) for old, new in known.contractions.items()}
        self._leads = (*self._contractions, *self._clitics)
        self._sounds = str.maketrans(
            {fold(letter): fold(group[0]) for group in known.sounds for letter in group}
        )
        self._frame = str.maketrans(
            {fold(letter): fold(group[0]) for group in known.consonants for letter in group}
            | dict.fromkeys(fold(known.vowels))
        )
        self._joins_next = frozenset(map(fold, known.leading))
        self._joined_to = frozenset(map(fold, known.trailing))
        self._joining = Remembered(self._is_joining)
        self._normals = Remembered(self._compared)
        self._starts = Remembered(self._startings)
        self._locally = Remembered(self._local_startings)
        self._starting = Remembered(self._spellings)
        self._beginning = Remembered(self._beginnings)
        self._seconds = Remembered(self._second_words)
        self.may_name_state = Remembered(self._could_name_state).__getitem__
        self._waiting: list[tuple[str, tuple[int, str]]] = []
        made_of = digest([known.model_dump(mode="json"), registry.digest])
        self._packed = kept(
            f"names-{code}", made_of, lambda: _by_first(self._gathered(code, registry))
        )
        self._firsts = Remembered(self._unpacked)
        self._local = Localities(code, known, self.normal, registry, made_of)
        begins = (self._packed, self._local.begins)
        self._letters = frozenset(map(itemgetter(slice(1)), chain.from_iterable(begins)))
        self._code = code

    def meanings(self, mention: Sequence[Word]) -> tuple[Meaning, ...]:
        """Return what a mention as a whole can mean; empty when no phrase is all of it."""
        spelt = list(self.normal(mention))
        while spelt and self._is_article(spelt[0]):
            del spelt[0]
        return _meanings(self._phrase(tuple(spelt)))

    def divided(self, mention: Sequence[Word]) -> str:
        """Return the pattern whose template is some words, whatever state stood between them."""
        return self._around.get(self.normal(mention), "")

    def scan(self, mention: Sequence[Word], *, named: bool = True) -> list[Piece]:
        """Return the pieces of a mention in order.

        Links and articles are kept as properties of what follows them.

        Args:
            mention: The words of the mention.
            named: Whether to know the names of sources; without, a name is read for what its
                words say.
        """
        mention = self.joined(mention)
        found: list[Piece] = []
        at, gap, link, definite = 0, Gap.NONE, "", False
        while at < len(mention):
            if named and (local := self._office_at(mention, at)):
                before = (max(gap, mention[at].gap), local[1] or link, definite)
                found += _of_a_place(mention, local[0], before)
                at, gap, link, definite = local[0].end, Gap.NONE, "", False
                continue
            end, meanings, joined, bears = self._at(mention, at, named=named)
            gap = max(gap, mention[at].gap)
            role = meanings[0].role
            link = joined or link
            if role is Role.LINK:
                link = meanings[0].value
            elif role is Role.ARTICLE:
                definite = True
            else:
                phrase = tuple(mention[at:end])
                found.append(Piece(phrase, meanings, gap, link, definite or bears))
                gap, link, definite = Gap.NONE, "", False
            at = end
        return found

    def states(self, text: Sequence[Word]) -> Iterator[str]:
        """Yield the key of each state that a text names, as often as it does, as `scan` does."""
        at, text = 0, self.joined(text)
        while at < len(text):
            if self._starts[text[at][:2]]:
                at, meanings, _, _ = self._longest_at(text, at, named=True)
                if meanings[0].role in STATES:
                    yield meanings[0].value
            else:
                at += 1

    def _is_strange(self, folded: str) -> bool:
        """Tell whether no phrase begins like a word, as hardly any does like a number."""
        letter = folded[:1]
        known = letter in self._letters or letter.upper() in self._letters
        return not known and not folded.startswith(self._leads)

    def _could_name_state(self, folded: str) -> bool:
        return not self._is_strange(folded) and any(
            self._firsts[spelt].states for spelt in self._starting[folded]
        )

    def begun(self, text: Sequence[str]) -> Sequence[Meaning]:
        """Return what phrases mean that name somebody and may begin in some folded words.

        Of each phrase two words are compared, however they are written: that leaves few. A body
        of a place may begin with many a word: it is a source without a key. Where a text names
        neither a source nor a state, its nouns ("the ministry") name nobody either.
        """
        if any(map(self._joining.__getitem__, text)):
            text = [word.folded for word in self.joined([Word(w, w, Gap.NONE) for w in text])]
        found: list[Meaning] = []
        for at, known in enumerate(map(self._beginning.__getitem__, text), 1):
            if known:
                for second in self._seconds[text[at] if at < len(text) else ""]:
                    found += known.get(second, ())
        named = any(meaning.role is Role.SOURCE for meaning in found)
        return found if named or (found and any(map(self.may_name_state, text))) else ()

    def _beginnings(self, word: str) -> dict[str, list[Meaning]]:
        """Return what phrases mean that may begin with a word, by their second words."""
        known: dict[str, list[Meaning]] = {}
        if self._is_strange(word):
            return known
        for spelt in self._starting[word]:
            for second, role, value in self._firsts[spelt].names:
                known.setdefault(second, []).append(Meaning(Role(role), value))
        if any(self._locally[spelt] for spelt in _written(word)):
            known.setdefault("", []).append(Meaning(Role.SOURCE, ""))
        return known

    def _second_words(self, folded: str) -> tuple[str, ...]:
        """Return what a second word is compared as, and what stands for none."""
        return tuple(dict.fromkeys(("", *(self._normals[spelt] for spelt in _written(folded)))))

    def _spellings(self, folded: str) -> tuple[str, ...]:
        """Return the spellings, in capitals or not, that a word can stand for and phrases begin."""
        if self._is_strange(folded):
            return ()
        starts = (start for word in _written(folded) for start in self._starts[word])
        return tuple(dict.fromkeys(start.spelt for start in starts))

    def tells(self, mention: Sequence[Word], at: int) -> bool:
        """Tell whether a phrase that may say who or what somebody is begins at a word."""
        for spelt, _, reach in self._starts[mention[at][:2]]:
            after = self.normal(mention[at + 1 : at + reach])
            for more in range(len(after) + 1):
                meanings = self._firsts[spelt].phrases.get(after[:more], ())
                if any(role not in _MUTE for role, _ in meanings):
                    return True
        return False

    def normal(self, mention: Sequence[Word]) -> tuple[str, ...]:
        """Return the words of a mention as they are compared."""
        normals = self._normals
        return tuple([normals[word[:2]] for word in self.joined(mention)])

    def joined(self, text: Sequence[Word]) -> Sequence[Word]:
        """Return words with the parts of names that one may write as one word made one."""
        joining = self._joining
        if not any(joining[word.folded] for word in text):
            return text
        found: list[Word] = []
        for word in text:
            last = found[-1] if found and word.gap <= Gap.HYPHEN else None
            if last and (word.folded in self._joined_to or self._leads_name(last.folded)):
                between = "-" if word.gap else " "
                whole = f"{last.text}{between}{word.text}"
                found[-1] = Word(whole, last.folded + word.folded, last.gap)
            else:
                found.append(word)
        return found

    def _is_joining(self, folded: str) -> bool:
        return folded in self._joined_to or self._leads_name(folded)

    def _leads_name(self, folded: str) -> bool:
        """Tell whether a word, whatever clitic it bears, is a first part of the name behind it."""
        leading = self._joins_next
        return folded in leading or (folded[:1] in self._clitics and folded[1:] in leading)

    def sounded(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """Return words of a name with letters that stand for one foreign sound made the same."""
        return tuple(token.translate(self._sounds) for token in tokens)

    def framed(self, tokens: Sequence[str]) -> str:
        """Return what transliterations of a name have in common: its consonants, word by word."""
        return " ".join(token.translate(self._frame) for token in self.sounded(tokens))

    def nouns(self, phrases: Iterable[str]) -> frozenset[str]:
        """Return the last words of phrases as readings have their nouns."""
        return frozenset(self.bare(words(phrase)[-1]) for phrase in phrases)

    def bare(self, word: Word) -> str:
        """Return a word as it is compared, without an article joined to it."""
        return self._normals[word[:2]].removeprefix(self._article)

    def bears_article(self, word: Word) -> bool:
        """Tell whether a word has an article joined to it, by its letters as they are written."""
        joined = bool(self._article) and word.folded.startswith(self._article)
        return joined and word.text.startswith(self._facts.article[0])

    def means_many(self, word: Word) -> bool:
        """Tell whether a word with an article is a plural, and so nobody's name."""
        return self.bears_article(word) and word.folded.endswith(self._plurals)

    def is_owned(self, word: Word) -> bool:
        """Tell whether a noun has a pronoun joined to it that tells whose it is: "his friend"."""
        return word.text.endswith(self._facts.possessives)

    def joins_article(self, word: Word) -> bool:
        """Tell whether a word is joined to "and" and an article."""
        joining = (clitic for clitic, link in self._clitics.items() if link == "and")
        begins = tuple(clitic + self._article for clitic in joining)
        return bool(self._article) and word.folded.startswith(begins)

    def contracts(self, word: Word) -> bool:
        """Tell whether a word begins with a preposition and an article that became one."""
        return word.folded.startswith(tuple(self._contractions))

    def agree(self, noun: Word, adjective: Word) -> bool:
        """Tell whether both bear an article joined to them and end as feminine adjectives do."""
        both = (noun, adjective)
        return all(self.bears_article(word) and self.ends_feminine(word) for word in both)

    def ends_feminine(self, word: Word) -> bool:
        """Tell whether a word ends as feminine adjectives do."""
        ending = fold(self._facts.slots.get("f", ("", ""))[1])
        return bool(ending) and word.folded.endswith(ending)

    def _at(
        self, mention: Sequence[Word], at: int, *, named: bool
    ) -> tuple[int, tuple[Meaning, ...], str, bool]:
        """Return what begins at a word as `_longest_at` does: a place's body where one does."""
        longest = self._longest_at(mention, at, named=named)
        if named and longest[1][0].role is not Role.SOURCE:
            for spelt, link in self._local_starts(mention[at]):
                found = self._local.find(mention, at, spelt, partial(self._past_state, mention))
                if found and found.end > longest[0]:
                    key = f"{found.place}{OF_BODY}{found.pattern}"
                    return found.end, (Meaning(Role.SOURCE, key),), link, False
        last = longest[0] - 1
        if named and last > at and self._begins_locally(mention, last):
            return self._longest_at(mention[:last], at, named=True)  # the head of a place's body
        return longest

    def _office_at(self, mention: Sequence[Word], at: int) -> tuple[Local, str] | None:
        """Return the office of a place's head that begins at a word, with its clitic's link."""
        for spelt, link in self._local_starts(mention[at]):
            found = self._local.find(mention, at, spelt, partial(self._past_state, mention))
            if found and local_patterns()[found.pattern].office:
                return found, link
        return None

    def _begins_locally(self, mention: Sequence[Word], at: int) -> bool:
        """Tell whether a place's body of more than one word begins at a word."""
        skips = partial(self._past_state, mention)
        starts = (spelt for spelt, link in self._local_starts(mention[at]) if not link)
        return any(self._local.find(mention, at, spelt, skips) for spelt in starts)

    def _local_starts(self, word: Word) -> tuple[tuple[str, str], ...]:
        """Return the spellings that some place's body begins with, with the clitic's link."""
        return self._locally[word[:2]]

    def _local_startings(self, word: _Spelt) -> tuple[tuple[str, str], ...]:
        if self._is_strange(word[1]):
            return ()
        variants = self._variants(word[1], self._normals[word])
        return tuple(one for one in variants if one[0] in self._local.begins)

    def _past_state(self, mention: Sequence[Word], at: int) -> int:
        """Return where the adjective of a state that begins at a word ends, else the word."""
        if at >= len(mention):
            return at
        end, meanings, link, _ = self._longest_at(mention, at, named=True)
        return end if meanings[0].role is Role.DEMONYM and not link else at

    def _longest_at(
        self, mention: Sequence[Word], at: int, *, named: bool
    ) -> tuple[int, tuple[Meaning, ...], str, bool]:
        """Return where the longest phrase ends, its meanings, its clitic's link, its article."""
        best: tuple[int, tuple[Meaning, ...], str, bool] = (at + 1, _NOTHING, "", False)
        starts = self._starts[mention[at][:2]]
        if not starts:
            return best
        after: list[str] = []
        for word in mention[at + 1 : at + max(start.reach for start in starts)]:
            if word.gap is Gap.BREAK:
                break
            after.append(self._normals[word[:2]])
        for spelt, link, reach in starts:
            phrases = self._firsts[spelt].phrases
            for more in range(min(reach - 1, len(after)), -1, -1):
                meanings = phrases.get(tuple(after[:more]), ())
                if not named:
                    meanings = tuple(one for one in meanings if one[0] != Role.SOURCE)
                if not more and mention[at].cased and not mention[at].capital:
                    meanings = _common(meanings)
                if meanings:
                    if at + 1 + more > best[0] or best[1] is _NOTHING:
                        definite = bool(self._article) and spelt.startswith(self._article)
                        if after and more and meanings[0][0] == Role.STATEMENT:
                            definite = definite or after[more - 1].startswith(self._article)
                        best = (at + 1 + more, _meanings(meanings), link, definite)
                    break
        return best

    def _variants(self, word: str, normal: str) -> Iterator[tuple[str, str]]:
        """Yield the spellings a word can stand for, without its clitics, and the clitic's link."""
        yield normal, ""
        if not word.startswith(self._leads):
            return
        for contracted, whole in self._contractions.items():
            if word.startswith(contracted):
                yield whole + word[len(contracted) :], self._clitics.get(word[:1], "")
        for clitic, link in self._clitics.items():
            rest = word[len(clitic) :]
            if word.startswith(clitic) and len(rest) >= self._facts.shortest:
                yield rest, link
                for contracted, whole in self._contractions.items():
                    if rest.startswith(contracted):
                        yield whole + rest[len(contracted) :], self._clitics.get(rest[:1], "")
                inner = self._clitics.get(rest[:1])
                if inner and len(rest) > self._facts.shortest:
                    yield rest[1:], inner

    def _startings(self, word: _Spelt) -> tuple[_Start, ...]:
        """Return the spellings a word can stand for that some phrase begins with."""
        if self._is_strange(word[1]):
            return ()
        return tuple(
            _Start(spelt, link, self._firsts[spelt].reach)
            for spelt, link in self._variants(word[1], self._normals[word])
            if spelt in self._packed
        )

    def _compared(self, word: _Spelt) -> str:
        """Return a word as it is compared: folded, its ending cut, short acronyms as such."""
        written, folded = word
        spelt = folded.replace(".", "") if "." in folded else folded
        if spelt in self._whole:
            return spelt
        for ending in self._endings:
            if spelt.endswith(ending) and len(spelt) - len(ending) >= self._facts.shortest:
                spelt = spelt[: -len(ending)]
                break
        if len(spelt) <= _ACRONYM and written.lower() != written.upper():
            cased = (letter for letter in written if letter.lower() != letter.upper())
            capitals = "".join(cased)[: len(spelt)].isupper()
            return spelt.upper() if capitals and len(spelt) > 1 else spelt
        return spelt

    def _is_article(self, spelt: str) -> bool:
        return (Role.ARTICLE.value, "") in self._phrase((spelt,))

    def _phrase(self, spelt: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
        """Return what a phrase can mean as it is kept; nothing where there is no such phrase."""
        return self._firsts[spelt[0]].phrases.get(spelt[1:], ()) if spelt else ()

    def _unpacked(self, first: str) -> _First:
        packed = self._packed.get(first)
        return _First(*unpacked(packed)) if packed else _NONE

    def _gathered(self, code: str, registry: Registry) -> _Phrases:
        """Return all phrases and what they can mean; they are folded at once: far quicker."""
        self._add_words()
        articles = {self._compared(word[:2]) for word in words(" ".join(self._facts.article_words))}
        self._add_patterns(code)
        self._add_names(code, registry)
        lines = fold("\n".join(phrase for phrase, _ in self._waiting)).split("\n")
        found: dict[tuple[str, ...], dict[tuple[int, str], None]] = {}
        for (phrase, meaning), line in zip(self._waiting, lines, strict=True):
            whole = self.joined(quick_words(phrase, line))
            spelt = tuple(self._compared(word[:2]) for word in whole)
            while len(spelt) > 1 and spelt[0] in articles:
                spelt = spelt[1:]
            if spelt:
                found.setdefault(spelt, {})[meaning] = None
        self._waiting.clear()
        ranked = ((spelt, sorted(held, key=lambda one: one[0])) for spelt, held in found.items())
        return {spelt: tuple(held) for spelt, held in ranked}

    def _add(self, phrase: str, role: Role, value: str = "") -> None:
        self._waiting.append((phrase, (role.value, str(value))))

    def _add_nouns(self, phrases: Sequence[str], role: Role, value: str = "") -> None:
        """Add common nouns, with the article on the first word, the last, and all of them."""
        for phrase in phrases:
            self._add(phrase, role, value)
            parts = phrase.split()
            if not self._facts.article or parts[0].startswith(self._facts.article):
                continue
            bearing = [self._facts.article + part for part in parts]
            self._add(" ".join([bearing[0], *parts[1:]]), role, value)
            self._add(" ".join([*parts[:-1], bearing[-1]]), role, value)
            self._add(" ".join(bearing), role, value)

    def _add_owned(self, phrases: Sequence[str], role: Role, value: str) -> None:
        """Add nouns of one word with the pronouns that tell whose it is: "his commander"."""
        old, new = self._facts.slots.get("f", ("", ""))[1], self._facts.feminine
        bodies = chain.from_iterable(self._facts.heads.values())
        others = {fold(noun) for noun in (*self._facts.statements, *bodies)}  # written alike
        for phrase in phrases if self._facts.possessives else ():
            stem = phrase[: -len(old)] + new if old and phrase.endswith(old) else phrase
            for pronoun in self._facts.possessives if " " not in phrase else ():
                if fold(stem + pronoun).removeprefix(self._article) not in others:
                    self._add(stem + pronoun, role, value)

    def _add_words(self) -> None:
        known = self._facts
        for link, phrases in known.links.items():
            for phrase in phrases:
                self._add(phrase, Role.LINK, link)
        plain = (
            (known.article_words, Role.ARTICLE),
            (known.asides, Role.ASIDE),
            (known.fillers, Role.FILLER),
            (known.official, Role.OFFICIAL),
            (known.pronouns, Role.PRONOUN),
            (known.own, Role.OWN),
        )
        for phrases, role in plain:
            for phrase in phrases:
                self._add(phrase, role)
        self._add_nouns(known.reporters, Role.REPORTER)
        self._add_nouns(known.statements, Role.STATEMENT)
        for sort, phrases in {PAIR: known.pairs, **known.duals}.items():
            for phrase in phrases:
                self._add(phrase, Role.PRONOUN, sort)
        valued = (
            (known.evidence, Role.EVIDENCE),
            (known.unnamed, Role.UNNAMED),
            (known.collective, Role.COLLECTIVE),
            (known.offices, Role.OFFICE),
            (known.heads, Role.HEAD),
        )
        for table, role in valued:
            for value, phrases in table.items():
                self._add_nouns(phrases, role, value)
                if role in _OWNED:
                    self._add_owned(phrases, role, value)
        self._add_numbers(known)
        self._add_branches(known)
        self._add_titles(known)

    def _add_numbers(self, known: Facts) -> None:
        """Add two and many of those without a name, and of who holds an office among others."""
        for kind, phrases in known.unnamed.items():
            self._add_nouns(self._of_many(phrases), Role.UNNAMED, kind)
        for kind, phrases in known.indefinite.items():
            for phrase in phrases:
                self._add(phrase, Role.UNNAMED, kind)
            self._add_nouns(self._of_many(phrases), Role.UNNAMED, kind)
        for kind, phrases in known.evidence.items():
            self._add_nouns(self._of_many(phrases), Role.EVIDENCE, kind)
        self._add_nouns(self._of_many(known.statements), Role.STATEMENT)
        others = frozenset(chain.from_iterable(known.unnamed.values()))  # "deputies"
        for office, phrases in known.offices.items():
            if not offices()[office].speaks:
                several = [noun for noun in self._of_many(phrases) if noun not in others]
                self._add_nouns(several, Role.OFFICE, office)

    def _add_titles(self, known: Facts) -> None:
        for title, phrases in known.titles.items():
            for phrase in phrases:
                self._add(phrase, Role.TITLE, title)

    def _of_many(self, phrases: Iterable[str]) -> list[str]:
        """Return nouns as they are of two and of many: "two witnesses"."""
        found = []
        ends = sorted(self._facts.numbers.items(), key=lambda item: -len(item[0]))
        whole = self._facts.head_last
        for noun in phrases:
            fitting = (e for e in ends if (whole or " " not in noun) and noun.endswith(e[0]))
            one, many = next(fitting, ("", ()))
            found += [noun.removesuffix(one) + ending for ending in many]
        return found

    def _add_branches(self, known: Facts) -> None:
        """Add the spokespeople whose adjective says which body of a state they speak for."""
        nouns = [noun for noun in known.offices.get(_SPOKESPERSON, ()) if " " not in noun]
        for branch, words_of in known.branches.items():
            for noun, adjective in product(nouns, words_of):
                parts = (noun, adjective) if known.adjectives_last else (adjective, noun)
                self._add_nouns([" ".join(parts)], Role.OFFICE, _SPOKESPERSON)
                self._add_nouns([" ".join(parts)], Role.BRANCH, branch)

    def _add_patterns(self, code: str) -> None:
        links = {fold(phrase) for phrases in self._facts.links.values() for phrase in phrases}
        for pattern in patterns().values():
            for template in pattern.templates.get(code, ()):
                parts = [part for part in constants(template) if fold(part) not in links]
                fixed = parts[0].split() if len(parts) == 1 else []  # else a slot divides them
                while fixed and fold(fixed[-1]) in links:
                    del fixed[-1]
                self._add(" ".join(fixed), Role.POST if pattern.office else Role.BODY, pattern.key)

    @cached_property
    def _around(self) -> dict[tuple[str, ...], str]:
        """Return the words before and after the state in templates that it divides."""
        found: dict[tuple[str, ...], str] = {}
        for pattern in patterns().values():
            for template in () if pattern.hosted else pattern.templates.get(self._code, ()):
                parts = constants(template)
                if len(parts) > 1:
                    found.setdefault(self._said(words(" ".join(parts))), pattern.key)
        return found

    def _said(self, text: Sequence[Word]) -> tuple[str, ...]:
        """Return words as they are compared, without what only links them."""
        return self.normal([word for piece in self.scan(text) for word in piece.words])

    def _add_names(self, code: str, registry: Registry) -> None:
        """Add names in the language, and English ones, which any text may use."""
        for row in registry.rows.values():
            role = Role.STATE if row.key in registry.polities else Role.SOURCE
            for lang in dict.fromkeys((code, "en")):
                for name in row.names.get(lang, ()):
                    self._add(name, role, row.key)
                for name in row.weak.get(lang, ()) if row.kind is not SourceKind.PERSON else ():
                    self._add(name, Role.WEAK, row.key)
            adjective = Role.DEMONYM if row.key in registry.polities else Role.SOURCE
            self._add_adjectives(adjectives(row, code), adjective, row.key)
        for row in registry.polities.values():
            for form in ("of", "in"):
                for name in row.forms.get((form, code), ()):
                    self._add(self._without_link(name), Role.STATE, row.key)
            for name in row.forms.get(("capital", code), ()):
                self._add(name, Role.CAPITAL, row.key)

    def _without_link(self, name: str) -> str:
        """Return a name without the preposition that its form bears ("in the United States")."""
        first, _, rest = name.partition(" ")
        links = {link for phrases in self._facts.links.values() for link in phrases}
        return rest if rest and first in links else name

    def _add_adjectives(self, known: Sequence[str], role: Role, key: str) -> None:
        for adjective in known:
            for ending in self._facts.adjective_endings:
                inflected = [part + ending for part in adjective.split()]
                self._add(" ".join(inflected), role, key)
                if self._facts.article:
                    bearing = " ".join(self._facts.article + part for part in inflected)
                    self._add(bearing, role, key)


def _common(meanings: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
    """Return what a word without its capital means: a common noun or adjective before a name."""
    return tuple(one for one in meanings if one[0] != Role.SOURCE) or meanings


def _of_a_place(
    mention: Sequence[Word], local: Local, before: tuple[Gap, str, bool]
) -> tuple[Piece, Piece]:
    """Return the pieces of the office of a place's head: the office, and the body it is in."""
    body, _, office = local_patterns()[local.pattern].parent.partition(OF_OFFICE)
    meanings = (
        (Meaning(Role.OFFICE, office),),
        (Meaning(Role.SOURCE, f"{local.place}{OF_BODY}{body}"),),
    )
    first, second = meanings if local.led else meanings[::-1]
    return (
        Piece(tuple(mention[local.start : local.between]), first, *before),
        Piece(tuple(mention[local.between : local.end]), second),
    )


def _by_first(phrases: _Phrases) -> dict[str, bytes]:
    """Return phrases by their first words, each packed `_First`: a text needs few of them."""
    found: dict[str, _Phrases] = {}
    for phrase, meanings in phrases.items():
        found.setdefault(phrase[0], {})[phrase[1:]] = meanings
    return {first: packed(tuple(_first(held))) for first, held in found.items()}


def _first(phrases: _Phrases) -> _First:
    names: dict[tuple[str, int, str], None] = {}
    for rest, meanings in phrases.items():
        for role, value in meanings:
            if role in NAMING:
                names["".join(rest[:1]), role, value] = None
    return _First(
        reach=1 + max(map(len, phrases)),
        states=any(role in STATES for meanings in phrases.values() for role, _ in meanings),
        phrases=phrases,
        names=tuple(names),
    )


@lru_cache(maxsize=20_000)
def _meanings(held: tuple[tuple[int, str], ...]) -> tuple[Meaning, ...]:
    return tuple(Meaning(Role(role), value) for role, value in held)


def _written(folded: str) -> tuple[_Spelt, ...]:
    """Return a word without capitals and in capitals, which are compared in two ways."""
    capitals = folded.upper()
    return ((folded, folded), (capitals, folded)) if capitals != folded else ((folded, folded),)
