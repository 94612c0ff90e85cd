"""Channels by name: "in a statement", "on Twitter", "to reporters"."""

from __future__ import annotations

from claimtrack.extract.reading import Sentence
from claimtrack.model.vocabulary import Channel


def names_channel(sentence: Sentence, at: int) -> bool:
    """Tell whether a channel's phrase begins at a token."""
    return channel_named(sentence, at) is not None


def channel_named(sentence: Sentence, at: int) -> Channel | None:
    """Return the channel whose phrase begins at a token, or None.

    The first word may carry the article or a pronoun ("the statement", "its statement"). Whom one
    speaks to by name, in marks, is an outlet.
    """
    text = sentence.text(at)
    if text in sentence.lexicon.words["addressed"] and sentence.opens_quote(at + 1):
        return Channel.INTERVIEW
    for words, channel in sentence.words.channels(text):
        if all(sentence.text(at + step) == part for step, part in enumerate(words[1:], 1)):
            return channel
    return None


def past_medium(sentence: Sentence, at: int) -> int:
    """Return the token after "in a statement", "in a joint statement"; the sentence's end for none.

    A definite noun right behind an indefinite one is a phrase of its own, and so are a body and a
    place by name.
    """
    after = at + 2
    if not (sentence.among(at, "medium") and names_channel(sentence, at + 1)):
        return sentence.end
    while after < sentence.end and sentence.tokens[after].word and not sentence.has_article(after):
        told = sentence.binds(after - 1, sentence.lexicon.words["addressed"])
        if sentence.among(after, "places", "heads") or (told and sentence.is_verbal_noun(after)):
            break
        if after > at + 4 or sentence.among(after, "prepositions", "clauses", "relatives"):
            return sentence.end
        after += 1
    while after < sentence.end and sentence.among(after, "times"):
        after += 1  # "in a message on the morning of Wednesday"
    return after
