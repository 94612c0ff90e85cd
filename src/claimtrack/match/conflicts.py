"""The rules that look at what likeness cannot see: each returns the evidence it found.

A rule takes two readings and never asks for a language. What is against two claims being one need
not contradict: another date or place is another event, a question of scope (features F19).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from claimtrack.match.evidence import Evidence
from claimtrack.match.lexicon import known
from claimtrack.match.names import heard_in, sounds_alike
from claimtrack.match.quantities import Quantity
from claimtrack.match.reading import Reading
from claimtrack.model.vocabulary import Sign, Weight

_VERBATIM, _STRETCH = 0.6, 2
"""How alike texts are word by word, from which on a stretch of words that differs is a name's."""
_SMALL = 2
"""A number up to this is often not written as one: a dual, "both", "a second"."""


def conflicts(left: Reading, right: Reading) -> Iterator[Evidence]:
    """Yield what the rules find, in their order."""
    for rule in RULES:
        yield from rule(left, right)


def numbers(left: Reading, right: Reading) -> Iterator[Evidence]:
    """Numbers of the same thing that agree or do not; numbers of different things."""
    agreed = False
    apart: list[Evidence] = []
    pairs = [(one, other) for one in left.quantities for other in right.quantities]
    for one, other in pairs:
        if _of_one_thing(one, other) and one.agrees(other):
            agreed = True
            about = one.measure or other.measure
            yield _evidence(Sign.NUMBER, Weight.FOR, one.words, other.words, about)
    for measure in sorted({one.measure for one, other in pairs if one.measure == other.measure}):
        ones = [one for one in left.quantities if one.measure == measure]
        others = [other for other in right.quantities if other.measure == measure]
        if not any(one.agrees(other) for one in ones for other in others):
            apart.append(_apart(ones[0], others[0]))
    yield from apart
    if pairs and not agreed and not apart and not _all_small(left, right):
        words = (left.quantities[0].words, right.quantities[0].words)
        yield _evidence(Sign.SCOPE, Weight.AGAINST, *words)


def tolls(left: Reading, right: Reading) -> Iterator[Evidence]:
    """One counts the dead or the displaced, and the other does not speak of them at all.

    Without it a sentence that claims two things would make one claim of both of them.
    """
    if left.quantities and right.quantities:
        return  # what both of them count is for the rule of numbers
    for counts, other in ((left, right), (right, left)):
        untold = known().tolls - other.concepts
        for each in counts.quantities:
            if each.measure in untold:
                words = (each.words, "") if counts is left else ("", each.words)
                yield _evidence(Sign.SCOPE, Weight.AGAINST, *words, each.measure)


def _all_small(left: Reading, right: Reading) -> bool:
    return any(all(one.high <= _SMALL for one in side.quantities) for side in (left, right))


def _of_one_thing(one: Quantity, other: Quantity) -> bool:
    unknown = "" in (one.measure, other.measure)
    if one.vague and other.vague:
        return True
    person = "person" in (one.measure, other.measure)
    return one.measure == other.measure or unknown or person


def _apart(one: Quantity, other: Quantity) -> Evidence:
    vague = one.vague or other.vague
    if vague or not one.measure:
        return _evidence(Sign.SCOPE, Weight.AGAINST, one.words, other.words)
    return _evidence(Sign.NUMBER, Weight.OPPOSED, one.words, other.words, one.measure)


def polarity(left: Reading, right: Reading) -> Iterator[Evidence]:
    """One says that something is so, the other that it is not; opposites do the same."""
    opposite = list(_opposites(left, right))
    if left.negated != right.negated and not opposite:
        yield _evidence(
            Sign.NEGATION, Weight.OPPOSED, ", ".join(left.turns), ", ".join(right.turns)
        )
    if left.negated == right.negated:
        yield from opposite


def _opposites(left: Reading, right: Reading) -> Iterator[Evidence]:
    lone, lone_other = left.concepts - right.concepts, right.concepts - left.concepts
    if not lone or not lone_other:
        return
    for pair in known().opposites:
        for one, other in (pair, pair[::-1]):
            if one in lone and other in lone_other:
                words = left.words[left.order[one]], right.words[right.order[other]]
                if words[0] not in left.turns and words[1] not in right.turns:
                    yield _evidence(Sign.OPPOSITE, Weight.OPPOSED, *words)


def _only(reading: Reading, one: str, other: str) -> bool:
    return one in reading.concepts and other not in reading.concepts


def actors(left: Reading, right: Reading) -> Iterator[Evidence]:
    """Who did it to whom: the same two in another order, or others."""
    facts = known()
    both = left.concepts & right.concepts
    done = both & facts.directed
    ones, others = left.who, right.who
    asked = both & facts.changing - facts.directed and not done & facts.acts  # of others to do it
    if done and not asked and len(ones & others) > 1:
        first, second = (_doer(side, ones & others, done) for side in (left, right))
        if first != second:
            yield _evidence(Sign.ACTOR, Weight.OPPOSED, first, second)
            return
    only, only_other = ones - others - right.speakers, others - ones - left.speakers
    if not only or not only_other or left.of(only) & right.of(only_other):
        return
    if (only <= left.people) != (only_other <= right.people):
        return  # a man and his body, or his state, may be named for each other
    words = ", ".join(sorted(only)), ", ".join(sorted(only_other))
    if _cities(left, only) and _cities(right, only_other):
        yield _evidence(Sign.PLACE, Weight.AGAINST, *words)
        return
    deeds = all(side.concepts & facts.blaming for side in (left, right))
    blamed = deeds and not ones & others
    states = all(key.startswith("state:") for key in only | only_other)
    weight = Weight.OPPOSED if blamed or states else Weight.AGAINST
    yield _evidence(Sign.ACTOR, weight, *words)


def _cities(reading: Reading, keys: frozenset[str]) -> bool:
    """Tell whether states are named by their capitals alone, where something happened."""
    return all(one.city for one in reading.named if one.key in keys)


def _doer(reading: Reading, among: frozenset[str], done: frozenset[str]) -> str:
    """Return who does it: the first named, or the last in the passive or before a late verb."""
    named = [one for one in reading.named if one.key in among]
    late = min(reading.order[deed] for deed in done) > named[-1].place
    return named[-1 if reading.passive or late else 0].key


def places(left: Reading, right: Reading) -> Iterator[Evidence]:
    """Names that stand where the other text has other names, and opposite quarters."""
    for pair in known().places:
        for one, other in (pair, pair[::-1]):
            if _only(left, one, other) and _only(right, other, one):
                words = left.words[left.order[one]], right.words[right.order[other]]
                yield _evidence(Sign.PLACE, Weight.AGAINST, *words)
    ones = [heard for heard in sorted(left.certain) if not heard_in(heard, right.sounds)]
    others = [heard for heard in sorted(right.certain) if not heard_in(heard, left.sounds)]
    if ones and others:
        words = left.sounds[ones[0]], right.sounds[others[0]]
        yield _evidence(Sign.PLACE, Weight.AGAINST, *words)
    elif left.lang == right.lang:
        yield from _replaced(left, right)


def _replaced(left: Reading, right: Reading) -> Iterator[Evidence]:
    """Yield a word in the place of another, both of them names for all that we know."""
    to_word = {word: heard for heard, word in left.sounds.items()}
    to_other = {word: heard for heard, word in right.sounds.items()}
    if not to_word or not to_other or not _may_be_verbatim(left, right):
        return
    matcher = SequenceMatcher(None, left.words, right.words, autojunk=False)
    if matcher.ratio() < _VERBATIM:
        return
    for kind, start, end, other, until in matcher.get_opcodes():
        if kind != "replace" or max(end - start, until - other) > _STRETCH:
            continue
        ones = {word: to_word[word] for word in left.words[start:end] if word in to_word}
        twos = {word: to_other[word] for word in right.words[other:until] if word in to_other}
        alike = any(sounds_alike(one, two) for one in ones.values() for two in twos.values())
        if ones and twos and not alike:
            yield _evidence(Sign.PLACE, Weight.AGAINST, " ".join(ones), " ".join(twos))


def _may_be_verbatim(left: Reading, right: Reading) -> bool:
    """Tell whether two texts may be alike word by word, by a bound that costs little."""
    ones, others = Counter(left.words), Counter(right.words)
    whole = ones.total() + others.total()
    return 2 * (ones & others).total() >= _VERBATIM * whole


def dates(left: Reading, right: Reading) -> Iterator[Evidence]:
    """Days, months, years and days of the week that are not the same."""
    pairs = [(one, other) for one in left.dates for other in right.dates]
    if pairs and not any(_same_day(*pair) for pair in pairs):
        yield _evidence(Sign.DATE, Weight.AGAINST, _day(left), _day(right))
    for ones, others in (
        (left.years, right.years),
        (left.weekdays, right.weekdays),
        (left.times, right.times),
    ):
        if ones and others and not ones & others:
            yield _evidence(Sign.DATE, Weight.AGAINST, str(min(ones)), str(min(others)))


def _same_day(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] == other[0] and (one[1] == other[1] or 0 in (one[1], other[1]))


def _day(reading: Reading) -> str:
    return ", ".join(
        f"{month}-{day}" if day else f"{month}" for month, day in sorted(reading.dates)
    )


def shares(left: Reading, right: Reading) -> Iterator[Evidence]:
    """It is so of all in one, and of some in the other."""
    for one, other in ((left.whole, right.part), (left.part, right.whole)):
        if one and other:
            yield _evidence(Sign.SCOPE, Weight.AGAINST, ", ".join(one), ", ".join(other))


def certainty(left: Reading, right: Reading) -> Iterator[Evidence]:
    """One is sure where the other is not, or tells what will be and the other what was."""
    if left.negated and right.negated:
        return
    if bool(left.hedges) != bool(right.hedges):
        words = ", ".join(left.hedges), ", ".join(right.hedges)
        yield _evidence(Sign.MODALITY, Weight.AGAINST, *words)
    if bool(left.future) != bool(right.future):
        other = right if left.future else left
        if other.lang == (left if left.future else right).lang or not other.future_unmarked:
            words = ", ".join(left.future), ", ".join(right.future)
            yield _evidence(Sign.MODALITY, Weight.AGAINST, *words)


def acts(left: Reading, right: Reading) -> Iterator[Evidence]:
    """What is done by saying it: to call for something is not to condemn it."""
    facts = known()
    ones, others = left.concepts & facts.acts, right.concepts & facts.acts
    if ones & others or not ones | others:
        return
    if (ones and others) or (ones | others) & facts.changing:
        words = [
            ", ".join(side.words[side.order[act]] for act in sorted(acts_of))
            for side, acts_of in ((left, ones), (right, others))
        ]
        yield _evidence(Sign.ACT, Weight.AGAINST, *words)


def _evidence(sign: Sign, weight: Weight, left: str, right: str, about: str = "") -> Evidence:
    return Evidence(sign=sign, weight=weight, left=left, right=right, about=about)


RULES: tuple[Callable[[Reading, Reading], Iterator[Evidence]], ...] = (
    numbers,
    tolls,
    polarity,
    actors,
    places,
    dates,
    shares,
    certainty,
    acts,
)
"""Every rule, in the order of evidence."""
