"""Whether two texts make the same claim: same, contradicts, related or unrelated, and why.

Likeness (embeddings, shared concepts, names and numbers) says whether two texts are of one matter.
What they say of it is for the rules of `match.conflicts`, which outweigh any likeness: an embedding
ranks a denial above a paraphrase.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from claimtrack.match.conflicts import conflicts
from claimtrack.match.embed import likeness
from claimtrack.match.evidence import Evidence
from claimtrack.match.lexicon import known
from claimtrack.match.names import SHIPPED_MEANS, Means, heard_in
from claimtrack.match.reading import Reading, read
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Relation, Sign, Weight

# How likeness is weighed, and from what on it counts. Set by hand on pairs of our own
# (tests/match/pairs.csv): vectors and concepts count about the same.
_VECTORS, _CONCEPTS, _WORDS = 0.55, 0.45, 0.25
_SLIGHT, _KIN = 0.3, 0.6
_AGREED, _NAME = 0.06, 0.04
_MISSING, _LARGEST, _UNCOUNTED = 0.04, 0.12, 0.07
_MATTER, _OPPOSED = 0.27, 0.38
_SAME, _SAME_ACROSS = 0.64, 0.47
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
    """

    relation: Relation
    score: float
    evidence: tuple[Evidence, ...]
    shared: tuple[str, ...] = ()


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
        shared=tuple(_spoken_of(left, right))[:_TOLD],
    )


def _spoken_of(left: Reading, right: Reading) -> Iterator[str]:
    """Yield names and weighty concepts that both texts have, in the order of the left one."""
    names = {one.key: right.called(one) for one in reversed(right.named)}
    for one in left.named:
        if one.key in names:
            yield _equal(left.called(one), names.pop(one.key))
    facts = known()
    both = left.concepts & right.concepts - facts.saying - facts.slight
    for concept in sorted(both, key=lambda each: (left.order[each], each)):
        yield _equal(left.words[left.order[concept]], right.words[right.order[concept]])


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
    meaning = _shared(left.concepts, right.concepts)
    if left.lang == right.lang:
        meaning = (1 - _WORDS) * meaning + _WORDS * _dice(left.content, right.content)
    score = _VECTORS * max(0.0, similarity) + _CONCEPTS * meaning
    score += _AGREED * sum(one.weight is Weight.FOR for one in evidence)
    score += _named(left, right)
    if bool(left.quantities) != bool(right.quantities):
        score -= _UNCOUNTED
    return min(1.0, max(0.0, score))


def _shared(one: Collection[str], other: Collection[str]) -> float:
    """Return the share of concepts that two texts have in common, slight ones counted little."""
    silent = known().saying
    ones, others = set(one) - silent, set(other) - silent
    whole = _weight(ones) + _weight(others)
    both = _weight(ones & others) + _KIN * _kin(ones - others, others - ones)
    return 2 * both / whole if whole else 0.0


def _kin(ones: Collection[str], others: Collection[str]) -> float:
    """Return the weight of concepts that the other text has a relative of, each counted once."""
    relatives, left, found = known().relatives, set(others), 0.0
    for one in sorted(ones):
        if pair := min(relatives.get(one, frozenset()) & left, default=None):
            left.remove(pair)
            found += min(_weight((one,)), _weight((pair,)))
    return found


def _weight(concepts: Collection[str]) -> float:
    slight = known().slight
    return sum(_SLIGHT if concept in slight else 1.0 for concept in concepts)


def _dice(one: Collection[str], other: Collection[str]) -> float:
    whole = len(one) + len(other)
    return 2 * len(set(one) & set(other)) / whole if whole else 0.0


def _named(left: Reading, right: Reading) -> float:
    """Return what names add: those in both, and sure ones that the other lacks."""
    shared = len(left.who & right.who)
    heard = [one for one in left.sounds if heard_in(one, right.sounds)]
    surely = sum(1 for one in heard if one in left.certain or len(one) > 2)
    missing = sum(
        1
        for one, other in ((left, right), (right, left))
        for sure in one.certain
        if not heard_in(sure, other.sounds)
    )
    return min(_LARGEST, _NAME * (shared + surely)) - min(_LARGEST, _MISSING * missing)
