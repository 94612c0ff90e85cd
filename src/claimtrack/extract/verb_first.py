"""Verbs where subjects follow them: "said X that P", with a subject before or left out besides."""

from __future__ import annotations

from claimtrack.extract.backward import denied, of_head
from claimtrack.extract.draft import MUTE, Draft, Range
from claimtrack.extract.elided import (
    follows_clause,
    goes_on,
    has_pronoun_subject,
    join_earlier,
    join_subject,
    joins_place,
)
from claimtrack.extract.endings import content_end
from claimtrack.extract.frames import content_begin
from claimtrack.extract.heads import relative_head
from claimtrack.extract.interposed import interposed
from claimtrack.extract.lexicon import Cue
from claimtrack.extract.objects import split_object, split_person
from claimtrack.extract.openings import (
    Opening,
    goes_on_from,
)
from claimtrack.extract.phrases import is_possessed, is_predicate, noun_phrase
from claimtrack.extract.reading import COMMAS, DASHES, Sentence
from claimtrack.extract.subjects import subject_before
from claimtrack.model.vocabulary import Stance

_LONGEST_SETTING = 9
"""Tokens from the comma behind a verb to the one before its subject: ", on Tuesday in Badrun,"."""

_NO_SUBJECTS = ("prepositions", "clauses", "comments", "relatives", "negations", "label_opener")
"""Word lists whose words begin no subject."""

_SPOKEN = 3
"""Words of a quotation that is no name."""

_SHORTEST = 3
"""Letters of the longest word that hardly has "and" before it."""


def verb_first(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read a verb whose subject, if the sentence has one, follows it or begins the clause."""
    resumed = sentence.among(first, "resumptives")
    found = of_head(sentence, draft, first) if resumed else interposed(sentence, draft, first)
    if found:
        return found
    read = _subject_and_begin(sentence, draft, first)
    if read is None or _is_this(sentence, *read):
        return (
            of_head(sentence, draft, first)
            or _after_quotation(sentence, draft, first)
            or denied(sentence, draft, first)
            or _mute(sentence, draft, first)
        )
    draft.source, begin = read
    join_earlier(sentence, draft)
    if begin.how == "quote" and begin.at > first and sentence.among(draft.at - 1, "label_opener"):
        return None  # "what was published of it is "a lie"": another's words
    if begin.how == "object" and _is_no_object(sentence, draft, begin.content):
        own = draft.at + 1
        behind = draft.source is not None and draft.source[0] == own
        if not (behind and _is_joined(sentence, begin.content)):
            return None
        draft.source = subject_before(sentence, draft.at)
        begin = Opening(own, own, "object")  # "a report that explains X and Y"
    apart = draft.source is None or draft.source[1] < draft.at - 1
    if (apart and follows_clause(sentence, draft.at)) or joins_place(sentence, draft):
        join_subject(sentence, draft)
    word = sentence.reported(draft.at)
    impersonal = sentence.is_impersonal(draft.at)
    within = sentence.text(first) in sentence.lexicon.words["resumptives"]
    if draft.source is None and not (word.skip or word.pronoun or impersonal or within):
        head = relative_head(sentence, draft.at)
        if head and _agrees(sentence, draft):
            draft.source, draft.source_skip, draft.relative = head.words, head.skip, True
    end = content_end(sentence, begin)
    if end <= begin.content:
        return None
    pointed = begin.content + 1 + sentence.phrase(begin.content + 1, "wholly")
    if end == pointed and sentence.among(begin.content, "demonstratives"):
        return denied(sentence, draft, first)
    if sentence.among(draft.at - 1, "relatives") and begin.how == "that":
        end = _coordinate(sentence, begin.content, end)
    draft.content = [(begin.content, end)]
    draft.gap = (first, begin.at)
    draft.how = begin.how
    return draft


def _after_quotation(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read ""P", says X": the quotation stands before, its speaker behind the verb."""
    thus = sentence.among(draft.at - 1, "thus")
    if draft.meaning is None or not (thus or "quote" in draft.meaning.takes):
        return None
    close = draft.at - thus
    close -= sentence.text(close - 1) in COMMAS
    opener = sentence.page.openers.get(close)
    end = noun_phrase(sentence, first, sentence.end)
    end = next((at for at in range(first + 1, end) if sentence.among(at, "comments")), end)
    least = _SPOKEN if opener != sentence.start else _SPOKEN - 1
    if opener is None or sentence.words_in(opener, close) < least or end == first:
        return None
    draft.source, draft.content = (first, end), [(max(opener, sentence.start), close)]
    draft.gap, draft.how = (first, end), "quote"
    return draft


def _coordinate(sentence: Sentence, start: int, end: int) -> int:
    """Return where "and that" begins behind a relative clause: it goes on with what holds that."""
    for at in range(start + 1, end):
        if sentence.is_that(at) and goes_on_from(sentence, at):
            return at - 1 if not sentence.tokens[at - 1].word else at
    return end


def _is_no_object(sentence: Sentence, draft: Draft, at: int) -> bool:
    """Tell whether a word cannot be what a verb speaks of.

    "And X" only goes on with the noun before; "an issue" behind "is considered", whose subject is
    the thing itself, says what it is.
    """
    if _is_joined(sentence, at):
        return True
    if draft.source is None and _is_joined_noun(sentence, draft.at):
        return True
    cue = draft.meaning
    if cue is None or not cue.takes >= {"label", "object"} or sentence.reported(draft.at).pronoun:
        return False
    if draft.source and draft.source[0] == draft.at + 1 and is_predicate(sentence, draft.at + 1):
        return True
    return is_predicate(sentence, at)


def _is_joined(sentence: Sentence, at: int) -> bool:
    """Tell whether "and" is joined to a noun."""
    text, words = sentence.text(at), sentence.lexicon.words
    stems = {text.removesuffix(tail) for tail in words["pronouns"]}  # "his victory"
    begins = text[:1] in words["proclitics"] and words["unjoined"].isdisjoint(stems)
    return begins and len(text) > _SHORTEST


def _is_joined_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether a word that may be a verbal noun goes on with one: "for resisting and exposing".

    One with a preposition stands before it in the clause, and no subject.
    """
    word = sentence.reported(at)
    if not (sentence.is_joined(at) and word.part("masdar")) or word.pronoun:
        return False
    for before in range(at - 1, max(sentence.start, at - 12), -1):
        if sentence.text(before) in COMMAS or sentence.finite(before):
            return False
        if sentence.binds(before, sentence.lexicon.words["addressed"]):
            return True
    return False


def _agrees(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether a verb agrees with the pronoun before it: not in "which they claim to own"."""
    before = draft.at - 1
    while sentence.among(before, "auxiliaries"):
        before -= 1
    if not sentence.among(before, "singular_relatives"):
        return True
    gender = "f" if sentence.among(before, "feminine_relatives") else "m"
    return draft.agreement[1:] not in ("p", "d") and draft.agreement[:1] in (gender, "")


def _mute(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Return a verb without content for its subject's sake, which later verbs may leave out."""
    if draft.meaning is None or {"that", "tally"} & draft.meaning.takes == {"tally"}:
        return None  # "raised a map": no toll
    while first < sentence.end and sentence.among(first, "times"):
        first += 1
    if sentence.finite(first) or sentence.other_verb(first):
        return None  # "he refused and insisted"
    subject = subject_before(sentence, draft.at)
    if subject is None and not sentence.among(draft.at - 1, "relatives"):
        end = noun_phrase(sentence, first, sentence.end)
        parted = split_object(sentence, first, end)
        end = end if sentence.has_article(parted) else parted  # "the army published pictures"
        subject = (first, end) if end > first else None
    if subject is None or sentence.reported(draft.at).pronoun:
        return None
    draft.pattern, draft.source = MUTE, subject
    return draft


def _subject_and_begin(
    sentence: Sentence, draft: Draft, first: int
) -> tuple[Range | None, Opening] | None:
    """Return a verb's source, if the sentence has one, and where its content begins."""
    at, cue = draft.at, draft.meaning
    if cue is None:
        return None
    pronoun = sentence.reported(at).pronoun
    if sentence.is_impersonal(at) and sentence.is_that(first):
        return None, Opening(first, first + 1, "that")
    if sentence.is_impersonal(at) and sentence.text(first) in cue.takes:
        begin = content_begin(sentence, first, first, cue, pronoun)
        return (None, begin) if begin else None
    before = subject_before(sentence, at)
    if before and before[1] == at - 1 and sentence.text(at - 1) in DASHES:
        before = None  # "Badrun, WANQ – announced the ministry that": a dateline
    if before and not sentence.has_article(before[1] - 1) and sentence.among(first, "resumptives"):
        return _subject_behind(sentence, draft, first, None)  # "a letter in which X called for"
    elided = has_pronoun_subject(sentence, at) or goes_on(sentence, draft, first)
    objects = cue.takes & {"object", "addressee", "person"}
    elided = elided or draft.agreement[1:] in ("p", "d")  # its subject stands before, or nowhere
    if (before and (pronoun or objects)) or (elided and objects):
        begin = content_begin(sentence, first, first, cue, pronoun)
        if begin and pronoun and begin.how == "colon":  # "as for P, X explains it: "Q""
            end = noun_phrase(sentence, first, begin.at)
            before = (first, end) if end > first else before
        return (before, begin) if begin else None
    return _subject_behind(sentence, draft, first, before)


def _subject_behind(
    sentence: Sentence, draft: Draft, first: int, before: Range | None
) -> tuple[Range | None, Opening] | None:
    """Return the noun phrase behind a verb as its source, else the one before it."""
    cue, pronoun = draft.meaning, sentence.reported(draft.at).pronoun
    if cue is None:
        return None
    bound = cue.takes & sentence.lexicon.words["bound"]
    if _is_circumstance(sentence, first) or _puts_this(sentence, first, cue):
        begin = content_begin(sentence, first, first, cue, pronoun)
        return (before, begin) if begin else None
    first = _past_addressee(sentence, _past_setting(sentence, first), cue)
    if sentence.among(first, "resumptives"):
        first += 1  # "in it X called for"
    end = first
    if cue.takes & {"object"} and before is None and _is_other_gender(sentence, draft, first):
        begin = content_begin(sentence, first, first, cue, pronoun)
        return (None, begin) if begin else None
    if not sentence.binds(first, bound) and not _is_led(sentence, first):
        end = noun_phrase(sentence, first, sentence.end, bound)
    begin = content_begin(sentence, first, end, cue, pronoun)
    if begin is None:
        return None
    if pronoun and "label" in cue.takes and begin.at > first:
        return (first, begin.at), begin  # "which the ministry considers a partner"
    asked = before is not None and _is_thing(sentence, first)
    told = begin.how in ("object", "preposition") and _is_told(sentence, first, cue)
    if told or (asked and begin.how in ("bound", "preposition")):
        return before, Opening(first, first, "object")  # "that Badrun asked for samples of"
    if begin.how == "that" and cue.is_saying and bound and end < begin.at:
        end = noun_phrase(sentence, first, sentence.end)  # "the commander in the army"
    end = min(end, begin.at)
    if "person" in cue.takes:
        end = split_person(sentence, first, end)
    while end > first and sentence.text(end - 1) in COMMAS:
        end -= 1
    return ((first, end) if end > first else before), begin


def _is_told(sentence: Sentence, first: int, cue: Cue) -> bool:
    """Tell whether what follows a verb is what it tells, and no subject.

    "Stressed his will to", but "His Highness stressed"; "asserted the going on of the work", but "a
    poll shows a decline": evidence does.
    """
    if is_possessed(sentence, first):
        return not (sentence.among(first, "open_heads") or _is_own(sentence, first))
    shows = cue.stance is Stance.ENDORSING
    return "object" in cue.takes and not shows and _is_deed(sentence, first)


def _is_own(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun with a pronoun is a body or person: "its office", "his government"."""
    text, (joined, alone) = sentence.text(at), sentence.lexicon.feminine
    tails = (tail for tail in sentence.lexicon.words["pronouns"] if text.endswith(tail))
    stems = {text[: -len(tail)] for tail in tails}
    stems |= {stem.removesuffix(joined) + alone for stem in stems if stem.endswith(joined)}
    return not stems.isdisjoint(sentence.lexicon.words["heads"])


def _is_led(sentence: Sentence, first: int) -> bool:
    """Tell whether a preposition is joined to a word: "to the agency", "to the Courier"."""
    text, words = sentence.text(first), sentence.lexicon.words
    if text[:1] not in words["bound"]:
        return False
    if sentence.has_article(first) or (text in words["bound"] and sentence.opens_quote(first + 1)):
        return True
    names = ("heads", "name_heads", "open_heads", "places")
    named = any(text[1:] in words[name] for name in names)
    return named and sentence.binds(first, words["bound"])


def _is_other_gender(sentence: Sentence, draft: Draft, first: int) -> bool:
    """Tell whether a noun behind a verb disagrees with it: its object, no subject."""
    if first >= sentence.end:
        return False
    if draft.agreement[:1] != "m":
        return draft.agreement == "fs" and _is_deed(sentence, first)
    named = sentence.among(first, "titles", "places", "masculine")
    return sentence.ends_feminine(first) and not named


def _is_thing(sentence: Sentence, at: int) -> bool:
    """Tell whether an indefinite noun begins at a token that names nobody."""
    agents = ("heads", "open_heads", "name_heads", "titles", "places", "plurals", "name_prefixes")
    agent = sentence.among(at, *agents) and not sentence.among(at, "documents")
    named = agent or sentence.has_article(at) or sentence.among(at, *_NO_SUBJECTS, "times")
    led = sentence.binds(at, sentence.lexicon.words["bound"])
    return sentence.tokens[at].word and not (named or led or sentence.is_that(at))


def _is_deed(sentence: Sentence, at: int) -> bool:
    """Tell whether an indefinite word is a masculine noun of doing or being: "presence of"."""
    agent = sentence.among(at, "heads", "open_heads", "name_heads", "documents", "titles", "places")
    plain = not (sentence.has_article(at) or sentence.ends_feminine(at) or agent)
    return plain and sentence.is_verbal_noun(at)


def _is_circumstance(sentence: Sentence, first: int) -> bool:
    """Tell whether "and the tears in his eyes" follows a verb: no subject is joined to its verb."""
    text, words = sentence.text(first), sentence.lexicon.words
    joined = text[:1] in words["proclitics"] and text[1:3] in words["article"]
    if sentence.among(first, "comments") and text[:1] in words["proclitics"]:
        return True  # "and added, while she wept, that"
    return joined and not sentence.among(first, "heads", "open_heads", "titles")


def _is_this(sentence: Sentence, source: Range | None, begin: Opening) -> bool:
    """Tell whether "confirmed this the minister" was read as if "this" had said something."""
    if source is None or begin.how != "object":
        return False
    return source[1] - source[0] == 1 and sentence.among(source[0], "demonstratives")


def _puts_this(sentence: Sentence, first: int, cue: Cue) -> bool:
    """Tell whether "put this down to" goes on: "this" alone is no subject."""
    lone = sentence.among(first, "demonstratives") and sentence.among(first + 1, "prepositions")
    return lone and "cause" in cue.takes


def _past_setting(sentence: Sentence, first: int) -> int:
    """Return where the subject begins in "announced, on Tuesday, the minister that P"."""
    led = sentence.among(first + 1, "times", "medium")
    if sentence.text(first) not in COMMAS or not led:
        return first
    for end in range(first + 2, min(sentence.end, first + _LONGEST_SETTING)):
        if sentence.text(end) in COMMAS:
            named = end + 1 < sentence.end and not sentence.among(end + 1, *_NO_SUBJECTS)
            return end + 1 if named and not sentence.is_that(end + 1) else first
        if sentence.finite(end) or sentence.is_that(end):
            break
    return first


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
    elif sentence.text(first)[1:] in words["heads"] and sentence.has_article(after):
        after += 1  # "told the office of the prosecutor the analyst that P"
    names = sentence.has_article(after) or sentence.among(after, "heads", "open_heads", "titles")
    return after if names and not sentence.is_that(after) else first
