"""Reports that only point back: "The envoy has resigned. This, the agency reports"."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.extract.draft import Draft, Range, cue_span
from claimtrack.extract.lexicon import Form
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, DASHES, STOPS, Sentence
from claimtrack.extract.subjects import housed, speaker_after

_LEAST = 2
"""Tokens of a clause before "this"."""

_NEAR = 10
"""Tokens between the pronoun and the verb: a subject may stand there."""


def of_sentence_before(
    sentence: Sentence, before: Range | None, found: Sequence[Draft], here: list[Draft]
) -> list[Draft]:
    """Return the reports of a sentence, with that of one that only says who reported another.

    Args:
        sentence: The sentence.
        before: The tokens of the one before it; None for the first.
        found: The drafts before it; what the sentence before reports is relayed by this one.
        here: The drafts of this one; who is cited ("citing a source") is relayed by it too.
    """
    cited = [draft for draft in here if draft.relayed]
    draft = _pointing(sentence, before) if len(cited) == len(here) else None
    if draft is None or before is None:
        return here
    told = [one for one in found if before[0] <= one.at < before[1]]
    beside = [one for one in told if one.content and one.content[-1][1] <= before[0]]
    if beside:  # "P. This, A reports. This, B confirms": B speaks of P, not of A
        draft.report(beside[0])
    for one in cited:
        one.report(draft)
        one.via = draft
    for one in told if not beside else ():
        one.via = one.via or draft
    return [draft, *cited]


def of_clause_before(sentence: Sentence, here: list[Draft]) -> list[Draft]:
    """Return the reports of a sentence, with that of "P — this X reports" within it.

    What somebody says before the dash or comma is relayed by X.
    """
    for at in range(sentence.start + _LEAST, sentence.end):
        skip = sentence.phrase(at, "pointing")
        if not skip or sentence.text(at - 1) not in COMMAS | DASHES:
            continue
        draft = _saying(sentence, at + skip)
        if draft is None or any(one.at >= at for one in here):
            return here
        before = [one for one in here if one.content]
        start = sentence.start + sentence.phrase(sentence.start, "adverbials")
        draft.content = [_whole(sentence, (start + sentence.among(start, "leading"), at))]
        for one in before:
            one.via = one.via or draft
        if before:
            draft.report(before[0])
        return [*here, draft]
    return here


def tell_what_before(
    sentence: Sentence, before: Range | None, found: Sequence[Draft], here: list[Draft]
) -> list[Draft]:
    """Return the reports of a sentence, "X spoke of this" with what the sentence before reports.

    That is what somebody says there, else the sentence; without one it reports nothing.
    """
    told = [one for one in found if before and before[0] <= one.at < before[1] and one.content]
    kept = []
    for draft in here:
        if _only_points(sentence, draft):
            if before is None:
                continue
            draft.gap = draft.at + 1, sentence.end
            if told:
                draft.report(told[-1])
            else:
                draft.content = [_whole(sentence, before)]
        kept.append(draft)
    return kept


def _only_points(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether "of this" is all that a verb reports."""
    if draft.pattern != "verb" or len(draft.content) != 1:
        return False
    start, end = draft.content[0]
    return any(at + sentence.phrase(at, "pointing") == end for at in (start, start - 1))


def _whole(sentence: Sentence, before: Range) -> Range:
    """Return a sentence without the marks that end it."""
    start, end = before
    while end > start + 1 and sentence.page.tokens[end - 1].text in STOPS | COMMAS | DASHES:
        end -= 1
    return start, end


def _pointing(sentence: Sentence, before: Range | None) -> Draft | None:
    skip = sentence.phrase(sentence.start, "pointing")
    if not skip or before is None:
        return None
    draft = _saying(sentence, sentence.start + skip)
    if draft:
        draft.content = [_whole(sentence, before)]
    return draft


def _saying(sentence: Sentence, first: int) -> Draft | None:
    """Return the report whose verb and speaker stand behind "this"; its content is not set."""
    said = range(first, min(sentence.end, first + _NEAR))
    at = next((word for word in said if _says(sentence, word)), None)
    form = sentence.finite(at) if at is not None else None
    if at is None or form is None:
        return None
    draft = Draft(at, [cue_span(sentence, at, at)], "verb", form.cue, agreement=form.agreement)
    draft.source, draft.how = _speaker(sentence, first, at), "fronted"
    draft.gap = (at + 1, sentence.end)
    return draft


def _says(sentence: Sentence, at: int) -> bool:
    form: Form | None = sentence.finite(at)
    negated = sentence.among(at - 1, "negations")
    return form is not None and bool(form.cue.takes & {"that", "quote"}) and not negated


def _speaker(sentence: Sentence, first: int, at: int) -> Range | None:
    """Return who says it: before the verb, or behind it; the statement where it is said in one."""
    if sentence.is_impersonal(at) and sentence.among(at + 1, "medium"):
        end = noun_phrase(sentence, at + 2, sentence.end)
        return (at + 2, end) if end > at + 2 else None
    if first < at:
        end = noun_phrase(sentence, first, at)
        return (first, end) if end > first else housed(sentence, first, at)
    return speaker_after(sentence, at, at + 1)
