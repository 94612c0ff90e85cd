"""What a relative clause speaks of: "the report, which says that P", "the plan that X announced".

The noun phrase that stands before a relative pronoun, or right before the verb where the noun is
indefinite, is read backwards: to the preposition, verb or mark that it begins behind.
"""

from __future__ import annotations

from typing import NamedTuple

from claimtrack.extract.draft import Range
from claimtrack.extract.objects import split_object
from claimtrack.extract.reading import COMMAS, DASHES, Sentence

LONGEST = 8
"""Tokens of a noun phrase that a relative clause goes on with."""


class Head(NamedTuple):
    """A noun phrase that a clause speaks of.

    Attributes:
        words: Its range of tokens.
        skip: Code points of a proclitic or bound preposition before its first word.
    """

    words: Range
    skip: int


def relative_head(sentence: Sentence, at: int) -> Head | None:
    """Return what the relative pronoun right before a verb refers to, or None."""
    pronoun = at - 1
    while pronoun > sentence.start and sentence.among(pronoun, "auxiliaries"):
        pronoun -= 1
    if not sentence.among(pronoun, "relatives"):
        return None
    end = pronoun
    while end > sentence.start and sentence.text(end - 1) in COMMAS | DASHES:
        end -= 1
    head = phrase_before(sentence, end)
    if head and sentence.among(head.words[0] - 1, "relatives"):
        return phrase_before(sentence, head.words[0] - 1)  # "that P and that say": of the same
    return head


def indefinite_head(sentence: Sentence, at: int) -> Head | None:
    """Return the indefinite noun, or what a demonstrative points at, right before a verb."""
    start = at
    while start > max(sentence.start, at - 4) and _goes_on(sentence, start - 1, at):
        start -= 1
        if sentence.among(start, "demonstratives"):
            return Head((start, at), 0)
    start = at
    while start > max(sentence.start, at - 4) and _goes_on(sentence, start - 1, at):
        if sentence.has_article(start - 1) or not sentence.tokens[start - 1].word:
            return None
        if sentence.binds(start - 1, sentence.lexicon.words["bound"]):
            break
        start -= 1
    if at - start < 2 or not sentence.among(start - 1, "prepositions"):
        return None
    return Head((start, at), 0)


def phrase_before(sentence: Sentence, end: int) -> Head | None:
    """Return the noun phrase that ends before a token, or None."""
    start = end
    while start > max(sentence.start, end - LONGEST) and _goes_on(sentence, start - 1, end):
        start -= 1
        if _is_first(sentence, start):
            break
    while start < end and start in sentence.page.closers and sentence.quote_end(start) > end:
        start += 1  # the clause is quoted too
    if start == end or not sentence.text(start)[:1].isalpha():
        return None
    parted = split_object(sentence, start, end)
    acted = sentence.other(start - 1) is not None
    if start < parted < end and (acted or sentence.has_article(parted)):
        start = parted  # "the minister received the envoy, who said": the envoy
    return Head((start, end), _skip(sentence, start))


def _goes_on(sentence: Sentence, at: int, end: int) -> bool:
    """Tell whether a word belongs to the phrase that ends at `end`."""
    closing = sentence.page.openers.get(at + 1)
    if not sentence.tokens[at].word:
        return closing is not None or at in sentence.page.closers
    if sentence.is_that(at) or sentence.other_verb(at):
        return False
    if sentence.among(at, "prepositions", "clauses", "relatives", "auxiliaries", "negations"):
        return sentence.among(at, "inside")
    if sentence.among(at, "times", "label_opener") and at < end - 1:
        return False
    form = sentence.finite(at)
    return form is None or (at == end - 1 and not sentence.reported(at).pronoun)


def _is_first(sentence: Sentence, at: int) -> bool:
    """Tell whether a phrase must begin with a word: a bound preposition stands before it."""
    text = sentence.text(at)
    if sentence.among(at, "determiners", "demonstratives"):
        return True
    bound = sentence.lexicon.words["bound"]
    return sentence.binds(at, bound) and (
        sentence.has_article(at) or text[1:] in sentence.lexicon.words["heads"]
    )


def _skip(sentence: Sentence, at: int) -> int:
    text, words = sentence.text(at), sentence.lexicon.words
    if text[:1] in words["proclitics"] and text[1:] in words["heads"] | words["open_heads"]:
        return 1
    return int(_is_first(sentence, at) and sentence.binds(at, words["bound"]))
