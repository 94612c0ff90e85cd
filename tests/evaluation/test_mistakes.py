"""Mistakes are grouped by what probably caused them, and shown in context."""

from __future__ import annotations

import pytest

from claimtrack.evaluation.lines import Lines
from claimtrack.evaluation.mistakes import Cause, Fault, Mistake, grouped, mistakes, tally
from claimtrack.evaluation.score import compare

from .building import GOLD, LENA, OMAR, lines, one

OUTER = {**LENA, "id": "1"}
INNER = {**OMAR, "id": "2", "via": "1"}


def found(gold: Lines, pred: Lines) -> list[Mistake]:
    return mistakes(compare(gold, pred))


CASES: list[tuple[str, Lines, Lines, list[tuple[Fault, Cause]]]] = [
    ("nothing is wrong", GOLD, GOLD, []),
    ("a cue nobody knew", GOLD, lines(LENA), [(Fault.MISSED, Cause.CUE)]),
    (
        "a cue with another content",
        GOLD,
        lines(LENA, one("Omar", "believes", "Rail is shut")),
        [(Fault.WRONG, Cause.BOUNDARY)],
    ),
    (
        "a cue with another content and another source",
        GOLD,
        lines(LENA, one("Lena", "believes", "Rail is shut")),
        [(Fault.WRONG, Cause.BOUNDARY), (Fault.WRONG, Cause.SOURCE)],
    ),
    (
        "a cue that reports two things, of which one was found",
        lines(LENA, OMAR, one("Omar", "believes", "Rail is shut")),
        GOLD,
        [(Fault.MISSED, Cause.BOUNDARY)],
    ),
    (
        "a cue that reports one thing, and another was found beside it",
        GOLD,
        lines(LENA, OMAR, one("Omar", "believes", "Rail is shut")),
        [(Fault.SPURIOUS, Cause.BOUNDARY)],
    ),
    (
        "a relayed attribution that was not found beside another with its cue",
        lines(OUTER, INNER, {**one("Omar", "believes", "Rail is shut"), "id": "3", "via": "1"}),
        lines(OUTER, INNER),
        [(Fault.MISSED, Cause.RELAY)],
    ),
    (
        "an attribution that says nothing at all",
        GOLD,
        lines(LENA, OMAR, {"source": [], "cue": [], "content": []}),
        [(Fault.SPURIOUS, Cause.CUE)],
    ),
    (
        "a word that is no cue",
        GOLD,
        lines(LENA, OMAR, one("", "added", "Rail is shut")),
        [(Fault.SPURIOUS, Cause.CUE)],
    ),
    (
        "a relayed attribution whose cue was used for another",
        lines(OUTER, INNER),
        lines(OUTER, one("Omar", "believes", "Rail is shut", id="2", via="1")),
        [(Fault.WRONG, Cause.BOUNDARY)],
    ),
    (
        "a content that goes too far",
        GOLD,
        lines(LENA, one("Omar", "believes", "that prices fell. Rail")),
        [(Fault.WRONG, Cause.BOUNDARY)],
    ),
    (
        "another source",
        GOLD,
        lines(LENA, one("Lena", "believes", "that prices fell")),
        [(Fault.WRONG, Cause.SOURCE)],
    ),
    (
        "a link that is missing",
        lines(OUTER, INNER),
        lines(OUTER, {**INNER, "via": None}),
        [(Fault.WRONG, Cause.RELAY)],
    ),
    (
        "a link that is too many",
        lines(OUTER, {**INNER, "via": None}),
        lines(OUTER, INNER),
        [(Fault.WRONG, Cause.RELAY)],
    ),
    (
        "a link to the wrong attribution",
        lines(OUTER, INNER),
        lines(OUTER, {**INNER, "via": "2"}),
        [(Fault.WRONG, Cause.RELAY)],
    ),
]


@pytest.mark.parametrize(
    ("gold", "pred", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_mistake_has_a_fault_and_a_cause(
    gold: Lines, pred: Lines, expected: list[tuple[Fault, Cause]]
) -> None:
    assert [(one.fault, one.cause) for one in found(gold, pred)] == expected


def test_a_mistake_shows_both_sides_and_the_words_around() -> None:
    guess = one("Omar", "believes", "that prices", "fell", pattern="verb-that")
    got = found(lines(one("Lena", "believes", "that prices fell")), lines(guess))
    assert [mistake.as_json() for mistake in got] == [
        {
            "fault": "wrong",
            "cause": "source",
            "place": "file.jsonl:1",
            "article": "a",
            "gold": {"source": "Lena", "cue": "believes", "content": "that prices fell"},
            "pred": {"source": "Omar", "cue": "believes", "content": "that prices … fell"},
            "pattern": "verb-that",
            "context": '"The bridge is open," [Lena] said. Omar {believes} '
            "⟦that prices fell⟧. Rail is shut, she added.",
        }
    ]


@pytest.mark.parametrize("filling", ["aa bb. ", "aa\nbb.\n", "aabbccddee"])
def test_a_long_text_is_cut_around_the_attribution(filling: str) -> None:
    text = filling * 30 + " Lena said it. " + filling * 30
    start = text.index("Lena")
    spans = {
        "source": [[start, start + 4]],
        "cue": [[start + 5, start + 9]],
        "content": [[start + 10, start + 12]],
    }
    (mistake,) = found(lines(spans, text=text), {})
    assert mistake.context.startswith("…")
    assert mistake.context.endswith("…")
    assert "[Lena] {said} ⟦it⟧." in mistake.context
    assert len(mistake.context) < 160
    if " " in filling:
        assert set(mistake.context.strip("…").split()) == {"aa", "bb.", "[Lena]", "{said}", "⟦it⟧."}


def test_who_relays_is_known_on_both_sides() -> None:
    third = {**one("", "added", "Rail"), "id": "3"}
    (mistake,) = found(lines(OUTER, INNER, third), lines(OUTER, {**INNER, "via": "3"}, third))
    assert mistake.wanted is not None
    assert mistake.guess is not None
    relayers = [mistake.relayer(side) for side in (mistake.wanted, mistake.guess)]
    assert [each and each.key for each in relayers] == ["1", "3"]
    (other,) = found(lines(OUTER, INNER), lines(OUTER, {**INNER, "via": None}))
    assert other.guess is not None
    assert other.relayer(other.guess) is None


def test_the_commonest_cause_comes_first_and_faults_are_counted() -> None:
    pred = lines(
        one("Lena", "said", "open"),
        one("", "added", "Rail"),
        one("", "shut", "is shut"),
    )
    groups = grouped(found(GOLD, pred))
    assert [(cause, tally(group)) for cause, group in groups.items()] == [
        (Cause.CUE, "1 missed, 2 spurious"),
        (Cause.BOUNDARY, "1 wrong"),
    ]
