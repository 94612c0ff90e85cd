"""Rival accounts: two reports that lay one deed on different bodies ("A did it", "B did it").

Either a body that a deed is laid on says that another has done it, whatever its words; or the
reports are of the same days, of articles of one matter, and speak of one thing besides the deed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from claimtrack.match.answers import Alike, Group, Related, Told
from claimtrack.match.conflicts import doer
from claimtrack.match.lexicon import known
from claimtrack.match.names import STATE, Named
from claimtrack.match.reading import Reading
from claimtrack.model.ids import content_id
from claimtrack.model.vocabulary import Assertion, ClaimRelationKind
from claimtrack.store.linking import Between

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


class _Rivals:
    """Which claims lay one deed on different bodies."""

    most = 100
    least = 0.0

    def __init__(self, group: Group, alike: Alike, country: Country) -> None:
        """Take who belongs to whom, how alike articles are, and the countries of sources."""
        self._group, self._alike, self._country = group, alike, country

    def view(self, one: Told) -> _Laid | None:
        """Return what a report lays on whom, if it does."""
        return _laid(one, self._group)

    def _rival(self, one: _Laid, other: _Laid) -> Related | None:
        left, right = one.told.item, other.told.item
        if left.cluster_id == right.cluster_id:
            return None
        likeness = self._alike(one.told.version, other.told.version)
        if likeness < self.least:
            return None
        why = f"actor: “{one.name}” against “{other.name}”; articles alike {likeness:.2f}"
        between = Between(left.claim_id, right.claim_id, round(likeness, 3), why)
        return ClaimRelationKind.ATTRIBUTE_CONFLICT, between


class Countered(_Rivals):
    """Who names another for what is laid on him, against who lays it on him."""

    least = _ANSWERED

    def under(self, one: _Laid) -> Iterator[str]:
        """Yield whom a deed is laid on, and the country where that is a state."""
        yield from (one.doer, one.country) if one.country else (one.doer,)

    def asks(self, one: _Laid) -> Iterator[str]:
        """Yield the body and the country of who speaks."""
        ours = one.told.item.source_id or ""
        yield from filter(None, (self._group(ours), self._country(ours)))

    def between(self, one: _Laid, other: _Laid) -> Related | None:
        """Return how a report stands to one that lays the deed on its source."""
        ours = one.told.item.source_id or ""
        if not one.against(other) or one.on(ours, self._group, self._country):
            return None
        return self._rival(one, other)


class OfOneMatter(_Rivals):
    """Reports of the same days that have a deed and a thing in common.

    More of them in a fortnight than are looked at are of more than one matter.
    """

    least = _ALIKE

    def under(self, one: _Laid) -> Iterator[str]:
        """Yield deeds with things and weeks."""
        for deed in one.deeds if one.day else ():
            for thing in one.things:
                for week in (one.day // _DAYS, one.day // _DAYS + 1):
                    yield f"{deed} {thing} {week}"

    def asks(self, one: _Laid) -> Iterator[str]:
        """Yield the same: each may be a rival of each."""
        return self.under(one)

    def between(self, one: _Laid, other: _Laid) -> Related | None:
        """Return how two reports stand to each other."""
        apart = one.doer != other.doer and abs(one.day - other.day) <= _DAYS
        return self._rival(one, other) if apart and one.against(other) else None


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


def _day(published: str | None) -> int:
    return datetime.fromisoformat(published).date().toordinal() if published else 0
