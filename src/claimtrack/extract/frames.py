"""What a verb takes: where its content begins, given where its subject may end."""

from __future__ import annotations

from claimtrack.extract.lexicon import Cue
from claimtrack.extract.objects import split_object
from claimtrack.extract.openings import Opening, bound_opening, opening
from claimtrack.extract.phrases import is_possessed
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.model.vocabulary import Stance


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
        return _blame(sentence, first, subject_end)
    if "claim" in cue.takes:
        return _claim(sentence, first, cue)
    near = opening(sentence, first, cue)
    stop = subject_end + (1 if pronoun else 6)
    bound = bound_opening(sentence, max(first, subject_end), stop, cue)
    addressed = "addressee" in cue.takes
    if bound and (near is None or bound.at < near.at) and not addressed:
        return bound
    if pronoun and not cue.takes & {"person", "addressee"}:
        return None
    if addressed and not pronoun and (near is None or near.how != "quote"):
        return _addressee(sentence, first, subject_end, near)
    if near:
        return near
    return _object(sentence, first, subject_end) if "object" in cue.takes else None


def _blame(sentence: Sentence, first: int, subject_end: int) -> Opening | None:
    """Read "held X responsible for": only where the responsibility is named."""
    for at in range(first, min(sentence.end, first + 14)):
        if sentence.among(at, "blame"):
            return _addressee(sentence, first, min(subject_end, at), None)
    return None


def _claim(sentence: Sentence, first: int, cue: Cue) -> Opening | None:
    """Read "rejected the allegations of": a denial only where a claim is named."""
    nouns = sentence.lexicon.nouns
    for at in range(first, min(sentence.end, first + 10)):
        text = sentence.text(at)
        noun = nouns.get(text) or nouns.get(sentence.without_article(at))
        if noun and noun.stance is Stance.DISTANCING:
            return Opening(at, at, "object")
    return opening(sentence, first, cue) if "quote" in cue.takes else None


def _addressee(
    sentence: Sentence, first: int, subject_end: int, near: Opening | None
) -> Opening | None:
    """Return where "the accused of the charge" begins: after the subject, before both."""
    split = split_object(sentence, first, subject_end)
    at = _past_parenthesis(sentence, split)
    if split == at == subject_end > first and not (near and near.at == at):
        return Opening(first, first, "addressee")  # one noun phrase alone is the accused
    if at >= sentence.end or sentence.text(at) in COMMAS:
        return near
    if near and near.at == subject_end and not _is_surely_noun(sentence, at):
        return near  # "warned of": nobody need be addressed
    if near and (at > near.at or (near.at == at and sentence.among(at, "prepositions"))):
        return near
    return Opening(at, at, "addressee")


def _is_surely_noun(sentence: Sentence, at: int) -> bool:
    return (
        sentence.has_article(at)
        or is_possessed(sentence, at)
        or sentence.opens_quote(at)
        or sentence.among(at, "heads", "name_heads")
    )


def _object(sentence: Sentence, first: int, subject_end: int) -> Opening | None:
    split = split_object(sentence, first, subject_end)
    at = _past_parenthesis(sentence, split)
    if split == at == subject_end > first and not sentence.among(at, "times"):
        at = _past_adjunct(sentence, at) or first  # one noun phrase alone is the object
        return Opening(at, at, "object")
    while at < sentence.end and sentence.among(at, "times"):
        at += 1
    if at >= sentence.end or not (sentence.tokens[at].word or sentence.opens_quote(at)):
        return None
    if sentence.among(at, "clauses", "comments", "relatives", "negations", "prepositions"):
        return None
    return Opening(at, at, "object")


def _past_adjunct(sentence: Sentence, at: int) -> int | None:
    """Return where an object begins after "subject in a place"; None when none follows."""
    if not sentence.among(at, "prepositions"):
        return None
    for after in range(at + 2, min(at + 4, sentence.end)):
        noun = sentence.tokens[after].word and not sentence.has_article(after)
        if (noun and sentence.among(after, "heads")) or sentence.reported(after).part("masdar"):
            return after
    return None


def _past_parenthesis(sentence: Sentence, at: int) -> int:
    """Return the token after ", in a speech," where a comma opens and another closes one."""
    if sentence.text(at) not in COMMAS:
        return at
    for end in range(at + 2, min(sentence.end, at + 14)):
        if sentence.text(end) in COMMAS:
            return end + 1
        if sentence.finite(end):
            break
    return at
