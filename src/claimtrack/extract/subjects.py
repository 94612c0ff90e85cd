"""Subjects that stand before their verb."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.extract.channels import channel_named
from claimtrack.extract.draft import Range
from claimtrack.extract.groups import past_channel, past_told
from claimtrack.extract.phrases import LONGEST_NAME, gave, noun_phrase
from claimtrack.extract.reading import CLOSING, COMMAS, STOPS, Sentence
from claimtrack.model.vocabulary import Channel

LONGEST_BEFORE = 16
"""Tokens a subject before its verb may have where subjects stand first."""

_GIVEN = 8
"""Tokens between a document, who gave it, and what it says, each at most."""

_HEARD = 7
"""Tokens between a verb of hearing and what is heard, within which whoever speaks stands."""

_PUBLISHED = frozenset({Channel.VIDEO_OR_IMAGE, Channel.REPORT, Channel.STATEMENT})
"""Channels of what somebody publishes, and so says."""

LONGEST_ADJUNCT = 8
"""Tokens between such a subject and its verb ("X, in a statement on Monday, said")."""


def subject_before(sentence: Sentence, at: int) -> Range | None:
    """Return the noun phrase before a verb, when it begins the clause; else None."""
    resumed = _topic(sentence, _before_auxiliaries(sentence, at))
    if resumed or sentence.reported(at).skip:
        return resumed
    ways = (_given_before, _sender_before, _heard, _issued_before)
    given = next((found for way in ways if (found := way(sentence, at))), None)
    if given:
        return given
    region = _region(sentence, at)
    if region is None:
        brought = sentence.among(at - 1, "documents")  # "that they gathered data that showed"
        return _indefinite_before(sentence, sentence.start, at) if brought else None
    if is_spoken_of(sentence, at) and sentence.among(region[0], "documents"):
        return None
    other = _other_reading(sentence, *region, at)
    if other or not _may_be_subject(sentence, *region):
        return other
    start, last = region
    last = _before_parenthesis(sentence, start, last)
    if sentence.lexicon.order == "before":
        return _first_order(sentence, start, last)
    return _beginning(sentence, _person_in(sentence, start, last), last)


def _beginning(sentence: Sentence, start: int, last: int) -> Range | None:
    """Return what a clause begins with where verbs stand first: "X, on Monday, said"."""
    end = noun_phrase(sentence, start, last)
    if end <= start or sentence.among(end, "having"):
        return None
    if sentence.is_that(start - 1):
        return start, last
    return (start, end) if last - end <= LONGEST_ADJUNCT else None


def _other_reading(sentence: Sentence, start: int, last: int, at: int) -> Range | None:
    """Return the subject where it is not just what stands before a verb in its clause."""
    body = housed(sentence, start, at)
    if body and body[1] == last:
        return body
    whole = _with_relative(sentence, start, last)
    if whole != (start, last):
        return _first_order(sentence, *whole)
    if _may_be_subject(sentence, start, last):
        return None
    return _over_relative(sentence, start, last) or _indefinite_before(sentence, start, at)


def speaker_after(sentence: Sentence, verb: int, first: int) -> Range | None:
    """Return the subject behind a verb: "P, said on Monday to reporters the minister".

    Times, and whom the verb is said to, may stand before it.
    """
    at = first
    while at < sentence.end:
        if sentence.among(at, "times") or past_told(sentence, at) > at:
            at = max(at + 1, past_told(sentence, at))
        elif sentence.among(at, "prepositions"):
            body, behind = housed(sentence, at, verb), past_channel(sentence, at)
            if body or not (behind > at or sentence.among(at + 1, "times")):
                return body
            at = max(at + 2, behind)
        else:
            break
    if sentence.among(at, "prepositions"):
        return None
    end = noun_phrase(sentence, at, sentence.end)
    while end > at and sentence.among(end - 1, "told"):
        end -= 1
    return (at, _past_place(sentence, end)) if end > at else None


def _past_place(sentence: Sentence, end: int) -> int:
    """Return the end of "mission in Qamaria": what no person's name stands before belongs to it."""
    before, place = sentence.tokens[end - 1], end + 1
    named = before.capital and not sentence.written(end - 1).isupper()
    if named or not sentence.among(end, "housing") or place >= sentence.end:
        return end
    return place + 1 if sentence.tokens[place].capital else end


def housed(sentence: Sentence, preposition: int, verb: int) -> Range | None:
    """Return the body in "they said in the ministry", where nobody else is the subject."""
    they = sentence.text(verb).endswith(tuple(sentence.lexicon.words["they_endings"]))
    first = preposition + 1
    if not they or not sentence.among(preposition, "housing") or not _is_body(sentence, first):
        return None
    end = noun_phrase(sentence, first, sentence.end)
    if sentence.opens_quote(end) and sentence.quote_end(end) - end <= LONGEST_NAME:
        end = sentence.quote_end(end)  # "in the airline «Gull»"
    if sentence.among(end, "housing"):  # "in the embassy in Orlitsa"
        end = _past_capitals(sentence, end + 1, end)
    return (first, end) if end > first else None


def _past_capitals(sentence: Sentence, place: int, without: int) -> int:
    """Return past the name that begins at a token; `without` where none does."""
    end = place
    while end < sentence.end and sentence.tokens[end].capital:
        end += 1
    return end if end > place else without


def _is_body(sentence: Sentence, first: int) -> bool:
    """Tell whether what begins at a token may speak: a body or place, no time and no document."""
    bodies = tuple(sentence.lexicon.words["bodies"])
    if any(sentence.text(at).startswith(bodies) for at in (first, first + 1)):
        return True
    other = sentence.among(first, "times", "documents", "not_bodies", "prepositions")
    return not (other or sentence.is_number(first) or channel_named(sentence, first))


def is_spoken_of(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun before a verb is what it speaks of: "published pictures it said show"."""
    pronoun = sentence.is_that(at + 1) and sentence.bare(at + 1) not in sentence.lexicon.that_alone
    agent = sentence.among(at - 1, "heads", "open_heads")  # "includes groups that say they"
    return pronoun and not (agent or sentence.has_article(at - 1)) and bool(sentence.finite(at))


def _person_in(sentence: Sentence, start: int, last: int) -> int:
    """Return where the subject begins in "the death of a journalist who wrote": the journalist."""
    person = last - 1
    heads = ("heads", "open_heads", "documents", "name_heads", "titles", "demonstratives")
    bare = not any(sentence.has_article(at) for at in range(start, last))
    if last - start != 2 or not bare or sentence.among(start, *heads):
        return start
    return person if sentence.among(person, "open_heads") else start


def _before_auxiliaries(sentence: Sentence, at: int) -> int:
    """Return where a verb begins with its auxiliaries."""
    while at > sentence.start and sentence.among(at - 1, "auxiliaries"):
        at -= 1
    return at


def _topic(sentence: Sentence, at: int) -> Range | None:
    """Return X in "As for X, he (had) said": the verb resumes what a connective brings up."""
    if sentence.text(at)[:1] not in sentence.lexicon.words["resuming"]:
        return None
    start = clause_start(sentence, at)
    if not sentence.among(start - 1, "topicalizers"):
        return None
    end = noun_phrase(sentence, start, at)
    return (start, end) if end > start else None


def _may_be_subject(sentence: Sentence, start: int, last: int) -> bool:
    """Tell whether a range has neither a preposition at its head nor a verb of its own."""
    unlike = ("prepositions", "times", "negations", "relatives", "comments")
    if start >= last or sentence.among(start, *unlike):
        return False
    if sentence.among(last - 1, "relatives") or sentence.among(last, "relatives"):
        return False
    if sentence.looks_like_verb(start) or _begins_clause(sentence, start, last):
        return False
    if any(_is_acting(sentence, word) for word in range(start + 1, last)):
        return False
    return not any(
        (sentence.finite(word) and not sentence.reported(word).pronoun) or sentence.other_verb(word)
        for word in range(start, last)
    )


def _is_acting(sentence: Sentence, at: int) -> bool:
    """Tell whether a word that may be a noun is a verb: an auxiliary stands before it."""
    return sentence.other(at) is False and sentence.among(at - 1, "auxiliaries")


def _begins_clause(sentence: Sentence, start: int, last: int) -> bool:
    """Tell whether a word that may be a noun is a verb: it begins a sentence, its subject follows.

    "Voted the council …" is written like "voice of the council …".
    """
    first = start == sentence.start and last - start > 1 and not sentence.has_article(start)
    return first and sentence.other(start) is False


def _indefinite_before(sentence: Sentence, start: int, at: int) -> Range | None:
    """Return who speaks by a noun that no relative pronoun joins to a verb.

    It is the noun itself, "a draft that condemns", or whoever showed it: "activists published
    pictures that show".
    """
    found = _noun_before(sentence, start, at)
    return found and (_publisher(sentence, found[0]) or found)


def _publisher(sentence: Sentence, work: int) -> Range | None:
    """Return X in "published X pictures", where pictures or a report begin at a token; else None.

    A draft speaks itself, whoever brought it in.
    """
    if channel_named(sentence, work) not in _PUBLISHED:
        return None
    for verb in range(work - 2, max(sentence.start - 1, work - _GIVEN), -1):
        if sentence.finite(verb) or sentence.other(verb) is not None:
            end = noun_phrase(sentence, verb + 1, work)
            return (verb + 1, end) if end == work else None
    return None


def _noun_before(sentence: Sentence, start: int, at: int) -> Range | None:
    """Return the noun in "against a draft that condemns", which no relative pronoun joins.

    It is a known head behind a preposition, or what a verb before it brings up ("includes groups
    that say").
    """
    if sentence.lexicon.order == "before" or sentence.has_article(at - 1):
        return None
    if is_spoken_of(sentence, at):
        return None
    first = at
    while first > max(start, at - 4) and sentence.tokens[first - 1].word:
        before = first - 1
        if sentence.among(before, "prepositions"):
            named = sentence.among(first, "heads", "open_heads", "documents")
            return (first, at) if first < at and named else _document_in(sentence, first, at)
        known = sentence.among(first, "heads", "open_heads") and sentence.other(before) is False
        acting = known or sentence.other_verb(before) or _is_acting(sentence, before)
        if acting or sentence.reported(before).part("past", "present"):
            brought = first < at and not sentence.among(first, "times", "clauses", "comments")
            first = _given(sentence, first, at)
            return (first, at) if brought and not sentence.reported(at).pronoun else None
        if sentence.among(before, "existing"):
            return (first, at) if first < at else None  # "there are reports that say"
        if sentence.has_article(before):
            within = sentence.among(at + 1, "resumptives")  # "a statement in which it denies"
            brought = first < at and sentence.among(first, "documents") and not within
            return (first, at) if brought else None
        first -= 1
    return None


def _document_in(sentence: Sentence, first: int, at: int) -> Range | None:
    """Return the document in "of bringing about a draft that condemns", or None."""
    found = (word for word in range(first, at) if sentence.among(word, "documents"))
    document = next(found, None)
    return None if document is None else (document, at)


def _given(sentence: Sentence, first: int, at: int) -> int:
    """Return where "pictures" begins in "published activists pictures that show": the object."""
    endings = tuple(sentence.lexicon.words["accusative"])
    given = at - 1
    while given > first and sentence.text(given).endswith(endings):
        if sentence.among(given, "documents"):
            return given
        given -= 1  # its adjectives: "a filmed clip"
    return first


def _given_before(sentence: Sentence, at: int) -> Range | None:
    """Return the draft in "against a draft that X put forward condemns": X stands between.

    The pronoun of "put it forward" has the gender of what the verb agrees with.
    """
    form = sentence.finite(at)
    near = range(at - 1, max(sentence.start, at - _GIVEN), -1) if form else ()
    verb = next((word for word in near if gave(sentence, word)), None)
    if form is None or verb is None:
        return None
    giver = noun_phrase(sentence, verb + 1, at)
    if giver < at and not (giver == at - 1 and sentence.text(giver) in COMMAS):
        return None
    masculine = sentence.written(verb).endswith(sentence.lexicon.written_pronouns)
    if masculine != (form.agreement[:1] == "m"):
        return None
    end = verb - 1 if sentence.text(verb - 1) in COMMAS else verb
    first = next(
        (word for word in _back_to_clause(sentence, end) if sentence.among(word, "documents")), None
    )
    while first is not None and sentence.among(first - 1, "documents"):
        first -= 1
    return None if first is None or _is_definite(sentence, first, end) else (first, end)


def _issued_before(sentence: Sentence, at: int) -> Range | None:
    """Return the document in "printed a statement of the mission that stresses": indefinite."""
    words = sentence.lexicon.words
    if sentence.lexicon.order == "before" or sentence.is_joined(at) or not sentence.finite(at):
        return None
    if sentence.among(at + 1, "resumptives"):
        return None  # "a statement of the ministry, which denies in it that P"
    for first in range(at - 2, max(sentence.start, at - _GIVEN), -1):
        stems = (sentence.text(first).removesuffix(end) for end in ("", *words["accusative"]))
        document = any(stem in words["documents"] for stem in stems)
        if document and sentence.binds(first + 1, words["addressed"]):
            return (first, at) if noun_phrase(sentence, first, at) == at else None
    return None


def _sender_before(sentence: Sentence, at: int) -> Range | None:
    """Return X in "received a call from X, who works there, that says P": it is X who says P."""
    form = sentence.finite(at) if sentence.lexicon.order != "before" else None
    if form is None or form.part != "present" or sentence.is_joined(at):
        return None
    for word in range(at - 2, max(sentence.start, at - LONGEST_BEFORE), -1):
        if sentence.text(word) in COMMAS or sentence.finite(word) or sentence.is_that(word):
            return None
        if sentence.among(word, "messages") and sentence.among(word + 1, "senders"):
            end = noun_phrase(sentence, word + 2, at)
            return (word + 2, end) if end > word + 2 else None
    return None


def _heard(sentence: Sentence, at: int) -> Range | None:
    """Return X in "they heard X say that P": whoever hears another one is not who speaks."""
    form = sentence.finite(at)
    if form is None or form.part != "present" or sentence.is_joined(at):
        return None
    for word in range(at - 2, max(sentence.start - 1, at - _HEARD), -1):
        if sentence.among(word, "hearing"):
            end = noun_phrase(sentence, word + 1, at)
            return (word + 1, end) if end == at else None
    return None


def _is_definite(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a noun phrase is definite, as far as its words before a preposition show."""
    bound = sentence.lexicon.words["bound"]
    for at in range(start, end):
        if sentence.among(at, "prepositions") or (at > start and sentence.binds(at, bound)):
            return False
        if sentence.has_article(at):
            return True
    return False


def _back_to_clause(sentence: Sentence, end: int) -> Iterator[int]:
    """Yield the words of a noun phrase from its end to its beginning, as far as it may reach."""
    for word in range(end - 1, max(sentence.start - 1, end - _GIVEN), -1):
        if _parts(sentence, word, end) or sentence.other_verb(word):
            return
        yield word


def _over_relative(sentence: Sentence, start: int, at: int) -> Range | None:
    """Return the subject in "that the agency, which inspects the plants, confirms"."""
    if sentence.lexicon.order == "before" or not sentence.among(start - 1, "relatives"):
        return None
    inner = any(sentence.other_verb(word) or sentence.finite(word) for word in range(start, at))
    near = range(start - 2, max(sentence.start, start - LONGEST_BEFORE), -1) if inner else ()
    first = next((word + 1 for word in near if sentence.is_that(word)), start)
    end = noun_phrase(sentence, first, start - 1)
    while end < start - 1 and sentence.text(end) in COMMAS:
        end += 1
    if first >= end or end < start - 1:
        return None
    while sentence.text(end - 1) in COMMAS:
        end -= 1
    return first, end


def clause_start(sentence: Sentence, at: int) -> int:
    """Return where the words before a token begin that no comma or connective parts from it."""
    first = at
    while first > sentence.start and not _parts(sentence, first - 1, at):
        first -= 1
    return first


def _parts(sentence: Sentence, before: int, at: int) -> bool:
    text = sentence.text(before)
    return (
        text in COMMAS
        or text in STOPS
        or text == ":"
        or sentence.is_that(before)
        or sentence.among(before, "relatives", "label_opener")
        or (sentence.among(before, "clauses") and not _is_un(sentence, before))
        or sentence.page.closers.get(before, 0) > at
    )


def _is_un(sentence: Sentence, at: int) -> bool:
    """Tell whether a connective only negates an adjective: "the non-coastal"."""
    return sentence.among(at, "inside") and sentence.has_article(at + 1)


def _region(sentence: Sentence, at: int) -> Range | None:
    """Return the tokens before a verb and its auxiliaries that could be its subject."""
    last = at
    while last > sentence.start and sentence.among(last - 1, "auxiliaries"):
        last -= 1
        joined = sentence.text(last)[:1] in sentence.lexicon.words["proclitics"]
        if joined and sentence.text(last)[1:] in sentence.lexicon.words["auxiliaries"]:
            return None  # "… and had said": a clause of its own
    start = clause_start(sentence, last)
    if sentence.text(last - 1) in COMMAS:
        start, last = _over_parenthesis(sentence, last - 1)
        if start == last:
            return None
    if sentence.is_that(start - 1) and sentence.bare(start - 1) not in sentence.lexicon.that_alone:
        return None  # the complementiser's pronoun is the subject
    while start < last and (
        sentence.among(start, "auxiliaries", "clauses")
        or (sentence.among(start, "negations") and sentence.among(start + 1, "auxiliaries"))
        or (not sentence.tokens[start].word and not sentence.opens_quote(start))
    ):
        start += 1
    return start, last


def _over_parenthesis(sentence: Sentence, comma: int) -> Range:
    """Return the subject before ", spokesman for the ministry," or ", who asked not to be named,".

    An apposition belongs to the subject, a clause does not. An empty range where the comma closes
    neither; an auxiliary that stands first needs no earlier comma.
    """
    inner = clause_start(sentence, comma)
    if sentence.text(inner - 1) in COMMAS and sentence.phrase(inner, "not_cues"):
        return clause_start(sentence, inner - 1), inner - 1  # ", asked not to be named,"
    if sentence.text(inner - 1) in COMMAS and comma - inner <= 9:
        return clause_start(sentence, inner - 1), comma
    if sentence.among(inner, "auxiliaries"):
        return inner, comma
    remark = sentence.among(inner - 1, "relatives") and sentence.text(inner - 2) in COMMAS
    if remark and comma - inner <= LONGEST_BEFORE:
        return clause_start(sentence, inner - 2), inner - 2
    if sentence.lexicon.order == "before":
        for at in range(comma - 1, max(sentence.start, comma - 20), -1):
            if sentence.text(at) in COMMAS:
                return clause_start(sentence, at), at
    return comma, comma


def _with_relative(sentence: Sentence, start: int, last: int) -> Range:
    """Return the subject with its clause in "an officer who asked not to be named told"."""
    pronoun = start - 1
    clause = pronoun > sentence.start and sentence.among(pronoun, "doers") and last - start > 1
    apart = not sentence.tokens[max(0, pronoun - 1)].word  # a comma: it has been read already
    if not clause or apart or sentence.among(start, "determiners"):
        return start, last
    return clause_start(sentence, pronoun), last


def _before_parenthesis(sentence: Sentence, start: int, last: int) -> int:
    """Return the end of the subject in "the Courier, citing an officer, said"."""
    for at in range(start + 1, last):
        found = sentence.particle(at)
        if found and sentence.text(at - 1) in COMMAS:
            return at - 1
        if found and found[0].opens == "relay":
            return at
    return last


def _first_order(sentence: Sentence, start: int, last: int) -> Range | None:
    while last > start and (
        sentence.among(last - 1, "times")
        or not (sentence.tokens[last - 1].word or sentence.text(last - 1) in CLOSING)
    ):
        last -= 1
        if sentence.among(last, "times") and sentence.among(last - 1, "prepositions"):
            last -= 1  # "on Wednesday"
    return (start, last) if 0 < last - start <= LONGEST_BEFORE else None
