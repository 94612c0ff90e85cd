"""Rival accounts: two reports that lay one deed on different bodies ("A did it", "B did it").

Either a body that a deed is laid on says that another has done it, whatever its words; or the
reports are of the same days, of articles of one matter, and speak of one thing besides the deed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from claimtrack.match.answers import Alike, Group, Told
from claimtrack.match.conflicts import doer
from claimtrack.match.lexicon import known
from claimtrack.match.names import STATE, Named
from claimtrack.match.reading import Reading
from claimtrack.model.ids import content_id
from claimtrack.model.vocabulary import Assertion, ClaimRelationKind
from claimtrack.store.linking import Between

_MOST = 100
"""Reports of one deed and thing in a fortnight, beyond which they are of more than one matter."""
_ANSWERED, _ALIKE, _DAYS = 0.34, 0.45, 7
_NEAR = 3
_ATTACK = "attack"
_SAID = frozenset({Assertion.ASSERT, Assertion.ACCUSE, Assertion.OPINION})

Country = Callable[[str], str | None]


class _Laid(NamedTuple):
    """A report that lays a deed on somebody.

    Attributes:
        told: The report.
        name: Who did it, as readings name bodies and states.
        doer: The group of who did it.
        country: The country, where a state did it.
        deeds: What was done.
        things: What it speaks of besides.
        day: When it was published, in days since the year 1; 0 if that is not known.
    """

    told: Told
    name: str
    doer: str
    country: str
    deeds: frozenset[str]
    things: frozenset[str]
    day: int

    def on(self, source_id: str, group: Group, country: Country) -> bool:
        """Tell whether it is laid on a source, or on its state."""
        return group(source_id) == self.doer or self.country == (country(source_id) or "nowhere")

    def against(self, other: _Laid) -> bool:
        """Tell whether another report lays the same deed on somebody else."""
        roots = {each.told.reading.roots[each.name] for each in (self, other)}
        return bool(self.deeds & other.deeds) and len(roots) > 1


def rivals(
    told: Sequence[Told], group: Group, alike: Alike, country: Country
) -> Iterator[tuple[ClaimRelationKind, Between]]:
    """Yield which claims lay one deed on different bodies.

    Args:
        told: All reports.
        group: Returns what a source belongs to, by its id.
        alike: How alike two articles are, by their versions' ids.
        country: Returns the country of a source, by its id, or None.
    """
    laid = [found for one in told if (found := _laid(one, group))]
    seen: set[tuple[str, str]] = set()
    for one, other, least in (*_answering(laid, group, country), *_of_one_matter(laid)):
        left, right = one.told.item, other.told.item
        pair = min(left.claim_id, right.claim_id), max(left.claim_id, right.claim_id)
        if pair in seen or left.cluster_id == right.cluster_id:
            continue
        seen.add(pair)
        likeness = alike(left.version_id, right.version_id)
        if likeness >= least:
            why = f"actor: “{one.name}” against “{other.name}”; articles alike {likeness:.2f}"
            between = Between(left.claim_id, right.claim_id, round(likeness, 3), why)
            yield ClaimRelationKind.ATTRIBUTE_CONFLICT, between


def _laid(one: Told, group: Group) -> _Laid | None:
    """Return what a report lays on whom; None where no deed is, or nobody named who could do it."""
    facts, reading = known(), one.reading
    deeds = (reading.concepts & facts.blaming) - facts.accusing
    act, accused = Assertion(one.item.assertion), bool(reading.concepts & facts.accusing)
    if not deeds or not reading.named or act not in _SAID:
        return None
    if (act is Assertion.OPINION and accused) or (act is Assertion.ACCUSE and not one.item.said_by):
        return None  # what somebody thinks of an accusation; one that may name whose it is
    name = doer(reading, reading.who, deeds)
    named = next(each for each in reading.named if each.key == name)
    if named.city and not _acting(reading, named):
        return None
    blamed = act is Assertion.ACCUSE or accused
    if name.startswith(STATE) and not blamed:
        return None  # "nine dead in a Qamarian blast": a state is mostly where something happened
    things = reading.concepts - deeds - facts.slight - facts.saying - facts.accusing
    attack = {_ATTACK} if deeds & facts.attacks else set()
    state = not named.city and reading.countries.get(name) == name.removeprefix(STATE)
    return _Laid(
        one,
        name,
        group(content_id("source", name)),
        reading.countries[name] if state else "",
        deeds - facts.attacks | attack,
        things,
        _day(one.item.published),
    )


def _acting(reading: Reading, named: Named) -> bool:
    """Tell whether a city is named for people of its own ("groups loyal to …"), not as a place."""
    acting = known().acting & reading.concepts
    return any(0 < named.place - reading.order[each] <= _NEAR for each in acting)


def _answering(
    laid: Sequence[_Laid], group: Group, country: Country
) -> Iterator[tuple[_Laid, _Laid, float]]:
    """Yield who names another for what is laid on him, and who lays it on him."""
    on: defaultdict[str, list[_Laid]] = defaultdict(list)
    for one in laid:
        on[one.doer].append(one)
        if one.country:
            on[one.country].append(one)
    for one in laid:
        ours = one.told.item.source_id or ""
        for key in (group(ours), country(ours) or ""):
            accusers = on.get(key, [])
            if key and len(accusers) <= _MOST:
                for other in accusers:
                    new = one.told.new or other.told.new
                    if new and one.against(other) and not one.on(ours, group, country):
                        yield one, other, _ANSWERED


def _of_one_matter(laid: Sequence[_Laid]) -> Iterator[tuple[_Laid, _Laid, float]]:
    """Yield reports of the same days that have a deed and a thing in common."""
    buckets: defaultdict[tuple[str, str, int], list[_Laid]] = defaultdict(list)
    for one in laid:
        for deed in one.deeds if one.day else ():
            for thing in one.things:
                for week in (one.day // _DAYS, one.day // _DAYS + 1):
                    buckets[deed, thing, week].append(one)
    for _, some in sorted(buckets.items()):
        if len(some) <= _MOST:
            for one, other in combinations(some, 2):
                apart = one.doer != other.doer and abs(one.day - other.day) <= _DAYS
                if apart and (one.told.new or other.told.new) and one.against(other):
                    yield one, other, _ALIKE


def _day(published: str | None) -> int:
    return datetime.fromisoformat(published).date().toordinal() if published else 0
