"""Noun phrases without a parser: where a source's mention ends, or begins."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.extract.reading import COMMAS, OPEN_BRACKETS, Sentence
from claimtrack.model.vocabulary import Channel

HASHES = frozenset("#@")

LONGEST = 18
"""Tokens a source's mention may have."""

LONGEST_NAME = 8
"""Tokens between the quotation marks or brackets of a name inside a mention."""


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
    while at < stop:
        if at > start and bound and sentence.binds(at, bound) and not sentence.among(at, "inside"):
            break
        following = _element(sentence, start, at, stop)
        if following == at:
            break
        at = following
    return _trimmed(sentence, start, at)


def _trimmed(sentence: Sentence, start: int, end: int) -> int:
    while end > start and (
        not (sentence.tokens[end - 1].word or _closes(sentence, end - 1))
        or sentence.among(end - 1, "prepositions", "times", "auxiliaries")
        and not sentence.among(end - 1, "inside")
    ):
        end -= 1
    return end


def _closes(sentence: Sentence, at: int) -> bool:
    return sentence.text(at) in '"”“»’)]'


def _element(sentence: Sentence, start: int, at: int, stop: int) -> int:
    """Return the end of the phrase's next element; `at` when the phrase ends here."""
    token = sentence.tokens[at]
    if not token.word:
        return _mark(sentence, start, at, stop)
    if sentence.among(at, "inside"):
        return at + 1
    if (
        sentence.is_that(at)
        or sentence.among(at, "relatives", "clauses", "negations", "auxiliaries", "label_opener")
        or sentence.among(at, "times")
        and (at > start or not sentence.has_article(at))
    ):
        return at
    if sentence.among(at, "prepositions"):
        return _prepositional(sentence, start, at, stop)
    if at > start and _is_verb(sentence, start, at):
        return at
    if at > start and _adjunct(sentence, start, at):
        return at
    return at + 1


def _mark(sentence: Sentence, start: int, at: int, stop: int) -> int:
    text = sentence.text(at)
    if sentence.opens_quote(at):
        end = sentence.quote_end(at)
        words = sum(sentence.tokens[inner].word for inner in range(at, end))
        name = words <= LONGEST_NAME and end <= stop and not sentence.is_that(at + 1)
        follows = end < sentence.end and not sentence.tokens[end].text == "."
        return end if name and follows and (words <= 4 or at == start) else at
    if text in OPEN_BRACKETS:
        for end in range(at + 1, min(stop, at + LONGEST_NAME + 2)):
            if sentence.text(end) in ")]":
                return end + 1
        return at
    if text in COMMAS:
        return _apposition(sentence, start, at, stop)
    if text in HASHES:
        return at + 1
    joined = sentence.tokens[at - 1].end == sentence.tokens[at].start
    return at + 1 if text in "-'’/&" and at > start and joined else at


def _apposition(sentence: Sentence, start: int, comma: int, stop: int) -> int:
    """Return the end of ", name or title" when a comma or complementiser closes it."""
    first = comma + 1
    if (
        first >= stop
        or comma == start
        or sentence.among(first, "prepositions", "clauses", "comments", "relatives", "times")
        or _starts_bound(sentence, first)
        or sentence.reported(first).forms
        or sentence.is_that(first)
        or sentence.opens_quote(first)
        or sentence.tokens[first].text[0] in sentence.lexicon.words["proclitics"]
        and not sentence.has_article(first)
        and len(sentence.tokens[first].text) > 4
        and sentence.tokens[first].text[1:3] in sentence.lexicon.words["article"]
    ):
        return comma
    for end in range(first + 1, min(stop, first + 9)):
        text = sentence.text(end)
        if text in COMMAS or sentence.is_that(end) or text == ":" or sentence.opens_quote(end):
            closed = text in COMMAS and end + 1 < sentence.end
            inner = any(
                sentence.reported(word).part("past", "present") for word in range(first, end)
            )
            return comma if inner else end + (0 if not closed else 0)
        if sentence.finite(end) or sentence.among(end, "clauses", "relatives"):
            return comma
    return comma


def _prepositional(sentence: Sentence, start: int, at: int, stop: int) -> int:
    """Return past the preposition when the head is open and no channel follows; else `at`."""
    if at + 1 >= stop or sentence.among(at + 1, "times", "clauses") or _channel(sentence, at):
        return at
    if sentence.among(at, "through") and _possessed(sentence, at + 1):
        place = at + 2
        return place + 2 if sentence.among(place, "prepositions") and place + 2 <= stop else place
    if at == start or not _open(sentence, start, at):
        return at
    if sentence.opens_quote(at + 1) and sentence.quote_end(at + 1) - at <= LONGEST_NAME:
        return sentence.quote_end(at + 1)
    if sentence.is_that(at + 1) or not sentence.tokens[at + 1].word:
        return at
    return at + 2


def _open(sentence: Sentence, start: int, at: int) -> bool:
    return any(sentence.among(word, "open_heads") for word in range(start, min(at, start + 5)))


def _channel(sentence: Sentence, at: int) -> bool:
    """Tell whether a channel is named within the next two words ("in a statement")."""
    return any(channel_at(sentence, word) for word in (at + 1, at + 2))


def channel_at(sentence: Sentence, at: int) -> int:
    """Return how many tokens of a channel's phrase begin here; 0 for none."""
    found = channel_named(sentence, at)
    return found[0] if found else 0


def channel_named(sentence: Sentence, at: int) -> tuple[int, Channel] | None:
    """Return how many tokens of a channel's phrase begin here, and the channel; None for none.

    The first word may carry the article or a pronoun ("the statement", "its statement").
    """
    for word in _stems(sentence, sentence.text(at)):
        for words, channel in sentence.lexicon.channels.get(word, ()):
            if all(sentence.text(at + step) == part for step, part in enumerate(words[1:], 1)):
                return len(words), channel
    return None


def _stems(sentence: Sentence, word: str) -> Iterator[str]:
    """Yield a word, and what is left of it without its article or a pronoun."""
    yield word
    for article in sentence.lexicon.words["article"]:
        if word.startswith(article) and len(word) > len(article) + 2:
            yield word[len(article) :]
    for tail in sentence.lexicon.words["pronouns"]:
        if word.endswith(tail) and len(word) > len(tail) + 3:
            stem = word[: -len(tail)]
            yield stem
            if stem.endswith("ت"):
                yield stem[:-1] + "ه"


def _starts_bound(sentence: Sentence, at: int) -> bool:
    """Tell whether a bound preposition with the article begins a word ("to the reporters")."""
    text = sentence.text(at)
    articles = tuple(sentence.lexicon.words["article"])
    return text[:1] in sentence.lexicon.words["bound"] and text.startswith(articles)


def _adjunct(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether a word with a bound preposition ends the phrase."""
    text = sentence.text(at)
    if not text or text[0] not in sentence.lexicon.words["bound"] or len(text) < 4:
        return False
    if channel_at(sentence, at):
        return True
    if _starts_bound(sentence, at):
        return text[0] != "ب" and not _open(sentence, start, at)
    return text[1:] in sentence.lexicon.words["heads"] and not _open(sentence, start, at)


def _is_verb(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether a word ends the phrase as a reporting verb of its own."""
    word = sentence.reported(at)
    if not word.forms:
        return False
    if word.part("participle"):
        return not sentence.has_article(at) and word.part("past", "present") is None
    form = word.part("past", "present")
    if form is None or sentence.has_article(at):
        return False
    following = at + 1
    return bool(
        word.pronoun
        or sentence.is_that(following)
        or sentence.among(following, "prepositions", "times")
        or sentence.text(following) in COMMAS | {":"}
        or sentence.opens_quote(following)
        or form.part == "present"
        or "object" in form.cue.takes
        or "addressee" in form.cue.takes
    )


def split_object(sentence: Sentence, start: int, end: int) -> int:
    """Return where an object begins inside "subject object"; `end` when no object follows.

    Where a name after the title would leave no object, the name is the object.
    """
    at = _split(sentence, start, end, named=True)
    return at if at < end else _split(sentence, start, end, named=False)


def _split(sentence: Sentence, start: int, end: int, *, named: bool) -> int:
    """Split by the subject's shape.

    The subject is a known head with what completes it, or a definite noun with its adjectives,
    or a name; a title may have a name after it. `end` when no object follows.
    """
    at = _head(sentence, start, end, named=named)
    if sentence.opens_quote(start):
        at = sentence.quote_end(start)
    while at < end:
        if not sentence.tokens[at].word:
            if sentence.opens_quote(at):
                named = sentence.among(at - 1, "name_heads", "heads")
                return sentence.quote_end(at) if named else at
            if sentence.text(at) in OPEN_BRACKETS:
                at = next((i + 1 for i in range(at, end) if sentence.text(i) in ")]"), end)
                continue
            return at
        if sentence.among(at, "inside") or sentence.has_article(at) and _adjective(sentence, at):
            at += 1
            continue
        return at
    return end


def _head(sentence: Sentence, start: int, end: int, *, named: bool) -> int:
    """Return the end of a subject's noun, what completes it, and a name after a title."""
    at = start
    heads = 0
    while at < end and heads < 5 and sentence.among(at, "heads", "inside"):
        at, heads = at + 1, heads + 1
    if at > start and at < end and sentence.tokens[at].word and not sentence.has_article(at):
        at += 1  # a name completes the head: "the government of Qamaria"
        if at >= end or not sentence.has_article(at):
            return at
    definite = at
    while at < end and sentence.has_article(at) and not _object_like(sentence, at, definite):
        at += 1
    titled = any(sentence.among(word, "titles") for word in range(definite, at))
    if named and titled and at < end:
        return _name(sentence, at, end)
    return at if at > start else _name(sentence, start, end)


def _object_like(sentence: Sentence, at: int, first: int) -> bool:
    """Tell whether a definite word after the first is a noun of its own rather than an adjective."""
    if sentence.text(at)[:1] in sentence.lexicon.words["proclitics"]:
        return False  # "and the …" goes on with the same phrase
    return (
        at > first + 1
        and not _adjective(sentence, at)
        and not sentence.among(at, "titles", "qualifiers")
    )


def _adjective(sentence: Sentence, at: int) -> bool:
    """Tell whether a definite word agrees with the one before it, as far as endings show."""
    text, before = sentence.text(at), sentence.text(at - 1)
    if not sentence.has_article(at - 1):
        return True
    return (
        text[-1:] == before[-1:]
        or text.endswith(("ي", "يه", "يين", "يون"))
        or (sentence.among(at, "titles"))
    )


def _name(sentence: Sentence, start: int, end: int) -> int:
    """Return the end of a person's or place's name: words without the article, then one with."""
    at = start
    while at < min(end, start + 4) and sentence.tokens[at].word:
        if sentence.has_article(at):
            surname = at > start and not sentence.text(at).endswith(("ين", "ون", "ات"))
            return at + 1 if surname and not sentence.has_article(at + 1) else at
        if at > start and (
            sentence.reported(at).part("masdar")
            or _possessed(sentence, at)
            or sentence.among(at, "heads", "name_heads")
        ):
            return at
        at += 1
    return at


def _possessed(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun carries a pronoun ("its control"), so that it begins an object."""
    text = sentence.text(at)
    return len(text) > 4 and text.endswith(tuple(sentence.lexicon.words["possessed"]))


def clause_start(sentence: Sentence, at: int, floor: int) -> int:
    """Return where the words before a verb begin that could be its subject."""
    first = at
    while first > floor:
        before = first - 1
        text = sentence.text(before)
        if (
            text in COMMAS
            or text in ":.؟?!"
            or sentence.is_that(before)
            or sentence.among(before, "relatives", "clauses", "label_opener")
            or before in sentence.page.closers
            and sentence.page.closers[before] > at
        ):
            break
        first -= 1
    return first
