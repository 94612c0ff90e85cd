"""Verbs behind what they report: "Of the closing of the bridge spoke (also) X"."""

from __future__ import annotations

from claimtrack.extract.draft import Draft, Range
from claimtrack.extract.groups import is_verb
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.extract.subjects import clause_start, speaker_after

_NAME = 4
"""Words of an outlet's name, at most."""

_LONGEST = 24
"""Tokens of a topic, at most."""


def of_topic(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read "of P spoke X", "of that, that P, spoke X": who speaks stands behind the verb.

    Args:
        sentence: The sentence.
        draft: The draft of the verb, nothing else known of it.
        first: The token behind the verb.
    """
    topic = _topic(sentence, draft)
    if topic is None:
        return None
    while sentence.among(first, "joining", "adverbs"):
        first += 1  # "spoke also X"
    speaker = _outlet(sentence, first) or speaker_after(sentence, draft.at, first)
    if speaker is None:
        return None
    draft.source, draft.content, draft.how = speaker, [topic], "fronted"
    return draft


def _outlet(sentence: Sentence, first: int) -> Range | None:
    """Return the name in marks behind a verb."""
    end = sentence.quote_end(first) if sentence.opens_quote(first) else first
    return (first, end) if 0 < sentence.words_in(first, end) <= _NAME else None


def _topic(sentence: Sentence, draft: Draft) -> Range | None:
    """Return P in "of P spoke", "of that, that P, spoke"; None where the verb is another's."""
    cue, end = draft.meaning, draft.at
    words = sentence.lexicon.words["about_first"]
    if cue is None or not words & cue.takes:
        return None
    while sentence.among(end - 1, "auxiliaries", "adverbs"):
        end -= 1
    agencies = range(end - 1, max(sentence.start, end - _NAME), -1)
    end = next((at for at in agencies if at + sentence.phrase(at, "told_names") == end), end)
    told = sentence.text(end - 1) in COMMAS
    start = sentence.start if told else clause_start(sentence, end)
    while start < end and (not sentence.tokens[start].word or sentence.among(start, "joining")):
        start += 1
    if sentence.text(start) not in words or end - start > _LONGEST:
        return None
    begin, end = start + 1, end - told
    if told and sentence.among(begin, "correlates") and sentence.text(begin + 1) in COMMAS:
        begin += 3 if sentence.is_that(begin + 2) else 2  # "of that, that P", "of that, how P"
    elif any(is_verb(sentence, at) or sentence.is_that(at) for at in range(begin, end)):
        return None
    pointed = end <= begin + 2 and sentence.among(end - 1, "pointed_at")
    return (begin, end) if end > begin and not pointed else None
