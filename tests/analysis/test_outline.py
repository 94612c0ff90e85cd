"""Chains as text: everything is there, and no word of an article means more than itself."""

from __future__ import annotations

import itertools

import pytest

from claimtrack.analysis.chain import MOST_HOPS, follow
from claimtrack.analysis.outline import escaped, markdown, summary, tree
from claimtrack.model.vocabulary import Channel
from tests.analysis.reports import document, relay, report

AGENCY = report("Agency B", cue="cites", channel=Channel.REPORT)
MINISTRY = report("Ministry A", cue="tweeted", channel=Channel.TWEET_OR_POST)
CHAIN = follow([AGENCY, MINISTRY], [relay(AGENCY, MINISTRY)])


def test_a_tree_has_the_outlet_outside_and_the_origin_inside() -> None:
    assert tree(CHAIN).splitlines() == [
        "└─ Site C · 2025-03-03",
        "   └─ Agency B · “cites” · report · 2025-03-03",
        "      └─ Ministry A · “tweeted” · tweet or post · 2025-03-03",
    ]


def test_chains_of_one_article_share_its_branch() -> None:
    found = follow([AGENCY, report("Witness")], [])
    assert [line[:3] for line in tree(found).splitlines()] == ["└─ ", "   ", "   "]


def test_branches_beside_each_other_are_joined_by_a_line() -> None:
    found = follow(
        [AGENCY, MINISTRY, report("Y", at=document("Site D"))], [relay(AGENCY, MINISTRY)]
    )
    assert [line[:7] for line in tree(found).splitlines()] == [
        "├─ Site",
        "│  └─ A",
        "│     └",
        "└─ Site",
        "   └─ Y",
    ]


def test_markdown_numbers_the_steps_of_each_chain() -> None:
    assert markdown(CHAIN).splitlines() == [
        "## Chain 1: 2 hops",
        "",
        "1. **Site C** · 2025-03-03",
        "2. **Agency B** · “cites” · report · 2025-03-03",
        "3. **Ministry A** · “tweeted” · tweet or post · 2025-03-03",
    ]


def test_a_hostile_name_steers_nothing_and_a_pipe_may_have_the_words_alone() -> None:
    found = follow([report("نبأ\u202e\x1b[31m")], [])
    assert "\u2068نبأ��[31m\u2069" in tree(found)
    assert "└─ <نبأ" in tree(found, lambda words: f"<{words}>")


def test_the_article_is_linked_where_it_has_an_address() -> None:
    at = document(url="https://naba.example/a_(b)?q=1")
    found = follow([report("Agency B", at=at)], [])
    assert "[Tax to fall](<https://naba.example/a_(b)?q=1>)" in markdown(found)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://a.example/>x", "https://a.example/\u202e", "file:///etc", ""],
)
def test_no_other_address_becomes_a_link(url: str) -> None:
    assert "](" not in markdown(follow([report("B", at=document(url=url))], []))


def test_who_is_not_named_is_said_not_to_be() -> None:
    found = follow([report("", resolved=False, at=document(outlet=None))], [])
    assert [line.split(" · ")[0].strip("└─ ") for line in tree(found).splitlines()] == [
        "(outlet not stated)",
        "(nobody is named)",
    ]


def test_a_circle_is_named_in_tree_markdown_and_summary() -> None:
    one, two = report("X"), report("Y")
    found = follow([one, two], [relay(one, two), relay(two, one)])
    assert "a circle of 2 reports" in tree(found)
    assert "a circle of 2 reports" in markdown(found)
    assert summary(found) == "1 chain of 1 hop, 1 circle"


def test_a_cut_chain_says_that_it_goes_on() -> None:
    line = [report(f"R{number}") for number in range(MOST_HOPS + 5)]
    found = follow(line, [relay(one, two) for one, two in itertools.pairwise(line)])
    assert tree(found).splitlines()[-1].strip() == "└─ …"
    assert markdown(found).splitlines()[-1] == "(further steps are not shown)"
    assert markdown(found).startswith(f"## Chain 1: {MOST_HOPS + 5} hops")


def test_chains_that_are_not_listed_are_counted() -> None:
    layers = [[report(f"L{layer}a"), report(f"L{layer}b")] for layer in range(9)]
    edges = [
        relay(child, parent)
        for upper, lower in itertools.pairwise(layers)
        for child in upper
        for parent in lower
    ]
    found = follow([one for layer in layers for one in layer], edges)
    assert tree(found).splitlines()[-1] == "and 212 more chains"
    assert summary(found) == "512 chains of 9 hops"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a*b_c", r"a\*b\_c"),
        ("[x](javascript:y)", r"\[x\]\(javascript:y\)"),
        ("<script>", r"&lt;script\>"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_words_of_articles_are_no_markdown(text: str, shown: str) -> None:
    assert escaped(text) == shown
