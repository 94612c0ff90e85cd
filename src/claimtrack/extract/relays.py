"""Relays in one sentence: A passes on what B said, so two attributions are read at once.

The outer one's content is all that A passes on, B's saying included; the inner one's is what B
said, and its `via` is the outer one.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.extract.draft import Draft, cue_span
from claimtrack.extract.endings import content_end
from claimtrack.extract.groups import subject_of, verb_group
from claimtrack.extract.lexicon import PLAIN, Form
from claimtrack.extract.openings import Opening, opening
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.extract.subjects import subject_before
from claimtrack.model.span import Span


def relay_verb(sentence: Sentence, at: int, form: Form) -> Iterator[Draft]:
    """Read "A relayed from B (his saying) that P": one draft for A, one for B."""
    first = at + 1
    middle = _preposition(sentence, first, form)
    if middle is None:
        yield from _relayed_document(sentence, at, form)
        return
    inner = relayed(sentence, middle)
    if inner is None:
        return
    outer = Draft(at, [cue_span(sentence, at, at, sentence.reported(at).skip)], "relay", form.cue)
    outer.agreement = form.agreement
    end = min(noun_phrase(sentence, first, sentence.end), middle)
    outer.source = (first, end) if end > first else subject_before(sentence, at)
    outer.gap = (first, middle)
    outer.content = [(middle + 1, inner.content[-1][1])]
    inner.via = outer
    if sentence.text(middle)[-1:] in sentence.lexicon.words["pronouns"]:
        told, inner.source = inner.source, None
        if middle == first:
            outer.source = told  # "relayed from him, the agency, that"
            if told:
                outer.content = [(told[1], inner.content[-1][1])]
    yield outer
    yield inner


def _relayed_document(sentence: Sentence, at: int, form: Form) -> Iterator[Draft]:
    """Read "A relayed a statement of B that says that P": what is relayed speaks itself."""
    first = at + 1
    stop = noun_phrase(sentence, first, sentence.end)
    documents = (word for word in range(first + 1, stop) if sentence.among(word, "documents"))
    document = next(documents, None)
    if document is None:
        return
    end = noun_phrase(sentence, document, sentence.end)
    if sentence.binds(end, sentence.lexicon.words["addressed"]):
        end = noun_phrase(sentence, end, sentence.end)  # "of the ministry"
    for verb in range(end, min(sentence.end, end + 4)):
        told = sentence.finite(verb)
        begin = opening(sentence, verb + 1, told.cue, limit=verb + 6) if told else None
        if told and begin and begin.how == "that":
            break
    else:
        return
    finish = content_end(sentence, begin)
    outer = Draft(at, [cue_span(sentence, at, at, sentence.reported(at).skip)], "relay", form.cue)
    outer.agreement, outer.source = form.agreement, (first, document)
    outer.content = [(document, finish)]
    inner = Draft(verb, [cue_span(sentence, verb, verb)], "relayed", told.cue, via=outer)
    inner.agreement, inner.source = told.agreement, (document, end)
    inner.content, inner.how, inner.gap = [(begin.content, finish)], "that", (verb, begin.at)
    yield outer
    yield inner


def quoting(sentence: Sentence, at: int, form: Form) -> Iterator[Draft]:
    """Read "A quoted B as saying that P": one draft for A, one for B."""
    first = at + 1
    for middle in range(first, min(sentence.end, first + 12)):
        saying = sentence.reported(middle + 1).part("participle")
        if sentence.among(middle, "as") and saying:
            break
    else:
        return
    first_said = middle + 2
    begin = opening(sentence, first_said, saying.cue, limit=middle + 6)
    if begin is None and first_said < sentence.end and sentence.tokens[first_said].word:
        begin = Opening(first_said, first_said, "clause")
    end = content_end(sentence, begin) if begin else 0
    if begin is None or end <= begin.content:
        return
    outer = Draft(at, [cue_span(sentence, at, at)], "relay", form.cue)
    group = verb_group(sentence, at, form.part)
    subject = subject_of(sentence, group.first).words
    outer.source, outer.content = subject, [(first, end)]
    inner = Draft(middle + 1, [cue_span(sentence, middle + 1, middle + 1)], "relayed", saying.cue)
    inner.source = (first, middle)
    inner.content = [(begin.content, end)]
    if group.passive and subject:
        agent = sentence.among(first, "agents") and middle > first + 1
        outer.source = (first + 1, middle) if agent else None
        outer.content = [subject, (middle, end)]
        inner.source = subject
    if group.passive and not outer.source:  # "was quoted as saying": by whom is not told
        inner.cue = [cue_span(sentence, at, middle + 1)]
        yield inner
    elif inner.source and inner.source[0] < inner.source[1]:
        inner.via = outer
        yield outer
        yield inner


def relayed_by_noun(sentence: Sentence, at: int, first: int, cue: list[Span]) -> Iterator[Draft]:
    """Read "A, quoting B's saying that P" where no verb stands: A relays B."""
    inner = relayed(sentence, first - 1)
    if inner is None:
        return
    start = sentence.start
    while start < at and sentence.among(start, "clauses", "auxiliaries"):
        start += 1
    end = noun_phrase(sentence, start, at)
    outer = Draft(at, cue, "relay", source=(start, end) if end > start else None)
    outer.content = [(first, inner.content[-1][1])]
    inner.via = outer
    yield outer
    yield inner


def relayed(sentence: Sentence, middle: int) -> Draft | None:
    """Read "from B (his saying) that P", where `middle` is the preposition: B's draft."""
    start = middle + 1
    end = noun_phrase(sentence, start, sentence.end)
    saying = _saying(sentence, start, end)
    begin = opening(sentence, start if saying is None else saying + 1, PLAIN)
    if saying is None and (begin is None or begin.at > end + 10 or begin.how == "quote"):
        begin = _clause(sentence, start, end) or begin
    if begin is None or (saying is None and begin.at > end + 10):
        return None
    cue = middle if saying is None else saying
    noun = sentence.reported(cue).part("masdar")
    finish = content_end(sentence, begin)
    if finish <= begin.content:
        return None
    draft = Draft(cue, [cue_span(sentence, cue, cue)], "relayed", noun.cue if noun else PLAIN)
    stop = min(end, begin.at if saying is None else saying)
    draft.source = (start, stop) if stop > start else None
    draft.content = [(begin.content, finish)]
    draft.gap = (start, begin.at)
    return draft


def _clause(sentence: Sentence, start: int, end: int) -> Opening | None:
    """Return where P begins in "A relayed from B, P": a verb right behind the comma."""
    for comma in range(start + 1, end + 1):
        verb = sentence.other(comma + 1) is not None
        if sentence.text(comma) in COMMAS and verb:
            return Opening(comma, comma + 1, "clause")
    return None


def _preposition(sentence: Sentence, first: int, form: Form) -> int | None:
    """Return the preposition before the one relayed."""
    for at in range(first, min(sentence.end, first + 24)):
        taken = sentence.text(at) in form.cue.takes and sentence.among(at, "prepositions")
        if taken or sentence.among(at, "relay"):
            return at
        if sentence.is_that(at) or sentence.text(at) in ".:":
            return None
    return None


def _saying(sentence: Sentence, start: int, end: int) -> int | None:
    """Return the verbal noun "his saying" after the one relayed, or None."""
    for at in range(start, min(sentence.end, end + 12)):
        word = sentence.reported(at)
        if word.part("masdar") and (word.pronoun or sentence.has_article(at)):
            return at
        said = sentence.words.reported(sentence.without_article(at)).part("masdar")
        if said and sentence.has_article(at) and sentence.is_that(at + 1):
            return at  # "attributed to B the saying that P"
    return None
