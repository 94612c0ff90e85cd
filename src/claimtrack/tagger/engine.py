"""The trained engine: a model, alone or hearing the rules."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimtrack import __version__
from claimtrack.extract.attributes import attribute, confidence
from claimtrack.extract.draft import MUTE, Draft
from claimtrack.extract.engine import RulesEngine, find, finished
from claimtrack.extract.reading import Sentence
from claimtrack.extract.relations import link_relays
from claimtrack.extract.tokens import Page
from claimtrack.extract.words import Words
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.model.attribution import Extraction
from claimtrack.model.document import Article
from claimtrack.model.run import Run
from claimtrack.model.span import Span
from claimtrack.tagger.features import Hints, Range, View
from claimtrack.tagger.model import Model, load

SURE = 0.9
"""The rules' confidence from which a model that hears them is overruled."""

_PATTERN = "model"


class TaggerEngine:
    """Finds attributions by a model in its language; in any other the rules do."""

    def __init__(self, model: Path | Model, packs: Packs = SHIPPED) -> None:
        """Load the model.

        Raises:
            ModelError: The file is no model.
        """
        self.model = model if isinstance(model, Model) else load(model)
        self._rules = RulesEngine(packs)

    @property
    def run(self) -> Run:
        """The rules' run, with the model's digest."""
        rules = self._rules.run
        configuration = rules.configuration | {"model": self.model.digest}
        return Run(tool="model", version=__version__, configuration=configuration)

    def attribute(self, article: Article) -> Extraction:
        """Return the attributions of an article's title and body, in reading order."""
        held = self._rules.read(article)
        if held is None or article.lang != self.model.lang:
            return self._rules.attribute(article)
        page, words = held
        drafts, narrator = find(page, words, article.layout.body)
        view = View(page, words, hints(page, drafts) if self.model.votes else None)
        found = list(_found(view, words, self.model))
        if self.model.votes:
            seen = [span for draft in found for span in draft.cue]
            found += [draft for draft in drafts if _is_sure(draft, seen)]
        rows = tuple(finished(page, found, implied_sources=True))
        quoted = [span for row in rows for span in (*row.source, *row.cue, *row.content)]
        own = [span for span in narrator if not any(_meets(span, other) for other in quoted)]
        return Extraction(attributions=rows, narrator=tuple(own))


def _is_sure(draft: Draft, seen: Sequence[Span]) -> bool:
    """Tell whether the rules are sure of what the model has not seen."""
    if draft.pattern == MUTE or not draft.content or confidence(draft) < SURE:
        return False
    return not any(_meets(cue, other) for cue in draft.cue for other in seen)


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def hints(page: Page, drafts: Sequence[Draft]) -> Hints:
    """Return what the rules say of a page's tokens, for each cue they found."""
    starts = [token.start for token in page.tokens]
    found: dict[int, dict[int, str]] = {}
    for draft in drafts:
        if draft.pattern == MUTE or not draft.content:
            continue
        cue = {at for span in draft.cue for at in _tokens(starts, span)}
        roles = dict.fromkeys((at for start, end in draft.content for at in range(start, end)), "T")
        if draft.source:
            roles |= dict.fromkeys(range(*draft.source), "S")
        roles |= dict.fromkeys(cue, f"C{draft.pattern[:4]}{draft.how[:4]}")
        found.setdefault(min(cue), {}).update(roles)
    return found


def _tokens(starts: Sequence[int], span: Span) -> range:
    first = bisect_right(starts, span.start) - 1
    return range(first, max(first + 1, bisect_left(starts, span.end)))


def cue_ranges(labels: Sequence[str], start: int) -> Iterator[Range]:
    """Yield the ranges of tokens whose labels are those of a cue."""
    at = 0
    while at < len(labels):
        if labels[at] == "O":
            at += 1
            continue
        first = at
        at += 1
        while at < len(labels) and labels[at] == "I":
            at += 1
        yield start + first, start + at


def _found(view: View, words: Words, model: Model) -> Iterator[Draft]:
    page = view.page
    cues: list[Range] = []
    for start, end in page.sentences:
        cues += cue_ranges(model.cues.best(view.cue_sequence(start, end)), start)
    by_sentence: dict[int, list[Draft]] = {}
    for cue in cues:
        draft = _draft(view, words, model, cue, cues)
        if draft:
            by_sentence.setdefault(view.sentence_of(cue[0]), []).append(draft)
    for number, here in by_sentence.items():
        sentence = Sentence(page, words, *page.sentences[number])
        link_relays(sentence, here)
        for draft in here:
            attribute(sentence, draft)
            yield draft


def _draft(
    view: View, words: Words, model: Model, cue: Range, cues: Sequence[Range]
) -> Draft | None:
    start, _ = view.window(cue)
    labels = [label[0] for label in model.roles.best(view.role_sequence(cue, cues))]
    content = list(_runs(labels, "T", start))
    if not content:
        return None
    sources = list(_runs(labels, "S", start))
    page = view.page
    word = words.reported(page.tokens[cue[0]].text)
    form = word.part("past", "present", "participle")
    draft = Draft(cue[0], [page.span(*cue)], _PATTERN, form.cue if form else None)
    draft.content, draft.how = content, "that"
    if sources:
        draft.source = min(
            sources, key=lambda each: min(abs(each[0] - cue[1]), abs(cue[0] - each[1]))
        )
    return draft


def _runs(labels: Sequence[str], wanted: str, start: int) -> Iterator[Range]:
    at = 0
    while at < len(labels):
        first = at
        while at < len(labels) and labels[at] == wanted:
            at += 1
        if at > first:
            yield start + first, start + at
        at += at == first
