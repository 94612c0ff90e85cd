"""Words out of context: what the lexicon knows of each, its proclitics and pronouns taken off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from claimtrack.extract.lexicon import Cue, Form, Lexicon, LightNouns
from claimtrack.model.vocabulary import Channel
from claimtrack.text.fold import fold
from claimtrack.text.remembered import Remembered


class Reported(NamedTuple):
    """A word read as a form of a reporting word.

    Attributes:
        forms: The forms it can be.
        skip: Code points of proclitics before it.
        pronoun: The pronoun attached to it; empty when none is.
    """

    forms: tuple[Form, ...]
    skip: int
    pronoun: str

    def part(self, *parts: str) -> Form | None:
        """Return its form of one of the parts of speech, or None."""
        for form in self.forms:  # asked of every word: a generator costs more
            if form.part in parts:
                return form
        return None


NOTHING = Reported((), 0, "")

_CUE_LISTS = ("accused", "alleged", "hearsay", "label_opener", "label_persons")
"""Word lists whose words are cues, or begin one."""
_STOP_LISTS = ("circumstances", "clauses", "relatives")
"""Word lists whose words may end a content before them."""
_OPENING_LISTS = ("interrogatives", "prepositions", "relatives")
"""Word lists whose words may open a content, or tell that none opens."""
_PHRASE_LISTS = (
    *("auxiliaries", "clauses", "demonstratives", "inside", "issuing", "label_opener"),
    *("negations", "prepositions", "relatives", "times"),
)
"""Word lists whose words may end a noun phrase, or go on with it in a way of their own."""
FAITHFUL = 3
"""How often a text must have a function word for each name that looks like it, to mean a name."""


_first = itemgetter(slice(1))
"""Returns a word's first letter: of tens of thousands of words at every start."""


class Words:
    """Looks words up in a lexicon, taking proclitics and pronouns off; remembers them.

    Attributes:
        like_names: The function words that folding makes some names look like.
        bare: Returns a function word or particle without its proclitic; other words as they are.
        reported: Returns what a word is as a reporting word; NOTHING when it is none.
        may_cue: Tells whether a rule could begin at a word; most words are none of its cues.
        may_open: Tells whether a content could open at a word or mark, or none behind it.
        may_stop: Tells whether a content could end before a word or mark.
        goes_on: Tells whether a noun phrase goes on with a word whatever stands around it.
        channels: Returns the channels whose phrase may begin with a word, with what follows it.
            The word may carry the article or a pronoun ("the statement", "its statement").
        other: Tells whether a word is a finite verb that reports nothing: True for a form that no
            noun is written like, False for one that may be a noun, None for any other word.
        noun: Returns what a noun reports, and the code points before the cue. A bound preposition
            or connective is no part of it. A noun with the article is a row of its own in the
            pack: few of them have a content.
        possessed: Returns what `noun` does for a noun with a pronoun: "its accusations".
        has_article: Tells whether a word carries the article, alone or joined to proclitics; a
            verbal noun that begins like it does not, with a pronoun or without.
        without_article: Returns a word without its article, alone or joined to proclitics; else as
            it is.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Begin with nothing remembered."""
        self.lexicon = lexicon
        self.phrases = {kind: _by_first(found) for kind, found in lexicon.phrases.items()}
        self._names_of, self._names = "", frozenset[str]()
        self.like_names = frozenset(fold(name) for name, _ in lexicon.written_names)
        self._function = frozenset[str]().union(
            lexicon.that,
            *(
                lexicon.words[name]
                for name in ("auxiliaries", "negations", "relatives", "prepositions", "clauses",
                             "times", "comments", "label_opener", "inside")
            ),
        )  # fmt: skip
        self.articles = tuple(sorted(lexicon.words["article"], key=len, reverse=True))
        self._after_proclitic = self._function.union(lexicon.particles)
        listed = (*lexicon.words.values(), *self.phrases.values(), lexicon.that, lexicon.particles)
        held = (lexicon.forms, lexicon.nouns, lexicon.others, lexicon.light)
        self._letters = frozenset[str]().union(*(map(_first, words) for words in (*listed, *held)))
        self.bare = Remembered(self._without_proclitic).__getitem__
        self.reported = Remembered(self._look_up).__getitem__
        self.may_cue = Remembered(self._could_cue).__getitem__
        self.may_open = Remembered(self._could_open).__getitem__
        self.may_stop = Remembered(self._could_stop).__getitem__
        self.goes_on = Remembered(self._is_plain).__getitem__
        self.channels = Remembered(self._channels_of).__getitem__
        self.other = Remembered(self._other_verb).__getitem__
        self.noun = Remembered(self._reporting_noun).__getitem__
        self.possessed = Remembered(self._possessed_noun).__getitem__
        self.without_article = Remembered(self._article_off).__getitem__
        self.has_article = Remembered(self._is_definite).__getitem__

    def _without_proclitic(self, word: str) -> str:
        starts = self.lexicon.words["proclitics"]
        joined = word[0] in starts and word[1:] in self._after_proclitic
        return word[1:] if joined and word not in self._function else word

    def is_clause(self, word: str) -> bool:
        """Tell whether a word, or what follows a proclitic in it, is a connective of clauses."""
        clauses = self.lexicon.words["clauses"]
        joined = word[:1] in self.lexicon.words["proclitics"] and word[1:] in clauses
        return word in clauses or joined

    def is_doing(self, word: str) -> bool:
        """Tell whether a word is a noun of doing, by the list or by its shape."""
        shape = self.lexicon.noun_shape
        listed = word in self.lexicon.words["verbal_nouns"]
        return listed or (shape is not None and shape.fullmatch(word) is not None)

    def names_in(self, text: str) -> frozenset[str]:
        """Return the names that folding makes look like a function word, as a text writes them.

        None where the text may not tell the two apart: a writer who does has the function word
        far more often.
        """
        if text is not self._names_of:
            apart = self.lexicon.written_names
            self._names_of = text
            self._names = frozenset(
                name
                for name, word in apart
                if text.count(f" {word} ") >= FAITHFUL * text.count(f" {name} ")
            )
        return self._names

    def cues(self, words: Iterable[str], first: int) -> list[int]:
        """Return the places of those of many words that may be cues, counted from the first's."""
        return [at for at, may in enumerate(map(self.may_cue, words), first) if may]

    def _is_strange(self, word: str) -> bool:
        """Tell whether nothing that is known begins like a word, as nothing does like a number."""
        return word[:1].isalnum() and word[:1] not in self._letters

    def _could_cue(self, word: str) -> bool:
        lexicon = self.lexicon
        if self._is_strange(word):
            return False
        bare = self.bare(word)
        listed = any(bare in lexicon.words[name] for name in _CUE_LISTS)
        return (
            listed
            or bare in lexicon.particles
            or bare in self.phrases["not_cues"]
            or self.reported(word).forms != ()
            or self.noun(word)[0] is not None
            or self.possessed(word)[0] is not None
            or self.light(word) is not None
            or self.by_saying(word) is not None
        )

    def by_saying(self, word: str) -> Form | None:
        """Return the verbal noun of a word that is "by" and such a noun: "by the saying"; or None.

        It is one that may have a clause as its content.
        """
        if not word.startswith(self.articles):
            return None
        form = self.reported(self.without_article(word)).part("masdar")
        return form if form and "that" in form.cue.takes else None

    def _is_definite(self, word: str) -> bool:
        if not word.startswith(self.articles):
            return False
        doing, tails = self.lexicon.words["verbal_nouns"], self.lexicon.words["pronouns"]
        stems = (word[: -len(tail)] for tail in tails if word.endswith(tail))
        return word not in doing and not any(stem in doing for stem in stems)

    def _article_off(self, word: str) -> str:
        for article in self.articles:
            if word.startswith(article) and len(word) > len(article) + 1:
                return word[len(article) :]
        return word

    def _could_open(self, word: str) -> bool:
        if self._is_strange(word) or not word[:1].isalnum():
            return not word[:1].isalnum()
        bare, adverbials = self.bare(word), self.phrases["adverbials"]
        joined = bare[:1] in self.lexicon.words["proclitics"] and bare[1:] in adverbials
        return (
            any(bare in self.lexicon.words[name] for name in _OPENING_LISTS)
            or bare in self.lexicon.that
            or bare in adverbials
            or joined
            or self.reported(word).forms != ()
            or self.reported(self.without_article(word)).part("masdar") is not None
        )

    def _is_plain(self, word: str) -> bool:
        words = self.lexicon.words
        if self._is_strange(word):
            return True
        if not word[:1].isalnum() or word[0] in words["bound"] or self.other(word) is not None:
            return False
        bare = self.bare(word)
        listed = any(bare in words[name] for name in _PHRASE_LISTS) or bare in self.lexicon.that
        # "a witness preferred not to be named", "the party denied it altogether"
        listed = listed or any(bare in self.phrases[name] for name in ("not_cues", "wholly"))
        return not listed and not self.reported(word).forms

    def _could_stop(self, word: str) -> bool:
        if self._is_strange(word) or not word[:1].isalnum():
            return not word[:1].isalnum()
        bare = self.bare(word)
        return (
            any(bare in self.lexicon.words[name] for name in _STOP_LISTS)
            or bare in self.lexicon.particles
            or bare in self.phrases["asides"]
            or self.reported(word).forms != ()
        )

    def _channels_of(self, word: str) -> tuple[tuple[tuple[str, ...], Channel], ...]:
        held = self.lexicon.channels
        return tuple(one for stem in self._stems(word) for one in held.get(stem, ()))

    def _stems(self, word: str) -> Iterator[str]:
        """Yield a word, and what is left of it without its article or a pronoun."""
        lexicon = self.lexicon
        yield word
        for article in lexicon.words["article"]:
            if word.startswith(article) and len(word) > len(article) + 2:
                yield word[len(article) :]
        for tail in lexicon.words["pronouns"]:
            if word.endswith(tail) and len(word) > len(tail) + 3:
                stem = word[: -len(tail)]
                yield stem
                before, alone = lexicon.feminine
                if before and stem.endswith(before):
                    yield stem[: -len(before)] + alone

    def _other_verb(self, word: str) -> bool | None:
        lexicon, words = self.lexicon, self.lexicon.words
        nouns = words["heads"] | words["name_heads"]
        if word in self._function or word in words["never"] or word in nouns:
            return None
        for skip in (0, 1, 2):
            if skip and word[skip - 1] not in words["proclitics"] | words["future"]:
                break
            rest = word[skip:]
            if len(rest) < 3 or rest in words["never"]:
                break
            known = lexicon.others.get(rest)
            if known is not None:
                return known
            stems = (rest[: -len(tail)] for tail in words["pronouns"] if rest.endswith(tail))
            if any(len(stem) > 3 and lexicon.others.get(stem) for stem in stems):
                return True
        return None

    def light(self, word: str) -> tuple[LightNouns, int] | None:
        """Return the nouns a light verb reports with, and its proclitics' code points, or None."""
        held = self.lexicon.light
        if word in held:
            return held[word], 0
        joined = word[:1] in self.lexicon.words["proclitics"] and word[1:] in held
        return (held[word[1:]], 1) if joined else None

    def _possessed_noun(self, word: str) -> tuple[Cue | None, int]:
        if self.reported(word).forms or self.noun(word)[0]:
            return None, 0
        for tail in self.lexicon.words["pronouns"]:
            if word.endswith(tail) and len(word) > len(tail) + 4:
                cue, skip = self._reporting_noun(word[: -len(tail)])
                if cue:
                    return cue, skip
        return None, 0

    def _reporting_noun(self, word: str) -> tuple[Cue | None, int]:
        nouns, words = self.lexicon.nouns, self.lexicon.words
        loose = words["proclitics"] | words["bound"]
        for begin in range(min(3, len(word))):
            rest = word[begin:]
            if begin and word[begin - 1] not in loose:
                break
            if rest in nouns:
                return nouns[rest], begin
        return None, 0

    def _look_up(self, word: str) -> Reported:
        words = self.lexicon.words
        if len(word) < 2 or word in self._function or word in words["never"]:
            return NOTHING
        for skip in (0, 1):
            if skip and (word[0] not in words["proclitics"] or len(word) < 3):
                break
            rest = word[skip:]
            if rest in words["never"] or rest in words["circumstances"]:
                break
            found = self._stem(rest, skip)
            if not found.forms and rest[0] in words["future"] and len(rest) > 4:
                apart = rest[0] in words["bound"]  # "in order to say": the verb is the cue
                later = self._stem(rest[1:], skip + apart)
                present = tuple(form for form in later.forms if form.part == "present")
                found = later._replace(forms=present)
            if found.forms:
                return found
        return NOTHING

    def joined(self, word: str) -> Reported:
        """Return what a word is as "and" with a reporting word; NOTHING when it is none."""
        if word[:1] not in self.lexicon.words["proclitics"]:
            return NOTHING
        return self._stem(word[1:], 1)

    def _stem(self, word: str, skip: int) -> Reported:
        forms = self.lexicon.forms.get(word, ())
        free = tuple(
            form for form in forms if not form.agreement.endswith("+") and "+" not in form.part
        )
        if free:
            return Reported(free, skip, "")
        for length in (3, 2, 1):
            tail = word[-length:]
            if len(word) - length >= 2 and tail in self.lexicon.words["pronouns"]:
                held = self.lexicon.forms.get(word[:-length], ())
                kept = tuple(
                    Form(form.cue, form.part.rstrip("+"), form.agreement.rstrip("+"))
                    for form in held
                    if form.part != "participle"
                )
                if kept:
                    return Reported(kept, skip, tail)
        return NOTHING


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return phrases by their first word, each with the words after it."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for first, *rest in phrases:
        found[first] = (*found.get(first, ()), tuple(rest))
    return found
