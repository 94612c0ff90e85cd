"""Kind, channel, stance and assertion of a draft."""

from __future__ import annotations

from claimtrack.extract.channels import channel_named
from claimtrack.extract.draft import Draft
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.model.vocabulary import Assertion, Channel, Kind, Modality, Stance


def attribute(sentence: Sentence, draft: Draft) -> None:
    """Fill in a draft's kind, channel, stance and assertion."""
    draft.kind, label = _kind(sentence, draft)
    meaning = draft.meaning
    if draft.stance is None:
        draft.stance = meaning.stance if meaning else Stance.NEUTRAL
    if sentence.page.inside[draft.at] >= 0:
        draft.stance = Stance.NEUTRAL  # a word within a quotation is its speaker's
    elif draft.stance is Stance.NEUTRAL and label:
        draft.stance = Stance.DISTANCING
    elif draft.stance is not Stance.DISPUTING and _is_unverified(sentence, draft):
        draft.stance = Stance.DISTANCING  # of pictures that "show", too
    if draft.assertion is None:
        draft.assertion = meaning.assertion if meaning else Assertion.ASSERT
    draft.channel = _channel(sentence, draft)
    host = draft.host
    same = host is not None and sentence.start <= host.at < sentence.end
    if host and same and draft.channel is Channel.NONE_STATED and draft.source is None:
        draft.channel = host.channel  # what goes on in a sentence is said in the same place


_NEAR = 8
"""Tokens between a noun and the verb whose pronoun stands for it."""

LONGEST_NAME = 3
"""Words between quotation marks that can be a name."""

_SURENESS = {
    "that": 0.9,
    "quote": 0.9,
    "fronted": 0.8,
    "colon": 0.8,
    "preposition": 0.8,
    "bound": 0.8,
    "clause": 0.7,
    "addressee": 0.7,
    "object": 0.6,
}
_PATTERN_SURENESS = {"particle": 0.8, "particle verb": 0.8, "relay": 0.8, "relayed": 0.8}


def confidence(draft: Draft) -> float:
    """Return how sure the rules are, in round steps; not a probability.

    What opens the content decides; a noun as cue, a headline and a source that had to be looked
    for elsewhere make it less sure.
    """
    sure = _PATTERN_SURENESS.get(draft.pattern) or _SURENESS.get(draft.how, 0.6)
    if draft.pattern in ("noun", "label", "headline"):
        sure -= 0.2
    if draft.source is None:
        sure -= 0.1
    if draft.source is None and draft.antecedent is None:
        sure -= 0.1
    return round(sure, 1)


def modality(stance: Stance, assertion: Assertion) -> Modality:
    """Return how certain a content is made out to be, from what is done with it."""
    if assertion is Assertion.DENY:
        return Modality.DENIED
    if stance is Stance.DISTANCING:
        return Modality.REPORTED
    if stance is Stance.ENDORSING:
        return Modality.CONFIRMED
    return Modality.POSSIBLE if assertion is Assertion.OPINION else Modality.ASSERTED


def _kind(sentence: Sentence, draft: Draft) -> tuple[Kind, bool]:
    """Return the kind, and whether a scare-quoted label of one or two words made it mixed."""
    start, end = draft.content[0][0], draft.content[-1][1]
    last = end
    while last > start and sentence.text(last - 1) in ".،,؟!":
        last -= 1
    if sentence.opens_quote(start) and sentence.quote_end(start) >= last:
        named = bool(draft.meaning and "naming" in draft.meaning.takes)
        return Kind.DIRECT, named and sentence.words_in(start, last) <= 2
    if len(draft.content) > 1 and all(_is_quoted(sentence, *part) for part in draft.content):
        return Kind.DIRECT, False  # ""P1," X said, "P2""
    mixed = label = False
    naming = bool(draft.meaning and "naming" in draft.meaning.takes)
    for first, stop in draft.content:
        for at in range(first, stop):
            if sentence.opens_quote(at) and not _is_name(sentence, at):
                words = sentence.words_in(at + 1, sentence.quote_end(at))
                mixed = mixed or words > 0
                within = sentence.quote_end(at) < last and sentence.has_article(at + 1)
                label = label or (0 < words <= 2 and (within or naming))
    return (Kind.MIXED if mixed else Kind.INDIRECT), label


def _is_quoted(sentence: Sentence, start: int, end: int) -> bool:
    return sentence.opens_quote(start) and sentence.quote_end(start) >= end


def _is_unverified(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether "an unconfirmed report" or "it could not be verified" stands by a report."""
    end = max(stop for _, stop in draft.content)
    places = [draft.source] if draft.source else []
    places.append((end, min(sentence.end, end + 12)))
    return any(
        sentence.phrase(at, "unverified") or sentence.is_unchecked(at)
        for first, stop in places
        for at in range(first, stop)
    )


def _is_name(sentence: Sentence, at: int) -> bool:
    """Tell whether quotation marks hold a name ("the newspaper "…""), or nothing."""
    words = sentence.words_in(at + 1, sentence.quote_end(at))
    named = sentence.after_name_head(at) or sentence.among(at + 1, "name_heads")
    return words == 0 or (words <= LONGEST_NAME and named)


def _channel(sentence: Sentence, draft: Draft) -> Channel:
    if draft.meaning and draft.meaning.channel is not Channel.NONE_STATED:
        return draft.meaning.channel
    if draft.source:
        first, end = draft.source
        found = _named(sentence, first + (draft.source_skip > 0), end)
        if found:
            return found
    return (
        (_named(sentence, *draft.gap) if draft.gap else None)
        or _told_outlet(sentence, draft)
        or _before_verb(sentence, draft)
        or _resumed(sentence, draft)
        or _opening_medium(sentence, draft)
        or _trailing_medium(sentence, draft)
        or _obtained(sentence, draft)
        or Channel.NONE_STATED
    )


def _told_outlet(sentence: Sentence, draft: Draft) -> Channel | None:
    """Return that "told X the agency Y that" is said in an interview; None where no outlet is."""
    if not (draft.gap and draft.source and draft.meaning and "person" in draft.meaning.takes):
        return None
    told = draft.source[1]
    return Channel.INTERVIEW if told < draft.gap[1] and sentence.among(told, "outlets") else None


def _before_verb(sentence: Sentence, draft: Draft) -> Channel | None:
    """Return the channel between source and verb: "wrote X on his page saying", "X in a post said".

    Where verbs stand first only between a cue's two parts, or right behind the source: "published
    X pictures that show".
    """
    if draft.source and draft.source[1] < draft.at:
        shown = channel_named(sentence, draft.source[1])
        if shown:
            return shown
    beside = len(draft.cue) > 1 or sentence.lexicon.order == "before"
    if not beside or draft.source is None or draft.source[1] > draft.at:
        return None
    return _named(sentence, draft.source[1], draft.at)


def _resumed(sentence: Sentence, draft: Draft) -> Channel | None:
    """Return the channel in "gave an interview in which he said": the noun before the verb."""
    if draft.pattern != "verb" or not sentence.among(draft.at + 1, "resumptives"):
        return None
    for at in range(draft.at - 1, max(sentence.start, draft.at - _NEAR), -1):
        found = channel_named(sentence, at)
        if found:
            return found
        if sentence.finite(at) or sentence.is_that(at):
            break
    return None


def _trailing_medium(sentence: Sentence, draft: Draft) -> Channel | None:
    """Return the channel named behind a content: "…, during a telephone call with Y"."""
    end = draft.content[-1][1]
    while end < sentence.end and sentence.text(end) in COMMAS:
        end += 1
    for at in range(end, min(sentence.end, end + 3)):
        if sentence.finite(at) or sentence.reported(at).forms:
            return None
        if sentence.among(at, "medium"):
            return _named(sentence, at + 1, min(at + 4, sentence.end))
    return None


def _opening_medium(sentence: Sentence, draft: Draft) -> Channel | None:
    """Return the channel a sentence opens with: "In a speech, X said …"."""
    if draft.pattern not in ("verb", "relay"):
        return None
    for at in range(sentence.start, min(draft.at, sentence.start + 4)):
        if sentence.among(at, "medium"):
            return _named(sentence, at + 1, min(at + 5, draft.at))
    return None


def _obtained(sentence: Sentence, draft: Draft) -> Channel | None:
    """Return the channel of "X said that it had obtained a video"."""
    start = draft.content[0][0]
    for at in range(start, min(start + 3, draft.content[0][1])):
        if sentence.among(at, "obtained"):
            return _named(sentence, at + 1, at + 4)
    return None


def _named(sentence: Sentence, start: int, end: int) -> Channel | None:
    for at in range(start, end):
        found = channel_named(sentence, at)
        if found:
            return found
    return None
