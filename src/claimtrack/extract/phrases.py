"""Noun phrases without a parser: where a source's mention ends."""

from __future__ import annotations

from claimtrack.extract.channels import channel_named, names_channel
from claimtrack.extract.groups import JOINERS, shows_verb
from claimtrack.extract.reading import CLOSING, COMMAS, OPEN_BRACKETS, STOPS, Sentence
from claimtrack.model.vocabulary import Channel

LONGEST = 18
"""Tokens a source's mention may have."""

LONGEST_NAME = 8
"""Tokens between the quotation marks or brackets of a name inside a mention."""

_NAME_GOES_ON = 5
"""Tokens from a name that looks like a verb to what opens the content, each counted."""

_HASHES = frozenset("#@")


def noun_phrase(
    sentence: Sentence, start: int, stop: int, bound: frozenset[str] = frozenset()
) -> int:
    """Return the end of the noun phrase that begins at a token; `start` when none does.

    Names in quotation marks or brackets belong to it, as do appositions between commas that a
    reporting verb or complementiser follows. Prepositions end it unless its head is open (an
    indefinite noun such as "a source"). Words joined to a preposition of `bound` end it too: the
    verb before takes them.
    """
    at, stop = start, min(stop, start + LONGEST)
    goes_on = sentence.words.goes_on
    while at < stop:
        if goes_on(sentence.text(at)):  # as most do
            at += 1
            continue
        if at > start and bound and _is_taken(sentence, start, at, bound):
            break
        following = _element(sentence, start, at, stop)
        if following == at:
            break
        at = following
    return _trimmed(sentence, start, at)


def _is_taken(sentence: Sentence, start: int, at: int, bound: frozenset[str]) -> bool:
    """Tell whether a word begins what the verb before takes with a bound preposition.

    A surname that only begins with the same letter has the preposition behind it.
    """
    if not sentence.binds(at, bound) or sentence.among(at, "inside") or leans(sentence, start, at):
        return False
    if sentence.among(at - 1, "ranks") and _is_purpose(sentence, start, at):
        return False  # "secretary general of the league"
    if _is_of_post(sentence, start, at):
        return False
    nominal = sentence.has_article(start) or sentence.among(start, "heads", "open_heads")
    known = sentence.other(at) is not None or sentence.has_article(at)
    outlet = sentence.among(start, "outlets")
    if outlet and at == start + 1 and not sentence.has_article(at):
        return False  # "a paper" has its name behind it
    if not outlet and (at > start + 1 or nominal or known):
        return True
    behind = range(at + 1, min(sentence.end, at + 4))
    return not any(
        sentence.binds(word, bound) and (sentence.has_article(word) or sentence.is_that(word))
        for word in behind
    )


def _is_of_post(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether "of the union" goes on with "the head": the holder's name of two words follows.

    Else it may be what the verb takes: "called the head for the strike".
    """
    words = sentence.lexicon.words
    posted = sentence.without_article(start) in words["posts"]
    if not posted or not sentence.binds(at, words["addressed"]):
        return False
    name = at + (1 if sentence.has_article(at) else 2)  # "of the city of Sidrun"
    while sentence.has_article(name):
        name += 1
    return _may_be_name(sentence, name) and (
        sentence.has_article(name + 1) or _may_be_name(sentence, name + 1)
    )


def _may_be_name(sentence: Sentence, at: int) -> bool:
    """Tell whether a word can be one of a person's name, as far as one can see."""
    loose = ("prepositions", "times", "clauses", "negations", "relatives", "heads", "adverbs")
    if at >= sentence.end or not sentence.tokens[at].word or sentence.among(at, *loose):
        return False
    bound = sentence.has_article(at) or _joined(sentence, at) or sentence.is_number(at)
    acts = sentence.other_verb(at) or sentence.reported(at).forms or sentence.is_verbal_noun(at)
    return not (bound or acts or sentence.is_that(at))


def is_possessed(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun carries a pronoun ("its control")."""
    text = sentence.text(at)
    if len(text) < 4 or sentence.has_article(at) or sentence.reported(at).part("past", "present"):
        return False
    if len(text) > 4 and text.endswith(tuple(sentence.lexicon.words["possessed"])):
        return True
    return sentence.written(at).endswith(sentence.lexicon.written_pronouns)


def is_predicate(sentence: Sentence, at: int) -> bool:
    """Tell whether a word says what something is, and is no thing itself: "a violation"."""
    endings = tuple(sentence.lexicon.words["accusative"])
    indefinite = sentence.text(at).endswith(endings) and not sentence.has_article(at)
    return sentence.among(at, "predicates") or (indefinite and not sentence.among(at, "places"))


def _trimmed(sentence: Sentence, start: int, end: int) -> int:
    while end > start and _dangles(sentence, end - 1):
        end -= 1
    return end


def _dangles(sentence: Sentence, at: int) -> bool:
    """Tell whether a token cannot be the last of a phrase."""
    if not sentence.tokens[at].word:
        return sentence.text(at) not in CLOSING
    loose = sentence.among(at, "prepositions", "times", "auxiliaries")
    loose = loose and not _is_upon(sentence, at)
    return loose and not sentence.among(at, "inside", "name_times")


def _element(sentence: Sentence, start: int, at: int, stop: int) -> int:
    """Return the end of the phrase's next element; `at` when the phrase ends here."""
    if not sentence.tokens[at].word:
        return _mark(sentence, start, at, stop)
    if sentence.among(at, "issuing") and sentence.without_article(start) in _documents(sentence):
        return at + 1
    if sentence.among(at, "inside") or _is_upon(sentence, at):
        arriving = sentence.among(at, "prepositions") and is_possessed(sentence, at + 1)
        return at if arriving else at + 1  # "on his arrival"
    if _is_issued(sentence, start, at):
        return at + (2 if sentence.among(at, "relatives") else 1)
    if _is_outside(sentence, start, at):
        return at
    if sentence.among(at, "prepositions"):
        apart = at > start and sentence.particle(at)  # "media citing the police"
        return at if apart else _prepositional(sentence, start, at, stop)
    named = at == start + 1 and sentence.among(start, "outlets")  # whatever its name looks like
    ends = at > start and not named and _ends(sentence, start, at)
    ends = ends and not (_is_surname(sentence, start, at) or _is_waited_for(sentence, start, at))
    return at if ends else at + 1


def _is_upon(sentence: Sentence, at: int) -> bool:
    """Tell whether a preposition with its pronoun is part of a noun: "the accused"."""
    noun = sentence.among(at, "resumptives") and sentence.among(at - 1, "claimed_upon")
    return noun and sentence.tokens[at - 1].word


def _documents(sentence: Sentence) -> frozenset[str]:
    return sentence.lexicon.words["documents"]


def _ends(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether a word belongs to what follows the phrase."""
    return (
        sentence.other_verb(at)
        or _has_complement(sentence, at)
        or _asks(sentence, at)
        or _came_out(sentence, start, at)
        or _is_verb(sentence, at)
        or _is_adjunct(sentence, start, at)
    )


def _is_issued(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether "that X gave" tells whose figures or statement a phrase is about."""
    words = sentence.lexicon.words
    start += sentence.among(start, "latest")
    head = sentence.without_article(start)
    if head not in words["documents"] and sentence.binds(start, words["bound"]):
        head = head[1:]  # "according to a report that X issued"
    document = head in words["documents"]
    if not document or at <= start:
        return False
    if sentence.among(at, "relatives"):
        return bool(sentence.reported(at + 1).pronoun)
    return not sentence.has_article(start) and gave(sentence, at)


def gave(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is "it issued": a verb with a pronoun that stands for a document."""
    text, tails = sentence.text(at), sentence.lexicon.words["pronouns"]
    verb = bool(sentence.reported(at).pronoun) and sentence.finite(at) is not None
    stems = (text[: -len(tail)] for tail in tails if text.endswith(tail))
    known = any(len(stem) > 3 and stem in sentence.lexicon.others for stem in stems)
    return text.endswith(tuple(tails)) and (verb or known or sentence.other_verb(at))


def _is_surname(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether what looks like a verb is a name's second word: "the spokeswoman Hana Fares"."""
    first, before = at - 1, at - 2
    titled = sentence.without_article(start) in sentence.lexicon.words["posts"]
    if not titled or before <= start or not sentence.other_verb(at):
        return False
    plain = not (sentence.has_article(first) or sentence.among(first, "inside", "heads", "places"))
    return plain and sentence.has_article(before) and sentence.tokens[first].word


def _is_waited_for(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether what looks like a verb is a name: "said Mr X that", which waits for "that"."""
    said = sentence.reported(start - 1).part("past", "present")
    titled = sentence.among(start, "titles") or (
        sentence.without_article(start) in sentence.lexicon.words["posts"]
    )
    tells = said is not None and bool(said.cue.takes & {"that", "quote"})
    if not (tells and titled and sentence.other_verb(at)):
        return False
    if _asks(sentence, at):
        return False
    for after in range(at + 1, min(sentence.end, at + _NAME_GOES_ON)):
        if sentence.is_that(after) or sentence.text(after) == ":":
            return True
        if not sentence.tokens[after].word or sentence.other_verb(after):
            return sentence.text(after) in COMMAS and sentence.among(at - 1, "titles")
    return False


def _is_outside(sentence: Sentence, start: int, at: int) -> bool:
    if sentence.is_that(at) or sentence.among(
        at, "relatives", "clauses", "negations", "auxiliaries", "label_opener"
    ):
        return True
    if at > start and sentence.among(at, "demonstratives"):
        return True
    if sentence.among(at, "name_times") and sentence.among(start, "name_heads"):
        return False  # "the site Sidrun Today"
    if not sentence.among(at, "times") or leans(sentence, start, at + 1):
        return False
    return at > start or not sentence.has_article(at)


def _mark(sentence: Sentence, start: int, at: int, stop: int) -> int:
    text = sentence.text(at)
    if sentence.opens_quote(at):
        return _quoted_name(sentence, start, at, stop)
    if text in OPEN_BRACKETS:
        ends = range(at + 1, min(stop, at + LONGEST_NAME + 2))
        return next((end + 1 for end in ends if sentence.text(end) in CLOSING), at)
    if text in COMMAS:
        return _apposition(sentence, start, at, stop)
    if text in _HASHES:
        return at + 1
    touches = at > start and sentence.tokens[at - 1].end == sentence.tokens[at].start
    return at + 1 if text in JOINERS and touches else at


def _quoted_name(sentence: Sentence, start: int, at: int, stop: int) -> int:
    end = sentence.quote_end(at)
    words = sentence.words_in(at, end)
    name = words <= LONGEST_NAME and end <= stop and not sentence.is_that(at + 1)
    last = end >= sentence.end or sentence.text(end) == "."
    follows = not last or sentence.after_name_head(at)
    return end if name and follows and (words <= 4 or at == start) else at


def _apposition(sentence: Sentence, start: int, comma: int, stop: int) -> int:
    """Return the end of ", name or title" when a comma or complementiser closes it."""
    first = comma + 1
    if first >= stop or comma == start or not _may_appose(sentence, first):
        return comma
    for end in range(first + 1, min(stop + 1, first + 9)):
        text = sentence.text(end)
        if text in COMMAS or sentence.is_that(end) or text == ":" or sentence.opens_quote(end):
            inner = any(_acts(sentence, word) for word in range(first, end))
            return comma if inner else end
        if sentence.finite(end) or sentence.among(end, "clauses", "relatives"):
            return comma
    return comma


def _acts(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is a verb, so that no apposition holds it; a name is none."""
    return sentence.finite(at) is not None or shows_verb(sentence, at)


def _may_appose(sentence: Sentence, at: int) -> bool:
    """Tell whether a word after a comma can go on naming the same agent."""
    word = sentence.text(at)
    coordinated = len(word) > 4 and word[:1] in sentence.lexicon.words["proclitics"]
    return not (
        sentence.among(at, "prepositions", "clauses", "comments", "relatives", "times", "adverbs")
        or _binds_article(sentence, at)
        or _addresses(sentence, at)
        or names_channel(sentence, at)
        or sentence.reported(at).forms
        or sentence.other(at) is True
        or sentence.is_that(at)
        or sentence.opens_quote(at)
        or (coordinated and word[1:3] in sentence.lexicon.words["article"])
    )


def _prepositional(sentence: Sentence, start: int, at: int, stop: int) -> int:
    """Return past the preposition when the head is open and no channel follows; else `at`."""
    following = at + 1
    if following >= stop or sentence.among(following, "times", "clauses"):
        return at
    mission = sentence.without_article(start) in sentence.lexicon.words["missions"]
    abroad = sentence.among(at, "housing") and not sentence.among(following, "latest")
    seated = sentence.among(following, "places") or (mission and abroad)
    loose = not seated and names_channel(sentence, at + 2) and not _joined(sentence, at + 2)
    loose = loose or _is_answered(sentence, start, at)
    if sentence.among(at, "audience") or names_channel(sentence, following) or loose:
        return at
    posted = names_channel(sentence, following + 2)  # "through its channel on Telegram"
    if sentence.among(at, "through") and is_possessed(sentence, following) and not posted:
        return _through(sentence, at + 2, stop)
    if at == start:
        return at
    if not _is_open(sentence, start, at) and not sentence.among(at - 1, "issuing"):
        return _seat(sentence, start, at, stop)
    if sentence.opens_quote(following) and sentence.quote_end(following) - at <= LONGEST_NAME:
        return sentence.quote_end(following)
    name = following + (sentence.text(following) in _HASHES)
    ends = name >= stop or sentence.is_that(name) or not sentence.tokens[name].word
    return at if ends else name + 1


def _is_answered(sentence: Sentence, start: int, preposition: int) -> bool:
    """Tell whether "to these accusations" follows whoever answers them, and is no part of a name.

    A source without an article may know of them: "a source informed of the accusations".
    """
    at = preposition + 1
    at += sentence.among(at, "demonstratives")
    named = sentence.has_article(start) or sentence.among(start, "titles")
    report = sentence.words.noun(sentence.without_article(at))[0]
    return named and sentence.has_article(at) and report is not None


def _through(sentence: Sentence, place: int, stop: int) -> int:
    """Return the end of "through its embassy in Badrun", whose place may begin at a token."""
    located = sentence.among(place, "prepositions") and place + 2 <= stop
    about = sentence.words.noun(sentence.text(place + 1))[0]  # "to the accusations": no place
    return place + 2 if located and about is None else place


def _seat(sentence: Sentence, start: int, at: int, stop: int) -> int:
    """Return past the preposition of "the authorities in Qamaria" and the place; else `at`.

    A minister may speak anywhere: the place is one's own where the name follows it.
    """
    words, head = sentence.lexicon.words, sentence.without_article(start)
    employed = sentence.among(at, "housing") and sentence.among(at + 1, "institutions")
    if employed and sentence.among(start, "heads", "posts"):
        return at + 2  # "the head of a department in the university of X"
    if head in words["seated"] and _is_in_body(sentence, at):
        return at + 2  # "the press department in the ministry of"
    known = sentence.among(at + 1, "places", "localities")
    known = known or sentence.without_article(at + 1) in words["localities"]  # "in the region"
    if not sentence.among(at, "medium") or not (known or _may_be_place(sentence, at + 1)):
        return at
    after = at + (3 if sentence.among(at + 1, "localities") else 2)
    named = head in words["posts"] and sentence.text(after) in COMMAS
    named = named and _apposition(sentence, start, after, stop) > after
    return after if named or (head in words["seated"] and after <= stop) else at


def _is_in_body(sentence: Sentence, at: int) -> bool:
    """Tell whether "in" stands before a body that may have another within it."""
    housed = sentence.among(at, "housing") and sentence.among(at + 1, "seated")
    return housed and not sentence.has_article(at + 1)


def _may_be_place(sentence: Sentence, at: int) -> bool:
    """Tell whether an unknown word is a place's name: a comma or the content comes right after."""
    apart = sentence.text(at + 1) in COMMAS | STOPS or sentence.is_that(at + 1)
    strange = sentence.among(at, "heads", "open_heads", "documents", "times", "demonstratives")
    plain = not (sentence.has_article(at) or sentence.is_verbal_noun(at) or strange)
    acts = (
        sentence.other(at) is not None or sentence.reported(at).forms or is_possessed(sentence, at)
    )
    return apart and plain and not acts and sentence.tokens[at].word


def _joined(sentence: Sentence, at: int) -> bool:
    """Tell whether a bound preposition parts a word from the one before."""
    return sentence.binds(at, sentence.lexicon.words["bound"])


def _is_open(sentence: Sentence, start: int, at: int) -> bool:
    heads, endings = sentence.lexicon.words["open_heads"], sentence.lexicon.words["accusative"]
    for word in range(start, min(at, start + 5)):
        text = sentence.text(word)
        stems = (text[: -len(ending)] for ending in endings if text.endswith(ending))
        if sentence.among(word, "open_heads") or any(stem in heads for stem in stems):
            return True
    return False


def _binds_article(sentence: Sentence, at: int) -> bool:
    """Tell whether a bound preposition with the article begins a word ("to the reporters")."""
    return sentence.text(at)[:1] in sentence.lexicon.words["bound"] and sentence.has_article(at)


def _addresses(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is "to the agency", "to a channel"."""
    words = sentence.lexicon.words
    return sentence.binds(at, words["addressed"]) and sentence.text(at)[1:] in words["name_heads"]


def _is_adjunct(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether a word with a bound preposition ends the phrase."""
    text, words = sentence.text(at), sentence.lexicon.words
    if text in words["bound"] and sentence.opens_quote(at + 1):  # "a source told "the Courier""
        return text not in words["addressed"] or not sentence.among(start, "documents")
    if not sentence.binds(at, words["bound"]) or len(text) < 4:
        return False
    if names_channel(sentence, at) and not _is_for(sentence, at):
        return not _is_published(sentence, start, at)
    leaning = leans(sentence, start, at)
    if leaning or _is_open(sentence, start, at):
        return not leaning and _is_told(sentence, start, at)
    document = sentence.without_article(start) in words["documents"]
    owned = document or sentence.without_article(start) in words["arms"]
    if sentence.has_article(at):
        owned = document and not _is_many(sentence, at)
    outlet = sentence.without_article(at) in words["outlets"] or text[1:] in words["outlets"]
    if text[0] in words["addressed"] and owned and not outlet:
        return False  # "a notice of the ministry", "the press office of the movement"
    if sentence.has_article(at):
        return text[0] not in words["kept_bound"] and not _is_purpose(sentence, start, at)
    return text[1:] in words["heads"]


def _is_published(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether "of the newspaper" says whose an article or report before it is."""
    work = at == start + 1 and not sentence.has_article(start)
    return work and channel_named(sentence, start) is Channel.REPORT


def _is_told(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether "a source to the Courier that P" goes on: the Courier is told P."""
    words, text = sentence.lexicon.words, sentence.text(at)
    described = sentence.written(at).endswith(tuple(words["adjective_endings"]))
    named = described or sentence.among(start, "titles")
    if named or not (
        sentence.among(start, "open_heads") and sentence.binds(at, words["addressed"])
    ):
        return False
    owned = sentence.among(start, "documents", "posts") or sentence.among(at, "inside")
    owned = owned or sentence.words.is_doing(text[1:]) or text[1:] in words["places"]
    near = range(at + 1, min(sentence.end, at + 4))
    return not owned and any(sentence.is_that(word) for word in near)


def leans(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether a bound preposition completes an adjective: "belonging to the group".

    The adjective stands before it, in the phrase that begins at `start`.
    """
    words, adjective = sentence.lexicon.words, at - 1
    described = adjective > start and sentence.without_article(adjective) in words["leaning"]
    led = described and sentence.binds(at, words["bound"])
    return led and not sentence.among(at, "prepositions", "times", "clauses")


def _is_many(sentence: Sentence, at: int) -> bool:
    """Tell whether a word means people: "to the reporters"."""
    what, words = sentence.without_article(at), sentence.lexicon.words
    plural = tuple(words["plural_endings"])
    return what.endswith(plural) and not what.endswith(sentence.lexicon.feminine[0] or "\0")


def _is_purpose(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether "for the elections" goes on with "the commission"; people are told something."""
    words, what = sentence.lexicon.words, sentence.without_article(at)
    head, ranked = sentence.without_article(start), sentence.among(at - 1, "ranks")
    if not ranked and head not in words["seated"] | words["name_heads"] | words["unions"]:
        return False
    if at > start + 1 and head in words["unions"]:
        return sentence.text(at)[0] in words["addressed"]  # "the general union of journalists"
    if what in words["heads"] | words["open_heads"] | words["name_heads"]:
        outlet = what in words["outlets"] and not _is_for(sentence, at)
        return ranked and not outlet  # "the director general of the company"
    return sentence.text(at)[0] in words["addressed"] and not _is_many(sentence, at)


def _is_for(sentence: Sentence, at: int) -> bool:
    """Tell whether "of the world agency for health" follows a rank: no outlet is spoken to."""
    ranked = sentence.among(at - 1, "ranks")
    return ranked and sentence.has_article(at + 1) and _joined(sentence, at + 2)


def _has_complement(sentence: Sentence, at: int) -> bool:
    """Tell whether what may be a noun is a verb: "the truce is about to", "Moscow closes"."""
    if sentence.other(at) is not False:
        return False
    acts = sentence.among(at - 1, "places") and not sentence.finite(at - 2)
    return sentence.is_that(at + 1) or acts


def _came_out(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether "that came out" goes on with "a joint statement": it is no part of its name."""
    brought = sentence.other(at) is False and not sentence.has_article(at)
    return brought and sentence.among(start, "documents") and at - start >= 2


def _asks(sentence: Sentence, at: int) -> bool:
    """Tell whether "asked not to be named" begins here, "altogether", or "for the first time"."""
    return any(sentence.phrase(at, each) for each in ("not_cues", "wholly", "adverbials"))


def _is_verb(sentence: Sentence, at: int) -> bool:
    """Tell whether a word ends the phrase as a reporting verb of its own."""
    word = sentence.reported(at)
    if not word.forms or sentence.has_article(at):
        return False
    form = word.part("past", "present")
    if form is None and word.part("masdar"):
        following = at + 1
        said = sentence.is_that(following) or sentence.opens_quote(following)
        return said and bool(word.pronoun)  # "his saying that"
    if form is None:
        return word.part("participle") is not None
    if word.part("participle"):
        return False
    following = at + 1
    if sentence.lexicon.order == "before":
        return True  # "citing the board reported «The Day»"
    return bool(
        word.pronoun
        or form.part == "present"
        or form.cue.takes & {"object", "addressee"}
        or sentence.is_that(following)
        or sentence.among(following, "prepositions", "times")
        or sentence.text(following) in COMMAS | {":"}
        or sentence.opens_quote(following)
    )
