"""The two camps of a claim, and the claims that stand against it."""

from __future__ import annotations

from claimtrack.analysis.disputes import camps, opponents
from claimtrack.model.vocabulary import Assertion, Camp, ClaimRelationKind, Stance
from claimtrack.store.relations import ClaimRelation

from .test_matrix import WEB
from .webs import made, report


def test_of_many_claims_against_one_the_denials_come_first_and_then_the_surest() -> None:
    conflict, denial = ClaimRelationKind.NUMBER_CONFLICT, ClaimRelationKind.NEGATES
    known = [
        ClaimRelation(left="claim-0", right=f"claim-{at}", kind=conflict, score=1, evidence="")
        for at in range(1, 200)
    ]
    known.append(ClaimRelation(left="denial", right="claim-0", kind=denial, score=0, evidence=""))
    found = list(opponents(known, "claim-0"))
    assert found == ["denial", *(f"claim-{at}" for at in range(1, 200))]


def test_the_camps_of_a_claim() -> None:
    web = made(
        [*WEB.reports, report("council", 5, assertion=Assertion.DEMAND)], [("agency", "ministry")]
    )
    found = {(side.name, side.camp) for side in camps(web)}
    assert found == {
        ("embassy", Camp.ASSERTS),
        ("ministry", Camp.DISPUTES),
        ("council", Camp.NEITHER),
    }


def test_an_outlet_that_disputes_what_it_reports_stands_against_it() -> None:
    web = made([report("embassy", stance=Stance.DISPUTING)])
    assert {(side.name, side.camp) for side in camps(web)} == {
        ("embassy", Camp.ASSERTS),
        ("outlet-embassy", Camp.DISPUTES),
    }
