"""A trace leads from the site that published a claim to whoever said it."""

from __future__ import annotations

import json

import pytest

from claimtrack.analysis.findings import full_trace
from claimtrack.analysis.loops import Loop
from claimtrack.analysis.trace import Trace, trace
from claimtrack.errors import UnknownIdError
from claimtrack.match.link import link
from claimtrack.model.vocabulary import Channel, ClaimRelationKind, LoopLevel
from claimtrack.store import Store, read
from claimtrack.store.content import claim_id
from claimtrack.store.relations import ClaimRelation
from tests.match.stories import AGENCY, AT, CHAIN, MINISTRY, TAX, Story, Told, said_by, story

DIRECT = story(
    f"وكتبت وزارة المالية القمرية: {TAX}.",
    Told(TAX, "وزارة المالية القمرية", "كتبت", said_by(MINISTRY, channel=Channel.TWEET_OR_POST)),
    outlet="Site C",
)
# The agency hands on two things at once: its report is neither of the two claims.
TWO = f"{TAX} وإن الرواتب سترتفع في نيسان القادم أيضا"
BOTH = story(
    f"ذكرت وكالة أنباء قمرية أن وزارة المالية القمرية قالت إن {TWO}.",
    Told(
        f"وزارة المالية القمرية قالت إن {TWO}",
        "وكالة أنباء قمرية",
        "ذكرت",
        said_by(AGENCY),
    ),
    Told(TAX, "وزارة المالية القمرية", "قالت", said_by(MINISTRY, via="1")),
    Told(
        "الرواتب سترتفع في نيسان القادم أيضا",
        "وزارة المالية القمرية",
        "قالت",
        said_by(MINISTRY, via="1"),
    ),
)


def traced(store: Store, *stories: Story, of: int = 0, key: str = "1") -> Trace:
    """Add stories, link them, and trace the claim of one report."""
    for one in stories:
        link(store, one.add(store), at=AT, user="tester")
    reports = read.version_attributions(store.connection, stories[of].version.id)
    (wanted,) = (one for one in reports if one.key == key)
    return trace(store.connection, claim_id(wanted.id))


def names(found: Trace) -> list[list[str]]:
    return [[step.name for step in chain.steps] for chain in found.chains]


def test_a_site_citing_an_agency_citing_a_ministrys_post_is_two_hops(store: Store) -> None:
    found = traced(store, CHAIN)
    assert names(found) == [
        ["Site C", "Qamaria News Agency", "Ministry of Finance of Qamaria"],
    ]
    assert (found.shortest, found.longest, found.count) == (2, 2, 1)
    assert [(step.channel, step.cue, step.date.iso()) for step in found.chains[0].steps] == [
        (None, "", "2025-03-03"),
        (Channel.REPORT, "نقلت", "2025-03-03"),
        (Channel.TWEET_OR_POST, "قولها", "2025-03-03"),
    ]


def test_a_direct_link_beside_it_gives_one_hop_at_least_and_two_at_most(store: Store) -> None:
    found = traced(store, CHAIN, DIRECT)
    assert names(found) == [
        ["Site C", "Qamaria News Agency", "Ministry of Finance of Qamaria"],
        ["Site C", "Ministry of Finance of Qamaria"],
    ]
    assert (found.shortest, found.longest, found.count) == (1, 2, 2)
    assert len(found.attributions) == 3


@pytest.mark.parametrize("key", ["1", "2"])
def test_a_joined_claim_answers_to_each_of_its_ids(store: Store, key: str) -> None:
    found = traced(store, CHAIN, key=key)
    assert len(found.attributions) == 2
    assert found.claim_id == found.attributions[0].claim_id
    assert found.text == found.attributions[1].words("content")  # the first relays it
    assert found.lang == "ar"


def test_who_handed_a_claim_on_together_with_another_is_in_its_chain(store: Store) -> None:
    found = traced(store, BOTH, key="2")
    assert names(found) == [["Site C", "Qamaria News Agency", "Ministry of Finance of Qamaria"]]
    assert [one.key for one in found.attributions] == ["2"]


def test_a_report_of_two_claims_leads_to_both(store: Store) -> None:
    found = traced(store, BOTH, key="1")
    assert (found.count, found.longest, len(found.sinks)) == (2, 2, 2)


def test_a_claim_that_nobody_has_is_refused(store: Store) -> None:
    with pytest.raises(UnknownIdError, match="claim-0"):
        trace(store.connection, "claim-" + "0" * 32)


def test_a_trace_prints_as_a_tree_and_as_markdown(store: Store) -> None:
    found = traced(store, CHAIN)
    about = f"{found.claim_id} · 2 reports · 1 chain of 2 hops"
    text = f"\u2068{found.text}\u2069"
    tree, marked = found.as_tree().splitlines(), found.as_markdown().splitlines()
    assert tree[:4] == [text, about, "", "└─ Site C · 2025-03-03"]
    assert "Ministry of Finance of Qamaria" in tree[-1]
    assert marked[:5] == [f"# {text}", "", about, "", "## Chain 1: 2 hops"]
    assert [line[:3] for line in marked[6:9]] == ["1. ", "2. ", "3. "]


def test_text_says_how_many_circles_and_relations_it_leaves_out(store: Store) -> None:
    full = full_trace(store.connection, traced(store, DIRECT).claim_id)
    circle = Loop(level=LoopLevel.OUTLET, members=("a", "b"), turns=(), seed=None, origin=False)
    relation = ClaimRelation(
        left="claim-a", right="claim-b", kind=ClaimRelationKind.NEGATES, score=1, evidence="not"
    )
    dispute = full.findings.dispute.model_copy(update={"relations": (relation,) * 20})
    findings = full.findings.model_copy(update={"loops": (circle,) * 15, "dispute": dispute})
    lines = full.model_copy(update={"findings": findings}).as_tree(str).splitlines()
    assert lines.count("Circle of outlets: a, b") == lines.count(
        "negates: claim-a and claim-b (not)"
    )
    assert [line for line in lines if line.startswith("and ")] == ["and 3 more", "and 8 more"]


def test_one_report_is_counted_as_one(store: Store) -> None:
    assert "· 1 report ·" in traced(store, DIRECT).as_tree()


def test_a_trace_is_json_whose_chains_can_be_walked(store: Store) -> None:
    found = json.loads(traced(store, CHAIN, DIRECT).model_dump_json())
    assert [chain["hops"] for chain in found["chains"]] == [2, 1]
    assert (found["count"], found["shortest"], found["longest"]) == (2, 1, 2)
    assert found["chains"][0]["steps"][1]["source"]["name"] == "Qamaria News Agency"


@pytest.mark.parametrize("key", ["1", "2", "3"])
def test_with_all_findings_a_trace_is_the_same_but_for_the_sentences_around_reports(
    store: Store, key: str
) -> None:
    plain = traced(store, BOTH, CHAIN, DIRECT, key=key)
    full = full_trace(store.connection, plain.claim_id)
    for name in set(type(plain).model_fields) - {"attributions"}:
        assert getattr(full, name) == getattr(plain, name), name
    for one, other in zip(full.attributions, plain.attributions, strict=True):
        assert one.model_copy(update={"context": other.context}) == other
        assert one.context.text in other.context.text
