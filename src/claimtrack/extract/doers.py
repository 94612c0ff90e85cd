"""Who does what a word without a subject tells: whoever stands beside it, or nobody at all.

"Protests broke out to denounce P" tells who denounces it; "was accused of P" tells nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.extract.channels import channel_named
from claimtrack.extract.draft import Draft, Range
from claimtrack.extract.heads import phrase_before
from claimtrack.extract.main import main_subject
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.model.vocabulary import Channel

_NEAR = 14
"""Tokens between a noun and the protest, or the place, that tells who says it."""

_FAR = 30
"""Tokens between a verb in the plural and the relative pronoun that it goes on behind."""


def is_done_to(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether a verb without a subject is a passive by what stands around it.

    "Are directed at X accusations of P", "was accused of P", "was announced on Monday that P".
    """
    cue, at = draft.meaning, draft.at
    if cue is None or draft.pattern != "verb" or sentence.reported(at).pronoun:
        return False
    if sentence.among(at - 1, "relatives", "auxiliaries") or sentence.is_that(at - 1):
        return False
    after = at + 1
    if len(draft.cue) > 1:
        return sentence.text(after) in cue.takes and not _is_joined(sentence, at)
    if _is_noun(sentence, at):
        return True
    if "accused" in cue.takes:
        return sentence.binds(after, sentence.lexicon.words["accused_of"])
    return at == sentence.start and not _is_joined(sentence, at) and _announced(sentence, draft)


def _is_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether "the cause of the war and the claim that": no verb stands before to go on."""
    verbal = sentence.reported(at).part("masdar") and at > sentence.start
    before = range(sentence.start, at) if verbal and _is_joined(sentence, at) else ()
    acts = (sentence.finite(word) or sentence.other(word) is not None for word in before)
    return bool(before) and not any(acts)


def _is_joined(sentence: Sentence, at: int) -> bool:
    """Tell whether "and" is joined to a verb: it may go on with the subject before."""
    text, words = sentence.text(at), sentence.lexicon.words
    return text[:1] in words["proclitics"] and text not in words["unjoined"]


def _announced(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether only a time or a place stands between a verb and "that", no pronoun on it."""
    opened, end = draft.gap or (0, 0)
    that = sentence.bare(end) in sentence.lexicon.that_alone
    return that and opened < end and sentence.among(opened, "times", "medium")


def doer_beside(sentence: Sentence, draft: Draft, found: Sequence[Draft]) -> Range | None:
    """Return who does what a noun, or "it is suspected", tells, from the words beside it, or None.

    Args:
        sentence: The sentence.
        draft: A draft without a source whose own words name nobody.
        found: The sentence's drafts.
    """
    if sentence.is_impersonal(draft.at):
        return _found_out(draft, found)
    led = sentence.binds(draft.at, sentence.lexicon.words["addressed"])
    if draft.pattern != "noun" or (sentence.has_article(draft.at) and not led):
        return None  # "the condemnation", but "to condemn"
    return _aiming(sentence, draft.at) or _rallied(sentence, draft.at)


def _found_out(draft: Draft, found: Sequence[Draft]) -> Range | None:
    """Return X in "according to X, it is suspected that P"."""
    led = (one for one in found if one.pattern == "particle" and one.source)
    return next((one.source for one in led if (draft.at,) == _begins(one)[:1]), None)


def _begins(one: Draft) -> tuple[int, ...]:
    return tuple(start for start, _ in one.content)


def _aiming(sentence: Sentence, at: int) -> Range | None:
    """Return X in "X aims at condemning P"."""
    aims = sentence.among(at - 1, "until", "prepositions") and sentence.among(at - 2, "aiming")
    return main_subject(sentence, sentence.start, at - 1) if aims else None


def _rallied(sentence: Sentence, at: int) -> Range | None:
    """Return the protest in "protests broke out to denounce P", the place in "reactions on X"."""
    for before in range(at - 1, max(sentence.start - 1, at - _NEAR), -1):
        if sentence.text(before) in COMMAS or sentence.is_that(before):
            return None
        if sentence.without_article(before) in sentence.lexicon.words["rallies"]:
            return before, before + 1
        posted = channel_named(sentence, before) is Channel.TWEET_OR_POST
        if posted and sentence.among(before - 1, "medium"):
            return before, noun_phrase(sentence, before, at)
    return None


def people_related(sentence: Sentence, draft: Draft) -> Range | None:
    """Return X in "X who live in tents and consider that P": two verbs behind one pronoun."""
    joined = draft.pattern == "verb" and draft.agreement == "mp" and sentence.is_joined(draft.at)
    if not joined:
        return None
    for at in range(draft.at - 1, max(sentence.start, draft.at - _FAR), -1):
        if sentence.is_that(at) or sentence.page.inside[at] != sentence.page.inside[draft.at]:
            return None
        if sentence.among(at, "relatives"):
            many = sentence.among(at, "plural_relatives")
            head = phrase_before(sentence, at) if many else None
            return head.words if head else None
    return None
