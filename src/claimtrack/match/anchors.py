"""Where a report of one version stands in the next, and when it stands nowhere.

Words that are found once are anchored. Where they stand several times, what surrounds them decides,
or nothing does. Words that were edited are found where the comparison of both texts puts them, and
only if hardly anything changed, no number and no negation among it. Whatever is left is orphaned: a
look-alike elsewhere is not the report. What was selected in the first version stays as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from claimtrack.lang.lists import read_lists
from claimtrack.lang.pack import SHIPPED, Packs, available
from claimtrack.model.document import DocumentVersion
from claimtrack.model.ids import digest
from claimtrack.model.run import Run
from claimtrack.model.span import CONTEXT, Quote, Span
from claimtrack.store import Store, anchors, read
from claimtrack.text.fold import fold

LIKE = 0.9
"""How alike edited words must be to be the same report, from 0 to 1."""

NEAR = 0.5
"""How alike what surrounds them must be."""

MOST_WORDS = 6000
"""Of either text; longer ones are not compared word by word, and what was edited is orphaned."""

_MOST_FOUND = 50
_FILE = "edits.yaml"
_NEGATIONS = "negations"
_WORD = re.compile(r"\w+|[^\w\s]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class State(StrEnum):
    """What became of a span in another version of its text."""

    ANCHORED = "anchored"
    FUZZY = "fuzzy"
    AMBIGUOUS = "ambiguous"
    ORPHANED = "orphaned"


class Anchor(NamedTuple):
    """Where a span stands in another text.

    Attributes:
        span: Where, in code points; None when ambiguous or orphaned.
        score: How alike the words are, or for ambiguous ones the surroundings; 0 to 1.
    """

    state: State
    span: Span | None
    score: float


class Texts:
    """Two versions of a text, compared word by word once something asks for it."""

    def __init__(self, old: str, new: str, packs: Packs = SHIPPED) -> None:
        """Take both texts; `packs` say what a negation is."""
        self.old, self.new, self._packs = old, new, packs
        self._blocks: list[tuple[int, int, int]] | None = None

    def anchor(self, quoted: Quote) -> Anchor:
        """Return where a quote of the old text stands in the new one."""
        found = list(_occurrences(self.new, quoted.exact))
        if not found:
            return self._edited(quoted)
        alone = len(list(_occurrences(self.old, quoted.exact))) == 1
        if len(found) == 1 and alone:
            return Anchor(State.ANCHORED, found[0], 1.0)
        rated = sorted(((_context(self.new, span, quoted), span) for span in found), reverse=True)
        best, span = rated[0]
        if best < NEAR:
            state = State.AMBIGUOUS if len(found) > 1 else State.ORPHANED
            return Anchor(state, None, best)
        if len(rated) > 1 and rated[1][0] >= best:
            return Anchor(State.AMBIGUOUS, None, best)
        return Anchor(State.ANCHORED, span, 1.0)

    def _edited(self, quoted: Quote) -> Anchor:
        """Return where edited words stand, if they can still be said to be the same."""
        span = self.moved(Span(quoted.start, quoted.end))
        if span is None:
            return Anchor(State.ORPHANED, None, 0.0)
        words = span.of(self.new)
        score = alike(quoted.exact, words)
        near = _context(self.new, span, quoted) >= NEAR
        if score < LIKE or not near or not same_sense(quoted.exact, words, self._packs):
            return Anchor(State.ORPHANED, None, score)
        return Anchor(State.FUZZY, span, score)

    def moved(self, span: Span) -> Span | None:
        """Return where a stretch of the old text went, by the words on its edges and within."""
        inside = [
            (max(start, span.start), min(start + size, span.end), new - start)
            for start, new, size in self._common()
            if start < span.end and span.start < start + size
        ]
        kept = sum(end - start for start, end, _ in inside)
        if not inside or kept * 2 < span.end - span.start:
            return None
        start, end = inside[0][0] + inside[0][2], inside[-1][1] + inside[-1][2]
        if inside[0][0] > span.start:  # its first words were edited
            start = max(self._before(inside[0]), start - 2 * (inside[0][0] - span.start))
        if inside[-1][1] < span.end:
            end = min(self._after(inside[-1]), end + 2 * (span.end - inside[-1][1]))
        start, end = _trimmed(self.new, start, end)
        return Span(start, end) if start < end else None

    def _before(self, block: tuple[int, int, int]) -> int:
        """Return where the common stretch before one ends in the new text."""
        return max(
            (new + size for start, new, size in self._common() if start + size <= block[0]),
            default=0,
        )

    def _after(self, block: tuple[int, int, int]) -> int:
        """Return where the common stretch after one begins in the new text."""
        return min(
            (new for start, new, _ in self._common() if start >= block[1]), default=len(self.new)
        )

    def _common(self) -> list[tuple[int, int, int]]:
        """Return the stretches both texts have: start in the old, start in the new, length."""
        if self._blocks is None:
            self._blocks = list(_common(self.old, self.new))
        return self._blocks


def reanchor(
    store: Store, version: DocumentVersion, *, packs: Packs = SHIPPED, at: datetime
) -> Counter[State]:
    """Record where the reports of the version before stand in a new one; count what became of them.

    A report is what the least certain of its spans is.
    """
    before = anchors.before(store.connection, version.id)
    counts: Counter[State] = Counter()
    if before is None:
        return counts
    texts = Texts(before.text, version.text, packs)
    rows = []
    for report in read.version_attributions(store.connection, before.id):
        states = set()
        for role, quotes in sorted(report.quotes.items()):
            for ord_, quoted in enumerate(quotes):
                found = texts.anchor(quoted)
                states.add(found.state)
                rows.append(anchors.Row(report.id, role, ord_, *found))
        counts[max(states, key=list(State).index, default=State.ORPHANED)] += 1
    with store.transaction():
        anchors.put(store.connection, version.id, rows, anchor_run(packs), at)
    return counts


@cache
def anchor_run(packs: Packs = SHIPPED) -> Run:
    """Return the run that anchors are made by."""
    configuration = {
        "like": str(LIKE),
        "near": str(NEAR),
        "negations": digest(sorted(_negations(packs))),
    }
    return Run(tool="anchors", version="1", configuration=configuration)


def alike(left: str, right: str) -> float:
    """Return how alike two wordings are in their letters, from 0 to 1.

    >>> alike("The dam is safe.", "the dam is safe")
    1.0
    """
    one, other = (" ".join(re.findall(r"\w+", fold(text))) for text in (left, right))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def same_sense(left: str, right: str, packs: Packs = SHIPPED) -> bool:
    """Tell whether two wordings hold the same numbers and the same negations.

    >>> same_sense("12 were hurt", "13 were hurt"), same_sense("it was", "it was not")
    (False, False)
    """
    one, other = fold(left), fold(right)
    if Counter(_NUMBER.findall(one)) != Counter(_NUMBER.findall(other)):
        return False
    known = _negations(packs)
    both = (Counter(w for w in re.findall(r"\w+", text) if w in known) for text in (one, other))
    return next(both) == next(both)


@cache
def _negations(packs: Packs) -> frozenset[str]:
    return frozenset(
        fold(word)
        for code in available(packs)
        for word in read_lists(code, _FILE, (_NEGATIONS,), packs)[_NEGATIONS]
    )


def _occurrences(text: str, exact: str) -> Iterator[Span]:
    at, found = text.find(exact), 0
    while at >= 0 and found < _MOST_FOUND:
        yield Span(at, at + len(exact))
        at, found = text.find(exact, at + 1), found + 1


def _context(text: str, span: Span, quoted: Quote) -> float:
    """Return how alike what surrounds a stretch is to what surrounded a quote, from 0 to 1."""
    sides = (
        (text[max(0, span.start - CONTEXT) : span.start], quoted.prefix),
        (text[span.end : span.end + CONTEXT], quoted.suffix),
    )
    rated = [SequenceMatcher(None, a, b, autojunk=False).ratio() for a, b in sides if a or b]
    return sum(rated) / len(rated) if rated else 1.0


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _common(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of words that both texts have, in order."""
    ours, theirs = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    if max(len(ours), len(theirs)) > MOST_WORDS:
        return
    matcher = SequenceMatcher(
        None, [word[0] for word in ours], [word[0] for word in theirs], autojunk=len(ours) > 2000
    )
    for block in matcher.get_matching_blocks():
        for at in range(block.size):  # word by word: white space between them may differ
            yield (
                ours[block.a + at].start(),
                theirs[block.b + at].start(),
                len(ours[block.a + at][0]),
            )
