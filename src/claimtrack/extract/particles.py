"""Particles: "according to X, P", "P, as X said", "A, citing B, said P"."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.extract.channels import names_channel
from claimtrack.extract.draft import Draft, Range, cue_span
from claimtrack.extract.endings import content_end, next_comma
from claimtrack.extract.groups import is_verb, past_channel, past_told
from claimtrack.extract.lexicon import PLAIN, Form, Particle
from claimtrack.extract.openings import Opening
from claimtrack.extract.phrases import LONGEST_NAME, noun_phrase
from claimtrack.extract.reading import CLOSING, COMMAS, DASHES, SEMICOLONS, STOPS, Sentence
from claimtrack.extract.relays import relayed_by_noun
from claimtrack.extract.resumed import waits
from claimtrack.extract.subject_first import document_after
from claimtrack.extract.subject_phrases import inverted_subject, past_apposition, past_named
from claimtrack.extract.subjects import housed
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Stance

LONGEST_QUOTED = 3
"""Words in marks that can be an outlet's name."""

LONGEST_SEAT = 5
"""Tokens of the place that a source stands in: "at the field"."""

LONGEST_TITLE = 9
"""Tokens of a title behind a name."""

_JOINT = 2
"""Tokens by which a clause begins behind a comma: "but", "after which"."""

LONGEST_FRONTED = 20
"""Tokens between a particle that begins a sentence and the comma that ends its source."""


def particle(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Yield what a particle that begins at a token introduces."""
    found = sentence.particle(at)
    if found is None or sentence.among(at - 1, "progressives", "negations"):
        return  # "was quoted by" is a verb, "without citing" withholds
    entry, last = found
    if sentence.among(at, "housing") and sentence.text(at - 1) not in COMMAS:
        return  # "the dead, in the view of X, are four", but "stands in the view of the guards"
    skip = len(sentence.text(at)) - len(sentence.bare(at))
    if entry.opens in ("verb", "parenthesis"):
        yield from _with_verb(sentence, (at, last), skip, entry)
        return
    wanted = entry.words[-1]
    if last - at == len(entry.words) and sentence.among(at + 1, "possessors"):
        yield from _whose(sentence, at, entry)
    elif last == at or sentence.text(last) == wanted:
        cue = [cue_span(sentence, at, last, skip)]
        yield from _with_source(sentence, at, last + 1, cue, entry)
    elif wanted in sentence.lexicon.words["bound"]:
        cue = [cue_span(sentence, at, last - 1, skip)]
        for draft in _with_source(sentence, at, last, cue, entry):
            draft.source_skip = len(wanted)
            yield draft
    else:  # "as he put it": a second cue of the attribution before
        yield Draft(at, [cue_span(sentence, at, last, skip)], "aside", stance=entry.stance)


def _whose(sentence: Sentence, at: int, entry: Particle) -> Iterator[Draft]:
    """Read "by his words, P": the pronoun between a particle's two words is its source."""
    cue = [cue_span(sentence, at, at), cue_span(sentence, at + 2, at + 2)]
    draft = Draft(at, cue, "particle", stance=entry.stance, source=(at + 1, at + 2))
    _set_scope(sentence, draft, at, at + 3)
    if draft.content:
        yield draft


def _source_end(sentence: Sentence, first: int) -> int:
    """Return where the source behind a particle ends, as far as its own words tell."""
    if sentence.lexicon.finite_endings:
        words = inverted_subject(sentence, first)
        end = words[1] if words else first
        sender = inverted_subject(sentence, end + 1) if sentence.among(end, "senders") else None
        end = sender[1] if sender else end  # "citing figures from the bank"
    else:
        end = noun_phrase(sentence, first, sentence.end)
    if end == first and sentence.opens_quote(first):
        end = sentence.quote_end(first)  # an agency's name in marks, at the end
        end = end if sentence.words_in(first, end) <= LONGEST_NAME else first
    elif end > first and sentence.opens_quote(end) and _is_name(sentence, end):
        end = sentence.quote_end(end)  # "sources of "the Courier""
    return end


def _with_source(
    sentence: Sentence, at: int, first: int, cue: list[Span], entry: Particle
) -> Iterator[Draft]:
    """Read "according to X, P" and "P, according to X"."""
    end = _source_end(sentence, first)
    if _before(sentence, at) is None:
        end = _fronted_source(sentence, first, end)
    elif _parts_subject(sentence, at):
        end = min(end, next_comma(sentence, first))
    if end <= first and _names_nobody(sentence, at, first, entry):
        draft = Draft(at, cue, "particle", stance=entry.stance)
        _set_scope(sentence, draft, at, first)
        if draft.content:
            yield draft
    if end <= first or _is_no_source(sentence, first):
        return
    relays = entry.opens == "relay"
    if relays and sentence.lexicon.order == "before":
        end = next((at for at in range(first + 1, end) if sentence.among(at, "name_heads")), end)
    if relays and sentence.reported(end).part("masdar"):
        yield from relayed_by_noun(sentence, at, first, cue)
        return
    if _before(sentence, at) is not None:
        end = _past_seat(sentence, _before_long(sentence, at, first, end))
        end = _past_title(sentence, past_apposition(sentence, end))
    draft = Draft(at, cue, "particle", stance=entry.stance, source=(first, end), relayed=relays)
    _set_scope(sentence, draft, at, end)
    if draft.content:
        yield draft


def _names_nobody(sentence: Sentence, at: int, first: int, entry: Particle) -> bool:
    """Tell whether "by first reports, P" names no source: an adjective and a comma, no more."""
    described = first - at == len(entry.words) + 1
    return described and sentence.text(first) in COMMAS | STOPS | {""}


def _parts_subject(sentence: Sentence, at: int) -> bool:
    """Tell whether a particle stands between commas right behind a subject: "P1, says X, P2"."""
    comma = at - 1
    short = sentence.words_in(sentence.start, at) <= _JOINT
    return sentence.text(comma) in COMMAS and short and sentence.has_article(sentence.start)


def _is_no_source(sentence: Sentence, first: int) -> bool:
    """Tell whether what follows "according to", its preposition joined or not, says nothing."""
    nobody, word = sentence.lexicon.words["not_sources"], sentence.text(first)
    joined = word[:1] in sentence.lexicon.words["bound"] and word[1:] in nobody
    return word in nobody or joined


def _past_seat(sentence: Sentence, end: int) -> int:
    """Return the end of "…, quoting a source at the field", where that ends a clause."""
    if not sentence.among(end, "seats"):
        return end
    stop = end + 1
    while stop < sentence.end and sentence.tokens[stop].word:
        timed = sentence.among(stop, "times", "prepositions") or names_channel(sentence, stop)
        if timed or is_verb(sentence, stop) or stop - end > LONGEST_SEAT:
            return end
        stop += 1
    closed = stop >= sentence.end or sentence.text(stop) in STOPS | COMMAS
    return stop if closed and stop > end + 1 else end


def _before_long(sentence: Sentence, at: int, first: int, end: int) -> int:
    """Return the comma that ends a source within a clause: an apposition there is short.

    "First, according to the police, a man with a torch opened the gate, which": what is longer is
    the clause that goes on.
    """
    if sentence.lexicon.order != "before" or sentence.text(at - 1) not in COMMAS:
        return end
    comma = next_comma(sentence, first)
    return comma if comma < end and end - comma > LONGEST_SEAT else end


def _past_title(sentence: Sentence, comma: int) -> int:
    """Return the end of "…, according to X, reporter of Y." where a title ends the sentence."""
    first = comma + 1
    if sentence.text(comma) not in COMMAS:
        return comma
    if not sentence.among(first, "heads", "open_heads", "titles"):
        return comma
    end = first
    while end < sentence.end and sentence.text(end) not in STOPS:
        acts = sentence.finite(end) or sentence.other_verb(end) or sentence.is_that(end)
        if acts or sentence.text(end) in COMMAS or end - first > LONGEST_TITLE:
            return comma
        end += 1
    return end


def _fronted_source(sentence: Sentence, first: int, end: int) -> int:
    """Return where the source ends in "according to X, P", where its noun phrase ends at `end`.

    A comma ends it, unless an apposition follows; where the main clause is marked as one ("…, so
    that P") everything up to there is the source.
    """
    cited = next((at for at in range(first + 1, end) if _is_relay(sentence, at)), end)
    if cited < end:
        return cited  # "according to media citing the police, P"
    for at in range(end, min(sentence.end - 1, first + LONGEST_FRONTED)):
        after = at + 1
        if sentence.finite(at) or sentence.is_that(at) or sentence.among(at, "relatives"):
            break
        resumes = sentence.text(after)[:1] in sentence.lexicon.words["resuming"]
        marked = sentence.is_that(after) or sentence.among(after, "auxiliaries")
        if sentence.text(at) in COMMAS:
            if resumes and marked:
                return at
            break
    comma = next((i for i in range(first, end) if sentence.text(i) in COMMAS), end)
    endings = tuple(sentence.lexicon.words["predicate_endings"])
    named = end - comma <= 5 and sentence.text(end) in COMMAS and comma + 1 < sentence.end
    acts = bool(endings) and sentence.text(comma + 1).endswith(endings)
    return end if named and not acts else comma


def _is_relay(sentence: Sentence, at: int) -> bool:
    found = sentence.particle(at)
    return found is not None and found[0].opens == "relay"


def _with_verb(
    sentence: Sentence, words: tuple[int, int], skip: int, entry: Particle
) -> Iterator[Draft]:
    """Read "according to what X said": particle and verb are one cue."""
    at, verb = words[0], words[1] + 1
    word = sentence.reported(verb)
    form = word.part("past", "present")
    if form is None or word.skip:
        return
    last = verb + 1 if sentence.among(verb + 1, "resumptives") else verb
    begun = _past_addressed(sentence, last + 1, form)
    told = past_named(sentence, past_told(sentence, begun))
    body = housed(sentence, told, verb) or _document_within(sentence, begun, form)
    nobody = sentence.is_impersonal(verb)
    if nobody and body is None:
        body, _ = document_after(sentence, last + 1, form.cue)  # "as follows from the report"
    behind = past_channel(sentence, begun)  # "as told in an interview with «The Courier» X"
    first, end = body or (behind, noun_phrase(sentence, behind, sentence.end))
    first = first if body else past_named(sentence, past_told(sentence, first))
    end = max(end, noun_phrase(sentence, first, sentence.end))
    after = past_channel(sentence, end)
    if sentence.lexicon.order == "before":
        after = _past_place(sentence, after)
    closed = _closes(sentence, after, form) or _closes(sentence, end, form)
    if entry.opens == "parenthesis" and not closed:
        return
    cue = [cue_span(sentence, at, last, skip)]
    if entry.opens == "parenthesis" and end == first and not nobody:
        # "as it claims": of who spoke before
        yield Draft(at, cue, "aside", form.cue, stance=form.cue.stance, gap=(at, end))
        return
    draft = Draft(verb, cue, "particle verb", form.cue, agreement=form.agreement)
    draft.stance = None if entry.stance is Stance.NEUTRAL else entry.stance
    draft.gap = (last + 1, begun) if begun > last + 1 else None
    draft.source = (first, _before_told(sentence, first, end)) if end > first else None
    inner_end = noun_phrase(sentence, end + 1, sentence.end)
    passes_on = (
        form.cue.takes & {"relay", "cites"} and sentence.among(end, "relay") and inner_end > end + 1
    )
    if passes_on:
        unnamed = sentence.among(inner_end, "negations")  # "from an officer whom it did not name"
        after = next_comma(sentence, inner_end) if unnamed else inner_end
    _set_scope(sentence, draft, at, after)
    if not draft.content:
        return
    yield draft
    if passes_on:
        inner = Draft(end, [cue_span(sentence, end, end)], "relayed", PLAIN, via=draft)
        inner.source = (end + 1, inner_end)
        inner.report(draft)
        yield inner


def _document_within(sentence: Sentence, at: int, form: Form) -> Range | None:
    """Return the document in "according to what it says in the ministry's letter": it speaks."""
    if "within" not in form.cue.takes or not sentence.among(at, "housing"):
        return None
    end = noun_phrase(sentence, at + 1, sentence.end)
    return (at + 1, end) if end > at + 1 else None


def _past_addressed(sentence: Sentence, at: int, form: Form) -> int:
    """Return where the speaker begins in "as told «The Courier» a source", "as said to it X".

    The token itself where nobody is told.
    """
    words, after = sentence.lexicon.words, at + 1
    if "person" in form.cue.takes and sentence.opens_quote(at):
        after = sentence.quote_end(at)
    elif sentence.text(at) in words["addressed"] and sentence.opens_quote(after):
        after = sentence.quote_end(after)
    elif not (sentence.binds(at, words["addressed"]) and names_channel(sentence, at)):
        return at
    elif sentence.opens_quote(after):
        after = sentence.quote_end(after)  # "to the paper «The Courier»"
    return after if sentence.among(after, "heads", "open_heads", "titles") else at


def _past_place(sentence: Sentence, end: int) -> int:
    """Return the comma behind "as X reports from the spot"; the end itself where none is near."""
    comma = next_comma(sentence, end)
    near = range(end, comma) if comma - end <= LONGEST_SEAT else range(0)
    led = sentence.among(end, "prepositions") and sentence.particle(end) is None
    acts = any(sentence.finite(at) or sentence.is_that(at) for at in near)
    return comma if led and near and comma < sentence.end and not acts else end


def _before_told(sentence: Sentence, first: int, end: int) -> int:
    """Return where the speaker ends in "as told a witness the agency"."""
    return next((at for at in range(first + 1, end) if sentence.among(at, "told")), end)


def _closes(sentence: Sentence, end: int, form: Form) -> bool:
    """Tell whether "as X said" ends where X does."""
    ends = end >= sentence.end or sentence.text(end) in COMMAS | STOPS | DASHES
    ends = ends or sentence.particle(end) is not None or sentence.phrase(end, "not_cues") > 0
    return form.cue.takes >= {"that", "quote"} and (ends or _ends_in_channel(sentence, end))


def _ends_in_channel(sentence: Sentence, at: int) -> bool:
    """Tell whether "in a statement that it issued" goes on to a comma or the sentence's end."""
    if not (sentence.among(at, "medium") and names_channel(sentence, at + 1)):
        return False
    stop = next_comma(sentence, at)
    return not any(sentence.is_that(word) or sentence.text(word) == ":" for word in range(at, stop))


def _set_scope(sentence: Sentence, draft: Draft, at: int, after: int) -> None:
    draft.content = _scope(sentence, at, after, relay=draft.relayed)
    if draft.content and draft.content[0][0] < at:
        first = draft.content[0][0]
        joined = _is_joined_verb(sentence, first) or _begins_joined(sentence, first)
        draft.content_skip = sentence.reported(first).skip or int(joined)


def _scope(sentence: Sentence, at: int, after: int, *, relay: bool = False) -> list[Range]:
    """Return the clause a particle speaks of.

    What follows it at a sentence's beginning; what stands around it between a reporting verb and
    its content (of "A said, citing B, that P" only P); else what precedes it.
    """
    before = _before(sentence, at)
    if sentence.lexicon.order == "before" and _is_relay(sentence, after):
        after = next_comma(sentence, after)  # "P1, as A reports citing B, P2"
    comma = sentence.text(after) in COMMAS
    resumed = after + 1 if comma else _past_clause(sentence, after)
    following = _following(sentence, resumed)
    if before is None:
        return following
    start, end = before
    while end > start and (
        sentence.text(end - 1) in COMMAS | DASHES
        or (sentence.text(end - 2) in COMMAS and sentence.among(end - 1, "relatives"))
    ):
        end -= 1  # "P, which, citing B, A reported"
    if relay and sentence.particle(start) and following:
        return following  # "according to media citing the police, P"
    said = any(sentence.finite(word) for word in range(start, min(end, start + 12)))
    opened = any(sentence.is_that(word) or _is_speech(sentence, word) for word in range(start, end))
    if said and not opened and following and _opens(sentence, resumed):
        return following if relay else [(start, end), *following]
    apart = sentence.text(at - 1) in COMMAS and comma
    if apart and following and not relay:
        begun = _begun_behind(sentence, start, end)
        if begun is not None:
            return [*([begun] if begun[1] > begun[0] else []), *following]
    goes_on = apart and (
        sentence.among(resumed, "prepositions") or sentence.among(end - 1, "clauses")
    )  # "as for P1, it is, in the view of X, P2"
    goes_on = goes_on and not names_channel(sentence, resumed + 1)
    goes_on = goes_on or (apart and waits(sentence, (start, end), resumed))
    if (goes_on or (end - start <= 3 and comma)) and following and not relay:
        return [(start, end), *following]  # "P1, as X says, P2", "will lead, X says, to P2"
    return [(start, end)] if end > start else []


def _begun_behind(sentence: Sentence, start: int, end: int) -> Range | None:
    """Return the beginning of the clause in "P1, after which, as X says, P2"; empty for "but".

    None where the particle stands in the middle of a clause, or in its first one.
    """
    comma = next((at for at in range(end - 1, start, -1) if sentence.text(at) in COMMAS), None)
    if comma is None or not 0 < end - comma - 1 <= _JOINT:
        return None
    first = comma + 1
    if sentence.among(first, "joining"):
        return (end, end) if end == first + 1 else (first + 1, end)
    led = sentence.among(first, "relatives", "clauses", "prepositions")
    return (first, end) if led and sentence.among(end - 1, "relatives", "clauses") else None


def _past_clause(sentence: Sentence, at: int) -> int:
    """Return where P opens in "said, citing a document it had seen, that P"; else `at`."""
    behind = next_comma(sentence, at) + 1
    return behind if behind - at <= LONGEST_TITLE and _opens(sentence, behind) else at


def _is_speech(sentence: Sentence, at: int) -> bool:
    """Tell whether a quotation that begins here is no name."""
    return sentence.opens_quote(at) and sentence.words_in(at, sentence.quote_end(at)) >= 4


def _is_name(sentence: Sentence, at: int) -> bool:
    """Tell whether what is in marks is a name that ends a clause."""
    end = sentence.quote_end(at)
    closes = end >= sentence.end or sentence.text(end) in STOPS | COMMAS
    return closes and sentence.words_in(at, end) <= LONGEST_QUOTED


def _opens(sentence: Sentence, at: int) -> bool:
    return sentence.is_that(at) or sentence.opens_quote(at) or sentence.text(at) == ":"


def _following(sentence: Sentence, start: int) -> list[Range]:
    start = _past_citation(sentence, _past_relative(sentence, _past_passive(sentence, start)))
    while start < sentence.end and (
        sentence.text(start) in COMMAS
        or sentence.text(start) == ":"
        or sentence.is_that(start)
        or (sentence.among(start, "auxiliaries") and sentence.lexicon.order != "before")
    ):
        start += 1
    if start >= sentence.end:
        return []
    end = content_end(sentence, Opening(start, start, "that"))
    return [(start, end)] if sentence.words_in(start, end) else []


def _past_passive(sentence: Sentence, start: int) -> int:
    """Return where the main clause begins in "according to a report, seen by X, P"."""
    comma = next_comma(sentence, start)
    remark = sentence.among(start + 1, "agents") and comma - start <= LONGEST_TITLE
    return comma + 1 if remark and comma < sentence.end else start


def _past_relative(sentence: Sentence, start: int) -> int:
    """Return where the main clause begins in "according to X, which has a video, P"."""
    if not sentence.among(start, "relatives"):
        return start
    for at in range(start + 1, sentence.end - 1):
        following = at + 1
        marked = sentence.is_that(following) or sentence.among(following, "auxiliaries")
        if sentence.text(at) in COMMAS and (marked or sentence.lexicon.finite_endings):
            return following
    return start


def _past_citation(sentence: Sentence, start: int) -> int:
    """Return where the main clause begins in "as A reports, citing B, P"."""
    cited = sentence.particle(start)
    if cited is None or not _is_relay(sentence, start):
        return start
    return noun_phrase(sentence, cited[1] + 1, sentence.end)


def _before(sentence: Sentence, at: int) -> Range | None:
    """Return the clause before a particle; None when it begins the sentence, or "that …"."""
    that = at - 1 - (sentence.text(at - 1) in COMMAS)  # "that, according to X, P"
    if sentence.is_that(that) and sentence.finite(at) is None:
        return None
    first = _clause_before(sentence, at)
    start = first + sentence.phrase(first, "adverbials")
    while start < at and (
        (not sentence.tokens[start].word and not sentence.opens_quote(start))
        or (start == first and sentence.among(start, "clauses"))
    ):
        start += 1
    if at - start < 2:
        return None
    inside = sentence.page.inside
    for word in range(at - 3, start, -1):
        if sentence.text(word - 1) not in COMMAS or inside[word] != inside[at]:
            continue
        if sentence.among(word, "clauses") and _reports(sentence, start, word):
            return word + 1, at
        if _is_joined_verb(sentence, word) and sentence.text(word - 2) in CLOSING:
            return word, at  # "… said: "P", and this will, X says, lead to Q"
    return start, at


def _clause_before(sentence: Sentence, at: int) -> int:
    """Return where the clause of a particle begins: behind a semicolon, or a colon right before it.

    Where verbs stand first, clauses that such marks part go on with one another.
    """
    if sentence.lexicon.order != "before":
        return sentence.start
    if sentence.text(at - 1) == ":":
        return at
    inside = sentence.page.inside
    near = (mark for mark in range(at - 1, sentence.start, -1) if inside[mark] == inside[at])
    return next((mark + 1 for mark in near if sentence.text(mark) in SEMICOLONS), sentence.start)


def _begins_joined(sentence: Sentence, at: int) -> bool:
    """Tell whether "and" is joined to the first word of a sentence, as far as one can see."""
    text, words = sentence.text(at), sentence.lexicon.words
    if at != sentence.start or text[:1] not in words["proclitics"] or text in words["unjoined"]:
        return False
    known = sentence.bare(at) != text or text[1:] in words["never"]
    return known or sentence.other(at) is not None or sentence.has_article(at)


def _is_joined_verb(sentence: Sentence, at: int) -> bool:
    joined = sentence.text(at)[:1] in sentence.lexicon.words["proclitics"]
    return joined and sentence.other_verb(at)


def _reports(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a report of its own stands in a range."""
    return any(sentence.finite(word) for word in range(start, end))
