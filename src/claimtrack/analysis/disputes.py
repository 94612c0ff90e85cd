"""Who disputes a claim: its two camps (features F7).

A denial counts for whoever denies, not for the agency that passes it on: of each chain within an
article only the innermost report takes a side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from claimtrack.analysis.web import Web, apart
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Assertion, Camp, ClaimRelationKind, Stance
from claimtrack.store import Connection, relations, reports, standing
from claimtrack.store.relations import ClaimRelation
from claimtrack.store.reports import Edge, Report

_OPPOSED = frozenset(
    {
        ClaimRelationKind.NEGATES,
        ClaimRelationKind.NUMBER_CONFLICT,
        ClaimRelationKind.ATTRIBUTE_CONFLICT,
        ClaimRelationKind.DENIES_AUTHORSHIP,
    }
)

BETWEEN_CLAIMS = frozenset({ClaimRelationKind.NEGATES, ClaimRelationKind.DENIES_AUTHORSHIP})
"""The relations by which those who say one claim dispute those who say the other."""

MOST_AGAINST = 100
"""Claims that are looked at of those that stand against one: "two died" has as many as there are
other numbers."""

MOST_REPORTS = 30
"""Reports that are looked at of each of them, the latest: they tell who says so."""


class Side(Value):
    """A source in a dispute.

    Attributes:
        key: What tells it from others: its id, or its name where it is not resolved.
        reports: The ids of the reports in which it takes this side.
    """

    key: str
    name: str
    camp: Camp
    reports: tuple[str, ...]


class Dispute(Value):
    """The camps of one claim.

    Attributes:
        contested: Whether anybody disputes it.
        sides: Who takes part: of its own reports all, of a claim against it the latest
            MOST_REPORTS.
        relations: The claims that contradict it, or differ from it in scope; all of them.
        unread: How many claims stand against it beyond MOST_AGAINST, whose sources are not among
            the sides.
    """

    contested: bool
    sides: tuple[Side, ...]
    relations: tuple[ClaimRelation, ...]
    unread: int = 0


def dispute(connection: Connection, web: Web, claim_id: str) -> Dispute:
    """Return the camps of a claim, and the claims that stand against it.

    Args:
        connection: A connection.
        web: The claim's reports.
        claim_id: The claim (cluster).
    """
    known = relations.of_claim(connection, claim_id)
    own = camps(web)
    sides = list(own)
    against = opponents(known, claim_id)
    read = tuple(against)[:MOST_AGAINST]
    latest = standing.latest(connection, dict.fromkeys(read, 0), MOST_REPORTS)
    others = apart(connection, reports.by_id(connection, latest))
    for other, theirs in sorted(others.items()):
        sides += _opposed(own, camps(theirs), against[other])
    contested = any(side.camp is Camp.DISPUTES for side in sides)
    unread = len(against) - len(read)
    return Dispute(contested=contested, sides=tuple(sides), relations=known, unread=unread)


def opponents(
    known: Iterable[ClaimRelation], claim_id: str
) -> Mapping[str, frozenset[ClaimRelationKind]]:
    """Return the claims that stand against one, and in which ways: denials first, then the surest.

    Args:
        known: The relations of the claim, the surest first.
        claim_id: The claim.
    """
    found: defaultdict[str, frozenset[ClaimRelationKind]] = defaultdict(frozenset)
    for one in known:
        other = one.right if one.left == claim_id else one.left
        if one.kind in _OPPOSED and other != claim_id:
            found[other] |= {one.kind}
    return dict(sorted(found.items(), key=lambda each: each[1].isdisjoint(BETWEEN_CLAIMS)))


def _opposed(
    own: Sequence[Side], others: Sequence[Side], kinds: frozenset[ClaimRelationKind]
) -> list[Side]:
    """Return where those who speak of a claim that stands against another stand towards the other.

    Who asserts the one disputes the other. But what is only denied is what the other says, and so
    is a deed that is disowned: towards these they stand as they do towards their own.
    """
    denied = ClaimRelationKind.NEGATES in kinds and (_only_denied(own) or _only_denied(others))
    if denied or ClaimRelationKind.DENIES_AUTHORSHIP in kinds:
        return [side for side in others if side.camp is not Camp.NEITHER]
    asserting = (side for side in others if side.camp is Camp.ASSERTS)
    return [side.model_copy(update={"camp": Camp.DISPUTES}) for side in asserting]


def _only_denied(sides: Iterable[Side]) -> bool:
    found = {side.camp for side in sides}
    return Camp.DISPUTES in found and Camp.ASSERTS not in found


def camps(web: Web) -> tuple[Side, ...]:
    """Return where each source of a claim stands; a source may stand on two sides."""
    found: defaultdict[tuple[Camp, str], list[Report]] = defaultdict(list)
    for one in innermost(web.own, web.edges):
        found[camp_of(one), key_of(one)].append(one)
        if one.stance is Stance.DISPUTING:
            found[Camp.DISPUTES, _outlet(one)].append(one)
    return tuple(
        Side(
            key=key,
            name=_named(camp, some[0]),
            camp=camp,
            reports=tuple(one.id for one in some),
        )
        for (camp, key), some in sorted(found.items(), key=lambda item: (item[0], item[0][1]))
    )


def innermost(some: Iterable[Report], edges: Iterable[Edge]) -> tuple[Report, ...]:
    """Return the reports that tell of no other report of their own article."""
    kept = tuple(some)
    document = {one.id: one.document_id for one in kept}
    telling = {
        edge.child
        for edge in edges
        if edge.parent in document and document.get(edge.child) == document[edge.parent]
    }
    return tuple(one for one in kept if one.id not in telling)


def key_of(report: Report) -> str:
    """Return what tells the source of a report from others."""
    if report.source_id:
        return report.source_id
    return report.source_words.casefold() or _outlet(report)


def _outlet(report: Report) -> str:
    return report.outlet_id or (report.outlet or report.document_id).casefold()


def name_of(report: Report) -> str:
    """Return what to call who says so: the outlet where nobody is named."""
    return report.name or report.outlet or ""


def _named(camp: Camp, report: Report) -> str:
    disputing = camp is Camp.DISPUTES and report.stance is Stance.DISPUTING
    return (report.outlet or "") if disputing else name_of(report)


def camp_of(report: Report) -> Camp:
    """Return on which side of its claim a report stands."""
    if report.assertion is Assertion.DENY:
        return Camp.DISPUTES
    neither = report.assertion in (Assertion.QUESTION, Assertion.DEMAND)
    return Camp.NEITHER if neither else Camp.ASSERTS
