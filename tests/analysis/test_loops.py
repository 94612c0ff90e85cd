"""Circular reporting shows on three levels, and is told where it likely began."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.analysis.loops import loops
from claimtrack.analysis.web import Web
from claimtrack.model.vocabulary import LoopLevel, SourceKind

from .webs import day, made, named, report


def levels(web: Web) -> dict[LoopLevel, list[tuple[str, ...]]]:
    found: dict[LoopLevel, list[tuple[str, ...]]] = {}
    for loop in loops(web):
        found.setdefault(loop.level, []).append(loop.members)
    return found


def test_three_that_cite_each_other_are_one_circle() -> None:
    web = made(named("A", "B", "C"), [("A", "B"), ("B", "C"), ("C", "A")])
    (loop,) = (one for one in loops(web) if one.level is LoopLevel.ATTRIBUTION)
    assert loop.members == ("A", "B", "C")
    assert not loop.origin
    assert len(loop.turns) == 3


def test_a_circle_that_something_leads_out_of_has_an_origin() -> None:
    web = made(named("A", "B", "O"), [("A", "B"), ("B", "A"), ("B", "O")])
    (loop,) = (one for one in loops(web) if one.level is LoopLevel.ATTRIBUTION)
    assert (loop.members, loop.origin) == (("A", "B"), True)


def test_a_wiki_that_cites_the_press_that_had_it_from_the_wiki_shows_between_works() -> None:
    wiki = [report(f"wiki#{at}", at, document_id="wiki", outlet="Wiki") for at in (1, 2)]
    press = report("press", 3, document_id="press", outlet="Press")
    web = made([*wiki, press], [("press", "wiki#1"), ("wiki#2", "press")])
    assert levels(web) == {
        LoopLevel.DOCUMENT: [("press", "wiki")],
        LoopLevel.OUTLET: [("press", "wiki")],
    }


def test_the_first_published_is_the_likely_seed_and_unknown_dates_name_none() -> None:
    dated = [
        report("A", 0, published=day("2031-05-02")),
        report("B", 1, published=day("2031-05-01")),
    ]
    edges = [("A", "B"), ("B", "A")]
    (loop,) = (one for one in loops(made(dated, edges)) if one.level is LoopLevel.ATTRIBUTION)
    assert loop.seed == "B"
    assert [turn.date.iso() for turn in loop.turns] == ["2031-05-02", "2031-05-01"]
    undated = made(named("A", "B"), edges)
    assert {one.seed for one in loops(undated)} == {None}


def test_outlets_that_name_each_other_are_a_circle_of_outlets_alone() -> None:
    some = [
        report("one", 0, outlet_id="naba", source_id="sada", source_kind=SourceKind.OUTLET),
        report("two", 1, outlet_id="sada", source_id="naba", source_kind=SourceKind.OUTLET),
    ]
    assert levels(made(some)) == {LoopLevel.OUTLET: [("naba", "sada")]}


def test_a_circle_of_registered_outlets_is_told_by_their_names() -> None:
    some = [
        report("one", 0, outlet="Naba", outlet_id="source-1", source_kind=SourceKind.OUTLET),
        report("two", 1, outlet="Sada", outlet_id="source-2", source_kind=SourceKind.OUTLET),
    ]
    found = loops(made(some, [("one", "two"), ("two", "one")]))
    names = {loop.level: [loop.called(one) for one in loop.members] for loop in found}
    assert names[LoopLevel.OUTLET] == ["Naba", "Sada"]


def test_two_outlets_that_cite_each_other_on_different_claims_are_no_circle() -> None:
    first = made([report("a1"), report("b1", 1)], [("a1", "b1")])
    second = made(
        [report("a2", outlet="outlet-a1"), report("b2", 1, outlet="outlet-b1")], [("b2", "a2")]
    )
    assert loops(first) == loops(second) == ()


NAMES = list("abcdef")
EDGES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=12)


@given(EDGES, st.permutations(NAMES))
@settings(max_examples=50)
def test_renaming_the_reports_changes_no_circle(
    edges: list[tuple[str, str]], names: list[str]
) -> None:
    other = dict(zip(NAMES, names, strict=True))
    before = levels(made(named(*NAMES), edges)).get(LoopLevel.ATTRIBUTION, [])
    renamed = made(named(*names), [(other[a], other[b]) for a, b in edges])
    after = levels(renamed).get(LoopLevel.ATTRIBUTION, [])
    assert sorted(tuple(sorted(other[each] for each in one)) for one in before) == sorted(after)
