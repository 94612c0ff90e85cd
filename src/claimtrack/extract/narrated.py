"""What an outlet tells itself in a sentence that somebody else's report follows in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.extract.draft import MUTE, Draft, Range
from claimtrack.extract.reading import COMMAS, Sentence

_CLAUSE = 4
"""Words of a clause that tells something."""


def told_before(sentence: Sentence, found: Sequence[Draft]) -> list[Range]:
    """Return the clause "the captain had been held on Sunday" before ", and it was said that P".

    Args:
        sentence: The sentence.
        found: Its drafts; a clause that none of them touches is the outlet's own.

    Returns:
        The clause as a range of tokens; empty where a report begins the sentence, or where verbs
        stand second: there a clause may go on to a subject that a report shares.
    """
    told = [draft for draft in found if draft.pattern != MUTE]
    if not told or sentence.lexicon.order == "before":
        return []
    first = min(at for draft in told for at in _held(sentence, draft))
    comma = first - 1
    while comma > sentence.start and sentence.among(comma, "clauses", "auxiliaries", "comments"):
        comma -= 1
    if sentence.text(comma) not in COMMAS or sentence.page.inside[comma] >= 0:
        return []
    return [(sentence.start, comma)] if _tells(sentence, comma) else []


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
    if sentence.words_in(start, comma) < _CLAUSE:
        return False
    if sentence.among(start, "prepositions", "subordinating", "relatives", "circumstances"):
        return False
    acts = any(
        sentence.other_verb(at) or sentence.among(at, "auxiliaries") for at in range(start, comma)
    )
    begins = sentence.other(start) is not None or sentence.among(start, "auxiliaries")
    stated = acts or sentence.is_that(start + 1)  # "the truth is that P"
    return begins or (stated and sentence.has_article(start))
