"""Who disputes whom over many claims (features F19): a matrix of sources.

Of each claim only who says so and who denies it is needed, so that the claims of a large database
can be read one after the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from operator import attrgetter
from typing import NamedTuple

from claimtrack.analysis.disputes import camp_of, innermost, key_of, name_of
from claimtrack.analysis.web import Web
from claimtrack.model.document import StatedTime
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Camp, ClaimRelationKind
from claimtrack.store.relations import ClaimRelation
from claimtrack.store.reports import Report


class Cell(Value):
    """One cell of the matrix: how many claims of one source another disputes.

    Attributes:
        claims: The ids of the claims, as they were asserted.
        first: The earliest date of the disputing reports that is known.
        reports: The disputing reports.
    """

    disputer: str
    disputed: str
    disputer_name: str
    disputed_name: str
    claims: tuple[str, ...]
    first: StatedTime
    reports: tuple[str, ...]


class Voice(NamedTuple):
    """A report, as far as it takes a side.

    Attributes:
        key: What tells its source from others.
        name: What to call the source.
        report: Its id.
        published: When its article was.
    """

    key: str
    name: str
    report: str
    published: StatedTime


class Parties(NamedTuple):
    """Those who say that a claim is so, and those who say it is not."""

    saying: tuple[Voice, ...]
    denying: tuple[Voice, ...]


_Crossing = tuple[Sequence[Voice], Sequence[Voice]]
"""Who denies a claim, and who says it is so."""

_Pair = tuple[str, str]
"""The keys of who disputes, and of whom."""


def parties(web: Web) -> Parties:
    """Return who says that a claim is so and who denies it."""
    told = innermost(web.own, web.edges)
    return Parties(_voices(told, Camp.ASSERTS), _voices(told, Camp.DISPUTES))


def matrix(
    told: Mapping[str, Parties],
    known: Iterable[ClaimRelation],
    of: frozenset[str] = frozenset(),
    limit: int | None = None,
) -> tuple[Cell, ...]:
    """Return who disputes whom over claims: the fullest cells first.

    Args:
        told: Who takes which side on each claim, by its id.
        known: The relations between claims.
        of: Sources, by their ids: only cells that one of them has a part in; all without.
        limit: How many cells at most; all without.
    """
    crossed = _crossed(told, known)
    counts: Counter[_Pair] = Counter()
    for some in crossed.values():
        counts.update(_pairs(some, of))
    size = len(counts) if limit is None else limit
    wanted = nsmallest(size, counts, key=lambda pair: (-counts[pair], pair))
    return tuple(_cells(wanted, crossed))


def _voices(some: Iterable[Report], camp: Camp) -> tuple[Voice, ...]:
    return tuple(
        Voice(key_of(one), name_of(one), one.id, one.published)
        for one in some
        if camp_of(one) is camp
    )


def _crossed(
    told: Mapping[str, Parties], known: Iterable[ClaimRelation]
) -> Mapping[str, Sequence[_Crossing]]:
    """Return for each claim that was said who stands against whom over it."""
    found: defaultdict[str, list[_Crossing]] = defaultdict(list)

    def cross(claim: str, denying: Sequence[Voice], saying: Sequence[Voice]) -> None:
        if denying and saying:
            found[claim].append((denying, saying))

    for claim, (saying, denying) in told.items():
        cross(claim, denying, saying)
    for one in known:
        if one.left not in told or one.right not in told:
            continue
        (saying, denying), (said, denied) = told[one.left], told[one.right]
        if one.kind is ClaimRelationKind.NEGATES:
            cross(one.right, saying or denying, said)  # what is only denied is what the other says
            cross(one.left, said or denied, saying)
        elif one.kind is ClaimRelationKind.DENIES_AUTHORSHIP:
            cross(one.right, denying, said)
    return found


def _pairs(some: Iterable[_Crossing], of: frozenset[str]) -> set[_Pair]:
    """Return who disputes whom over a claim, each pair once; nobody disputes himself."""
    found: set[_Pair] = set()
    for denying, saying in some:
        others = {one.key for one in saying}
        for key in {one.key for one in denying}:
            against = others if not of or key in of else others & of
            found.update((key, other) for other in against if other != key)
    return found


def _cells(wanted: Sequence[_Pair], crossed: Mapping[str, Sequence[_Crossing]]) -> Iterator[Cell]:
    """Yield the cells of some pairs, in their order."""
    disputed: defaultdict[str, set[str]] = defaultdict(set)
    for disputer, other in wanted:
        disputed[disputer].add(other)
    found: defaultdict[_Pair, list[tuple[str, Voice]]] = defaultdict(list)
    names: dict[str, str] = {}
    for claim, some in crossed.items():
        for denying, saying in some:
            called = {one.key: one.name for one in saying}
            for one in denying:
                for other in disputed[one.key] & called.keys() if one.key in disputed else ():
                    found[one.key, other].append((claim, one))
                    names.update({one.key: one.name, other: called[other]})
    for pair in wanted:
        yield _cell(pair, found[pair], names)


def _cell(pair: _Pair, some: Sequence[tuple[str, Voice]], names: Mapping[str, str]) -> Cell:
    dated = [voice.published for _, voice in some if voice.published.utc]
    return Cell(
        disputer=pair[0],
        disputed=pair[1],
        disputer_name=names[pair[0]],
        disputed_name=names[pair[1]],
        claims=tuple(dict.fromkeys(claim for claim, _ in some)),
        first=min(dated, key=attrgetter("utc"), default=StatedTime()),
        reports=tuple(dict.fromkeys(voice.report for _, voice in some)),
    )
