"""What chains have in common from their outlet on is one branch."""

from __future__ import annotations

import itertools

from claimtrack.analysis.branches import Branch, branches
from claimtrack.analysis.chain import MOST_HOPS, follow
from tests.analysis.reports import document, relay, report

ONE, TWO, AGENCY, MINISTRY = (report(name) for name in ("One", "Two", "Agency", "Ministry"))


def outlined(found: tuple[Branch, ...]) -> str:
    return " ".join(
        branch.step.name + (f"({outlined(branch.further)})" if branch.further else "")
        for branch in found
    )


def test_an_outlet_leads_to_each_of_its_reports_and_on_to_their_ends() -> None:
    found = follow([ONE, AGENCY, MINISTRY, TWO], [relay(ONE, AGENCY), relay(AGENCY, MINISTRY)])
    assert outlined(branches(found.chains)) == "Site C(One(Agency(Ministry)) Two)"


def test_ways_that_part_and_meet_are_told_apart() -> None:
    relays = [relay(ONE, AGENCY), relay(ONE, TWO), relay(AGENCY, MINISTRY), relay(TWO, MINISTRY)]
    found = follow([ONE, TWO, AGENCY, MINISTRY], relays)
    assert outlined(branches(found.chains)) == "Site C(One(Two(Ministry) Agency(Ministry)))"


def test_each_document_is_a_root_of_its_own() -> None:
    other = report("Ministry B", at=document("Site D"))
    assert outlined(branches(follow([ONE, other], []).chains)) == "Site C(One) Site D(Ministry B)"


def test_only_the_branch_that_goes_on_is_cut() -> None:
    line = [report(f"R{number}") for number in range(MOST_HOPS + 5)]
    found = follow([*line, TWO], [relay(one, two) for one, two in itertools.pairwise(line)])
    (branch,) = branches(found.chains)
    cuts = [branch.cut]
    while branch.further:
        branch = branch.further[0]
        cuts.append(branch.cut)
    assert cuts == [False] * MOST_HOPS + [True]
