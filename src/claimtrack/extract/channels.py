"""Channels by name: "in a statement", "on Twitter", "to reporters"."""

from __future__ import annotations

from collections.abc import Iterator

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
    if sentence.text(at) in sentence.lexicon.words["addressed"] and sentence.opens_quote(at + 1):
        return Channel.INTERVIEW
    for word in _stems(sentence, sentence.text(at)):
        for words, channel in sentence.lexicon.channels.get(word, ()):
            if all(sentence.text(at + step) == part for step, part in enumerate(words[1:], 1)):
                return channel
    return None


def _stems(sentence: Sentence, word: str) -> Iterator[str]:
    """Yield a word, and what is left of it without its article or a pronoun."""
    lexicon = sentence.lexicon
    yield word
    for article in lexicon.words["article"]:
        if word.startswith(article) and len(word) > len(article) + 2:
            yield word[len(article) :]
    for tail in lexicon.words["pronouns"]:
        if word.endswith(tail) and len(word) > len(tail) + 3:
            stem = word[: -len(tail)]
            yield stem
            before, alone = lexicon.feminine
            if before and stem.endswith(before):
                yield stem[: -len(before)] + alone
