"""What a verb takes: where its content begins, given where its subject may end."""

from __future__ import annotations

from claimtrack.extract.channels import names_channel, past_medium
from claimtrack.extract.lexicon import Cue
from claimtrack.extract.objects import split_object
from claimtrack.extract.openings import Opening, bound_opening, opening
from claimtrack.extract.phrases import is_possessed, is_predicate
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.model.vocabulary import Assertion, Stance

_NEAR = 5
"""Tokens within which a verb of counting has its number."""

_TALLY = 12
"""Tokens from a verb of counting to the toll that it gives."""

_CHANNEL = _TOLD = 6
"""Tokens within which an object follows where, or to whom, something is said."""

_BLAMED = 8
"""Tokens from a noun of responsibility within which the one accused follows."""

_REJECTED = frozenset({Assertion.ACCUSE, Assertion.OPINION})
"""What a noun says that one may reject, besides a claim that a reporter keeps away from."""


def content_begin(
    sentence: Sentence, first: int, subject_end: int, cue: Cue, pronoun: str
) -> Opening | None:
    """Return where the content of a verb begins, or None when it has none.

    Args:
        sentence: The sentence.
        first: The token after the verb.
        subject_end: Where the noun phrase that begins there ends.
        cue: What the verb means and takes.
        pronoun: The pronoun attached to the verb, its object.
    """
    if "blame" in cue.takes:
        return _blame(sentence, first, subject_end, pronoun)
    if "claim" in cue.takes:
        return _claim(sentence, first, cue)
    if "number" in cue.takes:
        return _number(sentence, first, subject_end, cue)
    near = opening(sentence, first, cue)
    if near and near.how == "quote" and "that" not in cue.takes and near.at > subject_end + 3:
        near = None  # "attacked a village in the south "at noon""
    stop = _past_parenthesis(sentence, subject_end) + (1 if pronoun else 6)
    bound = bound_opening(sentence, max(first, subject_end), stop, cue)
    begin = bound if bound and (near is None or bound.at < near.at) else near
    if bound and near and near.how == "that" and cue.is_saying and bound.how == "bound":
        begin = near  # "said the commander in the army that P"
    if pronoun:
        return _with_pronoun(sentence, first, subject_end, cue, begin)
    if "addressee" in cue.takes and (near is None or near.how != "quote"):
        return _addressee(sentence, first, subject_end, begin, needed="accused" in cue.takes)
    if "object" in cue.takes:
        return _with_object(sentence, first, subject_end, begin, cue)
    return begin


def _number(sentence: Sentence, first: int, subject_end: int, cue: Cue) -> Opening | None:
    """Return where what is counted begins, else what the verb takes besides."""
    if "tally" in cue.takes:
        told = _tallied(sentence, first)
        return told if told or "that" not in cue.takes else opening(sentence, first, cue)
    split = split_object(sentence, first, subject_end)
    begins = {_past_parenthesis(sentence, each) for each in (split, subject_end)} - {first}
    counted = (_counted(sentence, begin) for begin in sorted(begins))
    return next(filter(None, counted), None) or opening(sentence, first, cue)


def _with_object(
    sentence: Sentence, first: int, subject_end: int, begin: Opening | None, cue: Cue
) -> Opening | None:
    """Return where a content begins that may be an object; a complementiser comes first."""
    if begin is None:
        begin = _object(sentence, first, subject_end)
        return _over_predicate(sentence, first, begin) if begin and "label" in cue.takes else begin
    if begin.how == "quote" and begin.at > subject_end and _is_what(sentence, subject_end):
        return Opening(subject_end, subject_end, "object")  # "denied what X called "P""
    if begin.how == "bound" or (begin.how == "that" and "that" not in cue.takes):
        return _described(sentence, first, subject_end, begin)
    if begin.how == "preposition" and begin.at - 1 > first and is_possessed(sentence, begin.at - 1):
        return Opening(begin.at - 1, begin.at - 1, "object")  # "…, its responsibility for"
    if begin.how == "preposition" and sentence.among(subject_end, "demonstratives"):
        return Opening(subject_end, subject_end, "object")  # "put the expert this down to"
    if begin.how == "preposition":
        at = _before_preposition(sentence, first, subject_end, begin.at, cue)
        return begin if at is None else Opening(at, at, "object")
    return begin


def _before_preposition(
    sentence: Sentence, first: int, subject_end: int, preposition: int, cue: Cue
) -> int | None:
    """Return where an object begins that a preposition only goes on with, or None.

    "Announced its responsibility for", "announced X, on Monday, the finding of".
    """
    split = split_object(sentence, first, subject_end)
    sure = "cause" in cue.takes or _is_surely_noun(sentence, split)
    sure = sure or (preposition > subject_end and sentence.is_verbal_noun(split))
    if first < split < min(subject_end, preposition) and sure:
        return split
    behind = _past_parenthesis(sentence, subject_end)
    acts = subject_end < behind < preposition and _is_bare_deed(sentence, first, behind)
    return behind if acts else None


def _is_what(sentence: Sentence, at: int) -> bool:
    """Tell whether "what X said" begins at a token."""
    return sentence.among(at, "label_opener") and sentence.finite(at + 1) is not None


def _described(sentence: Sentence, first: int, subject_end: int, begin: Opening) -> Opening:
    """Read "described the settlers as …": what is described belongs to the content."""
    if subject_end == first:
        return Opening(first, first, "object")  # no subject behind the verb
    split = split_object(sentence, first, subject_end)
    last = subject_end - 1
    named = first < last and not sentence.has_article(first) and sentence.has_article(last)
    if split == subject_end and named and not sentence.among(first, "heads", "titles"):
        split = last  # "described Stafnik the decision as": something must be described
    past = past_medium(sentence, subject_end)
    if sentence.among(subject_end, "demonstratives"):
        split = subject_end
    elif split == subject_end and past < begin.at:
        return Opening(past, past, "object")
    elif split == subject_end:
        split = subject_end + 1
    if split <= subject_end:
        return Opening(split, split, "object")
    after = _past_modifiers(sentence, subject_end) if subject_end < begin.at else first
    return Opening(after, after, "object") if after and after < begin.at else begin


def _with_pronoun(
    sentence: Sentence, first: int, subject_end: int, cue: Cue, begin: Opening | None
) -> Opening | None:
    """Read "accused it of", "told him that", "which X considers a partner"."""
    if "label" in cue.takes:
        return _label(sentence, first, subject_end)
    if begin is None:
        return None
    if begin.how == "colon" and "quote" in cue.takes and sentence.opens_quote(begin.content):
        return begin  # "the fault, the fitter explains it: "P""
    described = begin.how == "that" and bool(cue.takes & sentence.lexicon.words["bound"])
    told = bool(cue.takes & {"person", "addressee"})
    traced = begin.how == "preposition" and "cause" in cue.takes  # "which he puts down to"
    return begin if told or traced or described or begin.how == "bound" else None


def _blame(sentence: Sentence, first: int, subject_end: int, pronoun: str) -> Opening | None:
    """Read "held X responsible for": only where the responsibility is named."""
    for at in range(first, min(sentence.end, first + 24)):
        if sentence.among(at, "blame") and (pronoun or _blames_behind(sentence, first, at)):
            return Opening(at, at, "object")
        if sentence.among(at, "blame"):
            return _addressee(sentence, first, min(subject_end, at), None, needed=True)
    return None


def _blames_behind(sentence: Sentence, first: int, noun: int) -> bool:
    """Tell whether "X responsibility for P to Y" follows: Y is accused, and X who does it."""
    if split_object(sentence, first, noun) < noun or noun == first:
        return False
    addressed = sentence.lexicon.words["addressed"]
    agents = sentence.lexicon.words["heads"] | sentence.lexicon.words["places"]
    for at in range(noun + 2, min(sentence.end, noun + _BLAMED)):
        if not sentence.tokens[at].word:
            return False
        if sentence.binds(at, addressed) and sentence.text(at)[1:] in agents:
            return True
    return False


def _claim(sentence: Sentence, first: int, cue: Cue) -> Opening | None:
    """Read "rejected the allegations of": a denial only where a claim is named."""
    nouns = sentence.lexicon.nouns
    for at in range(first, min(sentence.end, first + 10)):
        text = sentence.text(at)
        if sentence.among(at, "declined"):
            return None
        noun = nouns.get(text) or nouns.get(sentence.without_article(at))
        if noun and (noun.stance is Stance.DISTANCING or noun.assertion in _REJECTED):
            return Opening(at, at, "object")
    return opening(sentence, first, cue) if "quote" in cue.takes else None


def _tallied(sentence: Sentence, first: int) -> Opening | None:
    """Read "raised the toll to 40": only where a toll and a number are named."""
    words = sentence.lexicon.words
    joined, alone = sentence.lexicon.feminine
    for at in range(first, min(sentence.end, first + _TALLY)):
        if sentence.is_that(at) or sentence.finite(at):
            return None
        noun = sentence.without_article(at)
        noun = noun[1:] if noun[:1] in words["bound"] else noun
        stems = (noun.removesuffix(tail) for tail in words["pronouns"])
        stems = (stem.removesuffix(joined) + alone for stem in stems if stem.endswith(joined))
        if noun in words["tallies"] or not words["tallies"].isdisjoint(stems):
            near = range(at + 1, min(sentence.end, at + _NEAR + 1))
            told = any(sentence.is_number(word) for word in near)
            return Opening(at, at, "object") if told else None
    return None


def _counted(sentence: Sentence, first: int) -> Opening | None:
    """Read "counted more than 40 dead": only where a number is near is it said of anything."""
    for at in range(first, min(sentence.end, first + _NEAR)):
        if not sentence.tokens[at].word or sentence.is_that(at) or sentence.finite(at):
            return None
        if sentence.is_number(at):
            return Opening(first, first, "object")
    return None


def _label(sentence: Sentence, first: int, subject_end: int) -> Opening | None:
    """Read "which X considers a partner": the pronoun is the object, what follows its label."""
    if sentence.among(subject_end, "prepositions") and sentence.is_that(subject_end + 1):
        return Opening(subject_end, subject_end + 2, "that")  # "which X lists as being a partner"
    at = split_object(sentence, first, subject_end)
    at = first if at == subject_end else at
    if at >= sentence.end or not (sentence.tokens[at].word or sentence.opens_quote(at)):
        return None
    return None if sentence.among(at, "prepositions") else Opening(at, at, "object")


def _addressee(
    sentence: Sentence, first: int, subject_end: int, near: Opening | None, *, needed: bool
) -> Opening | None:
    """Return where "the accused of the charge" begins: after the subject, before both.

    Where a verb needs one to accuse, one noun phrase alone is the accused; else it is the source.
    """
    split = split_object(sentence, first, subject_end)
    if sentence.among(subject_end, "label_opener", "demonstratives"):
        return Opening(subject_end, subject_end, "addressee")
    at = _past_times(sentence, _past_parenthesis(sentence, split))
    spoken = past_medium(sentence, at)  # "accused X in a speech the rebels of"
    at = spoken if spoken < sentence.end and sentence.tokens[spoken].word else at
    opens = near is not None and near.at == at and near.how != "bound"
    if split == at == subject_end > first and (needed or not opens):
        return Opening(first, first, "addressee") if needed or near is None else near
    if at >= sentence.end or sentence.text(at) in COMMAS:
        return near
    alone = near is not None and near.at == subject_end and not needed
    if alone and not _is_surely_noun(sentence, at):
        return near  # "warned of": nobody need be addressed
    if near and (at > near.at or (near.at == at and sentence.among(at, "prepositions"))):
        return near
    if near and sentence.among(at, "medium") and names_channel(sentence, at + 1):
        return near  # "warned in a letter of": nobody is addressed
    return Opening(at, at, "addressee")


def _is_surely_noun(sentence: Sentence, at: int) -> bool:
    return (
        sentence.has_article(at)
        or is_possessed(sentence, at)
        or sentence.opens_quote(at)
        or sentence.among(at, "heads", "name_heads", "places")
    )


def _object(sentence: Sentence, first: int, subject_end: int) -> Opening | None:
    split = split_object(sentence, first, subject_end)
    pointed = subject_end + sentence.phrase(subject_end, "wholly")
    if sentence.among(pointed, "label_opener", "demonstratives"):
        near = split == pointed - 1  # "denied the ministry sending any troops"
        acts = sentence.among(pointed, "demonstratives") or sentence.is_verbal_noun(split)
        truth = _is_bare_deed(sentence, first, pointed - 1)  # "denied X the truth of what"
        at = split if near and acts else pointed - truth
        return Opening(at, at, "object")
    behind = _past_parenthesis(sentence, subject_end)
    if behind > subject_end and _is_bare_deed(sentence, first, behind):
        return Opening(behind, behind, "object")  # "announced X, on Monday, the opening of"
    split = _behind_post(sentence, first, split, subject_end) if pointed == subject_end else pointed
    at = _past_parenthesis(sentence, split)
    if split == at == subject_end > first and is_possessed(sentence, at):
        return Opening(at, at, "object")  # "announced the army its control of": no verb
    if split == at == subject_end > first and _past_times(sentence, at) == at:
        at = _past_modifiers(sentence, at) or first  # one noun phrase alone is the object
        return Opening(at, at, "object")
    timed = at
    at = _past_times(sentence, at)
    if at > timed and sentence.text(at) in COMMAS and sentence.text(first - 2) in COMMAS:
        at += 1  # "the army, it announced on Friday, the storming of"
    if at >= sentence.end or not (sentence.tokens[at].word or sentence.opens_quote(at)):
        return None
    if sentence.among(at, "clauses", "comments", "relatives", "negations", "prepositions"):
        return None
    return Opening(at, at, "object")


def _is_bare_deed(sentence: Sentence, first: int, at: int) -> bool:
    """Tell whether a word behind a subject is a noun of doing or being of its own."""
    alone = not (sentence.has_article(at) or sentence.among(at - 1, "heads", "posts"))
    return at > first and alone and sentence.is_verbal_noun(at)


def _behind_post(sentence: Sentence, first: int, split: int, end: int) -> int:
    """Return where the deed begins in "announced the director of X Hana Fares the opening of".

    Whoever holds a post is named behind it, and so is what it is a post of. A number behind one
    word is what is counted: "counted the union of nurses of Badrun 12 hurt".
    """
    if split >= end or _is_surely_object(sentence, split):
        return split
    if split + 1 < end and sentence.is_number(split + 1):
        named = sentence.among(split, "places") or not sentence.has_article(split)
        return split + named
    if sentence.without_article(first) not in sentence.lexicon.words["posts"]:
        return split
    behind = (at for at in range(split + 1, end) if _is_bare_deed(sentence, first, at))
    agents = ("heads", "name_heads")
    return next((at for at in behind if not sentence.among(at, *agents)), split)


def _is_surely_object(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is a deed, a document or a report, which holds no post."""
    listed = sentence.among(at, "documents", "heads") or is_possessed(sentence, at)
    return listed or sentence.is_verbal_noun(at) or sentence.text(at) in sentence.lexicon.nouns


def _over_predicate(sentence: Sentence, first: int, begin: Opening) -> Opening:
    """Return where "considered X the decision a mistake" goes on: what is a mistake belongs to it.

    A predicate has its noun right before it, and no noun that another one completes.
    """
    noun = begin.at - 1
    if not (is_predicate(sentence, begin.at) and sentence.has_article(noun)):
        return begin
    described = sentence.text(noun).endswith(tuple(sentence.lexicon.words["adjective_endings"]))
    if described and sentence.has_article(noun - 1):
        noun -= 1
    if sentence.is_verbal_noun(noun - 1) or sentence.among(noun - 1, "documents"):
        noun -= 1
    apart = noun > first and not sentence.among(noun - 1, "heads", "posts")
    return Opening(noun, noun, "object") if apart else begin


def _past_times(sentence: Sentence, at: int) -> int:
    """Return the token after adverbs of time, of one word or of several."""
    while at < sentence.end:
        led = sentence.among(at, "medium") and sentence.among(at + 1, "times")  # "in the weeks"
        step = sentence.phrase(at, "adverbials") or sentence.phrase(at, "wholly")
        step = step or int(led or sentence.among(at, "times"))
        if not step:
            break
        at += step
    return at


def _past_modifiers(sentence: Sentence, at: int) -> int | None:
    """Return where an object begins after "subject in a place" or "subject of a kind,".

    None when what follows the subject is all there is.
    """
    bound = sentence.lexicon.words["bound"]
    if not sentence.among(at, "prepositions") and sentence.text(at)[:1] not in bound:
        return None
    copied = _past_copy(sentence, at)
    told = _past_told(sentence, at) or (None if copied else _past_channel(sentence, at))
    if told:
        return told
    behind = () if copied else range(at + 1, min(at + 12, sentence.end))
    for after in behind:
        if sentence.among(after, "demonstratives"):
            return after
        if sentence.text(after) in COMMAS:
            return after + 1 if _may_be_object(sentence, after + 1) else None
        if sentence.finite(after) or sentence.is_that(after):
            return None
        if _begins_anew(sentence, after, near=at + 2 <= after < at + 4):
            return after
    return copied


def _past_told(sentence: Sentence, at: int) -> int | None:
    """Return where "confirmed the source to the agency the death of" goes on; None elsewhere."""
    addressed = sentence.lexicon.words["addressed"]
    first = at + 1
    if sentence.text(at) in addressed and sentence.opens_quote(first):
        first = sentence.quote_end(first)
    elif sentence.text(at)[:1] not in addressed:
        return None
    for after in range(first, min(at + _TOLD, sentence.end)):
        if not sentence.tokens[after].word or sentence.is_that(after) or sentence.finite(after):
            return None
        reported = sentence.without_article(after) in sentence.lexicon.nouns
        if reported or (sentence.is_verbal_noun(after) and not sentence.has_article(after)):
            return after
    return None


def _begins_anew(sentence: Sentence, at: int, *, near: bool) -> bool:
    """Tell whether a noun behind "to the channel", "in the capital" is a verb's object."""
    if sentence.without_article(at) in sentence.lexicon.nouns:
        return True  # "denied to the channel the reports of"
    if not near or sentence.has_article(at) or names_channel(sentence, at):
        return False
    return sentence.among(at, "heads") or sentence.reported(at).part("masdar") is not None


def _past_channel(sentence: Sentence, at: int) -> int | None:
    """Return where "announced the ministry in its daily statement the death of" goes on.

    Behind an indefinite channel only a noun of doing does: another may say whose it is.
    """
    if not (sentence.among(at, "medium") and names_channel(sentence, at + 1)):
        return None
    definite = sentence.has_article(at + 1) or is_possessed(sentence, at + 1)
    for after in range(at + 2, min(at + _CHANNEL, sentence.end)):
        if not sentence.tokens[after].word or sentence.is_that(after):
            return None
        if sentence.among(after, "prepositions", "clauses", "relatives", "auxiliaries"):
            return None
        if sentence.among(after, "times"):
            continue
        if sentence.reported(after).part("past", "present") or sentence.other(after):
            return None
        if not sentence.has_article(after) and (definite or sentence.is_verbal_noun(after)):
            return after
    return None


def _past_copy(sentence: Sentence, at: int) -> int | None:
    """Return the token after "in a statement of which X received a copy"."""
    for got in range(at + 1, min(at + 4, sentence.end)):
        if sentence.among(got, "obtained"):
            ends = range(got + 1, min(got + 8, sentence.end - 1))
            return next((end + 1 for end in ends if sentence.among(end, "resumptives")), None)
    return None


def _may_be_object(sentence: Sentence, at: int) -> bool:
    if at >= sentence.end or not sentence.tokens[at].word or sentence.reported(at).forms:
        return False
    return (
        not sentence.among(
            at, "prepositions", "clauses", "comments", "relatives", "times", "auxiliaries"
        )
        and sentence.text(at)[:1] not in sentence.lexicon.words["proclitics"]
    )


def _past_parenthesis(sentence: Sentence, at: int) -> int:
    """Return the token after ", in a speech," where a comma opens and another closes one."""
    if sentence.text(at) not in COMMAS:
        return at
    channel = sentence.among(at + 1, "medium") and names_channel(sentence, at + 2)
    for end in range(at + 2, min(sentence.end, at + 14)):
        if sentence.text(end) in COMMAS:
            return end + 1
        if sentence.finite(end) and not channel:  # not "in a statement that it issued"
            break
    return at
