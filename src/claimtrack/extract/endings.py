"""Where a content ends."""

from __future__ import annotations

from claimtrack.extract.channels import channel_named, names_channel
from claimtrack.extract.openings import Opening, bound_opening, opening
from claimtrack.extract.reading import COMMAS, DASHES, STOPS, Sentence
from claimtrack.model.vocabulary import Channel

_OCCASIONS = frozenset(
    {Channel.SPEECH, Channel.PHONE_CALL, Channel.INTERVIEW, Channel.PRESS_CONFERENCE}
)
"""Channels that a report names as its occasion rather than what was said of them."""
_LOOSE = COMMAS | DASHES | frozenset(".:…")


_REMARK = 9
"""Tokens of a remark between commas that names a channel."""

_RELAYED = 6
"""Tokens from a verb of relaying to the preposition before the one relayed."""

WITHIN = 4
"""Tokens behind a comma and a connective within which another report ends a content."""


def content_end(sentence: Sentence, begin: Opening) -> int:
    """Return where a content that opens there ends, trailing marks left out."""
    start = begin.content
    if sentence.opens_quote(start):
        end = sentence.quote_end(start)
        closed = end >= sentence.end or sentence.text(end) in COMMAS | STOPS
        closed = closed or sentence.phrase(end, "comment_phrases") > 0
        if (closed or is_trailing_cue(sentence, end)) and not _goes_on(sentence, end):
            return end if end in sentence.page.openers else _trimmed(sentence, start, end)
    end = _scanned(sentence, start)
    if begin.how not in ("that", "clause", "quote", "colon"):
        end = _quoted_end(sentence, start, end)
    if begin.how in NOMINAL:
        end = _nominal_end(sentence, start, end)
    if begin.how not in ("that", "clause", "quote", "colon"):
        end = _next_actor(sentence, start, end)
    if begin.how == "bound":
        end = _occasion(sentence, start, end)
    return _trimmed(sentence, start, end)


NOMINAL = frozenset({"object", "preposition"})
"""Openings after which a content is a noun phrase, until a verb tells otherwise."""


def _nominal_end(sentence: Sentence, start: int, end: int) -> int:
    """Return where a noun phrase as content ends: before a comma and why or when it was said.

    "announced the victory, after …". What stands behind a verb or a relative pronoun is of the
    clause that it begins.
    """
    for at in range(start + 1, end):
        if sentence.finite(at) or sentence.other_verb(at) or sentence.among(at, "relatives"):
            return end
        if sentence.text(at) in COMMAS and sentence.among(at + 1, "circumstances"):
            return at
        if _is_setting(sentence, at) or sentence.phrase(at, "wholly"):
            return at  # "announced the project at a time when …", "denied it altogether"
    return end


def _next_actor(sentence: Sentence, start: int, end: int) -> int:
    """Return where "and Dravonia calls it" begins in a headline: another subject with its verb."""
    words = sentence.lexicon.words
    for at in range(start + 1, end - 1):
        text = sentence.text(at)
        joined = text[:1] in words["proclitics"] and not sentence.among(at, "relatives")
        if not joined or sentence.page.inside[at] >= 0:
            continue
        named = text[1:] in words["places"] or text[1:3] in words["article"]
        told = sentence.finite(at + 1)
        acts = told is not None and told.part == "present" and not sentence.reported(at + 1).skip
        if named and acts:
            return at
    return end


def _occasion(sentence: Sentence, start: int, end: int) -> int:
    """Return where "when she stood before the court" begins behind "confessed to the theft"."""
    for at in range(start + 1, end):
        acts = sentence.other_verb(at) and not sentence.has_article(at)
        if sentence.finite(at) or acts or sentence.among(at, "relatives"):
            return end
        if sentence.among(at, "circumstances") and sentence.words.is_clause(sentence.text(at)):
            return at
        if _is_setting(sentence, at):
            return at
    return end


def _is_setting(sentence: Sentence, at: int) -> bool:
    """Tell whether "at a time when", "and that on Friday" begins, which ends a noun phrase."""
    return sentence.phrase(at, "settings") > 0 and not sentence.phrase(at, "continuations")


def next_comma(sentence: Sentence, start: int) -> int:
    """Return the first comma from a token on that no quotation holds, or the sentence's end."""
    at = start
    while at < sentence.end:
        if sentence.opens_quote(at):
            at = max(at + 1, sentence.quote_end(at))
        elif sentence.text(at) in COMMAS:
            return at
        else:
            at += 1
    return sentence.end


def _goes_on(sentence: Sentence, end: int) -> bool:
    """Tell whether a quotation is followed by "and that" or by another one."""
    after = end + 1 if sentence.text(end) in COMMAS else end
    word = sentence.text(after)
    joined = len(word) <= 4 and word[:1] in sentence.lexicon.words["proclitics"]
    return joined and (sentence.is_that(after) or sentence.opens_quote(after + 1))


def _scanned(sentence: Sentence, start: int) -> int:
    at = start
    may_stop = sentence.words.may_stop
    while at < sentence.end:
        if not may_stop(sentence.text(at)):  # as before most words
            at += 1
            continue
        if sentence.opens_quote(at):
            at = max(at + 1, sentence.quote_end(at))
            continue
        if at > start and _known_stop(sentence, at) and not _interposed(sentence, start, at):
            return at
        at += 1
    return sentence.end


def _quoted_end(sentence: Sentence, start: int, end: int) -> int:
    """Return where the quoted sentence ends that a noun phrase as content begins within."""
    inside = sentence.page.inside
    for at in range(start, end - 1) if inside[start] >= 0 else ():
        apart = sentence.tokens[at].end < sentence.tokens[at + 1].start
        if sentence.text(at) in STOPS and inside[at] == inside[start] and apart:
            return at
    return end


def _interposed(sentence: Sentence, start: int, comma: int) -> bool:
    """Tell whether a remark right after a content's first words only interrupts it.

    A comma closes it before the content goes on.
    """
    early = comma - start < 4 and sentence.among(comma + 1, "comments")
    return early and next_comma(sentence, comma + 1) < sentence.end


def _known_stop(sentence: Sentence, at: int) -> bool:
    """Tell what `_stops` does, once for all contents that reach so far."""
    if at not in sentence.stops:
        sentence.stops[at] = _stops(sentence, at)
    return sentence.stops[at]


def _stops(sentence: Sentence, at: int) -> bool:
    """Tell whether a content ends before a token."""
    text = sentence.text(at)
    if text in DASHES:
        return is_trailing_cue(sentence, at + 1)
    if text in COMMAS:
        ended = text == ";" and sentence.lexicon.order == "before"
        return ended or _stops_after_comma(sentence, at + 1)
    if not sentence.words.may_stop(text):
        return False
    if is_trailing_cue(sentence, at) or _is_label_clause(sentence, at):
        return True
    occasion = sentence.among(at, "circumstances") and channel_named(sentence, at + 1) in _OCCASIONS
    contrast = sentence.among(at, "clauses") and not _has_pronoun(sentence, at)
    unsure = contrast and sentence.phrase(at + 1, "unverified")  # "but that was not verified"
    if occasion or unsure or sentence.phrase(at, "asides"):
        return True  # "called for calm during a speech", "which would be his first visit"
    aside = sentence.among(at, "label_opener") and sentence.is_impersonal(at + 1)
    joined = sentence.finite(at + 1) if contrast and not aside else None
    called = joined and sentence.among(at, "label_opener") and "naming" in joined.cue.takes
    if joined and not called:  # "and wrote that", "and attributed it"; not "found what he called"
        return bool(joined.cue.takes & {"object", "addressee"}) or _reports(sentence, at + 1)
    word = sentence.reported(at)
    converb = word.part("participle") is not None and not sentence.has_article(at)
    return (sentence.is_joined(at) or converb) and _reports(sentence, at)


def _has_pronoun(sentence: Sentence, at: int) -> bool:
    """Tell whether a connective carries a pronoun: what it joins is of the same speaker."""
    tails = sentence.lexicon.words["pronouns"]
    text = sentence.text(at)
    return any(sentence.words.is_clause(text[: -len(t)]) for t in tails if text.endswith(t))


def _stops_after_comma(sentence: Sentence, at: int) -> bool:
    if sentence.phrase(at, "continuations"):
        return False
    unnamed = sentence.phrase(at, "not_cues") and sentence.reported(at).part("participle")
    if unnamed or sentence.among(at, "comments") or sentence.phrase(at, "comment_phrases"):
        return True  # "that P, asking not to be named"
    if sentence.among(at, "prepositions") and any(
        names_channel(sentence, near) for near in (at + 1, at + 2)
    ):
        return not _resumes(sentence, at)
    goes_on = _is_subordinate(sentence, at - 1) and _begins_main(sentence, at)
    if goes_on or is_trailing_cue(sentence, at) or _reports(sentence, at):
        return True  # "while X spoke of P, the queues grew"
    apposed = sentence.text(at) in sentence.lexicon.words["relatives"]
    if apposed and _reports(sentence, at + 1):
        return True  # "…, who says that": a remark of the reporter
    if sentence.text(at)[:1] in sentence.lexicon.words["resuming"] and sentence.is_that(at):
        return True  # "according to X, who said that P, Q"
    return sentence.among(at, "clauses") and _reports_within(sentence, at)


def _is_subordinate(sentence: Sentence, comma: int) -> bool:
    """Tell whether a subordinate clause ends at a comma: "while …", "in the time that …".

    It begins the sentence, or behind the comma before: "reports differ, for while …".
    """
    first = comma - 1
    while first > sentence.start and sentence.text(first - 1) not in COMMAS:
        first -= 1
    return any(_subordinates(sentence, start) for start in (sentence.start, first))


def _subordinates(sentence: Sentence, start: int) -> bool:
    led = sentence.among(start, "prepositions") and sentence.among(start + 1, "subordinating")
    return led or sentence.among(start, "subordinating")


def _begins_main(sentence: Sentence, at: int) -> bool:
    said = sentence.finite(at) is not None
    if sentence.among(at, "negations"):  # "does not admit", but "and no unveiling"
        form = sentence.finite(at + 1)
        said = sentence.other_verb(at + 1) or (form is not None and form.part == "present")
    return said or sentence.among(at, "auxiliaries") or sentence.other_verb(at)


def _resumes(sentence: Sentence, at: int) -> bool:
    """Tell whether what a remark interrupts goes on: "that he told Y, by telephone, that"."""
    for comma in range(at + 2, min(sentence.end, at + _REMARK)):
        if sentence.text(comma) in COMMAS:
            return sentence.is_that(comma + 1)
    return False


def _is_label_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether "which it called …" begins here."""
    word = sentence.reported(at + 1)
    form = word.part("past", "present")
    labels = form is not None and bool(word.pronoun) and "object" in form.cue.takes
    return labels and sentence.among(at, "relatives")


def is_trailing_cue(sentence: Sentence, at: int) -> bool:
    """Tell whether "according to …" begins here."""
    found = sentence.particle(at)
    if found is None:
        return False
    particle, last = found
    if particle.opens in ("verb", "parenthesis"):
        return sentence.finite(last + 1) is not None
    return not sentence.is_that(last + 1) and not sentence.among(last + 1, "not_sources")


def _reports(sentence: Sentence, at: int) -> bool:
    """Tell whether a reporting word has a content of its own right here."""
    word = sentence.reported(at)
    form = word.part("participle", "past", "present")
    if form is None or "within" in form.cue.takes:
        return False
    if "relay" in form.cue.takes and sentence.is_joined(at):
        near = range(at + 1, min(sentence.end, at + _RELAYED))
        return any(sentence.among(word, "relay") for word in near)
    if opening(sentence, at + 1, form.cue, limit=at + 12):
        return True
    if bound_opening(sentence, at + 1, at + 8, form.cue):
        return True
    named = word.pronoun and "label" in form.cue.takes  # "and called it"
    return sentence.is_joined(at) and bool(named or form.cue.takes & {"object", "addressee"})


def _reports_within(sentence: Sentence, start: int) -> bool:
    """Tell whether the clause up to the next comma has a report of its own."""
    for at in range(start + 1, min(sentence.end, start + WITHIN)):
        if sentence.text(at) in COMMAS:
            return False
        form = sentence.finite(at)
        if form and opening(sentence, at + 1, form.cue, limit=at + 16):
            return True
        if form and form.cue.takes >= {"object", "naming"} and sentence.reported(at).pronoun:
            return True  # "but Dravonia called it a failure"
    return False


def _trimmed(sentence: Sentence, start: int, end: int) -> int:
    proclitics = sentence.lexicon.words["proclitics"]
    while end > start + 1:
        text = sentence.text(end - 1)
        opener = sentence.page.openers.get(end)
        outer = opener is not None and opener < start  # it closes what is around the content
        if text not in _LOOSE and text not in proclitics and not outer:
            break
        end -= 1
    return end
