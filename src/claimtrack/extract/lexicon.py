"""What a language pack tells the extractor, read once and kept folded."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claimtrack.errors import PackError
from claimtrack.lang.pack import pack_file, read_yaml
from claimtrack.model.vocabulary import Assertion, Channel, Stance
from claimtrack.text.fold import fold


class Cue(NamedTuple):
    """A reporting word's meaning.

    Attributes:
        lemma: The word it is a form of.
        assertion: What its source does with it.
        stance: Where it puts the reporter.
        channel: The channel it implies, or none_stated.
        takes: What may open its content: "that", "quote", "object", "addressee", "relay", or a
            preposition, folded.
    """

    lemma: str
    assertion: Assertion
    stance: Stance
    channel: Channel
    takes: frozenset[str]

    @property
    def is_saying(self) -> bool:
        """Whether it is a plain word of saying, which may go along with another one."""
        return self.takes >= {"that", "quote"} and self.assertion is Assertion.ASSERT


PLAIN = Cue("", Assertion.ASSERT, Stance.NEUTRAL, Channel.NONE_STATED, frozenset({"that", "quote"}))
"""The meaning of a cue that only says: a preposition, "as saying"."""


class Form(NamedTuple):
    """One inflected form of a cue.

    Attributes:
        cue: What it means.
        part: "past", "present", "participle" or "masdar" (a verbal noun).
        agreement: Gender and number ("ms", "fp"); empty where the form has none.
    """

    cue: Cue
    part: str
    agreement: str


class Particle(NamedTuple):
    """A cue that is no verb: "according to", "as X put it".

    Attributes:
        words: Its folded words; the last may be a bound preposition of the next word.
        opens: "source" (a source follows), "relay" (the source relayed follows) or "verb" (a
            reporting verb follows).
    """

    words: tuple[str, ...]
    stance: Stance
    opens: str


class Lexicon(NamedTuple):
    """A pack's grammar and cue words, folded."""

    code: str
    words: dict[str, frozenset[str]]
    order: str
    forms: dict[str, tuple[Form, ...]]
    particles: dict[str, tuple[Particle, ...]]
    nouns: dict[str, Cue]
    channels: dict[str, tuple[tuple[tuple[str, ...], Channel], ...]]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    that: frozenset[str]
    that_alone: frozenset[str]
    feminine: tuple[str, str]
    verb_shape: re.Pattern[str] | None
    written_pronouns: tuple[str, ...]


LISTS = {
    "adjective_endings": "endings of adjectives that carry the article",
    "alleged": "adjectives by which the reporter keeps away from a noun",
    "article": "the article, alone and joined to other proclitics",
    "as": 'the word before a participle of saying in "quoted X as saying"',
    "auxiliaries": "words between a subject and its verb, or before both",
    "blame": "nouns of responsibility, without which a verb of carrying is no accusation",
    "bound": "prepositions written together with their noun",
    "clauses": "connectives that begin a clause",
    "comments": "words that begin the reporter's own comment after a comma",
    "correlates": "pronouns between a preposition and a complementiser",
    "demonstratives": "words that begin a noun phrase of their own",
    "determiners": "words that make the next word a noun",
    "future": "proclitics of the future",
    "heads": "nouns that the noun after them completes: bodies, offices, trades",
    "impersonal": 'forms without a subject: "it is believed"',
    "inside": "words that go on with a noun phrase wherever they stand",
    "kept_bound": "bound prepositions that may go on with a noun phrase",
    "label_opener": 'the pronoun of "what he called"',
    "label_takes": "what introduces the label after it",
    "labels": "verbs of naming",
    "lookalikes": "words that only seem to begin with a bound preposition",
    "medium": "prepositions before a channel",
    "name_heads": "nouns after which quotation marks hold a name",
    "name_times": "words of time that end an outlet's name",
    "negations": "words that withhold the verb after them",
    "never": "words that only look like a form of a reporting word",
    "not_sources": 'nouns after "according to" that say nothing',
    "obtained": "verbs of getting, after which a channel is where the words come from",
    "open_heads": "heads of noun phrases that go on after a preposition",
    "plural_endings": "endings that no surname has",
    "possessed": "endings of nouns that carry a pronoun",
    "possessive": "endings of owners",
    "prepositions": "prepositions written apart",
    "proclitics": "words written together with the next one, part of no span",
    "progressives": "auxiliaries that make a participle finite",
    "pronouns": "pronouns attached to verbs, nouns and complementisers",
    "qualifiers": "words between a title and the name after it",
    "relatives": "relative pronouns",
    "resuming": "proclitics by which the main clause goes on after a remark",
    "relay": "prepositions before the one relayed",
    "responders": "lemmas of answering",
    "resumptives": "a preposition with a pronoun that belongs to the cue",
    "subjects": "personal pronouns that stand for an earlier mention",
    "through": 'prepositions of "through its embassy"',
    "times": "adverbs and nouns of time",
    "titles": "titles that a name follows",
    "topics": "words before a headline's colon that name no speaker",
}
"""The word lists that a pack's grammar.yaml may hold, and what each is for."""

_OTHER = {
    "asides",
    "subject",
    "that",
    "written_pronouns",
    "verb_shape",
    "feminine",
    "comment_phrases",
    "not_cues",
    "adverbials",
}


@cache
def lexicon(code: str) -> Lexicon:
    """Return a language's lexicon.

    Raises:
        UnknownLanguageError: There is no pack for the code.
        PackError: A row of the pack is wrong; the message names file and line.
    """
    grammar = read_yaml(code, "grammar.yaml")
    path = pack_file(code, "grammar.yaml")
    unknown = sorted(grammar.keys() - LISTS.keys() - _OTHER)
    if unknown:
        raise PackError(str(path), 0, f"unknown list {unknown[0]!r}; see docs/languages.md")
    words = {}
    for name in LISTS:
        held = grammar.get(name, [])
        if not isinstance(held, list) or not all(isinstance(word, str) for word in held):
            raise PackError(str(path), 0, f"{name} must be a list of words; quote yes, no, on")
        words[name] = frozenset(fold(word) for word in held)
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for kind in ("comment_phrases", "not_cues", "adverbials", "asides"):
        phrases[kind] = [tuple(fold(phrase).split()) for phrase in grammar.get(kind, ())]
    stems = [fold(word) for word in grammar.get("that", ())]
    return Lexicon(
        code=code,
        words=words,
        order=grammar.get("subject", "before"),
        forms=_forms(code),
        particles=_particles(code),
        nouns=_nouns(code),
        channels=_channels(code),
        phrases={kind: tuple(found) for kind, found in phrases.items()},
        that=frozenset(stems) | {stem + tail for stem in stems for tail in words["pronouns"]},
        that_alone=frozenset(stems),
        feminine=_pair(grammar.get("feminine")),
        written_pronouns=tuple(grammar.get("written_pronouns", ())),
        verb_shape=_shape(path, grammar.get("verb_shape")),
    )


def _pair(held: list[str] | None) -> tuple[str, str]:
    """Return a noun's ending before a pronoun and without one; empty where there is none."""
    before, alone = held or ("", "")
    return fold(before), fold(alone)


def _shape(path: Path, pattern: str | None) -> re.Pattern[str] | None:
    try:
        return re.compile(fold(pattern)) if pattern else None
    except re.error as error:
        raise PackError(str(path), 0, f"verb_shape is no regular expression: {error}") from None


def _rows(code: str, name: str) -> Iterator[tuple[Path, int, dict[str, str]]]:
    path = pack_file(code, name)
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as handle:
        for row in (reader := csv.DictReader(handle)):
            if None in row or None in row.values():
                raise PackError(str(path), reader.line_num, "the row has too many or few cells")
            yield path, reader.line_num, row


def _cue(path: Path, line: int, lemma: str, row: dict[str, str]) -> Cue:
    try:
        return Cue(
            lemma,
            Assertion(row["assertion"]),
            Stance(row["stance"]),
            Channel(row.get("channel") or "none_stated"),
            frozenset(fold(word) for word in row[("takes" if "takes" in row else "opens")].split()),
        )
    except (KeyError, ValueError) as error:
        raise PackError(str(path), line, f"{error}; see docs/languages.md") from None


def _forms(code: str) -> dict[str, tuple[Form, ...]]:
    lemmas = {}
    for path, line, row in _rows(code, "verbs.csv"):
        lemma = next(iter(row.values()))
        lemmas[lemma] = _cue(path, line, lemma, row)
    found: dict[str, list[Form]] = {}
    for path, line, row in _rows(code, "forms.csv"):
        if row["lemma"] not in lemmas:
            raise PackError(str(path), line, f"{row['lemma']!r} is not in verbs.csv")
        part, _, agreement = row["tag"].partition(".")
        for word in row["forms"].split():
            form = Form(lemmas[row["lemma"]], part, agreement)
            held = found.setdefault(fold(word), [])
            if form not in held:
                held.append(form)
    return {word: tuple(forms) for word, forms in found.items()}


def _particles(code: str) -> dict[str, tuple[Particle, ...]]:
    found: dict[str, list[Particle]] = {}
    for path, line, row in _rows(code, "particles.csv"):
        words = tuple(fold(row["form"]).split())
        if not words or row["opens"] not in ("source", "relay", "verb", "parenthesis"):
            raise PackError(
                str(path), line, "needs a form, and opens: source, relay, verb or parenthesis"
            )
        found.setdefault(words[0], []).append(Particle(words, Stance(row["stance"]), row["opens"]))
    longest_first = lambda particle: -len(particle.words)  # noqa: E731
    return {first: tuple(sorted(held, key=longest_first)) for first, held in found.items()}


def _nouns(code: str) -> dict[str, Cue]:
    return {
        fold(row["form"]): _cue(path, line, row["form"], row)
        for path, line, row in _rows(code, "nouns.csv")
    }


def _channels(code: str) -> dict[str, tuple[tuple[tuple[str, ...], Channel], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Channel]]] = {}
    for path, line, row in _rows(code, "channels.csv"):
        words = tuple(fold(row["phrase"]).split())
        try:
            channel = Channel(row["channel"])
        except ValueError as error:
            raise PackError(str(path), line, str(error)) from None
        found.setdefault(words[0], []).append((words, channel))
    return {
        first: tuple(sorted(held, key=lambda entry: -len(entry[0])))
        for first, held in found.items()
    }
