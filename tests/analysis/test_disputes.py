"""Who disputes whom: a denial is the denier's, whoever passes it on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.analysis.disputes import camps, matrix, opponents
from claimtrack.model.vocabulary import Assertion, Camp, ClaimRelationKind, Stance
from claimtrack.store.relations import ClaimRelation

from .webs import day, made, report

EMBASSY = report("embassy")
DENIAL = [
    report("agency", 1, document_id="wire", assertion=Assertion.DENY),
    report(
        "ministry", 2, document_id="wire", assertion=Assertion.DENY, published=day("2031-05-02")
    ),
]
WEB = made([EMBASSY, *DENIAL], [("agency", "ministry")])


def cells(*webs: object, known: tuple[ClaimRelation, ...] = ()) -> dict[tuple[str, str], int]:
    named = {f"claim-{at}": web for at, web in enumerate(webs)}
    return {
        (one.disputer_name, one.disputed_name): len(one.claims)
        for one in matrix(named, known)  # type: ignore[arg-type]
    }


def test_a_denial_relayed_by_an_agency_counts_for_the_denier() -> None:
    assert cells(WEB) == {("ministry", "embassy"): 1}


def test_a_cell_counts_claims_and_knows_the_first_date() -> None:
    (cell,) = matrix({"one": WEB, "two": WEB}, ())
    assert (cell.claims, cell.first.iso()) == (("one", "two"), "2031-05-02")


def test_claims_that_negate_each_other_set_their_sources_against_each_other() -> None:
    relation = ClaimRelation(
        left="claim-0", right="claim-1", kind=ClaimRelationKind.NEGATES, score=1, evidence=""
    )
    other = made([report("army")])
    assert cells(made([EMBASSY]), other, known=(relation,)) == {
        ("embassy", "army"): 1,
        ("army", "embassy"): 1,
    }


@pytest.mark.parametrize("kind", [ClaimRelationKind.NEGATES, ClaimRelationKind.DENIES_AUTHORSHIP])
def test_who_denies_a_claim_of_his_own_disputes_those_who_make_the_other(
    kind: ClaimRelationKind,
) -> None:
    relation = ClaimRelation(left="claim-0", right="claim-1", kind=kind, score=1, evidence="")
    denial = made([report("army", assertion=Assertion.DENY)])
    assert cells(denial, made([EMBASSY]), known=(relation,)) == {("army", "embassy"): 1}


def test_of_many_claims_against_one_the_denials_come_first_and_then_the_surest() -> None:
    conflict, denial = ClaimRelationKind.NUMBER_CONFLICT, ClaimRelationKind.NEGATES
    known = [
        ClaimRelation(left="claim-0", right=f"claim-{at}", kind=conflict, score=1, evidence="")
        for at in range(1, 200)
    ]
    known.append(ClaimRelation(left="denial", right="claim-0", kind=denial, score=0, evidence=""))
    found = list(opponents(known, "claim-0"))
    assert found == ["denial", *(f"claim-{at}" for at in range(1, 200))]


def test_nobody_disputes_himself() -> None:
    both = made([EMBASSY, report("again", 1, source_id="source-embassy", assertion=Assertion.DENY)])
    assert cells(both) == {}


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


@given(st.permutations([EMBASSY, *DENIAL]))
def test_the_order_of_reports_makes_no_difference(order: list[object]) -> None:
    assert cells(made(order, [("agency", "ministry")])) == cells(WEB)  # type: ignore[arg-type]
