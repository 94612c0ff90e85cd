"""The rules that look at what likeness cannot see: each returns the evidence it found.

A rule takes two readings and never asks for a language. What is against two claims being one need
not contradict: another date or place is another event, a question of scope (features F19).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from claimtrack.match.evidence import Evidence
from claimtrack.match.lexicon import known
from claimtrack.match.names import heard_in, sounds_alike
from claimtrack.match.quantities import Quantity
from claimtrack.match.reading import Reading, Turned
from claimtrack.model.vocabulary import Sign, Weight
from claimtrack.text.stem import stems

_VERBATIM, _MOST, _HALF, _STRETCH, _PHRASE = 0.6, 0.54, 0.5, 2, 3
"""How alike texts are word by word (less, where they have as many words), from which on a stretch
of words that differs is a name's, or a word or phrase of another sense."""
_FRONT, _ROOT = 3, 5
"""Letters of a word that is short, and of a beginning that words of one root have in common."""
_RECENT = 256
"""Texts whose words are kept counted: a text is compared with one after another."""
_SMALL = 2
"""A number up to this is often not written as one: a dual, "both", "a second"."""


def conflicts(left: Reading, right: Reading) -> Iterator[Evidence]:
    """Yield what the rules find, in their order."""
    for rule in RULES:
        yield from rule(left, right)


def numbers(left: Reading, right: Reading) -> Iterator[Evidence]:
    """Numbers of the same thing that agree or do not; numbers of different things."""
    pairs = _pairs(left, right)
    if not pairs:
        return
    agreed: set[Quantity] = set()
    apart: list[Evidence] = []
    for one, other in pairs:
        alike = _of_one_thing(one, other) or _also_counts(one, left, other, right)
        if alike and one.agrees(other):
            agreed |= {one, other}
            about = one.measure or other.measure
            value = one.value if one.value == other.value else None
            yield Evidence(
                sign=Sign.NUMBER,
                weight=Weight.FOR,
                left=one.words,
                right=other.words,
                about=about,
                value=value,
            )
    for measure in sorted({one.measure for one, other in pairs if one.measure == other.measure}):
        ones, others = (
            [each for each in side.quantities if each.measure == measure] for side in (left, right)
        )
        if agreed.issuperset(ones) or agreed.issuperset(others):
            continue  # what each counts has been told apart
        if not any(one.agrees(other) for one in ones for other in others):
            known_as = measure or _counting_the_same(left, right)
            apart.append(_apart(ones[0], others[0], known_as))
    yield from apart
    equal = any(_may_be_one(*pair) for pair in pairs)
    if not (agreed or apart or equal or _all_small(left, right)):
        words = (left.quantities[0].words, right.quantities[0].words)
        yield _evidence(Sign.SCOPE, Weight.AGAINST, *words)


def _pairs(left: Reading, right: Reading) -> list[tuple[Quantity, Quantity]]:
    return [(one, other) for one in left.quantities for other in right.quantities]


def tolls(left: Reading, right: Reading) -> Iterator[Evidence]:
    """One counts the dead or the displaced, and the other does not speak of them at all.

    Without it a sentence that claims two things would make one claim of both of them.
    """
    if bool(left.quantities) == bool(right.quantities):
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
    facts = known()
    things = {one.measure, other.measure} <= facts.things
    kin = things and other.measure in facts.relatives.get(one.measure, ())
    return one.measure == other.measure or unknown or person or kin


def _may_be_one(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers are equal, and what they count may be one thing by other words."""
    tolls = {one.measure, other.measure} <= known().tolls
    return (one.low, one.high) == (other.low, other.high) and not (
        tolls or one.vague or other.vague
    )


def _also_counts(one: Quantity, left: Reading, other: Quantity, right: Reading) -> bool:
    """Tell whether two numbers may count the same people: those who died of what they had.

    Each text speaks of what the other counts, or the opposite of it, and gives no number of it.
    """
    measures = {one.measure, other.measure}
    if tuple(sorted(measures)) in known().opposite_measures:
        return True
    return (
        one.low == other.low
        and measures <= known().tolls
        and (one.measure in right.concepts or other.measure in left.concepts)
        and all(each.measure != one.measure for each in right.quantities)
        and all(each.measure != other.measure for each in left.quantities)
    )


def _counting_the_same(left: Reading, right: Reading) -> str:
    """Return what is counted, by the words of texts that are the same but for their numbers."""
    same = left.lang == right.lang and left.senses and left.senses.keys() == right.senses.keys()
    return next(iter(left.senses)) if same else ""


def _apart(one: Quantity, other: Quantity, about: str) -> Evidence:
    if one.vague or other.vague or not about:
        return _evidence(Sign.SCOPE, Weight.AGAINST, one.words, other.words)
    return _evidence(Sign.NUMBER, Weight.OPPOSED, one.words, other.words, one.measure)


def polarity(left: Reading, right: Reading) -> Iterator[Evidence]:
    """One says that something is so, the other that it is not; opposites do the same."""
    opposite = list(_opposites(left, right))
    refused = left.concepts & right.concepts & known().refusing
    turns, others = _turns_of(left, right), _turns_of(right, left)
    if bool(turns) != bool(others) and not opposite and not refused:
        yield _evidence(Sign.NEGATION, Weight.OPPOSED, ", ".join(turns), ", ".join(others))
    if bool(turns) == bool(others):
        yield from opposite


def _turns_of(one: Reading, other: Reading) -> list[str]:
    """Return the words that turn round what another text speaks of too, as far as is known.

    Not "did nothing to provoke" in a clause of its own, nor "غير آمن" for "unsafe" in another
    language.
    """
    if not one.negated or other.negated:
        return list(one.turns)
    contraries, across = known().contraries, one.lang != other.lang
    spoken = other.concepts | other.kin
    spoken |= frozenset[str]().union(*(contraries.get(each, ()) for each in other.concepts))

    def meets(about: Turned) -> bool:
        if about.word and not across:
            return True
        return bool(about.concepts & spoken) or not (about.concepts or about.word)

    both = zip(one.turns, one.turned, strict=True)
    return [turn for turn, about in both if meets(about)]


def _opposites(left: Reading, right: Reading) -> Iterator[Evidence]:
    contraries = known().contraries
    if all(right.concepts.isdisjoint(contraries[one]) for one in left.concepts & contraries.keys()):
        return  # as with most: nothing is the opposite of anything in the other
    lone, lone_other = left.concepts - right.concepts, right.concepts - left.concepts
    if left.lang == right.lang and left.words != right.words and _may_be_verbatim(left, right):
        ones, others = (
            frozenset[str]().union(*_unlike(*sides).values())
            for sides in ((left, right), (right, left))
        )
        lone, lone_other = lone | (ones - others), lone_other | (others - ones)
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
    if left.named and right.named:
        yield from _actors(left, right)


def _actors(left: Reading, right: Reading) -> Iterator[Evidence]:
    facts = known()
    both = left.concepts & right.concepts
    done = both & facts.directed
    ones, others = left.who, right.who
    asked = both & facts.changing - facts.directed and not done & facts.acts  # of others to do it
    if len(ones & others) > 1 and not asked:
        first, second = (
            doer(side, ones & others, done) if done else _first(side, ones & others)
            for side in (left, right)
        )
        if first != second and (done or _same_words(left, right)):
            yield _evidence(Sign.ACTOR, Weight.OPPOSED, first, second)
            return
    if facts.accusing & done and (by := _accusers(left, right)):
        yield _evidence(Sign.ACTOR, Weight.OPPOSED, *by)
        return
    only = _named_alone(ones - others - right.speakers, left, right)
    only_other = _named_alone(others - ones - left.speakers, right, left)
    if not only or not only_other or _related(left, only, right, only_other):
        return
    if (left.own_country and _states(only_other)) or (right.own_country and _states(only)):
        return  # "his country" may be the state that the other text names
    if (only <= left.people) != (only_other <= right.people):
        return  # a man and his body, or his state, may be named for each other
    words = ", ".join(sorted(only)), ", ".join(sorted(only_other))
    grounds = _on_ground(left, only), _on_ground(right, only_other)
    if any(grounds) and not all(grounds):
        return  # whose village it was, and who did it
    if all(grounds) or (_cities(left, only) and _cities(right, only_other)):
        yield _evidence(Sign.PLACE, Weight.AGAINST, *words)
        return
    deeds = all(side.concepts & facts.blaming for side in (left, right))
    blamed = deeds and (not ones & others or _rivals(left, only, right, only_other))
    weight = Weight.OPPOSED if blamed or _states(only | only_other) else Weight.AGAINST
    yield _evidence(Sign.ACTOR, weight, *words)


def _named_alone(only: frozenset[str], one: Reading, other: Reading) -> frozenset[str]:
    """Return those whom another text does not speak of by their kind: "the newspaper" for its name.

    Where it names another of that kind, "the newspaper" is that one.
    """
    if not only:
        return only
    spoken_of = other.unnamed.difference(*other.kinds.values())
    return frozenset(key for key in only if spoken_of.isdisjoint(one.kinds[key]))


def _accusers(left: Reading, right: Reading) -> tuple[str, str] | None:
    """Return who accuses in each, by what they belong to, where each accuses the other.

    He is named first, and the one accused after the verb.
    """
    found = []
    for side in (left, right):
        places: dict[str, int] = {}
        for one in side.named:
            places.setdefault(side.roots.get(one.key, one.key), one.place)
        accuse = min(side.order[each] for each in side.concepts & known().accusing)
        first, second = [*places, "", ""][:2]
        if side.passive or not second or accuse > places[second]:
            return None
        found.append((first, second))
    return (found[0][0], found[1][0]) if found[0] == found[1][::-1] else None


def _states(keys: Collection[str]) -> bool:
    return all(key.startswith("state:") for key in keys)


def _related(left: Reading, only: frozenset[str], right: Reading, others: frozenset[str]) -> bool:
    """Tell whether some are of one body in the end, or a state and somebody or a body of it."""
    if {left.roots[key] for key in only} & {right.roots[key] for key in others}:
        return True
    return any(
        left.countries.get(one) == right.countries.get(other, "")
        for one in only
        for other in others
        if one in left.people or other in right.people or _states({one}) or _states({other})
    )


def _rivals(left: Reading, only: frozenset[str], right: Reading, others: frozenset[str]) -> bool:
    """Tell whether those whom one text names alone did in each what both tell of."""
    deeds = left.concepts & right.concepts & known().blaming
    if not deeds:
        return False
    return doer(left, left.who, deeds) in only and doer(right, right.who, deeds) in others


def _cities(reading: Reading, keys: frozenset[str]) -> bool:
    """Tell whether states are named by their capitals alone, where something happened."""
    return all(one.city for one in reading.named if one.key in keys)


def _on_ground(reading: Reading, keys: frozenset[str]) -> bool:
    """Tell whether states are named only to say whose a place is."""
    return all(one.place in reading.grounds for one in reading.named if one.key in keys)


def _same_words(left: Reading, right: Reading) -> bool:
    """Tell whether two texts have the same words in another order."""
    return left.lang == right.lang and sorted(left.words) == sorted(right.words)


def _first(reading: Reading, among: frozenset[str]) -> str:
    """Return who is named first, if words that carry content part him from the next; or nobody."""
    named = [one for one in reading.named if one.key in among]
    first, second = named[0], next(one for one in named if one.key != named[0].key)
    between = reading.words[first.place + first.length : second.place]
    return first.key if any(word in reading.senses for word in between) else ""


def doer(reading: Reading, among: frozenset[str], done: frozenset[str]) -> str:
    """Return who does it: the first named, or the last in the passive or before a late verb.

    Where somebody is accused of it, it is the one named last before the deed.
    """
    named = [one for one in reading.named if one.key in among]
    named = [one for one in named if one.place not in reading.grounds] or named
    deeds = done - known().accusing
    if deeds and reading.concepts & known().accusing:
        first = min(reading.order[deed] for deed in deeds)
        before = [one.key for one in named if one.place < first]
        return before[-1] if before else named[0].key
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
    if not left.sounds or not right.sounds or not _may_be_verbatim(left, right):
        return
    to_word = {word: heard for heard, word in left.sounds.items()}
    to_other = {word: heard for heard, word in right.sounds.items()}
    matcher = _aligned(left, right)
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


def _may_be_verbatim(left: Reading, right: Reading, share: float = _VERBATIM) -> bool:
    """Tell whether two texts may be alike word by word, by a bound that costs little."""
    whole = len(left.words) + len(right.words)
    return 2 * len(_counted(left.words) & _counted(right.words)) >= share * whole


@lru_cache(maxsize=_RECENT)
def _counted(words: tuple[str, ...]) -> frozenset[str | tuple[str, int]]:
    """Return words; those that stood before are numbered, so that a set holds all of them."""
    counts: dict[str, int] = {}
    found: list[str | tuple[str, int]] = []
    for word in words:
        count = counts[word] = counts.get(word, 0) + 1
        found.append(word if count == 1 else (word, count))
    return frozenset(found)


def wordings(left: Reading, right: Reading) -> Iterator[Evidence]:
    """Two texts that are the same word by word, but for one word or two in one place.

    Such words may be opposites that no list knows: "kept his post", "lost his post".
    """
    if left.lang != right.lang or not left.senses or not right.senses:
        return
    in_step = len(left.words) == len(right.words)
    if left.words == right.words or not _may_be_verbatim(left, right, _HALF if in_step else _MOST):
        return
    unlike = _unlike(left, right), _unlike(right, left)
    ones, others = _lone(*unlike), _lone(*unlike[::-1])
    aligned = _aligned(left, right)
    if not ones or not others or aligned.ratio() < _HALF:
        return
    apart = [
        (
            [word for word in left.words[start:end] if word in ones],
            [word for word in right.words[other:until] if word in others],
        )
        for kind, start, end, other, until in aligned.get_opcodes()
        if kind != "equal"
    ]
    replaced = [each for each in apart if all(each)]
    further = sum(len(word) for each in apart if not all(each) for word in each)
    if len(replaced) == 1 and further <= _STRETCH and max(map(len, replaced[0])) <= _PHRASE:
        yield _evidence(Sign.WORDING, Weight.AGAINST, *map(" ".join, replaced[0]))


def _aligned(left: Reading, right: Reading) -> SequenceMatcher[str]:
    return SequenceMatcher(None, left.words, right.words, autojunk=False)


def _lone(ones: dict[str, frozenset[str]], others: dict[str, frozenset[str]]) -> set[str]:
    """Return those of a text's words unlike another's that have no concept in common with them.

    A word of the other that stands in both texts answers for no further word.
    """
    theirs = frozenset[str]().union(*others.values())
    return {word for word, concepts in ones.items() if not concepts & theirs}


def _unlike(one: Reading, other: Reading) -> dict[str, frozenset[str]]:
    """Return the words that carry content and have no stem in common with another's."""
    theirs = {stem for word in other.words for stem in (word, *stems(word))}
    return {
        word: concepts
        for word, concepts in one.senses.items()
        if theirs.isdisjoint((word, *stems(word)))
        and not any(_inflected(word, their) for their in other.senses)
    }


def _inflected(one: str, other: str) -> bool:
    """Tell whether two words may be forms of one: a long beginning in common, or one more letter.

    >>> _inflected("travelled", "travels"), _inflected("fit", "unfit")
    (True, False)
    """
    if min(len(one), len(other)) <= _FRONT:
        return one[1:] == other or other[1:] == one
    return one[:_ROOT] == other[:_ROOT] or one[1:] == other or other[1:] == one


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
    if facts.acts.isdisjoint(left.concepts) and facts.acts.isdisjoint(right.concepts):
        return
    ones, others = (
        {act for act in side.concepts & facts.acts if not _told_otherwise(act, other)}
        for side, other in ((left, right), (right, left))
    )
    if ones & others or not ones | others:
        return
    if (ones and others) or (ones | others) & facts.changing:
        words = [
            ", ".join(side.words[side.order[act]] for act in sorted(acts_of))
            for side, acts_of in ((left, ones), (right, others))
        ]
        yield _evidence(Sign.ACT, Weight.AGAINST, *words)


def backgrounds(left: Reading, right: Reading) -> Iterator[Evidence]:
    """What one text tells only as the background of something else is all that the other tells.

    "Bread is rationed after the mills burnt down" does not claim that the mills burnt down.
    """
    deeds = left.concepts & right.concepts & known().told_deeds
    if not deeds or _share_a_number(left, right):
        return  # a number that both give is claimed in both, wherever it stands
    for one, other in ((left, right), (right, left)):
        if all(one.order[deed] >= one.behind for deed in deeds):
            lone = [at for at in _told_before(one) if _is_untold(at, one, other)]
            if lone:
                words = one.words[lone[0]], ""
                yield _evidence(
                    Sign.SCOPE, Weight.AGAINST, *(words if one is left else words[::-1])
                )


def passing(left: Reading, right: Reading) -> Iterator[Evidence]:
    """The number that both give is told in one of them in passing, of what it goes on about.

    "The missile that killed two was fired from the east" claims who fired it.
    """
    if not (left.passing or right.passing) or not _share_a_number(left, right):
        return
    told = known().told_deeds | known().accusing
    for one, other in ((left, right), (right, left)):
        aside = [each for each in one.quantities if each.place in one.passing]
        if not aside or other.passing or len(aside) < len(one.quantities):
            continue
        end = aside[-1].place
        lone = [
            one.order[each]
            for each in told & one.concepts
            if _is_untold(one.order[each], one, other)
        ]
        if any(at > end for at in lone):
            words = aside[0].words, ""
            yield _evidence(Sign.SCOPE, Weight.AGAINST, *(words if one is left else words[::-1]))


def _share_a_number(left: Reading, right: Reading) -> bool:
    return any(_of_one_thing(*pair) and pair[0].agrees(pair[1]) for pair in _pairs(left, right))


def _told_before(reading: Reading) -> list[int]:
    """Return the places of what is told in front of the background, people and things left out."""
    facts = known()
    told = reading.concepts - facts.saying - facts.slight - facts.people - facts.things
    return sorted({reading.order[each] for each in told if reading.order[each] < reading.behind})


def _is_untold(at: int, one: Reading, other: Reading) -> bool:
    """Tell whether a text has none of what stands at a place of another, nor anything kin."""
    here = {concept for concept, place in one.order.items() if place == at}
    return here.isdisjoint(other.concepts | other.kin)


def _told_otherwise(act: str, other: Reading) -> bool:
    """Tell whether another text lacks an act but has what it is kin to: a threat, a danger."""
    relatives = known().relatives.get(act, frozenset())
    return act not in other.concepts and not relatives.isdisjoint(other.concepts)


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
    backgrounds,
    passing,
    wordings,
)
"""Every rule, in the order of evidence."""
