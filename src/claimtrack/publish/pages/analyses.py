"""What the whole database tells: disputes, single origins, circles, lost sources, time to relay."""

from __future__ import annotations

from collections.abc import Iterator
from math import log10
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from claimtrack.analysis.matrix import Cell
from claimtrack.analysis.overview import Overview, RelayTime, overview
from claimtrack.publish.desk import Desk
from claimtrack.store import read, relations
from claimtrack.store.claims import claim_refs
from claimtrack.store.refs import source_refs
from claimtrack.store.views import ClaimRef, Counts, SourceRef

LISTED = 40
"""Rows of each kind."""

SIDE = 12
"""Rows and columns of the matrix."""

LOOKED_AT = 2_000
"""Claims that are looked at: the most reported, and the latest that are denied."""

REPORTS = 20_000
"""Reports of the most reported claims that are looked at: each takes a millisecond."""

_MINUTE, _HOUR = 60.0, 3600.0
_LONGEST = 31 * 24 * _HOUR


class Analysed(NamedTuple):
    """What was found, with what names it: claims and sources by id."""

    counts: Counts
    looked_at: int
    overview: Overview
    claims: dict[str, ClaimRef]
    sources: dict[str, SourceRef]


ANALYSIS, WHOLE = "analysis", TypeAdapter(Analysed)
"""What it is kept under, and its shape."""


class Bar(NamedTuple):
    """A stretch of time on a scale of logarithms, in parts of a hundred."""

    start: float
    width: float


class Matrix(NamedTuple):
    """Who disputes whom: keys of rows and columns, and the cells by both."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    names: dict[str, str]


async def analysis(desk: Desk) -> Any:
    """Show what the database tells as a whole, kept until something changes."""
    found = await desk.kept(ANALYSIS, analysed, WHOLE)
    return await desk.page(
        "ct_analysis.html",
        {"overview": found.overview, "looked_at": found.looked_at, "counts": found.counts},
        claim_of=found.claims,
        source_of=found.sources,
        matrix=_matrix(found.overview.disputes),
        bars=[_bar(one) for one in found.overview.times],
        listed=LISTED,
    )


def analysed(connection: Any) -> Analysed:
    """Return what the page tells; of many claims, of those alone that are looked at."""
    counts = read.counts(connection)
    some: tuple[str, ...] | None = None
    if counts.claims > LOOKED_AT:
        most = _most_reported(connection)
        some = tuple(dict.fromkeys((*most, *relations.opposed(connection, LOOKED_AT // 4))))
    found = overview(connection, LISTED, some)
    claims = dict.fromkeys(
        (
            *(one.claim_id for one in found.single),
            *(one.claim_id for one in found.circles),
            *(claim for cell in found.disputes for claim in cell.claims),
        )
    )
    sources = (end for cell in found.disputes for end in (cell.disputer, cell.disputed))
    return Analysed(
        counts,
        found.claims,
        found,
        {ref.id: ref for ref in claim_refs(connection, [(each,) for each in claims])},
        source_refs(connection, sources),
    )


def _most_reported(connection: Any) -> Iterator[str]:
    """Yield the most reported claims; one with more reports than may still be read is left out."""
    left = REPORTS
    for ref in read.most_reported_claims(connection, LOOKED_AT):
        if ref.reports <= left:
            left -= ref.reports
            yield ref.id


def _matrix(cells: tuple[Cell, ...]) -> Matrix:
    """Return the fullest rows and columns of the matrix."""
    rows: dict[str, int] = {}
    columns: dict[str, int] = {}
    names: dict[str, str] = {}
    for cell in cells:
        rows[cell.disputer] = rows.get(cell.disputer, 0) + len(cell.claims)
        columns[cell.disputed] = columns.get(cell.disputed, 0) + len(cell.claims)
        names |= {cell.disputer: cell.disputer_name, cell.disputed: cell.disputed_name}
    return Matrix(
        tuple(sorted(rows, key=lambda key: (-rows[key], key))[:SIDE]),
        tuple(sorted(columns, key=lambda key: (-columns[key], key))[:SIDE]),
        {(cell.disputer, cell.disputed): cell for cell in cells},
        names,
    )


def _bar(time: RelayTime) -> Bar:
    start, end = (_along(seconds) for seconds in (time.least, time.most))
    return Bar(round(start, 1), round(max(end - start, 1.5), 1))


def _along(seconds: float) -> float:
    """Return how far along a scale from a minute to a month, in parts of a hundred."""
    shown = min(max(seconds, _MINUTE), _LONGEST)
    return 98 * log10(shown / _MINUTE) / log10(_LONGEST / _MINUTE)
