"""What a sentence's drafts are to each other, where subjects stand first."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.extract.antecedents import is_pronoun
from claimtrack.extract.channels import names_channel
from claimtrack.extract.draft import MUTE, Draft, Range
from claimtrack.extract.groups import is_verb
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.extract.subject_phrases import phrase_ending, subject_of
from claimtrack.extract.tokens import Page
from claimtrack.model.vocabulary import Assertion, Stance

_FAR = 60
"""Tokens between a verb and the subject of another that it shares, at most."""


def settle(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """Find the sources that verbs leave out, and end contents where the next report begins."""
    found.sort(key=lambda draft: draft.at)
    for number, draft in enumerate(found):
        if draft.implied and draft.source is None:
            draft.source = _implied(sentence, draft, found[:number])
            draft.implied = draft.source is not None
    for number, draft in enumerate(found):
        for earlier in found[:number]:
            _cut(sentence, earlier, draft)
        if _only_published(sentence, draft):
            draft.pattern = MUTE
    shown = _shown(sentence, found)
    return [draft for draft in found if draft.content and draft not in shown]


def _only_published(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether "released a video" is all that a verb says: nothing of what is in it."""
    asserts = draft.meaning is not None and draft.meaning.assertion is Assertion.ASSERT
    if not asserts or draft.how != "object" or len(draft.content) != 1:
        return False
    start, end = draft.content[0]
    return end == start + 1 and names_channel(sentence, start)


def _shown(sentence: Sentence, found: Sequence[Draft]) -> list[Draft]:
    """Return what shows P in "X released a video which it says shows P": X says so of it.

    Whom the pronoun means is the subject of the verb before.
    """
    shown: list[Draft] = []
    for outer in found:
        if outer.pattern != "verb" or not outer.content or not is_pronoun(sentence, outer):
            continue
        first = outer.content[0][0]
        inner = [one for one in found if one.at == first and _shows(one)]
        called = sentence.among(outer.clause - 1, "label_opener")  # "praised what it called Q"
        if (inner or called) and outer.source and outer.clause > sentence.start:
            outer.referent = _nearest_subject(sentence, outer) or _giver(sentence, outer.clause)
            shown += inner
    return shown


def _giver(sentence: Sentence, end: int) -> Range | None:
    """Return X in "X released a video", whatever verb stands before the determiner."""
    for at in range(sentence.start + 1, end - 1):
        if sentence.among(at, "prepositions", "joining"):
            return None
        if sentence.among(at + 1, "determiners"):
            return phrase_ending(sentence, at)
    return None


def _shows(draft: Draft) -> bool:
    return draft.meaning is not None and draft.meaning.stance is Stance.ENDORSING


def _implied(sentence: Sentence, draft: Draft, before: Sequence[Draft]) -> Range | None:
    """Return the earlier mention that says what a verb without a subject says."""
    inside = sentence.page.inside
    for other in reversed(before):
        if other.source is None or inside[other.at] != inside[draft.at]:
            continue
        if other.pattern in ("particle", "headline") or _differ(draft.agreement, other.agreement):
            continue
        return other.source
    return _nearest_subject(sentence, draft)


def _differ(one: str, other: str) -> bool:
    """Tell whether two verbs show another gender or number; most forms show neither."""
    return bool(one and other) and one != other


def _nearest_subject(sentence: Sentence, draft: Draft) -> Range | None:
    """Return the subject of the nearest verb before a draft's cue."""
    inside = sentence.page.inside
    for at in range(draft.clause - 1, max(sentence.start, draft.clause - _FAR), -1):
        if inside[at] != inside[draft.at] or not is_verb(sentence, at):
            continue
        first = at
        while first > sentence.start and is_verb(sentence, first - 1):
            first -= 1
        subject = subject_of(sentence, first)
        if subject.words and not subject.implied:
            return subject.words
    return None


def _cut(sentence: Sentence, earlier: Draft, later: Draft) -> None:
    """End a content before "and said", ", adding" or ", and X said" that goes on beside it."""
    if later.how == "fronted":
        _cut_around(earlier, later)
        return
    if later.pattern not in ("verb", "participle") or later.clause < 0:
        return
    inside = sentence.page.inside
    for number, (start, end) in enumerate(earlier.content):
        if not start < later.clause < end or inside[later.clause] != inside[start]:
            continue
        cut = _boundary(sentence, later)
        if cut is not None and cut > start:
            earlier.content[number] = (start, cut)


def _cut_around(earlier: Draft, later: Draft) -> None:
    """Keep "X said" out of what another reports in "A asked whether P, X said"."""
    first, last = later.content[0] if later.content else (0, 0)
    if not first <= earlier.at < last:
        return
    kept = [
        (max(start, begin), min(end, stop))
        for start, end in earlier.content
        for begin, stop in later.content
        if max(start, begin) < min(end, stop)
    ]
    earlier.content = kept or earlier.content


def _boundary(sentence: Sentence, later: Draft) -> int | None:
    """Return where a later report's clause begins, with its connective; None within another."""
    before = later.clause - 1
    if sentence.among(before, "housing") and later.source and not later.implied:
        before -= 1  # "P, in the ministry they say Q"
        return before if sentence.text(before) in COMMAS else None
    comma = sentence.text(before) in COMMAS
    if comma and later.pattern == "participle":
        return before
    if sentence.among(before, "joining", "comments"):
        apart = sentence.text(before - 1) in COMMAS
        if apart:
            return before - 1
        return before if later.implied else None
    return None


def go_on_in_marks(
    page: Page, sentence: Sentence, found: Sequence[Draft], here: Sequence[Draft]
) -> bool:
    """Add a quotation that follows a report to it: ""P," X said. "Q."", where nobody says Q anew.

    Tells whether it did.
    """
    start = sentence.start
    if not found or start not in page.closers:
        return False
    end = sentence.quote_end(start)
    last = _last_spoken(page, found)
    if last is None or "\n" in page.text[page.tokens[last.at].end : page.tokens[start].start]:
        return False
    if sentence.words_in(end, sentence.end) > 0 or any(page.inside[one.at] < 0 for one in here):
        return False
    if any(page.tokens[at].word for at in range(_end_of(page, last), start)):
        return False
    last.content.append((start, end))
    return True


def _last_spoken(page: Page, found: Sequence[Draft]) -> Draft | None:
    """Return the last report of the sentence before that is nobody's quotation."""
    spoken = (one for one in reversed(found) if page.inside[one.at] < 0 and one.content)
    last = next(spoken, None)
    return last if last and last.pattern in ("verb", "participle") else None


def _end_of(page: Page, draft: Draft) -> int:
    """Return the first token of the sentence behind a draft's own."""
    return next((end for start, end in page.sentences if start <= draft.at < end), draft.at)
