"""Finite reporting verbs: "X said that P", "said X: P", "P, said X"."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.extract.draft import ANAPHOR, MUTE, Draft, Range, cue_span
from claimtrack.extract.endings import content_end
from claimtrack.extract.frames import content_begin
from claimtrack.extract.heads import indefinite_head, relative_head
from claimtrack.extract.lexicon import Cue, Form
from claimtrack.extract.objects import split_object, split_person
from claimtrack.extract.openings import (
    Opening,
    bound_opening,
    clause_opening,
    fronted,
    opening,
)
from claimtrack.extract.phrases import is_possessed, noun_phrase
from claimtrack.extract.reading import COMMAS, DASHES, STOPS, Sentence
from claimtrack.extract.relays import quoting, relay_verb
from claimtrack.extract.subjects import subject_before
from claimtrack.model.vocabulary import Assertion

_FINITE = ("past", "present")


def finite_verb(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Yield what a finite reporting verb introduces; nothing when it has no content."""
    word = sentence.reported(at)
    form = _reading(sentence, at)
    if form is None or _is_withheld(sentence, at, form):
        return
    cue = form.cue
    if "relay" in cue.takes:
        yield from (quoting if sentence.lexicon.words["as"] else relay_verb)(sentence, at, form)
        return
    if word.pronoun and not cue.takes & {"object", "addressee", "person"}:
        return
    if _relays(sentence, at, form):
        yield from relay_verb(sentence, at, form)
        return
    if "within" in cue.takes:
        held = _within(sentence, at, form)
        yield from [held] if held else []
        return
    first = _past_saying(sentence, at)
    cues = [cue_span(sentence, at, first - 1, word.skip)]
    read = _subject_first if sentence.lexicon.order == "before" else _verb_first
    found = read(sentence, Draft(at, cues, "verb", cue, agreement=form.agreement), first)
    if found:
        yield found


def _within(sentence: Sentence, at: int, form: Form) -> Draft | None:
    """Read "it says in the ministry's statement that P": the statement speaks."""
    first = at + 1
    bound = sentence.lexicon.words["bound"]
    joined = sentence.binds(first, form.cue.takes & bound) and not sentence.is_that(first)
    if sentence.among(at - 1, "label_opener", "relatives"):
        return None  # "what it says in the report"
    if not joined and not sentence.among(first, "medium"):
        return None
    start = first if joined else first + 1
    end = noun_phrase(sentence, start, sentence.end)
    begin = opening(sentence, end, form.cue, limit=end + 8) if end > start else None
    if begin is None:
        return None
    draft = Draft(at, [cue_span(sentence, at, at, sentence.reported(at).skip)], "verb", form.cue)
    draft.source, draft.source_skip, draft.gap = (start, end), int(joined), (start, begin.at)
    stop = content_end(sentence, begin)
    draft.content, draft.how = [(begin.content, stop)], begin.how
    return draft if stop > begin.content else None


def _reading(sentence: Sentence, at: int) -> Form | None:
    """Return the reading of an ambiguous form whose content is there, else the first one."""
    parts = (*_FINITE, "participle") if sentence.among(at - 1, "progressives") else _FINITE
    forms = [form for form in sentence.reported(at).forms if form.part in parts]
    for form in forms:
        if len(forms) > 1 and opening(sentence, at + 1, form.cue, limit=at + 12):
            return form
    return forms[0] if forms else None


def _is_withheld(sentence: Sentence, at: int, form: Form) -> bool:
    """Tell whether a verb is negated or only wished for ("that it criticise")."""
    if sentence.reported(at).skip:
        return False
    subjunctive = sentence.is_that(at - 1) and form.part == "present"
    possible = sentence.among(at - 1, "modals") and form.part == "present"
    return subjunctive or possible or sentence.phrase(at - 2, "withheld") > 0 or sentence.among(at - 1, "negations")


def _relays(sentence: Sentence, at: int, form: Form) -> bool:
    """Tell whether a plain verb relays here: "X reported from Y that P"."""
    end = noun_phrase(sentence, at + 1, sentence.end)
    return "cites" in form.cue.takes and end > at + 1 and sentence.among(end, "relay")


def _past_saying(sentence: Sentence, at: int) -> int:
    """Return the token after a verb, and after "saying" where one cue has two words."""
    joined = sentence.reported(at + 1)
    saying = joined.part("participle", "present")
    return at + 2 if saying and not joined.skip and saying.cue.is_saying else at + 1


def _verb_first(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read a verb whose subject, if the sentence has one, follows it or begins the clause."""
    read = _subject_and_begin(sentence, draft, first)
    if read is None:
        return (
            _of_head(sentence, draft, first)
            or _denial(sentence, draft, first)
            or _mute(sentence, draft, first)
        )
    draft.source, begin = read
    if draft.source is None and _follows_clause(sentence, draft.at):
        _join_subject(sentence, draft)
    word = sentence.reported(draft.at)
    impersonal = sentence.text(draft.at) in sentence.lexicon.words["impersonal"]
    if draft.source is None and not (word.skip or word.pronoun or impersonal):
        head = relative_head(sentence, draft.at)
        if head:
            draft.source, draft.source_skip, draft.relative = head.words, head.skip, True
    end = content_end(sentence, begin)
    if end <= begin.content:
        return None
    if end - begin.content == 1 and sentence.among(begin.content, "demonstratives"):
        return _denial(sentence, draft, first)
    draft.content = [(begin.content, end)]
    draft.gap = (first, begin.at)
    draft.how = begin.how
    return draft


def _of_head(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read "the plan that X announced": a pronoun stands where the content would."""
    cue = draft.meaning
    if cue is None or sentence.reported(draft.at).skip:
        return None
    takes = cue.takes - {"label", "person", "addressee"}
    stands_for = sentence.text(first) in sentence.lexicon.words["resumptives"] and any(
        sentence.text(first).startswith(preposition[:2]) for preposition in takes
    )
    if stands_for:
        draft.cue = [cue_span(sentence, draft.at, first)]
        first += 1
    elif not (sentence.reported(draft.at).pronoun and "object" in takes):
        return None
    head = relative_head(sentence, draft.at) or indefinite_head(sentence, draft.at)
    if head is None:
        return None
    end = noun_phrase(sentence, first, sentence.end)
    draft.source = (first, end) if end > first else None
    draft.content, draft.content_skip, draft.how = [head.words], head.skip, "head"
    return draft


def _denial(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read "…, and X denied it": what is denied stands before; `relations` looks for it."""
    cue = draft.meaning
    if cue is None or cue.assertion is not Assertion.DENY or "object" not in cue.takes:
        return None
    end = noun_phrase(sentence, first, sentence.end)
    after = end + 1 if sentence.among(end, "demonstratives", "not_sources") else end
    closed = after >= sentence.end or sentence.text(after) in COMMAS | STOPS
    if not closed or sentence.reported(draft.at).pronoun:
        return None
    if end > first:
        draft.source = (first, end)
    else:
        draft.source = subject_before(sentence, draft.at)
        _join_subject(sentence, draft)
    draft.how = ANAPHOR
    return draft if draft.source else None


def _join_subject(sentence: Sentence, draft: Draft) -> None:
    """Read "A accuses B and B denies it": the subject is written together with "and"."""
    for start in range(draft.at - 1, max(sentence.start, draft.at - 4), -1):
        text = sentence.text(start)
        if not sentence.tokens[start].word:
            return
        if text[:1] in sentence.lexicon.words["proclitics"] and len(text) > 3:
            draft.source, draft.source_skip = (start, draft.at), 1
            return


def _follows_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether "and X" between another verb and this one is its subject, as in headlines."""
    joined, words = sentence.text(at - 1), sentence.lexicon.words
    if sentence.among(at - 1, "relatives", "clauses"):
        return False
    name = joined[:1] in words["proclitics"] and (
        joined[1:] in words["places"] or joined[1:3] in words["article"]
    )
    before = range(max(sentence.start, at - 12), at - 1)
    return name and any(sentence.finite(word) or sentence.looks_like_verb(word) for word in before)


def _mute(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Return a verb without content for its subject's sake, which later verbs may leave out."""
    subject = noun_phrase(sentence, first, sentence.end)
    if subject == first or sentence.reported(draft.at).pronoun:
        return None
    if draft.meaning is None or not draft.meaning.takes & {"that", "quote"}:
        return None
    draft.pattern, draft.source = MUTE, (first, subject)
    return draft


def _subject_and_begin(
    sentence: Sentence, draft: Draft, first: int
) -> tuple[Range | None, Opening] | None:
    """Return a verb's source, if the sentence has one, and where its content begins."""
    at, cue = draft.at, draft.meaning
    if cue is None:
        return None
    pronoun = sentence.reported(at).pronoun
    if sentence.text(at) in sentence.lexicon.words["impersonal"] and sentence.is_that(first):
        return None, Opening(first, first + 1, "that")
    before = subject_before(sentence, at)
    elided = _has_pronoun_subject(sentence, at) or _goes_on(sentence, draft, first)
    if not before and cue.takes & {"object", "addressee"} and elided:
        begin = content_begin(sentence, first, first, cue, pronoun)
        return (None, begin) if begin else None
    if before and (pronoun or cue.takes & {"object", "addressee"}):
        begin = content_begin(sentence, first, first, cue, pronoun)
        return (before, begin) if begin else None
    bound = cue.takes & sentence.lexicon.words["bound"]
    first = _past_addressee(sentence, first, cue)
    end = first
    if not sentence.binds(first, bound):
        end = noun_phrase(sentence, first, sentence.end, bound)
    begin = content_begin(sentence, first, end, cue, pronoun)
    if begin is None:
        return None
    if pronoun and "label" in cue.takes and begin.at > first:
        return (first, begin.at), begin  # "which the ministry considers a partner"
    if begin.how in ("object", "preposition") and is_possessed(sentence, first):
        return before, Opening(first, first, "object")  # "stressed his will to": no subject
    end = min(end, begin.at)
    if "person" in cue.takes:
        end = split_person(sentence, first, end)
    return ((first, end) if end > first else before), begin


def _past_addressee(sentence: Sentence, first: int, cue: Cue) -> int:
    """Return where the subject begins in "told the Courier the analyst that P"."""
    words = sentence.lexicon.words
    letter = sentence.text(first)[:1]
    if letter not in words["addressed"] or letter in cue.takes:
        return first
    after = first + 1
    if sentence.text(first) == letter and sentence.opens_quote(after):
        after = sentence.quote_end(after)
    elif not sentence.binds(first, words["addressed"]) or sentence.has_article(first):
        return first
    elif sentence.opens_quote(after):
        after = sentence.quote_end(after)
    names = sentence.has_article(after) or sentence.among(after, "heads", "open_heads", "titles")
    return after if names and not sentence.is_that(after) else first


def _has_pronoun_subject(sentence: Sentence, at: int) -> bool:
    """Tell whether a complementiser with a pronoun stands before a verb ("that he warned the king")."""
    before = at - 1
    while sentence.among(before, "auxiliaries"):
        before -= 1
    alone = sentence.bare(before) in sentence.lexicon.that_alone
    return sentence.is_that(before) and not alone and not sentence.reported(at).skip


def _goes_on(sentence: Sentence, draft: Draft, first: int) -> bool:
    """Tell whether a verb goes on with the subject of one before it: "condemned P, and urged X to".

    One noun phrase stands between it and what opens its content, and that is the one addressed.
    """
    cue, at = draft.meaning, draft.at
    if cue is None or "addressee" not in cue.takes or not sentence.is_joined(at):
        return False
    end = noun_phrase(sentence, first, sentence.end, cue.takes & sentence.lexicon.words["bound"])
    opened = opening(sentence, end, cue, limit=end + 1) or bound_opening(sentence, end, end + 1, cue)
    if end == first or opened is None or split_object(sentence, first, end) < end:
        return False
    earlier = (sentence.finite(before) for before in range(at - 1, sentence.start - 1, -1))
    last = next((form for form in earlier if form), None)
    return last is not None and last.agreement == draft.agreement


def _subject_first(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read a verb where subjects stand first: "X said that P", ""P," X said", ""P," said X"."""
    cue = draft.meaning
    if cue is None:
        return None
    impersonal = sentence.text(draft.at) in sentence.lexicon.words["impersonal"]
    before = None if impersonal else subject_before(sentence, draft.at)
    left = before[0] if before else draft.at
    front = fronted(sentence, left) if cue.takes & {"quote", "that"} else None
    draft.source, follows = before, first
    if impersonal:
        draft.source, follows = _document(sentence, first)
    elif before is None and front and not sentence.is_that(first) and "person" not in cue.takes:
        end = noun_phrase(sentence, first, sentence.end)
        if end > first:
            draft.source, follows = (first, end), end
    begin = content_begin(sentence, follows, follows, cue, "")
    if "clause" in cue.takes:
        begin = _without_complementiser(sentence, draft, follows, begin, fronted=front is not None)
    return _composed(sentence, draft, front, follows, begin)


def _document(sentence: Sentence, first: int) -> tuple[Range | None, int]:
    """Read "it is said in the ministry's statement": the statement speaks."""
    if not sentence.among(first, "medium"):
        return None, first
    end = noun_phrase(sentence, first + 1, sentence.end)
    return ((first + 1, end), end) if end > first + 1 else (None, first)


def _without_complementiser(
    sentence: Sentence, draft: Draft, follows: int, begin: Opening | None, *, fronted: bool
) -> Opening | None:
    """Return the clause right after the verb, unless what opens a content is near enough."""
    takes = draft.meaning.takes if draft.meaning else frozenset()
    told = follows
    if "person" in takes:
        follows = noun_phrase(sentence, follows, min(sentence.end, follows + 6))
    if begin and begin.how == "that" and begin.at > follows:
        adjunct = sentence.among(follows, "prepositions", "times")
        begin = begin if adjunct and begin.at - follows <= 8 else None
    if begin and begin.how == "quote" and begin.at > follows + 1:
        begin = None  # the quotation is only part of what was said
    if begin is None and not fronted and draft.source and draft.meaning:
        return clause_opening(sentence, told, draft.meaning)
    return begin


def _composed(
    sentence: Sentence, draft: Draft, front: Range | None, follows: int, begin: Opening | None
) -> Draft | None:
    """Put together what stands before the verb and what follows it."""
    near = begin is not None and begin.at <= follows + 1
    if front and (begin is None or (begin.how != "quote" and not near)):
        draft.content = [front, *_resumed(sentence, front, follows)]
        draft.how = "fronted"
        return draft
    if begin is None:
        return None
    end = content_end(sentence, begin)
    if end <= begin.content:
        return None
    draft.content = [(begin.content, end)]
    draft.gap = (draft.at + 1, begin.at)
    draft.how = begin.how
    if front and begin.how == "quote":
        draft.content.insert(0, front)
    return draft


def _resumed(sentence: Sentence, front: Range, follows: int) -> list[Range]:
    """Return the rest of a clause that a parenthesis interrupts: "P1, X insisted, P2"."""
    if sentence.opens_quote(front[0]) or sentence.text(follows) not in COMMAS:
        return []
    start = follows + 1
    while sentence.text(start) in DASHES:
        start += 1
    short = front[1] - front[0] <= 4 and not sentence.reported(start).forms
    if not short or start >= sentence.end or sentence.particle(start):
        return []
    end = content_end(sentence, Opening(start, start, "clause"))
    return [(start, end)] if end > start else []
