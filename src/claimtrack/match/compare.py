"""Whether two texts make the same claim: same, contradicts, related or unrelated, and why.

Likeness (embeddings, shared concepts, names and numbers) says whether two texts are of one matter.
What they say of it is for the rules of `match.conflicts`, which outweigh any likeness: an embedding
ranks a denial above a paraphrase.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from itertools import islice
from typing import NamedTuple

from claimtrack.match.conflicts import conflicts
from claimtrack.match.embed import likeness
from claimtrack.match.evidence import Evidence
from claimtrack.match.lexicon import known
from claimtrack.match.names import SHIPPED_MEANS, STATE, Means, heard, heard_in
from claimtrack.match.reading import Reading, read
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Relation, Sign, Weight

# How likeness is weighed, and from what on it counts. Set by hand on pairs of our own
# (tests/match/pairs.csv): within a language vectors and concepts count about the same, across
# languages, where vectors tell less, what is answered, names and numbers count for more.
_VECTORS, _CONCEPTS, _WORDS = 0.55, 0.45, 0.25
_VECTORS_ACROSS, _ANSWERED = 0.40, 0.60
_KIN = 0.6
"""What a word counts of which the other text has but a relative."""
_AGREED, _NAME = 0.06, 0.04
_AGREED_ACROSS, _NAMED_ACROSS = 0.10, 1.5
_OTHER_DEED = 0.12
"""What it costs that two texts tell of different deeds."""
_MISSING, _LARGEST, _UNCOUNTED = 0.04, 0.12, 0.10
_MATTER, _OPPOSED = 0.27, 0.38
_SAME, _SAME_ACROSS = 0.60, 0.49
_CHANCE = 2
"""Sounds that two words may well have in common by chance."""
_TOLD = 4
"""Things spoken of in both texts that are named."""
_ELSEWHERE = frozenset({Sign.DATE, Sign.PLACE, Sign.SCOPE, Sign.ACT})


class Comparison(Value):
    """What two claims are to each other.

    Attributes:
        relation: The decision.
        score: How alike they are, 0 to 1: vectors, concepts, names and numbers together.
        evidence: Why: what was found for it and against it.
        shared: What both speak of, in the words of each: "dam", "dam = سد".
        one_deed: Both tell of one deed at least.
    """

    relation: Relation
    score: float
    evidence: tuple[Evidence, ...]
    shared: tuple[str, ...] = ()
    one_deed: bool = False


class Text(NamedTuple):
    """A claim's text and its language's code."""

    text: str
    lang: str


def compare(left: Text, right: Text, *, means: Means = SHIPPED_MEANS) -> Comparison:
    """Return what two claims' texts are to each other; their order changes nothing but evidence.

    Args:
        left: A claim, with or without who says it.
        right: Another.
        means: The language packs and tables of sources that hold.
    """
    readings = read(left.text, left.lang, means), read(right.text, right.lang, means)
    return compared(*readings, likeness(left.text, right.text))


def compared(left: Reading, right: Reading, similarity: float) -> Comparison:
    """Return what two texts that were read are to each other.

    Args:
        left: A text.
        right: Another.
        similarity: The cosine of their vectors, 0 to 1.
    """
    evidence = tuple(conflicts(left, right))
    score = _score(left, right, similarity, evidence)
    across = left.lang != right.lang
    return Comparison(
        relation=_decided(score, evidence, across=across),
        score=round(score, 3),
        evidence=evidence,
        shared=tuple(islice(_spoken_of(left, right), _TOLD)),
        one_deed=_of_one_deed(left, right),
    )


def _spoken_of(left: Reading, right: Reading) -> Iterator[str]:
    """Yield names and weighty concepts that both texts have, in the order of the left one.

    A word is one thing, though it have two concepts.
    """
    names = {one.key: right.called(one) for one in reversed(right.named)}
    for one in left.named:
        if one.key in names:
            yield _equal(left.called(one), names.pop(one.key))
    facts = known()
    both = (left.concepts & right.concepts) - facts.saying - facts.slight
    told: set[int] = set()
    others: set[int] = set()
    for concept in sorted(both, key=lambda each: (left.order[each], each)):
        place, other = left.order[concept], right.order[concept]
        if place not in told and other not in others:
            told.add(place)
            others.add(other)
            yield _equal(left.words[place], right.words[other])


def _equal(one: str, other: str) -> str:
    return one if one == other else f"{one} = {other}"


def _decided(score: float, evidence: Sequence[Evidence], *, across: bool) -> Relation:
    opposed = any(one.weight is Weight.OPPOSED for one in evidence)
    against = {one.sign for one in evidence if one.weight is Weight.AGAINST}
    if opposed and score >= _OPPOSED and not against & _ELSEWHERE:
        return Relation.CONTRADICTS
    if not opposed and not against and score >= (_SAME_ACROSS if across else _SAME):
        return Relation.SAME
    return Relation.RELATED if score >= _MATTER else Relation.UNRELATED


def _score(
    left: Reading, right: Reading, similarity: float, evidence: Collection[Evidence]
) -> float:
    """Return how alike two texts are, 0 to 1."""
    if left.words == right.words:
        return 1.0
    agreed = sum(one.weight is Weight.FOR for one in evidence)
    if left.lang == right.lang:
        meaning = (1 - _WORDS) * _answered(left, right)
        meaning += _WORDS * _dice(left.content, right.content)
        score = _VECTORS * max(0.0, similarity) + _CONCEPTS * meaning
        score += _AGREED * agreed + _named(left, right)
    else:
        score = _VECTORS_ACROSS * max(0.0, similarity) + _ANSWERED * _answered(left, right)
        score += _AGREED_ACROSS * agreed + _NAMED_ACROSS * _named(left, right)
    if score >= _MATTER and _of_other_deeds(left, right):
        score -= _OTHER_DEED
    if bool(left.quantities) != bool(right.quantities):
        score -= _UNCOUNTED
    return min(1.0, max(0.0, score))


def _answered(left: Reading, right: Reading) -> float:
    """Return the share of what two texts speak of that the other speaks of too, by weight."""
    whole = both = 0.0
    for one, other in ((left, right), (right, left)):
        for concepts, weight in zip(one.senses.values(), one.weights, strict=True):
            whole += weight
            if not concepts.isdisjoint(other.concepts):
                both += weight
            elif not concepts.isdisjoint(other.kin):
                both += _KIN * weight
    return both / whole if whole else 0.0


def _of_one_deed(left: Reading, right: Reading) -> bool:
    return not known().told_deeds.isdisjoint(left.concepts & right.concepts)


def _of_other_deeds(left: Reading, right: Reading) -> bool:
    """Tell whether two texts tell of no deed in common, and each of something that the other lacks.

    "The jet had been serviced" and "the jet crashed near the capital" have much in common; what is
    claimed is not among it. One of what they lack must be a deed.
    """
    facts, deeds = known(), known().told_deeds
    if _of_one_deed(left, right):
        return False
    if left.concepts & facts.attacks and right.concepts & facts.attacks:
        return False  # "shelled" in one may be "the blast" of the other
    lone = [_unanswered(*sides) for sides in ((left, right), (right, left))]
    return all(lone) and not deeds.isdisjoint(frozenset().union(*lone[0], *lone[1]))


def _unanswered(one: Reading, other: Reading) -> list[frozenset[str]]:
    """Return the concepts of each word of a text that another has none of, nor a relative."""
    return [
        concepts
        for concepts in one.senses.values()
        if concepts.isdisjoint(other.concepts) and concepts.isdisjoint(other.kin)
    ]


def _dice(one: Set[str], other: Set[str]) -> float:
    whole = len(one) + len(other)
    return 2 * len(one & other) / whole if whole else 0.0


def _by_their_country(left: Reading, right: Reading) -> bool:
    """Tell whether one text says "our country" where the other names a state."""
    return any(
        one.own_country and any(each.startswith(STATE) for each in other.who - one.who)
        for one, other in ((left, right), (right, left))
    )


def _named(left: Reading, right: Reading) -> float:
    """Return what names add: those in both, and sure ones that the other lacks."""
    shared = len(left.who & right.who) + _by_their_country(left, right)
    names = (one for one in left.sounds if one in left.certain or len(one) > _CHANCE)
    surely = len(heard(names, right.sounds))
    missing = sum(
        1
        for one, other in ((left, right), (right, left))
        for sure in one.certain
        if not heard_in(sure, other.sounds)
    )
    return min(_LARGEST, _NAME * (shared + surely)) - min(_LARGEST, _MISSING * missing)
