"""Subject and object side by side: where one noun phrase ends and the next begins.

In "the ministry denied its role" no preposition or complementiser stands between the one who
denies and what is denied. The shape of the words decides: articles, known heads, titles with
their names, nouns with a pronoun, verbal nouns.
"""

from __future__ import annotations

from claimtrack.extract.channels import past_medium
from claimtrack.extract.phrases import gave, is_possessed, leans
from claimtrack.extract.reading import CLOSING, OPEN_BRACKETS, Sentence

_NO_NAME, _BARE_NAME, _ANY_NAME = range(3)
"""Whether a name may follow a title, and whether its last word may have the article."""

_STEM = 3
"""Letters that are left of people in the plural without their ending."""

_ADJECTIVES = 2
"""Adjectives of a document before the verb that says who gave it."""


def split_object(sentence: Sentence, start: int, end: int) -> int:
    """Return where an object begins inside "subject object"; `end` when no object follows.

    The subject is a known head with what completes it, or a definite noun with its adjectives,
    or a name; a title may have a name after it. Where that name would leave no object, the last of
    it or all of it is the object.
    """
    giver = _past_giving(sentence, start, end)
    if giver > start and (after := _past_some(sentence, giver, end)) > giver:
        return after
    start = giver
    subjects = tuple(sentence.lexicon.words["nominative"])
    if subjects and sentence.text(start).endswith(subjects):
        after = _past_some(sentence, start, end)
        if after > start:
            return after  # "accused activists a movement of"
    if sentence.among(start, "each") and sentence.among(start + 1, "prepositions"):
        start += 2  # "each of Qamaria and Telvaria"
    readings = (_ANY_NAME, _BARE_NAME, _NO_NAME)
    ends = (_split(sentence, start, end, names) for names in readings)
    if _has_object_behind(sentence, end):
        return next(ends)
    return next((at for at in ends if at < end), end)


def _past_giving(sentence: Sentence, start: int, end: int) -> int:
    """Return where X begins in "a statement X issued", "a filmed clip that X shared"."""
    if sentence.without_article(start) not in sentence.lexicon.words["documents"]:
        return start
    for at in range(start + 1, min(end - 1, start + _ADJECTIVES + 2)):
        if gave(sentence, at):
            led = sentence.has_article(start) == sentence.among(at - 1, "relatives")
            return at + 1 if led else start
    return start


def _past_some(sentence: Sentence, at: int, end: int) -> int:
    """Return where an object begins behind people without an article; the same where none does.

    "Shared by local residents men who": adjectives end as they do.
    """
    if not sentence.among(at, "open_heads") or sentence.has_article(at):
        return at
    alike = sentence.lexicon.words["people_endings"]
    after = at + 1
    while after < end and any(
        sentence.text(at).endswith(each) and sentence.text(after).endswith(each) for each in alike
    ):
        after += 1
    bare = after < end and sentence.tokens[after].word and not sentence.has_article(after)
    loose = sentence.among(after, "prepositions", "inside", "times", "heads", "places")
    return after if bare and not loose else at


def _has_object_behind(sentence: Sentence, end: int) -> bool:
    """Tell whether a noun follows when and where it was said: "accused X on Friday the rebels"."""
    at = end
    while sentence.among(at, "times"):
        at += 1
    spoken = past_medium(sentence, at)
    at = spoken if spoken < sentence.end else at
    loose = ("prepositions", "clauses", "relatives", "auxiliaries", "comments", "negations")
    if at == end or at >= sentence.end or not sentence.tokens[at].word or sentence.is_that(at):
        return False
    return not sentence.among(at, *loose) and not sentence.binds(
        at, sentence.lexicon.words["bound"]
    )


def split_person(sentence: Sentence, start: int, end: int) -> int:
    """Return where the one told begins in "the source told the committee"; `end` when nowhere.

    A known head that nothing before it leads to is taken for another person or body, so is a title
    behind a name, and people in the plural.
    """
    for at in range(end - 1, start, -1):
        titled = sentence.among(at, "titles") and not sentence.has_article(at - 1)
        apart = at > start + 1 or sentence.has_article(start)
        body = apart and (sentence.among(at, "heads", "name_heads") or _is_told(sentence, at))
        led = sentence.among(at - 1, "heads", "inside", "prepositions")
        led = led or sentence.among(at, "inside")  # "the spokesman of", said in two words
        if (titled or body) and not led:
            return at
    parted = split_object(sentence, start, end)
    plural = tuple(sentence.lexicon.words["plural_endings"])
    many = sentence.text(parted).endswith(plural) or sentence.among(parted, "plurals")
    people = start < parted < end and many
    told = sentence.has_article(parted) or sentence.among(parted, "open_heads")
    return parted if people and told else end


def _is_told(sentence: Sentence, at: int) -> bool:
    """Tell whether "the source the committee" goes on with a body or people of their own."""
    free = sentence.text(at)[:1] not in sentence.lexicon.words["bound"]  # not "in the army"
    definite = sentence.has_article(at) and sentence.has_article(at - 1)
    return free and definite and _is_agent(sentence, at)


def _split(sentence: Sentence, start: int, end: int, names: int) -> int:
    if sentence.opens_quote(start):
        at, titled = sentence.quote_end(start), False
    else:
        at, titled = _head(sentence, start, end, names)
    if names == _BARE_NAME:
        return at if titled else end
    if titled and at < end and sentence.has_article(at) and not _is_joined(sentence, at):
        return at  # no adjective follows a name: "called the minister Nabil Hamrash the parties"
    while at < end:
        led = at > start and leans(sentence, start, at)
        following = _head(sentence, at, end, _NO_NAME)[0] if led else _further(sentence, at, end)
        if following == at:
            following += _completes(sentence, at, end)
            if not leans(sentence, start, following):
                return following
        at = following
    return end


def _completes(sentence: Sentence, at: int, end: int) -> bool:
    """Tell whether a definite word still belongs to the subject: an indefinite noun follows it.

    In "condemned the Academy the Noble burning …" only the last can be the object.
    """
    after = at + 1
    named = sentence.among(at, "titles", "places") or _is_agent(sentence, at)
    if after >= end or named or not sentence.has_article(at) or not sentence.has_article(at - 1):
        return False
    bare = sentence.tokens[after].word and not sentence.has_article(after)
    if _is_people(sentence, at) and not _agrees(sentence, at):
        return False  # "urged the journalist's family the kidnappers to"
    described = _is_shaped(sentence, at)
    if described and sentence.has_article(after) and not _is_joined(sentence, after):
        return True  # "urged the kidnapped journalist's family the kidnappers"
    return bare and not sentence.among(
        after, "prepositions", "places", "inside", "times", "adverbs"
    )


def _further(sentence: Sentence, at: int, end: int) -> int:
    """Return past a name in marks, an adjective or a fixed word; `at` where the subject ends."""
    if not sentence.tokens[at].word:
        return _past_marks(sentence, at, end)
    if sentence.among(at, "prepositions") and at + 2 <= end:
        return _past_object(sentence, at + 1, end)
    text, words = sentence.text(at), sentence.lexicon.words
    if text[:1] in words["proclitics"] and text[1:] in words["heads"] and at + 1 < end:
        return _head(sentence, at + 1, end, _NO_NAME)[0]  # "and groups of …"
    return at + 1 if _is_fixed(sentence, at, end) or _describes(sentence, at) else at


def _past_marks(sentence: Sentence, at: int, end: int) -> int:
    """Return past a name in quotation marks or brackets; `at` where there is none."""
    if sentence.opens_quote(at):
        return sentence.quote_end(at) if sentence.among(at - 1, "name_heads", "heads") else at
    if sentence.text(at) in OPEN_BRACKETS:
        return next((i + 1 for i in range(at, end) if sentence.text(i) in CLOSING), end)
    return at


def _is_fixed(sentence: Sentence, at: int, end: int) -> bool:
    """Tell whether a word goes on with a subject whatever it says."""
    words = sentence.lexicon.words
    led = sentence.among(at - 1, "inside") and sentence.text(at - 1)[:1] in words["bound"]
    wing = at + 1 < end and sentence.binds(at, words["addressed"])  # "of the movement's wing of …"
    return led or wing or sentence.among(at, "inside", "qualifiers")


def _describes(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is an adjective of the subject before it."""
    if _is_indefinite_adjective(sentence, at):
        return True
    joined = _is_joined(sentence, at)
    if not sentence.has_article(at) or (_is_place(sentence, at - 1) and not joined):
        return False
    if sentence.without_article(at) in sentence.lexicon.nouns or _is_report(sentence, at):
        return False  # "denied Kostrov the accusation"
    return joined or (_agrees(sentence, at) and not _acts(sentence, at))


def _is_place(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is a place, alone or with "and" before it."""
    text, words = sentence.text(at), sentence.lexicon.words
    joined = text[:1] in words["proclitics"] and text[1:] in words["places"]
    return joined or text in words["places"]


def _is_joined(sentence: Sentence, at: int) -> bool:
    return sentence.text(at)[:1] in sentence.lexicon.words["proclitics"]


def _acts(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is an agent and no adjective: "the security media" has none."""
    words = sentence.lexicon.words
    behind = sentence.without_article(at - 1) in words["open_heads"]
    return _is_agent(sentence, at) and (behind or not _is_described(sentence, at))


def _is_described(sentence: Sentence, at: int) -> bool:
    """Tell whether a word ends as an adjective of belonging: "military", "local"."""
    return sentence.text(at).endswith(tuple(sentence.lexicon.words["adjective_endings"]))


def _is_indefinite_adjective(sentence: Sentence, at: int) -> bool:
    """Tell whether a word goes on with "military Yemeni …", one adjective behind another."""
    text, before = sentence.text(at), sentence.text(at - 1)
    endings = sentence.lexicon.words["adjective_endings"]
    same = any(text.endswith(ending) and before.endswith(ending) for ending in endings)
    definite = sentence.has_article(at) or sentence.has_article(at - 1)
    return same and not definite and len(text) > 4 and not sentence.among(at, "places")


def _head(sentence: Sentence, start: int, end: int, names: int) -> tuple[int, bool]:
    """Return the end of a subject's noun, what completes it, and a name after a title.

    And whether there is such a name.
    """
    at = start
    while at < min(end, start + 5) and (
        sentence.among(at, "heads", "posts", "inside") or _is_of_many(sentence, at)
    ):
        at += 1
    owned = at == start + 1 and is_possessed(sentence, start)
    if owned and names and (named := _holder(sentence, at, end, names)) > at + 1:
        return named, True  # "his colleague Ammar Hamrash"
    posted = _is_post(sentence, start)
    named_by = start < at < end and sentence.tokens[at].word and not sentence.has_article(at)
    if named_by and not sentence.among(at, "prepositions"):
        at += 1  # a name completes the head: "the government of Qamaria"
        if names == _ANY_NAME and posted and _seats(sentence, at, end):
            at += 1
        if names == _ANY_NAME and sentence.among(at - 2, "name_heads"):
            at = max(at, _name(sentence, at - 1, end, surname=False))
        if posted and names and (named := _holder(sentence, at, end, names)) > at + 1:
            return named, True  # "the mayor of Badrun Wadih al-Hamrash"
        if at >= end or not sentence.has_article(at) or _is_masculine(sentence, at, start):
            return at, False
        if _is_described(sentence, at - 1) and _is_agent(sentence, at):
            return at, False  # "a local group the police"
    definite = at
    while at < end and sentence.has_article(at) and not _is_another(sentence, at, definite):
        at += 1
    titled = any(sentence.among(word, "titles") for word in range(definite, at))
    if names and (titled or posted):
        at = _past_post(sentence, at, end)
        at += at + 1 < end and sentence.among(at, "titles") and _may_name(sentence, at + 1)
        named = _holder(sentence, at, end, names)
        if named > at + 1 or (titled and named > at and not _begins_object(sentence, at)):
            return named, True
    return (at if at > start else _name(sentence, start, end, surname=True)), False


def _seats(sentence: Sentence, at: int, end: int) -> bool:
    """Tell whether a place ends a post: "the director of health of Badrun"."""
    if at >= end or not sentence.among(at, "places"):
        return False
    return not (sentence.has_article(at - 1) or sentence.among(at - 1, "places", "name_heads"))


def _is_post(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is a post, with the article or without: "the commissioner"."""
    return sentence.without_article(at) in sentence.lexicon.words["posts"]


def _holder(sentence: Sentence, at: int, end: int, names: int) -> int:
    """Return the end of the name of whoever holds a post; the same where none may stand."""
    if at >= end or sentence.among(at, "places") or not _may_name(sentence, at):
        return at
    return _name(sentence, at, end, surname=names == _ANY_NAME)


def _is_of_many(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun of many stands before those it counts: "dozens of the teachers"."""
    bare = sentence.without_article(at) not in sentence.lexicon.words["plurals"]
    many = sentence.among(at, "plurals") and (bare or not sentence.has_article(at))
    return many and sentence.has_article(at + 1) and _is_people(sentence, at + 1)


def _is_people(sentence: Sentence, at: int) -> bool:
    return sentence.text(at).endswith(tuple(sentence.lexicon.words["people_endings"]))


def _past_object(sentence: Sentence, at: int, end: int) -> int:
    """Return the token after what a preposition stands before: a word, a name, "the city of X"."""
    if sentence.opens_quote(at):
        return min(sentence.quote_end(at), end)
    return min(at + (2 if sentence.among(at, "localities") else 1), end)


def _past_post(sentence: Sentence, at: int, end: int) -> int:
    """Return the token after "to Qamaria", "of the Movement" behind a title: a name may follow."""
    addressed = sentence.lexicon.words["addressed"]
    while at < end:
        if sentence.among(at, "prepositions", "inside"):
            first = at + 1
            at = _past_object(sentence, first, end)
        elif sentence.binds(at, addressed) and _is_body(sentence, at):
            first = at if sentence.has_article(at) else at + 1  # "of the League", "of the city of"
            at = first + 1
        else:
            break
        while at < end and sentence.has_article(at) and not _is_another(sentence, at, first):
            at += 1
    return at


def _is_body(sentence: Sentence, at: int) -> bool:
    """Tell whether a word joined to "of" is a body that one may head, and no name: "of a fund"."""
    words = sentence.lexicon.words
    known = sentence.text(at)[1:] in words["heads"] | words["localities"]
    return known or sentence.has_article(at) or sentence.among(at - 1, "ranks")


def _is_masculine(sentence: Sentence, at: int, head: int) -> bool:
    """Tell whether a definite word cannot be the adjective of a feminine head before a name."""
    return sentence.ends_feminine(head) and not sentence.ends_feminine(at)


def _is_another(sentence: Sentence, at: int, first: int) -> bool:
    """Tell whether a definite word is a noun of its own rather than an adjective of the first."""
    if _is_joined(sentence, at):
        return False  # "and the …" goes on with the same phrase
    if at > first and _is_report(sentence, at):
        return True
    ranked = sentence.among(at - 1, "titles") and _is_described(sentence, at)
    if at > first and _is_agent(sentence, at) and not ranked:
        return True  # unlike "the spokesman the military"
    fits = _agrees(sentence, at) or sentence.among(at, "titles", "qualifiers", "ranks")
    return at > first and not fits


def _is_report(sentence: Sentence, at: int) -> bool:
    """Tell whether "the talk of" begins: a noun of saying before the preposition that it takes."""
    said = sentence.words.reported(sentence.without_article(at)).part("masdar")
    led = sentence.among(at + 1, "prepositions")
    return said is not None and led and sentence.text(at + 1) in said.cue.takes


def _is_agent(sentence: Sentence, at: int) -> bool:
    """Tell whether a word names people or a body: "the residents", "the government"."""
    words = sentence.lexicon.words
    return sentence.without_article(at) in words["heads"] | words["open_heads"]


def _agrees(sentence: Sentence, at: int) -> bool:
    """Tell whether a definite word agrees with the one before it, as far as endings show."""
    if not sentence.has_article(at - 1):
        return not (sentence.among(at - 2, "heads") and _is_masculine(sentence, at, at - 2))
    text, before = sentence.text(at), sentence.text(at - 1)
    endings = tuple(sentence.lexicon.words["adjective_endings"])
    plural = tuple(sentence.lexicon.words["plural_endings"])
    if text.endswith(plural) and before.endswith(sentence.lexicon.feminine[1] or "\0"):
        return False  # "the government the citizens": a plural is no adjective of a feminine
    if text.endswith(plural) and not before.endswith(plural):
        owner = at - 2
        if sentence.has_article(owner) or sentence.among(owner, "heads"):
            return sentence.among(at - 1, "plurals")  # "the airline the travellers"
    alike = text[-1:] == before[-1:] and (sentence.ends_feminine(at) or text.endswith(plural))
    return (
        alike or _is_shaped(sentence, at) or text.endswith(endings) or sentence.among(at, "titles")
    )


def _is_shaped(sentence: Sentence, at: int) -> bool:
    """Tell whether a definite word has the shape of an adjective."""
    shape = sentence.lexicon.adjective_shape
    return shape is not None and shape.fullmatch(sentence.without_article(at)) is not None


def _name(sentence: Sentence, start: int, end: int, *, surname: bool) -> int:
    """Return the end of a person's or place's name: words without the article, then one with."""
    at = start
    while at < min(end, start + 4) and sentence.tokens[at].word:
        if sentence.among(at, "places"):
            return at if at > start else _last_place(sentence, at, end)
        if sentence.among(at, "name_prefixes") and at + 1 < end:
            at += 2
            continue
        if sentence.has_article(at) and sentence.without_article(at) in sentence.lexicon.nouns:
            return at  # "denied Kostrov the accusation"
        if sentence.has_article(at):
            given = at == start + 1 or sentence.among(start, "name_prefixes")
            last = (surname or given) and at > start and not _is_known(sentence, at)
            alone = given or not sentence.has_article(at + 1) or _is_known(sentence, at + 1)
            return at + 1 if last and alone else at
        if at > start and _begins_object(sentence, at):
            return at
        at += 1
    return at


def _is_known(sentence: Sentence, at: int) -> bool:
    """Tell whether a definite word is people or a body, and no surname: "the parties"."""
    noun, endings = sentence.without_article(at), sentence.lexicon.words["plural_endings"]
    plural = any(noun.endswith(end) and len(noun) >= len(end) + _STEM for end in endings)
    return plural or sentence.among(at, "plurals") or _is_agent(sentence, at)


def _may_name(sentence: Sentence, at: int) -> bool:
    """Tell whether a word can be a first name: no article, no verb, no verbal noun."""
    plain = sentence.tokens[at].word and not sentence.has_article(at)
    verb = sentence.other_verb(at) or sentence.reported(at).forms
    return plain and not verb and not _begins_object(sentence, at)


def _last_place(sentence: Sentence, at: int, end: int) -> int:
    """Return past a place and those joined to it: "Qamaria and Telvaria"."""
    words = sentence.lexicon.words
    at += 1
    while at < end:
        text = sentence.text(at)
        if text[:1] not in words["proclitics"] or text[1:] not in words["places"]:
            break
        at += 1
    return at


def _begins_object(sentence: Sentence, at: int) -> bool:
    acts = sentence.is_verbal_noun(at) and not sentence.is_verbal_noun(at - 1)
    return (
        acts  # behind another one, it only completes it: "the ban on the use of"
        or sentence.reported(at).part("masdar") is not None
        or is_possessed(sentence, at)
        or sentence.among(at, "heads", "name_heads", "documents")
        or sentence.text(at) in sentence.lexicon.nouns
    )
