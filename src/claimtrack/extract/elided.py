"""Subjects that a verb leaves out, shares with one before it, or is joined to."""

from __future__ import annotations

from claimtrack.extract.draft import Draft
from claimtrack.extract.objects import split_object
from claimtrack.extract.openings import (
    bound_opening,
    opening,
)
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import Sentence

_HAD = 8
"""Tokens from an auxiliary to the verb behind whoever had said something before."""


def has_pronoun_subject(sentence: Sentence, at: int) -> bool:
    """Tell whether "that he" stands before a verb: "that he warned the king"."""
    before = at - 2 if sentence.opens_quote(at - 1) else at - 1
    while sentence.among(before, "auxiliaries"):
        before -= 1
    alone = sentence.bare(before) in sentence.lexicon.that_alone
    return sentence.is_that(before) and not alone and not sentence.reported(at).skip


def join_earlier(sentence: Sentence, draft: Draft) -> None:
    """Read "it was X who had said before that P", as Arabic has it: «سبق لX أن أعلن».

    X's first word has a bound preposition.
    """
    at = draft.at
    auxiliary = at - 2
    if not sentence.is_that(at - 1):
        return
    while auxiliary > sentence.start and at - auxiliary < _HAD:
        first = auxiliary
        auxiliary -= 1
        if not sentence.tokens[first].word or sentence.finite(first):
            return
        addressed = sentence.binds(first, sentence.lexicon.words["addressed"])
        if addressed and sentence.among(auxiliary, "auxiliaries"):
            draft.source, draft.source_skip = (first, at - 1), 1
            return


def goes_on(sentence: Sentence, draft: Draft, first: int) -> bool:
    """Tell whether a verb goes on with the subject of one before it: "condemned P, and urged X to".

    One noun phrase stands between it and what opens its content, and that is the one addressed.
    """
    cue, at = draft.meaning, draft.at
    if cue is None or "addressee" not in cue.takes or not sentence.is_joined(at):
        return False
    if sentence.text(first).endswith(tuple(sentence.lexicon.words["nominative"])):
        return False
    end = noun_phrase(sentence, first, sentence.end, cue.takes & sentence.lexicon.words["bound"])
    opened = opening(sentence, end, cue, limit=end + 1) or bound_opening(
        sentence, end, end + 1, cue
    )
    if end == first or opened is None or split_object(sentence, first, end) < end:
        return False
    earlier = (sentence.finite(before) for before in range(at - 1, sentence.start - 1, -1))
    last = next((form for form in earlier if form), None)
    return last is not None and last.agreement == draft.agreement


def join_subject(sentence: Sentence, draft: Draft) -> None:
    """Read "A accuses B and B denies it": the subject is written together with "and"."""
    for start in range(draft.at - 1, max(sentence.start, draft.at - 4), -1):
        text = sentence.text(start)
        if not sentence.tokens[start].word:
            return
        if text[:1] in sentence.lexicon.words["proclitics"] and len(text) > 3:
            draft.source, draft.source_skip = (start, draft.at), 1
            return


def follows_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether "and X" between another verb and this one is its subject, as in headlines."""
    joined, words = sentence.text(at - 1), sentence.lexicon.words
    if sentence.among(at - 1, "relatives", "clauses"):
        return False
    name = joined[:1] in words["proclitics"] and (
        joined[1:] in words["places"] or joined[1:3] in words["article"]
    )
    before = range(max(sentence.start, at - 12), at - 1)
    return name and any(sentence.finite(word) or sentence.looks_like_verb(word) for word in before)


def joins_place(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether "and Washington urges" begins a clause behind another one, as in headlines.

    Two who are joined would have a verb of two: so would "the president and the minister".
    """
    joined, words = sentence.text(draft.at - 1), sentence.lexicon.words
    other = sentence.among(draft.at - 1, "relatives") or joined[:1] not in words["proclitics"]
    if other or not sentence.reported(draft.at).part("present"):
        return False
    place = joined[1:] in words["places"] and draft.agreement == "fs"
    person = joined[1:3] in words["article"] and draft.agreement in ("ms", "fs")
    return (place or person) and draft.at - 3 >= sentence.start
