"""Judgements behind what is judged: "dismissed P as false", "called the report of P a lie".

Who says so denies P; the words of the judgement are no part of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.extract.contents import names_claim
from claimtrack.extract.draft import Draft
from claimtrack.extract.endings import NOMINAL
from claimtrack.extract.groups import closes, is_adverb
from claimtrack.extract.lexicon import Cue
from claimtrack.extract.reading import Sentence
from claimtrack.model.vocabulary import Assertion

_HEAD = 4
"""Tokens of a noun phrase within which its head stands: "the latest reports"."""

_LONGEST = 4
"""Tokens from a judgement's determiner to the word that rejects: "a deliberate lie"."""

_JUDGING = ("untrue", "untruths", "rejecting")
"""Lists of words by which something is judged to be untrue."""


def cut_verdicts(sentence: Sentence, found: Sequence[Draft]) -> None:
    """End what is denied before the judgement on it, which makes it a denial.

    Every content that reaches as far ends there: "the report of P" and P.
    """
    for draft in found:
        cut = _verdict(sentence, draft) if draft.content and draft.how in NOMINAL else None
        if cut is None:
            continue
        draft.assertion = Assertion.DENY
        end = draft.content[-1][1]
        for other in found:
            start, last = other.content[-1] if other.content else (cut, cut)
            if start < cut < last <= end:
                other.content[-1] = start, cut


def rejects_plainly(sentence: Sentence, first: int, cue: Cue) -> bool:
    """Tell whether a judgement that begins at a token rejects what a pronoun before it stands for.

    What that pronoun stands for was said, so any word that only rejects a claim denies it.
    """
    named = cue.takes & {"naming", "verdict"}
    first += sentence.among(first, "as")
    if not (named or sentence.among(first - 1, "as")):
        return False
    near = range(first, min(sentence.end, first + _LONGEST + 1))
    end = next((at for at in near if closes(sentence, at)), near.stop)
    return any(sentence.among(at, *_JUDGING) for at in range(first, end))


def _verdict(sentence: Sentence, draft: Draft) -> int | None:
    """Return where the judgement begins in what a verb has behind it; None where it has none."""
    cue, (start, end) = draft.meaning, draft.content[-1]
    if cue is None:
        return None
    inside = sentence.page.inside
    likened = (at for at in range(start + 1, end - 1) if sentence.among(at, "as"))
    at = next((at for at in likened if inside[at] == inside[start]), None)
    if at is not None:
        return at if "dismissed" in cue.takes or rejects(sentence, start, at, end) else None
    if not cue.takes & {"naming", "verdict"}:
        return None
    phrased = (at for at in range(start + 1, end) if sentence.phrase(at, "untrue_phrases"))
    at = next(phrased, None)
    if at is not None:
        return at
    last = _judging(sentence, start, end)
    first = _beginning(sentence, start, last)
    if first <= start or sentence.among(first - 1, "prepositions"):
        return None  # "called the claims of a smear": what they are about
    return first if rejects(sentence, start, first, end) else None


def _judging(sentence: Sentence, start: int, end: int) -> int:
    """Return the word that judges, which a content ends with; `start` where none does."""
    last = end - 1
    while last > start and (
        not sentence.tokens[last].word or is_adverb(sentence, last) or sentence.among(last, "times")
    ):
        last -= 1
    return last if sentence.among(last, *_JUDGING) else start


def rejects(sentence: Sentence, start: int, cut: int, end: int) -> bool:
    """Tell whether a judgement denies: it says "untrue", or of a claim what only rejects one."""
    words = range(cut, end)
    if any(
        sentence.among(at, "untrue", "untruths") or sentence.phrase(at, "untrue_phrases")
        for at in words
    ):
        return True
    head = range(start, min(cut, start + _HEAD))
    claimed = any(names_claim(sentence, at) for at in head)
    return claimed and any(sentence.among(at, "rejecting") for at in words)


def _beginning(sentence: Sentence, start: int, last: int) -> int:
    """Return where a judgement begins whose noun or adjective is at a token."""
    near = range(last - 1, max(start, last - _LONGEST), -1)
    for at in near:
        if sentence.among(at, "prepositions") or not sentence.tokens[at].word:
            break
        if sentence.among(at, "determiners"):
            return at - sentence.opens_quote(at - 1)
    endings = tuple(sentence.lexicon.adjective_endings)
    while last - 1 > start and (
        is_adverb(sentence, last - 1)
        or sentence.text(last - 1).endswith(endings or "\0")
        or sentence.opens_quote(last - 1)
    ):
        last -= 1
    return last
