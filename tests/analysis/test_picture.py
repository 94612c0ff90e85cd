"""A claim's provenance as a picture: each source once, no two nodes in one place."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.analysis.layering import lay_out
from claimtrack.analysis.picture import EdgeKind, NodeKind, Picture, picture
from claimtrack.analysis.web import Web

from .webs import made, named, nobody, report

CLAIM = ("claim", "the dam is full", "en")


def drawn(web: Web, most: int = 300) -> Picture:
    return picture(web, CLAIM, most)


def lines(found: Picture) -> dict[tuple[str, str], EdgeKind]:
    return {(line.start, line.end): line.kind for line in found.lines}


def kinds(found: Picture) -> dict[str, NodeKind]:
    return {node.key: node.kind for node in found.nodes}


def test_articles_that_name_one_source_lead_to_one_node() -> None:
    some = [report(name, source_id="ministry", source_name="Ministry") for name in ("A", "B", "C")]
    found = drawn(made(some))
    assert kinds(found) == {
        "claim": NodeKind.CLAIM,
        "doc-A": NodeKind.ARTICLE,
        "doc-B": NodeKind.ARTICLE,
        "doc-C": NodeKind.ARTICLE,
        "ministry": NodeKind.ORIGIN,
    }
    assert lines(found) == {
        **{("claim", f"doc-{name}"): EdgeKind.STATES for name in "ABC"},
        **{(f"doc-{name}", "ministry"): EdgeKind.NAMES for name in "ABC"},
    }


def test_who_is_not_known_is_another_one_in_each_article() -> None:
    some = [report(name, source_id=None, source_words="officials") for name in ("A", "B")]
    found = drawn(made(some))
    assert len([node for node in found.nodes if node.label in {"A", "B"}]) == 2


def test_a_relay_within_an_article_leads_from_source_to_source() -> None:
    some = [report("agency", document_id="doc"), report("ministry", 1, document_id="doc")]
    found = drawn(made(some, [("agency", "ministry")]))
    assert lines(found) == {
        ("claim", "doc"): EdgeKind.STATES,
        ("doc", "source-agency"): EdgeKind.NAMES,
        ("source-agency", "source-ministry"): EdgeKind.RELAYS,
    }
    assert [node.layer for node in found.nodes] == [0, 1, 2, 3]


def test_a_named_agency_leads_to_the_article_it_was_taken_from() -> None:
    wire = report("wire", outlet="Agency", outlet_id="source-agency")
    child = report("child", 1, source_id="source-agency", source_name="Agency")
    found = drawn(made([wire, child], [("child", "wire")]))
    assert lines(found)["source-agency", "doc-wire"] is EdgeKind.RELAYS
    assert ("claim", "doc-wire") not in lines(found)


def test_a_copy_leads_to_what_it_is_a_copy_of_and_names_nobody_anew() -> None:
    first = report("first", source_id="ministry")
    copy = report("copy", 1, source_id="ministry")
    found = drawn(made([first, copy], [("copy", "first")]))
    assert lines(found)["doc-copy", "doc-first"] is EdgeKind.RELAYS
    assert ("doc-copy", "ministry") not in lines(found)


def test_an_outlets_own_voice_is_no_source_of_its_own() -> None:
    found = drawn(made([nobody("A")]))
    assert lines(found) == {("claim", "doc-A"): EdgeKind.STATES}


def test_a_circle_is_drawn_with_a_line_that_leads_back() -> None:
    web = made(named("A", "B", "C"), [("A", "B"), ("B", "C"), ("C", "A")])
    found = drawn(web)
    assert sum(line.back for line in found.lines) == 1
    assert "claim" in {line.start for line in found.lines}


def test_articles_beyond_what_can_be_read_are_left_out_and_counted() -> None:
    found = drawn(made(named(*(f"n{number:03}" for number in range(40)))), most=21)
    assert len(found.nodes) == 21
    assert found.left_out == 30
    ends = {end for line in found.lines for end in (line.start, line.end)}
    assert ends <= {node.key for node in found.nodes}


NAMES = st.sampled_from([f"n{number}" for number in range(12)])
PAIRS = st.lists(
    st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] != pair[1]), unique=True, max_size=30
)


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_no_two_nodes_share_a_place_and_lines_run_from_layer_to_layer(
    pairs: list[tuple[str, str]],
) -> None:
    nodes = [f"n{number}" for number in range(12)]
    laid = lay_out(nodes, pairs)
    for layer in set(laid.layer.values()):
        rows = sorted(laid.row[key] for key in nodes if laid.layer[key] == layer)
        assert all(after - before >= 1 for before, after in pairwise(rows))
        assert rows[0] >= 0.5
        assert rows[-1] <= laid.rows - 0.5
    for start, end in pairs:
        step = -1 if (start, end) in laid.back else 1
        passed = [layer for layer, _ in laid.points[start, end]]
        assert passed == list(range(laid.layer[start] + step, laid.layer[end], step))


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_every_web_can_be_drawn_and_all_of_it_hangs_on_the_claim(
    pairs: list[tuple[str, str]],
) -> None:
    found = drawn(made(named(*(f"n{number}" for number in range(12))), pairs))
    reached, before = {"claim"}, 0
    while len(reached) > before:
        before = len(reached)
        reached |= {line.end for line in found.lines if line.start in reached}
    assert {node.key for node in found.nodes} == reached
