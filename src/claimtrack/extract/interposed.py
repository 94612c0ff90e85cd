"""Verbs of saying between commas, where verbs stand first: "P1, says X, P2"."""

from __future__ import annotations

from claimtrack.extract.draft import Draft
from claimtrack.extract.endings import content_end, next_comma
from claimtrack.extract.openings import Opening
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, STOPS, Sentence

_SPEAKER = 16
"""Tokens from such a verb to the comma behind whoever says it."""

_SPOKEN = 3
"""Words of a quotation that is no name."""


def interposed(sentence: Sentence, draft: Draft, first: int) -> Draft | None:
    """Read a verb of saying that interrupts what is said; None where it does not.

    Args:
        sentence: The sentence.
        draft: The verb's draft.
        first: The token behind the verb, where whoever says it begins.
    """
    cue, comma = draft.meaning, draft.at - 1
    if cue is None or not cue.is_saying or sentence.text(comma) not in COMMAS:
        return None
    if "that" not in cue.takes or sentence.is_joined(draft.at):
        return None
    close = next_comma(sentence, first)
    end = noun_phrase(sentence, first, close)
    apart = end == close or sentence.among(end, "relatives", "comments")
    if close - first > _SPEAKER or end == first or not apart:
        return None
    rest = close + 1
    opener = sentence.page.openers.get(comma)
    if opener is not None and opener >= sentence.start:
        quoted = sentence.opens_quote(rest) and sentence.words_in(opener, comma) >= _SPOKEN
        parts = [(opener, comma), (rest, sentence.quote_end(rest))] if quoted else []
    else:
        parts = _clause(sentence, draft, comma, rest)
    if not parts:
        return None
    draft.source, draft.content, draft.how, draft.gap = (first, end), parts, "that", (first, close)
    return draft


def _clause(sentence: Sentence, draft: Draft, comma: int, rest: int) -> list[tuple[int, int]]:
    """Return P1 and P2, where P1 begins the sentence and is no clause of its own."""
    start = sentence.start
    while start < comma and sentence.among(start, "clauses"):
        start += 1
    reports = any(sentence.finite(at) or sentence.text(at) in STOPS for at in range(start, comma))
    nominal = sentence.has_article(start) and not sentence.looks_like_verb(start)
    opened = sentence.is_that(rest) or sentence.opens_quote(rest) or rest >= sentence.end
    if draft.meaning is None or reports or opened or not nominal or comma == start:
        return []
    return [(start, comma), (rest, content_end(sentence, Opening(rest, rest, "that")))]
