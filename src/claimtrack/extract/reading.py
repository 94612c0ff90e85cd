"""One sentence under reading: its tokens with what the lexicon knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from claimtrack.extract.lexicon import Cue, Form, Lexicon, LightNouns, Particle
from claimtrack.extract.tokens import Page
from claimtrack.model.vocabulary import Channel

COMMAS = frozenset(",،؛;")
DASHES = frozenset("-–—")
STOPS = frozenset(".!?؟۔…")
OPEN_BRACKETS = frozenset("([")
CLOSING = frozenset('"”“»’)]')


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
        return next((form for form in self.forms if form.part in parts), None)


NOTHING = Reported((), 0, "")

_Known = TypeVar("_Known")
_CUE_LISTS = ("accused", "alleged", "label_opener", "label_persons")
"""Word lists whose words are cues, or begin one."""
_STOP_LISTS = ("circumstances", "clauses", "relatives")
"""Word lists whose words may end a content before them."""
_REMEMBERED = 50_000
"""Words that are remembered; then all are forgotten and it begins anew."""


class Words:
    """Looks words up in a lexicon, taking proclitics and pronouns off; remembers them."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Begin with nothing remembered."""
        self.lexicon = lexicon
        self.phrases = {kind: _by_first(found) for kind, found in lexicon.phrases.items()}
        self._reported: dict[str, Reported] = {}
        self._bare: dict[str, str] = {}
        self._may_cue: dict[str, bool] = {}
        self._may_stop: dict[str, bool] = {}
        self._channels: dict[str, tuple[tuple[tuple[str, ...], Channel], ...]] = {}
        self._other: dict[str, bool | None] = {}
        self._noun: dict[str, tuple[Cue | None, int]] = {}
        self._function = frozenset[str]().union(
            lexicon.that,
            *(
                lexicon.words[name]
                for name in ("auxiliaries", "negations", "relatives", "prepositions", "clauses",
                             "times", "comments", "label_opener", "inside")
            ),
        )  # fmt: skip
        self._after_proclitic = self._function | lexicon.particles.keys()

    def bare(self, word: str) -> str:
        """Return a function word or particle without its proclitic; other words as they are."""
        known = self._bare.get(word)
        if known is None:
            known = word
            starts = self.lexicon.words["proclitics"]
            joined = word[0] in starts and word[1:] in self._after_proclitic
            if joined and word not in self._function:
                known = word[1:]
            _remember(self._bare, word, known)
        return known

    def is_clause(self, word: str) -> bool:
        """Tell whether a word, or what follows a proclitic in it, is a connective of clauses."""
        clauses = self.lexicon.words["clauses"]
        joined = word[:1] in self.lexicon.words["proclitics"] and word[1:] in clauses
        return word in clauses or joined

    def reported(self, word: str) -> Reported:
        """Return what a word is as a reporting word; NOTHING when it is none."""
        known = self._reported.get(word)
        if known is None:
            known = self._look_up(word)
            _remember(self._reported, word, known)
        return known

    def may_cue(self, word: str) -> bool:
        """Tell whether a rule could begin at a word; most words are none of its cues."""
        known = self._may_cue.get(word)
        if known is None:
            known = self._could_cue(word)
            _remember(self._may_cue, word, known)
        return known

    def _could_cue(self, word: str) -> bool:
        lexicon = self.lexicon
        bare = self.bare(word)
        listed = any(bare in lexicon.words[name] for name in _CUE_LISTS)
        return (
            listed
            or bare in lexicon.particles
            or bare in self.phrases["not_cues"]
            or self.reported(word).forms != ()
            or self.noun(word)[0] is not None
            or self.light(word) is not None
            or word[:1] in lexicon.words["by"]
        )

    def may_stop(self, word: str) -> bool:
        """Tell whether a content could end before a word that no comma parts from it."""
        known = self._may_stop.get(word)
        if known is None:
            bare = self.bare(word)
            known = (
                any(bare in self.lexicon.words[name] for name in _STOP_LISTS)
                or bare in self.lexicon.particles
                or bare in self.phrases["asides"]
                or self.reported(word).forms != ()
            )
            _remember(self._may_stop, word, known)
        return known

    def channels(self, word: str) -> tuple[tuple[tuple[str, ...], Channel], ...]:
        """Return the channels whose phrase may begin with a word, with what follows it.

        The word may carry the article or a pronoun ("the statement", "its statement").
        """
        known = self._channels.get(word)
        if known is None:
            held = self.lexicon.channels
            known = tuple(one for stem in self._stems(word) for one in held.get(stem, ()))
            _remember(self._channels, word, known)
        return known

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

    def other(self, word: str) -> bool | None:
        """Tell whether a word is a finite verb that reports nothing.

        True for a form that no noun is written like, False for one that may be a noun, None for
        any other word.
        """
        if word not in self._other:
            _remember(self._other, word, self._other_verb(word))
        return self._other[word]

    def _other_verb(self, word: str) -> bool | None:
        lexicon, words = self.lexicon, self.lexicon.words
        if word in self._function or word in words["never"] or word in words["heads"]:
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

    def noun(self, word: str) -> tuple[Cue | None, int]:
        """Return what a noun reports, and the code points before the cue.

        A bound preposition or connective is no part of it. A noun with the article is a row of its
        own in the pack: few of them have a content.
        """
        known = self._noun.get(word)
        if known is None:
            known = self._reporting_noun(word)
            _remember(self._noun, word, known)
        return known

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
            if skip and (word[0] not in words["proclitics"] or len(word) < 4):
                break
            rest = word[skip:]
            if rest in words["never"]:
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


def _remember(known: dict[str, _Known], word: str, value: _Known) -> None:
    """Note what a word is; what was noted is forgotten before it takes up too much."""
    if len(known) >= _REMEMBERED:
        known.clear()
    known[word] = value


class Sentence:
    """A range of a page's tokens, with questions that rules ask of it."""

    def __init__(self, page: Page, words: Words, start: int, end: int) -> None:
        """Read tokens start to end of the page."""
        self.page, self.words, self.lexicon = page, words, words.lexicon
        self.start, self.end = start, end
        self.tokens = page.tokens
        self.stops: dict[int, bool] = {}  # what is known of where contents end
        self._bare = [words.bare(token.text) for token in page.tokens[start:end]]

    def text(self, at: int) -> str:
        """Return a token's folded form; empty outside the sentence."""
        return self.tokens[at].text if self.start <= at < self.end else ""

    def bare(self, at: int) -> str:
        """Return a token's folded form without a proclitic that is joined to a function word."""
        return self._bare[at - self.start] if self.start <= at < self.end else ""

    def reported(self, at: int) -> Reported:
        """Return what a token is as a reporting word, where it stands."""
        if not self.start <= at < self.end:
            return NOTHING
        word = self.words.reported(self.tokens[at].text)
        if word.forms and self.lexicon.order == "before" and self._is_nominal(at):
            kept = tuple(form for form in word.forms if form.part not in ("past", "present"))
            return word._replace(forms=kept)
        return word

    def is_joined(self, at: int) -> bool:
        """Tell whether a reporting word is written together with "and"."""
        joined = self.text(at)[:1] in self.lexicon.words["proclitics"]
        return joined and self.reported(at).skip > 0

    def _is_nominal(self, at: int) -> bool:
        """Tell whether what stands before a word makes it a noun: "the state agency", "in Tell"."""
        if self.among(at - 1, "determiners", "prepositions"):
            return True
        before = self.words.reported(self.text(at - 1)) if at > self.start else NOTHING
        return before.part("participle") is not None and before.part("past", "present") is None

    def among(self, at: int, *lists: str) -> bool:
        """Tell whether a token stands in one of the grammar's word lists."""
        word, held = self.bare(at), self.lexicon.words
        for name in lists:  # noqa: SIM110 (asked of every word many times; a generator costs more)
            if word in held[name]:
                return True
        return False

    def is_that(self, at: int) -> bool:
        """Tell whether a token is a complementiser."""
        return self.bare(at) in self.lexicon.that

    def opens_quote(self, at: int) -> bool:
        """Tell whether a quotation begins at a token."""
        return at in self.page.closers and at < self.end

    def quote_end(self, at: int) -> int:
        """Return the end of the quotation that a token opens, within the sentence."""
        return min(self.page.closers[at], self.end)

    def has_article(self, at: int) -> bool:
        """Tell whether a word carries the article, alone or joined to other proclitics."""
        return self.text(at).startswith(tuple(self.lexicon.words["article"]))

    def without_article(self, at: int) -> str:
        """Return a word without its article; the word itself where it has none."""
        text = self.text(at)
        for article in sorted(self.lexicon.words["article"], key=len, reverse=True):
            if text.startswith(article) and len(text) > len(article) + 1:
                return text[len(article) :]
        return text

    def after_name_head(self, at: int) -> bool:
        """Tell whether "the newspaper", "the movement" stands before a token: a name follows."""
        heads = self.lexicon.words["name_heads"]
        return self.text(at - 1) in heads or self.without_article(at - 1) in heads

    def words_in(self, start: int, end: int) -> int:
        """Return how many of a range's tokens are words."""
        return sum(self.tokens[at].word for at in range(start, end))

    def particle(self, at: int) -> tuple[Particle, int] | None:
        """Return the particle that begins at a token and its last token, or None.

        The last word may be a bound preposition of the next word, or carry a pronoun.
        """
        lexicon = self.lexicon
        for particle in lexicon.particles.get(self.bare(at), ()):
            last = at + len(particle.words) - 1
            middle = enumerate(particle.words[1:-1], 1)
            if not all(self.text(at + step) == part for step, part in middle):
                continue
            wanted, ending = particle.words[-1], self.text(last)
            if last == at or ending == wanted:
                return particle, last
            tail = ending[len(wanted) :]
            joined = wanted in lexicon.words["bound"] or tail in lexicon.words["pronouns"]
            if ending.startswith(wanted) and joined:
                return particle, last
        return None

    def looks_like_verb(self, at: int) -> bool:
        """Tell whether an unknown word has the shape of a finite verb."""
        if self.other_verb(at):
            return True
        shape = self.lexicon.verb_shape
        if shape is None or self.has_article(at) or self.among(at, "heads", "name_heads"):
            return False
        text = self.text(at)
        joined = text[:1] in self.lexicon.words["proclitics"] and shape.fullmatch(text[1:])
        return bool(joined) or shape.fullmatch(text) is not None

    def other_verb(self, at: int) -> bool:
        """Tell whether a word is surely a finite verb that reports nothing."""
        return self.start <= at < self.end and self.words.other(self.tokens[at].text) is True

    def finite(self, at: int) -> Form | None:
        """Return the finite reporting verb a token is, or None."""
        return self.reported(at).part("past", "present")

    def phrase(self, at: int, kind: str) -> int:
        """Return how many tokens of a listed phrase begin here; 0 for none."""
        for rest in self.words.phrases[kind].get(self.bare(at), ()):
            if all(
                self.text(at + step) == word
                or (word in self.lexicon.that and self.is_that(at + step))
                for step, word in enumerate(rest, 1)
            ):
                return 1 + len(rest)
        return 0

    def binds(self, at: int, bound: frozenset[str]) -> bool:
        """Tell whether a word is joined to one of the bound prepositions, as far as one can see."""
        text = self.text(at)
        return text[:1] in bound and len(text) > 2 and text not in self.lexicon.words["lookalikes"]
