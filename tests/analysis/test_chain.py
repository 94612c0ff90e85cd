"""Chains run from the outlet to where the reporting ends, whatever shape the relays have."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.analysis.chain import MOST_CHAINS, MOST_HOPS, Chains, follow
from claimtrack.model.vocabulary import Channel
from tests.analysis.reports import MARCH, document, relay, report

AGENCY = report("Agency B", cue="cites", channel=Channel.REPORT)
MINISTRY = report("Ministry A", cue="tweeted", channel=Channel.TWEET_OR_POST)


def names(found: Chains) -> list[list[str]]:
    return [[step.name for step in chain.steps] for chain in found.chains]


def test_a_site_citing_an_agency_citing_a_ministry_is_two_hops() -> None:
    found = follow([AGENCY, MINISTRY], [relay(AGENCY, MINISTRY)])
    assert names(found) == [["Site C", "Agency B", "Ministry A"]]
    assert (found.count, found.shortest, found.longest) == (1, 2, 2)
    assert [chain.hops for chain in found.chains] == [2]


def test_a_direct_citation_beside_it_makes_the_shortest_chain_one_hop() -> None:
    direct = report("Ministry A").model_copy(update={"id": "attribution-direct"})
    found = follow([AGENCY, MINISTRY, direct], [relay(AGENCY, MINISTRY)])
    assert names(found) == [["Site C", "Agency B", "Ministry A"], ["Site C", "Ministry A"]]
    assert (found.count, found.shortest, found.longest) == (2, 1, 2)


def test_a_relay_of_the_ministry_past_the_agency_makes_two_chains_too() -> None:
    third = report("Paper D")
    found = follow(
        [third, AGENCY, MINISTRY],
        [relay(third, AGENCY), relay(AGENCY, MINISTRY), relay(third, MINISTRY)],
    )
    assert names(found) == [
        ["Site C", "Paper D", "Agency B", "Ministry A"],
        ["Site C", "Paper D", "Ministry A"],
    ]
    assert (found.shortest, found.longest) == (2, 3)


def test_each_step_says_who_through_what_by_which_cue_and_when() -> None:
    found = follow([AGENCY, MINISTRY], [relay(AGENCY, MINISTRY)])
    outer, _, inner = found.chains[0].steps
    assert (outer.attribution_id, outer.channel, outer.cue, outer.source) == (None, None, "", None)
    assert (inner.channel, inner.cue) == (Channel.TWEET_OR_POST, "tweeted")
    assert inner.source == MINISTRY.source
    assert {(step.date, step.outlet) for step in found.chains[0].steps} == {(MARCH, "Site C")}


def test_roots_are_relayed_by_none_and_sinks_taken_from_none() -> None:
    found = follow([AGENCY, MINISTRY], [relay(AGENCY, MINISTRY)])
    assert [step.name for step in found.roots] == ["Agency B"]
    assert [step.name for step in found.sinks] == ["Ministry A"]


def test_an_unresolved_source_is_called_what_the_text_calls_it() -> None:
    found = follow([report("a source", resolved=False)], [])
    assert [step.name for step in found.sinks] == ["a source"]


def test_a_relay_that_leads_elsewhere_is_left_aside() -> None:
    found = follow([AGENCY], [relay(AGENCY, MINISTRY)])
    assert names(found) == [["Site C", "Agency B"]]


def test_three_that_cite_each_other_in_a_circle_are_one_step() -> None:
    one, two, three = (report(name) for name in "XYZ")
    found = follow([one, two, three], [relay(one, two), relay(two, three), relay(three, one)])
    assert found.loops == ((one.id, two.id, three.id),)
    assert names(found) == [["Site C", "X"]]
    assert found.chains[0].steps[1].loop == (one.id, two.id, three.id)
    assert (found.shortest, found.longest) == (1, 1)


def test_a_circle_with_a_way_out_ends_where_the_way_leads() -> None:
    one, two, origin = report("X"), report("Y"), report("O")
    found = follow([one, two, origin], [relay(one, two), relay(two, one), relay(two, origin)])
    assert names(found) == [["Site C", "X", "O"]]
    assert [step.name for step in found.sinks] == ["O"]
    assert len(found.loops) == 1


def test_a_report_said_to_be_taken_from_itself_is_no_circle() -> None:
    found = follow([AGENCY], [relay(AGENCY, AGENCY)])
    assert (found.loops, found.count) == ((), 1)


def test_nothing_has_no_chain() -> None:
    found = follow([], [])
    assert (found.chains, found.count, found.shortest, found.longest) == ((), 0, 0, 0)


def test_each_article_is_an_outer_end_of_its_own() -> None:
    elsewhere = report("Agency B2", at=document("Site D"))
    found = follow([AGENCY, elsewhere], [])
    assert names(found) == [["Site C", "Agency B"], ["Site D", "Agency B2"]]


def test_a_very_long_chain_is_shown_cut_and_measured_whole() -> None:
    line = [report(f"R{number}") for number in range(5000)]
    found = follow(line, [relay(one, two) for one, two in itertools.pairwise(line)])
    chain = found.chains[0]
    assert (len(chain.steps), chain.cut) == (MOST_HOPS + 1, True)
    assert (chain.hops, found.longest, found.count) == (5000, 5000, 1)


@pytest.mark.parametrize("hops", [MOST_HOPS, MOST_HOPS + 1])
def test_a_chain_is_cut_only_beyond_the_bound(hops: int) -> None:
    line = [report(f"R{number}") for number in range(hops)]
    found = follow(line, [relay(one, two) for one, two in itertools.pairwise(line)])
    assert found.chains[0].cut is (hops > MOST_HOPS)
    assert len(found.chains[0].steps) == MOST_HOPS + 1


def test_more_chains_than_can_be_listed_are_counted_without_walking_them() -> None:
    """Forty layers of two, each relaying both of the next: 2 ** 40 chains."""
    layers = [[report(f"L{layer}a"), report(f"L{layer}b")] for layer in range(40)]
    edges = [
        relay(child, parent)
        for upper, lower in itertools.pairwise(layers)
        for child in upper
        for parent in lower
    ]
    found = follow([one for layer in layers for one in layer], edges)
    assert (found.count, found.shortest, found.longest) == (2**40, 40, 40)
    assert len(found.chains) == MOST_CHAINS


@settings(max_examples=200)
@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6))))
def test_chains_are_the_simple_paths_of_the_condensed_graph(edges: set[tuple[int, int]]) -> None:
    """Against networkx' own enumeration, circles and all."""
    reports = [report(f"R{number}") for number in range(7)]
    found = follow(reports, [relay(reports[child], reports[parent]) for child, parent in edges])
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(7))
    graph.add_edges_from(edges)
    knots = nx.condensation(graph)
    roots = [knot for knot in knots if knots.in_degree(knot) == 0]
    sinks = [knot for knot in knots if knots.out_degree(knot) == 0]
    lengths = sorted(
        len(path) if root != sink else 1
        for root in roots
        for sink in sinks
        for path in (nx.all_simple_paths(knots, root, sink) if root != sink else [[root]])
    )
    assert sorted(chain.hops for chain in found.chains) == lengths
    assert (found.count, found.shortest, found.longest) == (
        len(lengths),
        lengths[0],
        lengths[-1],
    )
    assert (len(found.roots), len(found.sinks)) == (len(roots), len(sinks))
