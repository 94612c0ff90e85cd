"""What people reviewed, as gold: texts that were read to their end, and sentences decided about.

A version that was marked as complete counts whole. Of any other, a sentence counts that somebody
decided about and in which nothing is left undecided; nobody said that nothing was missed in it, so
what it tells of recall is what the desk noticed. What was found since, and is undecided, is no
part of gold; nor is what an outlet says on its own account.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, DocumentVersion, Layout
from claimtrack.model.interchange import line
from claimtrack.model.span import Span, Spans, hull
from claimtrack.model.vocabulary import Role
from claimtrack.store import Connection, corrected
from claimtrack.store.corrected import Action, Held, Kept
from claimtrack.store.versions import version_by_id
from claimtrack.text.sentences import sentences


class Reviewed(NamedTuple):
    """A text of which all or a part was reviewed.

    Attributes:
        version: The text.
        extraction: What is right in the part, by people.
        complete: It was read to its end.
        stretches: The sentences that count, in text order; of a complete one, the whole text.
    """

    version: DocumentVersion
    extraction: Extraction
    complete: bool
    stretches: Spans


def reviewed(connection: Connection) -> Iterator[Reviewed]:
    """Yield the texts that people reviewed, wholly or in part, those first decided about first."""
    some = sorted(corrected.live(connection), key=lambda each: each.version_id)
    of = {version: list(each) for version, each in groupby(some, lambda each: each.version_id)}
    for version_id in dict.fromkeys(each.version_id for each in corrected.live(connection)):
        if corrected.is_live(connection, version_id):
            found = _reviewed(connection, version_id, of[version_id])
            if found.stretches:
                yield found


def lines(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield gold as article lines: complete texts, and of others the sentences, run by run."""
    for one in reviewed(connection):
        if one.complete:
            yield line(one.version.article(one.version.id), one.extraction)
        else:
            yield from (_excerpt(one, stretch) for stretch in _runs(one))


def _reviewed(connection: Connection, version_id: str, some: Sequence[Kept]) -> Reviewed:
    version = version_by_id(connection, version_id)
    live = corrected.live_in(connection, version_id)
    right = {each for one in some if one.action is not Action.REJECT for each in one.made}
    right |= {
        each
        for one in some
        if one.action in (Action.ACCEPT, Action.COMPLETE)
        for each in one.judged
    }
    decided = [one for one in live if one.id in right]
    if any(one.action is Action.COMPLETE for one in some):
        whole = (Span(0, len(version.text)),)
        return Reviewed(version, _extraction(decided), complete=True, stretches=whole)
    looked = corrected.held(connection, {each for one in some for each in one.judged})
    undecided = set(corrected.undecided(connection, version_id))
    open_ = [one for one in live if one.id in undecided]
    stretches = _settled(version.text, [*decided, *looked.values()], open_)
    inside = [one for one in decided if _within(_words(one.attribution), stretches)]
    return Reviewed(version, _extraction(inside), complete=False, stretches=stretches)


def _settled(text: str, decided: Sequence[Held], undecided: Sequence[Held]) -> Spans:
    """Return the sentences that somebody decided about, and nothing undecided touches."""
    parts = sentences(text)
    touched = [
        {at for at, part in enumerate(parts) if part.overlaps(_words(one.attribution))}
        for one in decided
    ]
    open_ = {
        at
        for one in undecided
        for at, part in enumerate(parts)
        if part.overlaps(_words(one.attribution))
    }
    while True:  # what reaches into an open sentence counts in none
        more = {at for some in touched if some & open_ for at in some} - open_
        if not more:
            break
        open_ |= more
    kept = set[int]().union(*touched) - open_
    return tuple(Span(*parts[at]) for at in sorted(kept))


def _words(each: Attribution) -> Span:
    return hull((*each.source, *each.cue, *each.content))


def _within(words: Span, stretches: Iterable[Span]) -> bool:
    return any(each.overlaps(words) for each in stretches)


def _extraction(some: Sequence[Held]) -> Extraction:
    """Return reports as the extractor tells them: those they name by their keys."""
    keys = {one.id: one.attribution.key for one in some}
    return Extraction(
        attributions=tuple(
            one.attribution.model_copy(
                update={
                    "via": keys.get(one.via or ""),
                    "responds_to": keys.get(one.responds_to or ""),
                }
            )
            for one in some
        )
    )


def _runs(one: Reviewed) -> Iterator[Span]:
    """Yield the stretches of sentences that stand side by side, as one each."""
    text, start, end = one.version.text, None, 0
    for each in one.stretches:
        if start is not None and text[end : each.start].strip():
            yield Span(start, end)
            start = None
        start = each.start if start is None else start
        end = each.end
    if start is not None:
        yield Span(start, end)


def _excerpt(one: Reviewed, stretch: Span) -> dict[str, Any]:
    """Return a stretch of a text as an article of its own, with the reports that it holds."""
    version = one.version
    article = Article(
        text=stretch.of(version.text),
        layout=Layout(),
        place=f"{version.id}:{stretch.start}-{stretch.end}",
        lang=version.lang,
        url=version.url,
        outlet=version.outlet,
        published=version.published,
    )
    inside = [each for each in one.extraction.attributions if stretch.holds(_words(each))]
    return line(article, Extraction(attributions=tuple(_moved(each, stretch) for each in inside)))


def _moved(each: Attribution, stretch: Span) -> Attribution:
    """Return a report with its spans counted from where a stretch begins, what lies in it."""
    return each.model_copy(
        update={
            role.value: tuple(
                Span(span.start - stretch.start, span.end - stretch.start)
                for span in getattr(each, role.value)
                if stretch.holds(span)
            )
            for role in Role
        }
    )
