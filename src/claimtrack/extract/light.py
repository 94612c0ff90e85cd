"""Reports whose meaning is in a noun: "pointed the finger of blame at X", "raised doubts about P".

The verb alone reports nothing; it and the noun are one cue in two spans.
"""

from __future__ import annotations

from claimtrack.extract.draft import Draft, Range, cue_span
from claimtrack.extract.endings import content_end, next_comma
from claimtrack.extract.groups import closes, verb_group
from claimtrack.extract.lexicon import Cue, LightNouns
from claimtrack.extract.openings import Opening, bound_opening, fronted, opening
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import STOPS, Sentence
from claimtrack.extract.subject_phrases import inverted_subject, subject_of
from claimtrack.extract.subjects import clause_start, speaker_after, subject_before

FARTHEST = 18
"""Tokens between such a verb and its noun: a source may stand there."""


def light_verb(sentence: Sentence, at: int) -> Draft | None:
    """Read a verb with the noun that gives it its meaning; None where no such noun follows."""
    known = sentence.words.light(sentence.text(at)) if sentence.lexicon.light else None
    if known is None or sentence.among(at - 1, "negations"):
        return None
    nouns, skip = known
    found = _noun(sentence, at + 1, nouns)
    if found is None:
        return _noun_first(sentence, at, nouns)
    first, last, cue = found
    end = noun_phrase(sentence, at + 1, first)
    against = _against(sentence, end, first, cue)
    draft = Draft(at, [], "verb", cue)
    draft.cue = [
        cue_span(sentence, at, at, skip),
        cue_span(sentence, first, last - 1),
    ]
    if sentence.lexicon.finite_endings:
        subject = subject_of(sentence, verb_group(sentence, at, "past").first)
        draft.source, draft.implied = subject.words, subject.words is None
    else:
        draft.source = (at + 1, end) if end > at + 1 else subject_before(sentence, at)
    begin = _begin(sentence, last, cue)
    nobody = draft.source and sentence.among(draft.source[0], "negations")
    if nobody:
        return None  # "no group claimed responsibility"
    if begin is None:
        return _fronted(sentence, draft, last)
    stop = content_end(sentence, begin)
    if begin.how != "that":
        stop = min(stop, next_comma(sentence, begin.content))
    draft.content, draft.how, draft.gap = [(begin.content, stop)], begin.how, (at + 1, begin.at)
    if against and begin.how != "that":
        draft.content.insert(0, against)
    return draft if stop > begin.content else None


def _fronted(sentence: Sentence, draft: Draft, behind: int) -> Draft | None:
    """Read "P, let (it) be known X" where subjects stand first: X stands behind the noun."""
    takes = draft.meaning.takes if draft.meaning else frozenset()
    front = fronted(sentence, draft.at) if "quote" in takes else None
    speaker = speaker_after(sentence, draft.at, behind) if front else None
    if front is None or speaker is None or sentence.lexicon.order != "before":
        return None
    draft.source, draft.content, draft.how = speaker, [front], "fronted"
    return draft


def _noun_first(sentence: Sentence, at: int, nouns: LightNouns) -> Draft | None:
    """Read "responsibility for P took upon itself X": the noun begins the clause."""
    start = clause_start(sentence, at)
    for rest, cue in nouns.get(sentence.text(at + 1), ()):
        behind = at + 1 + len(rest)
        between = [sentence.text(word) for word in range(at + 2, behind)]
        led = sentence.text(start + 1) in cue.takes and start + 2 < at
        if not led or sentence.text(start) != rest[-1] or between != list(rest[:-1]):
            continue
        source = inverted_subject(sentence, behind)
        cues = [cue_span(sentence, start, start), cue_span(sentence, at, behind - 1)]
        draft = Draft(at, cues, "verb", cue, source=source, how="preposition")
        draft.content = [(start + 2, at)]
        return draft if source else None
    return None


def _against(sentence: Sentence, at: int, noun: int, cue: Cue) -> Range | None:
    """Return X in "directed at X accusations of P": whom P is said of."""
    if sentence.text(at) not in cue.takes or sentence.among(at + 1, "times"):
        return None
    end = noun_phrase(sentence, at + 1, noun)
    return (at + 1, end) if end == noun else None


def _noun(sentence: Sentence, first: int, nouns: LightNouns) -> tuple[int, int, Cue] | None:
    """Return the noun's range and what it means with the verb."""
    for at in range(first, min(sentence.end, first + FARTHEST)):
        if sentence.text(at) in STOPS or sentence.is_that(at):
            return None
        for rest, cue in _with_pronoun(sentence, nouns, at):
            if all(sentence.text(at + step) == word for step, word in enumerate(rest, 1)):
                return at, at + 1 + len(rest), cue
        if sentence.finite(at):
            return None
    return None


def _with_pronoun(
    sentence: Sentence, nouns: LightNouns, at: int
) -> tuple[tuple[tuple[str, ...], Cue], ...]:
    """Return what a noun says with the verb, alone or with a pronoun: "their fears"."""
    text = sentence.text(at)
    stems = (text[: -len(t)] for t in sentence.lexicon.words["pronouns"] if text.endswith(t))
    return next((nouns[word] for word in (text, *stems) if word in nouns), ())


def _begin(sentence: Sentence, first: int, cue: Cue) -> Opening | None:
    if sentence.lexicon.order == "before" and sentence.is_that(first) and "that" in cue.takes:
        return Opening(first, first + 1, "that")
    near = opening(sentence, first, cue, limit=first + 6)
    if near and any(sentence.finite(at) for at in range(first, near.at)):
        near = None  # "pictures that they said were": the other verb's content
    bound = bound_opening(sentence, first, first + 4, cue)
    if "clause" in cue.takes:  # the noun's words end in "that", or in "until" before a verb
        until = sentence.looks_like_verb(first)
        return None if until else Opening(first - 1, first, "that")
    if "object" in cue.takes and not (near and near.at == first) and not closes(sentence, first):
        return Opening(first, first, "object")  # "was quick to deny the news"
    return bound if bound and (near is None or bound.at < near.at) else near
