"""Finite reporting verbs: "X said that P", "said X: P", "P, said X"."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.extract.cited import cited_words
from claimtrack.extract.draft import Draft, cue_span
from claimtrack.extract.endings import content_end
from claimtrack.extract.lexicon import Cue, Form
from claimtrack.extract.openings import (
    opening,
)
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.extract.relays import quoting, relay_verb
from claimtrack.extract.subject_first import subject_first
from claimtrack.extract.verb_first import verb_first
from claimtrack.extract.verbal import leaves_open, tells_negated
from claimtrack.model.vocabulary import Assertion

_FINITE = ("past", "present")

_OBJECTS = frozenset({"object", "addressee", "person", "cause", "label", "blame"})
"""What a verb may take that a pronoun joined to it stands for."""

_EXCEPTED = 8
"""Tokens from a negated verb to "but", behind which what it reports stands."""


def finite_verb(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Yield what a finite reporting verb introduces; nothing when it has no content."""
    word = sentence.reported(at)
    form = _reading(sentence, at)
    if form is None or _is_withheld(sentence, at, form):
        return
    cue = form.cue
    if "relay" in cue.takes:
        relays = quoting if sentence.lexicon.words["as"] else relay_verb
        if sentence.lexicon.words["said_words"]:
            relays = cited_words
        yield from list(relays(sentence, at, form)) or _citing(sentence, at, form)
        return
    if word.pronoun and not (cue.takes & _OBJECTS or _is_explained(sentence, at, cue)):
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
    read = subject_first if sentence.lexicon.order == "before" else verb_first
    found = read(sentence, Draft(at, cues, "verb", cue, agreement=form.agreement), first)
    if not found or ("deed" in cue.takes and not _is_deed(sentence, found)):
        return
    if "threat" not in cue.takes or not _is_held(sentence, found):
        negated = sentence.among(at - 1, "negations") and not word.skip
        if negated and leaves_open(sentence, at - 1, cue):
            found.assertion = Assertion.OPINION  # "did not rule out P"
        yield found


def _is_held(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether a content is a thing that one holds, as "brandish flags" has it."""
    word = sentence.text(draft.content[0][0]) if draft.content else ""
    if word[:1] in sentence.lexicon.words["bound"]:
        word = word[1:]
    held = sentence.lexicon.words["held"]
    joined, alone = sentence.lexicon.feminine
    stems = {word.removesuffix(end) for end in ("", *sentence.lexicon.words["pronouns"])}
    stems |= {stem.removesuffix(joined) + alone for stem in stems if stem.endswith(joined)}
    return any(stem in held or stem[2:] in held for stem in stems)


def _is_deed(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether a content is an attack that its source claims; a resolution is adopted."""
    deeds = tuple(sentence.lexicon.words["deeds"])
    places = (at for start, end in draft.content for at in range(start, min(end, start + 5)))
    words = ((sentence.text(at), sentence.without_article(at)) for at in places)
    return any(bare.startswith(deeds) or word[1:].startswith(deeds) for word, bare in words)


def _citing(sentence: Sentence, at: int, form: Form) -> Iterator[Draft]:
    """Read "A relayed, citing B, that P": who is cited stands in a remark of its own."""
    begin = opening(sentence, at + 1, form.cue._replace(takes=frozenset({"that"})))
    between = range(at + 1, begin.at if begin and begin.how == "that" else at)
    cites = (sentence.particle(word) for word in between)
    if not any(found and found[0].opens == "relay" for found in cites):
        return
    cues = [cue_span(sentence, at, at, sentence.reported(at).skip)]
    cue = form.cue._replace(takes=frozenset({"that"}))
    found = verb_first(sentence, Draft(at, cues, "verb", cue, agreement=form.agreement), at + 1)
    if found:
        yield found


def _within(sentence: Sentence, at: int, form: Form) -> Draft | None:
    """Read "it says in the ministry's statement that P": the statement speaks."""
    first = at + 1
    bound = sentence.lexicon.words["bound"]
    joined = sentence.binds(first, form.cue.takes & bound) and not sentence.is_that(first)
    if sentence.among(at - 1, "label_opener", "relatives"):
        return None  # "what it says in the report"
    if sentence.among(first, "resumptives"):
        return _within_it(sentence, at, form)
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


def _within_it(sentence: Sentence, at: int, form: Form) -> Draft | None:
    """Read "issued a statement in which it says that P"."""
    begin = opening(sentence, at + 2, form.cue, limit=at + 5)
    if begin is None:
        return None
    draft = Draft(at, [cue_span(sentence, at, at, sentence.reported(at).skip)], "verb", form.cue)
    draft.agreement, stop = form.agreement, content_end(sentence, begin)
    draft.content, draft.how, draft.gap = [(begin.content, stop)], begin.how, (at, begin.at)
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
    sequel = sentence.among(at - 2, "circumstances")  # "before he added: …"
    subjunctive = sentence.is_that(at - 1) and form.part == "present" and not sequel
    possible = sentence.among(at - 1, "modals") and form.part == "present"
    negated = sentence.among(at - 1, "negations")
    return (
        subjunctive
        or possible
        or sentence.phrase(at - 2, "withheld") > 0
        or (negated and not (tells_negated(sentence, at - 1, form.cue) or _excepts(sentence, at)))
        or ("negated" in form.cue.takes and not negated)
    )


def _is_explained(sentence: Sentence, at: int, cue: Cue) -> bool:
    """Tell whether "as for the fault, X sums it up: "P"" goes on: P is about the pronoun."""
    begin = opening(sentence, at + 1, cue) if "quote" in cue.takes else None
    return begin is not None and begin.how == "colon" and sentence.opens_quote(begin.content)


def _excepts(sentence: Sentence, at: int) -> bool:
    """Tell whether "admits nothing but P" follows: a negated verb reports what is excepted."""
    for word in range(at + 1, min(sentence.end, at + _EXCEPTED)):
        if sentence.text(word) in COMMAS or sentence.is_that(word):
            return False
        if sentence.among(word, "excepting"):
            return not sentence.is_that(word + 1)
    return False


def _relays(sentence: Sentence, at: int, form: Form) -> bool:
    """Tell whether a plain verb relays here: "X reported from Y that P"."""
    if "cites" not in form.cue.takes:
        return False
    end = noun_phrase(sentence, at + 1, sentence.end)
    return end > at + 1 and sentence.among(end, "relay")


def _past_saying(sentence: Sentence, at: int) -> int:
    """Return the token after a verb, and after "saying" where one cue has two words."""
    joined = sentence.reported(at + 1)
    named = sentence.among(at + 1, "heads", "open_heads")  # "said a spokeswoman"
    saying = None if named else joined.part("participle", "present")
    return at + 2 if saying and not joined.skip and saying.cue.is_saying else at + 1
