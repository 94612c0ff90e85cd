"""Reporting verbs where subjects stand first: "X said that P", ""P," said X", "X was told P"."""

from __future__ import annotations

from claimtrack.extract.channels import names_channel
from claimtrack.extract.draft import Draft, Range, cue_span
from claimtrack.extract.endings import is_trailing_cue, next_comma
from claimtrack.extract.groups import (
    Group,
    closes,
    inverted_subject,
    is_adverb,
    is_verb,
    phrase_ending,
    subject_of,
    verb_group,
)
from claimtrack.extract.lexicon import Cue, Form
from claimtrack.extract.openings import fronted
from claimtrack.extract.reading import COMMAS, DASHES, STOPS, Sentence
from claimtrack.extract.subjects import speaker_after

FARTHEST = 26
"""Tokens between a verb and what opens its content."""

_LONG_DASHES = frozenset("–—")


def plain_verb(sentence: Sentence, at: int) -> list[Draft]:
    """Return what a reporting verb introduces; nothing when it has no content."""
    form = _form(sentence, at)
    if form is None or sentence.is_impersonal(at):
        return []
    group = verb_group(sentence, at, form.part)
    if group.negated or _is_noun(sentence, at, form, group):
        return []
    draft = Draft(at, [cue_span(sentence, at, at)], "verb", form.cue, agreement=form.agreement)
    draft.clause = group.first
    if group.passive or _is_reduced(sentence, at, form, group):
        return _some(_passive(sentence, draft, group))
    if form.part == "participle" and group.bare:
        draft.pattern = "participle"
    return _some(_active(sentence, draft, group))


def _some(draft: Draft | None) -> list[Draft]:
    return [draft] if draft and draft.content else []


def _form(sentence: Sentence, at: int) -> Form | None:
    return sentence.reported(at).part("past", "present", "participle")


def _is_noun(sentence: Sentence, at: int, form: Form, group: Group) -> bool:
    """Tell whether what may be a verb is a noun or an adjective here."""
    before, text = at - 1, sentence.text(at)
    if sentence.among(before, "determiners") or text.endswith("-"):
        return True
    if sentence.among(at + 1, "particled") and sentence.text(at + 1) not in form.cue.takes:
        return True
    inner = at > sentence.start and sentence.tokens[before].word
    if inner and sentence.tokens[at].capital and not sentence.titled:
        return True
    if sentence.among(before, "prepositions") and form.part != "participle":
        return not sentence.among(before, "infinitive")
    if "label" in form.cue.takes and form.part == "past" and group.first == at:
        named = sentence.tokens[min(at + 1, sentence.end - 1)].capital or sentence.among(
            at + 1, "determiners"
        )
        if (
            named
            and sentence.tokens[before].word
            and not sentence.tokens[before].capital
            and not sentence.among(before, "subjects", "relatives")
        ):
            return True
        if (
            sentence.text(before) in COMMAS
            and at + 1 < sentence.end
            and sentence.tokens[at + 1].capital
        ):
            return True
    if form.part == "participle" and group.bare and at > sentence.start:
        return _is_adjective(sentence, before)
    if form.part != "present":
        return False
    if sentence.text(before).endswith(tuple(sentence.lexicon.words["possessive"])):
        return True
    led = sentence.among(before, "infinitive", "modals", "subjects", "relatives") or group.modal
    if led or group.first < at:
        return False
    finite = text.endswith(sentence.lexicon.finite_endings)
    if not finite and sentence.lexicon.finite_endings:
        plural = sentence.text(before).endswith("s") or sentence.among(before, "joining", "plurals")
        return not plural
    if not sentence.lexicon.finite_endings:
        return False
    after = at + 1
    stray = sentence.among(after, "prepositions") and sentence.text(after) not in form.cue.takes
    parted = next_comma(sentence, sentence.start) < at
    return stray or (closes(sentence, after) and not parted)


def _is_adjective(sentence: Sentence, before: int) -> bool:
    """Tell whether a participle behind a verb is what that verb has for its object."""
    acts = is_verb(sentence, before) and not sentence.among(before, "progressives", "auxiliaries")
    return acts or sentence.among(before, "determiners")


def _is_reduced(sentence: Sentence, at: int, form: Form, group: Group) -> bool:
    """Tell whether a past form is a passive without its auxiliary: "Asked about X, Y said"."""
    if form.part != "past" or group.first < at:
        return False
    first = at == sentence.start or (
        sentence.text(at - 1) in COMMAS and not sentence.page.openers.get(at)
    )
    if not form.cue.takes & {"addressee", "person"}:
        return False
    follows = sentence.text(at + 1)
    taken = follows in form.cue.takes and sentence.among(at + 1, "prepositions", "infinitive")
    other = sentence.is_that(at + 1) or sentence.among(at + 1, "interrogatives")
    accused = taken and sentence.among(at + 1, "accused_of") and "addressee" in form.cue.takes
    return (first and (taken or other)) or accused


def _passive(sentence: Sentence, draft: Draft, group: Group) -> Draft | None:
    """Read "X is believed to P", "X was accused of P", "X was told that P"."""
    cue, after = draft.meaning, draft.at + 1
    if cue is None:
        return None
    subject = subject_of(sentence, group.first)
    begin = _that_or_quote(sentence, after, cue)
    if begin is not None:
        end = clause_end(sentence, begin, nominal=False)
        if group.first == sentence.start:
            end = min(end, next_comma(sentence, begin))
        draft.content, draft.how, draft.gap = [(begin, end)], "that", (after, begin)
    elif sentence.among(after, "agents"):
        source = inverted_subject(sentence, after + 1)
        if source is None or subject.words is None:
            return None
        draft.source, draft.content, draft.how = source, [subject.words], "object"
        return draft
    elif "object" in cue.takes or "addressee" in cue.takes or "to" in cue.takes:
        if closes(sentence, after) or subject.words is None:
            if closes(sentence, after):
                return None
        taken = sentence.text(after) in cue.takes or sentence.among(after, "infinitive")
        if not taken:
            return None
        end = clause_end(sentence, after, nominal=not sentence.among(after, "infinitive"))
        draft.content, draft.how = [(after, end)], "object"
        if subject.words and not subject.implied:
            whole = (
                subject.words
                if subject.relative is None
                else (subject.relative, subject.relative + 1)
            )
            draft.content.insert(0, whole)
    else:
        return None
    return draft


def _active(sentence: Sentence, draft: Draft, group: Group) -> Draft | None:
    cue = draft.meaning
    if cue is None:
        return None
    after = draft.at + 1
    subject = subject_of(sentence, group.first)
    saying = bool(cue.takes & {"quote", "that"})
    if (
        saying
        and not group.bare
        and (subject.words is None or sentence.text(group.first - 1) in COMMAS)
    ):
        inverted = _inverted(sentence, draft, group)
        if inverted:
            return inverted
    if sentence.page.inside[draft.at] >= 0 and _speaks_of_himself(sentence, subject.words):
        return None
    if draft.pattern == "participle" or group.bare:
        _control(sentence, draft, group)
    elif subject.relative is not None:
        draft.source = (subject.relative, subject.relative + 1)
        draft.referent = subject.words
        draft.clause = subject.relative
    elif subject.words is not None:
        draft.source, draft.clause = subject.words, subject.start
    else:
        draft.implied = True
    left = draft.source[0] if draft.source and not draft.implied else group.first
    if saying and sentence.among(left - 1, "as") and closes(sentence, after):
        _as_said(sentence, draft, left - 1, after)
        return draft
    front = (
        _front(sentence, left) if saying and draft.pattern == "verb" and not group.bare else None
    )
    told = _past_adjuncts(sentence, after, cue)
    if front and _ends_report(sentence, front, after, told):
        draft.content = [front, *_resumed(sentence, front, told)]
        draft.how, draft.gap = "fronted", (after, told)
        return draft
    _fill(sentence, draft, after, cue)
    return draft


def _front(sentence: Sentence, left: int) -> Range | None:
    """Return the clause or quotation before a token, with what leads to the quotation."""
    front = fronted(sentence, left)
    if front is None or front[1] not in sentence.page.openers:
        return front
    start, end = front
    before = range(sentence.start, start)
    words = sum(sentence.tokens[at].word for at in before)
    if words < 2 or sentence.page.inside[start] >= 0:
        return front
    if any(sentence.finite(at) or sentence.text(at) in STOPS | {":"} for at in before):
        return front
    return sentence.start, end


def _as_said(sentence: Sentence, draft: Draft, start: int, after: int) -> None:
    """Read "P, as X said" and "As X said, P"."""
    draft.how, draft.pattern = "fronted", "particle verb"
    first = sentence.start
    while first < start and sentence.among(first, "leading"):
        first += 1
    if start > first + 1:
        end = start
        while sentence.text(end - 1) in COMMAS:
            end -= 1
        draft.content = [(first, end)]
    elif sentence.text(after) in COMMAS and after + 1 < sentence.end:
        draft.content = [(after + 1, clause_end(sentence, after + 1, nominal=False))]


def _speaks_of_himself(sentence: Sentence, words: Range | None) -> bool:
    """Tell whether a subject within a quotation is its own speaker: "I think"."""
    return words is not None and words[1] - words[0] == 1 and sentence.among(words[0], "speakers")


def _control(sentence: Sentence, draft: Draft, group: Group) -> None:
    """Set who does what an infinitive or a participle says: the noun before it, or an implied one."""
    before = group.first - 1
    beside = (
        draft.pattern == "participle"
        and before >= sentence.start
        and sentence.tokens[before].word
        and not sentence.among(
            before, "prepositions", "clauses", "joining", "relatives", "subjects"
        )
        and not is_verb(sentence, before)
        and not is_adverb(sentence, before)
    )
    words = phrase_ending(sentence, group.first) if beside else None
    leads = group.first == sentence.start or (
        before == sentence.start and sentence.among(before, "prepositions", "circumstances")
    )
    if leads and draft.pattern == "participle":
        draft.how = "leading"
        draft.implied = True
    elif words:
        draft.source, draft.clause = words, words[0]
    else:
        draft.implied = True


def _inverted(sentence: Sentence, draft: Draft, group: Group) -> Draft | None:
    """Read ""P," said X": the subject stands behind the verb."""
    front = _front(sentence, group.first)
    takes = draft.meaning.takes if draft.meaning else frozenset()
    if front is None or draft.pattern != "verb" or "person" in takes:
        return None
    source = inverted_subject(sentence, draft.at + 1) or speaker_after(
        sentence, draft.at, draft.at + 1
    )
    if source is None:
        return None
    quoted = front[1] in sentence.page.openers
    if not quoted and not (closes(sentence, source[1]) or sentence.among(source[1], "times")):
        return None
    if not quoted and not any(is_verb(sentence, at) for at in range(*front)):
        return None
    draft.source, draft.content, draft.how = source, [front], "fronted"
    draft.gap = (source[1], min(sentence.end, source[1] + 6))
    return draft


def _ends_report(sentence: Sentence, front: Range, after: int, told: int) -> bool:
    """Tell whether a clause or quotation before a verb is what it reports: nothing else follows."""
    if front[1] in sentence.page.openers:
        return not sentence.is_that(told)
    if sentence.text(told) == ":" or sentence.is_that(told):
        return False
    comma = next_comma(sentence, told)
    if any(
        is_verb(sentence, at) or sentence.is_that(at) or sentence.opens_quote(at)
        for at in range(told, comma)
    ):
        return False
    if not closes(sentence, told) and told == after:
        return False
    if sentence.text(told) in COMMAS and sentence.opens_quote(told + 1):
        return False
    led = sentence.among(front[0], "prepositions", "circumstances", "clauses")
    acts = any(is_verb(sentence, at) for at in range(*front))
    if led and sentence.text(told) in COMMAS and front[1] == next_comma(sentence, front[0]):
        return acts
    resumes = sentence.text(told) in COMMAS
    return front[1] - front[0] >= 3 - resumes and (acts or resumes or not led)


def _resumed(sentence: Sentence, front: Range, told: int) -> list[Range]:
    """Return the rest of what a parenthesis interrupts: "P1, X said, P2"."""
    start = told
    while start < sentence.end and sentence.text(start) in COMMAS | DASHES | STOPS | {":"}:
        start += 1
    if start >= sentence.end or start == told:
        return [(told, sentence.quote_end(told))] if sentence.opens_quote(told) else []
    if sentence.opens_quote(start):
        return [(start, sentence.quote_end(start))]
    if front[1] in sentence.page.openers or sentence.text(told) in DASHES:
        return []
    if sentence.reported(start).part("participle") or sentence.particle(start):
        return []
    if sentence.among(start, "comments", "relatives"):
        return []
    others = any(sentence.finite(at) for at in range(start, sentence.end))
    if others and sentence.among(start, "joining"):
        return []
    end = clause_end(sentence, start, nominal=False)
    return [(start, end)] if end > start else []


def _past_adjuncts(sentence: Sentence, start: int, cue: Cue) -> int:
    """Return past when, where and to whom something was said."""
    at = start
    if "person" in cue.takes:
        at = _past_person(sentence, at)
    while at < sentence.end:
        if is_adverb(sentence, at) or sentence.among(at, "times"):
            at += 1
        elif sentence.text(at)[:1].isdigit() and at > start:
            at += 1
        elif (
            sentence.among(at, "medium", "dating", "audience")
            and sentence.text(at) not in cue.takes
        ):
            end = _past_phrase(sentence, at + 1)
            if end == at + 1:
                break
            at = end
        else:
            break
    return at


def _past_phrase(sentence: Sentence, at: int) -> int:
    """Return past the noun phrase behind a preposition, up to a clause or a mark."""
    first = at
    while at < min(sentence.end, first + 12):
        if not sentence.tokens[at].word:
            touches = sentence.tokens[at - 1].end == sentence.tokens[at].start
            if sentence.text(at) in {"-", "'", "’", "&", "/"} and touches:
                at += 1
                continue
            if (
                sentence.text(at) == "."
                and at + 1 < sentence.end
                and len(sentence.text(at - 1)) <= 4
            ):
                at += 1
                continue
            break
        if sentence.is_that(at) or sentence.among(
            at, "subjects", "clauses", "interrogatives", "relatives"
        ):
            break
        if (
            at > first
            and sentence.among(at, "determiners")
            and not sentence.among(at - 1, "prepositions", "joining")
        ):
            break
        if at > first + 1 and sentence.among(at, "infinitive"):
            break
        at += 1
    return at


def _past_person(sentence: Sentence, at: int) -> int:
    """Return past the one who is told: a pronoun, or a noun phrase up to what opens the content."""
    if sentence.among(at, "objects", "subjects"):
        return at + 1
    first = at
    while at < min(sentence.end, first + 14):
        if not sentence.tokens[at].word:
            touches = sentence.tokens[at - 1].end == sentence.tokens[at].start
            quoted = sentence.opens_quote(at) and sentence.words_in(at, sentence.quote_end(at)) <= 4
            if (
                quoted
                and at > first
                and not sentence.text(at - 1) in COMMAS
                and sentence.tokens[min(at + 1, sentence.end - 1)].capital
                and sentence.text(sentence.quote_end(at)) not in STOPS
            ):
                at = sentence.quote_end(at)
                continue
            if sentence.text(at) in {"-", "'", "’", "&", "/"} and touches:
                at += 1
                continue
            if (
                sentence.text(at) == "."
                and at + 1 < sentence.end
                and len(sentence.text(at - 1)) <= 4
            ):
                at += 1
                continue
            break
        if sentence.is_that(at) or sentence.among(
            at, "clauses", "interrogatives", "infinitive", "times", "about"
        ):
            break
        if at > first and sentence.among(at, "subjects"):
            break
        if at > first and (sentence.among(at, "medium", "dating") or is_adverb(sentence, at)):
            break
        if (
            at > first
            and sentence.among(at, "determiners")
            and not sentence.among(at - 1, "prepositions", "joining")
        ):
            break
        at += 1
    return at


def _that_or_quote(sentence: Sentence, start: int, cue: Cue) -> int | None:
    """Return where a clause, a quotation or what follows a colon begins behind a verb; or None."""
    at = start
    while at < min(sentence.end, start + FARTHEST):
        text = sentence.text(at)
        if sentence.is_that(at) and not (at > start and is_verb(sentence, at + 1)):
            return at + 1 if "that" in cue.takes and at + 1 < sentence.end else None
        if (
            sentence.among(at, "interrogatives")
            and cue.takes & {"that", "about"}
            and at <= start + 6
        ):
            return at
        if text == ":" and cue.takes & {"quote", "that"}:
            return at + 1 if at + 1 < sentence.end else None
        if sentence.opens_quote(at):
            spoken = sentence.words_in(at, sentence.quote_end(at)) >= 2
            apart = at == start or sentence.text(at - 1) in COMMAS | {":"}
            if "quote" in cue.takes and spoken and apart:
                return at
            if at == start:
                return None
            at = sentence.quote_end(at)
            continue
        if text in COMMAS:
            after = at + 1
            if sentence.opens_quote(after) and "quote" in cue.takes:
                return after
            if sentence.is_that(after) and "that" in cue.takes and at <= start + 8:
                return after + 1 if after + 1 < sentence.end else None
            if sentence.among(after, "relatives", "medium", "determiners"):
                at += 1
                continue
            return None
        if text in STOPS:
            if len(sentence.text(at - 1)) > 4 or at + 1 >= sentence.end:
                return None
        elif is_verb(sentence, at) or sentence.among(at, "clauses", "subjects"):
            return None
        at += 1
    return None


def _fill(sentence: Sentence, draft: Draft, after: int, cue: Cue) -> None:
    """Set the content that follows a verb, and how it is opened."""
    begin = _that_or_quote(sentence, after, cue) if cue.takes & {"that", "quote", "about"} else None
    how = "that"
    if begin is not None and sentence.opens_quote(begin):
        how = "quote"
    adjuncts = _past_adjuncts(sentence, after, cue)
    plainly = "clause" in cue.takes and how == "that" and begin is not None
    if (
        plainly
        and begin is not None
        and begin > adjuncts + 1
        and _starts_clause(sentence, adjuncts)
    ):
        begin = None
    if begin is not None and "addressee" in cue.takes and begin > after + 1 and how == "quote":
        begin = None
    if begin is None and "clause" in cue.takes:
        begin, how = (adjuncts if not closes(sentence, adjuncts) else None), "clause"
        if begin is not None and not _may_be_clause(sentence, begin, cue):
            begin = None
    if begin is None:
        begin, how = _nominal(sentence, after, adjuncts, cue)
    if begin is None:
        return
    end = clause_end(sentence, begin, nominal=how in ("object", "preposition", "addressee"))
    if draft.how == "leading":
        comma = next_comma(sentence, begin)
        end = min(end, comma)
        draft.source = inverted_subject(sentence, comma + 1) if comma < sentence.end else None
        draft.implied = draft.source is not None
    if end > begin:
        draft.content, draft.how, draft.gap = [(begin, end)], how, (after, begin)


def _starts_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether a clause without a complementiser seems to begin here."""
    near = range(at, min(sentence.end, at + 6))
    return any(is_verb(sentence, word) for word in near)


def _may_be_clause(sentence: Sentence, at: int, cue: Cue) -> bool:
    if sentence.among(at, "prepositions") and sentence.text(at) in cue.takes:
        return False
    return True


def _nominal(sentence: Sentence, after: int, adjuncts: int, cue: Cue) -> tuple[int | None, str]:
    """Return where a noun phrase, an infinitive or what a preposition takes begins, and how."""
    text = sentence.text(after)
    if closes(sentence, after) or after >= sentence.end:
        return None, ""
    if text in cue.takes and sentence.among(after, "prepositions", "infinitive"):
        if sentence.among(after, "infinitive"):
            return after, "infinitive"
        follows = after + 1
        return (
            follows if follows < sentence.end and not closes(sentence, follows) else None
        ), "preposition"
    if (
        "addressee" in cue.takes
        and sentence.tokens[after].word
        and not sentence.among(after, "prepositions", "clauses", "times")
    ):
        return after, "addressee"
    if sentence.among(adjuncts, "infinitive") and "to" in cue.takes:
        return adjuncts, "infinitive"
    if (
        adjuncts < sentence.end
        and sentence.text(adjuncts) in cue.takes
        and sentence.among(adjuncts, "prepositions")
    ):
        return (adjuncts + 1 if not closes(sentence, adjuncts + 1) else None), "preposition"
    if "number" in cue.takes:
        near = range(after, min(sentence.end, after + 4))
        counted = any(sentence.text(at)[:1].isdigit() for at in near)
        return (after, "object") if counted else (None, "")
    if "object" in cue.takes and not sentence.among(after, "prepositions", "clauses", "joining"):
        at = after
        while at < sentence.end and is_adverb(sentence, at):
            at += 1
        return (None, "") if closes(sentence, at) else (at, "object")
    return None, ""


def clause_end(sentence: Sentence, start: int, *, nominal: bool) -> int:
    """Return where a content ends; a nominal one ends at a comma or at why and when it was said."""
    at, stop = start, sentence.end
    inside = sentence.page.inside[start]
    if inside >= 0 and not sentence.opens_quote(start):
        stop = min(stop, sentence.quote_end(inside) - 1) if inside >= sentence.start else stop
    if sentence.opens_quote(start):
        end = sentence.quote_end(start)
        if (
            closes(sentence, end)
            or end in sentence.page.openers
            and _sentence_closed(sentence, end)
        ):
            if not (nominal and sentence.among(end, "joining")):
                return _trimmed(sentence, start, min(end, stop))
    while at < stop:
        if sentence.opens_quote(at):
            at = max(at + 1, sentence.quote_end(at))
            continue
        if at > start and _ends(sentence, at, nominal=nominal):
            break
        at += 1
    return _trimmed(sentence, start, min(at, stop))


def _sentence_closed(sentence: Sentence, end: int) -> bool:
    return sentence.text(end - 2) in STOPS | COMMAS


def _ends(sentence: Sentence, at: int, *, nominal: bool) -> bool:
    text = sentence.text(at)
    if text == ";":
        return True
    if text in _LONG_DASHES:
        return not any(sentence.text(word) in _LONG_DASHES for word in range(at + 1, sentence.end))
    if text in COMMAS:
        after = at + 1
        if is_trailing_cue(sentence, after) or sentence.among(after, "comments"):
            return True
        if sentence.reported(after).part("participle") and not sentence.reported(after).part(
            "past"
        ):
            return True
        if nominal:
            listed = sentence.among(after, "joining") or _lists(sentence, after)
            return not listed
        return False
    if sentence.particle(at) and _cites(sentence, at):
        return True
    if nominal and sentence.among(at, "medium") and _names_channel(sentence, at + 1):
        return True
    return nominal and sentence.among(at, "circumstances")


def _names_channel(sentence: Sentence, at: int) -> bool:
    """Tell whether a channel is named here, or a time: "in a statement", "on Monday"."""
    near = range(at, min(sentence.end, at + 4))
    for word in near:
        if names_channel(sentence, word) or sentence.among(word, "times"):
            return True
        if not sentence.tokens[word].word or sentence.among(word, "prepositions"):
            return False
    return False


def _lists(sentence: Sentence, at: int) -> bool:
    """Tell whether a comma only parts members of a list: "and" comes before the next verb."""
    for word in range(at, min(sentence.end, at + 8)):
        if sentence.text(word) in COMMAS and sentence.among(word + 1, "joining"):
            return True
        if is_verb(sentence, word) or sentence.among(word, "relatives", "subjects"):
            return False
        if sentence.among(word, "joining") and word > at:
            return True
    return False


def _cites(sentence: Sentence, at: int) -> bool:
    found = sentence.particle(at)
    return found is not None and found[0].opens in ("source", "relay")


def _trimmed(sentence: Sentence, start: int, end: int) -> int:
    while end > start + 1 and not sentence.tokens[end - 1].word:
        if sentence.text(end - 1) not in ",;:-–—." and sentence.text(end - 1) != "…":
            break
        if end in sentence.page.openers:
            break
        end -= 1
    return end
