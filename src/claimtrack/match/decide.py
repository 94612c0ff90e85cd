"""What becomes of two reports that were compared: one claim, a suggestion, a relation, nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from claimtrack.match.compare import Comparison
from claimtrack.match.lexicon import known
from claimtrack.model.vocabulary import (
    Assertion,
    ClaimRelationKind,
    Precision,
    Relation,
    Sign,
    Weight,
)

# An article's matter, by the vectors of title and beginning; time between two reports of an event.
_MATTER, _LONG = 0.34, timedelta(days=30)
_VERY_ALIKE, _SUGGESTED, _RELATED = 0.86, 0.50, 0.42
_ALIKE_IN_NUMBERS, _ALIKE_ACROSS = 0.70, 0.62
"""The same with a number that both give; across languages contents and articles are less alike."""
_CLEAR = 0.55
"""How alike two contents in two languages must be at least, if no number is the same in both: below
it every other pair of the sample articles is of one matter and two claims."""
_ONE_THING = 0.70
_TWICE, _TWICE_ACROSS = 0.45, 0.40
"""How alike two contents of one source must be, if no other report is more alike."""
_MATTER_OF_ONE, _TOLD_TWICE = 0.2, 0.5
"""What is enough of both where one source speaks in articles of the same days: titles in two
languages, or of two sides of an event, have little in common."""
_ANSWERED = 0.42
"""How alike a denial and what it denies must be, if they speak of two things in common."""
_COUNTED = 0.45
"""How alike two contents must be that count the same, if they speak of two things in common."""
_SEVERAL, _THINGS = 0.42, 3
"""How alike two contents must be that speak of so many things in common."""
_FIGURE = 10
"""A figure from which on two articles of one event hardly give it of two things by chance."""
_LAID = 0.5
"""How alike an accusation and what is only held to be likely must be."""
_TOLL, _COUNT, _DENIED = 0.38, 0.62, 0.50
_COUNT_OF_SEVERAL, _DENIED_OF_SEVERAL = 0.56, 0.39
"""The same where more than one thing is what both speak of."""
_SOON, _DAY_OR_TWO, _WEEK = timedelta(hours=1), timedelta(days=2), timedelta(days=7)
_SPOKEN = frozenset(Assertion) - {Assertion.DEMAND, Assertion.QUESTION}
"""What can be of one proposition: to demand it or to ask whether it is so is another act."""

_KINDS = {
    Sign.NUMBER: ClaimRelationKind.NUMBER_CONFLICT,
    Sign.NEGATION: ClaimRelationKind.NEGATES,
    Sign.OPPOSITE: ClaimRelationKind.NEGATES,
    Sign.ACTOR: ClaimRelationKind.ATTRIBUTE_CONFLICT,
}
_JUDGED = {Assertion.ACCUSE, Assertion.OPINION}
_ELSEWHERE = (Sign.DATE, Sign.PLACE, Sign.SCOPE)
_LITTLE = {Sign.ACT, Sign.MODALITY, Sign.PLACE}


class Setting(NamedTuple):
    """Where two reports stand.

    Attributes:
        matter: How alike their articles are, 0 to 1; 1 for one article.
        copied: The words of one are those of the other.
        left: When the first's article was published, and how exactly that is known.
        right: The second's.
        assertions: What their sources do in saying it.
        across: They are in different languages.
        one_source: One source speaks in both (`match.speakers`).
    """

    matter: float
    copied: bool
    left: tuple[datetime | None, Precision]
    right: tuple[datetime | None, Precision]
    assertions: tuple[Assertion, Assertion]
    across: bool = False
    one_source: bool = False

    @property
    def one_event(self) -> bool:
        """Whether the articles may be about one event: alike, and not long after each other."""
        return self.matter >= _MATTER and not self.apart(_LONG)

    @property
    def dated(self) -> bool:
        """Whether it is known when both articles were published."""
        return all(time for time, _ in (self.left, self.right))

    def apart(self, gap: timedelta) -> bool:
        """Tell whether more than a time lies between the articles, as far as is known."""
        times = self.left[0], self.right[0]
        return bool(times[0] and times[1]) and abs(times[0] - times[1]) > gap  # type: ignore[operator]

    @property
    def later(self) -> bool:
        """Whether both times are known to the minute, and one is a later state of affairs."""
        exact = (Precision.MINUTE, Precision.SECOND)
        return self.left[1] in exact and self.right[1] in exact and self.apart(_SOON)


class Decision(NamedTuple):
    """What becomes of a pair.

    Attributes:
        same: They are one claim.
        suggested: They may be; a person should look.
        relation: How they stand to each other otherwise.
        why: The evidence, in words.
        unrivalled: They are one claim if neither is more like another report of the other's
            article.
    """

    same: bool = False
    suggested: bool = False
    relation: ClaimRelationKind | None = None
    why: str = ""
    unrivalled: bool = False


def promising(found: Comparison) -> bool:
    """Tell whether anything can come of what two contents are to each other, wherever they stand.

    Where not, nobody needs to look up where that is: of most that is near nothing can come.
    """
    if found.relation is Relation.RELATED:
        signs = _against(found)
        told_apart = signs - {Sign.ACT, Sign.MODALITY}
        if found.score >= _TOLL and (not told_apart or _elsewhere(found)):
            return True
    return found.relation in (Relation.SAME, Relation.CONTRADICTS) or bool(_figures(found))


def decide(found: Comparison, setting: Setting) -> Decision:
    """Return what becomes of two reports.

    Args:
        found: What their contents are to each other.
        setting: Where they stand.
    """
    acts = set(setting.assertions)
    if len(acts) > 1 and not acts <= _SPOKEN:
        return Decision()
    if found.relation is Relation.SAME:
        return _same(found, setting)
    if not setting.one_event:
        return Decision()
    if _one_figure(found, setting):
        return Decision(same=True, why=_why(found, setting), unrivalled=True)
    if found.relation is Relation.CONTRADICTS:
        return _contradictory(found, setting)
    if found.relation is Relation.RELATED:
        return _related(found, setting)
    return Decision()


def _same(found: Comparison, setting: Setting) -> Decision:
    acts = set(setting.assertions)
    sure = setting.copied or setting.one_event or _by_itself(found, setting)
    sure = sure and (found.score >= _clear(found) or _numbers(found))
    several = setting.one_event and _several(found)
    if len(acts) > 1 and _aside(found, acts):
        sure = False
    elif acts == _JUDGED and setting.matter == 1:
        sure = False  # an accusation, and what somebody says of it in the same article
    elif not sure and (several or _of_one_source(found, setting)):
        return Decision(same=True, why=_why(found, setting), unrivalled=True)
    return Decision(same=sure, suggested=not sure, why=_why(found, setting))


def _contradictory(found: Comparison, setting: Setting) -> Decision:
    if _translated(found, setting):
        return Decision(suggested=found.score >= _SUGGESTED, why=_why(found, setting))
    if setting.copied or found.score >= _least(found):
        return Decision(relation=_kind(found, setting), why=_why(found, setting))
    return Decision()


def _translated(found: Comparison, setting: Setting) -> bool:
    """Tell whether a negation may be a translator's: "not legal" for what the source calls illegal.

    Two languages of one matter rather have what one source said once than its contradicting itself.
    """
    opposed = {one.sign for one in found.evidence if one.weight is Weight.OPPOSED}
    return setting.across and setting.one_source and opposed == {Sign.NEGATION}


def _aside(found: Comparison, acts: Collection[Assertion]) -> bool:
    """Tell whether a number that both give is hardly what one of them is about.

    What is denied is hardly ever the number that stands beside it; nor is it how many died, where
    somebody is accused of the deed.
    """
    if Assertion.DENY in acts:
        return _numbers(found)
    return Assertion.ACCUSE in acts and any(
        one.sign is Sign.NUMBER and one.about in known().tolls for one in found.evidence
    )


def _clear(found: Comparison) -> float:
    """Return how alike two contents must be: where one thing is all that both speak of, more."""
    return _CLEAR if len(found.shared) > 1 else _ONE_THING


def _by_itself(found: Comparison, setting: Setting) -> bool:
    """Tell whether two contents are so alike that it does not matter what their articles are of."""
    numbers = _numbers(found)
    with_numbers = _ALIKE_ACROSS if setting.across else _ALIKE_IN_NUMBERS
    enough = found.score >= (with_numbers if numbers else _VERY_ALIKE)
    return enough and not setting.apart(_LONG)


def _of_one_source(found: Comparison, setting: Setting) -> bool:
    """Tell whether two contents are as alike as what one source says of one thing, told twice."""
    if not setting.one_source:
        return False
    least = _TWICE_ACROSS if setting.across else _TWICE
    if setting.one_event and found.score >= least:
        return True
    same_days = setting.dated and not setting.apart(_DAY_OR_TWO)
    return same_days and setting.matter >= _MATTER_OF_ONE and found.score >= _TOLD_TWICE


def _numbers(found: Comparison) -> bool:
    return any(one.sign is Sign.NUMBER and one.weight is Weight.FOR for one in found.evidence)


def _related(found: Comparison, setting: Setting) -> Decision:
    signs = _against(found)
    if not signs and found.score >= _TOLL and _one_toll(found, setting):
        return Decision(same=True, why=_why(found, setting))
    aside = signs == {Sign.ACT} and found.score >= _ALIKE_IN_NUMBERS and _numbers(found)
    if (not signs or aside) and _of_one_source(found, setting):  # "twice what the treaty demands"
        return Decision(same=True, why=_why(found, setting), unrivalled=True)
    if signs == {Sign.MODALITY} and _laid_on(found, setting):
        return Decision(same=True, why=_why(found, setting), unrivalled=True)
    if not signs and (_of_one_dispute(found, setting) or _one_count(found) or _several(found)):
        return Decision(same=True, why=_why(found, setting), unrivalled=True)
    if found.score >= _RELATED and _elsewhere(found):
        return Decision(relation=ClaimRelationKind.SCOPE_DIFFERENCE, why=_why(found, setting))
    if found.score >= _SUGGESTED and signs <= {Sign.MODALITY}:
        return Decision(suggested=True, why=_why(found, setting))
    return Decision()


def _against(found: Comparison) -> set[Sign]:
    return {one.sign for one in found.evidence if one.weight is not Weight.FOR}


def _elsewhere(found: Comparison) -> bool:
    """Tell whether both say when or where, and differ; what only one tells of is no other scope."""
    return any(one.sign in _ELSEWHERE and one.left and one.right for one in found.evidence)


def _one_toll(found: Comparison, setting: Setting) -> bool:
    """Tell whether two contents give the same number of an event's toll: it has only one.

    A number proper, of articles of the same days: wars have "dozens" of dead every week.
    """
    if not setting.dated or setting.apart(_DAY_OR_TWO):
        return False
    return any(one.about in known().tolls and one.value is not None for one in found.evidence)


def _of_one_dispute(found: Comparison, setting: Setting) -> bool:
    """Tell whether one denies what the other says: a story has hardly two such things to deny."""
    one_denies = (Assertion.DENY in setting.assertions) and len(set(setting.assertions)) > 1
    return one_denies and len(found.shared) > 1 and found.score >= _ANSWERED


def _laid_on(found: Comparison, setting: Setting) -> bool:
    """Tell whether two lay one thing on somebody, one of them as likely: so does who accuses."""
    accused = Assertion.ACCUSE in setting.assertions
    return accused and len(found.shared) > 1 and found.score >= _LAID


def _one_count(found: Comparison) -> bool:
    """Tell whether two contents of one event count the same things, and speak of more in common."""
    counted = any(
        one.sign is Sign.NUMBER and one.weight is Weight.FOR and one.about for one in found.evidence
    )
    return counted and len(found.shared) > 1 and found.score >= _COUNTED


def _several(found: Comparison) -> bool:
    """Tell whether two contents of one event tell of one deed and speak of more in common."""
    return found.one_deed and len(found.shared) >= _THINGS and found.score >= _SEVERAL


def _one_figure(found: Comparison, setting: Setting) -> bool:
    """Tell whether two contents of one event give a figure that it hardly has twice: 2,500, 63.

    Where they give two in common, it counts for little what else only one of them says.
    """
    if not setting.dated or setting.apart(_WEEK) or Assertion.DENY in setting.assertions:
        return False
    count, signs = _figures(found), _against(found)
    return bool(count and not signs) or (count > 1 and signs <= _LITTLE)


def _figures(found: Comparison) -> int:
    """Return how many numbers are the same in both, small ones left out."""
    return sum(one.value is not None and one.value >= _FIGURE for one in found.evidence)


def _least(found: Comparison) -> float:
    """Return how alike two claims must be to contradict each other.

    An event has one toll, but may have many convoys and as many numbers of trucks.
    """
    measures = {one.about for one in found.evidence if one.sign is Sign.NUMBER}
    opposed = {one.sign for one in found.evidence if one.weight is Weight.OPPOSED}
    several = len(found.shared) > 1
    if opposed == {Sign.NUMBER}:
        count = _COUNT_OF_SEVERAL if several else _COUNT
        return _TOLL if measures & known().tolls else count
    return _DENIED_OF_SEVERAL if several else _DENIED


def _kind(found: Comparison, setting: Setting) -> ClaimRelationKind:
    opposed = [one.sign for one in found.evidence if one.weight is Weight.OPPOSED]
    kind = _KINDS[opposed[0]]
    if kind is ClaimRelationKind.NUMBER_CONFLICT and setting.later:
        return ClaimRelationKind.SCOPE_DIFFERENCE
    return kind


def _why(found: Comparison, setting: Setting) -> str:
    said = [one.words() for one in found.evidence]
    if found.shared:
        said.append(f"both speak of {', '.join(found.shared)}")
    said.append(f"alike {found.score:.2f}")
    if setting.copied:
        said.append("the same run of words")
    elif setting.matter < 1:
        said.append(f"articles alike {setting.matter:.2f}")
    if setting.one_source:
        said.append("of one source")
    return "; ".join(said)
