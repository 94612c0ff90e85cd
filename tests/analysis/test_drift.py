"""What a claim loses and gains from hop to hop: words, numbers, its source, its doubts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.analysis.drift import drift, hops, inflation, number_drift, word_diff
from claimtrack.model.vocabulary import Assertion, Modality, NumberChange

from .webs import made, nobody, report


def numbers(parent: str, child: str, *langs: str) -> list[NumberChange]:
    ones = [
        report(name, text=text, lang=lang)
        for name, text, lang in zip("pc", (parent, child), langs or ("en", "en"), strict=True)
    ]
    return [one.change for one in number_drift(*ones)]


@pytest.mark.parametrize(
    ("parent", "child", "langs", "change"),
    [
        ("نحو ١٢٠ قتيلا", "120 killed", ("ar", "en"), NumberChange.QUALIFIER_LOST),
        ("100–150 dead", "150 dead", ("en", "en"), NumberChange.RANGE_COLLAPSED),
        ("1,200 trucks", "1.200 грузовиков", ("en", "ru"), NumberChange.SAME),
        ("12 dead", "20 dead", ("en", "en"), NumberChange.CHANGED),
        ("$4.85 million", "5 million dollars", ("en", "en"), NumberChange.ROUNDED),
        ("many dead", "20 dead", ("en", "en"), NumberChange.APPEARED),
        ("20 dead", "some died", ("en", "en"), NumberChange.DROPPED),
    ],
)
def test_a_number_is_the_same_or_it_is_said_what_became_of_it(
    parent: str, child: str, langs: tuple[str, str], change: NumberChange
) -> None:
    assert numbers(parent, child, *langs) == [change]


def test_numbers_are_paired_by_what_they_count() -> None:
    changes = numbers("5 killed and 7 wounded", "7 wounded and 6 killed")
    assert changes == [NumberChange.CHANGED, NumberChange.SAME]


def test_drift_is_none_for_the_same_words_in_any_order_and_some_for_others() -> None:
    base = report("p", text="five were killed")
    assert drift(report("c", text="five were killed"), base) == 0
    assert drift(report("c", text="were killed five"), base) == 0
    assert drift(report("c", text="five were killed or wounded"), base) > 0


def test_drift_across_languages_is_by_meaning_and_flagged() -> None:
    web = made(
        [report("p", text="the dam burst"), report("c", 1, text="плотина прорвана", lang="ru")],
        [("c", "p")],
    )
    (hop,) = hops(web, meanings=lambda texts: np.array([[1, 0], [0.75, 0.66]][: len(texts)]))
    assert (hop.translated, hop.drift, hop.changes) == (True, 0.25, ())


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=8), st.data())
def test_a_word_diff_gives_back_both_texts(before: list[str], data: st.DataObject) -> None:
    after = data.draw(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=8))
    changes = word_diff(" ".join(before), " ".join(after))
    child = " ".join(one.words for one in changes if one.kind != "removed")
    parent = " ".join(one.words for one in changes if one.kind != "added")
    assert (parent.split(), child.split()) == (before, after)


def test_the_source_is_lost_where_the_child_says_it_on_its_own_account() -> None:
    parent = report("Reuters: the ministry")
    flagged = made([parent, nobody("site", 1)], [("site", parent.id)])
    kept = made([parent, report("the ministry", 1)], [("the ministry", parent.id)])
    assert [hop.lost_source for hop in hops(flagged)] == [True]
    assert [hop.lost_source for hop in hops(kept)] == [False]


@pytest.mark.parametrize(
    ("parent", "child", "steps"),
    [
        (Modality.POSSIBLE, Modality.ASSERTED, 2),
        (Modality.ASSERTED, Modality.ASSERTED, 0),
        (Modality.CONFIRMED, Modality.REPORTED, -2),
    ],
)
def test_certainty_may_grow_on_the_way(parent: Modality, child: Modality, steps: int) -> None:
    assert inflation(report("c", modality=child), report("p", modality=parent)) == steps


def test_a_denial_is_the_least_certain() -> None:
    assert inflation(report("c"), report("p", assertion=Assertion.DENY)) == 3


def test_drift_is_told_per_hop_and_to_the_end_of_the_chain() -> None:
    web = made(
        [
            report("end", text="five were killed"),
            report("middle", 1, text="five were killed or wounded"),
            report("site", 2, text="six were killed or wounded"),
        ],
        [("site", "middle"), ("middle", "end")],
    )
    first, second = hops(web)
    assert first.drift == first.cumulative
    assert second.cumulative > second.drift > 0


def test_circles_are_no_endless_walk() -> None:
    web = made([report("a"), report("b", 1)], [("a", "b"), ("b", "a")])
    assert [hop.cumulative for hop in hops(web)] == [0.0, 0.0]
