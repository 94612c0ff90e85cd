"""Reporting words that are no finite verbs.

"adding that P", "his assertion that P", "X's accusations against Y", "the alleged site".
"""

from __future__ import annotations

from claimtrack.extract.channels import names_channel
from claimtrack.extract.draft import Draft, Range, cue_span
from claimtrack.extract.endings import content_end, next_comma
from claimtrack.extract.groups import describes, is_adverb, is_verb
from claimtrack.extract.heads import phrase_before
from claimtrack.extract.lexicon import PLAIN, Cue, Form
from claimtrack.extract.objects import split_object
from claimtrack.extract.openings import (
    Opening,
    bound_opening,
    is_by_saying,
    opening,
    opens_here,
)
from claimtrack.extract.phrases import is_possessed, noun_phrase
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.extract.subject_phrases import inverted_subject
from claimtrack.extract.subjects import clause_start, subject_before
from claimtrack.model.vocabulary import Assertion, Stance

_SAID = 16
"""Tokens between a verb of saying and "in a statement" behind it: its source stands there."""


def participle(sentence: Sentence, at: int) -> Draft | None:
    """Read "adding that P", whose source stands earlier."""
    word = sentence.reported(at)
    form = word.part("participle")
    if form is None or word.pronoun or sentence.has_article(at):
        return None
    if sentence.among(at, "heads", "open_heads"):
        return None  # "a spokeswoman said"
    fronted = sentence.lexicon.order == "before" and at == sentence.start
    if fronted or sentence.among(at - 1, "prepositions"):
        return None  # "Answering the claim that P, the embassy …": what P is follows the embassy
    if sentence.is_that(at - 1):
        return None  # "said that she was convinced that P": of herself
    begin = _participle_begin(sentence, at, form)
    if begin is None or begin.content >= sentence.end:
        return None
    draft = Draft(at, [cue_span(sentence, at, at, word.skip)], "participle", form.cue)
    draft.agreement = form.agreement
    if form.cue.is_saying:
        _with_verb_before(sentence, draft)
    elif begin.how == "that" and sentence.tokens[at - 1].word:
        draft.source = subject_before(sentence, at)  # "the deputy is convinced that P"
    return _filled(sentence, draft, begin)


def by_saying(sentence: Sentence, at: int) -> Draft | None:
    """Read "X answered by saying that P": a verbal noun behind a verb and its subject."""
    form = sentence.words.by_saying(sentence.text(at))
    joined = sentence.text(at)[:1] in sentence.lexicon.words["by"]
    if form is None or not (joined or sentence.among(at - 1, "until")):
        return None
    begin = opening(sentence, at + 1, form.cue, limit=at + 3)
    if begin is None or begin.how not in ("that", "quote", "colon"):
        return None
    draft = Draft(at, [cue_span(sentence, at, at, int(joined))], "participle", form.cue)
    _with_verb_before(sentence, draft)
    return _filled(sentence, draft, begin)


def _with_verb_before(sentence: Sentence, draft: Draft) -> None:
    """Join "went on X saying that P" into one: the verb is part of the cue, X is its source."""
    for verb in range(draft.at - 1, max(sentence.start - 1, draft.at - 10), -1):
        if not sentence.tokens[verb].word:
            return
        reports = sentence.finite(verb)
        acts = sentence.other(verb) is not None
        if not reports and not acts and not sentence.among(verb, "auxiliaries"):
            continue
        first = verb + 1
        limit = draft.at
        while limit > first and sentence.among(limit - 1, "until"):
            limit -= 1
        end = noun_phrase(sentence, first, limit)
        parted = split_object(sentence, first, end)
        if first < parted < end and is_possessed(sentence, parted):
            draft.cue.insert(0, cue_span(sentence, verb, verb, int(sentence.is_joined(verb))))
            draft.source = (first, parted)  # "addressed the king his people saying"
            return
        beside = end == limit or sentence.among(end, "prepositions", "times")
        if first < end and beside:
            joined = sentence.text(verb)[:1] in sentence.lexicon.words["proclitics"]
            skip = sentence.reported(verb).skip if reports else int(joined)
            draft.cue.insert(0, cue_span(sentence, verb, verb, skip))
            draft.source = (first, end)
        return


def possessed_noun(sentence: Sentence, at: int) -> Draft | None:
    """Read "his assertion that P"."""
    word = sentence.reported(at)
    form = word.part("masdar")
    cue, skip = (
        (form.cue, word.skip)
        if form and word.pronoun
        else sentence.words.possessed(sentence.text(at))
    )
    if cue is None:
        return None
    if "object" in cue.takes:
        cue = cue._replace(takes=cue.takes | sentence.lexicon.words["addressed"])
    first = at + 1
    while first < at + 3 and sentence.has_article(first) and not _is_led(sentence, first):
        first += 1  # "its strong condemnation of"
    begin = bound_opening(sentence, first, first + 1, cue)
    begin = begin or opening(sentence, first, cue, limit=first + 1)
    if begin is None or begin.how == "quote":
        return None
    asked = cue.assertion is Assertion.QUESTION and sentence.among(at - 1, "prepositions", "inside")
    if asked:
        return None  # "at his question about": others asked
    testified = sentence.among(at - 1, "medium") and begin.how == "that"
    if (testified or begin.how != "that") and _is_expressed(sentence, at, begin.how):
        return None
    draft = Draft(at, [cue_span(sentence, at, at, skip)], "noun", cue)
    found = _filled(sentence, draft, begin)
    if found and begin.how != "that":
        start, end = found.content[0]
        found.content = [(start, min(end, next_comma(sentence, start)))]
    return found


def _is_expressed(sentence: Sentence, at: int, how: str) -> bool:
    """Tell whether a noun is what a verb speaks of: "voiced their displeasure at" says it all.

    Before a clause it is where a verb speaks: "stressed in his testimony that".
    """
    if not sentence.among(at - 1, "prepositions"):
        return False
    for verb in range(at - 2, max(sentence.start - 1, at - _SAID), -1):
        form = sentence.finite(verb)
        if form:
            return (how if how == "that" else sentence.text(at - 1)) in form.cue.takes
        if sentence.text(verb) in COMMAS or sentence.is_that(verb):
            break
    return False


def _is_led(sentence: Sentence, at: int) -> bool:
    return sentence.text(at)[:1] in sentence.lexicon.words["bound"]


def noun(sentence: Sentence, at: int) -> Draft | None:
    """Read "the accusations of X against Y of Z"."""
    cue, skip = sentence.words.noun(sentence.text(at))
    withheld = sentence.among(at - 2, "negations") or sentence.among(at - 1, "negations", "any")
    withheld = withheld or (sentence.is_that(at - 2) and sentence.among(at - 3, "negations"))
    if cue is None or withheld or _names_medium(sentence, at) or is_by_saying(sentence, at + 1):
        return None
    speaks = sentence.finite(at + 1)
    if speaks and "that" in speaks.cue.takes and not sentence.reported(at + 1).part("masdar"):
        return None  # "reports spoke of": the verb's source
    first = at + 1
    while sentence.among(first, "times"):
        first += 1  # "calls there for"
    says = None if sentence.has_article(first) else sentence.reported(first).part("participle")
    if says and says.cue.is_saying and opens_here(sentence, first + 1, says.cue):
        return None  # "answered the accusations, saying that"
    bound = cue.takes & sentence.lexicon.words["bound"]
    end = first
    agent = inverted_subject(sentence, first + 1) if sentence.among(first, "agents") else None
    if agent:
        first = end = agent[1]  # "claims by X that P"
    opened = opens_here(sentence, first, cue) or bound_opening(sentence, first, first + 1, cue)
    if not opened:
        end = noun_phrase(sentence, first, sentence.end, bound)
    begin = bound_opening(sentence, end, end + 1, cue)
    begin = begin or opening(sentence, end, cue, limit=end + 1)
    if begin is None:
        begin = _behind_place(sentence, end, cue)
        end = end if begin is None else first  # what stands between is no name
    if begin is None and "object" in cue.takes and sentence.reported(first).forms == ():
        begin = _named(sentence, first, end)
    if begin and begin.how == "that" and _is_subject(sentence, at):
        return None
    said = sentence.finite(at - 1)
    if begin and said and sentence.text(begin.at) in said.cue.takes:
        return None  # "reports spoke of P": the verb's content
    if begin is None or (begin.how == "quote" and "quote" not in cue.takes):
        return None
    draft = Draft(at, [cue_span(sentence, at, at, skip)], "noun", cue, how=begin.how)
    draft.source = agent or _noun_source(sentence, at, first, min(end, begin.at))
    finish = _noun_end(sentence, at, begin)
    draft.content = [(begin.content, finish)]
    return draft if finish > begin.content else None


def _noun_source(sentence: Sentence, at: int, first: int, stop: int) -> Range | None:
    """Return whose report a noun is: the noun phrase behind it, else the owner before it."""
    if stop > first + 1 or (stop > first and not _is_adjective(sentence, first)):
        return first, stop
    return _owner(sentence, at)


def _noun_end(sentence: Sentence, at: int, begin: Opening) -> int:
    """Return where the content of a noun ends: at a comma, or where the noun's own verb begins."""
    end = min(content_end(sentence, begin), next_comma(sentence, begin.content))
    named = begin.how == "preposition"
    if named and sentence.lexicon.order == "before":
        inner = range(begin.content + 1, end)
        acts = (at for at in inner if sentence.finite(at) and not sentence.tokens[at].capital)
        end = next(acts, end)
    whole = not (named or begin.how == "that") or not sentence.lexicon.finite_endings
    return end if whole else _before_predicate(sentence, at, begin, end)


def _before_predicate(sentence: Sentence, at: int, begin: Opening, end: int) -> int:
    """Return where P ends in "the claim that P drew laughter", whose noun is a subject.

    The second verb that no connective leads to is of the noun; where P is none, the first.
    """
    if any(is_verb(sentence, word) for word in range(clause_start(sentence, at), at)):
        return end
    acted = begin.how == "preposition"
    for word in range(begin.content + acted, end):  # "claims of being": no predicate
        joined = sentence.among(word, "joining", "clauses", "relatives", "subjects")
        if joined or sentence.is_that(word) or not sentence.tokens[word].word:
            acted = False
        elif is_verb(sentence, word) and not describes(sentence, word):
            goes_on = is_verb(sentence, word - 1) or sentence.among(word - 1, "negations")
            if acted and not goes_on and not is_adverb(sentence, word - 1):
                return word
            acted = True
    return end


def _behind_place(sentence: Sentence, at: int, cue: Cue) -> Opening | None:
    """Return where "that P" opens in "a belief among the opposition that P"."""
    if not sentence.among(at, "medium", "prepositions") or sentence.text(at) in cue.takes:
        return None
    after = noun_phrase(sentence, at + 1, min(sentence.end, at + 7))
    that = sentence.is_that(after) and after > at + 1
    return Opening(after, after + 1, "that") if that and "that" in cue.takes else None


def _is_adjective(sentence: Sentence, at: int) -> bool:
    """Tell whether one word behind a noun only describes it: "contradictory reports of"."""
    origin = sentence.text(at).endswith(tuple(sentence.lexicon.words["adjective_endings"]))
    known = sentence.has_article(at) or sentence.among(at, "places", "masculine")
    return sentence.ends_feminine(at) and not (origin or known)  # "Qamarian claims of"


def alleged(sentence: Sentence, at: int) -> Draft | None:
    """Read "the alleged site": the reporter keeps away from the noun."""
    if not sentence.among(at, "alleged") or at == sentence.start:
        return None
    draft = Draft(at, [cue_span(sentence, at, at)], "label", stance=Stance.DISTANCING)
    draft.content = [(at - 1, at)]
    return draft


def accused(sentence: Sentence, at: int) -> Draft | None:
    """Read "the rebels accused of taking money": an accusation that nobody is named for.

    Its content is the noun before the adjective and what it is accused of.
    """
    if not sentence.among(at, "accused"):
        return None
    first = at + 1
    taken = PLAIN._replace(assertion=Assertion.ACCUSE, takes=sentence.lexicon.words["accused_of"])
    begin = bound_opening(sentence, first, first + 1, taken)
    begin = begin or opening(sentence, first, taken, limit=first + 1)
    if begin is None:
        return None
    if begin.how == "preposition" and not _is_charge(sentence, begin.content):
        return None  # "saw the accused in the square"
    bound = sentence.lexicon.words["bound"]
    if begin.how == "that" and bound and sentence.text(begin.at)[:1] not in bound:
        return None  # "claimed the accused that he was elsewhere"
    end = min(content_end(sentence, begin), next_comma(sentence, begin.content))
    draft = Draft(at, [cue_span(sentence, at, at)], "noun", taken, how=begin.how)
    draft.content = [(begin.content, end)]
    head = phrase_before(sentence, at) if begin.how == "bound" else None
    if head:
        draft.content.insert(0, head.words)
        draft.content_skip = head.skip
    return draft if end > begin.content else None


def _is_charge(sentence: Sentence, at: int) -> bool:
    """Tell whether one can be accused in, or of, what a noun says, where a pack tells."""
    known = sentence.lexicon.words["charges"]
    acts = sentence.is_verbal_noun(at) or is_possessed(sentence, at)
    return not known or acts or sentence.among(at, "charges")


def is_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether a determiner or possessor makes a verb's form a noun ("the claim that")."""
    return sentence.among(at - 1, "determiners") or _is_owner(sentence, at - 1)


def _participle_begin(sentence: Sentence, at: int, form: Form) -> Opening | None:
    cue, first = form.cue, at + 1
    first += sentence.phrase(first, "adverbials")
    if "blame" in cue.takes:
        near = range(first, min(sentence.end, first + 12))
        blamed = any(sentence.among(word, "blame") for word in near)
        return Opening(first, first, "addressee") if blamed else None
    begin = opening(sentence, first, cue, limit=at + 7)
    bound = bound_opening(sentence, first, at + 4, cue)
    if bound and (begin is None or bound.at < begin.at):
        begin = bound
    apart = begin is not None and begin.at > first + 1
    if begin and apart and sentence.text(begin.at - 1) in COMMAS:
        return None  # "X, speaking in Y, said that P": it is not the participle that opens P
    if sentence.among(first, "objects") and begin:
        return Opening(first, first, "addressee")  # "describing it as unfair"
    if at > sentence.start and sentence.text(at - 1) not in COMMAS:
        return begin
    told = begin is None or (begin.how != "that" and begin.at > first)
    if cue.takes & {"addressee", "cause"} and told:
        return Opening(first, first, "addressee")
    described = "object" in cue.takes and "that" not in cue.takes  # "describing the pact as"
    named = begin is not None and described and begin.how == "that" and begin.at > first
    if named or (begin is None and ("object" in cue.takes or cue.is_saying)):
        return Opening(first, first, "object")
    return begin


def _filled(sentence: Sentence, draft: Draft, begin: Opening) -> Draft | None:
    end = content_end(sentence, begin)
    draft.content = [(begin.content, end)]
    draft.gap = (draft.at + 1, begin.at)
    draft.how = begin.how
    return draft if end > begin.content else None


def _is_subject(sentence: Sentence, at: int) -> bool:
    """Tell whether a verb of saying stands before a noun: what is said is the verb's content."""
    for before in range(at - 1, max(sentence.start - 1, at - 7), -1):
        form = sentence.finite(before)
        if form and "naming" in form.cue.takes:
            return True  # "called the accusations baseless": what is said of them
        if form and "that" in form.cue.takes:
            return "within" not in form.cue.takes
        if sentence.is_that(before) or sentence.text(before) in COMMAS:
            return False
    return False


def _names_medium(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun only names the channel: "said in a statement that"."""
    if not names_channel(sentence, at):
        return False
    said = any(sentence.finite(word) for word in range(max(sentence.start, at - _SAID), at - 1))
    opens = at - sentence.start <= 1 and sentence.binds(at + 1, sentence.lexicon.words["addressed"])
    return (said or opens) and any(sentence.among(word, "medium") for word in (at - 1, at - 2))


def _named(sentence: Sentence, first: int, end: int) -> Opening | None:
    """Return where the object begins in "the ministry's announcement of P", "allegations of use".

    Where one noun phrase stands alone, it is the object if it is no person, body or place.
    """
    speaks = sentence.without_article(first) in sentence.lexicon.words["heads"]
    titled = sentence.among(first, "titles", "places", "open_heads")
    split = split_object(sentence, first, end)
    if first < split < end and (speaks or titled):
        return Opening(split, split, "object")
    agent = sentence.has_article(first) or sentence.among(first, "heads", "name_heads", "places")
    return Opening(first, first, "object") if not agent and end - first >= 2 else None


def _is_owner(sentence: Sentence, at: int) -> bool:
    return sentence.text(at).endswith(tuple(sentence.lexicon.words["possessive"]))


def _owner(sentence: Sentence, at: int) -> Range | None:
    """Return the owner before a noun: "the general's claim"."""
    if not _is_owner(sentence, at - 1):
        return None
    start = clause_start(sentence, at)
    while start < at and (
        sentence.among(start, "clauses", "prepositions")
        or sentence.reported(start).part("participle")
    ):
        start += 1
    return (start, at) if start < at else None
