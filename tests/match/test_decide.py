"""What becomes of two reports that were compared."""

from __future__ import annotations

import pytest

from claimtrack.match.compare import Comparison
from claimtrack.match.decide import Setting, decide
from claimtrack.match.evidence import Evidence
from claimtrack.model.vocabulary import Assertion, Precision, Relation, Sign, Weight

ONE_EVENT = Setting(
    matter=0.6,
    copied=False,
    left=(None, Precision.UNKNOWN),
    right=(None, Precision.UNKNOWN),
    assertions=(Assertion.ASSERT, Assertion.ASSERT),
)
ANOTHER = ONE_EVENT._replace(matter=0.1)
TOLL = Evidence(sign=Sign.NUMBER, weight=Weight.FOR, left="four", right="أربعة", about="kill")


@pytest.mark.parametrize(
    ("score", "evidence", "setting", "same"),
    [
        (0.60, (), ONE_EVENT, True),
        (0.50, (TOLL,), ONE_EVENT, True),  # the same number is more than likeness
        (0.50, (), ONE_EVENT, False),  # of one matter, but who knows
        (0.60, (), ANOTHER, False),
        (0.90, (), ANOTHER, True),  # so alike that it does not matter what the articles are of
    ],
)
def test_what_is_not_clear_is_suggested_and_joins_nothing(
    score: float, evidence: tuple[Evidence, ...], setting: Setting, same: bool
) -> None:
    found = Comparison(relation=Relation.SAME, score=score, evidence=evidence)
    decision = decide(found, setting)
    assert (decision.same, decision.suggested) == (same, not same)
