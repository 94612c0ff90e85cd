"""Silent edits: what changed from one version of a document to the next.

Reports are paired by where their content went, not by their words: so a report whose number or cue
was edited is one that changed, and one whose source was taken away is one that lost its source. An
edit that touches none of that is boring, unless it is long.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.match.anchors import MOST_WORDS, Texts
from claimtrack.model.document import DocumentVersion
from claimtrack.model.span import Span, hull
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Modality, Stance
from claimtrack.store import Connection, Store, captures, read
from claimtrack.store.versions import versions
from claimtrack.store.views import AttributionView
from claimtrack.text.fold import fold

BORING = 12
"""Words that may come and go without anybody being told, where nothing else changed."""

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_AROUND = 40
_CERTAINTY = list(Modality)
_DISTANCE = (Stance.ENDORSING, Stance.NEUTRAL, Stance.DISTANCING, Stance.DISPUTING)


class Change(StrEnum):
    """What became of a report."""

    ADDED = "added"
    REMOVED = "removed"
    SOURCING_ADDED = "sourcing_added"  # the words were there, in the outlet's own voice
    SOURCING_REMOVED = "sourcing_removed"  # the words stay, in the outlet's own voice
    SOURCE = "source"  # another source, or none
    SOFTENED = "softened"  # less certain, or held at a greater distance
    HARDENED = "hardened"
    WORDING = "wording"  # other words of the same report


class ReportChange(Value):
    """A report that came, went or changed.

    Attributes:
        change: What became of it.
        before: Its id in the earlier version; None when it was not there.
        after: Its id in the later version; None when it is gone.
        old: Source, cue and content before; "" when it was not there.
        new: Source, cue and content after; "" when it is gone.
    """

    change: Change
    before: str | None = None
    after: str | None = None
    old: str = ""
    new: str = ""


class Edit(Value):
    """Words that were put in the place of others; either may be none.

    Attributes:
        old: The words before.
        new: The words after.
        around: The later text around them.
    """

    old: str
    new: str
    around: str


class VersionDiff(Value):
    """What changed from one version to the next.

    Attributes:
        before: Place of the earlier version among the document's, from 1.
        after: Place of the later one.
        before_id: Its id.
        after_id: The later one's.
        headline: Title before and after; None where it is the same.
        reports: Reports that came, went or changed.
        numbers: Edits in which a number came, went or changed.
        words: How many words came and went.
        edits: All edits, in text order; white space and punctuation make none.
        boring: Nothing changed that anybody need be told of.
    """

    before: int
    after: int
    before_id: str
    after_id: str
    headline: tuple[str, str] | None = None
    reports: tuple[ReportChange, ...] = ()
    numbers: tuple[Edit, ...] = ()
    words: int = 0
    edits: tuple[Edit, ...] = ()
    boring: bool = True


class Availability(Value):
    """Whether a document was there when it was fetched.

    Attributes:
        at: When, in UTC, ISO 8601.
        state: live, gone (404 or 410), or restored.
        capture: The capture that says so.
    """

    at: str
    state: str
    capture: str


class History(Value):
    """A document through its versions.

    Attributes:
        document: Its id.
        versions: How many there are.
        diffs: From each version to the next.
        availability: When it was found gone or there again; only changes.
    """

    document: str
    versions: int
    diffs: tuple[VersionDiff, ...]
    availability: tuple[Availability, ...] = ()


def history(store: Store, document_id: str, packs: Packs = SHIPPED) -> History:
    """Return what changed from each version of a document to the next.

    Raises:
        UnknownIdError: No live document has the id.
    """
    return history_of(store.connection, document_id, packs)


def history_of(
    connection: Connection,
    document_id: str,
    packs: Packs = SHIPPED,
    places: range | None = None,
) -> History:
    """Return the same through a connection, which may be anybody's.

    Args:
        connection: A connection.
        document_id: The document.
        packs: The language packs that hold.
        places: Of which versions, from 1, the changes to the next are wanted; of all when None.

    Raises:
        UnknownIdError: No live document has the id.
    """
    read.document(connection, document_id)
    held = versions(connection, document_id)
    pairs = [
        (place, pair)
        for place, pair in enumerate(pairwise(held), 1)
        if places is None or place in places
    ]
    wanted = {each.id for _, pair in pairs for each in pair}
    found = {each: read.version_attributions(connection, each) for each in wanted}
    diffs = tuple(
        compare((old, found[old.id]), (new, found[new.id]), place, packs)
        for place, (old, new) in pairs
    )
    states = tuple(
        Availability(at=at, state=state, capture=capture)
        for at, state, capture in captures.availability(connection, document_id)
    )
    return History(document=document_id, versions=len(held), diffs=diffs, availability=states)


_Read = tuple[DocumentVersion, Sequence[AttributionView]]


def compare(old: _Read, new: _Read, place: int = 1, packs: Packs = SHIPPED) -> VersionDiff:
    """Return what changed between two versions, each with what was found in it.

    Args:
        old: The earlier version.
        new: The later one.
        place: The place of the earlier one among the document's versions, from 1.
        packs: The language packs that hold.
    """
    (before, earlier), (after, later) = old, new
    edits = tuple(_edits(before.text, after.text))
    numbers = tuple(edit for edit in edits if _numbers(edit.old) != _numbers(edit.new))
    reports = tuple(_reports(before.text, after.text, earlier, later, packs))
    titles = (before.title or "", after.title or "")
    changed = _WORD.findall(fold(titles[0])) != _WORD.findall(fold(titles[1]))
    words = sum(len(_WORD.findall(side)) for edit in edits for side in (edit.old, edit.new))
    return VersionDiff(
        before=place,
        after=place + 1,
        before_id=before.id,
        after_id=after.id,
        headline=titles if changed else None,
        reports=reports,
        numbers=numbers,
        words=words,
        edits=edits,
        boring=not (changed or reports or numbers) and words <= BORING,
    )


def _reports(
    old: str,
    new: str,
    earlier: Sequence[AttributionView],
    later: Sequence[AttributionView],
    packs: Packs,
) -> Iterator[ReportChange]:
    forward, back = Texts(old, new, packs), Texts(new, old, packs)
    free = {report.id: report for report in later}
    for report in earlier:
        place = _went(forward, report)
        pair = _at(place, free.values()) if place else None
        if pair is None:
            change = Change.SOURCING_REMOVED if place else Change.REMOVED
            yield ReportChange(change=change, before=report.id, old=_shown(report))
            continue
        del free[pair.id]
        for change in _changes(report, pair):
            yield ReportChange(
                change=change,
                before=report.id,
                after=pair.id,
                old=_shown(report),
                new=_shown(pair),
            )
    for report in free.values():
        change = Change.SOURCING_ADDED if _went(back, report) else Change.ADDED
        yield ReportChange(change=change, after=report.id, new=_shown(report))


def _went(texts: Texts, report: AttributionView) -> Span | None:
    """Return where the content of a report stands in the other text; None where it does not."""
    places = []
    for quoted in report.quotes.get("content", ()):
        place = texts.anchor(quoted).span or texts.moved(Span(quoted.start, quoted.end))
        if place:
            places.append(place)
    return hull(places) if places else None


def _at(place: Span, reports: Iterable[AttributionView]) -> AttributionView | None:
    """Return the report whose content has most of a place, and at least half of one of the two."""
    best, most = None, 0.0
    for report in reports:
        content = hull(Span(each.start, each.end) for each in report.quotes["content"])
        shared = min(place.end, content.end) - max(place.start, content.start)
        share = shared / max(place.end - place.start, content.end - content.start)
        if share > most and shared * 2 >= min(place.end - place.start, content.end - content.start):
            best, most = report, share
    return best


def _changes(old: AttributionView, new: AttributionView) -> Iterator[Change]:
    named = [fold(one.words("source") or one.words("antecedent")) for one in (old, new)]
    ids = [one.source.id if one.source else None for one in (old, new)]
    if ids[0] != ids[1] or (ids == [None, None] and named[0] != named[1]):
        yield Change.SOURCE
    certain = _CERTAINTY.index(new.modality) - _CERTAINTY.index(old.modality)
    distant = _DISTANCE.index(new.stance) - _DISTANCE.index(old.stance)
    if certain < 0 or distant > 0:
        yield Change.SOFTENED
    if certain > 0 or distant < 0:
        yield Change.HARDENED
    said = [_WORD.findall(fold(one.words("content"))) for one in (old, new)]
    if said[0] != said[1] or old.assertion is not new.assertion:
        yield Change.WORDING


def _shown(report: AttributionView) -> str:
    source = report.words("source") or report.words("antecedent")
    parts = (source, report.words("cue"), report.words("content"))
    return " · ".join(part for part in parts if part)


def _edits(old: str, new: str) -> Iterator[Edit]:
    """Yield the runs of words that differ; of texts that are too long, the lines that do."""
    pattern = _WORD
    ours, theirs = list(pattern.finditer(old)), list(pattern.finditer(new))
    if max(len(ours), len(theirs)) > MOST_WORDS:
        pattern = re.compile(r"[^\n]+")
        ours, theirs = list(pattern.finditer(old)), list(pattern.finditer(new))
    matcher = SequenceMatcher(
        None, [fold(each[0]) for each in ours], [fold(each[0]) for each in theirs], autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        start = theirs[c].start() if c < len(theirs) else len(new)
        end = theirs[d - 1].end() if d > c else start
        yield Edit(
            old=old[ours[a].start() : ours[b - 1].end()] if b > a else "",
            new=new[start:end] if d > c else "",
            around=" ".join(new[max(0, start - _AROUND) : end + _AROUND].split()),
        )


def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(fold(text)))
