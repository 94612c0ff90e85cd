"""Where subjects stand first: where what a verb reports begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.extract.channels import names_channel
from claimtrack.extract.endings import is_trailing_cue, next_comma
from claimtrack.extract.groups import (
    closes,
    describes,
    is_adverb,
    is_shaped,
    is_verb,
    shows_verb,
    stays_within,
)
from claimtrack.extract.lexicon import TAKES, Cue
from claimtrack.extract.reading import COMMAS, STOPS, Sentence
from claimtrack.model.vocabulary import Assertion

FARTHEST = 26
"""Tokens between a verb and what opens its content."""

NOMINAL = frozenset({"object", "preposition", "addressee"})
"""How contents are opened that are noun phrases."""

_LONG_DASHES = frozenset("–—")
_NEAR = 6
_NUMBER, _PUT = 4, 12
"""Tokens within which a number follows a verb of counting, or what leads to one follows a verb."""
_VERDICT = 6
"""Tokens from "as" to what is denied as something: "dismissed as a plain lie the claim"."""
_OCCASION = 5
"""Tokens behind a preposition within which a channel or a time is named."""
_THING = 3
"""Words behind "that" which name a thing rather than say a clause."""
_INTERPOSED = 4
"""Tokens of a content that a remark behind them only interrupts."""
_REMARKS = ("relatives", "medium", "determiners", "prepositions", "negations")
"""Lists of words that begin a remark between a verb and its content: ", without proof,"."""
_LOOSE = frozenset(",;:-–—.…")

Begin = tuple[int, str]
"""A content's first token, and how it is opened (see `claimtrack.extract.openings.Opening`)."""


def past_adjuncts(sentence: Sentence, start: int, cue: Cue) -> int:
    """Return past when, where and to whom something was said."""
    at = start
    if "person" in cue.takes:
        at = _past_person(sentence, at)
    while at < sentence.end:
        date = sentence.text(at)[:1].isdigit() and at > start
        when = sentence.among(at, "times") and not is_verb(sentence, at + 1)  # "there was"
        counted = sentence.among(at, "plurals")  # "said all passengers were safe"
        if date or when or (is_adverb(sentence, at) and not counted):
            at += 1
            continue
        if _is_dated(sentence, at):
            at += 2
            continue
        led = sentence.among(at, "medium", "dating", "audience")
        end = _past_phrase(sentence, at + 1) if led else at
        if led and not _is_adjunct(sentence, at + 1, end):
            end = _past_capitals(sentence, at + 1)
        if end <= at + 1 or sentence.text(at) in cue.takes:
            break
        at = end
    return at


def _is_dated(sentence: Sentence, at: int) -> bool:
    """Tell whether "on Monday" begins, which is no matter that one speaks on."""
    return sentence.among(at, "dating") and sentence.among(at + 1, "times")


def _past_phrase(sentence: Sentence, first: int) -> int:
    """Return past the noun phrase behind a preposition, up to a clause or a mark."""
    at = first
    while at < min(sentence.end, first + 12):
        if sentence.tokens[at].word:
            ends = sentence.is_that(at) or sentence.among(
                at, "subjects", "clauses", "interrogatives", "relatives"
            )
            purpose = at > first + 1 and sentence.among(at, "infinitive")
            if ends or purpose or _begins_another(sentence, first, at):
                break
        elif not stays_within(sentence, at):
            break
        at += 1
    return at


def _is_adjunct(sentence: Sentence, first: int, end: int) -> bool:
    """Tell whether a noun phrase has no verb of its own, as in "said at least nine died"."""
    if names_channel(sentence, first) or names_channel(sentence, first + 1):
        return True
    verbs = (at for at in range(first, end) if is_verb(sentence, at))
    owners = sentence.lexicon.words["possessive"]
    return all(describes(sentence, at) or sentence.text(at) in owners for at in verbs)


def _past_capitals(sentence: Sentence, first: int) -> int:
    """Return past a name that begins at a token; the token where none does."""
    at = first
    while at < sentence.end and sentence.tokens[at].capital:
        at += 1
    return at


def _begins_another(sentence: Sentence, first: int, at: int) -> bool:
    """Tell whether a determiner begins a noun phrase of its own."""
    own = at > first and sentence.among(at, "determiners")
    return own and not sentence.among(at - 1, "prepositions", "joining")


def _past_person(sentence: Sentence, first: int) -> int:
    """Return past the one who is told: a pronoun, or a noun phrase up to what opens the content."""
    if sentence.among(first, "objects", "subjects"):
        return first + 1
    at = first
    while at < min(sentence.end, first + 14):
        if not sentence.tokens[at].word:
            end = _past_name(sentence, first, at)
            if end == at:
                break
            at = end
            continue
        if sentence.is_that(at) or sentence.among(
            at, "clauses", "interrogatives", "infinitive", "times", "about"
        ):
            break
        later = at > first and (
            sentence.among(at, "subjects", "medium", "dating") or is_adverb(sentence, at)
        )
        if later or _begins_another(sentence, first, at):
            break
        at += 1
    return at


def _past_name(sentence: Sentence, first: int, at: int) -> int:
    """Return past a mark within a mention, or a name in marks: "told CBS's "This Morning" that"."""
    if stays_within(sentence, at):
        return at + 1
    if not sentence.opens_quote(at) or at == first or sentence.text(at - 1) in COMMAS:
        return at
    end = sentence.quote_end(at)
    named = sentence.words_in(at, end) <= 4 and sentence.text(end) not in STOPS
    return end if named and at + 1 < sentence.end and sentence.tokens[at + 1].capital else at


def opened(sentence: Sentence, start: int, cue: Cue) -> int | None:
    """Return where a clause, a quotation or what follows a colon begins behind a verb; or None."""
    at, stop = start, min(sentence.end, start + FARTHEST)
    while at < stop:
        begin = _opens(sentence, start, at, cue)
        if begin is not None:
            return begin if 0 <= begin < sentence.end else None
        at = sentence.quote_end(at) if sentence.opens_quote(at) else at + 1
    return None


def _opens(sentence: Sentence, start: int, at: int, cue: Cue) -> int | None:
    """Return where a content begins that a token opens; -1 where none can, None to look on."""
    text, takes = sentence.text(at), cue.takes
    # "that it found its target and that …": of the verb before
    another = at > start and sentence.among(at - 1, "joining")
    another = another or (at == start and _is_demonstrative(sentence, at, cue))
    if sentence.is_that(at) and (another or at == start or not is_verb(sentence, at + 1)):
        first = at + 1 + (sentence.text(at + 1) in COMMAS)  # "that, according to X, P"
        return first if "that" in takes and not another else -1
    asks = sentence.among(at, "interrogatives") and at <= start + _NEAR
    if asks and takes & {"that", "about"}:
        return at
    if text == ":" and takes & {"quote", "that"}:
        return at + 1
    if sentence.opens_quote(at):
        return _speech(sentence, start, at, cue)
    if text in COMMAS:
        return _behind_comma(sentence, start, at, cue)
    if text in STOPS:
        return -1 if len(sentence.text(at - 1)) > 4 or at + 1 >= sentence.end else None
    ends = is_verb(sentence, at) or sentence.among(at, "clauses", "subjects")
    return -1 if ends else None


def _is_demonstrative(sentence: Sentence, at: int, cue: Cue) -> bool:
    """Tell whether "disputes that finding" speaks of a thing: no clause follows."""
    if not sentence.is_that(at) or "object" not in cue.takes or "clause" in cue.takes:
        return False
    near = range(at + 1, min(sentence.end, at + _THING + 2))
    end = next((word for word in near if closes(sentence, word)), None)
    within = range(at + 1, end or sentence.end)
    short = end is not None or sentence.end - at <= _THING + 1
    return short and len(within) > 0 and not any(is_verb(sentence, word) for word in within)


def _speech(sentence: Sentence, start: int, at: int, cue: Cue) -> int | None:
    end = sentence.quote_end(at)
    if sentence.text(end) in COMMAS and sentence.is_that(end + 1):
        return None  # "told «The Courier», that P"
    spoken = sentence.words_in(at, sentence.quote_end(at)) >= 2
    apart = at == start or sentence.text(at - 1) in COMMAS | {":"}
    if "quote" in cue.takes and spoken and apart:
        return at
    return -1 if at == start else None


def _behind_comma(sentence: Sentence, start: int, comma: int, cue: Cue) -> int | None:
    after = comma + 1
    if sentence.opens_quote(after) and "quote" in cue.takes:
        return after
    if sentence.is_that(after) and "that" in cue.takes and comma <= start + _NEAR + 2:
        return after + 1
    passed = sentence.among(after, *_REMARKS)
    return None if passed or sentence.particle(after) else -1


def begins(sentence: Sentence, after: int, cue: Cue) -> Begin | None:
    """Return where what a verb reports begins behind it, and how; None where nothing does."""
    if not _completed(sentence, after, cue):
        return None
    if "claim" in cue.takes and not _is_claim(sentence, after):
        return None  # "withdrew its troops"
    begin = opened(sentence, after, cue) if cue.takes & {"that", "quote", "about"} else None
    quoted = begin is not None and sentence.opens_quote(begin)
    adjuncts = past_adjuncts(sentence, after, cue)
    if begin is not None and quoted and "addressee" in cue.takes and begin > after + 1:
        begin = None
    if begin is not None and not quoted and "clause" in cue.takes and begin > adjuncts + 2:
        near = range(adjuncts, min(sentence.end, adjuncts + _NEAR))
        if any(is_verb(sentence, at) for at in near):
            begin = None  # "said witnesses saw it and that …"
    loose = not cue.takes & {"object", "person", "addressee"}
    if loose and not quoted and begin is not None and begin > after + 1:
        begin = None if sentence.among(after, "determiners") else begin  # "answered the claim that"
    if begin is not None:
        return begin, "quote" if quoted else "that"
    taken = sentence.among(adjuncts, "prepositions") and sentence.text(adjuncts) in cue.takes
    loose_clause = "clause" in cue.takes and not taken and not _is_resumed(sentence, adjuncts)
    if loose_clause and not closes(sentence, adjuncts) and not _is_thing(sentence, adjuncts, cue):
        return adjuncts + sentence.is_that(adjuncts), "clause"
    return _nominal(sentence, after, adjuncts, cue)


def _completed(sentence: Sentence, after: int, cue: Cue) -> bool:
    """Tell whether the word follows that makes a verb another one: "put the crash down to".

    So is "as" in "identified the man as".
    """
    if "identity" in cue.takes:
        near = range(after + 1, min(sentence.end, after + _PUT))
        end = next((at for at in near if is_verb(sentence, at) or closes(sentence, at)), near.stop)
        return any(_is_named(sentence, at) for at in range(after + 1, end))
    particled = sentence.lexicon.words["particled"]
    wanted = cue.takes & particled if "cause" in cue.takes else frozenset[str]()
    for at in range(after, min(sentence.end, after + _PUT)) if wanted else ():
        if sentence.text(at) in wanted and sentence.among(at + 1, "infinitive"):
            return True
        if is_verb(sentence, at) or not sentence.tokens[at].word:
            return False
    return not wanted


def _is_named(sentence: Sentence, at: int) -> bool:
    """Tell whether "as Ivan Kestrov", "as a raft" stands here; not "as early as"."""
    first = at + 1
    likened = sentence.among(at, "as") and not sentence.among(at - 2, "as")
    if not likened or first >= sentence.end:
        return False
    named = sentence.tokens[first].capital or sentence.opens_quote(first)
    return named or sentence.among(first, "determiners")


def names_claim(sentence: Sentence, at: int) -> bool:
    """Tell whether a word names what somebody said: a report, an accusation."""
    return sentence.words.noun(sentence.text(at))[0] is not None or sentence.among(at, "disputed")


def _is_claim(sentence: Sentence, first: int) -> bool:
    """Tell whether a noun of saying is the head of what begins at a token: "its latest report".

    So is one of counting: "its figure of 12 dead".
    """
    for at in range(first, min(sentence.end, first + _NEAR)):
        if names_claim(sentence, at) or sentence.among(at, "tallies"):
            return not sentence.text(at + 1).endswith(tuple(sentence.lexicon.words["possessive"]))
        if sentence.among(at, "prepositions") or not sentence.tokens[at].word:
            return False
    return False


def _is_thing(sentence: Sentence, start: int, cue: Cue) -> bool:
    """Tell whether a noun phrase alone follows: "reported the arrest on Monday"."""
    rest = range(start, _next_joint(sentence, start))
    acts = (is_verb(sentence, at) or is_shaped(sentence, at) for at in rest)
    maybe = (
        (sentence.other(at) is not None and not sentence.among(at - 1, "determiners"))
        or sentence.opens_quote(at)
        for at in rest
    )
    return "object" in cue.takes and not any(acts) and not any(maybe)


def _next_joint(sentence: Sentence, start: int) -> int:
    """Return the first comma with "but", "and" or "adding" behind it, or the sentence's end."""
    comma = next_comma(sentence, start)
    while comma < sentence.end and not (
        sentence.among(comma + 1, "joining") or sentence.reported(comma + 1).part("participle")
    ):
        comma = next_comma(sentence, comma + 1)
    return comma


def _is_resumed(sentence: Sentence, start: int) -> bool:
    """Tell whether what follows has no verb up to "… and that P", which a verb before reports."""
    for at in range(start, sentence.end - 1):
        if is_verb(sentence, at) or not sentence.tokens[at].word:
            return False
        if sentence.among(at, "joining") and sentence.is_that(at + 1):
            return at > start
    return False


def _nominal(sentence: Sentence, after: int, adjuncts: int, cue: Cue) -> Begin | None:
    """Return where a noun phrase, an infinitive or what a preposition takes begins, and how."""
    if closes(sentence, after):
        return None
    led = _led(sentence, after, cue)
    if led:
        return led
    plain = sentence.tokens[after].word
    loose = sentence.among(after, "prepositions", "clauses", "times")
    if "addressee" in cue.takes and plain and not loose:
        return after, "addressee"
    return _led(sentence, adjuncts, cue) or _object(sentence, after, cue)


def _led(sentence: Sentence, at: int, cue: Cue) -> Begin | None:
    """Return what begins behind an infinitive's word or a preposition that the verb takes."""
    if at >= sentence.end or sentence.text(at) not in cue.takes or _is_dated(sentence, at):
        return None
    someone = sentence.among(at + 1, "determiners", "objects", "plurals")
    if sentence.among(at, "infinitive") and not someone:
        return at, "infinitive"
    if sentence.among(at, "prepositions") and not closes(sentence, at + 1):
        return at + 1, "preposition"
    return None


def _object(sentence: Sentence, at: int, cue: Cue) -> Begin | None:
    if "number" in cue.takes:
        return (at, "object") if counts(sentence, at, cue) else None
    if "blame" in cue.takes and not sentence.among(at, "blame"):
        return None  # "laid a wreath"
    if cue.assertion is Assertion.PROMISE and sentence.among(at, "negations"):
        return None  # "offered no proof"
    if sentence.among(at, "as"):
        at = _past_verdict(sentence, at, cue)
    if "object" not in cue.takes or sentence.among(at, "prepositions", "clauses", "joining"):
        return None
    if "judged" in cue.takes and not is_judged(sentence, at, next_comma(sentence, at), cue):
        return None  # "attacked a convoy": a deed
    while at < sentence.end and is_adverb(sentence, at):
        at += 1
    return None if closes(sentence, at) else (at, "object")


def is_judged(sentence: Sentence, first: int, end: int, cue: Cue) -> bool:
    """Tell whether one criticises what begins at a token, and does not strike it.

    That is a plan, a word or whoever answers for them; a person by name or pronoun, or anything
    one is criticised "for" or "as". A place, a building and people in the plural are struck; so
    is a state, by a verb that is as often a deed.
    """
    near = range(first, min(end, first + _PUT))
    acts = next((at for at in near if is_verb(sentence, at)), end)
    phrase = range(first, min(acts, near.stop))
    head = range(first, next((at for at in phrase if sentence.among(at, "prepositions")), acts))
    if any(sentence.among(at, "struck") for at in head):
        return False
    told = sentence.among(first, "objects") or any(sentence.tokens[at].capital for at in head)
    told = told and not ("struck" in cue.takes and _is_state(sentence, head))
    return told or any(sentence.among(at, "judged", "judging") for at in phrase)


def _is_state(sentence: Sentence, phrase: range) -> bool:
    """Tell whether a phrase is a state by its last word: not "Georgia governor Lena Torvik"."""
    words = (at for at in reversed(phrase) if sentence.tokens[at].word)
    last = next((at for at in words if not sentence.among(at, "times", "adverbs")), None)
    return last is not None and sentence.among(last, "states")


def counts(sentence: Sentence, first: int, cue: Cue) -> bool:
    """Tell whether a number stands where a verb of counting has it: "counted over 40 dead".

    One that takes a preposition has it there: "put the number of the dead at more than 40".
    """
    led = [at for at in range(first, min(sentence.end, first + _PUT)) if _leads(sentence, at, cue)]
    if "tally" in cue.takes and not _tells_tally(sentence, first, led):
        return False
    begins = led or ([first] if cue.takes <= TAKES else [])
    return any(
        sentence.is_number(at)
        for begin in begins
        for at in range(begin, min(sentence.end, begin + _NUMBER))
    )


def _tells_tally(sentence: Sentence, first: int, led: Sequence[int]) -> bool:
    """Tell whether what is raised or lowered to a number is a count of something."""
    return any(sentence.among(at, "tallies") for at in range(first, led[0] if led else first))


def _leads(sentence: Sentence, at: int, cue: Cue) -> bool:
    return sentence.among(at, "prepositions") and sentence.text(at) in cue.takes


def _past_verdict(sentence: Sentence, at: int, cue: Cue) -> int:
    """Return past "as false" in "dismissed as false the claim that P"."""
    near = (
        range(at + 2, min(sentence.end, at + _VERDICT)) if cue.assertion is Assertion.DENY else ()
    )
    for word in near:
        noun = sentence.words.noun(sentence.text(word))[0]
        if noun is not None or sentence.among(word, "determiners"):
            return word
    return at


def clause_end(sentence: Sentence, start: int, *, nominal: bool) -> int:
    """Return where a content ends; a nominal one ends at a comma or at why and when it was said."""
    at, stop = start, sentence.end
    if start >= stop:
        return start
    inside = sentence.page.inside[start]
    if sentence.opens_quote(start):
        end = sentence.quote_end(start)
        spoken = end in sentence.page.openers and sentence.text(end - 2) in STOPS | COMMAS
        if closes(sentence, end) or spoken:
            return _trimmed(sentence, start, end)
    elif inside >= sentence.start:
        stop = min(stop, sentence.quote_end(inside) - 1)
    while at < stop:
        if sentence.opens_quote(at):
            at = max(at + 1, sentence.quote_end(at))
            continue
        near = at - start < _INTERPOSED and sentence.among(at + 1, "comments")
        if at > start and not near and _ends(sentence, at, nominal=nominal):
            break
        at += 1
    return _trimmed(sentence, start, min(at, stop))


def _ends(sentence: Sentence, at: int, *, nominal: bool) -> bool:
    """Tell whether a content ends before a token."""
    text = sentence.text(at)
    if text == ";":
        return True
    if text in _LONG_DASHES and not (_is_copula(sentence, at) or _is_amount(sentence, at)):
        return not any(sentence.text(word) in _LONG_DASHES for word in range(at + 1, sentence.end))
    if text in COMMAS:
        return _ends_at_comma(sentence, at + 1, nominal=nominal)
    found = sentence.particle(at)
    if found is not None and found[0].opens in ("source", "relay"):
        return True
    occasion = sentence.among(at, "medium") and _names_occasion(sentence, at + 1)
    likened = sentence.among(at, "as") and (
        sentence.opens_quote(at + 1)
        or sentence.among(at + 1, "determiners")
        or closes(sentence, at + 2)  # "dismissed the report as false"
    )
    return nominal and not likened and (occasion or sentence.among(at, "circumstances"))


def _is_amount(sentence: Sentence, dash: int) -> bool:
    """Tell whether "another figure — 19 dead" goes on: a number, and no clause of its own."""
    rest = range(dash + 1, next_comma(sentence, dash + 1))
    acts = any(is_verb(sentence, at) or shows_verb(sentence, at) for at in rest)
    return sentence.is_number(dash + 1) and not acts


def _is_copula(sentence: Sentence, dash: int) -> bool:
    """Tell whether a dash stands for "is", as in Russian: few words before it, and no verb."""
    acting = tuple(sentence.lexicon.words["predicate_endings"])
    first = dash
    while first > sentence.start and sentence.tokens[first - 1].word:
        first -= 1
        if not acting or sentence.is_that(first) or sentence.text(first).endswith(acting):
            break
    return sentence.is_that(first) and 1 < dash - first <= _NEAR


def _ends_at_comma(sentence: Sentence, after: int, *, nominal: bool) -> bool:
    if is_trailing_cue(sentence, after) or sentence.among(after, "comments"):
        return True
    if sentence.phrase(after, "comment_phrases"):
        return True
    word = sentence.reported(after)
    if word.part("participle") and not word.part("past"):
        return True
    if sentence.among(after, "joining", "leading") and _reports_anew(sentence, after + 1):
        return True
    more = sentence.among(after, "further") and sentence.is_number(after + 1)
    if more or sentence.is_that(after):
        return False  # "two dead, another five hurt", "voiced the hope, that P"
    if nominal and sentence.among(after, "joining"):
        return any(is_verb(sentence, at) for at in range(after + 1, after + _NEAR))
    return nominal and not _lists(sentence, after)


def _reports_anew(sentence: Sentence, first: int) -> bool:
    """Tell whether another speaker's report follows: "…, and another called them dead"."""
    if sentence.among(first, "subjects") or is_verb(sentence, first):
        return False  # what the same one said may go on
    for at in range(first + 1, min(sentence.end, first + _NEAR)):
        form = sentence.reported(at).part("past", "present")
        if form and is_verb(sentence, at):
            before = any(sentence.among(word, "disputed") for word in range(first + 1, at))
            return before or begins(sentence, at + 1, form.cue) is not None
        if not sentence.tokens[at].word or is_verb(sentence, at):
            return False
    return False


def _names_occasion(sentence: Sentence, at: int) -> bool:
    """Tell whether a channel is named here, or a time: "in a statement", "on Monday"."""
    for word in range(at, min(sentence.end, at + _OCCASION)):
        if names_channel(sentence, word) or sentence.among(word, "times"):
            return True
        if stays_within(sentence, word):
            continue  # "in a one-page letter"
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


def _trimmed(sentence: Sentence, start: int, end: int) -> int:
    while end > start + 1 and sentence.text(end - 1) in _LOOSE:
        if end in sentence.page.openers:
            break
        end -= 1
    return end
