"""What a language pack tells the extractor, read once and kept folded."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack.kept import kept
from claimtrack.lang.lists import check_words, read_files, wrong
from claimtrack.lang.pack import (
    SHIPPED,
    Packs,
    load_yaml,
    pack_digest,
    pack_files,
    read_yaml,
)
from claimtrack.lang.table import Row, read_rows
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


LightNouns = dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]
"""By a noun's first word: the words after it, and what a light verb with it means."""

_PlainCue = tuple[str, str, str, str, frozenset[str]]
_PlainNouns = dict[str, tuple[tuple[tuple[str, ...], _PlainCue], ...]]
_PlainParticle = tuple[tuple[str, ...], str, str]
"""A cue, what a light verb means and a particle as plain values, to be kept."""


class Lexicon(NamedTuple):
    """A pack's grammar and cue words, folded.

    `others` are finite forms of verbs that report nothing, by whether no noun is written like them;
    `light` are forms that report together with a noun, by the noun's first word. Where
    `reads_quotations`, what a quoted speaker reports is looked for too; where `implied_sources`, a
    source that a verb leaves out is the earlier mention, not only its antecedent.
    """

    code: str
    words: dict[str, frozenset[str]]
    order: str
    reads_quotations: bool
    implied_sources: bool
    forms: Mapping[str, tuple[Form, ...]]
    others: dict[str, bool]
    light: dict[str, LightNouns]
    particles: dict[str, tuple[Particle, ...]]
    nouns: dict[str, Cue]
    channels: dict[str, tuple[tuple[tuple[str, ...], Channel], ...]]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    that: frozenset[str]
    that_alone: frozenset[str]
    feminine: tuple[str, str]
    verb_shape: re.Pattern[str] | None
    noun_shape: re.Pattern[str] | None
    adjective_shape: re.Pattern[str] | None
    written_passive: re.Pattern[str] | None
    adjective_endings: tuple[str, ...]
    adverb_endings: tuple[str, ...]
    finite_endings: tuple[str, ...]
    written_bare: tuple[str, ...]
    written_pronouns: tuple[str, ...]
    written_names: tuple[tuple[str, str], ...]
    spelled: frozenset[str]


LISTS = {
    "accusative": "endings of an indefinite object or predicate",
    "accused": "adjectives by which nobody in particular accuses the noun before them",
    "accusations": "further nouns of what somebody is accused of: a charge",
    "accused_of": "prepositions that say of what",
    "addressed": "bound prepositions before the one told",
    "about_first": "prepositions of what is reported, where the verb and its subject follow",
    "about": "prepositions of what somebody is asked or told about",
    "adjective_endings": "endings of adjectives: of origin, or within a particle",
    "adverb_endings": "endings of adverbs",
    "adverbs": "adverbs without such an ending",
    "agents": "prepositions before who does what a passive says",
    "alleged": "adjectives by which the reporter keeps away from a noun",
    "amid": 'prepositions of what goes along with a report: "amid reports of"',
    "answering": 'what stands between who speaks and whom that answers: "in answer to"',
    "any": 'words of "not any report": what follows them is withheld',
    "article": "the article, alone and joined to other proclitics",
    "as": 'the word before a participle of saying in "quoted X as saying"',
    "arms": "parts of a body that the body itself may follow: offices, wings",
    "audience": "prepositions before those who listen, which end a mention",
    "auxiliaries": "words between a subject and its verb, or before both",
    "backgrounds": "words that begin what an outlet adds, after a comma, to a thing denied",
    "blame": "nouns of responsibility, without which a verb of carrying is no accusation",
    "bound": "prepositions written together with their noun",
    "charges": "what one is accused in: cases and crimes; where there are none, anything",
    "checking": 'nouns of checking, in "it was not possible for X to verify it"',
    "circumstances": "what ends a noun phrase as content: when and why it was said",
    "bodies": "beginnings of nouns that are bodies, in which they say something",
    "by": 'prepositions written together with "saying" in "answered by saying"',
    "clauses": "connectives that begin a clause",
    "comments": "words that begin the reporter's own comment after a comma",
    "countries": "names before a headline's colon that say where something happened",
    "correlates": "pronouns between a preposition and a complementiser",
    "declined": 'what one refuses to do who says nothing: "refused comment on the charge"',
    "deeds": "what one claims to have done: attacks",
    "drawn": 'prepositions of what something follows from: "it follows from the report"',
    "dating": "prepositions before a time",
    "demonstratives": "words that begin a noun phrase of their own",
    "each": 'words of "each of", behind which those meant stand',
    "determiners": "words that make the next word a noun",
    "documents": 'what may speak without a relative pronoun: "a draft that condemns"',
    "disputed": 'what an object begins with that stands before its verb: "X it denied"',
    "doers": "relative pronouns that are the subject of their clause",
    "excepting": 'words of "nothing but": what follows them is not withheld',
    "existing": 'words of "there is", behind which a noun stands',
    "finite_endings": "endings that only finite verbs have, among forms of the present",
    "further": "words before one more number, which goes on with what is reported",
    "future": "proclitics of the future",
    "governing": "prepositions that no verb follows, whatever its form",
    "having": 'prepositions with a pronoun that make a clause: "X has"',
    "heads": "nouns that the noun after them completes: bodies, offices, trades",
    "hearsay": "adverbs by which the reporter says that others say so: allegedly",
    "held": "what one holds in a hand: shown, it is no threat in words",
    "housing": 'prepositions of "they said in the ministry"',
    "impersonal": 'forms without a subject: "it is believed"',
    "infinitive": "the word before an infinitive",
    "infinitive_endings": "endings of infinitives, which are nobody who speaks",
    "inside": "words that go on with a noun phrase wherever they stand",
    "issuing": 'words between a document and "by" whom it is: "issued by"',
    "institutions": "where people work, learn and teach: the phrase goes on with its name",
    "interrogatives": "words that open what is asked",
    "joining": "connectives that join two of the same: and, or, but",
    "judged": "what one attacks in words: plans, records, whoever answers for them",
    "judging": "prepositions of what somebody is attacked for in words",
    "adjoining": 'further prepositions within a noun phrase: "officials with knowledge of"',
    "kept_bound": "bound prepositions that may go on with a noun phrase",
    "feminine_relatives": "singular relative pronouns for what is feminine",
    "label_opener": 'the pronoun of "what he called"',
    "object_endings": 'endings of an object between "in the ministry" and its verb',
    "oblique_endings": "endings of what is no subject, before a verb that needs none",
    "outlets": "nouns of media that, without the article, a name follows",
    "label_persons": 'the pronoun of "those whom he called"',
    "label_takes": "what introduces the label after it",
    "labels": "verbs of naming",
    "latest": "words that tell a document from those before it",
    "leading": "connectives before a main clause, which go on with nothing",
    "localities": 'nouns before the name of a place: "the city of …"',
    "lookalikes": "words that only seem to begin with a bound preposition",
    "masculine": "names of men that end as feminine nouns do",
    "medium": "prepositions before a channel",
    "missions": 'bodies that stand in a place abroad: "the embassy in …"',
    "modals": "words that make a present only possible",
    "name_heads": "nouns after which quotation marks hold a name",
    "name_prefixes": "words that go on with the next one as one name",
    "name_times": "words of time that end an outlet's name",
    "negations": "words that withhold the verb after them",
    "never": "words that only look like a form of a reporting word",
    "pointed_at": "pronouns of what was said before: nothing is reported of them here",
    "plural_relatives": "relative pronouns of many",
    "rallies": "gatherings of people who say or call for something",
    "aiming": "verbs of wanting, before a noun that tells what is said",
    "messages": "what one receives from somebody who tells something in it",
    "seats": 'prepositions of the place that whoever is cited stands in: "a source at the field"',
    "senders": "prepositions before whoever sent it",
    "hearing": "verbs of hearing, and nouns of it with a pronoun",
    "claimed_upon": "nouns of which a preposition with a pronoun is a part",
    "no_adverbs": "words that only end as adverbs do: family, assembly",
    "nominative": "endings of subjects alone",
    "latter": 'who or what was named last: "the latter"',
    "leaning": "adjectives that a preposition completes",
    "not_bodies": 'words behind "in" that begin no body which says something: "in the end"',
    "not_sources": 'nouns after "according to" that say nothing',
    "objects": "pronouns that stand apart as an object",
    "obtained": "verbs of getting, after which a channel is where the words come from",
    "one_person": "personal pronouns of one person",
    "open_heads": "heads of noun phrases that go on after a preposition",
    "participle_endings": "endings of participles that stand for a clause: said behind a comma",
    "people_endings": "endings of nouns that are many people or things",
    "places": "names of states and cities",
    "plurals": "nouns that are many people or things without such an ending",
    "plural_endings": "endings that no surname has",
    "particled": "words behind a verb that make it another one: up, off",
    "possessed": "endings of nouns that carry a pronoun",
    "possessive": "endings of owners",
    "possessors": 'pronouns between the two words of a particle: "by his words"',
    "posts": "heads that hold a post, whose name may follow what completes them",
    "predicates": 'words that begin what something is: "one of", "the greatest"',
    "prepositions": "prepositions written apart",
    "proclitics": "words written together with the next one, part of no span",
    "progressives": "auxiliaries that make a participle finite",
    "pronouns": "pronouns attached to verbs, nouns and complementisers",
    "qualifiers": "words between a title and the name after it",
    "raising": 'verbs whose subject does what the infinitive says: "appear to show"',
    "ranks": 'adjectives of posts before what they are of: "general", "supreme"',
    "rejecting": "what only denies where it is said of a claim: propaganda, absurd",
    "relatives": "relative pronouns",
    "resuming": "proclitics by which the main clause goes on after a remark",
    "relay": "prepositions before the one relayed",
    "responders": "lemmas of answering",
    "resumptives": "a preposition with a pronoun that belongs to the cue",
    "said_words": 'nouns behind a verb of citing: "cites the words of X"',
    "seated": 'bodies that a place or purpose tells apart: "the authorities in …"',
    "singular_relatives": "relative pronouns of one person or thing, or of many things",
    "speakers": "personal pronouns by which a speaker means himself",
    "states": "last words of names of states, which one attacks in deed",
    "struck": "what one attacks in deed: places, buildings, vehicles, people",
    "subjects": "personal pronouns that stand for an earlier mention",
    "there": "adverbs for those in a place or body that was named before",
    "they_endings": "endings of verbs whose subject may be left out, meaning they",
    "through": 'prepositions of "through its embassy"',
    "unions": "bodies that are of many people, whom they do not speak to",
    "untrue": "adjectives said of a report that is denied",
    "untruths": "nouns for a report that is denied: a lie",
    "until": 'prepositions of "went as far as saying"',
    "verbal_nouns": "nouns of doing and being that no name is written like",
    "subordinating": "connectives of a clause that the main one follows, behind a comma",
    "times": "adverbs and nouns of time",
    "titles": "titles that a name follows",
    "predicate_endings": "endings by which a word behind a comma is the verb of a clause",
    "tallies": 'what a number is said of in "raised the toll to 31"',
    "told": "words for those spoken to, between a verb and its subject",
    "told_cases": "endings of a name in marks that is told something",
    "told_endings": "endings of an adjective before such a word",
    "thus": 'words between a quotation and whoever says it: ""P", thus X summed up Q"',
    "topicalizers": 'connectives of "as for X, he said"',
    "topics": "words before a headline's colon that name no speaker",
    "unjoined": 'words that only seem to begin with "and"',
}
"""The word lists that a pack's grammar.yaml may hold, and what each is for."""

_PHRASES = (
    "abbreviations",
    "adverbials",
    "asides",
    "carried",
    "comment_phrases",
    "continuations",
    "not_cues",
    "pointing",
    "settings",
    "told_names",
    "unchecked",
    "untrue_phrases",
    "unverified",
    "wholly",
    "withheld",
)
_OTHER = (
    "subject",
    "that",
    "spelled",
    "written_bare",
    "written_names",
    "written_passive",
    "written_pronouns",
    "adjective_shape",
    "noun_shape",
    "verb_shape",
    "feminine",
    "implied_sources",
    "reads_quotations",
    *_PHRASES,
)
_ORDERS = ("after", "before")
_PASSIVE = "written_passive"
_SHAPES = ("adjective_shape", "noun_shape", "verb_shape", _PASSIVE)
_SWITCHES = ("implied_sources", "reads_quotations")

TAKES = frozenset(
    {"that", "quote", "clause", "object", "person", "addressee", "accused", "accusation", "threat"}
    | {"relay", "cites", "label", "naming", "blame", "cause", "claim", "deed", "within", "number"}
    | {"negated", "passive", "tally", "judged", "struck", "verdict", "dismissed", "identity"}
)
"""What a reporting word may take, as docs/languages.md explains it, besides words of grammar.yaml
such as prepositions."""

_GRAMMAR = "grammar.yaml"
_MATCH = "match.yaml"
_NUMERALS = ("numbers", "scales", "vague")
_OPENS = ("source", "relay", "verb", "parenthesis")
_MEANING = ("assertion", "stance")
_TAG = re.compile(r"(past|present|participle|masdar)\+?(\.[mfn][sdp]\+?)?")
_FINITE = ("past", "present")


@cache
def lexicon(code: str, packs: Packs = SHIPPED) -> Lexicon:
    """Return a language's lexicon.

    Raises:
        UnknownLanguageError: There is no pack for the code.
        PackError: A row of the pack is wrong; the message names file and line.
    """
    told = kept(f"lexicon-{code}", pack_digest(code, packs), lambda: _told(code, packs))
    grammar, words = told["grammar"], told["words"]
    light = {verb: _light_nouns(held) for verb, held in told["light"].items()}
    return Lexicon(
        code=code,
        words=words,
        order=grammar["order"],
        reads_quotations=grammar["reads_quotations"],
        implied_sources=grammar["implied_sources"],
        forms=_Forms(told["forms"], {held[0]: _cue_of(held) for held in told["verbs"]}),
        others=told["others"],
        light={form: light[verb] for form, verb in told["light_forms"].items()},
        particles={
            first: tuple(Particle(form, Stance(stance), opens) for form, stance, opens in held)
            for first, held in told["particles"].items()
        },
        nouns={form: _cue_of(held) for form, held in told["nouns"].items()},
        channels={
            first: tuple((phrase, Channel(channel)) for phrase, channel in held)
            for first, held in told["channels"].items()
        },
        phrases=told["phrases"],
        that=told["that"] | {stem + tail for stem in told["that"] for tail in words["pronouns"]},
        that_alone=told["that"],
        feminine=grammar["feminine"],
        written_bare=grammar["written_bare"],
        written_pronouns=grammar["written_pronouns"],
        adjective_endings=tuple(words["adjective_endings"]),
        adverb_endings=tuple(words["adverb_endings"]),
        finite_endings=tuple(words["finite_endings"]),
        written_names=grammar["written_names"],
        spelled=grammar["spelled"],
        adjective_shape=_shape(grammar["adjective_shape"]),
        noun_shape=_shape(grammar["noun_shape"]),
        verb_shape=_shape(grammar["verb_shape"]),
        written_passive=_as_written(grammar[_PASSIVE]),
    )


def _cue_of(held: _PlainCue) -> Cue:
    lemma, assertion, stance, channel, takes = held
    return Cue(lemma, _ASSERTIONS[assertion], _STANCES[stance], _CHANNELS[channel], takes)


_ASSERTIONS = {one.value: one for one in Assertion}
_STANCES = {one.value: one for one in Stance}
_CHANNELS = {one.value: one for one in Channel}


def _light_nouns(held: _PlainNouns) -> LightNouns:
    return {
        first: tuple((rest, _cue_of(cue)) for rest, cue in meanings)
        for first, meanings in held.items()
    }


def _told(code: str, packs: Packs) -> dict[str, Any]:
    """Return a lexicon as plain values, to be kept: its files are read and checked once.

    Raises:
        UnknownLanguageError: There is no pack for the code.
        PackError: A row of the pack is wrong; the message names file and line.
    """
    for path, held in read_files(code, _GRAMMAR, (*LISTS, *_OTHER), packs):
        _check_grammar(path, held)
    grammar = read_yaml(code, _GRAMMAR, packs)
    lists = [grammar.get(name, ()) for name in LISTS]
    words = dict(zip(LISTS, map(frozenset, _folded(lists)), strict=True))
    words["numerals"] = _numerals(code, packs)
    stems = frozenset(fold(word) for word in grammar.get("that", ()))
    said = stems.union(*words.values())
    verbs = _verbs(code, packs)
    forms = _spelt_forms(code, verbs, packs)
    others, by_lemma = _others(code, packs)
    light, light_forms = _light(code, said, packs, forms, by_lemma)
    return {
        "grammar": {
            "order": grammar.get("subject", "before"),
            "reads_quotations": grammar.get("reads_quotations", True),
            "implied_sources": grammar.get("implied_sources", False),
            "feminine": _pair(grammar.get("feminine")),
            "written_bare": tuple(grammar.get("written_bare", ())),
            "written_pronouns": tuple(grammar.get("written_pronouns", ())),
            "written_names": _names(grammar.get("written_names", ())),
            "spelled": frozenset(grammar.get("spelled", ())),
            **{name: grammar.get(name) for name in _SHAPES},
        },
        "words": words,
        "that": stems,
        "verbs": [_plain_cue(row, lemma, "takes", said) for lemma, row in verbs.items()],
        "forms": forms,
        "others": others,
        "light": light,
        "light_forms": light_forms,
        "particles": _particles(code, packs),
        "nouns": _nouns(code, said, packs),
        "channels": _channels(code, packs),
        "phrases": {
            kind: tuple(tuple(fold(phrase).split()) for phrase in grammar.get(kind, ()))
            for kind in _PHRASES
        },
    }


def _numerals(code: str, packs: Packs) -> frozenset[str]:
    """Return the words for numbers that claims are compared by, those of several words left out."""
    found: list[str] = []
    for path in pack_files(code, _MATCH, packs):
        for kind in _NUMERALS:
            table = load_yaml(path).get(kind, {})
            if not isinstance(table, dict) or not all(isinstance(word, str) for word in table):
                problem = f"{kind} must be words with numbers; quote yes, no, on and figures"
                raise wrong(path, kind, problem)
            found += (word for word in table if " " not in word)
    return frozenset(map(fold, found))


def _check_grammar(path: Path, grammar: Mapping[str, Any]) -> None:
    for key, held in grammar.items():
        if key == "subject":
            if held not in _ORDERS:
                raise wrong(path, key, f"subject must be {' or '.join(_ORDERS)}")
        elif key in _SWITCHES:
            if not isinstance(held, bool):
                raise wrong(path, key, f"{key} must be true or false")
        elif key in _SHAPES:
            _check_shape(path, key, held)
        else:
            check_words(path, key, held)
            if key == "feminine" and len(held) != 2:
                problem = "feminine must be two endings: before a pronoun, and without one"
                raise wrong(path, key, problem)


def _check_shape(path: Path, key: str, pattern: object) -> None:
    if not isinstance(pattern, str):
        raise wrong(path, key, f"{key} must be a regular expression, in quotation marks")
    try:
        _as_written(pattern) if key == _PASSIVE else _shape(pattern)
    except re.error as error:
        problem = f"{key} is no regular expression: {error}"
        raise wrong(path, key, problem) from None


def _shape(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(fold(pattern)) if pattern else None


def _as_written(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def _pair(held: list[str] | None) -> tuple[str, str]:
    """Return a noun's ending before a pronoun and without one; empty where there is none."""
    before, alone = held or ("", "")
    return fold(before), fold(alone)


def _names(held: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the names among "name word" that differ from a function word in writing alone."""
    pairs = (one.split() for one in held)
    return tuple((pair[0], pair[-1]) for pair in pairs if len(pair) == 2)


def _plain_cue(row: Row, lemma: str, takes: str, said: Collection[str]) -> _PlainCue:
    """Return what a row says of a word.

    Raises:
        PackError: It says something that is none; `said` are the words of the grammar.
    """
    taken = _taken(row.cells[takes])
    unknown = next((word for word in sorted(taken) if word not in TAKES and word not in said), None)
    if unknown:
        problem = (
            f"{takes} {unknown!r} is neither one of {', '.join(sorted(TAKES))} nor in grammar.yaml"
        )
        raise row.problem(problem)
    channel = row.choice(Channel, "channel") if row.cells.get("channel") else Channel.NONE_STATED
    assertion, stance = row.choice(Assertion, "assertion"), row.choice(Stance, "stance")
    return lemma, assertion.value, stance.value, channel.value, taken


@cache
def _taken(cell: str) -> frozenset[str]:
    return frozenset(fold(cell).split())


_Spelt = Mapping[str, tuple[tuple[str, str, str], ...]]
"""Words to what forms they are: lemma, part, agreement; plain, to be kept."""


class _Forms(Mapping[str, tuple[Form, ...]]):
    """Words to the forms they are, each put together when it is asked for: few of them are."""

    def __init__(self, spelt: _Spelt, cues: Mapping[str, Cue]) -> None:
        """Take what words are, and the cues of all lemmas."""
        self._spelt, self._cues = spelt, cues

    def __getitem__(self, word: str) -> tuple[Form, ...]:
        """Return what forms a word is."""
        held = self._spelt[word]
        return tuple(Form(self._cues[lemma], part, agreement) for lemma, part, agreement in held)

    def get(self, word: str, default: Any = None) -> Any:
        """Return what forms a word is, or the default; most words are none."""
        return self[word] if word in self._spelt else default

    def __iter__(self) -> Iterator[str]:
        """Yield the words."""
        return iter(self._spelt)

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._spelt)


def _verbs(code: str, packs: Packs) -> dict[str, Row]:
    """Return the rows of the verbs that report, by lemma."""
    needed, optional = ("lemma", *_MEANING, "takes"), ("channel", "forms")
    rows = read_rows(code, "verbs.csv", needed, optional, first="lemma", packs=packs)
    return {row.needed("lemma"): row for row in rows}


def _spelt_forms(code: str, verbs: Mapping[str, Row], packs: Packs) -> _Spelt:
    """Return the folded forms of all verbs: of each its lemmas, with part and agreement."""
    given: dict[tuple[str, str], list[str]] = {}
    for row in read_rows(code, "forms.csv", ("lemma", "tag", "forms"), packs=packs):
        if row.cells["lemma"] not in verbs:
            raise row.problem(f"{row.cells['lemma']!r} is not in verbs.csv")
        tag = _checked_tag(row, row.cells["tag"])
        given[row.cells["lemma"], tag] = row.needed("forms").split()
    for lemma, row in verbs.items():
        for tag, word in _written(row):
            given.setdefault((lemma, tag), []).append(word)
    bare = verbs.keys() - {lemma for lemma, _ in given}
    if bare:
        row = min((verbs[lemma] for lemma in bare), key=lambda row: (row.path, row.line))
        raise row.problem("the verb has no forms; write them in a column forms, or in forms.csv")
    found: dict[str, dict[tuple[str, str, str], None]] = {}
    spelt = _folded_cells([" ".join(words) for words in given.values()])
    for (lemma, tag), words in zip(given, spelt, strict=True):
        part, _, agreement = tag.partition(".")
        form = (lemma, part, agreement)  # one value, which is kept once
        for word in words:
            found.setdefault(word, {})[form] = None
    return {word: tuple(read) for word, read in found.items()}


def _folded(lists: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return lists of words folded; all are folded at once, which costs least."""
    lines = "\n".join("\t".join(" ".join(word.split()) for word in words) for words in lists)
    return [line.split("\t") if line else [] for line in fold(lines).split("\n")]


def _folded_cells(cells: Sequence[str]) -> list[list[str]]:
    """Return the folded words of each cell; all are folded at once, which costs least."""
    return [cell.split() for cell in fold("|".join(cells)).split("|")] if cells else []


def _others(code: str, packs: Packs) -> tuple[dict[str, bool], dict[str, list[str]]]:
    """Return the forms of verbs that report nothing, and those verbs.

    Of each verb that reports together with a noun, its forms.
    """
    rows = list(read_rows(code, "other_forms.csv", ("lemma", "plain", "rest"), packs=packs))
    plain = _folded_cells([row.cells["plain"] for row in rows])
    rest = _folded_cells([row.cells["rest"] for row in rows])
    known = {word: False for words in rest for word in words}
    known |= {word: True for words in plain for word in words}
    needed = {row.cells["verb"] for row in _light_rows(code, packs)}
    by_lemma = {
        row.cells["lemma"]: [*sure, *unsure] if row.cells["lemma"] in needed else []
        for row, sure, unsure in zip(rows, plain, rest, strict=True)
    }
    return known, by_lemma


def _light_rows(code: str, packs: Packs) -> Iterator[Row]:
    needed = ("verb", "nouns", *_MEANING, "takes")
    return read_rows(code, "light.csv", needed, ("channel",), packs=packs)


def _light(
    code: str,
    said: Collection[str],
    packs: Packs,
    spelt: _Spelt,
    others: Mapping[str, list[str]],
) -> tuple[dict[str, _PlainNouns], dict[str, str]]:
    """Return the nouns of the verbs of light.csv, and which verb a finite form is of."""
    nouns: dict[str, _PlainNouns] = {}
    verbs = {lemma for read in spelt.values() for lemma, _, _ in read} | others.keys()
    for row in _light_rows(code, packs):
        if row.needed("verb") not in verbs:
            problem = f"{row.cells['verb']!r} has no forms in forms.csv or other_forms.csv"
            raise row.problem(problem)
        held = nouns.setdefault(row.cells["verb"], {})
        for written in row.needed("nouns").split("|"):
            first, *rest = fold(written).split()
            meaning = (tuple(rest), _plain_cue(row, written, "takes", said))
            held[first] = (*held.get(first, ()), meaning)
    found = {form: verb for verb in nouns for form in others.get(verb, ())}
    for word, read in spelt.items() if nouns else ():
        for lemma, part, _ in read:
            if part in _FINITE and lemma in nouns:
                found[word] = lemma
    return nouns, found


def _written(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the tags and words of a verb's own column of forms; a word alone is any finite form."""
    for written in row.cells.get("forms", "").split():
        tag, mark, word = written.rpartition("=")
        if not word or (mark and not tag):
            raise row.problem(f"form {written!r} is neither a word nor tag=word")
        if mark:
            yield _checked_tag(row, tag), word
        else:
            yield from ((tag, word) for tag in _FINITE)


def _checked_tag(row: Row, tag: str) -> str:
    if not _TAG.fullmatch(tag):
        problem = "is no past, present, participle or masdar, with gender and number as in past.fs"
        raise row.problem(f"tag {tag!r} {problem}")
    return tag


def _particles(code: str, packs: Packs) -> dict[str, list[_PlainParticle]]:
    known: dict[tuple[str, ...], _PlainParticle] = {}
    for row in read_rows(code, "particles.csv", ("form", "stance", "opens"), packs=packs):
        words = tuple(fold(row.needed("form")).split())
        if row.cells["opens"] not in _OPENS:
            problem = f"opens {row.cells['opens']!r} is none of {', '.join(_OPENS)}"
            raise row.problem(problem)
        known[words] = words, row.choice(Stance, "stance").value, row.cells["opens"]
    found: dict[str, list[_PlainParticle]] = {}
    longest = sorted(known.values(), key=lambda one: (-len(one[0]), -len(one[0][-1])))
    for particle in longest:  # "according to what" before "according to"
        found.setdefault(particle[0][0], []).append(particle)
    return found


def _nouns(code: str, said: Collection[str], packs: Packs) -> dict[str, _PlainCue]:
    needed = ("form", *_MEANING, "opens")
    return {
        fold(row.needed("form")): _plain_cue(row, row.cells["form"], "opens", said)
        for row in read_rows(code, "nouns.csv", needed, ("channel",), packs=packs)
    }


def _channels(code: str, packs: Packs) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    known: dict[tuple[str, ...], str] = {}
    for row in read_rows(code, "channels.csv", ("phrase", "channel"), packs=packs):
        known[tuple(fold(row.needed("phrase")).split())] = row.choice(Channel, "channel").value
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, channel in sorted(known.items(), key=lambda entry: -len(entry[0])):
        found.setdefault(words[0], []).append((words, channel))
    return found
