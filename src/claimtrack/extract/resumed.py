"""What goes on behind a parenthesis: "P1, X said, P2", ""P1," X said, "P2"."""

from __future__ import annotations

from claimtrack.extract.contents import begins, clause_end
from claimtrack.extract.draft import Range
from claimtrack.extract.endings import next_comma
from claimtrack.extract.groups import is_shaped, is_verb, shows_verb
from claimtrack.extract.reading import COMMAS, DASHES, SEMICOLONS, STOPS, Sentence

_SINCE = 4
"""Tokens of a remark that tells how long after or before something a report was made."""

_LONGEST_REMARK = 8
"""Tokens of what somebody does while speaking: "pointing at the hills"."""


def resumed(sentence: Sentence, front: Range, told: int) -> list[Range]:
    """Return the rest of what a parenthesis interrupts: "P1, X said, P2"."""
    start, marks = told, (COMMAS - SEMICOLONS) | DASHES | STOPS | {":"}
    while start < sentence.end and sentence.text(start) in marks:
        start += 1
    if start >= sentence.end or start == told:
        return [(told, sentence.quote_end(told))] if sentence.opens_quote(told) else []
    if sentence.opens_quote(start):
        return [(start, sentence.quote_end(start))]
    if front[1] in sentence.page.openers:
        return _behind_remark(sentence, start)
    if sentence.text(told) in DASHES or _is_another(sentence, start):
        return []
    end = clause_end(sentence, start, nominal=False)
    if sentence.among(front[0], "relatives"):
        end = min(end, next_comma(sentence, start))  # "the depot, which, X said, is empty, burned"
    return [(start, end)] if end > start else []


def _behind_remark(sentence: Sentence, start: int) -> list[Range]:
    """Return the quotation that goes on in ""P1," X said, pointing at the hills, "P2"."""
    comma = next_comma(sentence, start)
    near = comma - start <= _LONGEST_REMARK and is_shaped(sentence, start)
    if not near or not sentence.opens_quote(comma + 1):
        return []
    return [(comma + 1, sentence.quote_end(comma + 1))]


def within_marks(sentence: Sentence, front: Range, source: Range) -> list[Range]:
    """Return P2 in "«P1, — said X, — P2»", where one pair of marks holds all three."""
    if not sentence.opens_quote(front[0]):
        return []
    start, end = source[1], sentence.quote_end(front[0])
    while start < end and not sentence.tokens[start].word:
        start += 1
    return [(start, end)] if start < end else []


def waits(sentence: Sentence, clause: Range, resumed: int) -> bool:
    """Tell whether a clause goes on behind a remark: its verb stands there, or "it was X … that".

    Verbs that are shown by their form alone are known by it: one stands right behind the remark.

    Args:
        sentence: The sentence.
        clause: The tokens before the remark.
        resumed: The token behind the comma that ends it.
    """
    if sentence.lexicon.order != "before":
        return False
    if sentence.is_that(resumed):
        return True
    before = range(*clause)
    if any(is_verb(sentence, at) or is_shaped(sentence, at) for at in before):
        return False
    acts = shows_verb(sentence, resumed) or sentence.among(resumed, "auxiliaries")
    shown = not sentence.lexicon.words["predicate_endings"] or acts
    return shown and not any(shows_verb(sentence, at) for at in before)


def _is_remark(sentence: Sentence, start: int) -> bool:
    """Tell whether a reporter goes on: ", a day after the raid", ", based on pictures"."""
    within = range(start, next_comma(sentence, start))
    if sentence.among(start, "circumstances") and not any(is_verb(sentence, at) for at in within):
        return True  # ", after days of silence"
    near = range(start + 1, start + _SINCE)
    timed = any(sentence.among(at, "circumstances") and not sentence.among(at, "as") for at in near)
    return timed or sentence.phrase(start, "comment_phrases") > 0


def _reports_later(sentence: Sentence, start: int) -> bool:
    """Tell whether a verb that stands behind a token reports something: "and said that Q"."""
    forms = ((at, sentence.finite(at)) for at in range(start, sentence.end))
    return any(form and begins(sentence, at + 1, form.cue) for at, form in forms)


def _is_another(sentence: Sentence, start: int) -> bool:
    """Tell whether what goes on is no part of what was said: a remark, or a report of its own."""
    if sentence.reported(start).part("participle") or sentence.particle(start):
        return True
    if sentence.among(start, "comments", "relatives") or _is_remark(sentence, start):
        return True
    return sentence.among(start, "joining") and _reports_later(sentence, start)
