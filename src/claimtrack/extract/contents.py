"""Where a content begins and ends."""

from __future__ import annotations

from typing import NamedTuple

from claimtrack.extract.lexicon import Cue, Particle
from claimtrack.extract.draft import Range
from claimtrack.extract.phrases import channel_at, noun_phrase
from claimtrack.extract.reading import COMMAS, DASHES, STOPS, Sentence

FARTHEST = 40
"""Tokens between a cue and what opens its content."""


class Opening(NamedTuple):
    """How a content begins.

    Attributes:
        at: The token that opens it (a complementiser, a mark, a preposition).
        content: The content's first token.
        how: "that", "quote", "colon", "preposition", "object".
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
    while at < stop:
        skip = sentence.phrase(at, "adverbials")
        if skip:
            at += skip
            continue
        found = _opens(sentence, at, start, cue)
        if found:
            return found
        if sentence.opens_quote(at):
            at = sentence.quote_end(at)
            continue
        if at > start and _other_clause(sentence, at):
            return None
        at += 1
    return None


def _opens(sentence: Sentence, at: int, start: int, cue: Cue) -> Opening | None:
    text = sentence.text(at)
    if sentence.is_that(at):
        return Opening(at, at + 1, "that") if "that" in cue.takes else None
    if text == ":" and at + 1 < sentence.end:
        return Opening(at, at + 1, "colon")
    if sentence.opens_quote(at) and "quote" in cue.takes and _is_speech(sentence, at, start):
        return Opening(at, at, "quote")
    if text in cue.takes and sentence.among(at, "prepositions"):
        return _after_preposition(sentence, at)
    return None


def _after_preposition(sentence: Sentence, at: int) -> Opening | None:
    following = at + 1
    if sentence.among(following, "correlates"):
        following += 2 if sentence.text(following + 1) in COMMAS else 1
    if following >= sentence.end or channel_at(sentence, following):
        return None
    if sentence.is_that(following):
        return Opening(at, following + 1, "that")
    return Opening(at, following, "preposition")


def _is_speech(sentence: Sentence, at: int, start: int) -> bool:
    """Tell whether a quotation is what was said, not a name."""
    end = sentence.quote_end(at)
    if sentence.text(end) in COMMAS and sentence.is_that(end + 1):
        return False
    words = sum(sentence.tokens[inner].word for inner in range(at, end))
    if words >= 5:
        return True
    before = sentence.text(at - 1)
    last = end >= sentence.end or sentence.text(end) in STOPS | COMMAS
    return words >= 2 and last and (before in COMMAS or at > start) and not _named(sentence, at)


def _named(sentence: Sentence, at: int) -> bool:
    before = sentence.text(at - 1)
    bare = before[2:] if sentence.has_article(at - 1) else before
    return any(word in sentence.lexicon.words["name_heads"] for word in (before, bare))


def _other_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether another reporting verb or a new clause begins here."""
    if sentence.text(at) in STOPS:
        return True
    word = sentence.reported(at)
    form = word.part("past", "present", "participle")
    if form is None or "that" not in form.cue.takes or sentence.among(at - 1, "negations"):
        return False
    if word.skip > 0 or sentence.text(at - 1) in COMMAS and form.part == "participle":
        return True
    return any(
        sentence.is_that(near) or sentence.text(near) == ":" or sentence.opens_quote(near)
        for near in range(at + 1, at + 4)
    )


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
        if sentence.binds(at, wanted) and not channel_at(sentence, at):
            return Opening(at, at, "bound")
    return None


def fronted(sentence: Sentence, left: int) -> Range | None:
    """Return the quotation or clause that ends right before a token, its comma left out."""
    end = left
    while end > sentence.start and sentence.text(end - 1) in COMMAS | DASHES:
        end -= 1
    if end <= sentence.start:
        return None
    opener = sentence.page.openers.get(end)
    if opener is not None and opener >= sentence.start:
        return opener, end
    if sentence.text(end - 1) in STOPS and sentence.page.openers.get(end - 1) is not None:
        return max(sentence.start, sentence.page.openers[end - 1]), end - 1
    if end == left:
        return None
    start = sentence.start
    while start < end and (
        sentence.among(start, "clauses")
        or (not sentence.tokens[start].word and not sentence.opens_quote(start))
    ):
        start += 1
    return (start, end) if end - start >= 3 else None


def clause_opening(sentence: Sentence, first: int, cue: Cue) -> Opening | None:
    """Return where a content without a complementiser begins ("said the army would leave")."""
    at = first
    if "person" in cue.takes and not sentence.is_that(at):
        at = noun_phrase(sentence, at, min(sentence.end, at + 6))
    while at < sentence.end and sentence.among(at, "times"):
        at += 1
    if at >= sentence.end or sentence.text(at) in COMMAS | STOPS or not sentence.tokens[at].word:
        return None
    return Opening(at, at, "clause") if sentence.end - at >= 2 else None


def content_end(sentence: Sentence, begin: Opening) -> int:
    """Return where a content that opens there ends, trailing marks left out."""
    start = begin.content
    if begin.how == "quote" or sentence.opens_quote(start):
        end = sentence.quote_end(start)
        after = sentence.text(end)
        if end >= sentence.end or after in COMMAS | STOPS or _trailing_cue(sentence, end):
            if not _goes_on(sentence, end):
                return end
    return _trim(sentence, start, _scan(sentence, start))


def _goes_on(sentence: Sentence, end: int) -> bool:
    """Tell whether a quotation is followed by "and that" or by another one."""
    after = end + 1 if sentence.text(end) in COMMAS else end
    joined = sentence.text(after)[:1] in sentence.lexicon.words["proclitics"]
    return (
        joined
        and (sentence.is_that(after) or sentence.opens_quote(after + 1))
        and (len(sentence.text(after)) <= 4)
    )


def _scan(sentence: Sentence, start: int) -> int:
    at = start
    while at < sentence.end:
        if sentence.opens_quote(at):
            at = max(at + 1, sentence.quote_end(at))
            continue
        if at > start and _stops(sentence, at):
            return at
        at += 1
    return sentence.end


def _stops(sentence: Sentence, at: int) -> bool:
    """Tell whether a content ends before a token."""
    text = sentence.text(at)
    if text in DASHES:
        return sentence.text(at + 1) != "" and _trailing_cue(sentence, at + 1)
    if text in COMMAS:
        return _stops_after_comma(sentence, at + 1)
    if text in STOPS and at + 1 < sentence.end and sentence.tokens[at + 1].word:
        return False
    if _trailing_cue(sentence, at) or _label_clause(sentence, at):
        return True
    word = sentence.reported(at)
    converb = word.part("participle") is not None and not sentence.has_article(at)
    return (word.skip > 0 or converb) and _own_report(sentence, at)


def _label_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether "which it called …" begins here."""
    word = sentence.reported(at + 1)
    form = word.part("past", "present")
    return bool(
        sentence.among(at, "relatives") and form and word.pronoun and "object" in form.cue.takes
    )


def _stops_after_comma(sentence: Sentence, at: int) -> bool:
    word = sentence.reported(at)
    return (
        sentence.among(at, "comments")
        or sentence.phrase(at, "comment_phrases") > 0
        or (
            sentence.among(at, "prepositions") and any(channel_at(sentence, at + n) for n in (1, 2))
        )
        or _trailing_cue(sentence, at)
        or bool(word.part("participle"))
        and _own_report(sentence, at)
        or bool(word.part("past", "present"))
        and _own_report(sentence, at)
        or sentence.among(at, "clauses")
        and _report_within(sentence, at)
    )


def _report_within(sentence: Sentence, start: int) -> bool:
    for at in range(start + 1, min(sentence.end, start + 14)):
        if sentence.text(at) in COMMAS:
            return False
        form = sentence.finite(at)
        if form and opening(sentence, at + 1, form.cue, limit=at + 10):
            return True
    return False


def _trailing_cue(sentence: Sentence, at: int) -> bool:
    """Tell whether "according to …" begins here."""
    found = particle_at(sentence, at)
    if found is None:
        return False
    particle, last = found
    if particle.opens in ("verb", "parenthesis"):
        return sentence.finite(last + 1) is not None
    return not sentence.is_that(last + 1)


def particle_at(sentence: Sentence, at: int) -> tuple[Particle, int] | None:
    """Return the particle that begins at a token and its last token, or None.

    The last word may be a bound preposition of the next word, or carry a pronoun.
    """
    word = sentence.bare(at)
    for particle in sentence.lexicon.particles.get(word, ()):
        last = at + len(particle.words) - 1
        if not all(
            sentence.text(at + step) == part for step, part in enumerate(particle.words[1:-1], 1)
        ):
            continue
        wanted, ending = particle.words[-1], sentence.text(last)
        if last == at or ending == wanted:
            return particle, last
        tail = ending[len(wanted) :]
        joined = len(wanted) == 1 and wanted in sentence.lexicon.words["bound"]
        if ending.startswith(wanted) and (joined or tail in sentence.lexicon.words["pronouns"]):
            return particle, last
    return None


def _own_report(sentence: Sentence, at: int) -> bool:
    """Tell whether a reporting word has a content of its own right here."""
    word = sentence.reported(at)
    form = word.part("participle", "past", "present")
    if form is None:
        return False
    near = opening(sentence, at + 1, form.cue, limit=at + 12)
    if near:
        return True
    if bound_opening(sentence, at + 1, at + 8, form.cue):
        return True
    return bool(form.cue.takes & {"object", "addressee"}) and word.skip > 0


def _trim(sentence: Sentence, start: int, end: int) -> int:
    while end > start + 1:
        text = sentence.text(end - 1)
        if text in COMMAS | DASHES | frozenset(".:…") or sentence.text(end - 1) in "و":
            end -= 1
        else:
            break
    return end
