"""The rules: each reads a sentence and yields drafts of attributions."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.extract.contents import (
    Opening,
    bound_opening,
    clause_opening,
    content_end,
    fronted,
    opening,
    particle_at,
)
from claimtrack.extract.draft import Draft, Range
from claimtrack.extract.lexicon import Cue, Form, Particle
from claimtrack.extract.phrases import clause_start, noun_phrase, split_object
from claimtrack.extract.reading import COMMAS, DASHES, STOPS, Sentence
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Assertion, Channel, Stance


MUTE = "mute"
"""A reporting verb without content: no attribution, but its subject may be an antecedent."""


def drafts(sentence: Sentence) -> Iterator[Draft]:
    """Yield what every rule finds in a sentence, cue by cue."""
    at = sentence.start
    headline = None if sentence.phrase(at, "not_cues") else _colon(sentence)
    if headline:
        yield headline
    used: set[int] = set()
    while at < sentence.end:
        skip = sentence.phrase(at, "not_cues")
        if skip:
            at += skip
            continue
        if at not in used:
            for found in _at(sentence, at):
                used.update(_tokens(sentence, found))
                yield found
        at += 1


def _tokens(sentence: Sentence, draft: Draft) -> Iterator[int]:
    """Yield the tokens of a draft's cue."""
    for span in draft.cue:
        at = draft.at
        while at >= sentence.start and sentence.tokens[at].end > span.start:
            yield at
            at -= 1
        at = draft.at + 1
        while at < sentence.end and sentence.tokens[at].start < span.end:
            yield at
            at += 1


def _at(sentence: Sentence, at: int) -> Iterator[Draft]:
    label = _label(sentence, at)
    if label:
        yield label
        return
    particle = list(_particle(sentence, at))
    if particle:
        yield from particle
        return
    word = sentence.reported(at)
    if _is_noun(sentence, at):
        found = _noun(sentence, at)
        if found:
            yield found
        return
    if word.part("participle") and sentence.among(at - 1, "progressives"):
        yield from _verb(sentence, at)
        return
    if word.part("participle") and not word.part("past", "present"):
        found = _participle(sentence, at)
        if found:
            yield found
            return
    if word.part("past", "present"):
        yield from _verb(sentence, at)
        return
    if word.part("masdar") and word.pronoun:
        found = _possessed_noun(sentence, at)
        if found:
            yield found
        return
    found = _alleged(sentence, at) or _noun(sentence, at)
    if found:
        yield found


def _is_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether a determiner or possessive makes a verb's form a noun ("the claim that")."""
    before = sentence.text(at - 1)
    return sentence.among(at - 1, "determiners") or before.endswith(("'s", "’s"))


def _alleged(sentence: Sentence, at: int) -> Draft | None:
    """Read "the alleged site": the reporter keeps away from the noun."""
    if not sentence.among(at, "alleged") or at == sentence.start:
        return None
    draft = Draft(at, [cue_span(sentence, at, at)], "label", stance=Stance.DISTANCING)
    draft.content = [(at - 1, at)]
    return draft


def cue_span(sentence: Sentence, first: int, last: int, skip: int = 0) -> Span:
    """Return the span of cue tokens first to last (inclusive), without a proclitic."""
    span = sentence.page.span(first, last + 1)
    return Span(span.start + skip, span.end)


# -- finite verbs


def _verb(sentence: Sentence, at: int) -> Iterator[Draft]:
    word = sentence.reported(at)
    form = _reading(sentence, at)
    if form is None or _negated(sentence, at):
        return
    cue = form.cue
    if "relay" in cue.takes:
        yield from _relay_verb(sentence, at, form)
        return
    if word.pronoun and not cue.takes & {"object", "addressee", "person"}:
        return
    first = at + 1
    cues = [cue_span(sentence, at, at, word.skip)]
    joined = sentence.reported(first)
    saying = joined.part("participle", "present")
    if saying and "that" in saying.cue.takes and not joined.skip and _said(saying):
        cues = [cue_span(sentence, at, first, word.skip)]
        first += 1
    if sentence.lexicon.order == "before":
        found = _spoken(sentence, at, first, form)
        if found:
            found.cue = cues
            yield found
        return
    read = _clause(sentence, at, first, form)
    if read is None:
        subject = noun_phrase(sentence, first, sentence.end)
        if subject > first and not word.pronoun and cue.takes & {"that", "quote"}:
            yield Draft(at, cues, MUTE, cue, source=(first, subject), agreement=form.agreement)
        return
    source, begin = read
    draft = Draft(at, cues, "verb", cue, source=source, agreement=form.agreement)
    end = content_end(sentence, begin)
    if end <= begin.content:
        return
    draft.content = [(begin.content, end)]
    draft.gap = (first, begin.at)
    yield draft


def _spoken(sentence: Sentence, at: int, first: int, form: Form) -> Draft | None:
    """Read a verb where subjects stand first: "X said that P", ""P," X said", ""P," said X"."""
    cue = form.cue
    draft = Draft(at, [], "verb", cue, agreement=form.agreement)
    impersonal = sentence.text(at) in sentence.lexicon.words["impersonal"]
    before = None if impersonal else _subject_before(sentence, at)
    left = before[0] if before else at
    front = fronted(sentence, left) if cue.takes & {"quote", "that"} else None
    source, follows = before, first
    if impersonal:
        if sentence.among(first, "medium"):
            end = noun_phrase(sentence, first + 1, sentence.end)
            source, follows = ((first + 1, end), end) if end > first + 1 else (None, first)
    elif before is None or (front and front[1] == before[1]):
        end = noun_phrase(sentence, first, sentence.end)
        if front and end > first and not sentence.is_that(first):
            source, follows = (first, end), end
    draft.source = source
    begin = _begin(sentence, follows, follows, cue, "")
    if begin and begin.how == "that" and "clause" in cue.takes and begin.at > follows:
        between = range(follows, begin.at)
        if not sentence.among(follows, "prepositions", "times") or len(between) > 8:
            begin = None
    if begin and begin.how == "quote" and "clause" in cue.takes and begin.at > follows + 1:
        begin = None  # the quotation is only part of what was said
    if begin is None and front is None and "clause" in cue.takes and source:
        begin = clause_opening(sentence, follows, cue)
    if front and (begin is None or begin.how != "quote"):
        if begin is None or not _near(sentence, begin, follows):
            draft.content = [front, *_resumed(sentence, front, follows)]
            return draft
    if begin is None:
        return None
    stop = content_end(sentence, begin)
    draft.gap = (first, begin.at)
    draft.content = [(begin.content, stop)] if stop > begin.content else []
    if front and begin.how == "quote":
        draft.content.insert(0, front)
    return draft if draft.content else None


def _resumed(sentence: Sentence, front: Range, follows: int) -> list[Range]:
    """Return the rest of a clause that a parenthesis interrupts: "P1, X insisted, P2"."""
    if sentence.opens_quote(front[0]) or sentence.text(follows) not in COMMAS:
        return []
    start = follows + 1
    while sentence.text(start) in DASHES:
        start += 1
    short = front[1] - front[0] <= 4 and not sentence.reported(start).forms
    if not short or start >= sentence.end or particle_at(sentence, start):
        return []
    end = content_end(sentence, Opening(start, start, "clause"))
    return [(start, end)] if end > start else []


def _near(sentence: Sentence, begin: Opening, follows: int) -> bool:
    return begin.at <= follows + 1


def _clause(
    sentence: Sentence, at: int, first: int, form: Form
) -> tuple[Range | None, Opening] | None:
    """Return a verb's source, if the sentence has one, and where its content begins."""
    cue = form.cue
    pronoun = sentence.reported(at).pronoun
    if sentence.text(at) in sentence.lexicon.words["impersonal"] and sentence.is_that(first):
        return None, Opening(first, first + 1, "that")
    before = _subject_before(sentence, at)
    bound = cue.takes & sentence.lexicon.words["bound"]
    if before and (pronoun or cue.takes & {"object", "addressee"}):
        begin = _begin(sentence, first, first, cue, pronoun)
        return (before, begin) if begin else None
    end = first
    if not sentence.binds(first, bound):
        end = noun_phrase(sentence, first, sentence.end, bound)
    begin = _begin(sentence, first, end, cue, pronoun)
    if begin is None:
        return None
    end = min(end, begin.at)
    return ((first, end) if end > first and not pronoun else before), begin


_FINITE = ("past", "present")


def _said(form: Form) -> bool:
    return form.cue.takes >= {"that", "quote"} and form.cue.assertion is Assertion.ASSERT


def _reading(sentence: Sentence, at: int) -> Form | None:
    """Return the reading of an ambiguous form whose content is there, else the first one."""
    parts = ("past", "present", "participle") if sentence.among(at - 1, "progressives") else _FINITE
    forms = [form for form in sentence.reported(at).forms if form.part in parts]
    for form in forms:
        if len(forms) > 1 and opening(sentence, at + 1, form.cue, limit=at + 12):
            return form
    return forms[0] if forms else None


def _negated(sentence: Sentence, at: int) -> bool:
    if sentence.reported(at).skip:
        return False
    form = sentence.finite(at)
    subjunctive = sentence.is_that(at - 1) and form is not None and form.part == "present"
    return subjunctive or sentence.among(at - 1, "negations")


def _begin(
    sentence: Sentence, first: int, subject_end: int, cue: Cue, pronoun: str
) -> Opening | None:
    """Return where the content of a verb begins."""
    if "blame" in cue.takes:
        return _blame(sentence, first, subject_end)
    if "claim" in cue.takes or "accusation" in cue.takes:
        return _claim_noun(sentence, first, cue)
    near = opening(sentence, first, cue)
    stop = subject_end + (1 if pronoun else 6)
    bound = bound_opening(sentence, max(first, subject_end), stop, cue)
    if bound and (near is None or bound.at < near.at) and "addressee" not in cue.takes:
        return bound
    if pronoun and not cue.takes & {"person", "addressee"}:
        return None
    if "addressee" in cue.takes and not pronoun and (near is None or near.how != "quote"):
        return _addressee(sentence, first, subject_end, near)
    if near:
        return near
    return _object(sentence, first, subject_end) if "object" in cue.takes else None


def _blame(sentence: Sentence, first: int, subject_end: int) -> Opening | None:
    for at in range(first, min(sentence.end, first + 14)):
        if sentence.among(at, "blame"):
            return _addressee(sentence, first, min(subject_end, at), None)
    return None


def _claim_noun(sentence: Sentence, first: int, cue: Cue) -> Opening | None:
    for at in range(first, min(sentence.end, first + 10)):
        text = sentence.text(at)
        noun = sentence.lexicon.nouns.get(text) or sentence.lexicon.nouns.get(text[2:])
        if noun and "claim" in cue.takes and noun.stance is Stance.DISTANCING:
            return Opening(at, at, "object")
    return opening(sentence, first, cue) if "quote" in cue.takes else None


def _addressee(
    sentence: Sentence, first: int, subject_end: int, near: Opening | None
) -> Opening | None:
    """Return where "the accused of the charge" begins: after the subject, before both."""
    split = split_object(sentence, first, subject_end)
    at = _past_parenthesis(sentence, split)
    if split == at == subject_end > first and not (near and near.at == at):
        return Opening(first, first, "addressee")  # one noun phrase alone is the accused
    if at >= sentence.end or sentence.text(at) in COMMAS:
        return near
    if sentence.among(at, "prepositions") and near and near.at == at:
        return near
    if near and at > near.at:
        return near
    return Opening(at, at, "addressee")


def _object(sentence: Sentence, first: int, subject_end: int) -> Opening | None:
    split = split_object(sentence, first, subject_end)
    at = _past_parenthesis(sentence, split)
    if split == at == subject_end > first and not sentence.among(at, "times"):
        after = _past_adjunct(sentence, at)
        if after:
            return Opening(after, after, "object")
        return Opening(first, first, "object")  # one noun phrase alone is the object
    while at < sentence.end and sentence.among(at, "times"):
        at += 1
    if at >= sentence.end or not (sentence.tokens[at].word or sentence.opens_quote(at)):
        return None
    if sentence.among(at, "clauses", "relatives", "negations"):
        return None
    if sentence.among(at, "prepositions"):
        return None
    return Opening(at, at, "object")


def _past_adjunct(sentence: Sentence, at: int) -> int | None:
    """Return where an object begins after "subject in a place"; None when none follows."""
    if not sentence.among(at, "prepositions"):
        return None
    for after in range(at + 2, min(at + 4, sentence.end)):
        noun = sentence.tokens[after].word and not sentence.has_article(after)
        if noun and sentence.among(after, "heads") or sentence.reported(after).part("masdar"):
            return after
    return None


def _past_parenthesis(sentence: Sentence, at: int) -> int:
    """Return the token after ", in a speech," where a comma opens and another closes one."""
    if sentence.text(at) not in COMMAS:
        return at
    for end in range(at + 2, min(sentence.end, at + 14)):
        if sentence.text(end) in COMMAS:
            return end + 1
        if sentence.finite(end):
            break
    return at


def _subject_before(sentence: Sentence, at: int) -> Range | None:
    """Return the noun phrase before a verb, when it begins the clause."""
    if sentence.reported(at).skip:
        return None
    last = at
    while last > sentence.start and sentence.among(last - 1, "auxiliaries"):
        last -= 1
    start = clause_start(sentence, last, sentence.start)
    if sentence.text(last - 1) in COMMAS:
        start = _over_apposition(sentence, last - 1)
        last -= 1
        if not _closed_by_comma(sentence, start, last):
            return None
    if sentence.is_that(start - 1) and sentence.bare(start - 1) not in sentence.lexicon.that_alone:
        return None  # the complementiser's pronoun is the subject
    while start < last and (
        sentence.among(start, "auxiliaries", "clauses")
        or not sentence.tokens[start].word
        and not sentence.opens_quote(start)
    ):
        start += 1
    if start >= last or sentence.among(start, "prepositions", "times", "negations", "relatives"):
        return None
    if any(sentence.among(word, "relatives") for word in (last - 1, last)):
        return None
    if any(
        sentence.finite(word) and not sentence.reported(word).pronoun for word in range(start, last)
    ):
        return None
    for word in range(start + 1, last):
        if particle_at(sentence, word) and sentence.text(word - 1) in COMMAS:
            last = word - 1  # "the Courier, citing an officer, said"
            break
    if sentence.lexicon.order == "before":
        while last > start and (
            sentence.among(last - 1, "times") or not sentence.tokens[last - 1].word
        ):
            last -= 1
        return (start, last) if 0 < last - start <= 16 else None
    end = noun_phrase(sentence, start, last)
    if sentence.is_that(start - 1) and end > start:
        return start, last
    return (start, end) if end > start and last - end <= 8 else None


def _closed_by_comma(sentence: Sentence, start: int, last: int) -> bool:
    """Tell whether the comma before a verb closes an apposition, or an auxiliary stands first."""
    return sentence.among(start, "auxiliaries") or any(
        sentence.text(at) in COMMAS for at in range(start, last)
    )


def _over_apposition(sentence: Sentence, comma: int) -> int:
    inner = clause_start(sentence, comma, sentence.start)
    if sentence.text(inner - 1) in COMMAS and comma - inner <= 9:
        return clause_start(sentence, inner - 1, sentence.start)
    return inner


# -- relays


def _relay_verb(sentence: Sentence, at: int, form: Form) -> Iterator[Draft]:
    """Read "A relayed from B his saying that P": one draft for A, one for B."""
    word = sentence.reported(at)
    first = at + 1
    outer_end = noun_phrase(sentence, first, sentence.end)
    for middle in range(first, min(sentence.end, first + 24)):
        if sentence.among(middle, "relay") or (
            sentence.text(middle) in form.cue.takes and sentence.among(middle, "prepositions")
        ):
            break
        if sentence.is_that(middle) or sentence.text(middle) in ".:":
            return
    else:
        return
    outer = Draft(at, [cue_span(sentence, at, at, word.skip)], "relay", form.cue)
    outer.agreement = form.agreement
    outer.source = (first, min(outer_end, middle)) if min(outer_end, middle) > first else None
    if outer.source is None:
        outer.source = _subject_before(sentence, at)
    inner = _relayed(sentence, middle, middle)
    if inner is None:
        return
    inner.via = outer
    outer.gap = (first, middle)
    start = middle + 1
    outer.content = [(start, inner.content[-1][1])]
    yield outer
    yield inner


def _relayed(sentence: Sentence, middle: int, cue_at: int) -> Draft | None:
    """Read "from B (his saying) that P" where `middle` is the preposition."""
    start = middle + 1
    end = noun_phrase(sentence, start, sentence.end)
    saying = next(
        (
            at
            for at in range(start, min(sentence.end, end + 12))
            if sentence.reported(at).part("masdar")
            and (sentence.reported(at).pronoun or sentence.has_article(at))
        ),
        None,
    )
    meaning = _plain(sentence)
    begin = opening(sentence, saying + 1 if saying else start, meaning)
    if begin is None or (saying is None and begin.at > end + 10):
        return None
    cue = saying if saying is not None else cue_at
    if saying is not None:
        form = sentence.reported(saying).part("masdar")
        meaning = form.cue if form else meaning
    draft = Draft(cue, [cue_span(sentence, cue, cue)], "relayed", meaning)
    stop = min(end, begin.at, saying if saying is not None else begin.at)
    draft.source = (start, stop) if stop > start else None
    finish = content_end(sentence, begin)
    if finish <= begin.content:
        return None
    draft.content = [(begin.content, finish)]
    draft.gap = (start, begin.at)
    return draft


def _plain(sentence: Sentence) -> Cue:
    del sentence
    return Cue(
        "", Assertion.ASSERT, Stance.NEUTRAL, Channel.NONE_STATED, frozenset({"that", "quote"})
    )


# -- participles and nouns


def _participle(sentence: Sentence, at: int) -> Draft | None:
    word = sentence.reported(at)
    form = word.part("participle")
    if form is None or sentence.has_article(at):
        return None
    cue = form.cue
    if sentence.among(at - 1, "prepositions") or word.pronoun:
        return None
    begin = opening(sentence, at + 1, cue, limit=at + 7)
    bound = bound_opening(sentence, at + 1, at + 4, cue)
    if bound and (begin is None or bound.at < begin.at):
        begin = bound
    after_comma = sentence.text(at - 1) in COMMAS
    if "addressee" in cue.takes and after_comma and (begin is None or begin.how != "that"):
        begin = Opening(at + 1, at + 1, "addressee")
    if begin is None and after_comma and "object" in cue.takes:
        begin = Opening(at + 1, at + 1, "object")
    if begin is None and after_comma and _said(form):
        begin = Opening(at + 1, at + 1, "object")
    if begin is None or begin.content >= sentence.end:
        return None
    end = content_end(sentence, begin)
    draft = Draft(at, [cue_span(sentence, at, at, word.skip)], "participle", cue)
    draft.agreement = form.agreement
    draft.content = [(begin.content, end)]
    draft.gap = (at + 1, begin.at)
    return draft if end > begin.content else None


def _possessed_noun(sentence: Sentence, at: int) -> Draft | None:
    """Read "his assertion that P"."""
    word = sentence.reported(at)
    form = word.part("masdar")
    if form is None or not sentence.is_that(at + 1):
        return None
    begin = Opening(at + 1, at + 2, "that")
    end = content_end(sentence, begin)
    draft = Draft(at, [cue_span(sentence, at, at, word.skip)], "noun", form.cue)
    draft.content = [(begin.content, end)]
    return draft if end > begin.content else None


def _noun(sentence: Sentence, at: int) -> Draft | None:
    """Read "the accusations of X against Y of Z"."""
    text = sentence.bare(at)
    skip = 0
    cue = sentence.lexicon.nouns.get(text)
    if cue is None and text[:1] in sentence.lexicon.words["proclitics"]:
        cue, skip = sentence.lexicon.nouns.get(text[1:]), 1
    if cue is None:
        return None
    if any(sentence.finite(word) for word in range(max(sentence.start, at - 5), at - 1)):
        medium = sentence.among(at - 1, "medium") or sentence.among(at - 2, "medium")
        if medium:
            return None  # "said in a statement that": the verb is the cue
    first = at + 1
    bound = cue.takes & sentence.lexicon.words["bound"]
    end = (
        first
        if _opens_here(sentence, first, cue)
        else noun_phrase(sentence, first, sentence.end, bound)
    )
    begin = bound_opening(sentence, end, end + 1, cue)
    if begin is None:
        begin = opening(sentence, end, cue, limit=end + 1)
    if begin is None or begin.how == "quote":
        return None
    draft = Draft(at, [cue_span(sentence, at, at, skip)], "noun", cue)
    stop = min(end, begin.at)
    draft.source = (first, stop) if stop > first else _possessor(sentence, at)
    finish = min(content_end(sentence, begin), _comma(sentence, begin.content))
    draft.content = [(begin.content, finish)]
    return draft if finish > begin.content else None


def _possessor(sentence: Sentence, at: int) -> Range | None:
    """Return the owner before a noun: "the general's claim"."""
    if not sentence.text(at - 1).endswith(("'s", "’s")):
        return None
    start = clause_start(sentence, at, sentence.start)
    while start < at and sentence.among(start, "clauses", "prepositions"):
        start += 1
    return (start, at) if start < at else None


def _opens_here(sentence: Sentence, at: int, cue: Cue) -> bool:
    return opening(sentence, at, cue, limit=at + 1) is not None


def _comma(sentence: Sentence, start: int) -> int:
    at = start
    while at < sentence.end:
        if sentence.opens_quote(at):
            at = max(at + 1, sentence.quote_end(at))
        elif sentence.text(at) in COMMAS:
            return at
        else:
            at += 1
    return sentence.end


# -- particles


def _particle(sentence: Sentence, at: int) -> Iterator[Draft]:
    found = particle_at(sentence, at)
    if found is None:
        return
    particle, last = found
    skip = len(sentence.text(at)) - len(sentence.bare(at))
    wanted = particle.words[-1]
    if particle.opens in ("verb", "parenthesis"):
        yield from _particle_verb(sentence, at, last, skip, particle)
    elif last > at and sentence.text(last) != wanted:
        if len(wanted) > 1:
            yield Draft(at, [cue_span(sentence, at, last, skip)], "aside", stance=particle.stance)
        else:
            cue = [cue_span(sentence, at, last - 1, skip)]
            yield from _sourced(sentence, at, last, cue, particle)
    else:
        yield from _sourced(sentence, at, last + 1, [cue_span(sentence, at, last, skip)], particle)


def _sourced(
    sentence: Sentence, at: int, first: int, cue: list[Span], particle: Particle
) -> Iterator[Draft]:
    """Read "according to X, P" and "P, according to X"."""
    end = noun_phrase(sentence, first, sentence.end)
    if _words_before(sentence, at) is None:  # "According to X, P": the comma ends the source
        end = next((i for i in range(first, end) if sentence.text(i) in COMMAS), end)
    if end <= first or sentence.among(first, "not_sources"):
        return
    if particle.opens == "relay" and sentence.reported(end).part("masdar"):
        yield from _relayed_by_noun(sentence, at, first, cue)
        return
    draft = Draft(at, cue, "particle", stance=particle.stance, source=(first, end))
    draft.relayed = particle.opens == "relay"
    draft.content = _scope(sentence, at, end, relay=particle.opens == "relay")
    if draft.content:
        yield draft


def _relayed_by_noun(sentence: Sentence, at: int, first: int, cue: list[Span]) -> Iterator[Draft]:
    """Read "A, quoting B's saying that P" where no verb stands: A relays B."""
    inner = _relayed(sentence, first - 1, first - 1)
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


def _scope(sentence: Sentence, at: int, after: int, *, relay: bool = False) -> list[Range]:
    """Return the clause a particle speaks of.

    What follows it at a sentence's beginning; what stands around it between a reporting verb and
    its content (of "A said, citing B, that P" only P); else what precedes it.
    """
    before = _words_before(sentence, at)
    resumed = after + 1 if sentence.text(after) in COMMAS else after
    following = _following(sentence, resumed)
    if before is None:
        return following
    start, end = before
    while end > start and sentence.text(end - 1) in COMMAS | DASHES:
        end -= 1
    said = any(sentence.finite(word) for word in range(start, min(end, start + 12)))
    opened = any(sentence.is_that(word) or sentence.opens_quote(word) for word in range(start, end))
    if said and not opened and following and _opens_content(sentence, resumed):
        return following if relay else [(start, end), *following]
    if end - start <= 3 and following and sentence.text(after) in COMMAS and not relay:
        return [(start, end), *following]  # "P1, as X says, P2"
    return [(start, end)] if end > start else []


def _opens_content(sentence: Sentence, at: int) -> bool:
    return sentence.is_that(at) or sentence.opens_quote(at) or sentence.text(at) == ":"


def _following(sentence: Sentence, start: int) -> list[Range]:
    while start < sentence.end and (
        sentence.text(start) in COMMAS
        or sentence.text(start) == ":"
        or sentence.is_that(start)
        or sentence.among(start, "auxiliaries")
    ):
        start += 1
    if start >= sentence.end:
        return []
    end = content_end(sentence, Opening(start, start, "that"))
    return [(start, end)] if end > start else []


def _words_before(sentence: Sentence, at: int) -> Range | None:
    """Return the range of the sentence before a particle; None when it begins the sentence."""
    start = sentence.start
    while start < at and (
        not sentence.tokens[start].word
        and not sentence.opens_quote(start)
        or sentence.among(start, "clauses")
        and start == sentence.start
    ):
        start += 1
    if at - start < 2:
        return None
    for word in range(at - 3, start, -1):
        joined = sentence.text(word - 1) in COMMAS and sentence.among(word, "clauses", "comments")
        if joined and sentence.page.inside[word] == sentence.page.inside[at]:
            return word + 1, at
    return start, at


def _particle_verb(
    sentence: Sentence, at: int, last: int, skip: int, particle: Particle
) -> Iterator[Draft]:
    """Read "according to what X said": particle and verb are one cue."""
    verb = last + 1
    word = sentence.reported(verb)
    form = word.part("past", "present")
    if form is None or word.skip:
        return
    first = verb + 1
    cue_last = verb
    if sentence.among(first, "resumptives"):
        cue_last, first = first, first + 1
    end = noun_phrase(sentence, first, sentence.end)
    draft = Draft(verb, [cue_span(sentence, at, cue_last, skip)], "particle verb", form.cue)
    if particle.opens == "parenthesis" and not _closes_parenthesis(sentence, end, form):
        return
    if particle.stance is not Stance.NEUTRAL:
        draft.stance = particle.stance
    draft.agreement = form.agreement
    draft.source = (first, end) if end > first else None
    draft.content = _scope(sentence, at, end)
    if not draft.content:
        return
    yield draft
    if "relay" in form.cue.takes and sentence.among(end, "relay"):
        inner_end = noun_phrase(sentence, end + 1, sentence.end)
        if inner_end > end + 1:
            inner = Draft(end, [cue_span(sentence, end, end)], "relayed", _plain(sentence))
            inner.source = (end + 1, inner_end)
            inner.content = list(draft.content)
            inner.via = draft
            yield inner


def _closes_parenthesis(sentence: Sentence, end: int, form: Form) -> bool:
    closed = (
        end >= sentence.end
        or sentence.text(end) in COMMAS | STOPS | DASHES
        or particle_at(sentence, end) is not None
    )
    return closed and "that" in form.cue.takes


# -- labels and headlines

_LABEL_TAKES = frozenset({"that", "ب", "بشان", "حول", "عن"})


def _label(sentence: Sentence, at: int) -> Draft | None:
    """Read "what he called …": the reporter keeps away from another's word for it."""
    if not sentence.among(at, "label_opener") or sentence.among(at - 1, "negations"):
        return None
    verb = at + 1
    word = sentence.reported(verb)
    stem = word.part("past", "present")
    known = sentence.bare(verb) in sentence.lexicon.words["labels"] or bool(
        word.pronoun and stem and "object" in stem.cue.takes
    )
    bare = next(
        (
            sentence.text(verb)[: -len(tail)]
            for tail in sentence.lexicon.words["pronouns"]
            if sentence.text(verb).endswith(tail)
            and sentence.text(verb)[: -len(tail)] in sentence.lexicon.words["labels"]
        ),
        None,
    )
    if not known and bare is None:
        return None
    first = verb + 1
    draft = Draft(verb, [cue_span(sentence, at, verb)], "label", stem.cue if stem else None)
    draft.stance, draft.assertion = Stance.DISTANCING, Assertion.ASSERT
    wanted = Cue("", Assertion.ASSERT, Stance.NEUTRAL, Channel.NONE_STATED, _LABEL_TAKES)
    end = (
        first
        if _opens_here(sentence, first, wanted)
        else noun_phrase(sentence, first, sentence.end, frozenset("ب"))
    )
    begin = bound_opening(sentence, first, end + 1, wanted) or opening(
        sentence, end, wanted, limit=end + 1
    )
    start = begin.content if begin else first
    if begin and begin.at > first:
        draft.source = (first, begin.at)
    stop = _label_end(sentence, start)
    if stop <= start:
        return None
    draft.content = [(start, stop)]
    return draft


def _label_end(sentence: Sentence, start: int) -> int:
    if sentence.opens_quote(start):
        return sentence.quote_end(start)
    if sentence.opens_quote(start + 1):
        return sentence.quote_end(start + 1)
    end = noun_phrase(sentence, start, sentence.end)
    return max(end, min(start + 1, sentence.end))


def _colon(sentence: Sentence) -> Draft | None:
    """Read a headline "X: P"."""
    for at in range(sentence.start + 1, min(sentence.end - 2, sentence.start + 12)):
        if sentence.opens_quote(at):
            return None
        if sentence.text(at) == ":":
            break
    else:
        return None
    start = sentence.start
    if any(
        sentence.reported(word).part("past", "present", "participle")
        or sentence.among(word, "prepositions", "clauses", "relatives")
        and word == start
        for word in range(start, at)
    ):
        return None
    end = noun_phrase(sentence, start, at)
    if end != at:
        return None
    draft = Draft(at, [cue_span(sentence, at, at)], "headline", None)
    draft.source = (start, at)
    finish = content_end(sentence, Opening(at, at + 1, "colon"))
    draft.content = [(at + 1, finish)]
    return draft if finish > at + 1 else None
