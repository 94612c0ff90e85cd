"""The subject of a clause whose verb reports nothing.

"The ministry closed the road, warning that P": who warns is named by the verb before.
"""

from __future__ import annotations

from claimtrack.extract.draft import Range
from claimtrack.extract.groups import is_verb
from claimtrack.extract.objects import split_object
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.extract.subject_phrases import subject_of

_ADJUNCT = 12
"""Tokens before the verb that say when or where: "On Monday, after the talks, …"."""


def main_subject(sentence: Sentence, start: int, stop: int) -> Range | None:
    """Return the subject of the verb that begins a clause, or that follows its first phrase.

    None where the clause begins with a report, or no verb stands before `stop`.
    """
    start = _past_remark(sentence, start, stop)
    began = start
    while start < stop and _is_loose(sentence, start):
        start += 1
    led = start > began and sentence.among(start - 1, "auxiliaries")
    if start >= stop:
        return None
    if sentence.among(start, "prepositions", "times", "negations"):
        verb = _verb(sentence, start, min(stop, start + _ADJUNCT))
        return None if verb is None else _behind(sentence, verb, stop)
    if sentence.other(start) is not None or sentence.finite(start):
        return _behind(sentence, start, stop)
    if sentence.among(start, "clauses", "comments", "relatives"):
        return None
    end = noun_phrase(sentence, start, _possible_verb(sentence, start, stop))
    if led and sentence.among(end, "prepositions") and not _is_led(sentence, start):
        return _named(sentence, start, end)  # "X was in the city"
    if not _acts(sentence, end, stop) or (end > start + 1 and _is_led(sentence, start)):
        return None
    return _named(sentence, start, end)  # one word before a verb is a name, whatever its letter


def first_subject(sentence: Sentence) -> Range | None:
    """Return the subject of a sentence's first verb, where subjects stand first."""
    verb = next((at for at in range(sentence.start, sentence.end) if is_verb(sentence, at)), None)
    if verb is None:
        return None
    subject = subject_of(sentence, verb)
    return None if subject.relative is not None else subject.words


def _past_remark(sentence: Sentence, start: int, stop: int) -> int:
    """Return the token after "it is well known that", where a clause begins so."""
    remark = sentence.phrase(start, "not_cues") or sentence.among(start, "prepositions")
    if not remark:
        but = sentence.among(start, "negations", "leading") and sentence.is_that(start + 1)
        return start + 2 if but else start  # "but that X went"
    near = range(start + 1, min(stop, start + 4))
    return next((at + 1 for at in near if sentence.is_that(at)), start)


def _is_loose(sentence: Sentence, at: int) -> bool:
    """Tell whether a token only leads to the clause: "but", a mark, an auxiliary."""
    if not sentence.tokens[at].word:
        return not sentence.opens_quote(at)
    still = sentence.among(at, "negations", "clauses") and sentence.among(at + 1, "auxiliaries")
    return still or sentence.among(at, "auxiliaries", "leading")


def _verb(sentence: Sentence, start: int, stop: int) -> int | None:
    """Return the first verb behind an adjunct, unless a report or another clause comes first."""
    for at in range(start, stop):
        if sentence.finite(at) or sentence.is_that(at) or sentence.among(at, "relatives"):
            return None
        if sentence.other_verb(at):
            return at
    return None


def _behind(sentence: Sentence, verb: int, stop: int) -> Range | None:
    first = verb + 1
    if sentence.among(first, "resumptives"):
        first += 1  # "in which thousands of people live"
    end = noun_phrase(sentence, first, stop)
    return None if _is_led(sentence, first) else _named(sentence, first, end)


def _possible_verb(sentence: Sentence, start: int, stop: int) -> int:
    """Return the first word without the article, behind one with it, that may be a verb."""
    for at in range(start + 1, stop):
        apart = sentence.has_article(at - 1) and not sentence.has_article(at)
        if apart and sentence.other(at) is False:
            return at
    return stop


def _acts(sentence: Sentence, verb: int, stop: int) -> bool:
    """Tell whether a verb follows a phrase, at once or behind a remark on it."""
    if verb < stop and sentence.among(verb, "auxiliaries"):
        return True  # "the rebels were near": no other verb is needed
    while sentence.text(verb) in COMMAS:
        verb += 1
    if sentence.among(verb, "relatives"):
        return True
    known = sentence.other(verb) is not None or sentence.finite(verb) is not None
    return verb < stop and (known or sentence.looks_like_verb(verb))


def _is_led(sentence: Sentence, at: int) -> bool:
    return sentence.binds(at, sentence.lexicon.words["bound"])


def _named(sentence: Sentence, start: int, end: int) -> Range | None:
    if end <= start:
        return None
    end = split_object(sentence, start, end)
    comma = next((at for at in range(start, end) if sentence.text(at) in COMMAS), end)
    return start, (end if comma < end and end - comma > 1 else comma)
