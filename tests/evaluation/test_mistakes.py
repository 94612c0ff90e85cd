"""Mistakes are grouped by what probably caused them, and shown in context."""

from __future__ import annotations

import pytest

from claimtrack.evaluation.lines import Lines
from claimtrack.evaluation.mistakes import Cause, Fault, Mistake, grouped, mistakes
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
        [(Fault.MISSED, Cause.BOUNDARY), (Fault.SPURIOUS, Cause.BOUNDARY)],
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
        [(Fault.MISSED, Cause.RELAY), (Fault.SPURIOUS, Cause.RELAY)],
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


def test_a_long_text_is_cut_around_the_attribution() -> None:
    text = "aa bb. " * 30 + "Lena said it." + " cc dd." * 30
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


def test_the_commonest_cause_of_a_fault_comes_first() -> None:
    pred = lines(
        one("Lena", "said", "open"),
        one("", "added", "Rail"),
        one("", "shut", "is shut"),
    )
    groups = grouped(found(GOLD, pred))
    assert [(fault, cause, len(group)) for (fault, cause), group in groups.items()] == [
        (Fault.MISSED, Cause.BOUNDARY, 1),
        (Fault.MISSED, Cause.CUE, 1),
        (Fault.SPURIOUS, Cause.CUE, 2),
        (Fault.SPURIOUS, Cause.BOUNDARY, 1),
    ]
