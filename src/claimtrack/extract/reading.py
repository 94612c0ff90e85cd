"""One sentence under reading: its tokens with what the lexicon knows of them."""

from __future__ import annotations

from claimtrack.extract.lexicon import Form, Particle
from claimtrack.extract.tokens import Page
from claimtrack.extract.words import NOTHING, Reported, Words

COMMAS = frozenset(",،؛;")
SEMICOLONS = frozenset(";؛")
DASHES = frozenset("-–—")
STOPS = frozenset(".!?؟۔…")
OPEN_BRACKETS = frozenset("([")
_ASKING = frozenset("?؟")
CLOSING = frozenset('"”“»’)]')
_LONGEST_SPEAKER = 14
"""Tokens from a verb to the last of its subject."""
_CHECKED = 12
"""Tokens within which what could not be checked is followed by the word for checking."""


class Sentence:
    """A range of a page's tokens, with questions that rules ask of it."""

    def __init__(self, page: Page, words: Words, start: int, end: int) -> None:
        """Read tokens start to end of the page."""
        self.page, self.words, self.lexicon = page, words, words.lexicon
        self.start, self.end = start, end
        self.tokens = page.tokens
        self.stops: dict[int, bool] = {}  # what is known of where contents end
        self._reported: dict[int, Reported] = {}
        self._titled: bool | None = None
        self.spelt = [token.text for token in page.tokens[start:end]]
        self._bare = list(map(words.bare, self.spelt))
        names = words.names_in(page.text)
        for at in () if words.like_names.isdisjoint(self.spelt) else range(start + 1, end):
            token = page.tokens[at]
            if page.text[token.start : token.end] in names and self._may_be_name(at):
                self._bare[at - start] = ""  # no function word
        times = self.lexicon.words["name_times"]
        for at in () if times.isdisjoint(self._bare) else range(start + 1, end):
            capitals = page.tokens[at].capital and page.tokens[at - 1].capital
            if capitals and self._bare[at - start] in times:
                self._bare[at - start] = ""  # "Sidrun Today": no time
        modals = self.lexicon.words["modals"]
        for at in () if modals.isdisjoint(self._bare) else range(start, end):
            if self._bare[at - start] in modals and self._names_person(at) and not self.titled:
                self._bare[at - start] = ""  # "Laura May", "Will Harrow": no verb

    @property
    def titled(self) -> bool:
        """Whether most words are written with a capital, as in headlines."""
        if self._titled is None:
            words = [token for token in self.tokens[self.start : self.end] if token.text.isalpha()]
            self._titled = 10 * sum(token.capital for token in words) > 6 * len(words)
        return self._titled

    def _names_person(self, at: int) -> bool:
        """Tell whether a word with a capital stands in a name: beside another one with a capital.

        One that begins a sentence is a verb where that asks or commands: "Will Harrow resign?"
        """
        after = at + 1 < self.end and self.tokens[at + 1].capital
        if not self.tokens[at].capital or not self.tokens[at].word:
            return False
        if self.opens_quote(at - 1):
            quoted = self.tokens[at : self.quote_end(at - 1)]
            return after and not any(token.text in _ASKING for token in quoted)
        if at > self.start:
            return after or self.tokens[at - 1].capital
        return after and self.tokens[self.end - 1].text not in _ASKING

    def _may_be_name(self, at: int) -> bool:
        """Tell whether a name may follow the word before: no noun with the article."""
        endings = tuple(self.lexicon.words["adjective_endings"])
        led = self.among(at - 1, "titles") or self.text(at - 1).endswith(endings)
        return led or not self.has_article(at - 1)

    def text(self, at: int) -> str:
        """Return a token's folded form; empty outside the sentence."""
        return self.tokens[at].text if self.start <= at < self.end else ""

    def written(self, at: int) -> str:
        """Return a token of the sentence as the text has it."""
        return self.page.text[self.tokens[at].start : self.tokens[at].end]

    def bare(self, at: int) -> str:
        """Return a token's folded form without a proclitic that is joined to a function word."""
        return self._bare[at - self.start] if self.start <= at < self.end else ""

    def reported(self, at: int) -> Reported:
        """Return what a token is as a reporting word, where it stands."""
        if not self.start <= at < self.end:
            return NOTHING
        word = self.words.reported(self.tokens[at].text)
        if not word.forms:
            return word
        known = self._reported.get(at)
        if known is None:
            known = self._reported[at] = self._in_place(word, at)
        return known

    def _in_place(self, word: Reported, at: int) -> Reported:
        if any("within" in form.cue.takes for form in word.forms) and not self._is_within(at):
            return self.words.joined(self.text(at))  # "and answered", written like "it says"
        if word.pronoun and self.ends_feminine(at):
            return NOTHING  # "injury", written like "it hit him" but for its last letter
        if word.skip and self._ends_name(at):
            return NOTHING
        if at == self.start and self._begins_name(at):
            return NOTHING  # "Said Tarqan said that": no verb
        unread: tuple[str, ...] = ("past", "present") if self._is_nominal(at) else ()
        if self.among(at - 1, "negations"):
            unread = (*unread, "participle")  # "unconfirmed": an adjective, nobody confirms
        if unread:
            kept = tuple(form for form in word.forms if form.part not in unread)
            return word._replace(forms=kept)
        return word

    def _ends_name(self, at: int) -> bool:
        """Tell whether a word written like "so he saw" is the last of a speaker's name.

        A verb before it still waits for what it says, which begins right behind: "said X that".
        """
        joined = self.text(at)[:1] in self.lexicon.words["resuming"]
        if not joined or not self.is_that(at + 1) or self.has_article(at - 1):
            return False
        for before in range(at - 1, max(self.start - 1, at - _LONGEST_SPEAKER), -1):
            if not self.tokens[before].word or self.is_that(before):
                return False
            verb = self.reported(before).part("past", "present")
            if verb:
                return before < at - 1 and "that" in verb.cue.takes
        return False

    def _begins_name(self, at: int) -> bool:
        """Tell whether a verb that begins a sentence is a name: names and a verb stand behind."""
        if self.lexicon.order != "before" or self.titled or not self._names_person(at):
            return False
        end = at + 1
        while end < self.end and self.tokens[end].capital and self.tokens[end].word:
            end += 1
        return self.words.reported(self.text(end)).part("past", "present") is not None

    def _is_within(self, at: int) -> bool:
        """Tell whether "it says" goes on with "in it", "in the statement", or begins with "and"."""
        text, after = self.text(at), at + 1
        led = self.among(after, "medium", "resumptives", "prepositions")
        joined = self.words.joined(text).forms
        return led or not joined or self.binds(after, self.lexicon.words["bound"])

    def is_joined(self, at: int) -> bool:
        """Tell whether a reporting word is written together with "and"."""
        joined = self.text(at)[:1] in self.lexicon.words["proclitics"]
        return joined and self.reported(at).skip > 0

    def _is_nominal(self, at: int) -> bool:
        """Tell whether what stands before a word makes it a noun: "the state agency", "in Tell"."""
        if self.among(at - 1, "governing") or self._names_outlet(at):
            return True
        if self.lexicon.order != "before":
            return False
        if self.among(at - 1, "infinitive") and self.among(at - 2, "raising"):
            return False  # "appear to show"
        led = self.among(at - 1, "determiners", "prepositions")
        if led and not self.among(at - 1, "adverbs"):
            return True
        before = self.words.reported(self.text(at - 1)) if at > self.start else NOTHING
        return before.part("participle") is not None and before.part("past", "present") is None

    def _names_outlet(self, at: int) -> bool:
        """Tell whether a word begins an outlet's name: "to the site X", "the paper «X»"."""
        if self.opens_quote(at - 1):
            return self.among(at - 2, "outlets")
        if not self.among(at - 1, "outlets"):
            return False
        said = self.words.reported(self.text(at - 2)).part("past", "present")
        told = self.binds(at - 1, self.lexicon.words["addressed"])
        return told or (said is not None and said.cue.is_saying)

    def is_number(self, at: int) -> bool:
        """Tell whether a token is a number, in figures or as a word."""
        return self.text(at)[:1].isdigit() or self.among(at, "numerals")

    def among(self, at: int, *lists: str) -> bool:
        """Tell whether a token stands in one of the grammar's word lists."""
        if not self.start <= at < self.end:
            return False
        # Asked of every word many times: a call of `bare`, or a generator, costs more.
        word, held = self._bare[at - self.start], self.lexicon.words
        for name in lists:  # noqa: SIM110
            if word in held[name]:
                return True
        return False

    def is_impersonal(self, at: int) -> bool:
        """Tell whether a token is "it is believed", alone or joined to "and"."""
        text, forms = self.text(at), self.lexicon.words["impersonal"]
        joined = text[:1] in self.lexicon.words["proclitics"] and text[1:] in forms
        return text in forms or joined

    def is_passive(self, at: int) -> bool:
        """Tell whether the vowels written on a token make it a passive: nobody is said to do it."""
        passive = self.lexicon.written_passive
        return passive is not None and passive.match(self.written(at)) is not None

    def is_unchecked(self, at: int) -> bool:
        """Tell whether "it was not possible for X to verify it" begins at a token."""
        if not self.phrase(at, "unchecked"):
            return False
        near = range(at + 1, min(self.end, at + _CHECKED))
        return any(self.among(after, "checking") for after in near)

    def is_that(self, at: int) -> bool:
        """Tell whether a token is a complementiser."""
        return self.bare(at) in self.lexicon.that

    def opens_quote(self, at: int) -> bool:
        """Tell whether a quotation begins at a token."""
        return at in self.page.closers and at < self.end

    def quote_end(self, at: int) -> int:
        """Return the end of the quotation that a token opens, within the sentence."""
        return min(self.page.closers[at], self.end)

    def is_quoted(self, at: int) -> bool:
        """Tell whether a token stands within a closed quotation."""
        opener = self.page.inside[at]
        return opener >= 0 and self.page.openers.get(self.page.closers[opener]) == opener

    def has_article(self, at: int) -> bool:
        """Tell whether a word carries the article, alone or joined to other proclitics."""
        return self.words.has_article(self.text(at)) and not self._is_bare(at)

    def _is_bare(self, at: int) -> bool:
        """Tell whether a word, as it is written, begins with another letter than the article."""
        return self.written(at).startswith(self.lexicon.written_bare)

    def without_article(self, at: int) -> str:
        """Return a word without its article; the word itself where it has none."""
        return self.words.without_article(self.text(at)) if self.has_article(at) else self.text(at)

    def ends_feminine(self, at: int) -> bool:
        """Tell whether a token of the page ends as a feminine noun does, as it is written."""
        token, ending = self.page.tokens[at], self.lexicon.feminine[1]
        written = self.page.text[token.start : token.end]
        pronoun = written.endswith(self.lexicon.written_pronouns)
        return bool(ending) and token.text.endswith(ending) and not pronoun

    def after_name_head(self, at: int) -> bool:
        """Tell whether "the newspaper", "the movement" stands before a token: a name follows."""
        heads = self.lexicon.words["name_heads"]
        return self.text(at - 1) in heads or self.without_article(at - 1) in heads

    def words_in(self, start: int, end: int) -> int:
        """Return how many of a range's tokens are words."""
        return sum(self.tokens[at].word for at in range(start, end))

    def particle(self, at: int) -> tuple[Particle, int] | None:
        """Return the particle that begins at a token and its last token, or None.

        The last word may be a bound preposition of the next word, or carry a pronoun; a pronoun
        or adjective may stand before it.
        """
        lexicon = self.lexicon
        for particle in lexicon.particles.get(self.bare(at), ()):
            last = at + len(particle.words) - 1
            if last == at + 1 and self.text(at + 2) == particle.words[-1]:
                described = self.text(last).endswith(lexicon.adjective_endings)
                if described or self.among(last, "possessors"):
                    return particle, at + 2  # "by the first estimates of", "by his words"
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
        if (
            shape is None
            or self.has_article(at)
            or self.among(at, "heads", "name_heads", "documents")
        ):
            return False
        text = self.text(at)
        joined = text[:1] in self.lexicon.words["proclitics"] and shape.fullmatch(text[1:])
        return bool(joined) or shape.fullmatch(text) is not None

    def is_verbal_noun(self, at: int) -> bool:
        """Tell whether a word is a noun of doing, by the lists or by its shape; no name is."""
        return self.reported(at).part("masdar") is not None or self.words.is_doing(self.text(at))

    def other_verb(self, at: int) -> bool:
        """Tell whether a word is surely a finite verb that reports nothing."""
        return self.other(at) is True

    def other(self, at: int) -> bool | None:
        """Return what `Words.other` does for a token; a feminine ending is no pronoun."""
        known = self.words.other(self.tokens[at].text) if self.start <= at < self.end else None
        return None if known is not None and self.ends_feminine(at) else known

    def finite(self, at: int) -> Form | None:
        """Return the finite reporting verb a token is, or None."""
        return self.reported(at).part("past", "present")

    def phrase(self, at: int, kind: str) -> int:
        """Return how many tokens of a listed phrase begin here; 0 for none."""
        held, word = self.words.phrases[kind], self.bare(at)
        rests = held.get(word)
        if rests is None:
            rests = held.get(word[1:]) if word[:1] in self.lexicon.words["proclitics"] else None
        for rest in rests or ():
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
