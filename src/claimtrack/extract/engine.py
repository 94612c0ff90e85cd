"""The rules engine: an article in, its attributions out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimtrack import __version__
from claimtrack.extract.antecedents import find_antecedents
from claimtrack.extract.attributes import attribute, confidence, modality
from claimtrack.extract.draft import MUTE, Draft, Range
from claimtrack.extract.lexicon import lexicon
from claimtrack.extract.narration import told_before
from claimtrack.extract.pointing import of_clause_before, of_sentence_before, tell_what_before
from claimtrack.extract.reading import Sentence
from claimtrack.extract.relations import (
    cut_at_outer,
    cut_at_participles,
    cut_backgrounds,
    deny_named,
    deny_untrue,
    drop_own_counts,
    find_denied,
    find_responses,
    go_on_quoting,
    link_relays,
    merge_asides,
    rejoin,
)
from claimtrack.extract.relays import carried
from claimtrack.extract.rules import drafts
from claimtrack.extract.settling import go_on_in_marks, settle
from claimtrack.extract.teasers import Teasers
from claimtrack.extract.tokens import Page, read_page
from claimtrack.extract.verdicts import cut_verdicts
from claimtrack.extract.words import Words
from claimtrack.lang.pack import SHIPPED, Packs, available, pack_digest
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article
from claimtrack.model.run import Run
from claimtrack.model.span import Span, Spans, ordered


class RulesEngine:
    """Finds attributions by grammar and lexicon; a language without a pack gives none."""

    def __init__(self, packs: Packs = SHIPPED) -> None:
        """Begin with no language loaded; each is loaded when its first article comes."""
        self._packs = packs
        self._words: dict[str, Words] = {}

    @property
    def run(self) -> Run:
        """The engine, its version and the digests of the packs it reads."""
        codes = available(self._packs)
        packs = {f"pack:{code}": pack_digest(code, self._packs) for code in codes}
        return Run(tool="rules", version=__version__, configuration=packs)

    def attribute(self, article: Article) -> Extraction:
        """Return the attributions of an article's title and body, in reading order."""
        held = self.read(article)
        if held is None:
            return Extraction()
        page, words = held
        found, narrator = find(page, words, article.layout.body)
        rows = finished(page, found, words.lexicon.implied_sources)
        return Extraction(attributions=tuple(rows), narrator=tuple(narrator))

    def read(self, article: Article) -> tuple[Page, Words] | None:
        """Return an article as a page, and the words of its language; None without a pack."""
        if article.lang not in available(self._packs):
            return None
        if article.lang not in self._words:
            self._words[article.lang] = Words(lexicon(article.lang, self._packs))
        within = ordered((*article.layout.title, *article.layout.body))
        words = self._words[article.lang]
        ends = frozenset(" ".join(phrase) for phrase in words.lexicon.phrases["abbreviations"])
        begins = words.lexicon.words["determiners"] | words.lexicon.words["subjects"]
        return read_page(article.text, within, ends, words.lexicon.spelled, begins), words


def find(page: Page, words: Words, body: Spans) -> tuple[list[Draft], list[Span]]:
    """Return the drafts of a page's attributions, and what of its body is the reporter's own."""
    found: list[Draft] = []
    narrator: list[Span] = []
    teasers = Teasers(page.text, body)
    before: Range | None = None
    for start, end in page.sentences:
        sentence, previous, before = Sentence(page, words, start, end), before, (start, end)
        if teasers.hold(page.span(start, end)) and not sentence.finite(start):
            continue  # a paragraph begins "Said the minister …" where verbs stand first
        here = find_denied(
            sentence, merge_asides(sentence, list(drafts(sentence))), previous, found
        )
        here = of_sentence_before(sentence, previous, found, here)
        here = of_clause_before(sentence, here)
        here = tell_what_before(sentence, previous, found, here)
        deny_named(sentence, here)
        cut_verdicts(sentence, here)
        here = deny_untrue(sentence, here)
        if words.lexicon.order == "before":
            here = settle(sentence, here)
            here += carried(sentence, here)
        here = drop_own_counts(sentence, here)
        cut_at_participles(sentence, here)
        cut_at_outer(sentence, here)
        rejoin(sentence, here)
        backgrounds = cut_backgrounds(sentence, here)
        link_relays(sentence, here)
        find_antecedents(sentence, here, found[-30:], previous)
        find_responses(sentence, here)
        for draft in here:
            if draft.pattern != MUTE:
                attribute(sentence, draft)
        quoted = not here and go_on_quoting(page, found, start, end)
        if words.lexicon.order == "before" and not quoted:
            quoted = go_on_in_marks(page, sentence, found, here)
        found += here
        span = page.span(start, end)
        own = not quoted and all(draft.pattern == MUTE for draft in here)
        apart = [*told_before(sentence, here), *backgrounds]
        told = [span] if own else [page.span(*each) for each in apart]
        narrator += [each for each in told if any(stretch.holds(each) for stretch in body)]
    return found, narrator


def _spans(page: Page, ranges: Sequence[Range], skip: int) -> Spans:
    """Return the spans of ranges of tokens; the first begins after `skip` code points."""
    spans = [page.span(*part) for part in ranges]
    if spans and skip:
        spans[0] = Span(spans[0].start + skip, spans[0].end)
    return tuple(spans)


def finished(page: Page, found: list[Draft], implied_sources: bool) -> Iterable[Attribution]:
    """Yield drafts as attributions, in reading order; those without a content are left out.

    Where not `implied_sources`, a source that a verb leaves out is only its antecedent.
    """
    found = [draft for draft in found if draft.pattern != MUTE]
    found.sort(key=lambda draft: (draft.cue[0].start, draft.content[0]))
    keys = {id(draft): str(number) for number, draft in enumerate(found, 1)}
    for draft in found:
        if draft.implied and draft.source and not implied_sources:
            draft.antecedent = page.span(*draft.source)
            draft.source = None
        if draft.referent:
            draft.antecedent = page.span(*draft.referent)
        stance, assertion = draft.stance, draft.assertion
        assert stance is not None  # noqa: S101 (attribute() has filled them in)
        assert assertion is not None  # noqa: S101
        yield Attribution(
            key=keys[id(draft)],
            source=_spans(page, [draft.source] if draft.source else [], draft.source_skip),
            cue=ordered(draft.cue),
            content=_spans(page, draft.content, draft.content_skip),
            antecedent=(draft.antecedent,) if draft.antecedent else (),
            kind=draft.kind,
            channel=draft.channel,
            stance=stance,
            assertion=assertion,
            modality=modality(stance, assertion),
            via=keys.get(id(draft.via)),
            responds_to=keys.get(id(draft.responds_to)),
            confidence=confidence(draft),
            cue_unknown=draft.meaning is None and draft.pattern == "headline",
            pattern=draft.pattern,
        )
