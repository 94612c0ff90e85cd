"""Verbs where subjects stand first: "X said that P", ""P," X said", ""P," said X"."""

from __future__ import annotations

from claimtrack.extract.draft import Draft, Range
from claimtrack.extract.endings import content_end
from claimtrack.extract.frames import content_begin
from claimtrack.extract.lexicon import Cue
from claimtrack.extract.openings import (
    Opening,
    clause_opening,
    fronted,
)
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, DASHES, STOPS, Sentence
from claimtrack.extract.subjects import clause_start, speaker_after, subject_before

_SHORT = 4
"""Tokens of a beginning that is hardly a clause of its own ("such groups, he said, answer")."""


def subject_first(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read a verb where subjects stand first: "X said that P", ""P," X said", ""P," said X"."""
    cue = draft.meaning
    if cue is None:
        return None
    impersonal = sentence.is_impersonal(draft.at)
    before = None if impersonal else subject_before(sentence, draft.at)
    if before and sentence.text(draft.at - 1) in COMMAS and _inverted(sentence, cue, first):
        before = None  # "P, P2, said X": no apposition of a subject
    left = before[0] if before else draft.at
    front = fronted(sentence, left) if cue.takes & {"quote", "that"} else None
    draft.source, follows = before, first
    if impersonal:
        draft.source, follows = document_after(sentence, first, cue)
        draft.source = draft.source or _document_before(sentence, draft.at, cue)
        if draft.source is None and cue.takes & sentence.lexicon.words["drawn"]:
            return None  # "it follows" from no document: no report
    elif before is None and front and not sentence.is_that(first) and "person" not in cue.takes:
        speaker = speaker_after(sentence, draft.at, first)
        if speaker:
            draft.source, follows = speaker, speaker[1]
    begin = content_begin(sentence, follows, follows, cue, "")
    if "clause" in cue.takes:
        begin = _without_complementiser(sentence, draft, follows, begin, fronted=front is not None)
    return _composed(sentence, draft, front, follows, begin)


def _inverted(sentence: Sentence, cue: Cue, first: int) -> bool:
    """Tell whether a verb behind a comma has its subject behind it and nothing else."""
    if not cue.takes & {"quote", "that"} or cue.takes & {"person", "clause", "object"}:
        return False
    if sentence.is_that(first) or sentence.text(first) == ":":
        return False
    if sentence.opens_quote(first) and sentence.words_in(first, sentence.quote_end(first)) > _SHORT:
        return False
    speaker = speaker_after(sentence, first - 1, first)
    if speaker is None:
        return False
    closed = sentence.text(speaker[1]) in STOPS | COMMAS | {""}
    return closed or sentence.particle(speaker[1]) is not None  # "…, citing Y"


def document_after(sentence: Sentence, first: int, cue: Cue) -> tuple[Range | None, int]:
    """Read "it is said in the ministry's statement", "it follows from": the statement speaks.

    Returns it and the token behind; None and the first token where none stands there.
    """
    if not _leads_to_document(sentence, first, cue):
        return None, first
    end = noun_phrase(sentence, first + 1, sentence.end)
    return ((first + 1, end), end) if end > first + 1 else (None, first)


def _leads_to_document(sentence: Sentence, at: int, cue: Cue) -> bool:
    """Tell whether a preposition stands before what a verb without a subject takes from it."""
    drawn = cue.takes & sentence.lexicon.words["drawn"]
    return sentence.text(at) in drawn if drawn else sentence.among(at, "medium")


def _document_before(sentence: Sentence, at: int, cue: Cue) -> Range | None:
    """Read "in the report it is said", "in the published report": the clause's document speaks."""
    start = clause_start(sentence, at)
    near = range(start + 1, min(at, start + _SHORT))
    first = next((word for word in near if sentence.among(word, "documents")), None)
    if first is None or not _leads_to_document(sentence, start, cue):
        return None
    described = first == start + 2  # by an adjective, not by whoever published it
    return (first - described, at) if noun_phrase(sentence, first, at) == at else None


def _without_complementiser(
    sentence: Sentence, draft: Draft, follows: int, begin: Opening | None, *, fronted: bool
) -> Opening | None:
    """Return the clause right after the verb, unless what opens a content is near enough."""
    takes = draft.meaning.takes if draft.meaning else frozenset()
    told = follows
    if "person" in takes:
        follows = noun_phrase(sentence, follows, min(sentence.end, follows + 6))
    if begin and begin.how == "that" and begin.at > follows:
        adjunct = sentence.among(follows, "prepositions", "times")
        begin = begin if adjunct and begin.at - follows <= 8 else None
    if begin and begin.how == "quote" and begin.at > follows + 1:
        begin = None  # the quotation is only part of what was said
    if begin is None and not fronted and draft.source and draft.meaning:
        return clause_opening(sentence, told, draft.meaning)
    return begin


def _composed(
    sentence: Sentence, draft: Draft, front: Range | None, follows: int, begin: Opening | None
) -> Draft | None:
    """Put together what stands before the verb and what follows it."""
    near = begin is not None and begin.at <= follows + 1
    if front and (begin is None or (begin.how != "quote" and not near)):
        draft.content = [front, *_resumed(sentence, front, follows)]
        draft.how = "fronted"
        return draft
    if begin is None:
        return None
    end = content_end(sentence, begin)
    if end <= begin.content:
        return None
    draft.content = [(begin.content, end)]
    draft.gap = (draft.at + 1, begin.at)
    draft.how = begin.how
    if front and begin.how == "quote":
        draft.content.insert(0, front)
    return draft


def _resumed(sentence: Sentence, front: Range, follows: int) -> list[Range]:
    """Return the rest of a clause that a parenthesis interrupts: "P1, X insisted, P2"."""
    if sentence.opens_quote(front[0]) or sentence.text(follows) not in COMMAS:
        return []
    start = follows + 1
    while sentence.text(start) in DASHES:
        start += 1
    if start >= sentence.end or sentence.reported(start).forms or sentence.particle(start):
        return []
    apposed = sentence.among(start, "determiners") or sentence.text(start)[0].isdigit()
    if apposed and front[1] - front[0] > _SHORT:
        return []  # it goes on with who said it: ", an adviser", ", 59"
    end = content_end(sentence, Opening(start, start, "clause"))
    return [(start, end)] if end > start else []
