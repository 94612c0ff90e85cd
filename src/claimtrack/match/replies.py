"""What reports have to do with each other by the bodies they name: replies, denials, rivals.

A rule says under which words a report stands and under which it asks; it looks at each report that
asks with each that stands under the same. So reports are sorted by these words on disk, and those
of a few words are in memory at a time, however many there are.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from claimtrack.match.answers import Related, Told
from claimtrack.match.decide import Decision
from claimtrack.match.found import Found
from claimtrack.match.piles import Piles

_PILES = 16
_AT_ONCE = 5_000
"""Reports that are in memory at a time."""
_ROW = np.dtype([("word", np.int64), ("asks", np.int8), ("place", np.int32)])

Load = Callable[[NDArray[np.int64]], dict[int, Told]]
"""Returns the reports of some places."""


class Rule(Protocol):
    """Relates reports that ask to reports that stand under the same words."""

    @property
    def most(self) -> int:
        """Reports under one word, beyond which it tells nothing."""
        ...

    def view(self, one: Told) -> Any:
        """Return what the rule needs of a report; None where that has no part in it."""
        ...

    def under(self, one: Any) -> Iterable[str]:
        """Yield the words that a report stands under."""
        ...

    def asks(self, one: Any) -> Iterable[str]:
        """Yield the words that it asks for."""
        ...

    def between(self, one: Any, other: Any) -> Related | None:
        """Return how a report that asks stands to one that stands under a word."""
        ...


class _Question(NamedTuple):
    """Places that ask for a word, and those that stand under it."""

    asking: NDArray[np.int64]
    under: NDArray[np.int64]


def replies(
    blocks: Iterable[dict[int, Told]], load: Load, rules: Sequence[Rule], files: ExitStack
) -> list[Found]:
    """Return what each rule finds: of each pair the place that asks is the left one.

    Args:
        blocks: All reports by their places, some at a time.
        load: Returns some of them again.
        rules: What relates them.
        files: Among which words and evidence are kept.
    """
    piles = [Piles(files, _PILES, _ROW) for _ in rules]
    for told in blocks:
        for rule, kept in zip(rules, piles, strict=True):
            _sort(told, rule, kept)
    every = [Found(files) for _ in rules]
    for rule, kept, found in zip(rules, piles, every, strict=True):
        for some in _together(_questions(kept, rule.most)):
            _ask(rule, some, load, found)
    return every


def _sort(told: dict[int, Told], rule: Rule, piles: Piles) -> None:
    words, asks, places = array("q"), array("b"), array("l")
    for place, one in told.items():
        view = rule.view(one)
        if view is not None:
            for asked, some in enumerate((rule.under(view), rule.asks(view))):
                for word in some:
                    words.append(hash(word))
                    asks.append(asked)
                    places.append(place)
    rows = np.empty(len(words), dtype=_ROW)
    rows["word"], rows["asks"], rows["place"] = words, asks, places
    piles.put(rows, rows["word"] % _PILES)


def _questions(piles: Piles, most: int) -> Iterator[_Question]:
    for rows in piles:
        rows.sort(order=("word", "asks", "place"))
        words, starts = np.unique(rows["word"], return_index=True)
        ends = np.append(starts[1:], len(rows))
        asking = np.add.reduceat(rows["asks"], starts, dtype=np.int64) if len(words) else starts
        under = ends - starts - asking
        for at in np.flatnonzero((under > 0) & (under <= most) & (asking > 0)).tolist():
            places = rows["place"][starts[at] : ends[at]].astype(np.int64)
            some = places[: under[at]]
            for start in range(under[at], len(places), _AT_ONCE):
                yield _Question(places[start : start + _AT_ONCE], some)


def _together(questions: Iterable[_Question]) -> Iterator[list[_Question]]:
    """Yield questions, so many together that few reports are in memory at a time."""
    some: list[_Question] = []
    size = 0
    for one in questions:
        some.append(one)
        size += len(one.asking) + len(one.under)
        if size >= _AT_ONCE:
            yield some
            some, size = [], 0
    yield some


def _ask(rule: Rule, questions: Sequence[_Question], load: Load, found: Found) -> None:
    """Put down what a rule finds."""
    if not questions:
        return
    told = load(np.unique(np.concatenate([part for one in questions for part in one])))
    views = {place: rule.view(one) for place, one in told.items()}
    for asking, under in questions:
        for one in asking.tolist():
            for other in under.tolist():
                if one != other and (told[one].new or told[other].new):
                    related = rule.between(views[one], views[other])
                    if related:
                        kind, how = related
                        decision = Decision(relation=kind, why=how.evidence)
                        found.add(one, other, how.score, decision)
