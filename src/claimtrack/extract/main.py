"""The subject of a sentence's main clause, whose verb reports nothing.

"The ministry closed the road, warning that P": who warns is named by the verb before.
"""

from __future__ import annotations

from claimtrack.extract.draft import Range
from claimtrack.extract.objects import split_object
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, Sentence


def main_subject(sentence: Sentence, stop: int) -> Range | None:
    """Return the subject of the verb that begins a sentence, or that follows its first phrase.

    None where the sentence begins otherwise: with a preposition, a connective, a report.
    """
    start = sentence.start
    while start < stop and (
        not sentence.tokens[start].word or sentence.among(start, "auxiliaries")
    ):
        start += 1
    if start >= stop or sentence.finite(start):
        return None
    if sentence.words.other(sentence.text(start)) is not None:
        end = noun_phrase(sentence, start + 1, stop)
        return _named(sentence, start + 1, end)
    if sentence.among(start, "prepositions", "clauses", "times", "comments", "negations"):
        return None
    end = noun_phrase(sentence, start, stop)
    verb = end
    while sentence.among(verb, "auxiliaries") or sentence.text(verb) in COMMAS:
        verb += 1
    acts = verb < stop and sentence.words.other(sentence.text(verb)) is not None
    return _named(sentence, start, end) if acts else None


def _named(sentence: Sentence, start: int, end: int) -> Range | None:
    if end <= start or sentence.binds(start, sentence.lexicon.words["bound"]):
        return None
    end = split_object(sentence, start, end)
    comma = next((at for at in range(start, end) if sentence.text(at) in COMMAS), end)
    return start, (end if comma < end and end - comma > 1 else comma)
