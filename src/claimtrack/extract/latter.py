"""Whom "the latter" means: the last body, person or state named before it."""

from __future__ import annotations

from claimtrack.extract.draft import Range
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, Sentence

_AGENTS = ("heads", "open_heads", "titles", "posts", "places")


def is_latter(sentence: Sentence, source: Range) -> bool:
    """Tell whether a source is "the latter" and nothing more."""
    return source[1] - source[0] == 1 and sentence.among(source[0], "latter")


def named_last(sentence: Sentence, latter: int, clause: int) -> Range | None:
    """Return the mention before a clause that "the latter" stands for; None where none agrees.

    Args:
        sentence: The sentence.
        latter: The token that says "the latter".
        clause: Where its own clause begins: nothing behind it is named before.
    """
    feminine = sentence.ends_feminine(latter)
    for at in range(clause - 1, sentence.start - 1, -1):
        if sentence.is_that(at) and at + 1 < clause:  # what stands before said so: not the last
            named = sentence.tokens[at + 1].word and not sentence.has_article(at + 1)
            return _mention(sentence, at + 1, clause) if named else None
        first = _first_of(sentence, at)
        agrees = sentence.among(first, "places") or sentence.ends_feminine(first) == feminine
        if agrees and _names(sentence, at):
            return _mention(sentence, first, clause)
    return None


def _mention(sentence: Sentence, first: int, clause: int) -> Range | None:
    """Return the phrase that begins at a token, without "of what" it is accused."""
    end, by = noun_phrase(sentence, first, clause), sentence.lexicon.words["by"]
    led = (at for at in range(first + 1, end) if sentence.binds(at, by))
    end = next((at for at in led if not sentence.among(at - 1, "prepositions")), end)
    while end > first and sentence.text(end - 1) in COMMAS:
        end -= 1
    return (first, end) if end > first else None


def _names(sentence: Sentence, at: int) -> bool:
    """Tell whether a word names a body, a person or a state that does not just tell where."""
    known = sentence.among(at, *_AGENTS)
    known = known or sentence.without_article(at) in sentence.lexicon.words["heads"]
    return known and not sentence.among(at - 1, "prepositions")


def _first_of(sentence: Sentence, at: int) -> int:
    """Return where "the head of the council of X" begins, of which a word is one."""
    while sentence.among(at - 1, "heads", "posts"):
        at -= 1
    return at
