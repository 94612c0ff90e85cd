"""Contents that stand before their verb: "the plan that X announced", "P, which X denied"."""

from __future__ import annotations

from claimtrack.extract.draft import ANAPHOR, Draft, cue_span
from claimtrack.extract.elided import join_subject
from claimtrack.extract.heads import indefinite_head, relative_head
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, STOPS, Sentence
from claimtrack.extract.subjects import subject_before
from claimtrack.model.vocabulary import Assertion


def of_head(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read "the plan that X announced": a pronoun stands where the content would."""
    cue = draft.meaning
    if cue is None or sentence.reported(draft.at).skip:
        return None
    takes = cue.takes - {"label", "person", "addressee"}
    stands_for = sentence.text(first) in sentence.lexicon.words["resumptives"] and any(
        sentence.text(first).startswith(preposition[:2]) for preposition in takes
    )
    if stands_for:
        draft.cue = [cue_span(sentence, draft.at, first)]
        first += 1
    elif not (sentence.reported(draft.at).pronoun and "object" in takes):
        return None
    head = relative_head(sentence, draft.at) or indefinite_head(sentence, draft.at)
    if head is None:
        return None
    end = noun_phrase(sentence, first, sentence.end)
    draft.source = (first, end) if end > first else None
    if sentence.among(head.words[0], "comments"):
        draft.how = ANAPHOR  # "P, a thing that X denied"
        return draft
    draft.content, draft.content_skip, draft.how = [head.words], head.skip, "head"
    return draft


def denied(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read "…, and X denied it": what is denied stands before; `relations` looks for it."""
    cue = draft.meaning
    if cue is None or cue.assertion is not Assertion.DENY or "object" not in cue.takes:
        return None
    pointed = sentence.among(first, "demonstratives") and not sentence.has_article(first + 1)
    end = first if pointed else noun_phrase(sentence, first, sentence.end)
    after = end + 1 if sentence.among(end, "demonstratives", "not_sources") else end
    after += sentence.phrase(after, "wholly")
    closed = after >= sentence.end or sentence.text(after) in COMMAS | STOPS
    apposed = sentence.text(draft.at - 1) in sentence.lexicon.nouns  # "…, a charge X denied"
    if not closed or (sentence.reported(draft.at).pronoun and not apposed):
        return None
    if end > first:
        draft.source = (first, end)
    else:
        draft.source = subject_before(sentence, draft.at)
        join_subject(sentence, draft)
    draft.how = ANAPHOR
    return draft if draft.source else None
