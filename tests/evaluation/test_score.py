"""Every measure, on cases small enough to work out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import ScoreError
from claimtrack.evaluation.judged import characters
from claimtrack.evaluation.lines import Lines, by_id
from claimtrack.evaluation.score import Scores, score

from .building import GOLD, LENA, OMAR, TEXT, at, lines, one

SHUT = one("Lena", "added", "Rail is shut")
SHUT_UNSOURCED = one("", "added", "Rail is shut")
SHUT_BY_OMAR = one("Omar", "believes", "Rail is shut")


def figure(gold: Lines, pred: Lines, name: str) -> float:
    """Return one figure, named like "attribution.f1"."""
    measure, key = name.rsplit(".", 1)
    return score(gold, pred, resamples=0).measures[measure][key].value


CASES: list[tuple[str, Lines, Lines, dict[str, float]]] = [
    (
        "gold against itself is perfect",
        GOLD,
        GOLD,
        {
            "content.exact.f1": 1,
            "content.partial.f1": 1,
            "content.soft.f1": 1,
            "attribution.f1": 1,
            "source_accuracy.acc": 1,
            "cue_accuracy.acc": 1,
        },
    ),
    (
        "an article without a prediction is wholly missed",
        GOLD,
        {},
        {"content.exact.f1": 0, "content.partial.r": 0, "attribution.r": 0},
    ),
    (
        "quotation marks at the ends do not matter",
        GOLD,
        lines(one("Lena", "said", "The bridge is open"), OMAR),
        {"content.exact.f1": 1},
    ),
    (
        "pieces with only a space between them are one",
        GOLD,
        lines(one("Lena", "said", "The bridge", "is open"), OMAR),
        {"content.exact.f1": 1},
    ),
    (
        "a wrong source and no cue cost what they should",
        GOLD,
        lines(one("Omar", "", '"The bridge is open,"'), OMAR),
        {
            "content.exact.f1": 1,
            "attribution.f1": 0.5,
            "source_accuracy.acc": 0.5,
            "cue_accuracy.acc": 0.5,
        },
    ),
    (
        # "e bridge" is 8 of the 16 characters of "e bridge is open".
        "half of a content is still the content, not exactly",
        lines(one("Lena", "said", "e bridge is open"), OMAR),
        lines(one("Lena", "said", "e bridge"), OMAR),
        {
            "content.exact.f1": 0.5,
            "content.partial.f1": 1,
            "content.soft.p": 1,
            "content.soft.r": 0.75,
        },
    ),
    (
        "less than half is another content",
        GOLD,
        lines(one("Lena", "said", "open"), OMAR),
        {"content.partial.f1": 0.5, "content.soft.p": 1},
    ),
    (
        "saying it twice is once too often",
        GOLD,
        lines(LENA, LENA, OMAR),
        {"content.exact.p": Fraction(2, 3), "content.exact.r": 1},
    ),
    (
        "no source on either side is agreement",
        lines(SHUT_UNSOURCED),
        lines(SHUT_UNSOURCED),
        {"attribution.f1": 1},
    ),
    (
        "a source on one side only is not",
        lines(SHUT_UNSOURCED),
        lines(SHUT),
        {"attribution.f1": 0, "content.partial.f1": 1},
    ),
    (
        "of two attributions of one content each finds its own",
        lines(SHUT_BY_OMAR, SHUT),
        lines(SHUT, SHUT_BY_OMAR),
        {"attribution.f1": 1},
    ),
]


@pytest.mark.parametrize(
    ("gold", "pred", "figures"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_measure_counts_what_it_says(gold: Lines, pred: Lines, figures: dict[str, float]) -> None:
    got = {name: figure(gold, pred, name) for name in figures}
    assert got == {name: pytest.approx(float(value)) for name, value in figures.items()}


FIRST = {**LENA, "id": "1", "channel": "tweet_or_post"}
SECOND = {**OMAR, "id": "2", "via": "1", "stance": "distancing", "source_type": "government"}
RICH = lines(FIRST, SECOND)

ATTRIBUTES: list[tuple[str, Lines, Lines, dict[str, float]]] = [
    (
        "attributes and relays against themselves are perfect",
        RICH,
        RICH,
        {"relay.f1": 1, "channel.f1": 1, "stance.f1": 1, "source_type.acc": 1},
    ),
    (
        "a default value where gold has another is a miss",
        RICH,
        GOLD,
        {"relay.r": 0, "channel.r": 0, "stance.r": 0},
    ),
    (
        "the common value earns nothing",
        RICH,
        RICH,
        {"kind.f1": 0, "assertion.f1": 0},
    ),
    (
        "a relay of the wrong attribution is none",
        RICH,
        lines(FIRST, {**SECOND, "via": "2"}),
        {"relay.p": 0, "relay.r": 0},
    ),
    (
        "another type of source is wrong",
        RICH,
        lines(FIRST, {**SECOND, "source_type": "expert"}),
        {"source_type.acc": 0},
    ),
]


@pytest.mark.parametrize(
    ("gold", "pred", "figures"),
    [case[1:] for case in ATTRIBUTES],
    ids=[case[0] for case in ATTRIBUTES],
)
def test_attributes_are_judged_by_their_uncommon_values(
    gold: Lines, pred: Lines, figures: dict[str, float]
) -> None:
    assert {name: figure(gold, pred, name) for name in figures} == figures


def test_attributes_that_gold_does_not_have_are_not_judged() -> None:
    measures = score(GOLD, RICH, resamples=0).measures
    bases = {name: measures[name]["p"].base for name in ("stance", "channel", "relay")}
    assert bases == {"stance": 0, "channel": 0, "relay": 0}


def test_sizes_say_what_was_compared() -> None:
    sizes = score(GOLD, {}, resamples=0).as_json()["sizes"]
    assert sizes == {"articles": 1, "missing_in_pred": 1, "gold": 2, "pred": 0}


def test_intervals_hold_the_figure_and_are_the_same_every_time() -> None:
    right = {"id": "1", "text": TEXT, "attributions": [LENA]}
    gold = by_id((f"gold:{n}", {**right, "id": str(n)}) for n in range(9))
    pred = by_id((f"pred:{n}", {**right, "id": str(n)}) for n in range(5))
    scores = [score(gold, pred, resamples=200) for _ in range(2)]
    recall = scores[0].measures["attribution"]["r"]
    assert recall.interval is not None
    assert recall.interval[0] < recall.value == 5 / 9 < recall.interval[1]
    assert scores[0] == scores[1]


def test_without_resamples_there_are_no_intervals() -> None:
    assert not any(
        key.endswith("_ci")
        for measure in score(GOLD, GOLD, resamples=0).as_json().values()
        for key in measure
    )


def test_no_articles_give_figures_of_nought() -> None:
    empty: Scores = score({}, {})
    assert empty.measures["attribution"]["f1"].value == 0
    assert empty.sizes.articles == 0


BAD: list[tuple[str, Lines, str]] = [
    (
        "an article that gold lacks",
        lines(key="b"),
        "file.jsonl:1: article 'b' is not in gold (1 such)",
    ),
    (
        "a span past the end",
        lines({"content": [[0, 999]]}),
        f"0, content: span [0, 999] is not [start, end) within 0..{len(TEXT)}",
    ),
    (
        "the attribution",
        lines(LENA, {"content": [[9, 0]]}),
        "file.jsonl:1: article 'a', attribution 1",
    ),
    ("an empty span", lines({"cue": [[5, 5]]}), "cue: span [5, 5] is not"),
    ("a span turned round", lines({"cue": [[5, 3]]}), "cue: span [5, 3] is not"),
    ("a negative offset", lines({"cue": [[-2, 3]]}), "span [-2, 3] is not"),
    ("true for one", lines({"cue": [[0, True]]}), "span [0, True] is not"),
    ("a span of three", lines({"cue": [[0, 1, 2]]}), "span [0, 1, 2] is not"),
    ("a span that is a word", lines({"cue": ["said"]}), "span 'said' is not"),
    ("spans that are no list", lines({"cue": "said"}), "cue: 'said' is not a list"),
    ("an id that is a list", lines({"id": ["1"]}), "`id` is ['1']"),
    ("a via that is an object", lines({"via": {}}), "`via` is {}"),
]


@pytest.mark.parametrize(
    ("pred", "message"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_what_cannot_be_compared_is_named_with_file_and_line(pred: Lines, message: str) -> None:
    with pytest.raises(ScoreError) as caught:
        score(GOLD, pred)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_gold_article_needs_its_text() -> None:
    gold = by_id([("gold.jsonl:4", {"id": "a", "attributions": []})])
    with pytest.raises(ScoreError, match=r"gold.jsonl:4: article 'a' has no text"):
        score(gold, {})


@given(
    st.text("ab «.,»", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=4),
)
def test_normalised_spans_stay_within_what_was_given(
    text: str, given_spans: list[tuple[int, int]]
) -> None:
    spans: list[Any] = [[a, b] for a, b in given_spans if a < b <= len(text)]
    found = characters(text, spans, "x")
    letters = {i for start, end in spans for i in range(start, end) if text[i] in "ab"}
    assert letters <= found
    if letters:
        assert {i for i in found if text[i] in "ab"} == letters
        assert text[min(found)] in "ab"
        assert text[max(found)] in "ab"


def test_spans_of_nothing_but_marks_are_kept() -> None:
    assert characters("قال: نعم", [[3, 4]], "x") == {3}
    assert at("Lena") == [[22, 26]]
