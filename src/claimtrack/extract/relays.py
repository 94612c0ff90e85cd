"""Relays in one sentence: A passes on what B said, so two attributions are read at once.

The outer one's content is all that A passes on, B's saying included; the inner one's is what B
said, and its `via` is the outer one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.extract.channels import names_channel
from claimtrack.extract.draft import Draft, Range, cue_span
from claimtrack.extract.endings import content_end
from claimtrack.extract.groups import closes, verb_group
from claimtrack.extract.lexicon import PLAIN, Form
from claimtrack.extract.openings import Opening, fronted, opening
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.extract.subject_phrases import inverted_subject, subject_of
from claimtrack.extract.subjects import subject_before
from claimtrack.model.span import Span

_CARRIED = 14
"""Tokens behind a verb within which it is told who carried the words."""


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
        masculine = sentence.written(middle).endswith(sentence.lexicon.written_pronouns)
        inner.agreement = "ms" if masculine else ""
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
    group = verb_group(sentence, at, form.part)
    subject = subject_of(sentence, group.first).words
    agent = _agent(sentence, first, middle) if group.passive else None
    behind = max(middle + 2, agent[1] if agent else 0)
    said = _said(sentence, behind, saying, subject)
    if said is None:
        return
    outer = Draft(at, [cue_span(sentence, at, at)], "relay", form.cue)
    inner = Draft(middle + 1, [cue_span(sentence, middle + 1, middle + 1)], "relayed", saying.cue)
    inner.content = [said]
    told = (middle, max(said[1], middle + 2))
    if group.passive:
        outer.source, inner.source = agent, subject
        front = [said] if said[1] <= at else []
        outer.content = [*front, subject, told] if subject else [told]
    else:
        outer.source, outer.content = subject, [(first, told[1])]
        if said[1] <= at:
            outer.content = [said, (first, middle + 2)]  # "P, A quoted B as saying"
        last = middle - (sentence.text(middle - 1) in COMMAS)
        inner.source = (first, last) if last > first else None
    if group.passive and not agent:  # "was quoted as saying": by whom is not told
        inner.cue = [cue_span(sentence, at, middle + 1)]
        yield inner
    elif group.passive or inner.source:
        inner.via = outer
        yield outer
        yield inner


def carried(sentence: Sentence, found: Sequence[Draft]) -> list[Draft]:
    """Return who carried what others said: "X said in a statement carried by Y that P" is Y's too.

    Each draft whose words another one carried is relayed by that one.
    """
    carriers: list[Draft] = []
    if sentence.words.phrases["carried"].keys().isdisjoint(sentence.spelt):
        return carriers
    for draft in found:
        if draft.pattern != "verb" or draft.via or not draft.content or not draft.source:
            continue
        first = draft.source[0] if draft.source[0] < draft.at else draft.at
        if sentence.among(sentence.start, "medium") and draft is found[0]:
            first = sentence.start  # "In a message broadcast by Y, X said that P"
        for at in range(first + 1, min(sentence.end, draft.at + _CARRIED)):
            outer = _carrier(sentence, draft, at)
            if outer:
                draft.via = outer
                carriers.append(outer)
                break
    return carriers


def _carrier(sentence: Sentence, draft: Draft, at: int) -> Draft | None:
    """Return Y in "in a statement carried by Y", where a channel is named right before."""
    size = sentence.phrase(at, "carried")
    if not size or not any(names_channel(sentence, word) for word in (at - 1, at - 2)):
        return None
    named = [*draft.content, *([draft.source] if draft.source else [])]
    outside = not any(start <= at < end for start, end in named)
    source = inverted_subject(sentence, at + size) if outside else None
    if source is None:
        return None
    outer = Draft(at, [cue_span(sentence, at, at + size - 1)], "relay", PLAIN, source=source)
    outer.content = list(draft.content)
    return outer


def _agent(sentence: Sentence, first: int, middle: int) -> Range | None:
    """Return A in "was quoted by A as saying", "was quoted as saying by A"."""
    if sentence.among(first, "agents") and middle > first + 1:
        return first + 1, middle
    behind = middle + 2
    return inverted_subject(sentence, behind + 1) if sentence.among(behind, "agents") else None


def _said(sentence: Sentence, first: int, saying: Form, before: Range | None) -> Range | None:
    """Return P behind "as saying", or before it all: ""P," B was quoted as saying"."""
    begin = opening(sentence, first, saying.cue, limit=first + 4)
    if before and closes(sentence, first) and (begin is None or begin.at > first + 1):
        return fronted(sentence, before[0])
    if begin is None and first < sentence.end and sentence.tokens[first].word:
        begin = Opening(first, first, "clause")
    end = content_end(sentence, begin) if begin else 0
    return (begin.content, end) if begin and end > begin.content else None


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
    at, stop = first, min(sentence.end, first + 24)
    while at < stop:
        taken = sentence.text(at) in form.cue.takes and sentence.among(at, "prepositions")
        if taken or sentence.among(at, "relay"):
            return at
        if sentence.is_that(at) or sentence.text(at) in ".:":
            return None
        at = sentence.quote_end(at) if sentence.opens_quote(at) else at + 1  # a name's letters
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
