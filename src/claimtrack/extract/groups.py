"""A verb with its auxiliaries, and what tells a verb from a noun or a participle."""

from __future__ import annotations

from typing import NamedTuple

from claimtrack.extract.channels import channel_named
from claimtrack.extract.reading import COMMAS, DASHES, STOPS, Sentence

SHORTEST_PARTICIPLE = 4
"""Letters of a word that an ending makes no participle: "king"."""

_TOLD = 6
"""Tokens between a verb and who speaks, within which those told stand."""

_NO_SPEAKER = ("prepositions", "times", "joining", "relatives", "clauses", "infinitive", "adverbs")
"""Lists of words that begin something else than who speaks."""

JOINERS = frozenset("-'’/&")
"""Marks within a word."""


class Group(NamedTuple):
    """A verb with what belongs to it.

    Attributes:
        first: Its first token: an auxiliary or adverb, or the verb itself.
        passive: Whether an auxiliary makes a past form a passive.
        bare: Whether it is an infinitive, or a participle without an auxiliary: no subject of its
            own stands right before it.
        modal: Whether a modal stands in it.
        negated: Whether a negation stands in it.
    """

    first: int
    passive: bool
    bare: bool
    modal: bool
    negated: bool


def is_adverb(sentence: Sentence, at: int) -> bool:
    """Tell whether a token is an adverb, by its ending or by the lists."""
    if not sentence.start <= at < sentence.end or not sentence.tokens[at].word:
        return False
    ending = sentence.lexicon.adverb_endings
    text = sentence.text(at)
    shaped = bool(ending) and len(text) > 4 and text.endswith(ending)
    shaped = shaped and not sentence.among(at, "no_adverbs")
    return (shaped and not sentence.tokens[at].capital) or sentence.among(at, "adverbs")


def is_shaped(sentence: Sentence, at: int) -> bool:
    """Tell whether a word looks like a participle; a name does not."""
    text, endings = sentence.text(at), tuple(sentence.lexicon.words["participle_endings"])
    shaped = bool(endings) and len(text) > SHORTEST_PARTICIPLE and text.endswith(endings)
    return shaped and not sentence.tokens[at].capital


def shows_verb(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is a clause's verb by its ending, where such endings are known."""
    text, endings = sentence.text(at), tuple(sentence.lexicon.words["predicate_endings"])
    return bool(endings) and text.endswith(endings) and not sentence.tokens[at].capital


def is_infinitive(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is an infinitive by its ending; a short one may be a noun, no name is."""
    text, endings = sentence.text(at), tuple(sentence.lexicon.words["infinitive_endings"])
    shaped = len(text) > SHORTEST_PARTICIPLE and text.endswith(endings)
    return shaped and not sentence.tokens[at].capital


def verb_group(sentence: Sentence, at: int, part: str) -> Group:
    """Return a verb's group, looking left from the verb."""
    first = at
    passive = progressive = infinitive = modal = negated = False
    directly = True
    while first > sentence.start:
        before = first - 1
        if sentence.among(before, "negations"):
            negated = True
        elif sentence.among(before, "infinitive"):
            infinitive = True
        elif sentence.among(before, "modals"):
            modal = True
        elif sentence.among(before, "progressives"):
            passive = passive or (part == "past" and directly)
            progressive = progressive or part == "participle"
        elif sentence.among(before, "auxiliaries", "raising"):
            pass
        elif not is_adverb(sentence, before):
            break
        if infinitive and sentence.among(before, "raising"):
            infinitive, first = False, before  # "appear to show": it is they who show
            continue
        if infinitive and not sentence.among(before, "infinitive"):
            infinitive_of = sentence.among(before, "progressives", "auxiliaries", "modals")
            if not infinitive_of:
                break
        directly = directly and not sentence.among(before, "modals")
        first = before
    bare = infinitive or (part == "participle" and not progressive)
    return Group(first, passive, bare, modal, negated)


def is_told(sentence: Sentence, at: int) -> bool:
    """Tell whether a reporting verb is a passive by its auxiliary: who reports, it does not say."""
    form = sentence.reported(at).part("past")
    return form is not None and verb_group(sentence, at, form.part).passive


def is_verb(sentence: Sentence, at: int) -> bool:
    """Tell whether a token surely is a finite verb, of whatever meaning."""
    if not _may_be_verb(sentence, at):
        return False
    form = sentence.reported(at).part("past", "present")
    return form is None or form.part == "past" or not is_compound(sentence, at)


def _may_be_verb(sentence: Sentence, at: int) -> bool:
    """Tell whether a token is a finite verb, or a noun in the plural written like one."""
    if not sentence.start <= at < sentence.end or not sentence.tokens[at].word:
        return False
    if sentence.among(at, "progressives", "modals", "auxiliaries"):
        return not is_adverb(sentence, at)
    if sentence.among(at - 1, "determiners", "infinitive"):
        return False
    if sentence.other_verb(at):
        return not sentence.tokens[at].capital or at == sentence.start
    form = sentence.reported(at).part("past", "present")
    endings = sentence.lexicon.finite_endings
    if form is None or (sentence.tokens[at].capital and at > sentence.start):
        return False
    if endings and at == sentence.start and form.part == "present":
        return False  # "Documents seen by X show"
    return form.part == "past" or not endings or sentence.text(at).endswith(endings)


def is_compound(sentence: Sentence, at: int) -> bool:
    """Tell whether a form is a noun: "court documents show", "according to court documents"."""
    if not sentence.lexicon.finite_endings:
        return False
    before = range(max(sentence.start, at - 3), at)
    led = any(found and found[0].opens == "source" for found in map(sentence.particle, before))
    said = sentence.reported(at + 1).part("present") and sentence.is_that(at + 2)
    acts = said or _may_be_verb(sentence, at + 1)
    return led or (acts and not sentence.among(at - 1, "subjects", "relatives"))


def is_only_shown(sentence: Sentence, at: int) -> bool:
    """Tell whether a past form with an adverb describes a noun: "pictures posted online show"."""
    noun, after = at - 1, at + 1
    form = sentence.reported(at).part("past", "present")
    if form is None or form.part != "past" or noun < sentence.start:
        return False
    if is_verb(sentence, noun) or sentence.among(noun, "progressives", "infinitive"):
        return False  # "a nurse who refused to be named also said"
    thing = sentence.tokens[noun].word and not sentence.tokens[noun].capital
    while is_adverb(sentence, after):
        after += 1
    return (thing or noun == sentence.start) and after > at + 1 and is_verb(sentence, after)


def describes(sentence: Sentence, at: int) -> bool:
    """Tell whether a verb only describes the noun before it: "a memorandum obtained by X"."""
    noun = at - 1
    if is_only_shown(sentence, at):
        return True
    if noun < sentence.start or not sentence.among(at + 1, "agents", "medium"):
        return False
    form = sentence.reported(at).part("past", "present")
    done = form.part == "past" if form else is_shaped(sentence, at)
    subject = sentence.tokens[noun].capital or sentence.among(noun, "subjects")
    led = done and not subject and sentence.among(at + 1, "medium")
    if not (led or sentence.among(at + 1, "agents")):
        return False
    verbal = is_verb(sentence, noun) or is_adverb(sentence, noun)
    joined = sentence.among(noun, "relatives", "joining", "clauses", "subjects")
    return sentence.tokens[noun].word and not verbal and not joined


def past_told(sentence: Sentence, at: int) -> int:
    """Return past one who is told: "the state television", "the correspondent of «The Day»"."""
    endings = tuple(sentence.lexicon.words["told_endings"])
    if endings and sentence.opens_quote(at) and sentence.text(at + 1).endswith(endings):
        return sentence.quote_end(at)  # "told «The Courier»", by its case
    agency = sentence.phrase(at, "told_names")
    if agency and _speaker_follows(sentence, at + agency):
        return at + agency
    described = bool(endings) and sentence.text(at).endswith(endings)
    at += described and sentence.among(at + 1, "told")
    if not sentence.among(at, "told"):
        return at
    at += 1
    if sentence.opens_quote(at):
        return sentence.quote_end(at)
    while at + 1 < sentence.end and _is_acronym(sentence, at):
        at += 1
    return at


def _is_acronym(sentence: Sentence, at: int) -> bool:
    """Tell whether a word has nothing but capitals: an agency's name, not declined."""
    written = sentence.written(at)
    return len(written) > 1 and written.isupper()


def _speaker_follows(sentence: Sentence, at: int) -> bool:
    """Tell whether who speaks stands behind one who is told: a noun, or "in the ministry"."""
    if at >= sentence.end or not sentence.tokens[at].word or sentence.particle(at):
        return False
    if they_say(sentence, at - 1) and sentence.among(at, "housing"):
        return True
    return not (sentence.is_that(at) or sentence.among(at, *_NO_SPEAKER))


def they_say(sentence: Sentence, before: int) -> bool:
    """Tell whether a verb whose subject may be left out stands shortly before a token."""
    endings = tuple(sentence.lexicon.words["they_endings"])
    near = range(before, max(sentence.start - 1, before - _TOLD), -1)
    verb = next((at for at in near if sentence.finite(at)), None)
    return verb is not None and sentence.text(verb).endswith(endings)


def past_channel(sentence: Sentence, at: int) -> int:
    """Return past a channel and whose it is: "in an interview to "The Courier"", "with WANQ".

    The token itself where none is named.
    """
    if not (sentence.among(at, "medium") and channel_named(sentence, at + 1)):
        return at
    at += 2
    if sentence.opens_quote(at):
        return sentence.quote_end(at)
    if sentence.among(at, "prepositions", "dating"):
        at += 1
    if sentence.opens_quote(at):
        return sentence.quote_end(at)
    if past_told(sentence, at) > at:
        return past_told(sentence, at)
    while at < sentence.end and sentence.tokens[at].word and sentence.written(at).isupper():
        at += 1
    return at


def stays_within(sentence: Sentence, at: int) -> bool:
    """Tell whether a mark stands within a noun phrase: of an abbreviation, between joined words."""
    if at <= sentence.start or at + 1 >= sentence.end:
        return False
    text, touches = sentence.text(at), sentence.tokens[at - 1].end == sentence.tokens[at].start
    return touches and (text in JOINERS or (text == "." and len(sentence.text(at - 1)) <= 4))


def closes(sentence: Sentence, at: int) -> bool:
    """Tell whether nothing more of a clause follows here."""
    return at >= sentence.end or sentence.text(at) in STOPS | COMMAS | DASHES | {":"}
