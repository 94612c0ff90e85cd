"""Whether what may be a reporting verb is one where it stands, and which reading it has."""

from __future__ import annotations

from claimtrack.extract.contents import opened
from claimtrack.extract.endings import next_comma
from claimtrack.extract.groups import Group, closes, describes, is_compound, is_verb
from claimtrack.extract.lexicon import Cue, Form
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.extract.subject_phrases import subject_of
from claimtrack.model.vocabulary import Assertion

_OF = 4
"""Tokens before the end of a noun phrase within which a preposition joins it to its head."""

_CLAUSE = 6
"""Tokens behind what may be a verb within which the verb of what it reports stands."""

_AMOUNT = 4
"""Tokens from a verb within which a number follows a preposition: "says at least 20"."""

_NEITHER = 8
"""Tokens before a negation within which another makes it "neither … nor"."""


def is_other(sentence: Sentence, at: int, form: Form, group: Group) -> bool:
    """Tell whether what may be a verb is a noun, an adjective or a name here."""
    before = at - 1
    if sentence.among(before, "determiners") or sentence.text(at).endswith("-"):
        return True
    if sentence.among(at + 1, "particled") and sentence.text(at + 1) not in form.cue.takes:
        return not sentence.is_number(at + 2)  # "counted over 40"
    inner = at > sentence.start and sentence.tokens[before].word
    if inner and sentence.tokens[at].capital and not sentence.titled:
        return True
    led = sentence.among(before, "prepositions") and not sentence.among(before, "adverbs")
    if led and form.part != "participle":
        return not sentence.among(before, "infinitive")
    if form.part == "participle":
        return group.bare and at > sentence.start and _is_object(sentence, before)
    if form.part == "past":
        return group.first == at and "label" in form.cue.takes and _names(sentence, at)
    return is_compound(sentence, at) or _is_noun(sentence, at, form, group)


def leaves_open(sentence: Sentence, negation: int, cue: Cue) -> bool:
    """Tell whether a negated denial leaves open what it speaks of: "did not rule out that P".

    Not so "neither confirmed nor denied".
    """
    if cue.assertion is not Assertion.DENY or sentence.among(negation, "joining"):
        return False
    before = range(max(sentence.start, negation - _NEITHER), negation)
    return not any(sentence.among(at, "negations") for at in before)


def tells_negated(sentence: Sentence, negation: int, cue: Cue) -> bool:
    """Tell whether a negated verb reports P: "did not rule out P", "did not hide that P"."""
    admits = "negated" in cue.takes and cue.assertion is not Assertion.DENY
    return admits or leaves_open(sentence, negation, cue)


def _is_object(sentence: Sentence, before: int) -> bool:
    """Tell whether a participle behind a verb is what that verb has for its object."""
    acts = is_verb(sentence, before) and not sentence.among(before, "progressives", "auxiliaries")
    return acts or sentence.among(before, "determiners")


def _names(sentence: Sentence, at: int) -> bool:
    """Tell whether "called X" only says how the noun before it is named."""
    before, after = at - 1, at + 1
    if after >= sentence.end:
        return False
    capital = sentence.tokens[after].capital
    if sentence.text(before) in COMMAS:
        return capital
    noun = sentence.tokens[before].word and not sentence.tokens[before].capital
    noun = noun and not sentence.among(before, "subjects", "relatives", "joining")
    led = sentence.among(after, "determiners") and after + 1 < sentence.end
    named = led and sentence.tokens[after + 1].capital
    return noun and (capital or named)


def _is_noun(sentence: Sentence, at: int, form: Form, group: Group) -> bool:
    """Tell whether a form of the present is a noun: "the latest reports", "calls for"."""
    before, after = at - 1, at + 1
    if sentence.text(before).endswith(tuple(sentence.lexicon.words["possessive"])):
        return True
    if at == sentence.start and sentence.lexicon.finite_endings:
        return True  # "Documents show", "Claims that P were false"
    if _is_noun_of(sentence, at, form.cue) or _begins_clause(sentence, before):
        return True
    led = sentence.among(before, "infinitive", "modals", "subjects", "relatives") or group.modal
    endings = sentence.lexicon.finite_endings
    if led or group.first < at or not endings:
        return False
    if not sentence.text(at).endswith(endings):
        many = _are_many(sentence, before) or sentence.among(before, "joining")
        if not many and _are_many(sentence, _head_of(sentence, before)):
            ahead = range(after, min(sentence.end, after + _CLAUSE))
            many = sentence.is_that(after) or any(is_verb(sentence, word) for word in ahead)
        return not many
    stray = sentence.among(after, "prepositions") and sentence.text(after) not in form.cue.takes
    stray = stray and not _says_behind(sentence, at, form.cue)
    parted = next_comma(sentence, sentence.start) < at
    return stray or (closes(sentence, after) and not parted)


def _says_behind(sentence: Sentence, at: int, cue: Cue) -> bool:
    """Tell whether a verb goes on behind a preposition: "says in its report that", "says about 20".

    A noun of saying may go on like this, too: "reports from the coast that".
    """
    if sentence.words.noun(sentence.text(at))[0] is not None or not cue.is_saying:
        return False
    amount = any(sentence.is_number(word) for word in range(at + 2, at + _AMOUNT))
    return amount or opened(sentence, at + 1, cue) is not None


def _begins_clause(sentence: Sentence, that: int) -> bool:
    """Tell whether "say that" stands before: the clause's subject follows, and no verb."""
    return sentence.is_that(that) and sentence.finite(that - 1) is not None


def _is_noun_of(sentence: Sentence, at: int, verb: Cue) -> bool:
    """Tell whether "of" behind "that reports" tells that this is a noun, which no verb has."""
    noun, _ = sentence.words.noun(sentence.text(at))
    return noun is not None and sentence.text(at + 1) in noun.takes - verb.takes


def _are_many(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun is many people or things."""
    people = sentence.text(at).endswith(tuple(sentence.lexicon.words["people_endings"]))
    return people or sentence.among(at, "plurals")


def _head_of(sentence: Sentence, at: int) -> int:
    """Return the noun that "of" joins a phrase to which ends at a token; else the token.

    "Officials with direct knowledge of the inquiry": the first, where one leads to the next; so
    does "seen by" in "documents seen by the board".
    """
    head, first = at, max(sentence.start, at - _OF)
    before = at - 1
    while before > first:
        if sentence.tokens[before].capital:
            first = max(sentence.start, first - 1)  # a name may be long
        if describes(sentence, before):
            head, first = before - 1, max(sentence.start, before - _OF)
            before = head - 1
            continue
        if not sentence.tokens[before].word or is_verb(sentence, before):
            return head
        if sentence.among(before, "inside", "adjoining") and not sentence.among(
            before, "determiners"
        ):
            head, first = before - 1, max(sentence.start, before - _OF)
        before -= 1
    return head


def is_told_of(sentence: Sentence, at: int, cue: Cue) -> bool:
    """Tell whether "a video said to show …" is told of: nobody "says to show" anything."""
    beside = at > sentence.start and sentence.tokens[at - 1].word
    plain = "clause" in cue.takes and cue.takes.isdisjoint(
        sentence.lexicon.words["infinitive"] | {"person", "addressee"}
    )
    plain = plain and cue.lemma not in sentence.lexicon.words["responders"]  # "replied to"
    someone = sentence.among(at + 2, "determiners", "objects", "plurals")
    someone = someone or (at + 2 < sentence.end and sentence.tokens[at + 2].capital)
    return beside and plain and sentence.among(at + 1, "infinitive") and not someone


def is_reduced(sentence: Sentence, at: int, form: Form, group: Group) -> bool:
    """Tell whether a past form is a passive without its auxiliary: "Asked about X, Y said"."""
    if form.part != "past" or group.first < at:
        return False
    if is_told_of(sentence, at, form.cue):
        return True
    if not form.cue.takes & {"addressee", "person", "about"}:
        return False
    comma = sentence.text(at - 1) in COMMAS and not sentence.page.openers.get(at)
    apart = comma and subject_of(sentence, at).words is None  # not "X, in a letter, complained"
    first = at == sentence.start or apart or sentence.among(at - 1, "circumstances")
    follows = sentence.text(at + 1)
    taken = follows in form.cue.takes and sentence.among(at + 1, "prepositions", "infinitive")
    other = sentence.is_that(at + 1) or sentence.among(at + 1, "interrogatives")
    blamed = form.cue.assertion is Assertion.ACCUSE and sentence.among(at + 1, "accused_of")
    return (first and (taken or other)) or (taken and blamed)
