"""What a claim loses and gains on its way: words, numbers, its source, its doubts.

Each hop is a report and the one it was taken from (features F8, F9, F11, F12).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from claimtrack.analysis.web import Web
from claimtrack.match.embed import Vectors
from claimtrack.match.names import SHIPPED_MEANS, Means
from claimtrack.match.quantities import Quantity
from claimtrack.match.reading import counted
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Assertion, Modality, NumberChange, Qualifier
from claimtrack.store.reports import Report
from claimtrack.text.fold import fold

_WORD = re.compile(r"\w+")
_LEVELS = list(Modality)

Meanings = Callable[[Sequence[tuple[str, str]]], Vectors]
"""Gives texts, each with its language's code, their unit vectors, one a row."""

Likeness = Callable[[Report, Report], float]
"""How alike two reports of different languages are, 0 to 1."""


class Change(Value):
    """A stretch of a word diff: `same`, `removed` from the parent, or `added` by the child."""

    kind: str
    words: str


class NumberDrift(Value):
    """A number in both texts, or in one: what became of it.

    Attributes:
        measure: What it counts; empty when that is not known.
        parent: The number as the parent has it; empty where it has none.
        child: As the child has it.
    """

    change: NumberChange
    measure: str
    parent: str
    child: str


class Hop(Value):
    """What became of a claim between a report and the one it was taken from.

    Attributes:
        child: The report that took it over.
        parent: The one that it was taken from.
        outlet: Who published the child.
        drift: How far the wording is from the parent's, 0 to 1.
        cumulative: How far it is from that of the end of the chain, the furthest where several.
        translated: The two are in different languages; then drift is measured by meaning.
        changes: The word diff, parent to child; empty across languages.
        numbers: What became of the numbers.
        lost_source: The parent named a source; the child says it on its own account.
        inflation: Steps by which it is more certain than in the parent; less where negative.
    """

    child: str
    parent: str
    outlet: str | None
    drift: float
    cumulative: float
    translated: bool
    changes: tuple[Change, ...]
    numbers: tuple[NumberDrift, ...]
    lost_source: bool
    inflation: int


def hops(
    web: Web, *, means: Means = SHIPPED_MEANS, meanings: Meanings | None = None
) -> tuple[Hop, ...]:
    """Return every hop of a claim's web.

    Args:
        web: The claim's reports.
        means: The language packs that hold.
        meanings: Measures texts of different languages; else they count as not measured, drift 0.
    """
    ends = _ends(web)
    likeness = _by_meaning(web, ends, meanings) if meanings else None
    return tuple(
        Hop(
            child=child.id,
            parent=parent.id,
            outlet=child.outlet,
            drift=drift(child, parent, likeness),
            cumulative=max(
                (drift(child, web.by_id[end], likeness) for end in ends[child.id]), default=0.0
            ),
            translated=child.lang != parent.lang,
            changes=word_diff(parent.text, child.text) if child.lang == parent.lang else (),
            numbers=number_drift(parent, child, means),
            lost_source=lost_source(child, parent),
            inflation=inflation(child, parent),
        )
        for child, parent, _ in web.hops
    )


def drift(child: Report, parent: Report, likeness: Likeness | None = None) -> float:
    """Return how far a wording is from another: 1 less the F1 of their words; 0 when they are one.

    Their order makes no difference.
    """
    if child.lang != parent.lang:
        return round(1 - likeness(child, parent), 4) if likeness else 0.0
    if child.text == parent.text:
        return 0.0
    ones, others = _counted(child.text), _counted(parent.text)
    whole = ones.total() + others.total()
    return round(1 - 2 * (ones & others).total() / whole, 4) if whole else 0.0


def _by_meaning(web: Web, ends: Mapping[str, Sequence[str]], meanings: Meanings) -> Likeness:
    """Return what measures the reports between which a web's drift reaches across languages."""
    pairs = [(child, parent) for child, parent, _ in web.hops]
    pairs += [(child, web.by_id[end]) for child, _, _ in web.hops for end in ends[child.id]]
    across = (pair for pair in pairs if pair[0].lang != pair[1].lang)
    texts = list(dict.fromkeys((one.text, one.lang) for pair in across for one in pair))
    vectors = dict(zip(texts, meanings(texts), strict=True)) if texts else {}

    def likeness(one: Report, other: Report) -> float:
        alike = vectors[one.text, one.lang] @ vectors[other.text, other.lang]
        return max(0.0, float(alike))

    return likeness


@lru_cache(maxsize=5_000)  # one wording is taken over from one other many times
def word_diff(before: str, after: str) -> tuple[Change, ...]:
    """Return what was removed from one text and added in another, word by word.

    >>> [(one.kind, one.words) for one in word_diff("five killed", "five killed or wounded")]
    [('same', 'five killed'), ('added', 'or wounded')]
    """
    ones, others = before.split(), after.split()
    if ones == others:
        return (Change(kind="same", words=" ".join(others)),) if others else ()
    matcher = SequenceMatcher(None, list(map(_folded, ones)), list(map(_folded, others)), False)
    found = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            found.append(Change(kind="same", words=" ".join(others[first:last])))
            continue
        if end > start:
            found.append(Change(kind="removed", words=" ".join(ones[start:end])))
        if last > first:
            found.append(Change(kind="added", words=" ".join(others[first:last])))
    return tuple(found)


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=20_000)
def _counted(text: str) -> Counter[str]:
    return Counter(_WORD.findall(fold(text)))


def number_drift(
    parent: Report, child: Report, means: Means = SHIPPED_MEANS
) -> tuple[NumberDrift, ...]:
    """Return what became of the numbers, paired by what they count, in the order of the parent."""
    return _number_drift((parent.text, parent.lang), (child.text, child.lang), means)


@lru_cache(maxsize=5_000)
def _number_drift(
    parent: tuple[str, str], child: tuple[str, str], means: Means
) -> tuple[NumberDrift, ...]:
    before = list(counted(*parent, means))
    after = list(counted(*child, means))
    found = []
    for one in before:
        other = _pair(one, after)
        if other:
            after.remove(other)
            found.append(_drift(one, other, classify(one, other)))
        else:
            found.append(_drift(one, None, NumberChange.DROPPED))
    return (*found, *(_drift(None, one, NumberChange.APPEARED) for one in after))


def classify(parent: Quantity, child: Quantity) -> NumberChange:
    """Return what became of a number that is in both."""
    if parent.range and not child.range and child.low in (parent.low, parent.high):
        return NumberChange.RANGE_COLLAPSED
    if (parent.low, parent.high) == (child.low, child.high):
        lost = parent.qualifier is not Qualifier.EXACT and child.qualifier is Qualifier.EXACT
        return NumberChange.QUALIFIER_LOST if lost else NumberChange.SAME
    return NumberChange.ROUNDED if parent.agrees(child) else NumberChange.CHANGED


def lost_source(child: Report, parent: Report) -> bool:
    """Tell whether a source got lost: named in the parent, the child's own voice afterwards."""
    return child.own_voice and not child.source_words and bool(parent.source_words)


def inflation(child: Report, parent: Report) -> int:
    """Return by how many steps of certainty a report goes beyond the one it was taken from."""
    return _level(child) - _level(parent)


def _level(report: Report) -> int:
    if report.assertion is Assertion.DENY:
        return _LEVELS.index(Modality.DENIED)
    return _LEVELS.index(report.modality)


def _pair(one: Quantity, after: Sequence[Quantity]) -> Quantity | None:
    """Return the number that counts the same; of several the same one, or the nearest."""
    same = [other for other in after if other.measure == one.measure] or [
        other for other in after if "" in (one.measure, other.measure)
    ]
    return min(same, key=lambda other: abs(other.low - one.low), default=None)


def _drift(one: Quantity | None, other: Quantity | None, change: NumberChange) -> NumberDrift:
    return NumberDrift(
        change=change,
        measure=(one.measure if one else "") or (other.measure if other else ""),
        parent=_words(one),
        child=_words(other),
    )


def _words(one: Quantity | None) -> str:
    if one is None:
        return ""
    plain = one.qualifier is Qualifier.EXACT
    return one.words if plain else f"{one.qualifier.replace('_', ' ')} {one.words}"


def _ends(web: Web) -> dict[str, tuple[str, ...]]:
    """Return where the chains of each report end; for reports in circles, nowhere."""
    graph = web.graph
    found: dict[str, set[str]] = {one: {one} for one in graph if not graph.out_degree(one)}
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        for child in graph.predecessors(here):
            before = found.setdefault(child, set())
            if not found[here] <= before:
                before |= found[here]
                waiting.append(child)
    return {one: tuple(sorted(found.get(one, ()))) for one in graph}
