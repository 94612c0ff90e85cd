"""Who denies being the one: a source denies a deed that another says it did, or words put to it.

The grammar is simple. A deed is denied for oneself where no other body is named between the denial
and the deed; it is laid on the first body named, in the passive on the first named after it. Words
are denied where the denial begins with saying them.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.match.answers import Alike, Group, Related, Told
from claimtrack.match.lexicon import known
from claimtrack.match.reading import Reading
from claimtrack.model.ids import content_id
from claimtrack.model.vocabulary import Assertion, ClaimRelationKind
from claimtrack.store.linking import Between

_ALIKE = 0.34
_SHARED = 0.5
"""Share of what words are about that a denial of them must be about, too."""


class _Disowned:
    """Denials of authorship: the denying claim on the left, what it disowns on the right.

    Both may be reports of one claim, which one of them denies.
    """

    most = 200
    """Reports about, or of, one body, beyond which its name tells nothing of one matter."""

    def __init__(self, group: Group, alike: Alike) -> None:
        """Take who belongs to whom, and how alike articles are."""
        self._group, self._alike = group, alike

    def view(self, one: Told) -> Told:
        """Return what is asked of a report: itself."""
        return one

    def asks(self, one: Told) -> Iterator[str]:
        """Yield the body whose denial it is."""
        if one.item.assertion == Assertion.DENY and one.item.source_id:
            yield self._group(one.item.source_id)

    def _related(self, one: Told, other: Told, what: str) -> Related | None:
        likeness = self._alike(one.version, other.version)
        if likeness < _ALIKE:
            return None
        why = f"“{one.item.said_by}” denies having {what} it; articles alike {likeness:.2f}"
        between = Between(one.item.claim_id, other.item.claim_id, round(likeness, 3), why)
        return ClaimRelationKind.DENIES_AUTHORSHIP, between


class Undone(_Disowned):
    """Denials of a deed that another report lays on the source."""

    def under(self, one: Told) -> Iterator[str]:
        """Yield the body that a deed is laid on, by another than itself."""
        if one.item.assertion != Assertion.DENY:
            by = _doer(one.reading, self._group)
            if by != self._group(one.item.source_id or ""):  # who speaks is named in it too
                yield by

    def between(self, one: Told, other: Told) -> Related | None:
        """Return how a denial stands to a report of a deed."""
        ours = self._group(one.item.source_id or "")
        if not _own_deeds(one, ours, self._group) & _deeds(other.reading):
            return None
        return self._related(one, other, "done")


class Unsaid(_Disowned):
    """Denials of words that another report puts to the source."""

    def under(self, one: Told) -> Iterator[str]:
        """Yield the body whose words are reported."""
        if one.item.assertion != Assertion.DENY:
            yield self._group(one.item.source_id or "")

    def between(self, one: Told, other: Told) -> Related | None:
        """Return how a denial stands to words."""
        return self._related(one, other, "said") if _denies_saying(one, other) else None


def _deeds(reading: Reading) -> frozenset[str]:
    return reading.concepts & known().blaming


def _doer(reading: Reading, group: Group) -> str:
    """Return the group of the body that a deed is laid on; empty where there is no deed or body."""
    deeds = _deeds(reading)
    if not deeds:
        return ""
    first = min(reading.order[deed] for deed in deeds)
    named = [one for one in reading.named if not reading.passive or one.place > first]
    return group(content_id("source", named[0].key)) if named else ""


def _own_deeds(one: Told, ours: str, group: Group) -> frozenset[str]:
    """Return the deeds that a denial denies for its own source."""
    start = len(one.item.said_by.split())
    others = [
        name.place
        for name in one.reading.named
        if name.place >= start and group(content_id("source", name.key)) != ours
    ]
    places = {deed: one.reading.order[deed] for deed in _deeds(one.reading)}
    end = min(others, default=max(places.values(), default=0) + 1)
    return frozenset(deed for deed, place in places.items() if start <= place < end)


def _denies_saying(one: Told, other: Told) -> bool:
    """Tell whether a denial begins with saying, and goes on about what the other says."""
    start = len(one.item.said_by.split())
    facts = known()
    places = {
        concept: place
        for concept, place in one.reading.order.items()
        if place >= start and concept not in facts.turning
    }
    if not places or min(places, key=lambda each: places[each]) not in facts.saying:
        return False
    about = other.reading.concepts - facts.slight
    return bool(about) and len(about & one.reading.concepts) >= _SHARED * len(about)
