"""Verbs of citing that have the one cited for their object: ""P," cites X the Courier"."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.extract.draft import Draft, Range, cue_span
from claimtrack.extract.endings import content_end
from claimtrack.extract.lexicon import PLAIN, Form
from claimtrack.extract.openings import fronted, opening
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.extract.subject_phrases import subject_of

_NEAR = 12
"""Tokens between the verb and what opens the words that it cites, where the one cited stands."""


def cited_words(sentence: Sentence, at: int, form: Form) -> Iterator[Draft]:
    """Yield who cites, and who is cited: "the Courier cites X: "P"", ""P," cites X the Courier"."""
    first = at + 1
    if sentence.among(first, "said_words"):
        first += 1
    elif "cites" in form.cue.takes:
        return  # a verb that cites nothing without "the words of"
    outer = Draft(at, [cue_span(sentence, at, first - 1)], "relay", form.cue)
    inner = Draft(at, list(outer.cue), "relayed", PLAIN, via=outer)
    subject = subject_of(sentence, at)
    if subject.words and not subject.implied:
        outer.source = subject.words
        told = _behind(sentence, first, form)
        if told is None:
            return
        inner.source, inner.content = told
        outer.content = [(first, inner.content[0][1])]
    else:
        front, named = fronted(sentence, at), _named(sentence, first)
        if front is None or named is None:
            return
        inner.source, outer.source = named
        outer.content, inner.content = [front, inner.source], [front]
    yield outer
    yield inner


def _behind(sentence: Sentence, first: int, form: Form) -> tuple[Range, list[Range]] | None:
    """Return who is cited behind the verb, and what."""
    cue = form.cue._replace(takes=form.cue.takes | PLAIN.takes)
    begin = opening(sentence, first, cue, limit=first + _NEAR)
    if begin is None:
        return None
    last = begin.at
    while sentence.text(last - 1) in COMMAS:
        last -= 1
    end = content_end(sentence, begin)
    held = last > first and end > begin.content
    return ((first, last), [(begin.content, end)]) if held else None


def _named(sentence: Sentence, first: int) -> tuple[Range, Range] | None:
    """Return who is cited and who cites, which stand in either order behind the verb."""
    for at in range(first, min(sentence.end, first + _NEAR)):
        end = _past_outlet(sentence, at)
        if end > at:
            break
        if not sentence.tokens[at].word or sentence.among(at, "prepositions"):
            return None
    else:
        return None
    if at > first:
        return (first, at), (at, end)
    speaker = noun_phrase(sentence, end, sentence.end)
    return ((end, speaker), (at, end)) if speaker > end else None


def _past_outlet(sentence: Sentence, at: int) -> int:
    """Return past an outlet that begins at a token, by its noun or its name; else the token."""
    named = at + sentence.among(at, "name_heads")
    if sentence.opens_quote(named):
        return sentence.quote_end(named)
    size = sentence.phrase(named, "told_names")
    if size or named == at:
        return named + size
    return noun_phrase(sentence, at, sentence.end)
