"""What becomes of two reports that were compared."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from claimtrack.match.compare import Comparison
from claimtrack.match.decide import Decision, Setting, decide, promising
from claimtrack.match.evidence import Evidence
from claimtrack.model.vocabulary import (
    Assertion,
    ClaimRelationKind,
    Precision,
    Relation,
    Sign,
    Weight,
)

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
    decision = decide(alike(score, evidence), setting)
    assert (decision.same, decision.suggested) == (same, not same)


def alike(score: float, evidence: tuple[Evidence, ...] = (), shared: int = 2) -> Comparison:
    """Return what two contents are that may be one, and speak of so many of the same things."""
    things = ("bridge", "camp")[:shared]
    return Comparison(relation=Relation.SAME, score=score, evidence=evidence, shared=things)


@pytest.mark.parametrize(("score", "same"), [(0.60, False), (0.72, True)])
def test_one_thing_that_both_speak_of_is_not_enough(score: float, same: bool) -> None:
    assert decide(alike(score, shared=1), ONE_EVENT).same == same


@pytest.mark.parametrize(
    ("setting", "same"),
    [
        (ONE_EVENT, False),
        (ONE_EVENT._replace(one_source=True), True),
        (ANOTHER._replace(one_source=True), False),
    ],
)
def test_what_one_source_says_twice_may_be_less_alike_if_nothing_is_more(
    setting: Setting, same: bool
) -> None:
    decision = decide(alike(0.50), setting)
    assert (decision.same, decision.unrivalled) == (same, same)


def on(day: int, setting: Setting = ONE_EVENT) -> Setting:
    """Return a setting whose first article is of the first of May, the second of another day."""
    first, other = (datetime(2031, 5, each, tzinfo=UTC) for each in (1, day))
    return setting._replace(left=(first, Precision.DAY), right=(other, Precision.DAY))


CONVOY = TOLL.model_copy(update={"about": "vehicle"})
DENIED = ONE_EVENT._replace(assertions=(Assertion.ASSERT, Assertion.DENY))


@pytest.mark.parametrize(
    ("evidence", "setting", "same"),
    [
        ((), DENIED, True),
        ((), ONE_EVENT, False),
        ((), ANOTHER._replace(assertions=DENIED.assertions), False),
        ((CONVOY,), ONE_EVENT, True),
        ((CONVOY,), ANOTHER, False),
        ((CONVOY.model_copy(update={"about": ""}),), ONE_EVENT, False),
    ],
)
def test_a_denial_or_a_count_of_what_both_speak_of_joins_what_is_hardly_alike(
    evidence: tuple[Evidence, ...], setting: Setting, same: bool
) -> None:
    found = alike(0.48, evidence).model_copy(update={"relation": Relation.RELATED})
    decision = decide(found, setting)
    assert (decision.same, decision.unrivalled) == (same, same)


FIGURE = TOLL.model_copy(update={"left": "4", "right": "4", "value": 4})


@pytest.mark.parametrize(
    ("evidence", "setting", "same"),
    [
        (FIGURE, on(2), True),  # an event has one toll
        (FIGURE, on(9), False),  # as many may be killed the week after
        (FIGURE, ONE_EVENT, False),  # nobody knows when
        (FIGURE, on(2, ANOTHER), False),
        (FIGURE.model_copy(update={"about": "vehicle"}), on(2), False),
        (TOLL.model_copy(update={"left": "dozens", "right": "dozens"}), on(2), False),
    ],
)
def test_one_toll_in_articles_of_the_same_days_joins_what_is_hardly_alike(
    evidence: Evidence, setting: Setting, same: bool
) -> None:
    found = Comparison(relation=Relation.RELATED, score=0.4, evidence=(evidence,))
    assert decide(found, setting).same is same


NEGATED = Evidence(sign=Sign.NEGATION, weight=Weight.OPPOSED, left="", right="غير")
LITRES = Evidence(sign=Sign.NUMBER, weight=Weight.FOR, left="2,500", right="2500", value=2500)
TANKERS = Evidence(sign=Sign.NUMBER, weight=Weight.FOR, left="forty", right="40", value=40)
THREE = TANKERS.model_copy(update={"left": "three", "right": "3", "value": 3})
OTHER_ACT = Evidence(sign=Sign.ACT, weight=Weight.AGAINST, left="", right="offered")


@pytest.mark.parametrize(
    ("evidence", "setting", "same"),
    [
        ((LITRES,), on(5), True),
        ((TANKERS,), on(5), True),
        ((LITRES,), on(20), False),  # long afterwards it may be of something else
        ((LITRES,), ONE_EVENT, False),  # nobody knows when
        ((LITRES,), on(5, ANOTHER), False),
        ((LITRES,), on(5, DENIED), False),  # what is denied is hardly the number beside it
        ((THREE,), on(5), False),  # an event has three of many things
        ((LITRES, OTHER_ACT), on(5), False),
        ((LITRES, TANKERS, OTHER_ACT), on(5), True),  # two figures are no chance
        ((LITRES, TANKERS, NEGATED), on(5), False),
    ],
)
@pytest.mark.parametrize("relation", [Relation.RELATED, Relation.UNRELATED])
def test_a_figure_that_two_articles_of_an_event_give_joins_what_is_hardly_alike(
    evidence: tuple[Evidence, ...], setting: Setting, same: bool, relation: Relation
) -> None:
    found = Comparison(relation=relation, score=0.2, evidence=evidence)
    assert promising(found) or not same
    decision = decide(found, setting)
    assert (decision.same, decision.unrivalled) == (same, same)


@pytest.mark.parametrize("relation", [Relation.RELATED, Relation.SAME])
@pytest.mark.parametrize(
    ("score", "shared", "one_deed", "same"),
    [
        (0.45, 3, True, True),
        (0.40, 3, True, False),
        (0.45, 2, True, False),
        (0.45, 3, False, False),  # a port and its cranes are in many sentences of one event
    ],
)
def test_several_things_and_a_deed_in_common_join_what_is_less_alike(
    relation: Relation, score: float, shared: int, one_deed: bool, same: bool
) -> None:
    things = ("crane", "port", "fell")[:shared]
    found = Comparison(relation=relation, score=score, evidence=(), shared=things)
    found = found.model_copy(update={"one_deed": one_deed})
    decision = decide(found, ONE_EVENT)
    assert (decision.same, decision.unrivalled) == (same, same)


@pytest.mark.parametrize(("across", "same"), [(True, True), (False, False)])
def test_a_number_of_both_weighs_more_where_languages_differ(across: bool, same: bool) -> None:
    found = Comparison(relation=Relation.SAME, score=0.65, evidence=(TOLL,))
    assert decide(found, ANOTHER._replace(across=across)).same is same


ANOTHER_NUMBER = Evidence(sign=Sign.NUMBER, weight=Weight.OPPOSED, left="4", right="9")
TOLD_TWICE = ONE_EVENT._replace(across=True, one_source=True)


@pytest.mark.parametrize(
    ("evidence", "setting", "kind"),
    [
        ((NEGATED,), TOLD_TWICE, None),  # "illegal" is "not legal" in another language
        ((NEGATED, ANOTHER_NUMBER), TOLD_TWICE, ClaimRelationKind.NEGATES),
        ((NEGATED,), TOLD_TWICE._replace(across=False), ClaimRelationKind.NEGATES),
        ((NEGATED,), TOLD_TWICE._replace(one_source=False), ClaimRelationKind.NEGATES),
    ],
)
def test_a_negation_of_one_source_in_two_languages_may_be_the_translators(
    evidence: tuple[Evidence, ...], setting: Setting, kind: ClaimRelationKind | None
) -> None:
    found = Comparison(relation=Relation.CONTRADICTS, score=0.6, evidence=evidence)
    decision = decide(found, setting)
    assert (decision.relation, decision.suggested) == (kind, kind is None)


@pytest.mark.parametrize(
    ("right", "kind"), [("nine", ClaimRelationKind.SCOPE_DIFFERENCE), ("", None)]
)
def test_what_only_one_tells_of_is_no_other_scope(
    right: str, kind: ClaimRelationKind | None
) -> None:
    count = Evidence(sign=Sign.SCOPE, weight=Weight.AGAINST, left="four", right=right)
    found = Comparison(relation=Relation.RELATED, score=0.6, evidence=(count,))
    assert decide(found, ONE_EVENT).relation is kind


@pytest.mark.parametrize(("matter", "same"), [(1.0, False), (0.6, True)])
def test_what_somebody_thinks_of_an_accusation_is_not_the_accusation(
    matter: float, same: bool
) -> None:
    acts = (Assertion.ACCUSE, Assertion.OPINION)
    setting = ONE_EVENT._replace(matter=matter, assertions=acts)
    assert decide(alike(0.9), setting).same is same


@pytest.mark.parametrize(
    ("acts", "same"),
    [
        ((Assertion.ASSERT, Assertion.ACCUSE), True),
        ((Assertion.ASSERT, Assertion.ASSERT), False),
    ],
)
def test_who_accuses_and_who_holds_it_to_be_likely_say_the_same(
    acts: tuple[Assertion, Assertion], same: bool
) -> None:
    likely = Evidence(sign=Sign.MODALITY, weight=Weight.AGAINST, left="likely", right="")
    found = Comparison(
        relation=Relation.RELATED, score=0.55, evidence=(likely,), shared=("attack", "Dravonia")
    )
    assert decide(found, ONE_EVENT._replace(assertions=acts)).same is same


ACCUSED = (Assertion.ASSERT, Assertion.ACCUSE)
TRUCKS = TOLL.model_copy(update={"about": "vehicle"})


@pytest.mark.parametrize(
    ("evidence", "acts", "same"),
    [
        (TOLL, ACCUSED, False),
        (TRUCKS, ACCUSED, True),
        (TOLL, (Assertion.ASSERT, Assertion.ASSERT), True),
    ],
)
def test_a_toll_beside_an_accusation_is_not_what_is_claimed(
    evidence: Evidence, acts: tuple[Assertion, Assertion], same: bool
) -> None:
    decision = decide(alike(0.6, (evidence,)), ONE_EVENT._replace(assertions=acts))
    assert (decision.same, decision.suggested) == (same, not same)


@pytest.mark.parametrize(
    ("days", "matter", "same"), [(1, 0.25, True), (9, 0.25, False), (1, 0.1, False)]
)
def test_what_one_source_says_in_articles_of_the_same_days_needs_less_of_a_common_title(
    days: int, matter: float, same: bool
) -> None:
    first, then = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 4, 1 + days, tzinfo=UTC)
    setting = ONE_EVENT._replace(
        matter=matter,
        left=(first, Precision.DAY),
        right=(then, Precision.DAY),
        one_source=True,
        across=True,
    )
    assert decide(alike(0.52, shared=1), setting).same == same


SAME_DAY = datetime(2026, 1, 1, tzinfo=UTC), Precision.DAY
SETTINGS = [
    ONE_EVENT._replace(
        left=SAME_DAY, right=SAME_DAY, assertions=acts, across=across, one_source=one_source
    )
    for acts in product((Assertion.ASSERT,), (Assertion.ASSERT, Assertion.DENY, Assertion.ACCUSE))
    for across in (False, True)
    for one_source in (False, True)
]
"""Where most comes of a pair: in articles of one matter and day."""


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("sign", [None, *Sign])
def test_nothing_comes_of_what_is_not_promising_wherever_it_stands(
    relation: Relation, sign: Sign | None
) -> None:
    toll = Evidence(sign=Sign.NUMBER, weight=Weight.FOR, left="4", right="4", about="kill")
    another = [
        (Evidence(sign=sign, weight=weight, left="4", right=right),)
        for weight, right in product(Weight, ("", "5"))
        if sign
    ] or [()]
    for score, one, more, setting in product(
        (0.30, 0.37, 0.38, 0.41, 0.43, 0.46, 0.52, 0.75), another, ((), (toll,)), SETTINGS
    ):
        found = Comparison(
            relation=relation, score=score, evidence=one + more, shared=("bridge", "camp")
        )
        assert promising(found) or decide(found, setting) == Decision()
