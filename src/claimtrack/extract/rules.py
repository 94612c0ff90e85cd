"""All rules in order: a sentence in, drafts of its attributions out."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.extract.draft import Draft, Range
from claimtrack.extract.hearsay import hearsay
from claimtrack.extract.labels import headline, label, signed_headline
from claimtrack.extract.light import light_verb
from claimtrack.extract.nouns import (
    accused,
    alleged,
    by_saying,
    is_noun,
    noun,
    participle,
    possessed_noun,
)
from claimtrack.extract.particles import particle
from claimtrack.extract.plain import plain_verb
from claimtrack.extract.reading import Sentence
from claimtrack.extract.verbs import finite_verb


def drafts(sentence: Sentence) -> Iterator[Draft]:
    """Yield what the rules find in a sentence, cue by cue; no word is a cue twice."""
    first = sentence.start
    headlines = headline(sentence) or signed_headline(sentence)
    found = None if sentence.phrase(first, "not_cues") else headlines
    if found:
        yield found
    used: set[int] = set()
    told: list[list[Range]] = []
    passed = first
    for at in sentence.words.cues(sentence.spelt, first):
        if at < passed or (not sentence.lexicon.reads_quotations and sentence.is_quoted(at)):
            continue
        passed = at + (sentence.phrase(at, "not_cues") or sentence.phrase(at, "wholly"))
        if passed == at and at not in used:
            for draft in _cue(sentence, at):
                tokens = {*_tokens(sentence, draft)}
                bare = draft.pattern == "noun" and draft.source is None
                again = draft.content in told and (bare or not used.isdisjoint(tokens))
                used |= tokens
                if not again and (not draft.content or _has_words(sentence, draft)):
                    # "tweeted saying that P", "said in a statement: P" tell P once
                    told.append(draft.content)
                    yield draft


def _has_words(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether a content says anything: a preposition whose noun is missing does not."""
    held = (at for part in draft.content for at in range(*part))
    return any(sentence.tokens[at].word and not sentence.among(at, "bound") for at in held)


def _cue(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Yield what begins with the cue at a token: the first rule that reads it has it."""
    heard = hearsay(sentence, at)
    if heard:
        yield heard
        return
    named = label(sentence, at)
    if named:
        yield named
        return
    found = list(particle(sentence, at))
    if found:
        yield from found
        return
    light = light_verb(sentence, at)
    if light:
        yield light
        return
    single = _word(sentence, at)
    if single is None:
        yield from finite_verb(sentence, at)
    else:
        yield from single


def _word(sentence: Sentence, at: int) -> list[Draft] | None:
    """Return what a word that is no finite verb reports; None for a finite verb."""
    word = sentence.reported(at)
    early = accused(sentence, at) or by_saying(sentence, at)
    if early:
        return [early]
    if is_noun(sentence, at):
        return _some(noun(sentence, at))
    if sentence.lexicon.order == "before" and word.forms:
        return _before(sentence, at) or _some(noun(sentence, at))
    if word.part("past", "present"):
        return None
    if word.part("participle"):
        if sentence.among(at - 1, "progressives"):
            return None
        found = participle(sentence, at)
        if found:
            return [found]
    return _some(possessed_noun(sentence, at) or alleged(sentence, at) or noun(sentence, at))


def _before(sentence: Sentence, at: int) -> list[Draft]:
    """Return what a reporting verb introduces where subjects stand first."""
    relays = any("relay" in form.cue.takes for form in sentence.reported(at).forms)
    found = list(finite_verb(sentence, at)) if relays else []
    found = found or plain_verb(sentence, at)
    if not found and not relays and not sentence.lexicon.finite_endings:
        return list(finite_verb(sentence, at))  # verbs shown by their form stand anywhere
    return found


def _some(draft: Draft | None) -> list[Draft]:
    return [draft] if draft else []


def _tokens(sentence: Sentence, draft: Draft) -> Iterator[int]:
    """Yield the tokens of a draft's cue, which may have parts behind its main one."""
    first, last = draft.cue[0].start, draft.cue[-1].end
    at = draft.at
    while at > sentence.start and sentence.tokens[at - 1].end > first:
        at -= 1
    while at < sentence.end and sentence.tokens[at].start < last:
        token = sentence.tokens[at]
        if any(span.start < token.end and token.start < span.end for span in draft.cue):
            yield at
        at += 1
