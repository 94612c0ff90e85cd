"""All that is known of one source, for a page that shows it."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.analysis.disputes import BETWEEN_CLAIMS
from claimtrack.analysis.matrix import Cell, matrix, parties
from claimtrack.analysis.web import apart
from claimtrack.model.value import Value
from claimtrack.store import Connection, decisions, read, relations, reports, standing
from claimtrack.store.decisions import Graded
from claimtrack.store.refs import source_refs
from claimtrack.store.standing import ChannelCount, OutletCount, SourceCount, Tie
from claimtrack.store.views import Looked, SourceRef, SourceView

DISPUTES = 20
"""Disputed claims that are looked at, the latest."""

REPORTS = 25
"""Reports that are looked at of each, the latest, beside the source's own."""


class Against(Value):
    """Another source that disputes a source, or is disputed by it.

    Attributes:
        name: What it is called where it is not known.
        claims: The ids of the claims they dispute.
    """

    source: SourceRef | None
    name: str
    claims: tuple[str, ...]


class SourceFile(Value):
    """All that is known of a source.

    Attributes:
        view: Its names, and a page of what it said.
        ties: What it belongs to and speaks for.
        parts: What belongs to it and speaks for it.
        outlets: Which outlets report it.
        channels: Through which channels it spoke.
        tellers: Through whom its words came.
        told: Whose words it told on.
        disputes: Whom it disputes.
        disputed: Who disputes it.
        grades: How people graded it, the latest first.
        people: Who judged which of the reports shown last, by the report's id.
    """

    view: SourceView
    ties: tuple[Tie, ...]
    parts: tuple[Tie, ...]
    outlets: tuple[OutletCount, ...]
    channels: tuple[ChannelCount, ...]
    tellers: tuple[SourceCount, ...]
    told: tuple[SourceCount, ...]
    disputes: tuple[Against, ...]
    disputed: tuple[Against, ...]
    grades: tuple[Graded, ...]
    people: dict[str, Looked]


def source_file(
    connection: Connection, source_id: str, limit: int = 50, offset: int = 0
) -> SourceFile:
    """Return all that is known of a source, with a page of what it said.

    Raises:
        UnknownIdError: No live source has the id.
    """
    view = read.source(connection, source_id, limit=limit, offset=offset)
    ids = [view.ref.id, *(one.id for one in view.merged)]
    cells = _cells(connection, ids)
    known = source_refs(connection, [end for one in cells for end in (one.disputer, one.disputed)])
    return SourceFile(
        view=view,
        ties=standing.ties(connection, view.source),
        parts=standing.parts(connection, ids),
        outlets=standing.outlets(connection, ids),
        channels=standing.channels(connection, ids),
        tellers=standing.tellers(connection, ids),
        told=standing.told(connection, ids),
        disputes=tuple(
            Against(source=known.get(one.disputed), name=one.disputed_name, claims=one.claims)
            for one in cells
            if one.disputer == view.ref.id
        ),
        disputed=tuple(
            Against(source=known.get(one.disputer), name=one.disputer_name, claims=one.claims)
            for one in cells
            if one.disputed == view.ref.id
        ),
        grades=decisions.source_grades(connection, ids),
        people=decisions.people(connection, (one.id for one in view.attributions)),
    )


def _cells(connection: Connection, ids: Sequence[str]) -> tuple[Cell, ...]:
    """Return who disputes whom over the claims that a source has a part in."""
    claims = standing.disputed_claims(connection, ids, DISPUTES)
    known = dict.fromkeys(
        one for claim in claims for one in relations.of_claim(connection, claim, BETWEEN_CLAIMS)
    )
    ends = {end: 0 for one in known for end in (one.left, one.right)}
    told = reports.by_id(connection, standing.latest(connection, ends | claims, REPORTS))
    sides = {claim: parties(web) for claim, web in apart(connection, told).items()}
    return matrix(sides, known, of=frozenset(ids))
