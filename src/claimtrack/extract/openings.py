"""Where a content begins."""

from __future__ import annotations

from typing import NamedTuple

from claimtrack.extract.channels import names_channel
from claimtrack.extract.draft import Range
from claimtrack.extract.lexicon import Cue
from claimtrack.extract.phrases import noun_phrase
from claimtrack.extract.reading import COMMAS, DASHES, SEMICOLONS, STOPS, Sentence

FARTHEST = 40
"""Tokens between a cue and what opens its content."""


_CLAUSE = 4
"""Tokens of a clause that stands alone behind a semicolon."""

_NAME = 3
"""Words in marks at a clause's end that are a part of it."""


class Opening(NamedTuple):
    """How a content begins.

    Attributes:
        at: The token that opens it (a complementiser, a mark, a preposition).
        content: The content's first token.
        how: "that", "quote", "colon", "preposition", "bound", "object", "addressee", "clause".
    """

    at: int
    content: int
    how: str


def opening(
    sentence: Sentence, start: int, cue: Cue, *, limit: int | None = None
) -> Opening | None:
    """Return what first opens a content after a cue, or None.

    Looks past adjuncts and past the source, but not past another verb with a content of its own.
    """
    stop = min(sentence.end, start + FARTHEST, limit if limit is not None else sentence.end)
    at = start
    nested = False
    may_open = sentence.words.may_open
    while at < stop:
        if not may_open(sentence.text(at)):  # as of most words
            at += 1
            continue
        skip = sentence.phrase(at, "adverbials") or sentence.phrase(at, "not_cues")
        if skip:
            at += skip
            continue
        nested = nested or sentence.among(at, "relatives")
        if nested and sentence.is_that(at) and sentence.looks_like_verb(at - 1):
            return None  # "the mechanism that is supposed to keep": another verb's complement
        found = _opens(sentence, at, start, cue)
        if found:
            return found
        if sentence.opens_quote(at):
            at = sentence.quote_end(at)
            continue
        if sentence.text(at) in DASHES and _closes_dash(sentence, start, at):
            return None
        past = _past_remark(sentence, at)
        if past:
            at, stop = past, max(stop, min(sentence.end, past + 1))
            continue
        closing = _closing(sentence, at, stop)
        if closing:
            at = closing
            continue
        if at > start and (_is_other_clause(sentence, at) or is_by_saying(sentence, at)):
            return None
        if sentence.text(at) in COMMAS and _is_other_connective(sentence, at + 1):
            return None
        at += 1
    return None


def _is_other_connective(sentence: Sentence, at: int) -> bool:
    return sentence.among(at, "clauses") and not sentence.is_that(at)


def _past_remark(sentence: Sentence, at: int) -> int | None:
    """Return where a content opens after a remark that begins here, or None.

    "X, which says that Q, said that P", "X - whom Y calls a friend - said that P", "said X,
    speaking in Y, that P": what opens P stands right behind the mark that closes the remark.
    """
    text = sentence.text(at)
    if text in COMMAS:
        noted = sentence.among(at + 1, "comments")
        remark = noted or sentence.among(at + 1, "relatives") or sentence.particle(at + 1)
        if not (remark or _is_converb(sentence, at + 1)):
            return None
        marks = COMMAS
    elif text in DASHES and not _joins(sentence, at):
        marks, noted = DASHES, False
    else:
        return None
    end = at + 1
    while end < min(sentence.end, at + FARTHEST):
        if sentence.opens_quote(end):
            end = max(end + 1, sentence.quote_end(end))
            continue
        after = end + 1
        if noted and sentence.text(end) == ":" and sentence.opens_quote(after):
            return end  # "X, who works there: "P""
        closes = sentence.text(end) in marks and not _joins(sentence, end)
        led = sentence.among(after, "prepositions") and sentence.is_that(after + 1)
        opened = sentence.is_that(after) or sentence.opens_quote(after) or led
        if closes and (opened or sentence.text(after) == ":"):
            return after
        end += 1
    return None


def _closing(sentence: Sentence, comma: int, stop: int) -> int | None:
    """Return the comma that closes ", who belongs to Y," if one does; None elsewhere.

    What a verb within it takes opens nothing of the one before.
    """
    if sentence.text(comma) not in COMMAS or not sentence.among(comma + 1, "relatives"):
        return None
    near = range(comma + 2, stop)
    return next((mark for mark in near if sentence.text(mark) in COMMAS), None)


def _is_converb(sentence: Sentence, at: int) -> bool:
    """Tell whether "speaking", "answering" begins at a token, an indefinite participle."""
    saying = sentence.reported(at).part("participle") is not None
    return saying and not sentence.has_article(at) and not sentence.is_joined(at)


def _closes_dash(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether a dash closes what another one before a cue opened."""
    before = range(max(sentence.start, start - FARTHEST), start)
    apart = sum(sentence.text(mark) in DASHES and not _joins(sentence, mark) for mark in before)
    return apart % 2 == 1 and not _joins(sentence, at)


def _joins(sentence: Sentence, at: int) -> bool:
    """Tell whether a mark joins the two words it stands between."""
    if not sentence.start < at < sentence.end - 1:
        return False
    before, mark, after = sentence.tokens[at - 1 : at + 2]
    return before.end == mark.start and mark.end == after.start


def opens_here(sentence: Sentence, at: int, cue: Cue) -> bool:
    """Tell whether a token opens a content."""
    return opening(sentence, at, cue, limit=at + 1) is not None


def bound_opening(sentence: Sentence, start: int, stop: int, cue: Cue) -> Opening | None:
    """Return the word with a bound preposition that the cue takes ("of planning"), or None."""
    wanted = cue.takes & sentence.lexicon.words["bound"]
    if not wanted:
        return None
    for at in range(start, min(stop, sentence.end)):
        if sentence.is_that(at):
            return Opening(at, at + 1, "that")
        if sentence.text(at) in wanted and sentence.opens_quote(at + 1):
            return Opening(at, at, "bound")
        other = (
            sentence.phrase(at, "adverbials")
            or sentence.among(at, "times", "inside", "resumptives", "prepositions")
            or is_by_saying(sentence, at)
        )
        other = other or (sentence.is_that(at + 1) and sentence.text(at + 1)[:1] in wanted)
        if sentence.binds(at, wanted) and not other and not names_channel(sentence, at):
            return Opening(at, at, "bound")
    return None


def is_by_saying(sentence: Sentence, at: int) -> bool:
    """Tell whether "by saying that" stands here: it is a cue itself."""
    after = at + 1
    opened = sentence.is_that(after) or sentence.opens_quote(after) or sentence.text(after) == ":"
    if not opened or sentence.text(at)[:1] not in sentence.lexicon.words["by"]:
        return False
    word = sentence.words.reported(sentence.without_article(at))
    return sentence.has_article(at) and word.part("masdar") is not None


def clause_opening(sentence: Sentence, first: int, cue: Cue) -> Opening | None:
    """Return where a content without a complementiser begins ("said the army would leave")."""
    at = first
    if "person" in cue.takes and not sentence.is_that(at):
        at = noun_phrase(sentence, at, min(sentence.end, at + 6))
    while at < sentence.end and sentence.among(at, "times"):
        at += 1
    if sentence.end - at < 2 or not sentence.tokens[at].word:
        return None
    return Opening(at, at, "clause")


def fronted(sentence: Sentence, left: int) -> Range | None:
    """Return the quotation or clause that ends right before a token, its comma left out."""
    end = left
    while end > sentence.start and sentence.text(end - 1) in COMMAS | DASHES:
        end -= 1
    if end <= sentence.start or sentence.text(end) == ";":
        return None
    openers = sentence.page.openers
    for close in (end, end - 1 if sentence.text(end - 1) in STOPS else end):
        if close in openers and not _ends_clause(sentence, max(sentence.start, openers[close])):
            spoken = max(sentence.start, openers[close]), close
            return None if _is_subject(sentence, left) else spoken
    if end == left:
        return None
    start = _behind_semicolon(sentence, end)
    start += sentence.phrase(start, "adverbials")  # "meanwhile, P, said X"
    while start < end and (
        sentence.among(start, "clauses")
        or (not sentence.tokens[start].word and not sentence.opens_quote(start))
    ):
        start += 1
    return (start, end) if end - start >= 2 else None


def _behind_semicolon(sentence: Sentence, end: int) -> int:
    """Return where the last clause before a token begins: at a semicolon, or with the sentence."""
    inside = sentence.page.inside
    for at in range(end - _CLAUSE, sentence.start, -1):
        if sentence.text(at) in SEMICOLONS and inside[at] == inside[end - 1]:
            return at + 1
    return sentence.start


def _is_subject(sentence: Sentence, left: int) -> bool:
    """Tell whether what is in marks is who speaks: "«The Day» reported on", no mark between."""
    whole = sentence.page.openers.get(left) == sentence.start and sentence.tokens[left - 2].word
    return whole and sentence.words_in(sentence.start, left) <= _NAME


def _ends_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether what is in marks is a name that a clause ends with, no quotation by itself."""
    if at == sentence.start or not sentence.tokens[at - 1].word:
        return False
    return sentence.words_in(at, sentence.quote_end(at)) <= _NAME


def _opens(sentence: Sentence, at: int, start: int, cue: Cue) -> Opening | None:
    text = sentence.text(at)
    if sentence.is_that(at):
        other = sentence.among(at - 1, "negations", "circumstances")  # "without", "before that"
        opens = "that" in cue.takes and not goes_on_from(sentence, at) and not other
        return Opening(at, at + 1, "that") if opens else None
    if text == ":" and at + 1 < sentence.end:
        return Opening(at, at + 1, "colon")
    asks = sentence.lexicon.order != "before" and sentence.among(at, "interrogatives")
    if asks and "that" in cue.takes:
        return Opening(at, at, "clause")  # "told how the roof fell"
    if sentence.opens_quote(at) and "quote" in cue.takes and _is_speech(sentence, at, start):
        return Opening(at, at, "quote")
    by = sentence.among(at - 1, "issuing")  # "a statement issued by"
    if text in cue.takes and sentence.among(at, "prepositions") and not by:
        return _after_preposition(sentence, at)
    return None


def goes_on_from(sentence: Sentence, at: int) -> bool:
    """Tell whether "and that" goes on with another "that" before it, and opens nothing itself."""
    joined = sentence.text(at)[:1] in sentence.lexicon.words["proclitics"]
    return joined and sentence.bare(at) != sentence.text(at)


def _after_preposition(sentence: Sentence, at: int) -> Opening | None:
    following = at + 1
    if sentence.among(following, "correlates"):
        following += 2 if sentence.text(following + 1) in COMMAS else 1
    if following >= sentence.end:
        return None
    if sentence.among(at, "medium") and names_channel(sentence, following):
        return None
    if sentence.is_that(following):
        return Opening(at, following + 1, "that")
    return _further_that(sentence, at) or Opening(at, following, "preposition")


def _further_that(sentence: Sentence, at: int) -> Opening | None:
    """Return where "hinted on his visit to P to the fact that Q" really opens: the second one."""
    addressed = names_channel(sentence, at - 1)  # "in an interview to the radio, to the fact that"
    for near in range(at + 2, min(sentence.end - 1, at + 14)):
        text = sentence.text(near)
        if text in COMMAS and addressed:
            continue
        if text in COMMAS or text in STOPS or sentence.finite(near) or sentence.other_verb(near):
            return None
        if text == sentence.text(at) and sentence.is_that(near + 1):
            return Opening(near, near + 2, "that")
    return None


def _is_speech(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether a quotation is what was said, not a name."""
    end = sentence.quote_end(at)
    told = sentence.text(at - 1) in sentence.lexicon.words["addressed"]
    if told or (sentence.text(end) in COMMAS and sentence.is_that(end + 1)):
        return False  # "told "Telvaria 24", that …"
    words = sentence.words_in(at, end)
    if words >= 5:
        return True
    if (
        end > at + 1
        and sentence.tokens[at + 1].capital
        and at > start
        and sentence.tokens[at - 1].word
    ):
        return False  # "leads the "Army of the Plain""
    last = end >= sentence.end or sentence.text(end) in STOPS | COMMAS
    apart = at > start or sentence.text(at - 1) in COMMAS
    apart = apart or sentence.reported(at - 1).part("masdar") is not None  # "his saying "…""
    return words >= 2 and last and apart and not sentence.after_name_head(at)


def _is_other_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether another reporting verb or a new clause begins here."""
    if sentence.text(at) in STOPS and not _joins(sentence, at):
        return True
    word = sentence.reported(at)
    form = word.part("past", "present", "participle")
    if form is None or not form.cue.takes & {"that", "naming"}:
        return False
    if sentence.among(at - 1, "negations"):
        return False
    if sentence.phrase(at, "not_cues"):
        return False
    if word.pronoun and "person" not in form.cue.takes and not sentence.is_joined(at):
        return False  # "in a statement that it published, that P"
    if sentence.is_joined(at) or (sentence.text(at - 1) in COMMAS and form.part == "participle"):
        return True
    return any(
        sentence.is_that(near) or sentence.text(near) == ":" or sentence.opens_quote(near)
        for near in range(at + 1, at + 4)
    )
