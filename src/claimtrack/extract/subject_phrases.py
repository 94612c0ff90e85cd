"""Who speaks where subjects stand first: the noun phrase before a verb, or behind what was said."""

from __future__ import annotations

from typing import NamedTuple

from claimtrack.extract.channels import channel_named
from claimtrack.extract.draft import Range
from claimtrack.extract.groups import (
    JOINERS,
    describes,
    is_adverb,
    is_only_shown,
    is_shaped,
    is_verb,
    past_channel,
    past_told,
    stays_within,
    they_say,
)
from claimtrack.extract.reading import CLOSING, COMMAS, DASHES, SEMICOLONS, STOPS, Sentence

LONGEST = 28
"""Tokens a subject may have."""

LONGEST_NAME = 6
"""Tokens of a name in marks within a subject, the marks counted."""

LONGEST_APPOSITION = 16
"""Tokens between commas that say who somebody is."""

_NO_APPOSITION = (
    *("prepositions", "clauses", "relatives", "comments", "circumstances", "negations", "modals"),
    *("times", "joining", "leading", "subjects", "hearsay", "pointed_at"),
)
"""Lists of words that begin something else than who somebody is."""

_NO_NAME = (
    *("prepositions", "clauses", "relatives", "circumstances", "times", "leading", "adverbs"),
    *("joining", "subjects"),
)
"""Lists of words that begin no name, whatever their first letter."""


_NO_MEMBER = (*_NO_NAME, "negations", "numerals", "modals")
"""Lists of words that stand in no member of a list of people."""

_MEMBER = 3
"""Words of such a member: "the border guards"."""


class Subject(NamedTuple):
    """Who a verb's subject is.

    Attributes:
        words: Its tokens; None where none was found.
        implied: Whether the verb leaves it out, and it is named before.
        relative: The relative pronoun that stands for it, or None.
        start: Where its clause begins.
    """

    words: Range | None
    implied: bool
    relative: int | None
    start: int


def subject_of(sentence: Sentence, first: int) -> Subject:
    """Return the subject that stands before a verb group, and before when: "X in 2024 said"."""
    dated, first = first, _before_date(sentence, first)
    before = first - 1
    nobody = Subject(None, True, None, first)
    if before < sentence.start:
        return nobody
    if sentence.among(before, "relatives"):
        head = before_relative(sentence, before)
        return Subject(head, False, before, head[0] if head else before)
    if sentence.among(before, "joining", "clauses"):
        return nobody
    if sentence.text(before) in COMMAS or sentence.text(before) in DASHES:
        return _over_parenthesis(sentence, before) or nobody
    if not sentence.tokens[before].word and sentence.text(before) not in CLOSING | {".", "%"}:
        return nobody
    words = phrase_ending(sentence, first)
    if words and any(_is_described(sentence, at) for at in range(*words)):
        words = phrase_ending(sentence, dated)  # "a man hurt by a bear in 2019 said"
    return Subject(words, False, None, words[0]) if words else nobody


def _is_described(sentence: Sentence, at: int) -> bool:
    return is_shaped(sentence, at) or sentence.among(at, "agents")


def is_oblique(sentence: Sentence, words: Range | None, verb: int) -> bool:
    """Tell whether what stands before a verb is no subject by its case: "to tourists they advise".

    So is only what stands before a verb whose subject may be left out.
    """
    endings = tuple(sentence.lexicon.words["oblique_endings"])
    if words is None or not endings or sentence.among(words[0] - 1, "housing"):
        return False
    if sentence.among(words[0], "disputed"):
        return False  # "there they deny their part": an object by itself
    they = sentence.text(verb).endswith(tuple(sentence.lexicon.words["they_endings"]))
    joined = any(sentence.among(at, "joining") for at in range(*words))
    return they and not joined and sentence.text(words[0]).endswith(endings)


def _before_date(sentence: Sentence, end: int) -> int:
    """Return where "in 2024", "on 5 March" begins that ends before a token; else the token."""
    at = end
    while at > sentence.start and _is_date(sentence, at - 1):
        at -= 1
    return at - 1 if at < end and sentence.among(at - 1, "dating") else end


def _is_date(sentence: Sentence, at: int) -> bool:
    month = sentence.tokens[at].capital and sentence.text(at + 1).isdigit()  # "May 2024"
    return sentence.text(at).isdigit() or sentence.among(at, "times") or month


def before_relative(sentence: Sentence, pronoun: int) -> Range | None:
    """Return the noun phrase that a relative pronoun refers to."""
    end = pronoun
    if sentence.text(end - 1) in COMMAS:
        end -= 1
    head = phrase_ending(sentence, end)
    return _apposed(sentence, *head) or head if head else None


def _apposed(sentence: Sentence, first: int, end: int) -> Range | None:
    """Return the name that a phrase says more of: "Lena Torvik, head of the board"."""
    comma = first - 1
    if sentence.text(comma) not in COMMAS or sentence.tokens[first].capital:
        return None
    name = phrase_ending(sentence, comma)
    named = name is not None and sentence.tokens[name[1] - 1].capital
    return name if named and _apposes(sentence, first, end) else None


def _over_parenthesis(sentence: Sentence, comma: int) -> Subject | None:
    """Return the subject before ", the mayor of X," or ", who lives there,"."""
    marks = COMMAS if sentence.text(comma) in COMMAS else DASHES
    at = comma - 1
    while at > max(sentence.start, comma - LONGEST):
        if at + 1 in sentence.page.openers and sentence.page.openers[at + 1] < at:
            at = sentence.page.openers[at + 1] - 1
            continue
        if sentence.text(at) in marks:
            break
        at -= 1
    else:
        return None
    inner = at + 1
    owned = sentence.among(inner + 1, "relatives")  # "whose words the paper quotes"
    apart = sentence.among(inner, "relatives", "prepositions", "determiners", "negations") or (
        not sentence.among(inner, "clauses", "joining", "subjects")
        and not any(is_verb(sentence, word) for word in range(inner, comma))
    )
    verbal = sentence.reported(inner).forms or is_verb(sentence, inner)
    however = comma == inner + 1 and sentence.among(inner, "leading", "clauses")
    if verbal or owned or however or marks is DASHES:
        apart = True
    if not apart or sentence.among(inner, "joining"):
        return None
    end = _before_age(sentence, at)
    words = phrase_ending(sentence, end)
    if words is None or sentence.among(words[0], "prepositions"):
        return None
    if marks is COMMAS and words[1] == end and _apposes(sentence, inner, comma):
        words = words[0], comma
    elif name := _apposed(sentence, *words):
        words = name[0], words[1]  # "X, head of the board, who was there, said"
    return Subject(words, False, None, words[0])


def _before_age(sentence: Sentence, comma: int) -> int:
    """Return the comma before an age: "Yusra Daham, 34," goes on with what she is."""
    aged = sentence.text(comma - 1).isdigit() and sentence.text(comma - 2) in COMMAS
    return comma - 2 if aged else comma


def _apposes(sentence: Sentence, first: int, end: int) -> bool:
    """Tell whether what stands between commas says who somebody is: ", head of the mission,"."""
    if end - first > LONGEST_APPOSITION or not sentence.tokens[first].word:
        return False
    if sentence.is_number(first) or sentence.particle(first) or is_adverb(sentence, first):
        return False
    if sentence.among(first, *_NO_APPOSITION):
        return False
    if sentence.among(first + 1, "agents", "as", "relatives"):
        return False
    if is_shaped(sentence, first) or sentence.other_verb(first):
        return False
    if sentence.reported(first).part("participle"):
        return False  # "the Kremlin, commenting on it,"
    clause = next((at for at in range(first, end) if sentence.among(at, "relatives")), end)
    return not any(is_verb(sentence, at) for at in range(first, clause))


def past_apposition(sentence: Sentence, comma: int) -> int:
    """Return the end of ", a mother of four" behind a name that a comma ends; else the comma."""
    first = end = comma + 1
    if sentence.text(comma) not in COMMAS or not sentence.among(first, "determiners"):
        return comma
    while end < sentence.end and (sentence.tokens[end].word or stays_within(sentence, end)):
        timed = sentence.among(end, "times", "circumstances")
        if timed or sentence.particle(end):
            return comma
        end += 1
    return end if end > first + 1 and _apposes(sentence, first, end) else comma


def phrase_ending(sentence: Sentence, end: int) -> Range | None:
    """Return the noun phrase that ends before a token, looking left."""
    last = end
    while last > sentence.start and (
        sentence.among(last - 1, "times", "told") or is_adverb(sentence, last - 1)
    ):
        last -= 1
        if sentence.among(last - 1, "dating"):
            last -= 1
    last = _before_told_name(sentence, last)
    if last <= sentence.start:
        return None
    shown = is_only_shown(sentence, last - 1)
    while shown and is_adverb(sentence, last):
        last += 1  # "pictures posted online"
    if sentence.among(last - 1, "subjects") and not _is_object(sentence, last - 1):
        return last - 1, last
    named = sentence.page.openers.get(last) == sentence.start and sentence.tokens[last - 2].word
    if named and last - sentence.start <= LONGEST_NAME:
        return sentence.start, last  # "«The Day» reported"
    start = _leftmost(sentence, last)
    if sentence.among(start - 1, "subjects") and sentence.among(start, "prepositions"):
        return start - 1, start  # "he in an interview said"
    start = _tidied(sentence, start, last)
    last = _before_citation(sentence, start, last)
    last = _before_channel(sentence, start, last)
    head = _with_members(sentence, _head_before(sentence, start, last), last)
    return (head, last) if head < last else None


def _before_told_name(sentence: Sentence, end: int) -> int:
    """Return where "«the Courier»" begins that ends before a token and is told, by its case."""
    opener = sentence.page.openers.get(end)
    endings = tuple(sentence.lexicon.words["told_cases"])
    if opener is None or not endings or opener <= sentence.start:
        return end
    named = sentence.among(opener - 1, "name_heads") or end - opener > LONGEST_NAME
    return opener if sentence.text(end - 2).endswith(endings) and not named else end


def _with_members(sentence: Sentence, start: int, end: int) -> int:
    """Return where "A, B and C" begins, of which "B and C" was read.

    Each is a name; or they are people without names, where the sentence begins with A.
    """
    joints = [at for at in range(start + 1, end - 1) if sentence.among(at, "joining")]
    if joints and _begins_with_people(sentence, start):
        return sentence.start
    if not joints or not _is_name(sentence, start, joints[0]):
        return start
    while sentence.text(start - 1) in COMMAS - SEMICOLONS:
        first = start - 1
        while first > sentence.start and _names(sentence, first - 1):
            first -= 1
        if not _is_name(sentence, first, start - 1):
            return _with_owned(sentence, start)
        start = first
    return start


def _begins_with_people(sentence: Sentence, end: int) -> bool:
    """Tell whether a sentence up to a token is "police, firefighters, ": many people, no verb."""
    first, many = sentence.start, tuple(sentence.lexicon.words["people_endings"])
    for at in range(first, end):
        if sentence.text(at) in COMMAS - SEMICOLONS:
            people = sentence.among(at - 1, "plurals") or sentence.text(at - 1).endswith(many)
            if not (people and 0 < at - first <= _MEMBER):
                return False
            first = at + 1
        elif (
            is_verb(sentence, at)
            or is_shaped(sentence, at)
            or is_adverb(sentence, at)
            or sentence.among(at, *_NO_MEMBER)
        ):
            return False
    return sentence.start < end == first


def _with_owned(sentence: Sentence, start: int) -> int:
    """Return where "the ministers of A, B and C" begins, of which "B and C" was read."""
    words = phrase_ending(sentence, start - 1)
    if words is None or (words[0] > sentence.start and sentence.tokens[words[0] - 1].word):
        return start
    of = next((at for at in range(*words) if sentence.among(at, "prepositions")), words[0])
    many = tuple(sentence.lexicon.words["people_endings"])
    owned = of > words[0] and sentence.text(of - 1).endswith(many)
    return words[0] if owned and _is_name(sentence, of + 1, start - 1) else start


def _names(sentence: Sentence, at: int) -> bool:
    """Tell whether a word may stand in a name: with a capital, or "the", or "of" between two."""
    named = sentence.tokens[at].capital or sentence.among(at, "determiners", "inside")
    return named and not sentence.among(at, "times")


def _is_name(sentence: Sentence, first: int, end: int) -> bool:
    """Tell whether a range is a name that stands apart: no adverb, no time, nothing before it."""
    if first >= end or end - first > LONGEST_NAME or not sentence.tokens[end - 1].capital:
        return False
    shaped = sentence.text(first).endswith(sentence.lexicon.adverb_endings or "\0")
    endings = tuple(sentence.lexicon.words["participle_endings"])
    acts = sentence.text(first).endswith(endings) and sentence.among(first + 1, "prepositions")
    led = first > sentence.start and sentence.tokens[first - 1].word
    led = led and not sentence.is_that(first - 1)
    led = led and not sentence.among(first - 1, "clauses", "times", "inside")
    named = all(_names(sentence, at) for at in range(first, end))
    return named and not (led or shaped or acts or sentence.among(first, *_NO_NAME))


def _head_before(sentence: Sentence, start: int, end: int) -> int:
    """Return where "a driver who saw the blast" begins, where only the clause was read.

    A determiner behind the first word tells that this is a verb: not in "who police said".
    """
    pronoun = start - 1
    clause = sentence.among(pronoun, "doers") and sentence.tokens[pronoun - 1].word
    acts = not sentence.among(start, "determiners") and any(
        sentence.among(at, "determiners") for at in range(start + 1, end)
    )
    if pronoun <= sentence.start or not clause or not acts:
        return start
    head = phrase_ending(sentence, pronoun)
    return head[0] if head else start


def _before_citation(sentence: Sentence, start: int, end: int) -> int:
    """Return where a noun phrase ends before "citing B", which names another than it does."""
    for at in range(start + 1, end):
        found = sentence.particle(at)
        if found and found[0].opens == "relay":
            return at
    return end


def _before_channel(sentence: Sentence, start: int, end: int) -> int:
    """Return where a noun phrase ends before "in an interview with", "in a statement"."""
    for at in range(start + 1, end):
        near = (at + 1, at + 2) if sentence.among(at, "medium") else ()
        near = (*near, at) if sentence.among(at, "prepositions") else near
        told = any(word < end and channel_named(sentence, word) for word in near)
        if told and not describes(sentence, at - 1):  # not "video shared on social media"
            return at  # "in a statement", "in its weekly report", "by telephone"
    return end


def _leftmost(sentence: Sentence, end: int) -> int:
    """Return where the words before a token begin that may be one noun phrase."""
    at = end
    while at > max(sentence.start, end - LONGEST):
        before = at - 1
        if not sentence.tokens[before].word:
            moved = _over_mark(sentence, before, end)
            if moved == at:
                return at
            at = moved
            continue
        if sentence.among(before, "relatives"):
            return at
        if sentence.among(before, "joining"):
            if not _joins(sentence, before):
                return at
        elif _is_object(sentence, before):
            pass
        elif sentence.is_that(before) or sentence.among(
            before, "clauses", "subjects", "modals", "circumstances"
        ):
            return at
        elif is_verb(sentence, before) and not describes(sentence, before):
            pronoun = _relative_before(sentence, before, at == end)
            if pronoun is None:
                return at
            at = pronoun
            if sentence.text(at - 1) in COMMAS:
                return end if at == end else at
            continue
        at = before
    return at


def _is_object(sentence: Sentence, at: int) -> bool:
    """Tell whether a pronoun is the object of a verb before it: "the firm that sold it"."""
    verb = at - 1
    if not (sentence.among(at, "subjects") and sentence.among(at, "objects")):
        return False
    form = sentence.reported(verb).part("past", "present", "participle")
    says = form is not None and bool(form.cue.takes & {"that", "clause"})
    return is_verb(sentence, verb) and not says and not _helps(sentence, verb)


def _helps(sentence: Sentence, at: int) -> bool:
    return sentence.among(at, "progressives", "modals", "auxiliaries")


def _relative_before(sentence: Sentence, verb: int, last: bool) -> int | None:
    """Return the relative pronoun whose clause a verb stands in: "the officer who was sent"."""
    form = sentence.reported(verb).part("past", "present")
    if form and not last and form.cue.takes & {"that", "clause"}:
        return None  # "who said X lied": X has a verb of its own
    for at in range(verb - 1, max(sentence.start, verb - 8), -1):
        if sentence.among(at, "relatives"):
            return at
        if not sentence.tokens[at].word or sentence.among(at, "clauses", "circumstances"):
            return None
    return None


def _joins(sentence: Sentence, at: int) -> bool:
    """Tell whether "and" joins two nouns: no verb stands in the clause before it."""
    before = at - 1
    while before > max(sentence.start - 1, at - 12):
        if not sentence.tokens[before].word and sentence.text(before) in COMMAS | DASHES | {":"}:
            break
        if sentence.is_that(before) or sentence.among(before, "clauses", "relatives"):
            break
        if is_verb(sentence, before):
            return False
        before -= 1
    return at - before > 1


def _over_mark(sentence: Sentence, mark: int, end: int) -> int:
    """Return past a mark that may stand within a noun phrase; the token after it where not."""
    at, text = mark + 1, sentence.text(mark)
    opener = sentence.page.openers.get(at)
    if opener is not None:
        inner = sentence.words_in(opener, mark)
        spoken = sentence.text(mark - 1) in COMMAS | STOPS
        named = at < end or sentence.tokens[max(opener - 1, 0)].word
        said = sentence.is_that(end + 1) or sentence.text(end + 1) in COMMAS
        apart = opener > sentence.start or (at == end and said)
        apart = apart or sentence.particle(at) is not None  # "«The Courier» citing"
        held = 0 < inner <= 4 and named and not spoken and apart
        return opener if held else at
    touches = mark > sentence.start and sentence.tokens[mark - 1].end == sentence.tokens[mark].start
    if text == "." and touches and mark + 1 < end and len(sentence.text(mark - 1)) <= 4:
        return mark
    if text in {")", "]"}:
        near = range(mark - 1, max(sentence.start, mark - 9), -1)
        return next((word for word in near if sentence.text(word) in {"(", "["}), at)
    if text in JOINERS and touches:
        return mark
    if text in {"$", "%", "#", "@"}:
        return mark
    return at


def _tidied(sentence: Sentence, start: int, end: int) -> int:
    """Return where a noun phrase begins, without the adverbs and phrases that lead to it."""
    start += sentence.phrase(start, "adverbials")
    dated = start + 1
    while dated < end and _is_date(sentence, dated):
        dated += 1
    if dated > start + 1 and sentence.among(start, "dating"):
        start = dated  # "in 2024 in the ministry they said"
    while start < end and (
        sentence.among(start, "clauses", "joining", "times", "leading")
        or (is_adverb(sentence, start) and start + 1 < end)
        or (
            not sentence.tokens[start].word
            and not sentence.opens_quote(start)
            and sentence.text(start) not in {"$", "#", "@"}
        )
    ):
        start += 1
    housed = sentence.among(start, "housing") and not channel_named(sentence, start + 1)
    if housed and start + 1 < end:
        return start + 1
    if sentence.among(start, "prepositions"):
        return _behind_adjunct(sentence, start, end)
    return start


def _behind_adjunct(sentence: Sentence, start: int, end: int) -> int:
    """Return where the subject begins in "in Iowa the mayor said": at a determiner or name."""
    for at in range(end - 1, start, -1):
        if sentence.among(at, "determiners"):
            return at if at > start + 1 else start
        name = sentence.tokens[at].capital and not sentence.tokens[at - 1].capital
        if (
            name
            and (sentence.tokens[at - 1].word or sentence.text(at - 1) in CLOSING)
            and not sentence.among(at - 1, "prepositions", "determiners")
        ):
            return at
    return end - 1 if sentence.tokens[end - 1].word else end


def inverted_subject(sentence: Sentence, first: int) -> Range | None:
    """Return the subject behind a verb in ""P," said X, the mayor": up to a comma or the end."""
    at = first + sentence.phrase(first, "adverbials")
    while is_adverb(sentence, at) or sentence.among(at, "times") or past_told(sentence, at) > at:
        at = max(at + 1, past_told(sentence, at))
    at = past_channel(sentence, at)
    if at >= sentence.end or not (sentence.tokens[at].word or sentence.opens_quote(at)):
        return None
    if sentence.is_that(at) or sentence.among(at, "prepositions", "clauses", "infinitive"):
        return None
    end = at
    while end < min(sentence.end, at + LONGEST):
        if sentence.opens_quote(end) and sentence.quote_end(end) - end <= LONGEST_NAME:
            end = sentence.quote_end(end)
        elif _ends_subject(sentence, at, end):
            break
        else:
            end += 1
    while end > at and sentence.among(end - 1, "prepositions", "dating", "joining", "told"):
        end -= 1
    return (at, end) if end > at else None


def past_named(sentence: Sentence, first: int) -> int:
    """Return where the speaker begins in "told «the Courier» a witness"; else the token itself."""
    if not (sentence.opens_quote(first) and sentence.lexicon.order == "before"):
        return first
    after = sentence.quote_end(first)
    if sentence.among(after, "housing") and they_say(sentence, first - 1):
        return after  # "told «the Courier» in the town hall"
    loose = sentence.among(after, "prepositions", "times") or sentence.particle(after)
    return after if after < sentence.end and sentence.tokens[after].word and not loose else first


def _ends_subject(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether a subject that stands behind its verb ends before a token."""
    if not sentence.tokens[at].word:
        return not stays_within(sentence, at)
    if sentence.among(at, "relatives", "clauses", "times", "modals", "progressives"):
        return True
    done = describes(sentence, at) or describes(sentence, at - 1)
    if done or (sentence.among(at, "agents") and channel_named(sentence, at - 1)):
        return False  # "a report by the board", "information obtained by the board"
    if sentence.among(at - 1, "leaning"):
        return False  # "officials familiar with the talks"
    ended = sentence.among(at, "medium") or is_verb(sentence, at) or sentence.particle(at)
    return at > start and bool(ended)
