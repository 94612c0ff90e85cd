"""Adverbs of hearsay: "the depot allegedly burned". Nobody is named for it."""

from __future__ import annotations

from claimtrack.extract.contents import clause_end
from claimtrack.extract.draft import Draft, cue_span
from claimtrack.extract.groups import verb_group
from claimtrack.extract.reading import COMMAS, Sentence
from claimtrack.extract.subject_phrases import subject_of
from claimtrack.model.vocabulary import Stance


def hearsay(sentence: Sentence, at: int) -> Draft | None:
    """Read "X allegedly did P": X and P are the content, the reporter keeps away from it."""
    if not sentence.among(at, "hearsay"):
        return None
    if sentence.is_that(at) and sentence.text(at - 1) in COMMAS:
        return None  # a complementiser: "said, as if …"
    if any(_reports(sentence, other) for other in range(sentence.start, sentence.end)):
        return None  # who says so is named
    after = at + 1
    while sentence.text(after) in COMMAS:
        after += 1
    if after >= sentence.end:
        return None
    draft = Draft(at, [cue_span(sentence, at, at)], "label", stance=Stance.DISTANCING)
    subject = subject_of(sentence, verb_group(sentence, at, "past").first)
    if subject.words and not subject.implied:
        draft.content.append((subject.words[0], at))
    end = clause_end(sentence, after, nominal=False)
    draft.content.append((after, end))
    return draft if end > after else None


def _reports(sentence: Sentence, at: int) -> bool:
    form = sentence.finite(at)
    return form is not None and bool(form.cue.takes & {"that", "quote"})
