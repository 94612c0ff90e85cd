"""Reporting verbs where subjects stand first: "X said that P", ""P," said X", "X was told P"."""

from __future__ import annotations

from claimtrack.extract.channels import channel_named
from claimtrack.extract.contents import (
    NOMINAL,
    begins,
    clause_end,
    counts,
    is_judged,
    names_claim,
    opened,
    past_adjuncts,
)
from claimtrack.extract.draft import ANAPHOR, Draft, Range, cue_span
from claimtrack.extract.endings import next_comma
from claimtrack.extract.groups import (
    Group,
    closes,
    describes,
    is_adverb,
    is_infinitive,
    is_only_shown,
    is_verb,
    past_told,
    verb_group,
)
from claimtrack.extract.lexicon import Cue, Form
from claimtrack.extract.openings import fronted
from claimtrack.extract.reading import CLOSING, COMMAS, STOPS, Sentence
from claimtrack.extract.resumed import resumed, waits, within_marks
from claimtrack.extract.subject_phrases import (
    Subject,
    inverted_subject,
    is_oblique,
    past_apposition,
    past_named,
    phrase_ending,
    subject_of,
)
from claimtrack.extract.subjects import housed, speaker_after
from claimtrack.extract.topics import of_topic
from claimtrack.extract.verbal import is_other, is_reduced, leaves_open, tells_negated
from claimtrack.extract.verdicts import rejects, rejects_plainly
from claimtrack.model.vocabulary import Assertion, Stance

_TO_OTHERS = frozenset({Assertion.DENY, Assertion.DEMAND, Assertion.ACCUSE, Assertion.WARN})
_COUNTED = 3
"""Tokens behind a verb within which a number follows: "put the number of the dead at 40"."""
_PARTS = ("past", "present", "participle")


def plain_verb(sentence: Sentence, at: int) -> list[Draft]:
    """Return what a reporting verb introduces; nothing when it has no content."""
    forms = [form for form in sentence.reported(at).forms if form.part in _PARTS]
    if not forms or sentence.is_impersonal(at) or _ends_quotation(sentence, at):
        return []
    quoting = next((each for each in forms if "quote" in each.cue.takes), forms[-1])
    form = next((each for each in forms if _fits(sentence, at, each)), quoting)
    group = verb_group(sentence, at, form.part)
    negation = next(
        (each for each in range(group.first, at) if sentence.among(each, "negations")), None
    )
    open_still = negation is not None and leaves_open(sentence, negation, form.cue)
    tells = negation is not None and tells_negated(sentence, negation, form.cue)
    withheld = not tells if group.negated else "negated" in form.cue.takes
    withheld = withheld or ("passive" in form.cue.takes and not group.passive)
    if withheld or is_other(sentence, at, form, group):
        return []
    draft = Draft(at, [cue_span(sentence, at, at)], "verb", form.cue, agreement=form.agreement)
    draft.clause = group.first
    draft.assertion = Assertion.OPINION if open_still else None
    if topic := of_topic(sentence, draft, at + 1):
        return [topic]
    if group.passive or is_reduced(sentence, at, form, group):
        return _some(_passive(sentence, draft, group))
    if _is_done_by(sentence, at) or _is_remark(sentence, at, form):
        return []  # "a transcript published by the Courier": nobody's report
    if form.part == "participle" and group.bare:
        draft.pattern = "participle"
    found = _active(sentence, draft, group)
    if found and sentence.among(found.clause - 1, "label_opener"):
        found.stance = Stance.DISTANCING  # "what he called …", "of what it said was …"
    return _some(found)


def _is_done_by(sentence: Sentence, at: int) -> bool:
    """Tell whether a verb says who did what the noun before is; not "said by telephone"."""
    led = sentence.among(at + 1, "agents") and describes(sentence, at)
    told = channel_named(sentence, at + 1) or channel_named(sentence, at + 2)  # "by phone"
    issued = channel_named(sentence, at - 1) and describes(sentence, at)  # "a report published in"
    return (led and not told) or bool(issued) or is_only_shown(sentence, at)


def _is_remark(sentence: Sentence, at: int, form: Form) -> bool:
    """Tell whether a verb only says more of the noun before: "the list, published on Monday, says".

    The verb of that noun stands right behind the comma that ends the remark.
    """
    before, after = sentence.text(at - 1) in COMMAS, at + 1
    said = before and sentence.text(at - 2) in CLOSING
    led = sentence.among(after, "agents", "dating", "medium")
    if form.part != "past" or not before or said or not led:
        return False
    return is_verb(sentence, next_comma(sentence, after) + 1)


def _ends_quotation(sentence: Sentence, at: int) -> bool:
    """Tell whether nothing follows within the marks: it "strongly condemns" the raid."""
    opener = sentence.page.inside[at]
    return opener >= 0 and sentence.quote_end(opener) == at + 2


def _fits(sentence: Sentence, at: int, form: Form) -> bool:
    """Tell whether what a verb takes in one of its meanings follows: "called for", "asked if"."""
    return begins(sentence, at + 1, form.cue) is not None


def _some(draft: Draft | None) -> list[Draft]:
    return [draft] if draft and (draft.content or draft.how == ANAPHOR) else []


def _passive(sentence: Sentence, draft: Draft, group: Group) -> Draft | None:
    """Read "X is believed to P", "X was accused of P", "X was told that P"."""
    cue, after = draft.meaning, draft.at + 1
    if cue is None:
        return None
    subject = subject_of(sentence, group.first)
    begin = opened(sentence, after, cue)
    disputed = cue.assertion is Assertion.DENY and begin and sentence.text(begin - 1) == ":"
    if disputed:
        return None  # "what followed is disputed: X says P, Y says Q"
    if begin is not None:
        end = clause_end(sentence, begin, nominal=False)
        if group.first == sentence.start:
            end = min(end, next_comma(sentence, begin))
        draft.content, draft.how, draft.gap = [(begin, end)], "that", (after, begin)
        return draft
    if sentence.among(after, "agents"):
        return _done_by(sentence, draft, subject.words)
    if "number" in cue.takes and not counts(sentence, after, cue):
        return None
    infinitive = sentence.among(after, "infinitive")
    taken = infinitive or sentence.text(after) in cue.takes
    ways = {"object", "addressee"}
    if infinitive:
        ways |= {"clause"} | sentence.lexicon.words["infinitive"]
    if not taken or closes(sentence, after) or not cue.takes & ways:
        return None
    end = clause_end(sentence, after, nominal=not infinitive)
    if infinitive and not group.passive:
        end = min(end, _main_verb(sentence, after))
    draft.content, draft.how = [(after, end)], "object"
    if subject.relative is not None:
        draft.content.insert(0, (subject.relative, subject.relative + 1))
    elif subject.words and not subject.implied:
        draft.content.insert(0, subject.words)
    return draft


def _main_verb(sentence: Sentence, start: int) -> int:
    """Return where "was filmed" begins in "a video said to show tanks was filmed"; else the end."""
    within = False
    for at in range(start, sentence.end):
        if is_verb(sentence, at) and not within and not describes(sentence, at):
            return at
        within = sentence.among(at, "relatives", "joining", "clauses", "subjects") or (
            within and is_verb(sentence, at)
        )
    return sentence.end


def _done_by(sentence: Sentence, draft: Draft, subject: Range | None) -> Draft | None:
    """Read "Q was denied by X", "Q was accused by X of P"."""
    cue, first = draft.meaning, draft.at + 2
    source = inverted_subject(sentence, first)
    if cue is None or source is None or subject is None:
        return None
    if "judged" in cue.takes and not is_judged(sentence, *subject, cue):
        return None  # "the convoy was attacked by rebels"
    draft.source, draft.content, draft.how = source, [subject], "object"
    led = range(source[0] + 1, min(sentence.end, source[1] + 1))
    taken = (at for at in led if sentence.text(at) in cue.takes and not closes(sentence, at + 1))
    begin = next((at for at in taken if "addressee" in cue.takes), None)
    if begin is not None:
        draft.source = source[0], begin
        draft.content.append((begin, clause_end(sentence, begin, nominal=True)))
    return draft


def _active(sentence: Sentence, draft: Draft, group: Group) -> Draft | None:
    cue = draft.meaning
    if cue is None:
        return None
    subject = _subject(sentence, draft, group)
    saying = bool(cue.takes & {"quote", "that"})
    if (
        saying
        and not _has_its_object(sentence, group, cue)
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
        draft.implied = subject.implied
    if subject.words is not None and sentence.among(subject.words[0], "negations"):
        return None  # "no group claimed responsibility"
    _set_content(sentence, draft, group, cue)
    return draft


def _set_content(sentence: Sentence, draft: Draft, group: Group, cue: Cue) -> None:
    """Set what a verb reports, before it or behind it, once its source is known."""
    after, saying = draft.at + 1, bool(cue.takes & {"quote", "that"})
    if _object_before(sentence, draft, after, cue) or _charged(sentence, draft, after, cue):
        return
    left = draft.source[0] if draft.source and not draft.implied else group.first
    told = past_adjuncts(sentence, after, cue)
    lone = draft.pattern == "participle" and draft.source is None  # "was quoted as saying"
    if saying and not lone and sentence.among(left - 1, "as") and closes(sentence, told):
        _as_said(sentence, draft, left - 1, told)
        return
    front = (
        _front(sentence, left) if saying and draft.pattern == "verb" and not group.bare else None
    )
    if front and _ends_report(sentence, front, after, told):
        draft.content = [front, *resumed(sentence, front, told)]
        draft.how, draft.gap = "fronted", (after, told)
        return
    _fill(sentence, draft, after, cue)


def _subject(sentence: Sentence, draft: Draft, group: Group) -> Subject:
    """Return the subject before a verb; a noun that is none by its case leaves nobody."""
    found = subject_of(sentence, group.first)
    if not is_oblique(sentence, found.words, draft.at):
        return found
    return found._replace(words=None, implied=False)


def _has_its_object(sentence: Sentence, group: Group, cue: Cue) -> bool:
    """Tell whether no subject follows a verb behind a comma: "X, their envoy, urged Y".

    Nobody has "P, denied X" or "P, urged X" without a quotation.
    """
    said = sentence.text(group.first - 2) in CLOSING
    return cue.assertion in _TO_OTHERS and sentence.text(group.first - 1) in COMMAS and not said


def _front(sentence: Sentence, left: int) -> Range | None:
    """Return the clause or quotation before a token, with what leads to the quotation."""
    front = fronted(sentence, left)
    if front and sentence.among(front[1] - 1, "relatives"):
        return front[1] - 1, front[1]  # "the bridge, which, it said, smugglers cross"
    if front is None or front[1] not in sentence.page.openers:
        return front
    start, end = front
    before = range(sentence.start, start)
    words = sum(sentence.tokens[at].word for at in before)
    lone = words < 2 and not sentence.among(start - 1, "subjects")
    if lone or sentence.page.inside[start] >= 0:
        return front
    if any(sentence.finite(at) or sentence.text(at) in STOPS | {":"} for at in before):
        return front
    return sentence.start, end


def _fill(sentence: Sentence, draft: Draft, after: int, cue: Cue) -> None:
    """Set the content that follows a verb, and how it is opened."""
    if _object_first(sentence, draft, after, cue):
        return
    if _points_back(sentence, draft, after, cue):
        draft.how = ANAPHOR  # `relations` looks for what it denies
        return
    begun, called = begins(sentence, after, cue), _called(sentence, draft, cue)
    if begun is None and called and sentence.among(after, "prepositions"):
        begun = after, "addressee"  # "the pilot they accuse of theft"
    if begun is None:
        return
    begin, how = begun
    topic = how == "preposition" and cue.assertion is Assertion.ASSERT
    if draft.how == "leading" and topic:
        return  # "Speaking of P, X said": its topic
    whole = "identity" in cue.takes  # "identified the man as X": X belongs to it
    end = clause_end(sentence, begin, nominal=how in NOMINAL and not whole)
    if topic and draft.pattern == "participle" and _goes_on_behind(sentence, end):
        return  # "X, commenting on P, said"
    comma = next_comma(sentence, begin)
    if draft.referent and comma < end and is_verb(sentence, comma + 1):
        end = comma  # "X, who said P, left"
    if draft.how == "leading":
        end = min(end, comma)
        draft.source = inverted_subject(sentence, comma + 1) if comma < sentence.end else None
        draft.implied = draft.source is not None
    if end > begin:
        draft.content, draft.how, draft.gap = [(begin, end)], how, (after, begin)
    if called and draft.content:
        draft.content.insert(0, called)


def _called(sentence: Sentence, draft: Draft, cue: Cue) -> Range | None:
    """Return the object before a verb that has no subject: "the cause they call a leak"."""
    takes = "verdict" in cue.takes or cue.assertion is Assertion.ACCUSE
    nobody = draft.source is None and not draft.implied and draft.clause > sentence.start
    return phrase_ending(sentence, draft.clause) if takes and nobody else None


def _object_first(sentence: Sentence, draft: Draft, after: int, cue: Cue) -> bool:
    """Read "this news confirmed X": the object begins the clause, X stands behind the verb."""
    subject = draft.source
    if subject is None or draft.implied or "object" not in cue.takes:
        return False
    if not sentence.among(subject[0], "disputed") or subject[1] > draft.at:
        return False
    many = sentence.text(draft.at).endswith(tuple(sentence.lexicon.words["they_endings"]))
    speaker = housed(sentence, after, draft.at)
    speaker = speaker if many else speaker or speaker_after(sentence, draft.at, after)
    if speaker is None or not closes(sentence, speaker[1]):
        return False
    draft.source, draft.content, draft.how = speaker, [subject], "object"
    return True


def _goes_on_behind(sentence: Sentence, comma: int) -> bool:
    """Tell whether a verb of saying stands right behind the comma that ends a remark."""
    told = sentence.text(comma) in COMMAS and sentence.finite(comma + 1)
    return bool(told)


def _points_back(sentence: Sentence, draft: Draft, after: int, cue: Cue) -> bool:
    """Tell whether what was said before is denied: "disputes that", "dismissed this as a lie"."""
    spoken = draft.source is not None and not draft.implied
    if not (spoken and sentence.among(after, "pointed_at") and "object" in cue.takes):
        return False
    if cue.assertion is Assertion.DENY:
        return closes(sentence, after + 1) or sentence.among(after + 1, "as")
    if not rejects_plainly(sentence, after + 1, cue):
        return False
    draft.assertion = Assertion.DENY
    return True


def _object_before(sentence: Sentence, draft: Draft, after: int, cue: Cue) -> bool:
    """Read "X the accusations rejects", "in the port they the letter a forgery consider".

    The object stands between the subject and the verb, what it is called behind it.
    """
    if draft.source is None or draft.implied or "object" not in cue.takes:
        return False
    start, end = draft.source
    first = next((at for at in range(start, end) if _is_object(sentence, start, at)), end)
    counted = any(sentence.is_number(at) for at in range(after, after + _COUNTED))
    verdict = ("verdict" in cue.takes or counted) and not closes(sentence, after)
    ends = closes(sentence, after) or sentence.among(after, "joining")
    if first == end or end > draft.at or not (ends or verdict):
        return False
    draft.source, draft.content, draft.how = (start, first), [(first, end)], "object"
    if first == start:
        _by_those_there(sentence, draft, start)
    if not ends:
        judged = clause_end(sentence, after, nominal=True)
        if rejects(sentence, first, after, judged):
            draft.assertion = Assertion.DENY
        else:
            draft.content.append((after, judged))
    _point(sentence, draft, first, end)
    return True


def _charged(sentence: Sentence, draft: Draft, after: int, cue: Cue) -> bool:
    """Read "…, a charge X denies", "…, which X denies": what X denies stands before the comma."""
    denies = cue.assertion is Assertion.DENY and "object" in cue.takes
    if not denies or draft.source is None or draft.implied or not closes(sentence, after):
        return False
    start, end = draft.source
    noun = start + 1 if sentence.among(start, "determiners") else start - 1
    claim = sentence.words.noun(sentence.text(noun))[0] or sentence.among(noun, "accusations")
    named = claim and sentence.among(noun - 1, "determiners")
    first = noun - 1 if named else start - 1
    if not (named or sentence.among(first, "relatives")) or noun + 1 >= end:
        return False
    if sentence.text(first - 1) not in COMMAS:
        return False
    draft.source, draft.how = (max(start, noun + 1) if named else start, end), ANAPHOR
    draft.clause = first
    return True


def _point(sentence: Sentence, draft: Draft, first: int, end: int) -> None:
    """Leave what "this", "this news" denies to `relations`, which looks for it."""
    if not sentence.among(first, "demonstratives") or draft.meaning is None:
        return
    if first + 1 == end:
        draft.content, draft.how = [], ANAPHOR
    denied = Assertion.DENY in (draft.assertion, draft.meaning.assertion)
    if denied and first + 2 == end and names_claim(sentence, first + 1):
        draft.how = ANAPHOR


def _is_object(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether an object begins at a token of what stands before a verb, by word or case.

    Alone with a verb whose subject is left out, it is all that stands there.
    """
    they = tuple(sentence.lexicon.words["they_endings"])
    if at == start:
        verb = next((word for word in range(at, sentence.end) if sentence.finite(word)), at)
        return sentence.among(at - 1, "there") and sentence.text(verb).endswith(they)
    if sentence.among(at, "disputed"):
        return True
    endings = tuple(sentence.lexicon.words["object_endings"])
    told = sentence.text(at).endswith(tuple(sentence.lexicon.words["told_endings"]))
    lower = sentence.tokens[at].word and not sentence.tokens[at].capital
    shown = bool(endings) and lower and sentence.text(at).endswith(endings) and not told
    return shown and sentence.among(start - 1, "housing") and not is_adverb(sentence, at)


def _by_those_there(sentence: Sentence, draft: Draft, first: int) -> None:
    """Set who "there they deny their part" means: the name in marks or capitals before."""
    there = first - 1
    draft.source = there, first
    end = there
    while end > sentence.start and not (
        sentence.tokens[end - 1].capital or end in sentence.page.openers
    ):
        end -= 1
    begin = sentence.page.openers.get(end, end)
    while begin > sentence.start and sentence.tokens[begin - 1].capital and begin <= end:
        begin -= 1
    draft.referent = (begin, end) if sentence.start < begin < end else None


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
    """Set who does what an infinitive or a participle says: the noun before it, or one implied."""
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
    first = past_named(sentence, draft.at + 1)
    source, ends = _speaker(sentence, draft.at, first)
    if source is None:
        return None
    quoted = front[1] in sentence.page.openers
    if not quoted and not (ends or sentence.among(source[1], "times")):
        return None
    if sentence.lexicon.finite_endings:
        source = source[0], past_apposition(sentence, source[1])
    told = sentence.lexicon.finite_endings and not quoted  # verbs that are not shown by their form
    if told and not any(is_verb(sentence, at) for at in range(*front)):
        return None
    draft.source, draft.how = source, "fronted"
    goes_on = sentence.text(source[1]) in COMMAS and waits(sentence, front, source[1] + 1)
    if quoted or goes_on:
        more = resumed(sentence, front, source[1])  # "the boat, says X, was empty"
    else:
        more = within_marks(sentence, front, source)
    draft.content = [front, *more]
    draft.gap = (source[1], min(sentence.end, source[1] + 6))
    return draft


def _speaker(sentence: Sentence, verb: int, first: int) -> tuple[Range | None, bool]:
    """Return who speaks behind a verb, and whether the clause ends there."""
    told = past_told(sentence, first)
    found = housed(sentence, told, verb) or inverted_subject(sentence, first)
    if found is None or sentence.among(found[1], "housing"):  # "a source in the ministry"
        found = speaker_after(sentence, verb, first) or found
    if found is None or is_infinitive(sentence, found[0]):
        return None, False
    return found, closes(sentence, found[1]) or sentence.particle(found[1]) is not None


def _ends_report(sentence: Sentence, front: Range, after: int, told: int) -> bool:
    """Tell whether a clause or quotation before a verb is what it reports: nothing else follows."""
    if front[1] in sentence.page.openers:
        return not sentence.is_that(told)
    if sentence.text(told) == ":" or sentence.is_that(told + (sentence.text(told) in COMMAS)):
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
    least = 1 if resumes and sentence.among(front[0], "relatives") else 3 - resumes
    return front[1] - front[0] >= least and (acts or resumes or not led)
