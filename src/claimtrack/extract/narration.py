"""What an outlet tells itself in a sentence that somebody else's report follows in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.extract.draft import MUTE, Draft, Range
from claimtrack.extract.groups import is_verb, shows_verb
from claimtrack.extract.reading import COMMAS, SEMICOLONS, Sentence

_SHORTEST = 4
"""Words of a clause that says something by itself."""


def told_before(sentence: Sentence, found: Sequence[Draft]) -> list[Range]:
    """Return the clause before somebody's report that no report reaches into.

    That is P in "P: X says that Q" and "P; X says that Q" or, where verbs stand first and clauses
    go on behind such marks, in "P, and it was said that Q".

    Args:
        sentence: The sentence.
        found: Its drafts.

    Returns:
        The clause as a range of tokens; empty where there is none.
    """
    told = [draft for draft in found if draft.pattern != MUTE]
    if sentence.lexicon.order == "before":
        return _before_a_mark(sentence, told) if found else []
    return _before_a_comma(sentence, told) if told else []


def _before_a_mark(sentence: Sentence, told: Sequence[Draft]) -> list[Range]:
    first = min((_first(draft) for draft in told), default=sentence.start)
    marks = SEMICOLONS | {":"}
    inside = sentence.page.inside
    for at in range(sentence.start + _SHORTEST, first):
        if sentence.text(at) in marks and inside[at] < 0:
            words = range(sentence.start, at)
            acts = any(is_verb(sentence, word) or shows_verb(sentence, word) for word in words)
            return [(sentence.start, at)] if acts else []
    return []


def _before_a_comma(sentence: Sentence, told: Sequence[Draft]) -> list[Range]:
    first = min(at for draft in told for at in _held(sentence, draft))
    comma = first - 1
    while comma > sentence.start and sentence.among(comma, "clauses", "auxiliaries", "comments"):
        comma -= 1
    if sentence.text(comma) not in COMMAS or sentence.page.inside[comma] >= 0:
        return []
    return [(sentence.start, comma)] if _tells(sentence, comma) else []


def _first(draft: Draft) -> int:
    """Return the first token that belongs to a report."""
    ranges = [*draft.content, *([draft.source] if draft.source and not draft.implied else [])]
    return min(draft.at, *(start for start, _ in ranges))


def _held(sentence: Sentence, draft: Draft) -> Iterator[int]:
    """Yield the first tokens of a draft's source, content and cue."""
    yield from (start for start, _ in draft.content)
    if draft.source:
        yield draft.source[0]
    begun = min(span.start for span in draft.cue)
    before = range(sentence.start, draft.at)
    yield next((at for at in before if sentence.tokens[at].end > begun), draft.at)


def _tells(sentence: Sentence, comma: int) -> bool:
    """Tell whether a main clause of its own stands before a comma: its verb, or its subject, first.

    What begins with a preposition or a connective only says when or where the report was made.
    """
    start = sentence.start
    while start < comma and not sentence.tokens[start].word:
        start += 1
    if sentence.words_in(start, comma) < _SHORTEST:
        return False
    if sentence.among(start, "prepositions", "subordinating", "relatives", "circumstances"):
        return False
    acts = any(
        sentence.other_verb(at) or sentence.among(at, "auxiliaries") for at in range(start, comma)
    )
    begins = sentence.other(start) is not None or sentence.among(start, "auxiliaries")
    stated = acts or sentence.is_that(start + 1)  # "the truth is that P"
    return begins or (stated and sentence.has_article(start))
