"""Who disputes whom over many claims: a denial is the denier's, whoever passes it on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.analysis.matrix import matrix, parties
from claimtrack.analysis.web import Web
from claimtrack.model.vocabulary import Assertion, ClaimRelationKind
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
OTHER = made([EMBASSY, report("army", 3, assertion=Assertion.DENY)])


def cells(*webs: Web, known: tuple[ClaimRelation, ...] = ()) -> dict[tuple[str, str], int]:
    told = {f"claim-{at}": parties(web) for at, web in enumerate(webs)}
    return {(one.disputer_name, one.disputed_name): len(one.claims) for one in matrix(told, known)}


def test_a_denial_relayed_by_an_agency_counts_for_the_denier() -> None:
    assert cells(WEB) == {("ministry", "embassy"): 1}


def test_a_cell_counts_claims_and_knows_the_first_date() -> None:
    (cell,) = matrix({"one": parties(WEB), "two": parties(WEB)}, ())
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


def test_nobody_disputes_himself() -> None:
    both = made([EMBASSY, report("again", 1, source_id="source-embassy", assertion=Assertion.DENY)])
    assert cells(both) == {}


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_of_many_cells_the_fullest_are_told(limit: int) -> None:
    told = {"one": parties(WEB), "two": parties(WEB), "three": parties(OTHER)}
    fullest = [(one.disputer_name, len(one.claims)) for one in matrix(told, (), limit=limit)]
    assert fullest == [("ministry", 2), ("army", 1)][:limit]


def test_only_the_cells_of_a_source_are_told_where_it_is_asked_for() -> None:
    told = {"one": parties(WEB), "two": parties(OTHER)}
    of_army = matrix(told, (), of=frozenset({"source-army"}))
    assert [(one.disputer_name, one.disputed_name) for one in of_army] == [("army", "embassy")]


@given(st.permutations([EMBASSY, *DENIAL]))
def test_the_order_of_reports_makes_no_difference(order: list[object]) -> None:
    assert cells(made(order, [("agency", "ministry")])) == cells(WEB)  # type: ignore[arg-type]
