"""What would become of claims if a document or a report fell: which lose their last origin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from claimtrack.analysis.origins import Origins, origins
from claimtrack.analysis.web import load
from claimtrack.model.value import Value
from claimtrack.store import Connection, grades, read, reports
from claimtrack.store.asof import as_of
from claimtrack.store.claims import claim_refs
from claimtrack.store.reports import Report
from claimtrack.store.views import DocumentRef


class Fall(Value):
    """What a claim would be without a document.

    Attributes:
        before: Origins, untraced and reports as they are.
        after: And as they would be.
        loses: What happens: `gone` (no report is left), `last_origin`, `to_one_origin`,
            `credibility` (its grade asks for two origins), or nothing of these.
    """

    claim_id: str
    text: str
    before: tuple[int, int, int]
    after: tuple[int, int, int]
    loses: tuple[str, ...]


class Impact(Value):
    """What rests on a document, or on a report of one.

    Attributes:
        document: The document.
        claims: Its claims that would lose something, the worst first.
        untouched: How many of its claims would lose nothing.
    """

    document: DocumentRef
    claims: tuple[Fall, ...]
    untouched: int


def impact(connection: Connection, subject: str, at: datetime | None = None) -> Impact:
    """Return what would become of claims if a document, or one report, were retired.

    Args:
        connection: A connection.
        subject: The document's id, or an attribution's.
        at: As of which time; None for now.

    Raises:
        UnknownIdError: Nothing that was live then has the id.
    """
    with as_of(connection, at):
        if subject.startswith("attribution-"):
            one = read.attribution(connection, subject)
            ref, own = one.document, reports.by_id(connection, [subject])
        else:
            ref = read.document(connection, subject).ref
            own = reports.of_document(connection, subject)
        claims = _claims(connection, own)
        refs = claim_refs(connection, [(each,) for each in claims])
        before = {claim: origins(load(connection, claim)) for claim in claims}
        graded = {claim for claim in claims if grades.of_claim(connection, claim) == "1"}
    with as_of(connection, at, without=subject):
        after = {claim: origins(load(connection, claim)) for claim in claims}
    falls = [
        Fall(
            claim_id=one.id,
            text=one.text,
            before=before[one.id].triple,
            after=after[one.id].triple,
            loses=_loses(before[one.id], after[one.id], graded=one.id in graded),
        )
        for one in refs
    ]
    hurt = [fall for fall in falls if fall.loses]
    return Impact(
        document=ref,
        claims=tuple(sorted(hurt, key=lambda fall: (_ORDER[fall.loses[0]], fall.claim_id))),
        untouched=len(falls) - len(hurt),
    )


def _claims(connection: Connection, own: Sequence[Report]) -> list[str]:
    """Return the claims of some reports, and those that others took from them."""
    children = [edge.child for edge in reports.edges(connection, [one.id for one in own], "parent")]
    found = (*own, *reports.by_id(connection, children))
    return sorted({one.claim_id for one in found})


_ORDER = {"gone": 0, "last_origin": 1, "to_one_origin": 2, "credibility": 3}


def _loses(before: Origins, after: Origins, *, graded: bool) -> tuple[str, ...]:
    found = []
    if before.reports and not after.reports:
        found.append("gone")
    elif before.origins and not after.origins:
        found.append("last_origin")
    if before.origins > 1 and after.origins == 1:
        found.append("to_one_origin")
    if graded and after.origins < 2:
        found.append("credibility")
    return tuple(found)
